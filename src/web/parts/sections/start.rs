//! How somebody begins: who may ask and how, what it costs, and what happens the first time.

use maud::{Markup, html};

use super::{Form, all_of, answers};
use crate::{
    domain::{CostKind, ReferralWay, Who},
    keeping::{LONGEST_PARAGRAPH, key_of},
};

/// The means, in the words of the form.
const WAYS: [(ReferralWay, &str); 7] = [
    (ReferralWay::TurnUp, "By turning up"),
    (ReferralWay::Phone, "By phone"),
    (ReferralWay::Text, "By text"),
    (ReferralWay::Email, "By e-mail"),
    (ReferralWay::Form, "With a form"),
    (ReferralWay::Letter, "By letter"),
    (ReferralWay::InPerson, "In person"),
];

pub fn fields(form: Form<'_>) -> Markup {
    let blank = |label: &str| (String::new(), label.to_owned());
    let who: Vec<_> = [blank("Nobody this way")].into_iter().chain(all_of::<Who>()).collect();
    let means = WAYS.map(|(way, label)| (key_of(way), label.to_owned()));
    let ways: Vec<_> = [blank("Choose")].into_iter().chain(means).collect();
    let costs: Vec<_> = [blank("Not said")].into_iter().chain(all_of::<CostKind>()).collect();
    html! {
        h2 class="govuk-heading-m" { "How somebody starts" }
        @for (at, row) in form.rows('r', 1).into_iter().enumerate() {
            (way(form, at, row, &who, &ways))
        }
        (form.area("say", "What to say or send", "Good: “Your first name and a phone number. No medical details.”", (2, LONGEST_PARAGRAPH)))
        (form.line(("reply-days", "Usual number of days until somebody answers", "0 is the same day", "govuk-input--width-3")))
        (form.line(("replies", "Who answers", "Such as “the coordinator”", "")))
        h3 class="govuk-heading-s" { "Referrals from here" }
        p class="govuk-hint" { "How soon and how often they are answered is worked out from at least five of a year, made by three people or more. Until then there is nothing to tell, and without this tick only you and stewards see it." }
        (form.tick("shows-replies", "Tell everybody how you answer referrals from here, such as “usually within a week”"))
        h2 class="govuk-heading-m" { "Cost" }
        @for (at, row) in form.rows('c', 1).into_iter().enumerate() { (cost(form, at, row, &costs)) }
        h2 class="govuk-heading-m" { "The first time" }
        (form.area("first", "What happens the first time", "Good: “Jean meets you at the gate and shows you round. You need not stay.”", (3, LONGEST_PARAGRAPH)))
        (form.line(("meets", "Who meets them", "A first name only if that person agrees", "")))
        (form.area("bring", "What to bring or wear", "", (2, LONGEST_PARAGRAPH)))
        (form.radios("come-along", "May somebody come with them?", "", &answers()))
    }
}

fn way(
    form: Form<'_>,
    at: usize,
    row: usize,
    who: &[(String, String)],
    ways: &[(String, String)],
) -> Markup {
    let field = |name: &str| format!("r{row}-{name}");
    html! {
        fieldset class="govuk-fieldset ha-row" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Way " (at + 1) }
            (form.select(&field("who"), "Who", who))
            (form.select(&field("way"), "How", ways))
            (form.line((&field("to"), "Number, address or page", "Only if it is not the one that everybody uses", "")))
            (form.line((&field("note"), "Anything to know", "", "")))
        }
    }
}

fn cost(form: Form<'_>, at: usize, row: usize, kinds: &[(String, String)]) -> Markup {
    let field = |name: &str| format!("c{row}-{name}");
    html! {
        fieldset class="govuk-fieldset ha-row" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Cost " (at + 1) }
            (form.select(&field("kind"), "What it costs", kinds))
            (form.line((&field("pounds"), "Pounds", "Such as 3 or 2.50", "govuk-input--width-5")))
            (form.line((&field("per"), "For what", "Such as “a session” or “lunch”", "govuk-input--width-10")))
            (form.line((&field("whom"), "Who pays this, if not everybody", "", "govuk-input--width-20")))
            (form.line((&field("note"), "Anything to know", "", "")))
        }
    }
}
