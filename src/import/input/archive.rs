//! Archives: every entry bounded, none outside the archive.

use std::io::Cursor;

use super::{Opening, is_wanted, joined};

/// The most entries that an archive may have.
const ENTRIES: usize = 10_000;

/// Reads the entries that hold data. Names that lead out of the archive are passed over.
pub(super) fn unzip(opening: &mut Opening<'_>, name: &str, bytes: &[u8]) {
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) if archive.len() <= ENTRIES => archive,
        Ok(_) => {
            let expected = format!("at most {ENTRIES} files in an archive");
            return opening.log.file(name, &expected, "more");
        }
        Err(_) => return opening.log.file(name, "a whole ZIP archive", "a broken one"),
    };
    let mut wanted: Vec<(String, usize)> = Vec::new();
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index(at) else {
            opening.log.file(name, "entries that can be read", &format!("entry {at} cannot be"));
            continue;
        };
        let inside = entry.enclosed_name().filter(|_| !entry.is_dir());
        let path = inside.map(|path| path.to_string_lossy().replace('\\', "/"));
        let is_data =
            |path: &String| is_wanted(path) && !path.to_ascii_lowercase().ends_with(".zip");
        wanted.extend(path.filter(is_data).map(|path| (joined(name, &path), at)));
    }
    wanted.sort();
    for (path, at) in wanted {
        let Ok(entry) = archive.by_index(at) else { continue };
        let Some(bytes) = opening.unpack(&path, entry) else { continue };
        opening.text(&path, &bytes, false);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::{Limits, open};
    use crate::import::fault::Log;

    #[test]
    fn an_archive_gives_its_tables_and_nothing_outside_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("feed.zip");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        for (name, content) in [
            ("services.csv", "id,name\n1,A\n"),
            ("../../etc/evil.csv", "id\n"),
            ("in/organizations.csv", "id\n1\n"),
            ("notes.txt", "x"),
        ] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let mut log = Log::default();
        let files = open(&path, Limits::default(), &mut log);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["feed.zip/in/organizations.csv", "feed.zip/services.csv"]);
    }

    #[test]
    fn an_archive_that_swells_stops_at_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bomb.zip");
        let mut writer = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        writer.start_file("a.csv", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&vec![b'a'; 5 << 20]).unwrap();
        writer.finish().unwrap();
        let mut log = Log::default();
        let limits = Limits { file_bytes: 1 << 20, ..Limits::default() };
        assert_eq!(open(&path, limits, &mut log), []);
        assert_eq!(log.faults.len(), 1);
    }

    #[test]
    fn a_broken_archive_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cut.zip");
        std::fs::write(&path, b"PK\x03\x04 and no more").unwrap();
        let mut log = Log::default();
        assert_eq!(open(&path, Limits::default(), &mut log), []);
        insta::assert_snapshot!(
            log.faults[0],
            @"cut.zip: expected a whole ZIP archive, found a broken one (file not read)"
        );
    }
}
