//! `/add`: a new listing, with eight answers.

use axum::{Extension, extract::State, response::Response};
use maud::{Markup, Render, html};

use super::{keep::back, said::Said};
use crate::{
    domain::{Experiences, Organisation, Service, ServiceId},
    keeping::{Edited, Filled, Guest, LONGEST_LINE, LONGEST_PARAGRAPH, World, add},
    store::{Reading, ServiceRecord, StoreError, Version},
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::key_field,
            frame::back_link,
            sections::{Form, delivery_choices, needs_choices},
        },
        paths,
        refused::Refused,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the questions.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let theirs = organisations(&web, &guest).await?;
    let (filled, said) = (Filled::default(), Said::Nothing);
    let page = AddPage { web: &web, guest: &guest, theirs: &theirs, filled: &filled, said };
    Ok(web.show(&page, Cache::Private))
}

/// Begins the listing, or asks again for what is missing.
pub async fn save(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let theirs = organisations(&web, &guest).await?;
    let filled = Filled::read(&typed.0.0);
    let wanted = filled.get("organisation");
    let chosen = theirs.iter().find(|known| known.id.to_string() == wanted).or(match &*theirs {
        [only] => Some(only),
        _ => None,
    });
    let organisation = chosen.map(|chosen| chosen.id).ok_or(PageError::NotYours)?;
    let (answers, person, now) = (filled.clone(), guest.person.clone(), web.now());
    let done: Result<ServiceId, Refused> = web
        .attempt(move |app| {
            let world = World { gazetteer: &app.gazetteer, vocabulary: app.vocabulary };
            add(&app.store, &app.limits, &person, organisation, (&answers, world), now)
        })
        .await?;
    let refused = match done {
        Ok(id) => return Ok(back(id, "begun")),
        Err(refused) => refused,
    };
    let said = refused.clone().into();
    let page = AddPage { web: &web, guest: &guest, theirs: &theirs, filled: &filled, said };
    Ok(web.show_refused(&refused, &page))
}

async fn organisations(web: &Web, guest: &Guest) -> Result<Vec<Organisation>, PageError> {
    let person = guest.person.clone();
    web.work(move |app| {
        let found = person.organisations().map(|id| app.store.find_organisation(id));
        let found: Result<Vec<Option<Organisation>>, StoreError> = found.collect();
        Ok::<_, StoreError>(found?.into_iter().flatten().collect())
    })
    .await
}

struct AddPage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    theirs: &'a [Organisation],
    filled: &'a Filled,
    said: Said,
}

impl Page for AddPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(format!("{}Add a listing", self.said.before_title()), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::MANAGE, "Your listings")
    }
}

impl Render for AddPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (self.said.shown())
            h1 class="govuk-heading-l" { "Add a listing" }
            @if let Some(first) = self.theirs.first() {
                p class="govuk-body" { "Eight answers are enough to begin. Nobody sees the listing until you have sent it and a steward has looked. You can say more afterwards." }
                form method="post" action=(paths::ADD) novalidate {
                    (key_field(&self.guest.form_key))
                    (self.questions(first))
                    button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Save and go on" }
                }
            } @else {
                p class="govuk-body" { "You look after no organisation’s listings yet, so there is none to add to. Ask whoever runs this directory to give you your organisation’s." }
            }
        }
    }
}

impl AddPage<'_> {
    fn questions(&self, first: &Organisation) -> Markup {
        // The form is that of a listing of which nothing is said yet.
        let id = ServiceId(uuid::Uuid::nil());
        let service = Service::named(id, first.id, String::new());
        let edited = Edited::begun(service.clone());
        let record = ServiceRecord {
            service,
            version: Version::default(),
            organisation: first.clone(),
            locations: Vec::new(),
            capacity: Vec::new(),
            experiences: Experiences::default(),
        };
        let form = Form {
            filled: self.filled,
            faults: self.said.faults(),
            edited: &edited,
            record: &record,
            vocabulary: self.web.app.vocabulary,
        };
        html! {
            (self.whose(form))
            (form.line(("name", "1. What is it called?", "As people know it", "")))
            (form.area("summary", "2. What is it, in one line?", "Good: “A weekly shed for men who would like company.”", (2, LONGEST_LINE)))
            (needs_choices(form, "3. What does it help with?"))
            (form.area("for", "4. Who is it for?", "In your words, and who it is not for", (2, LONGEST_PARAGRAPH)))
            (delivery_choices(form, "5. How does it reach people?"))
            (where_it_is(form))
            (form.line(("s0-words", "7. When is it?", "In words, such as “Tuesdays, 10am to noon”. You can give exact days afterwards.", "")))
            (form.typed_line(("phone", "8. Which phone number do people ring?", "Or give an e-mail address below", "govuk-input--width-20"), "tel", Some("work tel")))
            (form.typed_line(("email", "Which e-mail address do people write to?", "", ""), "email", Some("work email")))
        }
    }

    fn whose(&self, form: Form<'_>) -> Markup {
        let named = |known: &Organisation| (known.id.to_string(), known.name.clone());
        let all: Vec<(String, String)> = self.theirs.iter().map(named).collect();
        html! { @if all.len() > 1 { (form.select("organisation", "Who runs it?", &all)) } }
    }
}

fn where_it_is(form: Form<'_>) -> Markup {
    html! {
        fieldset class="govuk-fieldset ha-row" {
            legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "6. Where is it?" }
            p class="govuk-hint" { "The venue if there is one, or the places that it serves, or both." }
            (form.line(("v0-name", "Name of the venue", "Such as St Mary’s Hall", "")))
            (form.typed_line(("v0-postcode", "Postcode of the venue", "Such as WN7 1AA", "govuk-input--width-10"), "text", Some("postal-code")))
            (form.tick("v0-hidden", "Do not show anybody where this is"))
            (form.area("places", "Places it serves", "One on each line, such as “Wigan” or “WN7”. Leave it empty if anybody may come.", (2, 400)))
        }
    }
}
