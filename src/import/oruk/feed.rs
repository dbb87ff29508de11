//! The records of one feed, joined: pages and single records name each other by id.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{
    items::{Item, Sort, sort_of},
    node::{Node, Record},
    organisation,
    service::service,
};
use crate::{
    domain::Organisation,
    import::{
        draft::{Draft, Reading, Setting},
        fault::{Kind, Origin},
    },
};

/// The records of a feed by what they are about.
#[derive(Default)]
pub(super) struct Feed {
    pub services: Vec<Item>,
    service_at: HashMap<String, usize>,
    organisations: Vec<Item>,
    organisation_at: HashMap<String, usize>,
    locations: HashMap<String, Map<String, Value>>,
    links: Vec<Item>,
}

impl Feed {
    /// Puts a record with its like.
    pub fn sort(&mut self, mut item: Item, reading: &mut Reading) {
        match sort_of(&item.fields) {
            Sort::Service => {
                reading.read += 1;
                self.add_service(item, reading);
            }
            Sort::Organisation => {
                reading.read += 1;
                self.services_of(&mut item, reading);
                self.add_organisation(item);
            }
            Sort::Location => {
                if let Some(id) = id_of(&item.fields, "id") {
                    self.locations.insert(id, item.fields);
                }
            }
            Sort::ServiceAtLocation => self.links.push(item),
            Sort::Contract | Sort::ContractKind | Sort::Charity | Sort::Other => {
                let expected = "a service or an organisation";
                reading.log.add(Kind::NotForUs, &item.origin, "", expected, "something else");
            }
        }
    }

    /// The same service twice is one service: the fuller record stays.
    fn add_service(&mut self, item: Item, reading: &mut Reading) {
        if let Some(Value::Object(nested)) = item.fields.get("organization") {
            self.add_organisation(Item { fields: nested.clone(), origin: item.origin.clone() });
        }
        let Some(id) = id_of(&item.fields, "id") else { return self.services.push(item) };
        let Some(at) = self.service_at.get(&id).copied() else {
            self.service_at.insert(id, self.services.len());
            return self.services.push(item);
        };
        reading.log.add(
            Kind::Duplicate,
            &item.origin,
            "id",
            "an id once",
            "the same id again; the fuller record is kept",
        );
        if weight_of(&item.fields) > weight_of(&self.services[at].fields) {
            self.services[at] = item;
        }
    }

    /// An organisation without an id is told apart by its name.
    fn add_organisation(&mut self, item: Item) {
        let id = id_of(&item.fields, "id")
            .or_else(|| Some(format!("name:{}", id_of(&item.fields, "name")?)));
        let Some(id) = id else { return };
        match self.organisation_at.get(&id).copied() {
            Some(at) if weight_of(&item.fields) > weight_of(&self.organisations[at].fields) => {
                self.organisations[at] = item;
            }
            Some(_) => {}
            None => {
                self.organisation_at.insert(id, self.organisations.len());
                self.organisations.push(item);
            }
        }
    }

    /// The services that lie in an organisation.
    fn services_of(&mut self, item: &mut Item, reading: &mut Reading) {
        let Some(Value::Array(nested)) = item.fields.remove("services") else { return };
        let organisation = item.fields.get("id").cloned().unwrap_or_default();
        for service in nested {
            let Value::Object(mut fields) = service else { continue };
            fields.entry("organization_id").or_insert_with(|| organisation.clone());
            let record = fields.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            reading.read += 1;
            self.add_service(
                Item { fields, origin: Origin { record, ..item.origin.clone() } },
                reading,
            );
        }
    }

    /// Hangs services at locations on their services and locations on those.
    pub fn join(&mut self, reading: &mut Reading) {
        for mut link in std::mem::take(&mut self.links) {
            if let Some(Value::Object(service)) = link.fields.remove("service") {
                let known =
                    id_of(&service, "id").is_some_and(|id| self.service_at.contains_key(&id));
                if let Some(id) = service.get("id") {
                    link.fields.insert("service_id".to_owned(), id.clone());
                }
                if !known {
                    reading.read += 1;
                    let record = id_of(&service, "id").unwrap_or_default();
                    self.add_service(
                        Item { fields: service, origin: Origin { record, ..link.origin.clone() } },
                        reading,
                    );
                }
            }
            let at =
                id_of(&link.fields, "service_id").and_then(|id| self.service_at.get(&id).copied());
            match at {
                Some(at) => hang(&mut self.services[at].fields, link.fields),
                None => reading.log.add(
                    Kind::Orphan,
                    &link.origin,
                    "service_id",
                    "a service of this feed",
                    "none",
                ),
            }
        }
        for item in &mut self.services {
            let Some(Value::Array(rows)) = item.fields.get_mut("service_at_locations") else {
                continue;
            };
            for row in rows.iter_mut().filter_map(Value::as_object_mut) {
                let joined = id_of(row, "location_id").and_then(|id| self.locations.get(&id));
                if let Some(location) = joined.filter(|_| !row.contains_key("location")) {
                    row.insert("location".to_owned(), Value::Object(location.clone()));
                }
            }
        }
    }

    /// Every organisation, read once, by its id.
    pub fn organisations(
        &mut self,
        setting: Setting<'_>,
        reading: &mut Reading,
    ) -> HashMap<String, Organisation> {
        let mut known = HashMap::new();
        for (id, at) in &self.organisation_at {
            let item = &self.organisations[*at];
            let record = Record::new(item.origin.clone());
            if let Some(read) =
                organisation::organisation(Node::top(&item.fields, &record), setting)
            {
                known.insert(id.clone(), read);
            }
        }
        for item in std::mem::take(&mut self.organisations) {
            one_organisation(&item, setting, reading);
        }
        known
    }
}

fn hang(service: &mut Map<String, Value>, link: Map<String, Value>) {
    let rows = service.entry("service_at_locations").or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(rows) = rows else { return };
    let is_known = |row: &Value| row.get("id").is_some() && row.get("id") == link.get("id");
    match rows.iter().position(is_known) {
        Some(at) if rows[at].as_object().is_none_or(|row| weight_of(row) < weight_of(&link)) => {
            rows[at] = Value::Object(link);
        }
        Some(_) => {}
        None => rows.push(Value::Object(link)),
    }
}

fn one_organisation(item: &Item, setting: Setting<'_>, reading: &mut Reading) {
    let record = Record::new(item.origin.clone());
    let read = organisation::organisation(Node::top(&item.fields, &record), setting);
    let mut log = record.into_log();
    reading.log.faults.append(&mut log.faults);
    match read {
        Some(organisation) => reading.drafts.push(Draft {
            origin: item.origin.clone(),
            organisations: vec![organisation],
            ..Draft::default()
        }),
        None if sort_of(&item.fields) == Sort::Organisation => {
            let reason = ("name", "the name of the organisation", "nothing");
            reading.refuse(&item.origin, reason, Value::Object(item.fields.clone()).to_string());
        }
        None => {}
    }
}

/// Reads one service by the organisation that it lies in or names.
pub(super) fn one_service(
    item: Item,
    known: &HashMap<String, Organisation>,
    setting: Setting<'_>,
    reading: &mut Reading,
) {
    let record = Record::new(item.origin.clone());
    let nested = item.fields.get("organization");
    let id = match nested {
        Some(Value::Object(fields)) => {
            id_of(fields, "id").or_else(|| Some(format!("name:{}", id_of(fields, "name")?)))
        }
        Some(Value::String(id)) => Some(id.trim().to_lowercase()),
        _ => None,
    };
    let id = id
        .or_else(|| id_of(&item.fields, "organization_id"))
        .or_else(|| id_of(&item.fields, "organizationId"));
    let organisation = id.and_then(|id| known.get(&id)).cloned();
    let read = service(Node::top(&item.fields, &record), organisation, setting);
    reading.log.faults.append(&mut record.into_log().faults);
    match read {
        Ok(mut draft) => {
            draft.origin = item.origin;
            reading.drafts.push(draft);
        }
        Err((field, expected, found)) => {
            reading.refuse(
                &item.origin,
                (field, expected, &found),
                Value::Object(item.fields).to_string(),
            );
        }
    }
}

/// An id as text, small letters: feeds do not agree with themselves about capitals.
fn id_of(fields: &Map<String, Value>, key: &str) -> Option<String> {
    match fields.get(key)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_lowercase()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// How much a record says.
fn weight_of(fields: &Map<String, Value>) -> usize {
    fields.values().map(weight).sum()
}

fn weight(value: &Value) -> usize {
    match value {
        Value::Null => 0,
        Value::String(text) => usize::from(!text.is_empty()),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(fields) => weight_of(fields),
        _ => 1,
    }
}
