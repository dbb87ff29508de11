//! What a page about a listing has to say first: what was done, or what is wrong.

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::{
    keeping::{FormFault, Kept, Saved},
    web::{
        parts::{door_form::door_errors, form::done_banner},
        refused::Refused,
    },
};

/// What a page has to say first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Said {
    #[default]
    Nothing,
    Confirmed,
    Door,
    /// Something was changed at once.
    Live,
    /// Something went to a steward.
    Sent,
    /// Some of it at once, and some to a steward.
    Both,
    Later,
    Answered,
    /// What waited, or was kept for later, was taken back.
    Dropped,
    Copied,
    Begun,
    /// It was asked that a new listing be shown.
    Asked,
    Listed,
    Withdrawn,
    Undone,
    Refused(Refused),
}

/// What the address of a listing says that saving came to; nothing where nothing was saved.
#[must_use]
pub fn came_to(saved: &Saved) -> &'static str {
    match (saved.live.is_empty(), saved.waits.is_empty()) {
        (false, true) => "live",
        (true, false) => "sent",
        (false, false) => "both",
        (true, true) if !saved.for_later.is_empty() => "later",
        (true, true) => "",
    }
}

impl From<Refused> for Said {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl Said {
    /// What an address says was done.
    #[must_use]
    pub fn of_address(done: &str) -> Self {
        match done {
            "confirmed" => Self::Confirmed,
            "door" => Self::Door,
            "live" => Self::Live,
            "sent" => Self::Sent,
            "both" => Self::Both,
            "later" => Self::Later,
            "answered" => Self::Answered,
            "dropped" => Self::Dropped,
            "copied" => Self::Copied,
            "begun" => Self::Begun,
            "asked" => Self::Asked,
            "listed" => Self::Listed,
            "withdrawn" => Self::Withdrawn,
            "undone" => Self::Undone,
            _ => Self::Nothing,
        }
    }

    /// The same, where the listing bears it out: an address may be opened again another day.
    #[must_use]
    pub fn where_it_is_so(self, kept: &Kept, now: Timestamp) -> Self {
        let upkeep = &kept.record.service.upkeep;
        let lately = |at: Option<Timestamp>| {
            at.is_some_and(|at| now.duration_since(at) < SignedDuration::from_mins(10))
        };
        let is_so = match self {
            Self::Confirmed => lately(upkeep.confirmed.as_ref().map(|confirmed| confirmed.at)),
            Self::Live | Self::Both | Self::Listed | Self::Withdrawn => lately(upkeep.edited),
            _ => true,
        };
        if is_so { self } else { Self::Nothing }
    }

    /// The faults of the form, where there are any.
    #[must_use]
    pub fn faults(&self) -> &[FormFault] {
        match self {
            Self::Refused(refused) => refused.faults(),
            _ => &[],
        }
    }

    /// What stands before the title of a page that was refused.
    #[must_use]
    pub fn before_title(&self) -> &'static str {
        match self {
            Self::Refused(_) => "Error: ",
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
                Self::Live => { (done_banner("Thank you", "What you changed is saved and live.")) }
                Self::Sent => { (done_banner("Thank you", "What you changed is on its way to a steward. The listing stands as it was until they have looked; you get a mail then.")) }
                Self::Both => { (done_banner("Thank you", "Part of what you changed is live. A steward looks at the rest first; you get a mail then.")) }
                Self::Later => { (done_banner("Kept for later", "Nothing of it is live. You find it here when you come back.")) }
                Self::Answered => { (done_banner("Thank you", "Your answer is with the steward.")) }
                Self::Dropped => { (done_banner("Taken back", "The listing stays as it is.")) }
                Self::Copied => { (done_banner("Copied", "Nobody sees the copy yet. Give it its own name, change what differs, and send it.")) }
                Self::Begun => { (done_banner("Saved", "Nobody sees it yet. Say more about it if you like, and send it.")) }
                Self::Asked => { (done_banner("Thank you", "It is on its way to a steward. You get a mail when they have looked.")) }
                Self::Listed => { (done_banner("Thank you", "The listing is shown to everybody.")) }
                Self::Withdrawn => { (done_banner("Taken down", "Nobody is shown this listing any more.")) }
                Self::Undone => { (done_banner("Taken back", "It is as it was before.")) }
                Self::Refused(Refused::ChangedMeanwhile) => {
                    div class="govuk-error-summary" data-module="govuk-error-summary" {
                        div role="alert" {
                            h2 class="govuk-error-summary__title" { "This listing was changed since you opened it" }
                            div class="govuk-error-summary__body" {
                                p class="govuk-body" { "Nothing of yours was saved over it. Below is the listing as it is now: look at it, and answer again." }
                            }
                        }
                    }
                }
                Self::Refused(Refused::Wrong(faults)) => { (door_errors(faults)) }
            }
        }
    }
}
