//! What can go wrong with the truth.

use std::path::{Path, PathBuf};

use super::subject::{Subject, SubjectKind};

/// Why the store did not do what it was asked.
///
/// Neither form of it, for people or for logs, holds a record's content or any SQL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    #[error("there is no {0}")]
    NotFound(Subject),
    /// Somebody else saved the record after it was read.
    #[error("{0} was changed by somebody else since it was read")]
    Conflict(Subject),
    #[error("{by} refers to {to}, which is not in the directory")]
    UnknownReference { by: Subject, to: Subject },
    #[error("{subject} cannot be removed: it is used by {count} × {by}")]
    StillUsed { subject: Subject, by: SubjectKind, count: u64 },
    #[error("{0} is already stored with other content: a new statement needs an id of its own")]
    StatementRewritten(Subject),
    #[error("{0} ends before it begins")]
    EndsBeforeItBegins(Subject),
    #[error("{0} states an area without any part: leave the footprint out instead")]
    EmptyFootprint(Subject),
    #[error("{0} holds a number that is not finite")]
    NotFinite(Subject),
    #[error("{0} has a venue whose id belongs to another venue")]
    VenueTaken(Subject),
    /// The person who has the address already.
    #[error("the address for mail is that of {0}")]
    EmailTaken(Subject),
    #[error("{0} cannot be written as JSON")]
    Unwritable(Subject),
    #[error("the stored body of {kind} {id} cannot be read (line {line}, column {column})")]
    BadBody { kind: SubjectKind, id: String, line: usize, column: usize },
    /// A change that its own closure gave up, with a reason free of personal data.
    #[error("the change was given up: {0}")]
    Abandoned(String),
    #[error("a save failed part-way and the change went on regardless")]
    HalfDone,
    #[error("the code making the change panicked")]
    Panicked,
    #[error("a change was begun inside another")]
    Nested,
    #[error("the store has stopped")]
    Stopped,

    #[error("the database is busy: another process has been writing to it for too long")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the disk could not be read or written")]
    Disk,
    #[error("the database is damaged: restore a backup")]
    Damaged,
    #[error("the database may only be read")]
    ReadOnly,
    #[error("the database refused a row (constraint on {0})")]
    Constraint(String),
    #[error("the database failed (code {code})")]
    Engine { code: i32, detail: String },

    #[error("{path} cannot be used as the state folder: {cause}")]
    Folder { path: PathBuf, cause: String },
    #[error("{path} cannot be written: check its permissions and those of its folder")]
    NotWritable { path: PathBuf },
    #[error("{path} is empty: put a backup in its place, or remove it to start afresh")]
    EmptyFile { path: PathBuf },
    #[error("{path} is not a Hereabouts database; it was left as it is")]
    ForeignFile { path: PathBuf },
    #[error("{path} is damaged: put a backup in its place; it was left as it is")]
    DamagedFile { path: PathBuf },
    #[error("{path} already exists; it was left as it is")]
    AlreadyExists { path: PathBuf },
    #[error(
        "the database is of version {found} and this program knows only up to {known}: use a newer program"
    )]
    NewerDatabase { found: i64, known: i64 },
    #[error("migration {number} {name} is not the one that this database was made with")]
    ChangedMigration { number: i64, name: String },
}

impl StoreError {
    /// The same error where it is about opening or copying this file.
    pub(super) fn about(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            Self::Damaged => Self::DamagedFile { path },
            Self::ReadOnly => Self::NotWritable { path },
            other => other,
        }
    }
}
