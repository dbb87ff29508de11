//! Whether the pages that listings name still answer. Asked by the server in its own time, where
//! the operator wants it, never because somebody looks at a page.
//!
//! *Invariants.* Only public addresses are called, on the usual ports, whatever a name or a
//! redirect leads to: what is connected to is what was looked at. Nothing of an answer is read but
//! its status.

mod check;
mod names;
mod round;

pub use check::Checker;
pub use names::is_public;
pub use round::{Round, look_at_links};
