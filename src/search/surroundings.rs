//! What the index needs beside its entries: drawn areas, and where the venues' middle lies.

use std::{fs, io, path::Path};

use hereabouts_index::Entry;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{AreaPart, Footprint, Point},
    geo::{DrawnAreas, FootprintCodes, Gazetteer},
    store::ServiceRecord,
};

const FILE: &str = "surroundings.json";

/// Drawn areas by code, and the sum of the points of all venues that were taken in.
#[derive(Default)]
pub struct Surroundings {
    pub drawn: DrawnAreas,
    kept: Kept,
    changed: bool,
}

/// What is written beside the index.
#[derive(Default, Serialize, Deserialize)]
struct Kept {
    /// Footprints that have drawn parts. One that no service has any more does no harm.
    drawn: Vec<Footprint>,
    venues: u64,
    lat: f64,
    lon: f64,
}

impl Surroundings {
    /// Reads what was written beside an index.
    pub fn load(folder: &Path, gazetteer: &Gazetteer) -> io::Result<Self> {
        let kept: Kept = serde_json::from_slice(&fs::read(folder.join(FILE))?)?;
        let mut drawn = DrawnAreas::default();
        for area in &kept.drawn {
            insert(&mut drawn, area, gazetteer);
        }
        Ok(Self { drawn, kept, changed: false })
    }

    /// Writes it beside the index, where anything changed.
    pub fn save(&mut self, folder: &Path) -> io::Result<()> {
        let path = folder.join(FILE);
        if !self.changed && path.exists() {
            return Ok(());
        }
        let new = folder.join("surroundings.new");
        fs::write(&new, serde_json::to_vec(&self.kept)?)?;
        fs::File::open(&new)?.sync_all()?;
        fs::rename(new, path)?;
        self.changed = false;
        Ok(())
    }

    /// Takes a service in.
    pub fn add(&mut self, record: &ServiceRecord, entry: &Entry, gazetteer: &Gazetteer) {
        for venue in &entry.venues {
            self.kept.venues += 1;
            self.kept.lat += venue.point.lat;
            self.kept.lon += venue.point.lon;
            self.changed = true;
        }
        let Some(area) = &record.service.footprint else { return };
        if insert(&mut self.drawn, area, gazetteer) && !self.kept.drawn.contains(area) {
            self.kept.drawn.push(area.clone());
            self.changed = true;
        }
    }

    /// The middle of the venues.
    pub fn middle(&self) -> Option<Point> {
        if self.kept.venues == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "no directory has 2^52 venues")]
        let venues = self.kept.venues as f64;
        Point::parse(self.kept.lat / venues, self.kept.lon / venues)
    }
}

/// Takes in the drawn parts of a footprint, and tells whether there are any.
fn insert(drawn: &mut DrawnAreas, area: &Footprint, gazetteer: &Gazetteer) -> bool {
    if !area.parts.iter().chain(&area.except).any(|part| matches!(part, AreaPart::Drawn { .. })) {
        return false;
    }
    let codes = FootprintCodes::of(area, gazetteer);
    for (code, shape) in &codes.drawn {
        drawn.insert(code, shape);
    }
    !codes.drawn.is_empty()
}
