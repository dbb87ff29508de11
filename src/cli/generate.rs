//! `hereabouts generate`: an invented England of any size, for measuring and for trials.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use hereabouts_index::{Entry, Facet};
use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

use super::{
    Common,
    output::{Bar, print},
    state,
};
use crate::{
    domain::{Experiences, PlaceKind, Route, hour_in_england},
    generate::{Group, SOURCE, World},
    geo::Gazetteer,
    search::{Progress, Translator},
    store::{Actor, Changes, Reading, ServiceRecord, Store, StoreError, Version},
    vocabulary::Vocabulary,
};

/// How large, and where to.
#[derive(Args)]
pub struct GenerateArgs {
    /// How many services; they have about one and a half venues each.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    services: u64,
    /// The same seed, day and geography give the same bytes.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The day on which it is as it is; the default is today.
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<Date>,
    /// Write JSON lines there, one for each service, instead of loading the state; `-` is the
    /// standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// How many organisations are stored in one change.
const BATCH: usize = 400;

/// Loads an invented England into an empty state, or writes it down.
pub fn run(common: &Common, args: &GenerateArgs, now: Timestamp) -> Result<ExitCode> {
    let at = args.day.and_then(|day| hour_in_england(day, 12)).unwrap_or(now);
    let store = state::store(common, now)?;
    let gazetteer = state::gazetteer(common, &store)?;
    let world = World::new(&gazetteer, Vocabulary::shipped(), args.seed, at);
    match &args.out {
        Some(path) => write(&world, &gazetteer, args.services, path)?,
        None => load(&world, &store, args.services, common, now)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn load(
    world: &World<'_>,
    store: &Store,
    services: u64,
    common: &Common,
    now: Timestamp,
) -> Result<()> {
    if store.counts()?.services > 0 {
        bail!(
            "{} holds a directory already: use another folder with --state",
            common.state.display()
        );
    }
    let actor = Actor::new(SOURCE, Route::Demonstration);
    let mut bar = Bar::new("generating");
    let (mut done, mut venues) = (0, 0);
    let groups = world.groups(services).inspect(|group| {
        done += group.services.len() as u64;
        venues += group.locations.len();
        bar.step(done, services);
    });
    store.change_in_batches(&actor, now, BATCH, groups, |changes, group| save(changes, &group))?;
    print(&format!("loaded {services} invented services at {venues} venues"));
    Ok(())
}

fn save(changes: &mut Changes<'_>, group: &Group) -> Result<(), StoreError> {
    changes.save_organisation(&group.organisation)?;
    group.locations.iter().try_for_each(|site| changes.save_location(site).map(|_| ()))?;
    group.services.iter().try_for_each(|service| changes.save_service(service).map(|_| ()))?;
    group.capacity.iter().try_for_each(|said| changes.save_capacity(said).map(|_| ()))
}

fn write(world: &World<'_>, gazetteer: &Gazetteer, services: u64, path: &Path) -> Result<()> {
    let out: Box<dyn Write> = if path.as_os_str() == "-" {
        Box::new(io::stdout().lock())
    } else {
        let file =
            File::create(path).with_context(|| format!("could not write {}", path.display()))?;
        Box::new(file)
    };
    let mut out = BufWriter::with_capacity(1 << 20, out);
    let translator = Translator { gazetteer, vocabulary: Vocabulary::shipped() };
    let mut bar = Bar::new("generating");
    let mut done = 0;
    for group in world.groups(services) {
        for record in records(group) {
            serde_json::to_writer(&mut out, &line(&record, &translator.entry(&record), gazetteer))?;
            out.write_all(b"\n")?;
            done += 1;
        }
        bar.step(done, services);
    }
    out.flush()?;
    Ok(())
}

/// The services of a group as the store would give them.
fn records(group: Group) -> impl Iterator<Item = ServiceRecord> {
    let Group { organisation, locations, services, capacity } = group;
    services.into_iter().map(move |service| {
        let at = |id| locations.iter().find(|site| site.id == id).cloned();
        ServiceRecord {
            version: Version(1),
            experiences: Experiences::default(),
            organisation: organisation.clone(),
            locations: service.venues.iter().filter_map(|venue| at(venue.location)).collect(),
            capacity: capacity.iter().filter(|said| said.service == service.id).cloned().collect(),
            service,
        }
    })
}

/// A service with what other engines are given of it.
fn line(record: &ServiceRecord, entry: &Entry, gazetteer: &Gazetteer) -> Value {
    let facet = |wanted: Facet| -> Vec<&str> {
        let of = entry.facets.iter().filter(|(facet, _)| *facet == wanted);
        of.map(|(_, value)| value.as_str()).collect()
    };
    let is_council = |code: &&String| {
        gazetteer
            .place_ref(&code.as_str().into())
            .is_some_and(|place| place.kind == PlaceKind::Council)
    };
    let text = [&entry.organisation, &entry.summary, &entry.body];
    let others = entry.also_known_as.iter().chain(&entry.need_words);
    let text: Vec<&str> = text.into_iter().chain(others).map(String::as_str).collect();
    json!({
        "service": record.service,
        "organisation": record.organisation,
        "locations": record.locations,
        "capacity": record.capacity,
        "flat": {
            "title": entry.name,
            "text": text.join("\n"),
            "needs": facet(Facet::Need),
            "facets": {
                "cost": facet(Facet::Cost),
                "delivery": facet(Facet::Delivery),
                "access": facet(Facet::Access),
                "language": facet(Facet::Language),
                "sector": facet(Facet::Sector),
            },
            "points": entry.venues.iter().map(|venue| [venue.point.lat, venue.point.lon]).collect::<Vec<_>>(),
            "serves": entry.serves,
            "states_area": entry.states_area,
            "remote": entry.remote,
            "councils": entry.venue_places.iter().filter(is_council).collect::<Vec<_>>(),
        },
    })
}
