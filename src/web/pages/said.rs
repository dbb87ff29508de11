//! What a page about a listing has to say first: what was done, or what is wrong.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::{
    keeping::{FormFault, KeepingError, Kept},
    web::{
        error::PageError,
        parts::{door_form::door_errors, form::done_banner},
    },
};

/// What a page has to say first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    #[default]
    Nothing,
    Confirmed,
    Door,
    Words,
    Undone,
    ChangedMeanwhile,
    Wrong(Vec<FormFault>),
}

impl Said {
    /// What an address says was done.
    #[must_use]
    pub fn of_address(done: &str) -> Self {
        match done {
            "confirmed" => Self::Confirmed,
            "door" => Self::Door,
            "words" => Self::Words,
            "undone" => Self::Undone,
            _ => Self::Nothing,
        }
    }

    /// The same, where the listing bears it out: an address may be opened again another day.
    #[must_use]
    pub fn where_it_is_so(self, kept: &Kept, may_undo: bool, now: Timestamp) -> Self {
        let upkeep = &kept.record.service.upkeep;
        let lately = |at: Option<Timestamp>| {
            at.is_some_and(|at| now.duration_since(at) < SignedDuration::from_mins(10))
        };
        let is_so = match self {
            Self::Confirmed => lately(upkeep.confirmed.as_ref().map(|confirmed| confirmed.at)),
            Self::Words => may_undo && lately(upkeep.edited),
            _ => true,
        };
        if is_so { self } else { Self::Nothing }
    }

    /// What to say of a refusal that its page can help with, and which error that page is.
    pub fn of_error(error: KeepingError) -> Result<(Self, PageError), PageError> {
        match error {
            KeepingError::ChangedMeanwhile => {
                Ok((Self::ChangedMeanwhile, PageError::ChangedMeanwhile))
            }
            KeepingError::Form(faults) => {
                Ok((Self::Wrong(faults), PageError::Unacceptable(Vec::new())))
            }
            error => Err(error.into()),
        }
    }

    /// The faults of the form, where there are any.
    #[must_use]
    pub fn faults(&self) -> &[FormFault] {
        match self {
            Self::Wrong(faults) => faults,
            _ => &[],
        }
    }

    /// What stands before the title of a page that was refused.
    #[must_use]
    pub fn before_title(&self) -> &'static str {
        match self {
            Self::Wrong(_) | Self::ChangedMeanwhile => "Error: ",
            _ => "",
        }
    }

    /// The banner above the page.
    #[must_use]
    pub fn shown(&self) -> Markup {
        html! {
            @match self {
                Self::Nothing => {}
                Self::Confirmed => { (done_banner("Thank you", "Confirmed today. That is all; you may close this page.")) }
                Self::Door => { (done_banner("Thank you", "The door is saved and in every search.")) }
                Self::Words => { (done_banner("Thank you", "Your words are saved and live.")) }
                Self::Undone => { (done_banner("Taken back", "The words are as they were before.")) }
                Self::ChangedMeanwhile => {
                    div class="govuk-error-summary" data-module="govuk-error-summary" {
                        div role="alert" {
                            h2 class="govuk-error-summary__title" { "This listing was changed since you opened it" }
                            div class="govuk-error-summary__body" {
                                p class="govuk-body" { "Nothing of yours was saved over it. Below is the listing as it is now: look at it, and answer again." }
                            }
                        }
                    }
                }
                Self::Wrong(faults) => { (door_errors(faults)) }
            }
        }
    }
}
