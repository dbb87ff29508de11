//! The database's file: made whole, recognised before it is touched, never overwritten.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::{
    super::Tables,
    Options,
    tx::{SqliteTx, fault},
};
use crate::store::error::StoreError;

/// The database's name in the state folder.
pub(in crate::store) const FILE_NAME: &str = "directory.db";
/// "Here", in the header of our files.
const APPLICATION_ID: u32 = 0x4865_7265;
/// Bytes in a page: most bodies fit into one with room for a neighbour.
const PAGE: u32 = 8192;
/// Files up to this size, in bytes, are checked through when they are opened.
const CHECKED_WHEN_OPENED: u64 = 256 << 20;
const HEADER: usize = 100;

/// Where a database is.
#[derive(Debug)]
pub(super) enum Place {
    File(PathBuf),
    /// The name of a database in memory.
    Memory(String),
}

impl Place {
    /// A connection that only reads.
    pub fn reader(&self, options: Options) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match self {
            Self::File(path) => {
                Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_ONLY)
            }
            Self::Memory(name) => memory(name),
        };
        let connection = connection.map_err(fault)?;
        settle(&connection, options, "PRAGMA query_only = ON; PRAGMA cache_size = -16000;")?;
        Ok(connection)
    }
}

/// Opens the folder's database for writing, making it where there is none.
pub(super) fn open(
    folder: &Path,
    options: Options,
    tables: &dyn Tables,
) -> Result<(Place, Connection), StoreError> {
    fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
    let path = folder.join(FILE_NAME);
    let size = match fs::metadata(&path) {
        Ok(metadata) => metadata.len(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            make(folder, &path, options, tables)?;
            0
        }
        Err(error) => return Err(unusable(&path, &error)),
    };
    recognise(folder, &path)?;
    let connection = writer(&path, size, options, tables).map_err(|error| error.about(&path))?;
    Ok((Place::File(path), connection))
}

/// A database in memory that several connections share.
pub(super) fn in_memory(
    options: Options,
    tables: &dyn Tables,
) -> Result<(Place, Connection), StoreError> {
    let name = format!("store-{}", next_number());
    let connection = memory(&name).map_err(fault)?;
    settle(&connection, options, "PRAGMA journal_mode = MEMORY;")?;
    bring_up_to_date(&connection, tables)?;
    Ok((Place::Memory(name), connection))
}

/// A number that this process has not used yet.
fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn memory(name: &str) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(format!("file:/{name}?vfs=memdb"), OpenFlags::default())
}

fn writer(
    path: &Path,
    size: u64,
    options: Options,
    tables: &dyn Tables,
) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(fault)?;
    settle(
        &connection,
        options,
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; \
         PRAGMA journal_size_limit = 67108864;",
    )?;
    if size <= CHECKED_WHEN_OPENED && !integrity_faults(&connection, "quick_check")?.is_empty() {
        return Err(StoreError::Damaged);
    }
    if let Some(pages) = options.most_pages {
        connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
            .map_err(fault)?;
    }
    if !tables.are_current(&SqliteTx(&connection))? {
        bring_up_to_date(&connection, tables)?;
    }
    Ok(connection)
}

/// Makes a new database beside its place and moves it there whole, unless another process was first.
fn make(
    folder: &Path,
    path: &Path,
    options: Options,
    tables: &dyn Tables,
) -> Result<(), StoreError> {
    let name = format!("{FILE_NAME}.{}-{}.new", std::process::id(), next_number());
    let draft = folder.join(name);
    let made = fill(&draft, options, tables).and_then(|()| {
        match fs::hard_link(&draft, path) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            // Not every file system has hard links.
            Err(_) => fs::rename(&draft, path).map_err(|error| unusable(path, &error))?,
        }
        sync(folder)
    });
    // Already gone where it was renamed; a left-over draft does no harm.
    let _ = fs::remove_file(&draft);
    made
}

fn fill(draft: &Path, options: Options, tables: &dyn Tables) -> Result<(), StoreError> {
    if let Err(error) = File::create(draft) {
        return Err(unusable(draft, &error));
    }
    let connection = Connection::open(draft).map_err(fault)?;
    let header = format!("PRAGMA page_size = {PAGE}; PRAGMA application_id = {APPLICATION_ID};");
    settle(&connection, options, &header)?;
    bring_up_to_date(&connection, tables)?;
    connection.close().map_err(|(_, error)| fault(error))
}

fn settle(connection: &Connection, options: Options, pragmas: &str) -> Result<(), StoreError> {
    connection.busy_timeout(options.patience).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch("PRAGMA foreign_keys = ON;").map_err(fault)?;
    connection.execute_batch(pragmas).map_err(fault)
}

fn bring_up_to_date(connection: &Connection, tables: &dyn Tables) -> Result<(), StoreError> {
    let transaction =
        Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map_err(fault)?;
    tables.bring_up_to_date(&SqliteTx(&transaction))?;
    transaction.commit().map_err(fault)
}

/// Looks at the file's header and permissions without opening it as a database.
fn recognise(folder: &Path, path: &Path) -> Result<(), StoreError> {
    let here = || path.to_owned();
    let mut header = Vec::with_capacity(HEADER);
    let read = File::open(path)
        .and_then(|file| file.take(HEADER as u64).read_to_end(&mut header))
        .map_err(|error| unusable(path, &error))?;
    if read == 0 {
        return Err(StoreError::EmptyFile { path: here() });
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::ForeignFile { path: here() });
    }
    match header.get(68..72) {
        None => return Err(StoreError::DamagedFile { path: here() }),
        Some(id) if id != APPLICATION_ID.to_be_bytes() => {
            return Err(StoreError::ForeignFile { path: here() });
        }
        Some(_) => {}
    }
    for needed in [folder, path] {
        let metadata = fs::metadata(needed).map_err(|error| unusable(needed, &error))?;
        if metadata.permissions().readonly() {
            return Err(StoreError::NotWritable { path: needed.to_owned() });
        }
    }
    Ok(())
}

/// What `SQLite`'s own check finds.
pub(super) fn integrity_faults(
    connection: &Connection,
    check: &str,
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("PRAGMA {check}(20)")).map_err(fault)?;
    let lines = statement.query_map([], |row| row.get::<_, String>(0)).map_err(fault)?;
    let lines: Result<Vec<String>, _> = lines.collect();
    Ok(lines.map_err(fault)?.into_iter().filter(|line| line != "ok").collect())
}

/// Writes a complete copy, checked and on the disk before it takes its name.
pub(super) fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::AlreadyExists { path: to.to_owned() });
    }
    let mut draft = to.as_os_str().to_owned();
    draft.push(".part");
    let draft = PathBuf::from(draft);
    // Left by a copy that was broken off.
    let _ = fs::remove_file(&draft);
    let copied = copy_checked(connection, &draft)
        .and_then(|()| fs::rename(&draft, to).map_err(|error| unusable(to, &error)));
    if copied.is_err() {
        let _ = fs::remove_file(&draft);
    }
    copied?;
    to.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or(Ok(()), sync)
}

fn copy_checked(connection: &Connection, draft: &Path) -> Result<(), StoreError> {
    let name = draft.to_str().ok_or_else(|| StoreError::Folder {
        path: draft.to_owned(),
        cause: "its name is not UTF-8".to_owned(),
    })?;
    // A copy is written by the connection that reads; the database itself stays open for reading only.
    connection.execute_batch("PRAGMA query_only = OFF").map_err(fault)?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(|error| fault(error).about(draft))?;
    sync(draft)?;
    let copy = Connection::open_with_flags(draft, OpenFlags::SQLITE_OPEN_READ_ONLY);
    let faults = integrity_faults(&copy.map_err(fault)?, "quick_check")?;
    if faults.is_empty() { Ok(()) } else { Err(StoreError::Damaged) }
}

fn sync(path: &Path) -> Result<(), StoreError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, error: &std::io::Error) -> StoreError {
    let path = path.to_owned();
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            StoreError::NotWritable { path }
        }
        _ => StoreError::Folder { path, cause: error.to_string() },
    }
}
