//! Import: other people's directories become records of ours, with every fault said in one run.
//!
//! Readers turn files into drafts and faults, and know of no store. The application places, matches and
//! merges the drafts and writes what is different, in batches.
//!
//! *Invariants.* The same input twice changes nothing. Nothing is dropped for want of a point, and nothing is
//! put at (0, 0). A reader does not panic, whatever it is given. A provider's own newer value stays.

mod blank;
mod charities;
mod contracts;
mod draft;
mod fault;
mod input;
mod json;
mod mapped;
mod oruk;
mod read;
mod source;
mod table;
mod tabular;
#[cfg(test)]
mod tests;
mod text;

pub use draft::{Code, Draft, Reading, Refused, ServiceDraft, Setting};
pub use fault::{Fault, Kind, Log, Origin};
pub use input::{InputFile, Limits, decode, open};
pub use mapped::{Mapping, for_header};
pub use read::{Format, read};
pub use source::{Source, slug};
