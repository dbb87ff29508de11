//! Reading the vocabulary, and the one that is shipped inside the program.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use serde::de::DeserializeOwned;

use super::{
    Fault, Vocabulary, checks,
    schema::{CircumstancesFile, FactsFile, FillerFile, NeedsFile, UrgentFile, VariantsFile},
    words::Speller,
};

/// The texts of the six vocabulary files.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `needs.toml`.
    pub needs: &'a str,
    /// `urgent.toml`.
    pub urgent: &'a str,
    /// `circumstances.toml`.
    pub circumstances: &'a str,
    /// `facts.toml`.
    pub facts: &'a str,
    /// `filler.toml`.
    pub filler: &'a str,
    /// `variants.toml`.
    pub variants: &'a str,
}

impl Sources<'static> {
    /// The files this program was built with.
    pub const SHIPPED: Self = Self {
        needs: include_str!("../../data/vocabulary/needs.toml"),
        urgent: include_str!("../../data/vocabulary/urgent.toml"),
        circumstances: include_str!("../../data/vocabulary/circumstances.toml"),
        facts: include_str!("../../data/vocabulary/facts.toml"),
        filler: include_str!("../../data/vocabulary/filler.toml"),
        variants: include_str!("../../data/vocabulary/variants.toml"),
    };
}

impl Sources<'_> {
    /// A number that changes when any of the files does.
    fn basis(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let said = [self.needs, self.urgent, self.circumstances, self.facts];
        said.iter().chain(&[self.filler, self.variants]).for_each(|text| text.hash(&mut hasher));
        hasher.finish()
    }
}

/// The files as read, before they are checked.
#[derive(Debug)]
pub(super) struct Draft {
    pub needs: NeedsFile,
    pub urgent: UrgentFile,
    pub circumstances: CircumstancesFile,
    pub facts: FactsFile,
    pub filler: FillerFile,
    pub variants: VariantsFile,
    pub speller: Speller,
    pub basis: u64,
}

impl Draft {
    /// Reads the six files, or says which cannot be read.
    pub fn read(sources: Sources<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let needs = read("needs.toml", sources.needs, &mut faults);
        let urgent = read("urgent.toml", sources.urgent, &mut faults);
        let circumstances = read("circumstances.toml", sources.circumstances, &mut faults);
        let facts = read("facts.toml", sources.facts, &mut faults);
        let filler = read("filler.toml", sources.filler, &mut faults);
        let variants: Option<VariantsFile> = read("variants.toml", sources.variants, &mut faults);
        let draft = (|| {
            let (circumstances, facts, filler) = (circumstances?, facts?, filler?);
            let variants = variants?;
            let speller = Speller::new(&variants);
            let (needs, urgent, basis) = (needs?, urgent?, sources.basis());
            Some(Self { needs, urgent, circumstances, facts, filler, variants, speller, basis })
        })();
        draft.ok_or(faults)
    }
}

fn read<T: DeserializeOwned>(file: &'static str, text: &str, faults: &mut Vec<Fault>) -> Option<T> {
    let fault = |error: toml::de::Error| Fault {
        file,
        entry: None,
        problem: error.to_string().trim_end().to_owned(),
    };
    toml::from_str(text).map_err(|error| faults.push(fault(error))).ok()
}

impl Vocabulary {
    /// The vocabulary this program was built with, read once.
    ///
    /// # Panics
    /// Never in a program whose tests passed: one of them reads it.
    #[must_use]
    #[expect(
        clippy::panic,
        reason = "a fault here is a fault of the build, and a test reads it first"
    )]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Vocabulary> =
            LazyLock::new(|| match Vocabulary::parse(Sources::SHIPPED) {
                Ok(vocabulary) => vocabulary,
                Err(faults) => panic!("the shipped vocabulary has faults: {faults:#?}"),
            });
        &SHIPPED
    }

    /// A number that changes when any of the vocabulary's files does.
    #[must_use]
    pub fn basis(&self) -> u64 {
        self.basis
    }

    /// Reads and checks the six files.
    ///
    /// # Errors
    /// Every fault found, each with its file and entry.
    pub fn parse(sources: Sources<'_>) -> Result<Self, Vec<Fault>> {
        let draft = Draft::read(sources)?;
        let faults = checks::faults(&draft);
        if faults.is_empty() { Ok(Self::build(draft)) } else { Err(faults) }
    }
}
