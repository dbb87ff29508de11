//! What every handler is given, and how it reaches the search and the store.

use jiff::Timestamp;

use super::{error::PageError, refused::Refused};
use crate::{
    app::App,
    keeping::KeepingError,
    openid::{OpenIdError, Provider},
};

/// The directory, as the pages see it. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    pub app: App,
}

impl Web {
    /// The moment that a request is answered at: read once, at the door.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    /// Does work that may be refused for a reason that its page helps with.
    pub async fn attempt<T: Send + 'static>(
        &self,
        job: impl FnOnce(&App) -> Result<T, KeepingError> + Send + 'static,
    ) -> Result<Result<T, Refused>, PageError> {
        match self.app.run(job).await? {
            Ok(done) => Ok(Ok(done)),
            Err(error) => Refused::of(error).map(Err),
        }
    }

    /// Does blocking work on the search or the store, with a few others at a time.
    pub async fn work<T, E>(
        &self,
        job: impl FnOnce(&App) -> Result<T, E> + Send + 'static,
    ) -> Result<T, PageError>
    where
        T: Send + 'static,
        E: Into<PageError> + Send + 'static,
    {
        self.app.run(job).await?.map_err(Into::into)
    }

    /// Does work that asks the provider who people are; where there is none, there is no such page.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Provider) -> Result<T, OpenIdError> + Send + 'static,
    ) -> Result<T, PageError> {
        let provider = self.app.openid.clone().ok_or(PageError::NotFound)?;
        Ok(self.app.call(move || job(&provider)).await??)
    }
}
