//! Reading the vocabulary, and the one that is shipped inside the program.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use serde::de::DeserializeOwned;

use super::{
    Fault, Group, How, Need, NeedMatch, Vocabulary,
    checks,
    circumstances::Circumstances,
    infer::{Signals, fill},
    lookup,
    schema::{CircumstancesFile, FillerFile, NeedsFile, UrgentFile, VariantsFile},
    suggest::Searchable,
    table::{Form, Table},
    urgent::Alarms,
    words::Speller,
};
use crate::domain::NeedId;

/// The texts of the five vocabulary files.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `needs.toml`.
    pub needs: &'a str,
    /// `urgent.toml`.
    pub urgent: &'a str,
    /// `circumstances.toml`.
    pub circumstances: &'a str,
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
        filler: include_str!("../../data/vocabulary/filler.toml"),
        variants: include_str!("../../data/vocabulary/variants.toml"),
    };
}

/// The files as read, before they are checked.
#[derive(Debug)]
pub(super) struct Draft {
    pub needs: NeedsFile,
    pub urgent: UrgentFile,
    pub circumstances: CircumstancesFile,
    pub filler: FillerFile,
    pub variants: VariantsFile,
    pub speller: Speller,
}

impl Draft {
    /// Reads the five files, or says which cannot be read.
    pub fn read(sources: Sources<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let needs = read("needs.toml", sources.needs, &mut faults);
        let urgent = read("urgent.toml", sources.urgent, &mut faults);
        let circumstances = read("circumstances.toml", sources.circumstances, &mut faults);
        let filler = read("filler.toml", sources.filler, &mut faults);
        let variants: Option<VariantsFile> = read("variants.toml", sources.variants, &mut faults);
        match (needs, urgent, circumstances, filler, variants) {
            (Some(needs), Some(urgent), Some(circumstances), Some(filler), Some(variants)) => {
                let speller = Speller::new(&variants);
                Ok(Self { needs, urgent, circumstances, filler, variants, speller })
            }
            _ => Err(faults),
        }
    }
}

fn read<T: DeserializeOwned>(file: &'static str, text: &str, faults: &mut Vec<Fault>) -> Option<T> {
    let fault = |error: toml::de::Error| Fault { file, entry: None, problem: error.to_string().trim_end().to_owned() };
    toml::from_str(text).map_err(|error| faults.push(fault(error))).ok()
}

impl Vocabulary {
    /// The vocabulary this program was built with, read once.
    ///
    /// # Panics
    /// Never in a program whose tests passed: one of them reads it.
    #[must_use]
    #[expect(clippy::panic, reason = "a fault here is a fault of the build, and a test reads it first")]
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Vocabulary> = LazyLock::new(|| match Vocabulary::parse(Sources::SHIPPED) {
            Ok(vocabulary) => vocabulary,
            Err(faults) => panic!("the shipped vocabulary has faults: {faults:#?}"),
        });
        &SHIPPED
    }

    /// Reads and checks the five files.
    ///
    /// # Errors
    /// Every fault found, each with its file and entry.
    pub fn parse(sources: Sources<'_>) -> Result<Self, Vec<Fault>> {
        let draft = Draft::read(sources)?;
        let faults = checks::faults(&draft);
        if faults.is_empty() { Ok(Self::build(draft)) } else { Err(faults) }
    }

    fn build(draft: Draft) -> Self {
        let speller = &draft.speller;
        let rows = &draft.needs.need;
        let needs: Vec<Need> = rows.iter().map(Need::from_row).collect();
        let index_of: HashMap<_, _> = needs.iter().enumerate().map(|(at, need)| (need.id.clone(), at)).collect();
        let above = |id: &NeedId| index_of.get(id).map_or_else(Vec::new, |&at| needs[at].broader.clone());
        let below = |id: &NeedId| {
            let under = needs.iter().filter(|need| need.broader.contains(id));
            under.map(|need| need.id.clone()).collect()
        };
        Self {
            groups: groups(&draft),
            broader: lookup::closure(&needs, above),
            narrower: lookup::closure(&needs, below),
            crosswalk: lookup::crosswalk(rows),
            phrases: phrases(&needs, speller),
            filler: plain(&draft.filler.filler, speller),
            negators: plain(&draft.filler.negators, speller),
            between: draft.filler.between.iter().flat_map(|word| speller.tokens(word)).map(|token| token.voice).collect(),
            signals: Signals::new(rows, &draft.filler, speller),
            alarms: Alarms::new(&draft.urgent, speller),
            circumstances: Circumstances::new(&draft.circumstances, speller),
            searchable: Searchable::all(&needs, speller),
            words: words(&draft),
            index_of,
            needs,
            speller: draft.speller,
        }
    }
}

fn groups(draft: &Draft) -> Vec<Group> {
    let group = |row: &super::schema::GroupRow| Group {
        id: row.id.clone(),
        label: row.label.clone(),
        summary: row.summary.clone(),
    };
    draft.needs.group.iter().map(group).collect()
}

/// Every label and phrase with the needs it stands for; a need answers once, by its plainest form.
fn phrases(needs: &[Need], speller: &Speller) -> Table<NeedMatch> {
    let mut table = Table::new(Form::Voice);
    for need in needs {
        let label = std::iter::once((How::Label, &need.label));
        let said = need.phrases.iter().map(|phrase| (How::Phrase, phrase));
        let written = need.referrer.iter().map(|phrase| (How::Referrer, phrase));
        for (how, phrase) in label.chain(said).chain(written) {
            for spelling in speller.spellings(phrase) {
                if !table.get(&spelling).iter().any(|known: &NeedMatch| known.need == need.id) {
                    table.insert(&spelling, NeedMatch { need: need.id.clone(), phrase: phrase.clone(), how });
                }
            }
        }
    }
    table
}

fn plain(phrases: &[String], speller: &Speller) -> Table<()> {
    let mut table = Table::new(Form::Voice);
    fill(&mut table, phrases, speller, ());
    table
}

fn words(draft: &Draft) -> BTreeSet<String> {
    let needs = draft.needs.need.iter();
    let said = needs.flat_map(|need| need.phrases.iter().chain(&need.referrer).chain([&need.label]));
    let circumstances = draft.circumstances.circumstance.iter().flat_map(|row| &row.phrases);
    let urgent = draft.urgent.panel.iter().flat_map(|row| &row.phrases);
    let all = said.chain(circumstances).chain(urgent);
    all.flat_map(|text| draft.speller.tokens(text)).map(|token| token.word).collect()
}
