//! Opening what was given: plain, gzipped or zipped, within limits.

use std::{
    cell::Cell,
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
    rc::Rc,
};

use flate2::read::MultiGzDecoder;

use super::fault::{Fault, quoted};

/// How much a file may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one table after decompression. The whole ONSPD is about 1.5 GB.
    pub table_bytes: u64,
    /// Bytes of one `GeoJSON` file after decompression.
    pub geojson_bytes: u64,
    /// Points of all outlines in a run.
    pub vertices: u64,
    /// Bytes of one line of a table.
    pub line_bytes: u64,
    /// Decompressed bytes for each compressed one, beyond the first 16 MB.
    pub ratio: u64,
    /// Rows of postcodes in a run; the whole United Kingdom has 2.7 million.
    pub rows: u64,
    /// Files that are read in one zip.
    pub members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            table_bytes: 4 << 30,
            geojson_bytes: 512 << 20,
            vertices: 40_000_000,
            line_bytes: 1 << 20,
            ratio: 100,
            rows: 6_000_000,
            members: 4000,
        }
    }
}

/// Bytes that are looked at to tell what a file is.
const HEAD: usize = 1 << 15;
/// What may be decompressed before the ratio is looked at.
const RATIO_FROM: u64 = 16 << 20;

/// A file or a member of a zip, opened at its beginning.
pub(crate) struct Source<'a> {
    /// How messages call it.
    pub(crate) label: String,
    /// Its own name without folders.
    pub(crate) name: String,
    pub(crate) reader: BufReader<Guard<'a>>,
    /// Compressed bytes read so far of the whole file.
    pub(crate) position: Position,
}

/// Bytes read of a file on disk.
pub(crate) type Position = Rc<Cell<u64>>;

/// Stops a reader that gives more than it may.
pub(crate) struct Guard<'a> {
    inner: Box<dyn Read + 'a>,
    position: Position,
    started_at: u64,
    given: u64,
    total: Position,
    since_newline: u64,
    /// What was read ahead, and how much of it was taken.
    peeked: Vec<u8>,
    taken: usize,
    limits: Limits,
    /// Whether the content is lines.
    pub(crate) lines: bool,
    pub(crate) most: u64,
}

struct Counting<R> {
    inner: R,
    position: Position,
}

/// Opens a file and hands what is in it to `each`, one after another.
pub(crate) fn open_each(
    path: &Path,
    limits: &Limits,
    each: &mut dyn FnMut(Source<'_>),
) -> Result<(), Fault> {
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let fault = |error: &io::Error| Fault::of(&name, "a file that can be read", error.to_string());
    if path.is_dir() {
        return Err(Fault::of(&name, "a file", "a folder"));
    }
    let mut file = BufReader::new(File::open(path).map_err(|error| fault(&error))?);
    let head = file.fill_buf().map_err(|error| fault(&error))?.to_vec();
    if head.is_empty() {
        return Err(Fault::of(&name, "a file with something in it", "an empty file"));
    }
    if head.starts_with(b"PK") {
        return super::archive::open_each(file, &name, limits, each);
    }
    let position = Position::default();
    let counting = Counting { inner: file, position: position.clone() };
    let inner: Box<dyn Read> = if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(MultiGzDecoder::new(counting))
    } else {
        Box::new(counting)
    };
    let guard = Guard::new(inner, position.clone(), *limits);
    each(Source {
        label: name.clone(),
        name,
        reader: BufReader::with_capacity(1 << 16, guard),
        position,
    });
    Ok(())
}

impl Source<'_> {
    /// The first bytes, without taking them, and past a byte order mark.
    pub(crate) fn head(&mut self) -> Result<&[u8], Fault> {
        let label = &self.label;
        let guard = self.reader.get_mut();
        guard.peek().map_err(|error| read_fault(label, &error))?;
        Ok(&guard.peeked)
    }
}

impl<'a> Guard<'a> {
    pub(crate) fn new(inner: Box<dyn Read + 'a>, position: Position, limits: Limits) -> Self {
        let started_at = position.get();
        let most = limits.table_bytes;
        let total = Position::default();
        let (given, since_newline, lines) = (0, 0, false);
        let (peeked, taken) = (Vec::new(), 0);
        Self {
            inner,
            position,
            started_at,
            given,
            total,
            since_newline,
            peeked,
            taken,
            limits,
            lines,
            most,
        }
    }

    /// Counts compressed bytes from an earlier position on, and what all members of a zip give.
    pub(crate) fn started(&mut self, at: u64, total: &Position) {
        self.started_at = at;
        self.total = total.clone();
    }

    /// Reads ahead until there is enough to tell what it is: a decompressor may give a byte at a time.
    fn peek(&mut self) -> io::Result<()> {
        let mut head = Vec::with_capacity(HEAD);
        let mut buffer = [0; 4096];
        while head.len() < HEAD {
            let count = self.inner.read(&mut buffer)?;
            if count == 0 {
                break;
            }
            let given = buffer.get(..count).unwrap_or_default();
            self.check(given)?;
            head.extend_from_slice(given);
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        self.peeked = head;
        Ok(())
    }

    fn check(&mut self, given: &[u8]) -> io::Result<()> {
        self.given += given.len() as u64;
        let read = self.position.get().saturating_sub(self.started_at).max(1);
        self.total.set(self.total.get() + given.len() as u64);
        if self.given > self.most || self.total.get() > self.limits.table_bytes * 2 {
            return Err(io::Error::other(format!("more than {} bytes", self.most)));
        }
        if self.given > RATIO_FROM && self.given / read > self.limits.ratio {
            let ratio = self.limits.ratio;
            return Err(io::Error::other(format!(
                "more than {ratio} bytes for each compressed one"
            )));
        }
        match given.iter().rposition(|byte| *byte == b'\n') {
            Some(at) => self.since_newline = (given.len() - at) as u64,
            None => self.since_newline += given.len() as u64,
        }
        if self.lines && self.since_newline > self.limits.line_bytes {
            let most = self.limits.line_bytes;
            return Err(io::Error::other(format!("a line of more than {most} bytes")));
        }
        Ok(())
    }
}

impl Read for Guard<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken < self.peeked.len() {
            let count = self.peeked.get(self.taken..).unwrap_or_default().read(buffer)?;
            self.taken += count;
            return Ok(count);
        }
        let count = self.inner.read(buffer)?;
        self.check(buffer.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.position.set(self.position.get() + count as u64);
        Ok(count)
    }
}

/// What a failed read means for the person who gave the file.
pub(crate) fn read_fault(file: &str, error: &io::Error) -> Fault {
    let expected = match error.kind() {
        io::ErrorKind::UnexpectedEof => "a whole file",
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => "an undamaged file",
        _ => "a file within the limits that can be read",
    };
    let found = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            "one that ends too early: copy or download it again".to_owned()
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("{}: copy or download it again", quoted(&error.to_string()))
        }
        _ => error.to_string(),
    };
    Fault::of(file, expected, found)
}
