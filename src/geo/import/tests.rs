mod bad;
mod readers;
mod real;
mod run;

use std::{fs, io::Write, path::PathBuf};

use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::geo::{Pack, Postcode};

/// A folder for files and a pack.
struct Desk {
    folder: tempfile::TempDir,
    options: ImportOptions,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), options: ImportOptions::default() }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn zip(&self, name: &str, members: &[(&str, &str)]) -> PathBuf {
        let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (member, content) in members {
            zip.start_file(*member, SimpleFileOptions::default()).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        self.file(name, zip.finish().unwrap().into_inner())
    }

    fn import(&self, files: &[PathBuf]) -> Result<ImportReport, GeoImportError> {
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        import(files, &self.folder.path().join("geo"), &self.options, now, &mut Silent)
    }

    /// Imports one file under a name.
    fn take(&self, name: &str, content: impl AsRef<[u8]>) -> Result<ImportReport, GeoImportError> {
        self.import(&[self.file(name, content)])
    }

    /// The faults that keep a file out.
    fn refused(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        match self.take(name, content) {
            Err(GeoImportError::Refused(faults)) => faults.to_string(),
            other => panic!("expected a refusal, found {other:?}"),
        }
    }

    fn pack(&self) -> Pack {
        Pack::open(&self.folder.path().join("geo")).unwrap().unwrap()
    }
}

fn gz(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

fn postcode(text: &str) -> Postcode {
    text.parse().unwrap()
}

const NSPL: &str = "\u{feff}pcd7,pcds,dointr,doterm,east1m,north1m,gridind,lad25cd,wd25cd,ctry25cd,rgn25cd,\
    lsoa21cd,msoa21cd,sicbl24cd,lat,long,icb23cd\n";

/// A row of the table above.
fn nspl(postcode: &str, lsoa: &str, lat: f64, long: f64) -> String {
    format!(
        "\"{postcode}\",\"{postcode}\",\"198001\",\"\",\"358000\",\"405000\",\"1\",\"E08000010\",\"E05015009\",\
         \"E92000001\",\"E12000002\",\"{lsoa}\",\"E02001312\",\"E38000205\",{lat},{long},\"E54000057\"\n"
    )
}

fn feature(properties: &str, west: f64, south: f64, size: f64) -> String {
    let (east, north) = (west + size, south + size);
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":\
         [[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"
    )
}

fn collection(features: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}
