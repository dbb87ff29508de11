//! Contacts and telephone numbers, which may hang on a service, a contact, an organisation or a venue.

use super::node::Node;
use crate::{domain::Contact, import::fault::Kind, text::people};

/// Every way to reach whoever `node` is about.
pub(super) fn contacts(node: Node<'_>) -> Vec<Contact> {
    let mut found = people::paired(phones(node), node.email("email").into_iter().collect());
    for contact in node.each("contacts", |contact| Some(named(contact))).into_iter().flatten() {
        add(&mut found, contact);
    }
    found
}

/// A number or mailbox that is already there is not added again; a name or role joins it.
fn add(found: &mut Vec<Contact>, contact: Contact) {
    let same = |known: &&mut Contact| {
        (contact.phone.is_some() && known.phone == contact.phone)
            || (contact.phone.is_none() && contact.email.is_some() && known.email == contact.email)
    };
    match found.iter_mut().find(same) {
        Some(known) => {
            known.name = known.name.take().or(contact.name);
            known.role = known.role.take().or(contact.role);
            known.email = known.email.take().or(contact.email);
            known.phone_note = known.phone_note.take().or(contact.phone_note);
        }
        None => found.push(contact),
    }
}

fn named(node: Node<'_>) -> Vec<Contact> {
    let (name, role) = (node.line("name"), node.line("title").or_else(|| node.line("department")));
    let mut contacts = people::paired(phones(node), node.email("email").into_iter().collect());
    if contacts.is_empty() && name.is_some() {
        contacts.push(Contact::default());
    }
    for contact in &mut contacts {
        contact.name.clone_from(&name);
        contact.role.clone_from(&role);
    }
    contacts
}

fn phones(node: Node<'_>) -> Vec<people::Phone> {
    let lists = node.each("phones", |phone| {
        let Some(text) = phone.line("number") else {
            phone.fault(Kind::ValueLeftOut, "number", "a telephone number", "nothing");
            return None;
        };
        let mut numbers = people::phones(&text);
        if numbers.is_empty() {
            phone.fault(Kind::ValueLeftOut, "number", "a telephone number", &format!("\"{text}\""));
        }
        let described = phone.line("description").filter(|note| note.chars().count() <= 200);
        let extension = phone.line("extension").map(|extension| format!("extension {extension}"));
        for known in &mut numbers {
            let said = [known.note.take(), described.clone(), extension.clone()];
            let said: Vec<String> = said.into_iter().flatten().collect();
            known.note = (!said.is_empty()).then(|| said.join("; "));
        }
        Some(numbers)
    });
    lists.into_iter().flatten().collect()
}
