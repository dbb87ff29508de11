//! The postcode directories of ONS (NSPL, ONSPD and the lookup PCD→OA→LSOA→MSOA→LAD).

use std::collections::HashMap;

use csv::ByteRecord;

use super::{
    attribution,
    batch::Batch,
    columns::{Columns, fits, text},
    edition,
    fault::{Fault, quoted},
    kinds,
    source::Source,
    table::{self, Rows},
};
use crate::{
    domain::Point,
    geo::{Postcode, Quality, Territory, grid_to_point, pack::NewPostcode},
};

/// The columns of codes, narrow areas first, by the names of all years.
const AREAS: [&[&str]; 12] = [
    &["lsoa##cd", "lsoa##"],
    &["msoa##cd", "msoa##"],
    &["wd##cd", "osward", "ward"],
    &["par##cd", "parncp##cd", "parish"],
    &["pcon##cd", "pcon", "pcon##"],
    &["lad##cd", "ladcd", "oslaua", "laua"],
    &["cty##cd", "oscty", "cty"],
    &["sicbl##cd", "sicbl", "ccg##cd", "ccg"],
    &["icb##cd", "icb", "stp##cd", "stp"],
    &["nhser##cd", "nhser"],
    &["rgn##cd", "rgn"],
    &["ctry##cd", "ctry"],
];
const POSTCODE: &[&str] = &["pcds", "pcd", "pcd7", "pcd8", "pcd2", "postcode"];
const NORTHERN_IRELAND: &str = "left out: Northern Ireland (licensed for internal use only)";

/// Whether a header is one of a postcode directory: a postcode and a code of some area.
pub(super) fn is_directory(columns: &Columns) -> bool {
    let areas = AREAS.iter().filter(|patterns| columns.find(patterns).is_some()).count();
    columns.find(POSTCODE).is_some() && areas >= 2
}

/// Reads all rows of a directory into the batch.
pub(super) fn read(rows: &Rows, source: Source<'_>, batch: &mut Batch<'_>) -> Result<(), Fault> {
    let layout = Layout::of(&rows.columns, &source.label)?;
    let edition = edition::of(&source.label, layout.year);
    let tally = batch.tally("postcodes", &source);
    tally.edition.clone_from(&edition);
    tally.attribution = attribution::POSTCODES;
    batch.placed |= layout.placed();
    let mut reader = Reader {
        layout,
        last: vec![(Vec::new(), None); AREAS.len()],
        left_out: HashMap::new(),
        kept: 0,
    };
    let read = table::each(rows, source, batch, |row, _, batch| reader.row(row, batch))?;
    let tally = batch.tallies.entry("postcodes".to_owned()).or_default();
    tally.rows += read;
    tally.add("kept", reader.kept);
    reader.left_out.into_iter().for_each(|(why, count)| tally.add(why, count));
    Ok(())
}

/// Where the columns are.
struct Layout {
    postcode: usize,
    ended: Option<usize>,
    quality: Option<usize>,
    degrees: Option<(usize, usize)>,
    metres: Option<(usize, usize)>,
    areas: Vec<Option<usize>>,
    country: Option<usize>,
    year: Option<u16>,
}

struct Reader {
    layout: Layout,
    /// The last code of each column and its number: neighbours in the file mostly share it.
    last: Vec<(Vec<u8>, Option<u32>)>,
    left_out: HashMap<&'static str, u64>,
    kept: u64,
}

impl Layout {
    fn of(columns: &Columns, file: &str) -> Result<Self, Fault> {
        let pair = |a: &[&str], b: &[&str]| columns.find(a).zip(columns.find(b));
        let areas: Vec<_> = AREAS.iter().map(|patterns| columns.find(patterns)).collect();
        let dated =
            columns.names().iter().filter(|name| fits("lad##cd", name) || fits("wd##cd", name));
        Ok(Self {
            postcode: columns.get(file, POSTCODE)?,
            ended: columns.find(&["doterm"]),
            quality: columns.find(&["gridind", "osgrdind"]),
            degrees: pair(&["lat", "latitude"], &["long", "lon", "longitude"]),
            metres: pair(
                &["east1m", "oseast1m", "eastings"],
                &["north1m", "osnrth1m", "northings"],
            ),
            country: areas.last().copied().flatten(),
            areas,
            year: dated.filter_map(|name| super::columns::year_in(name)).max(),
        })
    }

    fn placed(&self) -> bool {
        self.degrees.is_some() || self.metres.is_some()
    }
}

impl Reader {
    fn row(&mut self, row: &ByteRecord, batch: &mut Batch<'_>) -> Result<(), Fault> {
        let field = |at: usize| row.get(at).unwrap_or_default().trim_ascii();
        let written = text(field(self.layout.postcode));
        let postcode: Postcode = written
            .parse()
            .map_err(|_| Fault::of("", "a postcode", quoted(&written)).in_column("postcode"))?;
        if let Some(why) = self.unwanted(postcode, row, batch) {
            *self.left_out.entry(why).or_default() += 1;
            return Ok(());
        }
        let quality = self.layout.quality.map_or(0, |at| match field(at) {
            [digit @ b'0'..=b'9'] => digit - b'0',
            _ => 0,
        });
        let point = if quality == 9 { None } else { self.point(row)? };
        let terminated = self.ended(row)?;
        let mut codes = [0; AREAS.len()];
        let mut count = 0;
        for area in 0..AREAS.len() {
            if let Some(code) = self.code(area, row, batch) {
                codes[count] = code;
                count += 1;
            }
        }
        let quality =
            Quality::from_indicator(if point.is_none() && quality == 0 { 9 } else { quality });
        batch.postcodes.add(&NewPostcode {
            postcode,
            point,
            quality,
            terminated,
            codes: &codes[..count],
        });
        self.kept += 1;
        Ok(())
    }

    /// Why a row is not for this directory.
    fn unwanted(
        &self,
        postcode: Postcode,
        row: &ByteRecord,
        batch: &Batch<'_>,
    ) -> Option<&'static str> {
        match postcode.territory() {
            Territory::NorthernIreland => return Some(NORTHERN_IRELAND),
            Territory::CrownDependency => return Some("left out: Crown dependencies"),
            Territory::GreatBritain | Territory::NonGeographic => {}
        }
        let named = |at: Option<usize>| at.and_then(|at| row.get(at)).map(<[u8]>::trim_ascii);
        let telling = [self.layout.country, self.layout.areas[5], self.layout.areas[0]];
        let codes =
            telling.into_iter().filter_map(named).filter_map(|code| str::from_utf8(code).ok());
        let code = codes.into_iter().find(|code| !code.is_empty() && !kinds::is_pseudo(code))?;
        (!batch.wants(code)).then_some("left out: other countries")
    }

    fn point(&self, row: &ByteRecord) -> Result<Option<Point>, Fault> {
        let field = |at: usize| row.get(at).unwrap_or_default().trim_ascii();
        if let Some((lat, lon)) = self.layout.degrees
            && !field(lat).is_empty()
        {
            if field(lat).starts_with(b"99.9999") {
                return Ok(None);
            }
            let point = number(field(lat)).zip(number(field(lon)));
            let point = point.and_then(|(lat, lon)| Point::parse(lat, lon));
            return point.map(Some).ok_or_else(|| misplaced(field(lat), field(lon), "lat, long"));
        }
        let Some((east, north)) = self.layout.metres else { return Ok(None) };
        if field(east).is_empty() || field(north).is_empty() {
            return Ok(None);
        }
        let point = number(field(east)).zip(number(field(north)));
        let point = point.and_then(|(east, north)| grid_to_point(east, north));
        point.map(Some).ok_or_else(|| misplaced(field(east), field(north), "eastings, northings"))
    }

    fn ended(&self, row: &ByteRecord) -> Result<Option<(u16, u8)>, Fault> {
        let field = self.layout.ended.and_then(|at| row.get(at)).unwrap_or_default().trim_ascii();
        if field.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            Fault::of("", "a year and month such as 201806", quoted(&text(field)))
                .in_column("doterm")
        };
        let whole: u32 =
            str::from_utf8(field).ok().and_then(|text| text.parse().ok()).ok_or_else(wrong)?;
        let (year, month) = (u16::try_from(whole / 100), u8::try_from(whole % 100));
        let date = year
            .ok()
            .zip(month.ok())
            .filter(|(year, month)| (1900..2200).contains(year) && (1..=12).contains(month));
        date.map(Some).ok_or_else(wrong)
    }

    /// The number of the code that a row has in one of the columns of areas.
    fn code(&mut self, area: usize, row: &ByteRecord, batch: &mut Batch<'_>) -> Option<u32> {
        let field = row.get(self.layout.areas[area]?)?.trim_ascii();
        let (last, number) = &mut self.last[area];
        if last != field {
            let code = str::from_utf8(field).ok().filter(|code| kinds::kind_of(code).is_some());
            *number = code.map(|code| batch.postcodes.code(code));
            last.clear();
            last.extend_from_slice(field);
        }
        *number
    }
}

/// A finite number.
pub(super) fn number(field: &[u8]) -> Option<f64> {
    str::from_utf8(field).ok()?.parse().ok().filter(|value: &f64| value.is_finite())
}

fn misplaced(one: &[u8], other: &[u8], column: &str) -> Fault {
    let found = format!("{}, {}", quoted(&text(one)), quoted(&text(other)));
    Fault::of("", "a position in the British Isles", found).in_column(column)
}
