//! Open Referral UK 3.0 and 1.0 and HSDS 3.x, as real feeds send them.
//!
//! One reader takes both versions: the fields of 1.0 are looked for beside those of 3.0.

mod area;
mod capacity;
mod codes;
mod contacts;
mod costs;
mod eligibility;
mod feed;
mod items;
mod location;
pub(in crate::import) mod node;
mod organisation;
mod schedule;
mod service;
mod venues;

pub(in crate::import) use area::{gss, place};
pub(in crate::import) use items::{Item, Sort, read, sort_of};
pub(in crate::import) use location::{split, usual};
pub(in crate::import) use organisation::{identifier, sector};
