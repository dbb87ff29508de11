//! Keeping the directory true: who comes in, what they may look after, confirming a listing,
//! stating its door, changing it section by section, deciding what waits, and asking those who
//! have not said anything for long.
//!
//! *Invariants.* Whoever changes a listing is one who keeps it, as the records say at that moment.
//! A mailed link opens a page; only pressing a button on it uses the link. What a link is used
//! for and its being used up are one change. Secrets are stored by their hash only. There is no
//! clock here: `now` is an argument.

mod begin;
mod by_program;
mod calls;
mod claims;
mod confirm;
mod conflicts;
mod dead_links;
mod decide;
mod door;
mod duplicates;
mod error;
mod health;
mod hints;
mod letters;
mod limits;
mod listing;
mod organisations;
mod pending;
mod people;
mod propose;
mod queue;
mod remark;
mod remind;
mod reports;
mod secret;
mod sections;
mod sign_in;
mod sought;
mod stopped;
mod synonyms;
mod tiers;
mod trust;
mod undo;
mod uses;
mod view;

pub use begin::{MOST_BEGUN_A_DAY, add, ask_to_list, begin, copy, lacks, new_listing, throw_away};
pub use by_program::{Stated, Taken, identify_program, state_by_program};
pub use calls::{CALLS_PER_PAGE, Call, Calls, Rung, call_list, confirm_rung, contact_to_ring};
pub use claims::{
    ClaimItem, Claimed, Claiming, claim, confirm_claim, decide_claim, decided_claims, find_claim,
    undecide_claim, visit_claim,
};
pub use confirm::{confirm, confirm_by_link, confirm_words, open_by_link, state_door_by_link};
pub use conflicts::{Disputed, Settled, conflicts, settle_conflict};
pub use dead_links::{DeadLinks, count_dead_links, dead_link, dead_links};
pub use decide::{Proposed, answer, ask, decide, find_proposed, undecide};
pub use door::{DoorStated, LONGEST_NOTE, state_door};
pub use duplicates::{
    Both, Choices, Duplicates, Lookalikes, Reason, Take, can_be_joined, count_duplicates,
    duplicates, find_both, join, keep_apart, keep_apart_no_more, set_apart,
};
pub use error::{FormFault, KeepingError};
pub use health::{
    Behind, Figure, Health, Listings, Remit, RemitHealth, Survey, Tally, health, listings_behind,
};
pub use hints::{hints, says_access};
pub use limits::{Limits, Network, TooOften};
pub use listing::{Caretaker, Kept, find_kept, kept_by, seen};
pub use organisations::{
    BothOrganisations, Held, LikeOrganisations, TwiceThere, find_both_organisations,
    join_organisations, joined_organisations, keep_organisations_apart,
    keep_organisations_apart_no_more, like_organisations, part_organisations, why_alike,
};
pub use pending::Pending;
pub use people::{Team, let_in, let_out, random_id, teams};
pub use propose::{changed_parts, drop_pending, save_edited, send_draft};
pub use queue::{Harm, Matter, Waiting, queue};
pub use remark::LONGEST_REMARK;
pub use remind::{Reminder, UPLOADS_LAST, due_reminders, forget_old, is_a_good_hour, remind};
pub use reports::{Item, ask_keepers, asked_of, close, find_item, reopen, report};
pub use secret::{Secret, hex};
pub use sections::{
    Edited, Filled, LONGEST_LINE, LONGEST_PARAGRAPH, LONGEST_TEXT, NOT_AT_A_VENUE, Section, World,
    access_at, is_in_fields, key_of, state_access,
};
pub use sign_in::{
    Guest, IDLE, LINK_LASTS, Visit, ask_again, ask_to_sign_in, identify, sign_in, sign_in_as,
    sign_out, sign_out_everywhere, visit_link,
};
pub use sought::{FEWEST_ASKERS, Sought};
pub use stopped::{send_reminders, whose_reminders};
pub use synonyms::{Desk, add_synonym, desk, remove_synonym, set_words_aside, synonym};
pub use tiers::{Saved, Saving, comes_to};
pub use trust::{Place, place_feed, trust_order};
pub use undo::{can_undo, undo};
pub use uses::Uses;
pub use view::{list_again, may_list_again, withdraw};
