//! HSDS as a folder of tables: joined into the records of a feed, which the feed's reader then reads.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use serde_json::{Map, Value};

use super::{
    draft::{Reading, Setting},
    fault::{Kind, Origin},
    input::InputFile,
    oruk::{self, Item},
    table,
};

/// A table with the rows of another that it hangs on: own name, other spellings, list it becomes, and where.
struct Child {
    table: &'static str,
    list: &'static str,
    /// Column, parent table; the first column that has a value decides.
    on: &'static [(&'static str, &'static str)],
}

/// Deepest first, so that a row is whole before it is hung.
const CHILDREN: [Child; 15] = [
    Child {
        table: "phone",
        list: "phones",
        on: &[
            ("contact_id", "contact"),
            ("service_at_location_id", "service_at_location"),
            ("service_id", "service"),
            ("location_id", "location"),
            ("organization_id", "organization"),
        ],
    },
    Child {
        table: "contact",
        list: "contacts",
        on: &[
            ("service_at_location_id", "service_at_location"),
            ("service_id", "service"),
            ("location_id", "location"),
            ("organization_id", "organization"),
        ],
    },
    Child { table: "address", list: "addresses", on: &[("location_id", "location")] },
    Child { table: "accessibility", list: "accessibility", on: &[("location_id", "location")] },
    Child {
        table: "schedule",
        list: "schedules",
        on: &[
            ("service_at_location_id", "service_at_location"),
            ("service_id", "service"),
            ("location_id", "location"),
        ],
    },
    Child {
        table: "language",
        list: "languages",
        on: &[("service_id", "service"), ("location_id", "location"), ("phone_id", "phone")],
    },
    Child {
        table: "service_area",
        list: "service_areas",
        on: &[("service_id", "service"), ("service_at_location_id", "service_at_location")],
    },
    Child { table: "cost_option", list: "cost_options", on: &[("service_id", "service")] },
    Child {
        table: "funding",
        list: "funding",
        on: &[("service_id", "service"), ("organization_id", "organization")],
    },
    Child {
        table: "required_document",
        list: "required_documents",
        on: &[("service_id", "service")],
    },
    Child { table: "service_capacity", list: "capacities", on: &[("service_id", "service")] },
    Child {
        table: "organization_identifier",
        list: "organization_identifiers",
        on: &[("organization_id", "organization")],
    },
    Child {
        table: "attribute",
        list: "attributes",
        on: &[("link_id", "service"), ("link_id", "organization"), ("link_id", "location")],
    },
    Child { table: "eligibility", list: "eligibilitys", on: &[("service_id", "service")] },
    Child {
        table: "service_at_location",
        list: "service_at_locations",
        on: &[("service_id", "service")],
    },
];

/// Table, its column, the field that the column's row becomes, and the table of that row.
type Nesting = (&'static str, &'static str, &'static str, &'static str);

/// Rows that stand inside a row.
const NESTED: [Nesting; 4] = [
    ("taxonomy_term", "taxonomy_id", "taxonomy_detail", "taxonomy"),
    ("attribute", "taxonomy_term_id", "taxonomy_term", "taxonomy_term"),
    ("service_capacity", "unit_id", "unit", "unit"),
    ("service_at_location", "location_id", "location", "location"),
];

/// The tables of the standard by any of their file names: `services.csv`, `service.csv`, `addresses.csv`.
pub(super) fn table_of(file: &str) -> Option<&'static str> {
    let stem = file.rsplit('/').next()?.to_ascii_lowercase();
    let stem = stem.strip_suffix(".csv")?.replace('-', "_");
    let own = ["organization", "service", "location", "taxonomy_term", "taxonomy", "unit"];
    let ignored = ["program", "metadata", "meta_table_description", "url"];
    let names = CHILDREN.iter().map(|child| child.table).chain(own).chain(ignored);
    let singular = match stem.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => stem
            .strip_suffix("es")
            .filter(|stem| stem.ends_with("address"))
            .unwrap_or(&stem)
            .to_owned(),
    };
    let plain = singular
        .strip_suffix('s')
        .filter(|_| singular != "address" && !singular.ends_with("ss"))
        .unwrap_or(&singular);
    names.into_iter().find(|name| [stem.as_str(), &singular, plain].contains(name))
}

/// Whether the files are a data package: the three core tables are told by their names and ids.
pub(super) fn is_package(files: &[&InputFile]) -> bool {
    let tables: HashSet<&str> = files.iter().filter_map(|file| table_of(&file.name)).collect();
    let has_id = |file: &&InputFile| {
        let header = file.text.lines().next().unwrap_or_default();
        header.split(',').any(|column| column.trim().trim_matches('"').eq_ignore_ascii_case("id"))
    };
    let core =
        files.iter().find(|file| matches!(table_of(&file.name), Some("service" | "organization")));
    !tables.is_empty() && core.is_some_and(has_id)
}

/// Joins the tables and reads the result as a feed.
pub(super) fn read(files: &[&InputFile], setting: Setting<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut package = Package::default();
    for file in files.iter().copied() {
        if let Some(table) = table_of(&file.name) {
            package.load(table, file, &mut reading);
        } else {
            let expected = "a table of the standard by its name";
            reading.log.file(&file.name, expected, "another name");
        }
    }
    package.nest(&mut reading);
    package.hang(&mut reading);
    let tables = ["organization", "service"];
    let items = tables.iter().flat_map(|table| package.tables.remove(*table).unwrap_or_default());
    let items = items.map(|row| Item { fields: row.fields, origin: row.origin }).collect();
    reading.append(oruk::read(items, setting));
    reading
}

#[derive(Clone, Debug)]
struct Row {
    fields: Map<String, Value>,
    origin: Origin,
}

#[derive(Default)]
struct Package {
    tables: BTreeMap<&'static str, Vec<Row>>,
    /// Where the rows of a table are by their ids, once somebody asked.
    rows_at: HashMap<&'static str, HashMap<String, usize>>,
}

impl Package {
    fn load(&mut self, name: &'static str, file: &InputFile, reading: &mut Reading) {
        let Some(table) = table::read(file, reading) else { return };
        let file: Arc<str> = file.name.as_str().into();
        let rows = self.tables.entry(name).or_default();
        for row in &table.rows {
            let mut fields = Map::new();
            for (column, value) in table.header.iter().zip(&row.values) {
                if !value.trim().is_empty() {
                    fields.insert(column.to_ascii_lowercase(), Value::String(value.clone()));
                }
            }
            if name == "service" {
                // A service says so even where it says nothing else.
                fields.entry("status").or_insert_with(|| Value::String("active".to_owned()));
            } else if name == "organization" {
                fields.entry("email").or_insert(Value::Null);
                fields.entry("services").or_insert_with(|| Value::Array(Vec::new()));
            }
            let record = id(&fields, "id").unwrap_or_default();
            rows.push(Row {
                fields,
                origin: Origin { file: Arc::clone(&file), record, line: Some(row.line) },
            });
        }
    }

    fn row_at(&mut self, table: &'static str, wanted: &str) -> Option<usize> {
        let tables = &self.tables;
        let index = self.rows_at.entry(table).or_insert_with(|| {
            let rows = tables.get(table).into_iter().flatten().enumerate();
            rows.filter_map(|(at, row)| Some((id(&row.fields, "id")?, at))).collect()
        });
        index.get(wanted).copied()
    }

    /// Puts rows inside the rows that name them, locations only once they are whole.
    fn nest(&mut self, reading: &mut Reading) {
        for (table, column, field, inner) in
            NESTED.into_iter().filter(|nested| nested.3 != "location")
        {
            self.nest_one((table, column, field, inner), reading);
        }
    }

    fn nest_one(&mut self, (table, column, field, inner): Nesting, reading: &mut Reading) {
        let mut rows = self.tables.remove(table).unwrap_or_default();
        for row in &mut rows {
            let Some(wanted) = id(&row.fields, column) else { continue };
            let at = self.row_at(inner, &wanted);
            match at.and_then(|at| self.tables.get(inner)?.get(at)) {
                Some(found) => {
                    row.fields.insert(field.to_owned(), Value::Object(found.fields.clone()));
                }
                None => reading.log.add(
                    Kind::Orphan,
                    &row.origin,
                    column,
                    &format!("the id of a row of {inner}"),
                    &wanted,
                ),
            }
        }
        self.tables.insert(table, rows);
    }

    fn hang(&mut self, reading: &mut Reading) {
        for child in &CHILDREN {
            if child.table == "service_at_location" {
                let (table, column, field, inner) = NESTED[3];
                self.nest_one((table, column, field, inner), reading);
            }
            for row in self.tables.remove(child.table).unwrap_or_default() {
                self.hang_one(child, row, reading);
            }
        }
    }

    /// Hangs a row on the first parent that it names and that is there.
    fn hang_one(&mut self, child: &Child, row: Row, reading: &mut Reading) {
        let named = child
            .on
            .iter()
            .filter_map(|(column, parent)| Some((*column, *parent, id(&row.fields, column)?)));
        let named: Vec<(&'static str, &'static str, String)> = named.collect();
        for (_, parent, wanted) in &named {
            let at = self.row_at(parent, wanted);
            let Some(found) = at.and_then(|at| self.tables.get_mut(parent)?.get_mut(at)) else {
                continue;
            };
            let list = found.fields.entry(child.list).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(Value::Object(row.fields));
            }
            return;
        }
        let (column, parent, wanted) = match named.first() {
            Some((column, parent, wanted)) => (*column, *parent, wanted.as_str()),
            None => (child.on[0].0, child.on[0].1, "nothing"),
        };
        if child.table == "language" && column == "phone_id" {
            return;
        }
        reading.log.add(
            Kind::Orphan,
            &row.origin,
            column,
            &format!("the id of a row of {parent}"),
            wanted,
        );
    }
}

fn id(fields: &Map<String, Value>, column: &str) -> Option<String> {
    let text = fields.get(column)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_lowercase())
}
