//! A press that was refused for a reason that its own page helps with.

use super::error::PageError;
use crate::keeping::{FormFault, KeepingError};

/// Why a press was refused. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Somebody else changed it after the page was opened.
    ChangedMeanwhile,
    Wrong(Vec<FormFault>),
}

impl Refused {
    /// What the page of a refusal can help with; everything else has a page of its own.
    pub fn of(error: KeepingError) -> Result<Self, PageError> {
        match error {
            KeepingError::ChangedMeanwhile => Ok(Self::ChangedMeanwhile),
            KeepingError::Form(faults) => Ok(Self::Wrong(faults)),
            error => Err(error.into()),
        }
    }

    /// The error that the page is.
    #[must_use]
    pub fn error(&self) -> PageError {
        match self {
            Self::ChangedMeanwhile => PageError::ChangedMeanwhile,
            Self::Wrong(_) => PageError::Unacceptable(Vec::new()),
        }
    }

    /// The faults of the form, where there are any.
    #[must_use]
    pub fn faults(&self) -> &[FormFault] {
        match self {
            Self::ChangedMeanwhile => &[],
            Self::Wrong(faults) => faults,
        }
    }
}
