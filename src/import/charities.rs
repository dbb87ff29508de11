//! Lists of registered charities with their activities: an organisation each, and a service where it says what it does.

use serde_json::Value;

use super::{
    draft::{Code, Draft, Reading, ServiceDraft, Setting},
    oruk::{
        self, Item,
        node::{Node, Record},
    },
};
use crate::{
    domain::{
        Address, Identifier, Location, LocationId, LocationKind, Organisation, OrganisationId,
        Sector, Service, ServiceAtLocation, ServiceAtLocationId, ServiceId,
    },
    text::tidy,
};

/// Reads one charity.
pub(super) fn read(item: Item, setting: Setting<'_>, reading: &mut Reading) {
    reading.read += 1;
    let record = Record::new(item.origin.clone());
    let draft = charity(Node::top(&item.fields, &record), setting);
    reading.log.faults.append(&mut record.into_log().faults);
    match draft {
        Ok(draft) => reading.drafts.push(Draft { origin: item.origin, ..draft }),
        Err((field, expected)) => {
            let raw = Value::Object(item.fields).to_string();
            reading.refuse(&item.origin, (field, expected, "nothing"), raw);
        }
    }
}

fn charity(node: Node<'_>, setting: Setting<'_>) -> Result<Draft, (&'static str, &'static str)> {
    let key = node.line("id").ok_or(("id", "the charity's number"))?;
    let name = node.line("name").ok_or(("name", "the charity's name"))?;
    let name = tidy::title_case(&name);
    let activities = node.prose("activities").map(|text| sentence_case(&text));
    let organisation = organisation(node, (&key, &name), activities.clone(), setting);
    let mut draft = Draft::default();
    if let Some(description) = activities {
        let location = location(node, &key, setting);
        let service =
            service((&key, &name), &organisation, description, location.as_ref(), setting);
        let codes = node.list("ukcat").into_iter().map(|code| Code {
            scheme: "ukcat".to_owned(),
            code,
            label: String::new(),
        });
        draft.services.push(ServiceDraft { service, codes: codes.collect(), audience: Vec::new() });
        draft.locations.extend(location);
    }
    draft.organisations.push(organisation);
    Ok(draft)
}

fn organisation(
    node: Node<'_>,
    (key, name): (&str, &str),
    activities: Option<String>,
    setting: Setting<'_>,
) -> Organisation {
    Organisation {
        description: activities
            .or_else(|| node.prose("objects").map(|text| sentence_case(&text)))
            .unwrap_or_default(),
        sector: Some(Sector::Voluntary),
        identifiers: identifier(key).into_iter().collect(),
        website: node.page("web"),
        provenance: setting.source.provenance(key, setting.now),
        ..Organisation::named(OrganisationId::derive(&setting.source.name, key), name.to_owned())
    }
}

/// `GB-CHC-1000003`: the register, then the number.
fn identifier(key: &str) -> Option<Identifier> {
    let (scheme, number) = ["GB-CHC", "GB-SC", "GB-NIC"]
        .iter()
        .find_map(|scheme| Some((*scheme, key.strip_prefix(scheme)?.strip_prefix('-')?)))?;
    Some(oruk::identifier(scheme, "", number))
}

/// The registered address, which is where the post goes and not where the doors are.
fn location(node: Node<'_>, key: &str, setting: Setting<'_>) -> Option<Location> {
    let postcode = oruk::usual(&node.line("postcode")?);
    Some(Location {
        kind: LocationKind::Postal,
        address: Some(Address { postcode: Some(postcode.clone()), ..Address::default() }),
        provenance: setting.source.provenance(key, setting.now),
        ..Location::named(LocationId::derive(&setting.source.name, key), postcode)
    })
}

fn service(
    (key, name): (&str, &str),
    organisation: &Organisation,
    description: String,
    location: Option<&Location>,
    setting: Setting<'_>,
) -> Service {
    let id = ServiceAtLocationId::derive(&setting.source.name, key);
    let venue = location.map(|location| ServiceAtLocation::at(id, location.id));
    Service {
        summary: tidy::summary(&description),
        description,
        venues: venue.into_iter().collect(),
        website: organisation.website.clone(),
        provenance: setting.source.provenance(key, setting.now),
        ..Service::named(
            ServiceId::derive(&setting.source.name, key),
            organisation.id,
            name.to_owned(),
        )
    }
}

/// Sentences that a register keeps in capitals, in small letters.
fn sentence_case(text: &str) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut written = String::with_capacity(text.len());
    let mut starts = true;
    for c in text.chars() {
        if starts && c.is_alphabetic() {
            written.push(c);
            starts = false;
        } else {
            written.extend(c.to_lowercase());
        }
        starts |= matches!(c, '.' | '!' | '?' | '\n');
    }
    written
}
