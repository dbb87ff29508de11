//! How to reach somebody: only what everybody may see.

use maud::{Markup, html};

use super::urgent::telephone;
use crate::domain::{Contact, ContactVisibility};

/// The public ones among some contacts, and a website.
#[must_use]
pub fn contacts<'a>(contacts: impl Iterator<Item = &'a Contact>, website: Option<&str>) -> Markup {
    let public: Vec<&Contact> =
        contacts.filter(|contact| contact.visibility == ContactVisibility::Public).collect();
    let website = website.filter(|address| is_address(address));
    html! {
        @if public.is_empty() && website.is_none() { p { "Not stated." } }
        @for contact in public { (one(contact)) }
        @if let Some(address) = website { p { (outside(address)) } }
    }
}

fn one(contact: &Contact) -> Markup {
    let who: Vec<&str> =
        [&contact.name, &contact.role].into_iter().flatten().map(String::as_str).collect();
    html! {
        @if !who.is_empty() { p { (who.join(", ")) } }
        @if let Some(phone) = &contact.phone {
            p { (telephone(phone)) @if let Some(note) = &contact.phone_note { " (" (note) ")" } }
        }
        @if let Some(email) = &contact.email {
            p { a class="govuk-link" href=(format!("mailto:{email}")) { (email) } }
        }
    }
}

/// A link to another site, to which nothing is said of where it was followed from.
#[must_use]
pub fn outside(address: &str) -> Markup {
    html! { a class="govuk-link" rel="noreferrer nofollow" href=(address) { (address) } }
}

/// Whether a text is an address that may be linked to.
fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
