//! What every page and every call is given.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::{
    config::Config,
    geo::Gazetteer,
    keeping::{Limits, Survey},
    mail::{Post, PostError},
    search::Search,
    store::Store,
    vocabulary::Vocabulary,
};

/// The directory at work. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub config: Arc<Config>,
    pub store: Store,
    pub gazetteer: Arc<Gazetteer>,
    pub vocabulary: &'static Vocabulary,
    pub search: Search,
    pub clock: Clock,
    /// Whether the listings are invented ones, which every page then says.
    pub demonstration: bool,
    pub work: Work,
    /// How letters leave.
    pub post: Post,
    /// What was done how often lately.
    pub limits: Limits,
    /// What stewards' figures are counted from.
    pub survey: Survey,
}

/// What a directory at work is made of.
pub struct Parts {
    pub config: Config,
    pub store: Store,
    pub gazetteer: Arc<Gazetteer>,
    pub search: Search,
    pub clock: Clock,
    pub demonstration: bool,
    /// Where letters are put that are not sent.
    pub outbox: PathBuf,
}

/// Room for work that blocks: searching and reading the store. Cheap to clone.
#[derive(Clone)]
pub struct Work {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

/// So much is under way that a request is better told to come back than kept waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too much is under way")]
pub struct Overloaded;

impl Default for Work {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            running: Arc::new(Semaphore::new(cores * 2)),
            waiting: Arc::new(Semaphore::new(256)),
        }
    }
}

impl App {
    /// The directory at work, made of its parts. Fails where mail cannot be set up as configured.
    pub fn new(parts: Parts) -> Result<Self, PostError> {
        Ok(Self {
            post: Post::new(&parts.config.mail, parts.outbox)?,
            config: Arc::new(parts.config),
            store: parts.store,
            gazetteer: parts.gazetteer,
            vocabulary: Vocabulary::shipped(),
            search: parts.search,
            clock: parts.clock,
            demonstration: parts.demonstration,
            work: Work::default(),
            limits: Limits::default(),
            survey: Survey::default(),
        })
    }

    /// Does blocking work on a thread of its own, with a few others at a time.
    pub async fn run<T, F>(&self, work: F) -> Result<T, Overloaded>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> T + Send + 'static,
    {
        let waiting = self.work.waiting.clone().try_acquire_owned().map_err(|_| Overloaded)?;
        let running = self.work.running.clone().acquire_owned().await.map_err(|_| Overloaded)?;
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _room = (waiting, running);
            work(&app)
        });
        match done.await {
            Ok(done) => Ok(done),
            // A panic goes on to the layer that catches it; nobody cancels the work.
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}

/// Where the time comes from. Pages and calls read it once at the door; below it is an argument.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    #[default]
    System,
    /// For tests.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment it is.
    #[must_use]
    pub fn now(self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the door")]
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => moment,
        }
    }
}
