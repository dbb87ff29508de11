//! The engine's promises, as claims about small indexes.

mod builders;
mod doors;
mod facets;
mod files;
mod invented;
mod one_fact;
mod place;
mod properties;
mod ranking;
mod robust;
mod spelling;
mod suggest;
mod words;
mod world;
