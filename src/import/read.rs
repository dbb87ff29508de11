//! Files to drafts: which reader takes what.

use super::{
    charities, contracts,
    draft::{Reading, Setting},
    fault::Kind,
    input::InputFile,
    json, mapped,
    mapped::Mapping,
    oruk::{self, Item, Sort},
    table::Table,
    tabular,
};

/// What the files are, where it is not to be found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Auto,
    /// Open Referral UK 3.0 or 1.0, or HSDS, in JSON.
    Json,
    /// HSDS as tables.
    Tables,
    /// CSV by a mapping.
    Csv,
}

impl Format {
    /// Reads the name of a format as typed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "auto" => Some(Self::Auto),
            "json" | "oruk" | "oruk-3.0" | "oruk-1.0" | "hsds" => Some(Self::Json),
            "tables" | "tabular" | "hsds-tabular" | "datapackage" => Some(Self::Tables),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// Reads every file; nothing is looked up or stored.
#[must_use]
pub fn read(files: &[InputFile], format: Format, mapping: Option<&Mapping>, setting: Setting<'_>) -> Reading {
    let (tables, others): (Vec<&InputFile>, Vec<&InputFile>) = files.iter().partition(|file| is_csv(file));
    let owned: Vec<InputFile> = tables.iter().map(|file| (*file).clone()).collect();
    let mut reading = Reading::default();
    let as_package = match format {
        Format::Tables => true,
        Format::Auto => mapping.is_none() && tabular::is_package(&owned),
        Format::Json | Format::Csv => false,
    };
    if as_package {
        reading.append(tabular::read(&owned, setting));
    } else {
        for file in tables {
            one_table(file, mapping, setting, &mut reading);
        }
    }
    records(&others, setting, &mut reading);
    reading
}

fn is_csv(file: &InputFile) -> bool {
    let by_name = file.name.to_ascii_lowercase().ends_with(".csv");
    by_name || !file.text.trim_start().starts_with(['{', '['])
}

fn one_table(file: &InputFile, mapping: Option<&Mapping>, setting: Setting<'_>, reading: &mut Reading) {
    let Some(table) = Table::read(file, reading) else { return };
    let shipped = if mapping.is_none() { mapped::for_header(&table.header) } else { None };
    match mapping.or(shipped.as_ref()) {
        Some(mapping) => reading.append(mapped::read(file, &table, mapping, setting)),
        None => {
            let found = format!("the columns {}", table.header.join(", "));
            reading.log.file(&file.name, "columns of a known mapping, or --mapping FILE", &found);
        }
    }
}

/// All JSON is read as one feed, since its files name each other's records.
fn records(files: &[&InputFile], setting: Setting<'_>, reading: &mut Reading) {
    let items: Vec<Item> = files.iter().flat_map(|file| json::items(file, reading)).collect();
    let mut kinds = contracts::Kinds::default();
    let mut feed = Vec::new();
    let mut agreements = Vec::new();
    for item in items {
        match oruk::sort_of(&item.fields) {
            Sort::ContractKind => kinds.add(&item),
            Sort::Contract => agreements.push(item),
            Sort::Charity => charities::read(item, setting, reading),
            _ => feed.push(item),
        }
    }
    for item in agreements {
        contracts::read(item, &kinds, setting, reading);
    }
    reading.append(oruk::read(feed, setting));
    if reading.read == 0 && !files.is_empty() && !reading.log.faults.iter().any(|fault| fault.kind == Kind::FileRefused) {
        reading.log.file(&files[0].name, "services or organisations", "none");
    }
}
