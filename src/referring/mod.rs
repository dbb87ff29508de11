//! Handing over: shortlists that somebody takes along, referrals that carry a reference and no
//! name, what became of them, and what people follow.
//!
//! *Invariants.* Nothing here says who a person is: what is typed is looked at before it is kept
//! ([`crate::domain::identifies_a_person`]), and what is refused is kept nowhere. There is no clock
//! here: `now` is an argument.

mod clock;
mod experiences;
mod follows;
mod gaps;
mod key;
mod letters;
mod mine;
mod nobody;
mod referrals;
mod replies;
mod shortlists;
mod words;

pub use clock::{Ticked, tick};
pub use experiences::{said_this_month, say_how_it_went};
pub use follows::{follow, followed, go_on, stop_following, tell_news};
pub use gaps::{FEWEST_TOLD, gaps, report_gap};
pub use key::ShortlistKey;
pub use mine::{MyReferrals, referrals_of};
pub use referrals::{
    Asking, Choice, LONGEST_REFERRAL_NOTE, SeenReferral, answerers, find_referral, may_refer,
    refer, referral_by_link, say_what_came, step, step_by_link, takes_referrals,
};
pub use replies::{Replies, ReplyTime, ShareTaken, Tally, replies_of, tally_of};
pub use shortlists::{
    LONGEST_NOTE, LONGEST_TITLE, begin_shortlist, change_shortlist, delete_shortlist,
    forget_old_shortlists, short_code,
};
pub use words::{
    age_in_words, first_step_in_words, reason_in_words, replies_in_words, side_in_words,
    state_in_words, worked_in_words,
};
