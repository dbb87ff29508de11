//! Words: what people ask for, in the words they use.
//!
//! The vocabulary is data (`data/vocabulary/*.toml`), read once and refused whole when it has a fault.
//! It turns a question into needs ([`Vocabulary::understand`]), a description into needs
//! ([`Vocabulary::infer`]), and knows which needs are broader or narrower than which.
//! It knows nothing of places: a place name in a question is a plain word here.

mod added;
mod build;
mod checks;
mod circumstances;
mod fault;
mod infer;
mod lookup;
mod schema;
mod shipped;
mod sounds;
mod suggest;
mod table;
mod term;
#[cfg(test)]
mod tests;
mod understand;
mod urgent;
mod words;

pub use added::{Added, Refusal, Said};
pub use circumstances::Circumstance;
pub use fault::Fault;
pub use infer::Inferred;
pub use lookup::{Group, Need, Scheme};
pub use shipped::Sources;
pub use sounds::sound;
pub use suggest::Suggestion;
pub use term::{Fact, How, NeedMatch, Term, Understanding};
pub use urgent::{Line, Urgent};

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::NeedId;
use circumstances::Circumstances;
use infer::Signals;
use suggest::Searchable;
use table::Table;
use term::Meaning;
use understand::Negation;
use urgent::Alarms;
use words::Speller;

/// The needs vocabulary with everything worked out that its questions ask.
#[derive(Debug)]
pub struct Vocabulary {
    groups: Vec<Group>,
    needs: Vec<Need>,
    index_of: HashMap<NeedId, usize>,
    narrower: HashMap<NeedId, Vec<NeedId>>,
    broader: HashMap<NeedId, Vec<NeedId>>,
    crosswalk: HashMap<(Scheme, String), Vec<NeedId>>,
    speller: Speller,
    phrases: Table<Meaning>,
    filler: Table<()>,
    in_names: HashSet<String>,
    negations: Table<Negation>,
    between: HashSet<String>,
    avoidable: HashSet<NeedId>,
    signals: Signals,
    alarms: Alarms,
    circumstances: Circumstances,
    searchable: Vec<Searchable>,
    words: BTreeSet<String>,
    /// Those words by what they sound like.
    sounding: HashMap<String, Vec<String>>,
    basis: u64,
}
