//! Files to drafts: which reader takes what.

use jiff::Timestamp;

use super::{
    charities, contracts,
    draft::{Reading, Setting},
    fault::Kind,
    input::InputFile,
    json, mapped,
    mapped::Mapping,
    oruk::{self, Item, Sort},
    source::{Source, slug},
    table, tabular,
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

/// How a run of files is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plan<'a> {
    pub format: Format,
    /// The mapping for tables, where one was named.
    pub mapping: Option<&'a Mapping>,
    /// The name of the source, where one was given.
    pub source: Option<&'a str>,
    /// The files come in a folder or archive: a table whose mapping is found by its header is then
    /// a source of its own within the named one, since two of them may know the same organisation.
    pub folder: bool,
    /// The name of the source otherwise, from that of the file or folder.
    pub otherwise: &'a str,
    pub now: Timestamp,
}

/// What was read of one source.
#[derive(Clone, Debug)]
pub struct Portion {
    pub source: Source,
    pub reading: Reading,
}

impl Portion {
    /// A source of which nothing was read.
    #[must_use]
    pub fn empty(source: &str) -> Self {
        Self { source: Source::named(&slug(source)), reading: Reading::default() }
    }
}

/// Reads every file; nothing is looked up or stored. Tables with mappings of their own are sources of their own.
#[must_use]
pub fn read(files: &[InputFile], plan: Plan<'_>) -> Vec<Portion> {
    let (tables, others): (Vec<&InputFile>, Vec<&InputFile>) =
        files.iter().partition(|file| is_csv(file));
    let source = Source::named(&slug(plan.source.unwrap_or(plan.otherwise)));
    let as_package = match plan.format {
        Format::Tables => true,
        Format::Auto => plan.mapping.is_none() && tabular::is_package(&tables),
        Format::Json | Format::Csv => false,
    };
    let mut portions = vec![Portion { source: source.clone(), reading: Reading::default() }];
    if as_package {
        let setting = Setting { source: &source, now: plan.now };
        portions[0].reading.append(tabular::read(&tables, setting));
    } else {
        for file in tables {
            one_table(file, plan, &mut portions);
        }
    }
    records(&others, Setting { source: &source, now: plan.now }, &mut portions[0].reading);
    portions.retain(|portion| portion.reading.read > 0 || !portion.reading.log.faults.is_empty());
    portions
}

fn is_csv(file: &InputFile) -> bool {
    let by_name = file.name.to_ascii_lowercase().ends_with(".csv");
    by_name || !file.text.trim_start().starts_with(['{', '['])
}

fn one_table(file: &InputFile, plan: Plan<'_>, portions: &mut Vec<Portion>) {
    let reading = &mut portions[0].reading;
    let Some(table) = table::read(file, reading) else { return };
    let shipped = if plan.mapping.is_none() { mapped::for_header(&table.header) } else { None };
    let Some(mapping) = plan.mapping.or(shipped.as_ref()) else {
        let found = format!("the columns {}", table.header.join(", "));
        return reading.log.file(
            &file.name,
            "columns of a known mapping, or --mapping FILE",
            &found,
        );
    };
    let name = match plan.source {
        Some(source) if plan.folder && plan.mapping.is_none() => {
            format!("{source} {}", mapping.source)
        }
        Some(source) => source.to_owned(),
        None => mapping.source.clone(),
    };
    let source = Source {
        name: slug(&name),
        licence: mapping.licence.clone(),
        attribution: mapping.attribution.clone(),
    };
    let read = mapped::read(file, &table, mapping, Setting { source: &source, now: plan.now });
    match portions.iter_mut().find(|portion| portion.source == source) {
        Some(portion) => portion.reading.append(read),
        None => portions.push(Portion { source, reading: read }),
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
    let is_said = reading.log.faults.iter().any(|fault| fault.kind == Kind::FileRefused);
    if let Some(file) = files.first().filter(|_| reading.read == 0 && !is_said) {
        reading.log.file(&file.name, "services or organisations", "none");
    }
}
