//! `/services/{id}/{slug}/refer`: a link worker refers somebody by reference.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use super::report::listed;
use crate::{
    app::App,
    domain::{AccessFeature, AgeBand, FirstStep, NeedId, Practical, ServiceId},
    geo::PostcodePart,
    keeping::{FormFault, Guest},
    referring::{
        Asking, LONGEST_REFERRAL_NOTE, age_in_words, answerers, first_step_in_words, refer,
        takes_referrals,
    },
    search::{LANGUAGES, Labelled, needs_of},
    store::{ServiceRecord, unit_text},
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::{
            form::{
                Choices, TextField, checkbox_columns, checkboxes, error_summary, hidden, radios,
                select, text_area, text_field,
            },
            frame::back_link,
            suits::suits,
        },
        paths,
        refused::Refused,
        typed::{KEY, Typed},
        work::Web,
    },
};

/// Answers with the form.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (record, can) = found(&web, named.id()?).await?;
    // What the listing helps with is most likely what they need.
    let typed = Typed::default();
    let page = ReferPage {
        record: &record,
        can,
        typed: &typed,
        app: &web.app,
        guest: &guest,
        faults: &[],
    };
    Ok(web.show(&page, Cache::Private))
}

/// Takes the referral.
pub async fn send(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (record, can) = found(&web, id).await?;
    let now = web.now();
    let done = match asking(&typed) {
        Err(fault) => Err(Refused::Wrong(vec![fault])),
        Ok(asking) => {
            let person = guest.person.clone();
            let sent = web.attempt(move |app| {
                let with = (&app.config.directory, &app.limits);
                refer(&app.store, with, (id, &person), &asking, now)
            });
            sent.await?
        }
    };
    match done {
        Ok(id) => Ok(Redirect::to(&format!("{}?sent=1", paths::referral(id))).into_response()),
        Err(refused) => {
            let page = ReferPage {
                record: &record,
                can,
                typed: &typed,
                app: &web.app,
                guest: &guest,
                faults: refused.faults(),
            };
            Ok(web.show_refused(&refused, &page))
        }
    }
}

/// The listing, and whether it can be referred to from here.
async fn found(web: &Web, id: ServiceId) -> Result<(ServiceRecord, bool), PageError> {
    let record = listed(web, id).await?;
    let service = record.service.clone();
    let people = web.work(move |app: &App| answerers(&app.store, &service)).await?;
    let can = takes_referrals(&record.service) && !people.is_empty();
    Ok((record, can))
}

/// What was typed, where the first half of the postcode is one.
fn asking(typed: &Typed) -> Result<Asking, FormFault> {
    let area = typed.get("area").to_uppercase();
    if !area.is_empty() && !PostcodePart::parse(&area).is_ok_and(|part| part.outcode() == area) {
        let how = "Enter the first half of the postcode only, such as WN1: the whole of it would say where they live";
        return Err(FormFault::new("area", how));
    }
    let one_of = |choices: &[(String, String)], value: &str| {
        choices.iter().any(|(known, _)| known == value).then(|| value.to_owned())
    };
    Ok(Asking {
        reference: typed.get("reference").to_owned(),
        needs: typed.all("needs").into_iter().map(NeedId).take(20).collect(),
        practical: Practical {
            age: from_key(&AGES, typed.get("age")),
            area: Some(area).filter(|area| !area.is_empty()),
            language: one_of(&languages(), typed.get("language")).filter(|tag| !tag.is_empty()),
            access: AccessFeature::ALL
                .into_iter()
                .filter(|feature| typed.all("access").iter().any(|key| key == feature.key()))
                .collect(),
            company: typed.get("company") == "yes",
            note: typed.maybe("note"),
        },
        first_step: from_key(&FIRST_STEPS, typed.get("first")),
        agreed: typed.get("agreed") == "yes",
    })
}

const AGES: [AgeBand; 6] = [
    AgeBand::Under18,
    AgeBand::From18,
    AgeBand::From25,
    AgeBand::From50,
    AgeBand::From65,
    AgeBand::From80,
];
const FIRST_STEPS: [FirstStep; 4] =
    [FirstStep::WriteToReferrer, FirstStep::TheyRing, FirstStep::TheyCome, FirstStep::OnlyReferrer];

fn from_key<T: Copy + serde::Serialize>(all: &[T], key: &str) -> Option<T> {
    all.iter().copied().find(|one| unit_text(one) == key)
}

fn pairs<T: Copy + serde::Serialize>(
    all: &[T],
    says: fn(T) -> &'static str,
) -> Vec<(String, String)> {
    let said = |one: &T| (unit_text(one), crate::search::wording::capitalised(says(*one)));
    all.iter().map(said).collect()
}

fn languages() -> Vec<(String, String)> {
    let known = LANGUAGES.iter().filter(|(tag, _)| *tag != "en");
    let mut all = vec![(String::new(), "English, or not said".to_owned())];
    all.extend(known.map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned())));
    all
}

struct ReferPage<'a> {
    record: &'a ServiceRecord,
    can: bool,
    typed: &'a Typed,
    app: &'a App,
    guest: &'a Guest,
    faults: &'a [FormFault],
}

impl Page for ReferPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head {
            section: Some(Section::Referrals),
            ..Head::for_guest(format!("{error}Refer somebody by reference"), self.guest)
        }
    }

    fn before(&self) -> Markup {
        let service = &self.record.service;
        back_link(&paths::service(service.id, &service.name), "Back to the listing")
    }
}

impl Render for ReferPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.record.service;
        html! {
            (error_summary(self.faults))
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Refer somebody by reference" }
            (suits(&service.eligibility, service.footprint.as_ref(), None, self.app.vocabulary))
            @if self.can {
                p class="govuk-body" { "Those who run this service see your reference, what is needed, and your e-mail address. They do not learn here who it is: write no name, address, date of birth, NHS number or phone number." }
                form method="post" action=(paths::refer(service.id, &service.name)) novalidate { (self.fields()) }
            } @else {
                p class="govuk-body" { "This service cannot be referred to from here: nobody there answers referrals in this directory. Its listing says how to start with it." }
            }
        }
    }
}

impl ReferPage<'_> {
    fn fields(&self) -> Markup {
        html! {
            (hidden(KEY, &self.guest.form_key))
            (self.line("reference", "Your own reference", Some("By which you know whom it is for, such as LW-2031. It needs a digit, and is not an NHS number."), "govuk-input--width-10"))
            (self.needs())
            (select(&Choices { name: "age", legend: "Age", hint: None, all: &ages(), chosen: &[self.typed.get("age").to_owned()] }, self.faults))
            (self.line("area", "First half of their postcode", Some("Such as WN1. Leave it empty if it does not matter."), "govuk-input--width-5"))
            (select(&Choices { name: "language", legend: "Language", hint: None, all: &languages(), chosen: &[self.typed.get("language").to_owned()] }, self.faults))
            (checkbox_columns(&Choices { name: "access", legend: "What they cannot do without", hint: None, all: &access(), chosen: &self.chosen("access") }, self.faults))
            (checkboxes(&Choices { name: "company", legend: "The first time", hint: None, all: &yes("Somebody comes along with them"), chosen: &self.chosen("company") }, self.faults))
            (radios(&Choices { name: "first", legend: "How do they and the service come together?", hint: Some("Ask them by which way it is safe to reach them."), all: &pairs(&FIRST_STEPS, first_step_in_words), chosen: &self.chosen("first") }, self.faults))
            (text_area("note", "Anything else that the service has to know (not needed)", Some("Practical things only, and nothing by which somebody could be known."), self.typed.raw("note"), (3, LONGEST_REFERRAL_NOTE), self.faults))
            (checkboxes(&Choices { name: "agreed", legend: "Consent", hint: None, all: &yes("They know of this referral and agree to it"), chosen: &self.chosen("agreed") }, self.faults))
            button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send the referral" }
        }
    }

    fn line(&self, name: &str, label: &str, hint: Option<&str>, width: &str) -> Markup {
        let field = TextField {
            name,
            id: name,
            label,
            hint,
            value: self.typed.raw(name),
            kind: "text",
            autocomplete: Some("off"),
            width,
        };
        text_field(&field, self.faults)
    }

    fn needs(&self) -> Markup {
        let known = needs_of(&self.record.service, self.app.vocabulary);
        let all: Vec<(String, String)> = known
            .iter()
            .map(|(need, _)| (need.to_string(), self.app.search.need(need).label))
            .collect();
        let chosen = match (self.chosen("needs"), all.as_slice()) {
            // The only thing that a service helps with is what it is referred to for.
            (chosen, [(only, _)]) if chosen.is_empty() => vec![only.clone()],
            (chosen, _) => chosen,
        };
        let choices = Choices {
            name: "needs",
            legend: "What do they need?",
            hint: Some("What this service helps with."),
            all: &all,
            chosen: &chosen,
        };
        checkboxes(&choices, self.faults)
    }

    fn chosen(&self, field: &str) -> Vec<String> {
        self.typed.all(field)
    }
}

fn ages() -> Vec<(String, String)> {
    let mut all = vec![(String::new(), "Not said".to_owned())];
    all.extend(pairs(&AGES, age_in_words));
    all
}

fn access() -> Vec<(String, String)> {
    AccessFeature::ALL
        .map(|feature| (feature.key().to_owned(), feature.label().to_owned()))
        .to_vec()
}

fn yes(label: &str) -> [(String, String); 1] {
    [("yes".to_owned(), label.to_owned())]
}
