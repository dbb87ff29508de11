//! What every page and every call is given.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::{
    config::Config,
    geo::Gazetteer,
    keeping::{Limits, Sought, Survey, Uses},
    mail::{Post, PostError},
    openid::{Provider, SetupError},
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
    /// The same for work that waits for a machine of somebody else's.
    pub calls: Work,
    /// How letters leave.
    pub post: Post,
    /// Who else says who people are, where the operator named one.
    pub openid: Option<Provider>,
    /// What was done how often lately.
    pub limits: Limits,
    /// What stewards' figures are counted from.
    pub survey: Survey,
    /// How often listings were shown and opened lately.
    pub uses: Uses,
    /// Words with which little was found lately.
    pub sought: Sought,
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

/// Why the directory cannot be put to work as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(transparent)]
    Post(#[from] PostError),
    #[error(transparent)]
    OpenId(#[from] SetupError),
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
        Self::of(cores * 2, 256)
    }
}

/// Calls to others that are under way at once, and those that wait besides.
const CALLS: (usize, usize) = (8, 32);

impl Work {
    /// Room for so much at once, with so much in all.
    fn of(running: usize, waiting: usize) -> Self {
        let places = |most| Arc::new(Semaphore::new(most));
        Self { running: places(running), waiting: places(waiting) }
    }

    async fn run<T, F>(&self, work: F) -> Result<T, Overloaded>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let waiting = self.waiting.clone().try_acquire_owned().map_err(|_| Overloaded)?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| Overloaded)?;
        let done = tokio::task::spawn_blocking(move || {
            let _room = (waiting, running);
            work()
        });
        match done.await {
            Ok(done) => Ok(done),
            // A panic goes on to the layer that catches it; nobody cancels the work.
            Err(failed) => std::panic::resume_unwind(failed.into_panic()),
        }
    }
}

impl App {
    /// The directory at work, made of its parts. Fails where mail or signing in cannot be set up as
    /// configured.
    pub fn new(parts: Parts) -> Result<Self, AppError> {
        Ok(Self {
            post: Post::new(&parts.config.mail, parts.outbox)?,
            openid: Provider::new(&parts.config.openid)?,
            config: Arc::new(parts.config),
            store: parts.store,
            gazetteer: parts.gazetteer,
            vocabulary: Vocabulary::shipped(),
            search: parts.search,
            clock: parts.clock,
            demonstration: parts.demonstration,
            work: Work::default(),
            calls: Work::of(CALLS.0, CALLS.1),
            limits: Limits::default(),
            survey: Survey::default(),
            uses: Uses::default(),
            sought: Sought::default(),
        })
    }

    /// Does blocking work on a thread of its own, with a few others at a time.
    pub async fn run<T, F>(&self, work: F) -> Result<T, Overloaded>
    where
        T: Send + 'static,
        F: FnOnce(&Self) -> T + Send + 'static,
    {
        let app = self.clone();
        self.work.run(move || work(&app)).await
    }

    /// Does work that waits for somebody else's machine, apart from the rest: that theirs is slow
    /// keeps nobody here from searching.
    pub async fn call<T, F>(&self, work: F) -> Result<T, Overloaded>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        self.calls.run(work).await
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
