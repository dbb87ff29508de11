//! Everybody who can be reached, and who may see how.

use super::{
    filled::Filled,
    reader::{LONGEST_LINE, Reader},
};
use crate::domain::{Contact, Service};

/// The most contacts of one listing.
const MOST: usize = 8;

pub fn fill(service: &Service, filled: &mut Filled) {
    for (row, contact) in service.contacts.iter().enumerate() {
        let mut add = |name: &str, value: Option<&String>| {
            filled.add_maybe(&format!("k{row}-{name}"), value);
        };
        add("name", contact.name.as_ref());
        add("role", contact.role.as_ref());
        add("phone", contact.phone.as_ref());
        add("phone-note", contact.phone_note.as_ref());
        add("email", contact.email.as_ref());
        filled.add_key(&format!("k{row}-seen-by"), contact.visibility);
    }
}

/// A row without a name, phone or e-mail is taken away.
pub fn apply(reader: &mut Reader<'_>, service: &mut Service) {
    let mut contacts = Vec::new();
    for row in reader.filled.rows('k') {
        let field = |name: &str| format!("k{row}-{name}");
        let contact = Contact {
            name: reader.line(&field("name"), LONGEST_LINE),
            role: reader.line(&field("role"), LONGEST_LINE),
            phone: reader.phone(&field("phone")),
            phone_note: reader.line(&field("phone-note"), LONGEST_LINE),
            email: reader.email(&field("email")),
            visibility: reader.choice(&field("seen-by")).unwrap_or_default(),
        };
        let reaches = [&contact.name, &contact.phone, &contact.email];
        contacts.extend(reaches.iter().any(|way| way.is_some()).then_some(contact));
    }
    if contacts.len() > MOST.max(service.contacts.len()) {
        reader.fault("k0-name", format!("Keep to {MOST} contacts"));
    }
    service.contacts = contacts;
}
