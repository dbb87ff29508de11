//! The file of a pack: named sections with checksums, replaced as a whole or not at all.
//!
//! `HEREGEO` and a line feed; the number of the format; the count of sections; for each its name
//! (8 bytes), offset, length (8 bytes each) and CRC-32; the CRC-32 of all that; the sections.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
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

/// An opened pack, of which one section at a time is in memory.
pub(super) struct Sections {
    path: PathBuf,
    file: File,
    table: Vec<Section>,
}

/// Where a section is, and what its bytes should sum to.
struct Section {
    name: String,
    start: u64,
    length: usize,
    sum: u32,
}

impl Sections {
    /// Opens a pack and checks its head; none where there is no file.
    pub(super) fn open(folder: &Path) -> Result<Option<Self>, PackError> {
        let path = folder.join(FILE);
        let failed = |source| PackError::Read { path: path.clone(), source };
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(failed(source)),
        };
        let length = file.metadata().map_err(failed)?.len();
        let mut head = Vec::new();
        let most = (HEAD + SECTIONS * ENTRY + 4) as u64;
        Read::by_ref(&mut file).take(most).read_to_end(&mut head).map_err(failed)?;
        if !head.starts_with(MAGIC) {
            return Err(PackError::NotAPack { path });
        }
        let format = Bytes(&head[MAGIC.len()..]).u32().unwrap_or_default();
        if format != FORMAT {
            return Err(PackError::Format { path, found: format });
        }
        match table(&head, length) {
            Some(table) => Ok(Some(Self { path, file, table })),
            None => Err(PackError::Damaged { path, section: "head".to_owned() }),
        }
    }

    /// A section by its name, its sum checked.
    pub(super) fn get(&mut self, name: &str) -> Result<Vec<u8>, PackError> {
        let found = self.table.iter().find(|section| section.name == name);
        let Some(section) = found else { return Err(self.damaged(name)) };
        let mut bytes = vec![0; section.length];
        let read = self.file.seek(SeekFrom::Start(section.start));
        let read = read.and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|source| PackError::Read { path: self.path.clone(), source })?;
        if checksum(&bytes) == section.sum { Ok(bytes) } else { Err(self.damaged(name)) }
    }

    /// A section read by a function; one that it cannot read is a fault.
    pub(super) fn parse<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, PackError> {
        read(&self.get(name)?).ok_or_else(|| self.damaged(name))
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

/// The sections by the head of a file of some length, which they must fill without a gap.
fn table(head: &[u8], length: u64) -> Option<Vec<Section>> {
    let mut read = Bytes(head.get(MAGIC.len() + 4..)?);
    let count = usize::try_from(read.u32()?).ok().filter(|count| *count <= SECTIONS)?;
    let end = HEAD + count * ENTRY;
    let sum = Bytes(head.get(end..)?).u32()?;
    if checksum(head.get(..end)?) != sum {
        return None;
    }
    let mut expected = (end + 4) as u64;
    let mut table = Vec::with_capacity(count);
    for _ in 0..count {
        let section = section(&mut read)?;
        if section.start != expected {
            return None;
        }
        expected = expected.checked_add(section.length as u64)?;
        table.push(section);
    }
    (expected == length).then_some(table)
}

fn section(read: &mut Bytes<'_>) -> Option<Section> {
    let name = str::from_utf8(read.take(8)?).ok()?.trim_end().to_owned();
    let start = read.u64()?;
    let length = usize::try_from(read.u64()?).ok()?;
    Some(Section { name, start, length, sum: read.u32()? })
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}
