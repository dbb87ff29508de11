//! `/manage/services/{id}/edit`: a listing's words and how to reach it, live at once.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use super::{
    keep::{theirs, title, version},
    said::Said,
};
use crate::{
    domain::{ContactVisibility, ServiceId},
    keeping::{FormFault, Guest, Kept, Wording, may_reword, reword},
    store::Version,
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{TextField, hidden, key_field, text_area, text_field},
            frame::back_link,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the form.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (kept, by) = theirs(&web, &guest, named.id()?).await?;
    if !may_reword(&kept, &by) {
        return Ok(web.show(&StewardFirstPage { kept: &kept, guest: &guest }, Cache::Private));
    }
    let wording = Wording::of(&kept.record.service);
    let page = EditPage {
        kept: &kept,
        guest: &guest,
        wording: &wording,
        version: kept.version,
        said: Said::Nothing,
    };
    Ok(web.show(&page, Cache::Private))
}

/// Saves what was typed, or shows it again with what is wrong.
pub async fn save(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    if !may_reword(&kept, &by) {
        let page = StewardFirstPage { kept: &kept, guest: &guest };
        return Ok(web.show_as(&PageError::NotYours, &page));
    }
    let wording = Wording::read(|field| typed.raw(field).to_owned());
    let (now, shown) = (web.now(), version(&typed));
    let (for_work, words) = (kept.clone(), wording.clone());
    let done =
        web.attempt(move |app| reword(&app.store, &for_work, &by, shown, &words, now)).await?;
    let Err(error) = done else {
        return Ok(Redirect::to(&format!("{}?done=words", paths::keep(id))).into_response());
    };
    let (said, refused) = Said::of_error(error)?;
    // After a change by somebody else, sending again means to save over what is shown.
    let version = if said == Said::ChangedMeanwhile { kept.version } else { shown };
    let page = EditPage { kept: &kept, guest: &guest, wording: &wording, version, said };
    Ok(web.show_as(&refused, &page))
}

struct EditPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
    wording: &'a Wording,
    version: Version,
    said: Said,
}

impl Page for EditPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(
            format!(
                "{}{}",
                self.said.before_title(),
                title("Change the words of", "Change the words of a listing", self.kept)
            ),
            self.guest,
        )
    }

    fn before(&self) -> Markup {
        html! { (back_link(&paths::keep(self.kept.record.service.id), "Back to the listing")) }
    }
}

impl Render for EditPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.kept.record.service;
        html! {
            @if self.said == Said::ChangedMeanwhile { (self.meanwhile()) } @else { (self.said.shown()) }
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Words, phone, e-mail and website" }
            p class="govuk-body" { "What you save is live at once. To change the name, the address or who it is for, ask whoever runs this directory: a steward looks at those first." }
            form method="post" action=(paths::keep_part(service.id, "edit")) novalidate {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.version.0.to_string()))
                (self.fields(self.said.faults()))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Save" }
            }
        }
    }
}

impl EditPage<'_> {
    fn fields(&self, faults: &[FormFault]) -> Markup {
        let words = self.wording;
        let longest = |name: &str| {
            Wording::FIELDS.iter().find(|field| field.name == name).map_or(0, |field| field.longest)
        };
        let theirs = self.of_the_organisation();
        let phone_hint = also("With its area code.", theirs.0.as_deref());
        let email_hint = also("", theirs.1.as_deref());
        let line = |name, label, hint, value, kind, autocomplete, width| {
            let hint = Some(hint).filter(|hint: &&str| !hint.is_empty());
            let field = TextField { name, id: name, label, hint, value, kind, autocomplete, width };
            text_field(&field, faults)
        };
        html! {
            (text_area("summary", "In one line", Some("What it is and whom it helps. Good: “A weekly shed for men who would like company.” Not: “We are passionate about wellbeing.”"), &words.summary, (2, longest("summary")), faults))
            (text_area("description", "In full", Some("What happens, in plain words. Leave a line empty between paragraphs."), &words.description, (10, longest("description")), faults))
            (line("alert", "Notice", "Something that passes: “Closed from 22 to 28 December.” Leave it empty when it is over.", words.alert.as_str(), "text", None, ""))
            (line("phone", "Phone that people ring", &phone_hint, words.phone.as_str(), "tel", Some("work tel"), "govuk-input--width-20"))
            (line("email", "E-mail that people write to", &email_hint, words.email.as_str(), "email", Some("work email"), ""))
            (line("website", "Website", "Such as https://example.org/shed", words.website.as_str(), "text", Some("url"), ""))
        }
    }

    /// The phone and e-mail that stand in the listing where it has none of its own.
    fn of_the_organisation(&self) -> (Option<String>, Option<String>) {
        let contacts = &self.kept.record.organisation.contacts;
        let public = || contacts.iter().filter(|of| of.visibility == ContactVisibility::Public);
        let phone = public().find_map(|contact| contact.phone.clone());
        (phone, public().find_map(|contact| contact.email.clone()))
    }

    /// What stands there now beside what was typed, so that nothing is written over unseen.
    fn meanwhile(&self) -> Markup {
        let now = Wording::of(&self.kept.record.service);
        let differs = Wording::FIELDS
            .into_iter()
            .filter(|field| now.get(field.name) != self.wording.get(field.name));
        html! {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                div role="alert" {
                    h2 class="govuk-error-summary__title" { "This listing was changed since you opened it" }
                    div class="govuk-error-summary__body" {
                        p class="govuk-body" { "Nothing was saved. What you typed is below. This is what stands there now where it differs; to save yours over it, send it again." }
                        dl class="ha-factlist" {
                            @for field in differs {
                                dt { (field.label) " now" }
                                dd { @if now.get(field.name).is_empty() { "Empty" } @else { (now.get(field.name)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A hint that also says what people see while the field is empty.
fn also(hint: &str, theirs: Option<&str>) -> String {
    match theirs {
        Some(theirs) => {
            let left = format!("Left empty, people see {theirs}, which is your organisation’s.");
            format!("{hint} {left}").trim().to_owned()
        }
        None => hint.to_owned(),
    }
}

/// Why the words of a listing that has to be shown with care are not changed here.
struct StewardFirstPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
}

impl Page for StewardFirstPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("A steward looks at this first", self.guest)
    }

    fn before(&self) -> Markup {
        back_link(&paths::keep(self.kept.record.service.id), "Back to the listing")
    }
}

impl Render for StewardFirstPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "A steward looks at this first" }
            p class="govuk-body" { "This listing is shown with care, because people may be in danger if where it is, or how to reach it, is told wrongly. So its words, phone, e-mail and website are changed by a steward. Ask whoever runs this directory." }
            p class="govuk-body" { "You can confirm it and say whether it takes people, as for any listing." }
        }
    }
}
