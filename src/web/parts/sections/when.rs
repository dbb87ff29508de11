//! Sessions: on which days, from when to when, and where.

use maud::{Markup, html};

use super::{Form, all_of, answers};
use crate::{
    domain::{Session, Weekday},
    keeping::{NOT_AT_A_VENUE, is_in_fields},
    search::wording,
    web::parts::form::hidden,
};

/// How often, in the words of the form.
const EVERY: [(&str, &str); 9] = [
    ("1", "Every week"),
    ("2", "Every 2 weeks"),
    ("3", "Every 3 weeks"),
    ("4", "Every 4 weeks"),
    ("m1", "The first of the month"),
    ("m2", "The second of the month"),
    ("m3", "The third of the month"),
    ("m4", "The fourth of the month"),
    ("m-1", "The last of the month"),
];

pub fn fields(form: Form<'_>) -> Markup {
    let venues: Vec<(String, String)> = form
        .edited
        .venues_in_force()
        .map(|(at, venue)| (venue.id.to_string(), form.venue_name(at, venue)))
        .chain([(
            NOT_AT_A_VENUE.to_owned(),
            "Not at a venue: by phone, online, at home".to_owned(),
        )])
        .collect();
    let known = form.filled.rows('s').len();
    html! {
        @for (at, row) in form.rows('s', 1).into_iter().enumerate() {
            fieldset class="govuk-fieldset ha-row" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--m" {
                    @if at < known { "Session " (at + 1) } @else { "Another session" }
                }
                (session(form, row, &venues))
            }
        }
        p class="govuk-hint" { "To add more than one, save, and open this page again." }
    }
}

fn session(form: Form<'_>, row: usize, venues: &[(String, String)]) -> Markup {
    let field = |name: &str| format!("s{row}-{name}");
    let was = form.filled.get(&field("was"));
    let stands = stored(form, was);
    let every = EVERY.map(|(key, label)| (key.to_owned(), label.to_owned()));
    let in_fields = stands.is_none_or(|session| is_in_fields(&session.schedule));
    html! {
        (hidden(&field("was"), was))
        @if venues.len() > 1 { (form.select(&field("at"), "Where", venues)) }
        @if let Some(session) = stands.filter(|_| !in_fields) {
            p class="govuk-body" { (wording::when(&session.schedule)) ". To change the days, take this session away and add another." }
        } @else {
            div class="ha-beside" { (form.boxes(&field("days"), "Days", "", &all_of::<Weekday>())) }
            (form.select(&field("every"), "How often", &every))
            (form.line((&field("starts"), "One date on which it happens", "Needed if it is not every week. Such as 6/1/2027.", "govuk-input--width-10")))
        }
        div class="ha-pair" {
            (form.line((&field("opens"), "Begins", "Such as 10am", "govuk-input--width-5")))
            (form.line((&field("closes"), "Ends", "Such as noon", "govuk-input--width-5")))
        }
        details class="ha-fold" open[has_more(form, row)] {
            summary { "More about this session" }
            (form.line((&field("name"), "What it is called", "", "")))
            (form.line((&field("except"), "Not on these dates", "Such as 25/12/2026, 1/1/2027", "")))
            (form.tick(&field("term"), "In term time only"))
            (form.radios(&field("book"), "Do people have to book?", "", &answers()))
            (form.line((&field("note"), "Anything to know", "", "")))
            (form.line((&field("words"), "When, in words", "Only if days and hours cannot say it: “By appointment”.", "")))
        }
        @if !was.is_empty() { (form.tick(&field("gone"), "Take this session away")) }
    }
}

/// Whether a row has something that the first fields do not show, or a fault there.
fn has_more(form: Form<'_>, row: usize) -> bool {
    ["name", "except", "note", "words", "term"].iter().any(|name| {
        let field = format!("s{row}-{name}");
        !form.filled.get(&field).is_empty() || form.faults.iter().any(|fault| fault.field == field)
    })
}

/// The session that a row is about.
fn stored<'s>(form: Form<'s>, was: &str) -> Option<&'s Session> {
    let (venue, number) = was.split_once('/')?;
    let number: usize = number.parse().ok()?;
    let service = &form.edited.service;
    if venue == NOT_AT_A_VENUE {
        return service.sessions.get(number);
    }
    let at = service.venues.iter().find(|known| known.id.to_string() == venue)?;
    at.sessions.get(number)
}
