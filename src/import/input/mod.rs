//! Opens what was named: a file, a folder, an archive; bounded, and in the same order every time.

mod archive;

use std::{fs, io::Read, path::Path};

use super::fault::Log;
use crate::table::decode;

/// A file of the source, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its path below what was named.
    pub name: String,
    pub text: String,
}

/// How much is read before it is called too much.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub file_bytes: u64,
    pub all_bytes: u64,
    pub files: usize,
    pub folders_deep: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 256 << 20, all_bytes: 1 << 30, files: 20_000, folders_deep: 8 }
    }
}

/// Reads all that can be read at `path`; what cannot is a fault.
#[must_use]
pub fn open(path: &Path, limits: Limits, log: &mut Log) -> Vec<InputFile> {
    let mut opening = Opening { limits, left: limits.all_bytes, files: Vec::new(), log };
    let name = path.file_name().map_or_else(|| ".".into(), |name| name.to_string_lossy());
    if path.is_dir() {
        opening.folder(path, "", 0);
    } else {
        opening.file(path, &name, true);
    }
    if opening.files.is_empty() && opening.log.faults.is_empty() {
        opening.log.file(&name, "JSON, CSV or ZIP files", "none");
    }
    opening.files
}

struct Opening<'a> {
    limits: Limits,
    left: u64,
    files: Vec<InputFile>,
    log: &'a mut Log,
}

impl Opening<'_> {
    fn folder(&mut self, path: &Path, below: &str, deep: usize) {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return self.log.file(below, "a folder that can be read", &why(&error)),
        };
        if deep > self.limits.folders_deep {
            let most = format!("folders at most {} deep", self.limits.folders_deep);
            return self.log.file(below, &most, "more");
        }
        let mut names: Vec<String> = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        for name in names {
            self.entry(&path.join(&name), &joined(below, &name), deep);
        }
    }

    /// A link to a folder is not followed, so that no loop can be walked.
    fn entry(&mut self, path: &Path, name: &str, deep: usize) {
        let Ok(metadata) = fs::symlink_metadata(path) else { return };
        if metadata.is_dir() {
            self.folder(path, name, deep + 1);
        } else if is_wanted(name) && !path.is_dir() {
            self.file(path, name, false);
        }
    }

    fn file(&mut self, path: &Path, name: &str, asked_for: bool) {
        if let Some(bytes) = self.bytes(path, name) {
            self.content(name, &bytes, asked_for);
        }
    }

    /// What a file holds, by its first bytes rather than by its name.
    fn content(&mut self, name: &str, bytes: &[u8], asked_for: bool) {
        match bytes {
            [b'P', b'K', 3 | 5, ..] => archive::unzip(self, name, bytes),
            [0x1F, 0x8B, ..] => {
                if let Some(plain) = self.unpack(name, flate2::read::MultiGzDecoder::new(bytes)) {
                    self.text(name.trim_end_matches(".gz"), &plain, asked_for);
                }
            }
            _ => self.text(name, bytes, asked_for),
        }
    }

    fn text(&mut self, name: &str, bytes: &[u8], asked_for: bool) {
        if !asked_for && is_about_the_data(name) {
            return;
        }
        match decode(bytes) {
            Ok(text) => self.files.push(InputFile { name: name.to_owned(), text }),
            Err(fault) => self.log.file(name, "text in JSON or CSV", &fault.to_string()),
        }
    }

    fn bytes(&mut self, path: &Path, name: &str) -> Option<Vec<u8>> {
        match fs::File::open(path) {
            Ok(file) => self.unpack(name, file),
            Err(error) => {
                self.log.file(name, "a file that can be read", &why(&error));
                None
            }
        }
    }

    /// Reads to the end, or up to the limits however much there is.
    fn unpack(&mut self, name: &str, reader: impl Read) -> Option<Vec<u8>> {
        let most = self.limits.file_bytes.min(self.left);
        let mut bytes = Vec::new();
        let read = reader.take(most + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > most || self.files.len() >= self.limits.files {
            let limits = self.limits;
            let expected = format!(
                "at most {} MB a file, {} MB and {} files in all",
                limits.file_bytes >> 20,
                limits.all_bytes >> 20,
                limits.files
            );
            self.log.file(name, &expected, "more");
            return None;
        }
        self.left -= length;
        match read {
            Ok(_) => Some(bytes),
            Err(error) => {
                self.log.file(name, "a file that can be read", &why(&error));
                None
            }
        }
    }
}

fn joined(below: &str, name: &str) -> String {
    if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") }
}

fn is_wanted(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name.trim_end_matches(".gz");
    [".json", ".jsonl", ".ndjson", ".csv", ".zip"].iter().any(|end| name.ends_with(end))
}

/// Descriptions of a data package, not data.
fn is_about_the_data(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name == "datapackage.json")
}

fn why(error: &std::io::Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(path: &Path, limits: Limits) -> (Vec<String>, Vec<String>) {
        let mut log = Log::default();
        let files = open(path, limits, &mut log);
        (
            files.into_iter().map(|file| file.name).collect(),
            log.faults.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn a_folder_is_read_in_order_without_what_is_not_data() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["z.csv", "a.json", "README.md", ".hidden.json", "b/c.json", "datapackage.json"]
        {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let (files, faults) = opened(folder.path(), Limits::default());
        assert_eq!(files, ["a.json", "b/c.json", "z.csv"]);
        assert_eq!(faults, [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_holds_itself_ends() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
        std::os::unix::fs::symlink("loop.json", folder.path().join("loop.json")).unwrap();
        fs::write(folder.path().join("a.json"), "{}").unwrap();
        let (files, faults) = opened(folder.path(), Limits::default());
        assert_eq!(files, ["a.json"]);
        assert_eq!(faults.len(), 1, "{faults:?}");
    }

    #[test]
    fn too_much_and_nothing_are_said() {
        let folder = tempfile::tempdir().unwrap();
        let (big, empty) = (folder.path().join("big.json"), folder.path().join("empty.csv"));
        fs::write(&big, vec![b' '; 3 << 20]).unwrap();
        fs::write(&empty, "").unwrap();
        let limits = Limits { file_bytes: 2 << 20, ..Limits::default() };
        let (files, faults) = opened(folder.path(), limits);
        assert_eq!(files, [""; 0]);
        insta::assert_snapshot!(faults.join("\n"), @r"
        big.json: expected at most 2 MB a file, 1024 MB and 20000 files in all, found more (file not read)
        empty.csv: expected text in JSON or CSV, found an empty file (file not read)
        ");
    }

    #[test]
    fn a_file_that_is_not_there_is_said() {
        let (_, faults) = opened(Path::new("/no/such/feed.json"), Limits::default());
        insta::assert_snapshot!(
            faults.join("\n"),
            @"feed.json: expected a file that can be read, found entity not found (file not read)"
        );
    }
}
