//! Who an organisation is: sector, form, size and its numbers in registers.

use maud::{Markup, html};

use super::fact_list::{fact, known_fact, not_stated, text_fact};
use crate::{
    domain::{Answer, Identifier, IdentifierScheme, Organisation, WantsToBe},
    search::Labelled,
};

/// The facts of an organisation.
#[must_use]
pub fn identity(organisation: &Organisation) -> Markup {
    let aliases = organisation.aliases.join(", ");
    let social_value = organisation.social_value.join("; ");
    let market = (organisation.agrees_to_market_contact == Answer::Yes)
        .then_some("Agrees to be asked about new work");
    html! {
        dl class="ha-factlist" {
            (text_fact("Sector", organisation.sector.map(Labelled::label)))
            (text_fact("Legal form", organisation.legal_form.map(Labelled::label)))
            (text_fact("Size, by yearly income", organisation.size.map(Labelled::label)))
            (fact("Registered as", &numbers(&organisation.identifiers)))
            (known_fact("Also known as", Some(&aliases)))
            (known_fact("Wants to be", organisation.wants_to_be.map(wants)))
            (known_fact("Social value", Some(&social_value)))
            (known_fact("New work", market))
        }
    }
}

fn wants(wants: WantsToBe) -> &'static str {
    match wants {
        WantsToBe::ServiceInItsOwnRight => "A service in its own right",
        WantsToBe::PartnerAlongAPathway => "A partner along a pathway",
        WantsToBe::Both => "A service in its own right, and a partner along a pathway",
    }
}

fn numbers(identifiers: &[Identifier]) -> Markup {
    if identifiers.is_empty() {
        return not_stated();
    }
    html! {
        ul class="govuk-list" {
            @for known in identifiers { li { (register(known.scheme)) " " (known.value) } }
        }
    }
}

fn register(scheme: IdentifierScheme) -> &'static str {
    match scheme {
        IdentifierScheme::Charity => "Charity Commission number",
        IdentifierScheme::ScottishCharity => "Scottish charity number",
        IdentifierScheme::Company => "Company number",
        IdentifierScheme::Cic => "Community interest company number",
        IdentifierScheme::Cqc => "Care Quality Commission",
        IdentifierScheme::Ods => "NHS organisation code",
        IdentifierScheme::Ofsted => "Ofsted number",
        IdentifierScheme::Ukprn => "UK provider reference number",
        IdentifierScheme::Other => "Number",
    }
}
