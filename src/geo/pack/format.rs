//! The file of a pack: named sections with checksums, replaced as a whole or not at all.
//!
//! `HEREGEO` and a line feed; the number of the format; the count of sections; for each its name
//! (8 bytes), offset, length (8 bytes each) and CRC-32; the CRC-32 of all that; the sections.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use flate2::Crc;

use super::wire::Bytes;

/// The name of a pack in its folder.
pub(super) const FILE: &str = "pack.heregeo";
const MAGIC: &[u8; 8] = b"HEREGEO\n";
/// Raised whenever the meaning of a section changes; older packs are then imported again.
const FORMAT: u32 = 1;
const HEAD: usize = 16;
const ENTRY: usize = 28;
const SECTIONS: usize = 64;

/// What is wrong with a pack. The program goes on with the shipped facts.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("cannot read {}: {source}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {}: {source}", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} is not a geo pack", path.display())]
    NotAPack { path: PathBuf },
    #[error(
        "{} has format {found} and this program reads format {FORMAT}: import the geography again",
        path.display()
    )]
    Format { path: PathBuf, found: u32 },
    #[error(
        "{} is damaged in its section {section:?}: import the geography again",
        path.display()
    )]
    Damaged { path: PathBuf, section: String },
}

/// The sections of a pack in memory.
pub(super) struct Sections {
    path: PathBuf,
    bytes: Vec<u8>,
    table: Vec<(String, usize, usize)>,
}

impl Sections {
    /// Reads and checks a whole file; none where there is no file.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, PackError> {
        let path = folder.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(PackError::Read { path, source }),
        };
        if !bytes.starts_with(MAGIC) {
            return Err(PackError::NotAPack { path });
        }
        let format = Bytes(&bytes[MAGIC.len()..]).u32().unwrap_or_default();
        if format != FORMAT {
            return Err(PackError::Format { path, found: format });
        }
        let table =
            table(&bytes).map_err(|section| PackError::Damaged { path: path.clone(), section })?;
        Ok(Some(Self { path, bytes, table }))
    }

    /// A section by its name; one that is missing is a fault.
    pub(super) fn get(&self, name: &str) -> Result<&[u8], PackError> {
        let found = self.table.iter().find(|(known, ..)| known == name);
        let bytes = found.and_then(|(_, start, end)| self.bytes.get(*start..*end));
        bytes.ok_or_else(|| self.damaged(name))
    }

    /// A section read by a function; one that it cannot read is a fault.
    pub(super) fn parse<T>(
        &self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, PackError> {
        read(self.get(name)?).ok_or_else(|| self.damaged(name))
    }

    fn damaged(&self, section: &str) -> PackError {
        PackError::Damaged { path: self.path.clone(), section: section.to_owned() }
    }
}

/// Writes a pack beside the old one and puts it in its place in one step.
pub(super) fn write(folder: &Path, sections: &[(&str, Vec<u8>)]) -> Result<u64, PackError> {
    let path = folder.join(FILE);
    let beside = folder.join(format!("{FILE}.new"));
    let written = fs::create_dir_all(folder).and_then(|()| write_file(&beside, sections));
    let swapped = written.and_then(|length| {
        fs::rename(&beside, &path)?;
        File::open(folder)?.sync_all()?;
        Ok(length)
    });
    swapped.map_err(|source| {
        let _ = fs::remove_file(&beside);
        PackError::Write { path, source }
    })
}

fn write_file(path: &Path, sections: &[(&str, Vec<u8>)]) -> io::Result<u64> {
    let mut head = MAGIC.to_vec();
    head.extend_from_slice(&FORMAT.to_le_bytes());
    head.extend_from_slice(&u32::try_from(sections.len()).unwrap_or_default().to_le_bytes());
    let mut offset = (HEAD + sections.len() * ENTRY + 4) as u64;
    for (name, bytes) in sections {
        let mut padded = *b"        ";
        padded.iter_mut().zip(name.bytes()).for_each(|(into, from)| *into = from);
        head.extend_from_slice(&padded);
        head.extend_from_slice(&offset.to_le_bytes());
        head.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        head.extend_from_slice(&checksum(bytes).to_le_bytes());
        offset += bytes.len() as u64;
    }
    let sum = checksum(&head);
    head.extend_from_slice(&sum.to_le_bytes());
    let mut file = File::create(path)?;
    file.write_all(&head)?;
    sections.iter().try_for_each(|(_, bytes)| file.write_all(bytes))?;
    file.sync_all()?;
    Ok(offset)
}

/// Name, start and end of each section, all sums checked; the name of the faulty one otherwise.
fn table(bytes: &[u8]) -> Result<Vec<(String, usize, usize)>, String> {
    let head = || "head".to_owned();
    let mut read = Bytes(bytes.get(MAGIC.len() + 4..).unwrap_or_default());
    let count = read.u32().map_or(usize::MAX, |count| count as usize);
    let length = HEAD + count.min(SECTIONS) * ENTRY;
    let sum = bytes.get(length..).and_then(|rest| Bytes(rest).u32());
    if count > SECTIONS || sum != bytes.get(..length).map(checksum) {
        return Err(head());
    }
    let mut table = Vec::with_capacity(count);
    let mut expected = length + 4;
    for _ in 0..count {
        let (name, start, end, sum) = entry(&mut read).ok_or_else(head)?;
        let whole = bytes.get(start..end).is_some_and(|bytes| checksum(bytes) == sum);
        if !whole || start != expected {
            return Err(name);
        }
        expected = end;
        table.push((name, start, end));
    }
    if expected == bytes.len() { Ok(table) } else { Err("end".to_owned()) }
}

fn entry(read: &mut Bytes<'_>) -> Option<(String, usize, usize, u32)> {
    let name = str::from_utf8(read.take(8)?).ok()?.trim_end().to_owned();
    let start = usize::try_from(read.u64()?).ok()?;
    let length = usize::try_from(read.u64()?).ok()?;
    Some((name, start, start.checked_add(length)?, read.u32()?))
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
