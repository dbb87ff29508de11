//! Outlines from `GeoJSON`, a feature at a time.

mod feature;
mod geometry;

use std::{cell::RefCell, collections::BTreeMap, io::Read};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

pub(super) use self::{feature::Feature, geometry::outline};
use super::{
    attribution,
    batch::{Batch, parents},
    edition,
    fault::Fault,
    kinds, lookup,
    source::{Source, read_fault},
};
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::{
        boundary::{Bounded, Outline},
        pack::Fact,
    },
};

/// Reads all features of a collection into the batch.
pub(super) fn read(source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let Source { label, name, mut reader, position } = source;
    reader.get_mut().most = batch.options.limits.geojson_bytes;
    let mut reading = Reading { label: label.clone(), batch, kinds: BTreeMap::new(), position };
    let stem = name.split('.').next().unwrap_or_default().to_owned();
    let left = reading.batch.options.limits.vertices.saturating_sub(reading.batch.vertices);
    let features =
        each(reader, &label, left, &mut |feature, number| reading.take(&feature, number, &stem))?;
    if features == 0 {
        return Err(Fault::of(&label, "a FeatureCollection with features", "none"));
    }
    reading.finish(&name);
    Ok(())
}

/// Hands every feature with its number to `take`; how many there were.
pub(super) fn each(
    reader: impl Read,
    label: &str,
    vertices: u64,
    take: &mut dyn FnMut(Feature, u64),
) -> Result<u64, Fault> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    let count = RefCell::new(0);
    let left = RefCell::new(vertices);
    let read = Collection { take: RefCell::new(take), count: &count, left: &left }
        .deserialize(&mut json)
        .and_then(|()| json.end());
    let features = *count.borrow();
    read.map(|()| features).map_err(|error| json_fault(label, &error, features))
}

struct Reading<'a, 'b> {
    label: String,
    batch: &'a mut Batch<'b>,
    /// What was kept of each kind, and the year of its codes.
    kinds: BTreeMap<PlaceKind, (usize, Option<u16>)>,
    position: super::source::Position,
}

impl Reading<'_, '_> {
    fn take(&mut self, feature: &Feature, number: u64, stem: &str) {
        if number.is_multiple_of(256) {
            self.batch.progress.at(self.position.get());
        }
        let fault = match self.place(feature, stem) {
            Ok(()) => return,
            Err(fault) => fault,
        };
        self.batch.refuse(Fault { file: self.label.clone(), ..fault.of_feature(number) });
    }

    fn place(&mut self, feature: &Feature, stem: &str) -> Result<(), Fault> {
        let own = feature.own()?;
        let Some(kind) = kinds::kind_of(&own.code) else { return Ok(()) };
        if !self.batch.wants(&own.code) {
            let what = format!("boundaries: {}", kinds::word(kind));
            self.batch.tallies.entry(what).or_default().count("left out: other countries");
            return Ok(());
        }
        let (outline, crossings) = outline(feature.geometry.as_ref())?;
        let code = PlaceCode::from(own.code.as_str());
        let mut others = feature.codes();
        others.push(stem.to_owned());
        let fact = Fact {
            code: code.clone(),
            kind,
            name: own.name,
            edition: own.year.map(|year| year.to_string()).unwrap_or_default(),
            centre: feature.centre(),
            parents: parents(&own.code, &others),
            successor: None,
        };
        self.keep(fact, Bounded { code, kind, outline }, own.year, crossings);
        Ok(())
    }

    fn keep(&mut self, fact: Fact, bounded: Bounded, year: Option<u16>, crossings: bool) {
        let what = format!("boundaries: {}", kinds::word(bounded.kind));
        self.batch.vertices += points(&bounded.outline);
        let kept = self.kinds.entry(bounded.kind).or_default();
        kept.0 += 1;
        kept.1 = kept.1.max(year);
        if crossings {
            let tally = self.batch.tallies.entry(what.clone()).or_default();
            tally.count("outlines that cross themselves (read by the even-odd rule)");
        }
        self.batch.facts.entry(what).or_default().push(fact);
        self.batch.outlines.push(bounded);
    }

    fn finish(self, name: &str) {
        for (kind, (count, year)) in self.kinds {
            let tally =
                self.batch.tallies.entry(format!("boundaries: {}", kinds::word(kind))).or_default();
            tally.files.insert(self.label.clone());
            tally.edition = edition::of(name, year);
            tally.attribution = match kind {
                PlaceKind::Msoa => attribution::HOUSE_OF_COMMONS,
                PlaceKind::Pcn => attribution::PCN,
                _ => attribution::BOUNDARIES,
            };
            tally.rows += count as u64;
            tally.add(kinds::word(kind), count as u64);
        }
    }
}

fn points(outline: &Outline) -> u64 {
    outline.points() as u64
}

/// The kinds whose count tells that files were cut short, looked at when all files are read.
pub(super) fn warn_of_gaps(batch: &mut Batch<'_>) {
    for kind in [PlaceKind::Lsoa, PlaceKind::Msoa] {
        if let Some(tally) = batch.tallies.get_mut(&format!("boundaries: {}", kinds::word(kind))) {
            let count = tally.counts.get(kinds::word(kind)).copied().unwrap_or_default();
            lookup::complete(kind, usize::try_from(count).unwrap_or(usize::MAX), "the file", tally);
        }
    }
}

fn json_fault(label: &str, error: &serde_json::Error, features: u64) -> Fault {
    let line = u32::try_from(error.line()).ok().filter(|line| *line > 0);
    let fault = match error.io_error_kind() {
        Some(kind) => read_fault(label, &std::io::Error::new(kind, error.to_string())),
        None if error.is_eof() => Fault::of(label, "a whole file", "one that ends too early"),
        None => Fault::of(label, "a GeoJSON FeatureCollection", error.to_string()),
    };
    let feature = u32::try_from(features + 1).ok().filter(|feature| *feature > 1);
    Fault { line, feature, ..fault }
}

/// The object at the top of the file.
struct Collection<'a> {
    take: RefCell<&'a mut dyn FnMut(Feature, u64)>,
    count: &'a RefCell<u64>,
    left: &'a RefCell<u64>,
}

/// Its member `features`.
struct Features<'s, 'a>(&'s Collection<'a>);

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of the type FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut found = false;
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "features" => {
                    members.next_value_seed(Features(&self))?;
                    found = true;
                }
                "objects" | "arcs" => {
                    return Err(A::Error::custom(
                        "TopoJSON, which is not read: convert it to GeoJSON",
                    ));
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        if found { Ok(()) } else { Err(A::Error::custom("no member \"features\"")) }
    }
}

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        let collection = self.0;
        while let Some(feature) = features.next_element_seed(feature::Seed(collection.left))? {
            *collection.count.borrow_mut() += 1;
            let number = *collection.count.borrow();
            (collection.take.borrow_mut())(feature, number);
        }
        Ok(())
    }
}
