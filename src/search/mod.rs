//! From a request to results, and the index kept in step with the store.
//!
//! A question is read ([`Question`]), understood (words by the vocabulary, place by the
//! gazetteer), turned into one query of the engine, and answered with every fact that a page
//! or a program says about it ([`Findings`]). [`document`] is the only translator between the
//! directory's records and the engine's entries.

mod added;
mod address;
mod ask;
mod avoid;
mod document;
mod effect;
mod explain;
mod facets;
mod fault;
mod figures;
mod findings;
mod keeper;
mod kindly;
mod labels;
mod place_words;
mod plan;
mod question;
mod serving;
mod settings;
mod shown;
mod sought;
mod spelling;
mod suggest;
mod supply;
mod surroundings;
mod values;
mod ways_on;
mod whom;
pub mod wording;

pub use ask::{Search, SearchError};
pub use document::{Translator, needs_of};
pub use effect::{Glance, Guess, Likely, NotAdded, Sample};
pub use explain::{by_remote_means, part_name};
pub use fault::Fault;
pub use figures::Figures;
pub use findings::{
    Correction, Distance, DoorShown, FacetGroup, FacetValue, FactorShown, Findings, Found,
    Matching, NeedShown, PlaceUnderstood, Relaxation, Serves, ServesHow, Term, Understood, WaysOn,
};
pub use keeper::{Keeper, KeeperError, Progress, Rebuilt, Standing, named_generation};
pub use labels::{LANGUAGES, Labelled, NOT_STATED, language_name};
pub use question::{FURTHEST_RESULT, LONGEST_WORDS, MOST_PER_PAGE, PER_PAGE, Question};
pub use serving::Serving;
pub use settings::Settings;
pub use shown::{door_of, next_session, shows_where};
pub use suggest::{Suggestion, SuggestionKind};
pub use supply::{Stock, Supply};
pub use values::{Answerable, Day, Must, Order, PartOfTheDay, Referrer};
pub use ways_on::remote_question;
