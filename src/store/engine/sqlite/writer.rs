//! The one writer: a thread with its own connection, whose commits take in all who wait.
//!
//! A commit costs a wait for the disk. Work that arrives during one is done in the next
//! transaction, each piece in a savepoint of its own, and answered after their common commit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle, ThreadId},
};

use rusqlite::Connection;

use super::{
    super::Work,
    tx::{SqliteTx, fault},
};
use crate::store::error::StoreError;

/// The most pieces of work in one commit.
const MOST_IN_GROUP: usize = 256;
/// Pieces of work that may wait before those who bring more wait themselves.
const QUEUE: usize = 1024;

type Outcome = Result<(), StoreError>;

struct Job {
    work: Work,
    done: SyncSender<Outcome>,
}

/// The writer's thread and the queue to it.
pub(super) struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || {
                while let Ok(job) = jobs.recv() {
                    group(&connection, job, &jobs);
                }
            })
            .map_err(|_| StoreError::Stopped)?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    pub fn thread(&self) -> Option<ThreadId> {
        self.thread.as_ref().map(|thread| thread.thread().id())
    }

    /// Does the work and returns once it is on the disk.
    pub fn write(&self, work: Work) -> Outcome {
        let (done, outcome) = sync_channel(1);
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(Job { work, done }).map_err(|_| StoreError::Stopped)?;
        outcome.recv().map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            // Work that panics is caught, so the thread has nothing to report.
            let _ = thread.join();
        }
    }
}

/// Does `first` and all that wait, commits once, and answers them.
fn group(connection: &Connection, first: Job, jobs: &Receiver<Job>) {
    if let Err(error) = begin(connection, first.work) {
        answer(vec![first.done], &Err(error));
        return;
    }
    let mut waiting = vec![first.done];
    while waiting.len() < MOST_IN_GROUP
        && let Ok(Job { work, done }) = jobs.try_recv()
    {
        match in_savepoint(connection, work) {
            Ok(()) => waiting.push(done),
            Err(error) => {
                // Some faults, such as a full disk, undo the whole transaction: nobody's work is in it.
                if connection.is_autocommit() {
                    answer(waiting, &Err(error.clone()));
                    answer(vec![done], &Err(error));
                    return;
                }
                answer(vec![done], &Err(error));
            }
        }
    }
    answer(waiting, &commit(connection));
}

/// Begins a transaction with its first work, which needs no savepoint: a long import would pay
/// for one with a second copy of every page.
fn begin(connection: &Connection, work: Work) -> Outcome {
    run(connection, "BEGIN IMMEDIATE")?;
    let outcome = caught(connection, work);
    if outcome.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    outcome
}

fn commit(connection: &Connection) -> Outcome {
    let committed = run(connection, "COMMIT");
    if committed.is_err() && !connection.is_autocommit() {
        run(connection, "ROLLBACK")?;
    }
    committed
}

/// Does one piece of work so that, if it fails, nothing of it stays.
fn in_savepoint(connection: &Connection, work: Work) -> Outcome {
    run(connection, "SAVEPOINT work")?;
    let outcome = caught(connection, work).and_then(|()| run(connection, "RELEASE work"));
    let Err(error) = outcome else {
        return Ok(());
    };
    if connection.is_autocommit() {
        return Err(error);
    }
    let undone = run(connection, "ROLLBACK TO work").and_then(|()| run(connection, "RELEASE work"));
    if undone.is_err() && !connection.is_autocommit() {
        // What cannot be undone alone is undone with everything else in the transaction.
        run(connection, "ROLLBACK")?;
    }
    Err(error)
}

/// Does the work; a panic is an error, and so is a transaction that went away under it.
fn caught(connection: &Connection, work: Work) -> Outcome {
    let tx = SqliteTx(connection);
    let worked = catch_unwind(AssertUnwindSafe(|| work(&tx)));
    worked.unwrap_or(Err(StoreError::Panicked))?;
    if connection.is_autocommit() { Err(StoreError::HalfDone) } else { Ok(()) }
}

fn run(connection: &Connection, sql: &str) -> Outcome {
    connection.execute_batch(sql).map_err(fault)
}

/// Tells those who wait; one who has stopped waiting does not mind.
fn answer(waiting: Vec<SyncSender<Outcome>>, outcome: &Outcome) {
    for done in waiting {
        let _ = done.send(outcome.clone());
    }
}
