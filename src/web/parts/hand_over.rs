//! The ways in which a shortlist leaves the room with somebody.

use jiff::Timestamp;
use maud::{Markup, html};
use url::form_urlencoded::byte_serialize;

use super::to_entry::message_line;
use crate::{
    app::App,
    paper::mail,
    web::{
        handed::{Handed, Held},
        paths::{self, Form},
    },
};

/// Print, text, mail, file and calendar, and the link itself.
#[must_use]
pub fn hand_over(handed: &Handed, held: &Held, app: &App, now: Timestamp) -> Markup {
    let link = app.config.directory.link(&paths::shortlist(&held.key));
    let lines: Vec<_> = handed.services.iter().map(|of| message_line(of, app, now)).collect();
    let form = |form: Form| paths::shortlist_as(&held.key, form);
    let services = handed.services.iter().map(|handed| handed.service().id);
    html! {
        section class="ha-hand-over" aria-labelledby="hand-over" {
            h2 class="govuk-heading-m" id="hand-over" { "Hand it over" }
            ul class="ha-hand-over__ways" role="list" {
                (way("Print it", &form(Form::Print), Some(("in large print", &form(Form::LargePrint)))))
                (way("Leaflet to save (PDF)", &form(Form::Leaflet), Some(("in large print", &form(Form::LargeLeaflet)))))
                (way("Text message", &form(Form::Text), None))
                (way("E-mail it yourself", &mail_to(&handed.title(), &mail(&lines, Some(&link))), None))
                (way("One file to keep", &form(Form::OneFile), None))
                (way("Dates for a calendar", &form(Form::Calendar), None))
                (way("“Who is on my team” sheet", &form(Form::Team), None))
                @if handed.services.len() > 1 { (way(if handed.services.len() > 4 { "Compare the first four" } else { "Compare side by side" }, &paths::compare(services.take(4)), None)) }
            }
            label class="govuk-label govuk-label--s" for="link" { "Link to this list" }
            input class="govuk-input" id="link" type="text" readonly value=(link);
            button type="button" class="govuk-button govuk-button--secondary ha-button--small ha-needs-js" data-copy="link" { "Copy the link" }
        }
    }
}

fn way(label: &str, href: &str, other: Option<(&str, &str)>) -> Markup {
    html! {
        li {
            a class="govuk-link" href=(href) { (label) }
            @if let Some((says, href)) = other {
                ", " a class="govuk-link" href=(href) { (says) span class="govuk-visually-hidden" { ": " (label) } }
            }
        }
    }
}

/// A letter in the reader's own mail program (RFC 6068).
#[must_use]
pub fn mail_to(subject: &str, body: &str) -> String {
    let escaped =
        |text: &str| byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let body = body.replace('\n', "\r\n");
    format!("mailto:?subject={}&body={}", escaped(subject), escaped(&body))
}

/// A message in the reader's own device (RFC 5724, with the separator that both kinds of phones
/// take).
#[must_use]
pub fn text_to(message: &str) -> String {
    let escaped = byte_serialize(message.as_bytes()).collect::<String>().replace('+', "%20");
    format!("sms:?&body={escaped}")
}
