//! Letters, and how they leave: by SMTP, or as files in the state folder where none is set up.
//!
//! *Invariants.* A letter is posted in the transaction that gives reason for it, and forgotten
//! once it is sent. A server that is down or slow loses nothing: letters wait and are tried again
//! until they are no longer worth sending. Addresses and what letters say are in no log.

mod letter;
mod outbox;
mod post;

pub use letter::{Letter, Part, greeting, to_post};
pub use outbox::{Posted, newest, posted};
pub use post::{Post, PostError, deliver};
