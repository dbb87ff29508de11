//! What it is, in words, and how everybody reaches it.

use maud::{Markup, html};

use super::Form;
use crate::{
    domain::ContactVisibility,
    keeping::{LONGEST_LINE, LONGEST_TEXT},
};

pub fn fields(form: Form<'_>) -> Markup {
    let theirs = of_the_organisation(form);
    let phone_hint = also("With its area code.", theirs.0.as_deref());
    let email_hint = also("", theirs.1.as_deref());
    html! {
        (form.area("summary", "In one line", "What it is and whom it helps. Good: “A weekly shed for men who would like company.” Not: “We are passionate about wellbeing.”", (2, LONGEST_LINE)))
        (form.area("description", "In full", "What happens, in plain words and short sentences. Leave a line empty between paragraphs.", (10, LONGEST_TEXT)))
        (form.area("in-short", "In short", "Three to five short sentences in easy words, each on its own line, if you have them.", (3, 6 * LONGEST_LINE)))
        (form.line(("alert", "Notice", "Something that passes: “Closed from 22 to 28 December.” Leave it empty when it is over.", "")))
        (form.typed_line(("phone", "Phone that people ring", &phone_hint, "govuk-input--width-20"), "tel", Some("work tel")))
        (form.typed_line(("email", "E-mail that people write to", &email_hint, ""), "email", Some("work email")))
        (form.typed_line(("website", "Website", "Such as https://example.org/shed", ""), "text", Some("url")))
    }
}

/// The phone and e-mail that stand in the listing where it has none of its own.
fn of_the_organisation(form: Form<'_>) -> (Option<String>, Option<String>) {
    let contacts = &form.record.organisation.contacts;
    let public = || contacts.iter().filter(|of| of.visibility == ContactVisibility::Public);
    let phone = public().find_map(|contact| contact.phone.clone());
    (phone, public().find_map(|contact| contact.email.clone()))
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
