//! Import: other people's directories become records of ours, with every fault said in one run.
//!
//! Readers turn files into drafts and faults, and know of no store. The application places, matches and
//! merges the drafts and writes what is different, in batches.
//!
//! *Invariants.* The same input twice changes nothing. Nothing is dropped for want of a point, and nothing is
//! put at (0, 0). A reader does not panic, whatever it is given. A provider's own newer value stays.

mod apply;
mod charities;
mod contracts;
mod draft;
mod fault;
mod input;
mod json;
mod mapped;
mod oruk;
mod read;
mod report;
mod settle;
mod source;
mod table;
mod tabular;
#[cfg(test)]
mod tests;

pub use apply::{ApplyError, Feeds, Options, apply};
pub use draft::{Code, Draft, Reading, Refused, ServiceDraft, Setting};
pub use fault::{Fault, Kind, Log, Origin};
pub use input::{InputFile, Limits, open};
pub use mapped::{Mapping, faults_of as mapping_faults, for_header};
pub use read::{Format, Plan, Portion, read};
pub use report::{ImportReport, write_refused};
pub use settle::{World, settle};
pub use source::{Source, slug};
