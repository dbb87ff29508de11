//! Keeping the directory true: who comes in, what they may look after, confirming a listing,
//! stating its door, changing its words, and asking those who have not said anything for long.
//!
//! *Invariants.* Whoever changes a listing is one who keeps it, as the records say at that moment.
//! A mailed link opens a page; only pressing a button on it uses the link. What a link is used
//! for and its being used up are one change. Secrets are stored by their hash only. There is no
//! clock here: `now` is an argument.

mod by_program;
mod confirm;
mod door;
mod edit;
mod error;
mod letters;
mod limits;
mod listing;
mod people;
mod remind;
mod reports;
mod secret;
mod sign_in;
mod undo;

pub use by_program::{Stated, Taken, identify_program, state_by_program};
pub use confirm::{confirm, confirm_by_link, open_by_link, state_door_by_link};
pub use door::{DoorStated, LONGEST_NOTE, state_door};
pub use edit::{Wording, WordingField, may_reword, reword};
pub use error::{FormFault, KeepingError};
pub use limits::{Limits, Network, TooOften};
pub use listing::{Caretaker, Kept, find_kept, kept_by, seen};
pub use people::{Team, let_in, let_out, teams};
pub use remind::{Reminder, due_reminders, forget_old, is_a_good_hour, remind};
pub use reports::{Item, LONGEST_WORDS, Waiting, close, find_item, queue, reopen, report};
pub use secret::Secret;
pub use sign_in::{
    Guest, IDLE, LINK_LASTS, Visit, ask_again, ask_to_sign_in, identify, sign_in, sign_in_as,
    sign_out, sign_out_everywhere, visit_link,
};
pub use undo::{can_undo, undo};
