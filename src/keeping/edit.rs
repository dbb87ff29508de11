//! Changing a listing's words and how to reach it: what is safe goes live at once.

use jiff::Timestamp;
use url::Url;

use crate::{
    domain::{
        Contact, ContactVisibility, Email, FieldSource, Role, Service, route_of, tells_of_a_patient,
    },
    store::{Store, Version},
};

use super::{
    error::{FormFault, KeepingError},
    listing::{Caretaker, Kept},
};

/// What may be changed without a steward looking at it first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    pub summary: String,
    pub description: String,
    pub alert: String,
    pub phone: String,
    pub email: String,
    pub website: String,
}

/// A field of [`Wording`] with its bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordingField {
    pub name: &'static str,
    pub label: &'static str,
    /// In characters.
    pub longest: usize,
}

impl Wording {
    /// Every field, in the order of the form.
    pub const FIELDS: [WordingField; 6] = [
        WordingField { name: "summary", label: "In one line", longest: 160 },
        WordingField { name: "description", label: "In full", longest: 5000 },
        WordingField { name: "alert", label: "Notice", longest: 200 },
        WordingField { name: "phone", label: "Phone", longest: 40 },
        WordingField { name: "email", label: "E-mail", longest: 254 },
        WordingField { name: "website", label: "Website", longest: 300 },
    ];

    /// The wording of a listing as it stands.
    #[must_use]
    pub fn of(service: &Service) -> Self {
        let contact = service.contacts.iter().find(|contact| is_public(contact));
        let of = |field: fn(&Contact) -> Option<&String>| {
            contact.and_then(field).cloned().unwrap_or_default()
        };
        Self {
            summary: service.summary.clone(),
            description: service.description.clone(),
            alert: service.alert.clone().unwrap_or_default(),
            phone: of(|contact| contact.phone.as_ref()),
            email: of(|contact| contact.email.as_ref()),
            website: service.website.clone().unwrap_or_default(),
        }
    }

    /// A field by its name.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        match name {
            "summary" => &self.summary,
            "description" => &self.description,
            "alert" => &self.alert,
            "phone" => &self.phone,
            "email" => &self.email,
            "website" => &self.website,
            _ => "",
        }
    }

    /// Reads a form: a function from a field's name to what was typed.
    #[must_use]
    pub fn read(typed: impl Fn(&str) -> String) -> Self {
        let line = |name: &str| typed(name).split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            summary: line("summary"),
            description: paragraphs(&typed("description")),
            alert: line("alert"),
            phone: line("phone"),
            email: line("email"),
            website: line("website"),
        }
    }

    fn faults(&self) -> Vec<FormFault> {
        let too_long = Self::FIELDS.iter().filter_map(|field| {
            let over = self.get(field.name).chars().count().saturating_sub(field.longest);
            let message = format!(
                "{} must have {} characters or fewer; it has {over} too many",
                field.label, field.longest
            );
            (over > 0).then(|| FormFault::new(field.name, message))
        });
        let mut faults: Vec<FormFault> = too_long.collect();
        for name in ["summary", "description", "alert"] {
            if let Some(what) = tells_of_a_patient(self.get(name)) {
                let how = format!("Take out what looks like {what}: everybody can read this");
                faults.push(FormFault::new(name, how));
            }
        }
        if self.summary.is_empty() {
            faults.push(FormFault::new("summary", "Say in one line what it is"));
        }
        if !self.phone.is_empty() && !is_phone(&self.phone) {
            let how = "Enter a phone number with its area code, such as 01942 123456";
            faults.push(FormFault::new("phone", how));
        }
        if !self.email.is_empty() && self.email.parse::<Email>().is_err() {
            let how = "Enter an e-mail address such as name@example.org";
            faults.push(FormFault::new("email", how));
        }
        if !self.website.is_empty() && website(&self.website).is_none() {
            let how = "Enter a web address such as https://example.org";
            faults.push(FormFault::new("website", how));
        }
        faults
    }

    /// The names of the listing's fields that differ.
    fn apply(&self, service: &mut Service) -> Vec<&'static str> {
        let before = Self::of(service);
        let maybe = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut changed = Vec::new();
        if before.summary != self.summary {
            service.summary.clone_from(&self.summary);
            changed.push("summary");
        }
        if before.description != self.description {
            service.description.clone_from(&self.description);
            changed.push("description");
        }
        if before.alert != self.alert {
            service.alert = maybe(&self.alert);
            changed.push("alert");
        }
        if before.website != self.website {
            service.website = website(&self.website);
            changed.push("website");
        }
        if (&before.phone, &before.email) != (&self.phone, &self.email) {
            let at = service.contacts.iter().position(is_public);
            let at = at.unwrap_or_else(|| {
                service.contacts.push(Contact::default());
                service.contacts.len() - 1
            });
            service.contacts[at].phone = maybe(&self.phone);
            service.contacts[at].email = maybe(&self.email);
            if service.contacts[at] == Contact::default() {
                service.contacts.remove(at);
            }
            changed.push("contacts");
        }
        changed
    }
}

/// Whether somebody's change of words may go live at once. What is said of a listing that has to
/// be shown with care, a steward looks at first.
#[must_use]
pub fn may_reword(kept: &Kept, by: &Caretaker) -> bool {
    by.role == Role::Steward || !kept.record.needs_care()
}

/// Changes the words of a listing as it was shown in this version. They are live at once.
pub fn reword(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    shown: Version,
    wording: &Wording,
    now: Timestamp,
) -> Result<(), KeepingError> {
    if !may_reword(kept, by) {
        return Err(KeepingError::NotTheirs);
    }
    let faults = wording.faults();
    if !faults.is_empty() {
        return Err(KeepingError::Form(faults));
    }
    let mut service = kept.record.service.clone();
    let changed = wording.apply(&mut service);
    if changed.is_empty() {
        return Ok(());
    }
    if kept.version != shown {
        return Err(KeepingError::ChangedMeanwhile);
    }
    for field in changed {
        let source = by.person.author(by.role).name;
        let said = FieldSource { source, route: route_of(by.role), at: now, licence: None };
        service.provenance.fields.insert(field.to_owned(), said);
    }
    service.upkeep.edited = Some(now);
    let version = kept.version;
    store.change(&by.actor(), now, move |changes| changes.save_service_if(&service, version))?;
    Ok(())
}

fn is_public(contact: &Contact) -> bool {
    contact.visibility == ContactVisibility::Public
}

/// Paragraphs with one blank line between them, without space at the ends.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || "+() -.".contains(c) || c.is_alphabetic();
    (3..=15).contains(&digits) && text.chars().all(plain)
}

/// A web address in full, where it is one that a browser can open safely.
fn website(text: &str) -> Option<String> {
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&full).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let named = url.host_str().is_some_and(|host| host.contains('.'));
    (is_web && named && url.username().is_empty() && url.password().is_none()).then_some(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OrganisationId, ServiceId};

    fn typed(field: &'static str, text: &'static str) -> Vec<&'static str> {
        let wording = Wording::read(|name| match name {
            name if name == field => text.to_owned(),
            "summary" => "A line".to_owned(),
            _ => String::new(),
        });
        wording.faults().iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn what_cannot_be_reached_is_not_taken_for_an_address() {
        for (field, text) in [
            ("website", "javascript:alert(1)"),
            ("website", "ask at the desk"),
            ("website", "https://me:secret@example.org"),
            ("email", "nobody"),
            ("phone", "ring us"),
            ("phone", "01942 1234567890123"),
            ("summary", ""),
            ("description", "Ask for 999 123 4519"),
        ] {
            assert_eq!(typed(field, text), [field], "{text}");
        }
        for (field, text) in [
            ("website", "example.org.uk/a"),
            ("website", "http://example.org"),
            ("phone", "+44 (0)1942 123456 ext 2"),
            ("phone", "111"),
        ] {
            assert!(typed(field, text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_text_is_kept_in_its_paragraphs() {
        assert_eq!(paragraphs("\r\n one \r\n\r\n\r\n two\r\n"), "one\n\n two");
    }

    #[test]
    fn only_what_differs_is_changed() {
        let id = ServiceId::derive("t", "1");
        let mut service = Service::named(id, OrganisationId::derive("t", "1"), "x".to_owned());
        service.summary = "A line".to_owned();
        let mut wording = Wording::of(&service);
        assert!(wording.apply(&mut service).is_empty());
        wording.phone = "01942 123456".to_owned();
        assert_eq!(wording.apply(&mut service), ["contacts"]);
        assert_eq!(Wording::of(&service), wording);
        wording.phone = String::new();
        wording.apply(&mut service);
        assert!(service.contacts.is_empty());
    }
}
