//! What it is, in words, and how everybody reaches it.

use super::{
    filled::Filled,
    reader::{LONGEST_LINE, LONGEST_TEXT, Reader},
};
use crate::domain::{Contact, ContactVisibility, Service};

/// The longest passing notice, in characters.
const LONGEST_ALERT: usize = 200;
/// The most short sentences of an easy summary.
const MOST_SHORT: usize = 6;

pub fn fill(service: &Service, filled: &mut Filled) {
    filled.add("summary", &service.summary);
    filled.add("description", &service.description);
    filled.add("in-short", &service.in_short.join("\n"));
    filled.add_maybe("alert", service.alert.as_ref());
    filled.add_maybe("website", service.website.as_ref());
    if let Some(contact) = service.contacts.iter().find(|contact| is_public(contact)) {
        filled.add_maybe("phone", contact.phone.as_ref());
        filled.add_maybe("email", contact.email.as_ref());
    }
}

pub fn apply(reader: &mut Reader<'_>, service: &mut Service) {
    let summary = reader.line("summary", LONGEST_LINE);
    if summary.is_none() {
        reader.fault("summary", "Say in one line what it is");
    }
    service.summary = summary.unwrap_or_default();
    service.description = reader.text("description", LONGEST_TEXT).unwrap_or_default();
    service.in_short = reader.lines("in-short", MOST_SHORT, LONGEST_LINE);
    service.alert = reader.line("alert", LONGEST_ALERT);
    reach(reader, service);
    service.website = reader.website("website");
}

/// The phone and the e-mail are those of the first contact that everybody sees.
fn reach(reader: &mut Reader<'_>, service: &mut Service) {
    let (phone, email) = (reader.phone("phone"), reader.email("email"));
    let known = service.contacts.iter().position(is_public);
    let at = known.unwrap_or_else(|| {
        service.contacts.push(Contact::default());
        service.contacts.len() - 1
    });
    let contact = &mut service.contacts[at];
    (contact.phone, contact.email) = (phone, email);
    if *contact == Contact::default() {
        service.contacts.remove(at);
    }
}

/// Whether the contacts differ in no more than this form shows.
pub fn differ_in_reach_only(one: &Service, other: &Service) -> bool {
    let rest = |service: &Service| {
        let mut contacts = service.contacts.clone();
        if let Some(contact) = contacts.iter_mut().find(|contact| is_public(contact)) {
            (contact.phone, contact.email) = (None, None);
        }
        contacts.retain(|contact| *contact != Contact::default());
        contacts
    };
    rest(one) == rest(other)
}

fn is_public(contact: &Contact) -> bool {
    contact.visibility == ContactVisibility::Public
}
