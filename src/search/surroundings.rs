//! What the index needs beside its entries: drawn areas, and where the venues' middle lies.

use std::{fs, io, path::Path};

use hereabouts_index::Entry;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{Footprint, Point},
    geo::{DrawnAreas, Gazetteer},
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
    pub fn load(folder: &Path) -> io::Result<Self> {
        let kept: Kept = serde_json::from_slice(&fs::read(folder.join(FILE))?)?;
        let mut drawn = DrawnAreas::default();
        for area in &kept.drawn {
            drawn.insert_footprint(area);
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
        if !gazetteer.footprint(area).drawn.is_empty() && self.drawn.insert_footprint(area) {
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
