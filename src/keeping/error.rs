//! What keeps somebody from keeping a listing.

use std::borrow::Cow;

use crate::store::{StoreError, Subject};

/// Why something was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepingError {
    #[error("there is no {0}")]
    NotFound(Subject),
    /// The person does not look after it.
    #[error("it is not theirs to look after")]
    NotTheirs,
    /// The link was used, has ended, was replaced by another, or was never made.
    #[error("the link is no longer good")]
    LinkIsOver,
    /// Somebody else changed the listing after the page was opened.
    #[error("it was changed since it was looked at")]
    ChangedMeanwhile,
    #[error("what was typed cannot be taken as it is")]
    Form(Vec<FormFault>),
    /// Somebody else has been waiting for the same for long, and it is not there yet.
    #[error("it is still being read")]
    StillReading,
    #[error("the system gives no random numbers")]
    NoSecret,
    #[error(transparent)]
    Store(StoreError),
}

/// A field of a form that has to be put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault {
    pub field: Cow<'static, str>,
    /// What to do about it.
    pub message: String,
}

impl FormFault {
    /// A fault of a field.
    #[must_use]
    pub fn new(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

impl From<FormFault> for KeepingError {
    fn from(fault: FormFault) -> Self {
        Self::Form(vec![fault])
    }
}

impl From<StoreError> for KeepingError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(_) => Self::ChangedMeanwhile,
            StoreError::NotFound(subject) => Self::NotFound(subject),
            error => Self::Store(error),
        }
    }
}
