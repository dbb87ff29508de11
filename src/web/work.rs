//! What every handler is given, and the place where blocking work is done.

use std::{fmt, sync::Arc, thread, time::Duration};

use jiff::Timestamp;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task, time,
};

use super::error::PageError;
use crate::app::App;

/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// The directory, and a bound on how much of it works at once. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    pub app: App,
    turns: Arc<Semaphore>,
}

impl Web {
    /// Lets as many requests search at once as can be served quickly; the others queue for a while.
    #[must_use]
    pub fn new(app: App) -> Self {
        let processors = thread::available_parallelism().map_or(2, usize::from);
        Self { app, turns: Arc::new(Semaphore::new(processors * 4)) }
    }

    /// The moment that a request is answered at: read once, at the door.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Does blocking work on the search or the store. A panic in it becomes an error here.
    pub async fn work<T, E>(
        &self,
        job: impl FnOnce(&App) -> Result<T, E> + Send + 'static,
    ) -> Result<T, PageError>
    where
        T: Send + 'static,
        E: Into<PageError> + Send + 'static,
    {
        let turn = self.turn().await?;
        let app = self.app.clone();
        let done = task::spawn_blocking(move || {
            let done = job(&app);
            drop(turn);
            done
        });
        done.await.map_err(|_| PageError::Panicked)?.map_err(Into::into)
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, PageError> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let in_time = time::timeout(PATIENCE, turn).await.map_err(|_| PageError::Overloaded)?;
        in_time.map_err(|_| PageError::Overloaded)
    }
}

impl fmt::Debug for Web {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Web").finish_non_exhaustive()
    }
}
