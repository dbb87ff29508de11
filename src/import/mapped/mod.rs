//! CSV tables of any shape, by a mapping.

mod language;
mod row;
mod shipped;
mod template;
mod venue;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

pub use language::Mapping;
pub use shipped::for_header;

use crate::domain::{Funding, ServiceStatus};

use super::{
    draft::{Draft, Reading, Setting},
    fault::{Kind, Origin},
    input::InputFile,
    table::{self, Row, Table},
};
use language::same_column;
use row::RowReader;
use template::Cells;

/// Reads a table by a mapping.
pub(super) fn read(
    file: &InputFile,
    table: &Table,
    mapping: &Mapping,
    setting: Setting<'_>,
) -> Reading {
    let mut reading = Reading::default();
    if let Some(missing) = mapping
        .columns
        .iter()
        .find(|wanted| !table.header.iter().any(|name| same_column(name, wanted)))
    {
        reading.log.file(
            &file.name,
            &format!("a column \"{missing}\" as in the mapping \"{}\"", mapping.title),
            "none",
        );
        return reading;
    }
    let mut rows = Rows {
        file: file.name.as_str().into(),
        mapping,
        setting,
        at: HashMap::new(),
        seen: HashMap::new(),
    };
    for row in &table.rows {
        rows.read(row, &table.header, &mut reading);
    }
    rows.tell_apart(&mut reading);
    reading
}

struct Rows<'a> {
    file: Arc<str>,
    mapping: &'a Mapping,
    setting: Setting<'a>,
    /// The draft that holds the service of a key.
    at: HashMap<String, usize>,
    seen: HashMap<Vec<String>, u64>,
}

impl Rows<'_> {
    fn read(&mut self, row: &Row, header: &[String], reading: &mut Reading) {
        let cells = Cells::new(header, &row.values, &self.mapping.empty);
        let is_blank =
            self.mapping.skip_when_empty.iter().any(|column| cells.get(column).is_none());
        if is_blank && row.values.iter().all(|value| value.trim().is_empty()) {
            return;
        }
        reading.read += 1;
        let record = self
            .mapping
            .organisation
            .name
            .iter()
            .chain(self.mapping.service.iter().flat_map(|rule| rule.name.iter()));
        let record = cells.first(record).unwrap_or_default();
        let origin = Origin { file: Arc::clone(&self.file), record, line: Some(row.line) };
        if is_blank {
            let columns = self.mapping.skip_when_empty.join(", ");
            return reading.refuse(
                &origin,
                (&columns, "a value", "nothing"),
                table::line_of(&row.values),
            );
        }
        if let Some(line) = self.seen.insert(row.values.clone(), row.line) {
            let found = format!("the row of line {line} again");
            return reading.log.add(Kind::Duplicate, &origin, "", "each row once", &found);
        }
        self.records(cells, &origin, row, reading);
    }

    fn records(&mut self, cells: Cells<'_>, origin: &Origin, row: &Row, reading: &mut Reading) {
        let mut reader = RowReader {
            cells,
            mapping: self.mapping,
            setting: self.setting,
            origin,
            log: &mut reading.log,
        };
        let Some(organisation) = reader.organisation(&self.mapping.organisation) else {
            let reason = ("name", "the name of the organisation", "nothing");
            return reading.refuse(origin, reason, table::line_of(&row.values));
        };
        let mut draft = Draft { origin: origin.clone(), ..Draft::default() };
        let rule = self.mapping.service.as_ref();
        if let Some((service, location)) =
            rule.and_then(|rule| reader.service(rule, organisation.id))
        {
            draft.services.push(service);
            draft.locations.extend(location);
        }
        let line = rule.and_then(|rule| reader.cells.first(rule.line.iter()));
        draft.organisations.push(organisation);
        self.add(draft, line, reading);
    }

    /// Rows with the same key make one service, which gains what each of them adds.
    fn add(&mut self, mut draft: Draft, line: Option<String>, reading: &mut Reading) {
        let Some(service) = draft.services.first_mut() else { return reading.drafts.push(draft) };
        if let Some(line) = &line {
            let heading = if service.service.description.is_empty() { "" } else { "\n\n" };
            service.service.description.extend([heading, "- ", line]);
        }
        let key = service.service.id.to_string();
        let Some(at) = self.at.get(&key).copied() else {
            self.at.insert(key, reading.drafts.len());
            return reading.drafts.push(draft);
        };
        let merges = line.is_some() || self.mapping.funding.is_some();
        if !merges {
            let found = format!(
                "the same as on line {}",
                reading.drafts[at].origin.line.unwrap_or_default()
            );
            reading.log.add(
                Kind::Duplicate,
                &draft.origin,
                "key",
                "a key of its own; the rows are one service",
                &found,
            );
        }
        merge(&mut reading.drafts[at], draft, line);
    }

    /// Adds to names that several services share what tells them apart.
    fn tell_apart(&self, reading: &mut Reading) {
        let Some(added) = self.mapping.service.as_ref().and_then(|rule| rule.distinguish.as_ref())
        else {
            return;
        };
        let mut names: HashMap<String, usize> = HashMap::new();
        for service in reading.drafts.iter().flat_map(|draft| &draft.services) {
            *names.entry(service.service.name.to_lowercase()).or_default() += 1;
        }
        for draft in &mut reading.drafts {
            let place = draft.locations.first().map(|location| location.name.clone());
            for service in &mut draft.services {
                let shared =
                    names.get(&service.service.name.to_lowercase()).is_some_and(|count| *count > 1);
                if let Some(place) = place.as_ref().filter(|_| shared) {
                    service.service.name.push_str(&added.replace("{venue}", place));
                }
            }
        }
    }
}

/// Adds what a further row says of the same service.
fn merge(into: &mut Draft, from: Draft, line: Option<String>) {
    for location in from.locations {
        if !into.locations.iter().any(|known| known.id == location.id) {
            into.locations.push(location);
        }
    }
    let Some(known) = into.services.first_mut().map(|draft| &mut draft.service) else { return };
    for further in from.services.into_iter().map(|draft| draft.service) {
        for venue in further.venues {
            if !known.venues.iter().any(|other| other.id == venue.id) {
                known.venues.push(venue);
            }
        }
        if further.status == ServiceStatus::Active {
            known.status = further.status;
        }
        let began = |funding: &[Funding]| funding.iter().filter_map(|funding| funding.from).max();
        if began(&further.funding) > began(&known.funding) {
            known.description = further.description;
            known.summary = further.summary;
        }
        known.funding.extend(further.funding);
        let mut needs: BTreeSet<_> = known.needs.drain(..).collect();
        needs.extend(further.needs);
        known.needs = needs.into_iter().collect();
    }
    let line = line.map(|line| format!("- {line}"));
    if let Some(line) = line.filter(|line| !known.description.lines().any(|known| known == line)) {
        known.description.push('\n');
        known.description.push_str(&line);
    }
}

/// What a mapping says that cannot be: filters that there are not, and templates that do not end.
#[must_use]
pub fn faults_of(mapping: &Mapping) -> Vec<String> {
    let mut faults = Vec::new();
    for template in mapping.templates().iter().flat_map(|templates| templates.iter()) {
        if template.matches('{').count() != template.matches('}').count() {
            faults.push(format!("\"{template}\" has a bracket that is not closed"));
        }
        let unknown = |filter: &&str| !template::FILTERS.contains(filter);
        for filter in template::filters_of(template).filter(unknown) {
            faults.push(format!("\"{template}\": there is no filter \"{filter}\""));
        }
        if template::columns_of(template).any(|column| column.trim().is_empty()) {
            faults.push(format!("\"{template}\" names no column"));
        }
    }
    faults
}

#[cfg(test)]
mod tests;
