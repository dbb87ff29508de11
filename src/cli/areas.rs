//! The operator's own areas: neighbourhoods, partnership footprints. `GeoJSON` puts them into the
//! store, and they are laid over the geography whenever it is opened.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::Args;
use geo::MultiPolygon;
use jiff::Timestamp;
use serde_json::json;

use super::{geo::Outcome, output::say};
use crate::{
    domain::{Governance, Place, PlaceCode, PlaceKind, Route},
    geo::{
        Gazetteer,
        import::{CustomPlace, GeoImportError, Limits, custom_footprint},
    },
    store::{Actor, Page, Reading, Saved, Store, StoreError},
};

/// What to load or take away.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct AreasArgs {
    /// `GeoJSON`: a `FeatureCollection`, a `Feature`, a `Polygon` or a `MultiPolygon`, in degrees
    /// or on the national grid. Properties `name`, and `code` where the area has one.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The code of an area to take away; more than one may be given.
    #[arg(long, value_name = "CODE")]
    pub remove: Vec<String>,
    /// List the areas that are kept.
    #[arg(long)]
    pub list: bool,
    /// The edition of the outlines, such as a year; the default is this one.
    #[arg(long, value_name = "TEXT")]
    pub edition: Option<String>,
    /// Write what was done as JSON.
    #[arg(long)]
    pub json: bool,
}

/// What was done.
#[derive(Default)]
struct Done {
    added: u64,
    changed: u64,
    unchanged: u64,
    removed: u64,
}

/// Loads, takes away and lists areas. Nothing is changed where a file has a fault.
pub fn run(
    args: &AreasArgs,
    state: &Path,
    now: Timestamp,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let drawn = match read(&args.files)? {
        Ok(drawn) => drawn,
        Err(faults) => {
            writeln!(err, "{faults}")?;
            return Ok(Outcome::Failed);
        }
    };
    let (official, _) = Gazetteer::open(&state.join("geo"));
    if let Some(fault) = not_ones_own(&drawn, &official) {
        writeln!(err, "{fault}; nothing was changed")?;
        return Ok(Outcome::Failed);
    }
    let store = Store::open(state, now)
        .with_context(|| format!("could not open the state in {}", state.display()))?;
    let edition = args.edition.clone().unwrap_or_else(|| now.strftime("%Y").to_string());
    let done = change(&store, drawn, &args.remove, &edition, now)?;
    tell(args, &store, &done, out)?;
    Ok(Outcome::Done)
}

/// The areas that are kept, to lay over the geography. One of which the outline cannot be read is
/// known by its code and name, and that is said.
pub fn kept(store: &Store) -> anyhow::Result<Vec<(Place, Option<MultiPolygon>)>> {
    let mut areas = Vec::new();
    for place in places(store)? {
        let shape = store.find_place_boundary(&place.code)?.and_then(|text| {
            let read = custom_footprint(&text, &Limits::for_custom());
            let said =
                read.map_err(|error| say(&format!("the outline of {}: {error}", place.code)));
            said.ok()?.pop().map(|area| area.shape)
        });
        areas.push((place, shape));
    }
    Ok(areas)
}

fn places(store: &Store) -> anyhow::Result<Vec<Place>> {
    let mut all = Vec::new();
    loop {
        let listed = store.list_places(Page { skip: all.len(), limit: 500 })?;
        if listed.items.is_empty() {
            return Ok(all);
        }
        all.extend(listed.items);
    }
}

/// Every area of every file, or the first file's faults.
fn read(files: &[PathBuf]) -> anyhow::Result<Result<Vec<CustomPlace>, GeoImportError>> {
    let mut drawn = Vec::new();
    let limits = Limits::for_custom();
    for file in files {
        let bytes = fs::metadata(file).with_context(|| format!("{}", file.display()))?.len();
        if bytes > limits.geojson_bytes {
            bail!(
                "{}: expected at most {} bytes, found {bytes}",
                file.display(),
                limits.geojson_bytes
            );
        }
        let text = fs::read_to_string(file).with_context(|| format!("{}", file.display()))?;
        match custom_footprint(&text, &limits) {
            Ok(areas) => drawn.extend(areas),
            Err(faults) => return Ok(Err(faults)),
        }
    }
    Ok(Ok(drawn))
}

/// Why areas cannot be kept as the operator's own, if so: a code is that of a published place, or
/// of two of them.
fn not_ones_own(drawn: &[CustomPlace], official: &Gazetteer) -> Option<String> {
    let mut seen = BTreeSet::new();
    drawn.iter().find_map(|area| {
        let code = &area.code;
        if let Some(place) = official.place_ref(code) {
            let name = place.name;
            return Some(format!(
                "{}: expected a code of its own, found {code}, which is that of {name}; published \
                 boundaries are read by `hereabouts geo import`",
                area.name
            ));
        }
        let twice = || format!("{}: expected a code of its own, found {code} twice", area.name);
        (!seen.insert(code)).then(twice)
    })
}

fn change(
    store: &Store,
    drawn: Vec<CustomPlace>,
    remove: &[String],
    edition: &str,
    now: Timestamp,
) -> anyhow::Result<Done> {
    let mut areas = Vec::new();
    for area in drawn {
        let known = store.find_place(area.code.clone())?;
        areas.push((place(&area, known, edition), boundary(&area.shape)));
    }
    let gone: Vec<PlaceCode> = remove.iter().map(|code| PlaceCode::from(code.trim())).collect();
    for code in &gone {
        if store.find_place(code.clone())?.is_none() {
            bail!("no area is kept under {code}; `hereabouts geo areas --list` shows them");
        }
    }
    let actor = Actor::new("operator", Route::Owner);
    let done = store.change(&actor, now, move |changes| -> Result<Done, StoreError> {
        let mut done = Done::default();
        for (place, boundary) in &areas {
            match changes.save_place(place, Some(boundary))? {
                Saved::Added => done.added += 1,
                Saved::Changed => done.changed += 1,
                Saved::Unchanged => done.unchanged += 1,
            }
        }
        for code in &gone {
            changes.remove_place(code)?;
            done.removed += 1;
        }
        Ok(done)
    })?;
    Ok(done.value)
}

/// The place of an area; what was stated for it before, such as who decides there, is kept.
fn place(area: &CustomPlace, known: Option<Place>, edition: &str) -> Place {
    let blank = Place {
        code: area.code.clone(),
        kind: PlaceKind::Custom,
        name: String::new(),
        edition: String::new(),
        centre: None,
        population: None,
        indicators: Vec::new(),
        parents: Vec::new(),
        governance: Governance::default(),
    };
    Place { name: area.name.clone(), edition: edition.to_owned(), ..known.unwrap_or(blank) }
}

fn boundary(shape: &MultiPolygon) -> String {
    let ring = |ring: &geo::LineString| ring.coords().map(|at| [at.x, at.y]).collect::<Vec<_>>();
    let polygon = |part: &geo::Polygon| {
        std::iter::once(part.exterior()).chain(part.interiors()).map(ring).collect::<Vec<_>>()
    };
    let polygons: Vec<_> = shape.iter().map(polygon).collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons }).to_string()
}

fn tell(args: &AreasArgs, store: &Store, done: &Done, out: &mut dyn Write) -> anyhow::Result<()> {
    let listed = if args.list { places(store)? } else { Vec::new() };
    if args.json {
        let named = |place: &Place| json!({ "code": place.code, "name": place.name, "edition": place.edition });
        let told = json!({
            "added": done.added, "changed": done.changed, "unchanged": done.unchanged,
            "removed": done.removed, "areas": listed.iter().map(named).collect::<Vec<_>>(),
        });
        writeln!(out, "{told}")?;
        return Ok(());
    }
    for place in &listed {
        writeln!(out, "{}  {} ({})", place.code, place.name, place.edition)?;
    }
    if !args.files.is_empty() || !args.remove.is_empty() {
        let Done { added, changed, unchanged, removed } = done;
        writeln!(
            out,
            "areas: {added} added, {changed} changed, {unchanged} as they were, {removed} taken away"
        )?;
        writeln!(out, "a server that runs takes them up when it is started again")?;
    }
    Ok(())
}
