//! The folders of the generations, and the file that names the one in use.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::KeeperError;
use crate::search::document::Translator;

/// The file that names the generation in use.
const CURRENT: &str = "current";
/// The file in a generation that says what it was made with.
const BASIS: &str = "basis";

/// The generation that a folder names as the one in use.
#[must_use]
pub fn named_generation(folder: &Path) -> Option<PathBuf> {
    let name = fs::read_to_string(folder.join(CURRENT)).ok()?;
    let name = name.trim();
    let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    sound.then(|| folder.join(name))
}

/// Raised whenever the same record would become another entry, with the same geography and words.
const TRANSLATION: u32 = 2;

/// What entries are made with beside the records: geography, vocabulary, and how one becomes the
/// other. An index that was made with others may not know a place or a need that is known now, or
/// count what no longer counts.
pub fn basis(translator: Translator<'_>) -> String {
    let (geography, words) = (translator.gazetteer.basis(), translator.vocabulary.basis());
    format!("translation {TRANSLATION}, geography {geography:016x}, vocabulary {words:016x}")
}

/// Writes down what a generation was made with.
pub fn save_basis(generation: &Path, basis: &str) -> Result<(), KeeperError> {
    let path = generation.join(BASIS);
    fs::write(&path, basis).map_err(|source| KeeperError::Folder { path, source })
}

/// Whether a generation was made with this.
pub fn is_of_basis(generation: &Path, basis: &str) -> bool {
    fs::read_to_string(generation.join(BASIS)).is_ok_and(|made_with| made_with == basis)
}

/// A folder for the next generation, emptied of what an interrupted build left there.
pub fn next_generation(folder: &Path) -> Result<PathBuf, KeeperError> {
    let at = |path: &Path, source: io::Error| KeeperError::Folder { path: path.to_owned(), source };
    fs::create_dir_all(folder).map_err(|error| at(folder, error))?;
    let current = named_generation(folder);
    let mut newest = 0_u64;
    for entry in fs::read_dir(folder).map_err(|error| at(folder, error))? {
        let path = entry.map_err(|error| at(folder, error))?.path();
        let Some(number) = generation_number(&path) else { continue };
        newest = newest.max(number);
        if current.as_ref() != Some(&path) {
            fs::remove_dir_all(&path).map_err(|error| at(&path, error))?;
        }
    }
    let next = folder.join(format!("generation-{}", newest + 1));
    fs::create_dir(&next).map_err(|error| at(&next, error))?;
    Ok(next)
}

fn generation_number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.strip_prefix("generation-")?.parse().ok()
}

/// Makes a generation the one in use.
pub fn name_generation(folder: &Path, generation: &Path) -> Result<(), KeeperError> {
    let name = generation.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let (new, current) = (folder.join("current.new"), folder.join(CURRENT));
    let named = fs::write(&new, name)
        .and_then(|()| fs::File::open(&new)?.sync_all())
        .and_then(|()| fs::rename(&new, &current));
    named.map_err(|source| KeeperError::Folder { path: current, source })
}
