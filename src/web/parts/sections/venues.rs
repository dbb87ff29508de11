//! Where it is: how it reaches people, at which venues, and what area it serves.

use maud::{Markup, html};

use super::{Form, all_of};
use crate::{domain::Delivery, web::parts::form::hidden};

pub fn fields(form: Form<'_>) -> Markup {
    let known = form.filled.rows('v').len();
    html! {
        (delivery_choices(form, "How does it reach people?"))
        @for (at, row) in form.rows('v', 1).into_iter().enumerate() {
            fieldset class="govuk-fieldset ha-row" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--m" {
                    @if at < known { "Venue " (at + 1) } @else { "Another venue" }
                }
                (venue(form, row))
            }
        }
        (area(form))
        (form.tick("care", "Show this listing with care: neutral titles, no address, a button to leave quickly"))
    }
}

/// How it reaches people.
#[must_use]
pub fn delivery_choices(form: Form<'_>, legend: &str) -> Markup {
    form.boxes("delivery", legend, "", &all_of::<Delivery>())
}

/// One venue. Of one that is hidden, nothing is shown.
fn venue(form: Form<'_>, row: usize) -> Markup {
    let field = |name: &str| format!("v{row}-{name}");
    let was = form.filled.get(&field("was"));
    let is_hidden = !was.is_empty()
        && form.filled.has(&field("hidden"), "yes")
        && form.filled.get(&field("name")).is_empty();
    html! {
        (hidden(&field("was"), was))
        @if is_hidden {
            p class="govuk-body" { "This venue is hidden, so its address is not shown here either. Leave the fields empty to keep it as it is. Fill them in only if it has moved." }
        }
        (form.line((&field("name"), "Name of the venue", "Such as St Mary’s Hall", "")))
        (form.area(&field("lines"), "Building and street", "", (2, 800)))
        (form.line((&field("town"), "Town", "", "govuk-input--width-20")))
        (form.typed_line((&field("postcode"), "Postcode", "Such as WN7 1AA", "govuk-input--width-10"), "text", Some("postal-code")))
        (form.tick(&field("hidden"), "Do not show anybody where this is"))
        @if !was.is_empty() { (form.tick(&field("gone"), "Take this venue away")) }
    }
}

fn area(form: Form<'_>) -> Markup {
    let which = [
        ("none".to_owned(), "No area in particular: whoever can get there".to_owned()),
        ("these".to_owned(), "People in these places".to_owned()),
    ];
    html! {
        (form.radios("area", "Whom may it take, by where they live?", "", &which))
        (form.area("places", "Places it serves", "One on each line: a council, a town, a ward, or the first part of a postcode. Such as “Wigan” or “WN7”.", (3, 4000)))
        (form.tick("own-only", "Only people who live under that council"))
        (form.line(("area-note", "Anything to know about the area", "", "")))
    }
}
