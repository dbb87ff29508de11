//! Working out, from files that have no fault, everything the vocabulary's questions ask.

use std::collections::{BTreeSet, HashMap};

use super::{
    Group, How, Need, NeedMatch, Vocabulary,
    circumstances::Circumstances,
    infer::{Signals, fill},
    lookup,
    schema::{FactRow, FillerFile, GroupRow},
    shipped::Draft,
    sound,
    suggest::Searchable,
    table::{Form, Table},
    term::{Fact, Meaning},
    understand::Negation,
    urgent::Alarms,
    words::Speller,
};
use crate::domain::NeedId;

impl Vocabulary {
    pub(super) fn build(draft: Draft) -> Self {
        let speller = &draft.speller;
        let rows = &draft.needs.need;
        let needs: Vec<Need> = rows.iter().map(Need::from_row).collect();
        let index_of: HashMap<_, _> =
            needs.iter().enumerate().map(|(at, need)| (need.id.clone(), at)).collect();
        let above =
            |id: &NeedId| index_of.get(id).map_or_else(Vec::new, |&at| needs[at].broader.clone());
        let below = |id: &NeedId| {
            let under = needs.iter().filter(|need| need.broader.contains(id));
            under.map(|need| need.id.clone()).collect()
        };
        let words = words(&draft);
        Self {
            groups: groups(&draft),
            broader: lookup::closure(&needs, above),
            narrower: lookup::closure(&needs, below),
            crosswalk: lookup::crosswalk(rows),
            phrases: phrases(&needs, &draft.facts.fact, speller),
            filler: plain(&draft.filler.filler, speller),
            in_names: draft.filler.in_names.iter().cloned().collect(),
            negations: negations(&draft.filler, speller),
            avoidable: draft.filler.avoidable.iter().cloned().map(NeedId).collect(),
            between: draft
                .filler
                .between
                .iter()
                .flat_map(|word| speller.tokens(word))
                .map(|token| token.voice)
                .collect(),
            signals: Signals::new(rows, &draft.filler, speller),
            alarms: Alarms::new(&draft.urgent, speller),
            circumstances: Circumstances::new(&draft.circumstances, speller),
            searchable: Searchable::all(&needs, speller),
            sounding: sounding(&words),
            words,
            basis: draft.basis,
            index_of,
            needs,
            speller: draft.speller,
        }
    }
}

fn groups(draft: &Draft) -> Vec<Group> {
    let group = |row: &GroupRow| Group {
        id: row.id.clone(),
        label: row.label.clone(),
        summary: row.summary.clone(),
    };
    draft.needs.group.iter().map(group).collect()
}

/// Every label and phrase with the needs it stands for, a need once by its plainest form; and every
/// phrase that names a fact.
fn phrases(needs: &[Need], facts: &[FactRow], speller: &Speller) -> Table<Meaning> {
    let mut table = Table::new(Form::Voice);
    for need in needs {
        let label = std::iter::once((How::Label, &need.label));
        let said = need.phrases.iter().map(|phrase| (How::Phrase, phrase));
        let written = need.referrer.iter().map(|phrase| (How::Referrer, phrase));
        let kinds = need.kinds.iter().map(|phrase| (How::Kind, phrase));
        for (how, phrase) in label.chain(said).chain(written).chain(kinds) {
            for spelling in speller.spellings(phrase) {
                let is_need = |known: &Meaning| matches!(known, Meaning::Need(found) if found.need == need.id);
                if !table.get(&spelling).iter().any(is_need) {
                    let found = NeedMatch { need: need.id.clone(), phrase: phrase.clone(), how };
                    table.insert(&spelling, Meaning::Need(found));
                }
            }
        }
    }
    for row in facts {
        let fact =
            Fact { key: row.key.clone(), values: row.values.clone(), label: row.label.clone() };
        for spelling in row.phrases.iter().flat_map(|phrase| speller.spellings(phrase)) {
            table.insert(&spelling, Meaning::Fact(fact.clone()));
        }
    }
    table
}

fn plain(phrases: &[String], speller: &Speller) -> Table<()> {
    let mut table = Table::new(Form::Voice);
    fill(&mut table, phrases, speller, ());
    table
}

fn negations(filler: &FillerFile, speller: &Speller) -> Table<Negation> {
    let mut table = Table::new(Form::Voice);
    fill(&mut table, &filler.negators, speller, Negation::Away);
    fill(&mut table, &filler.lacks, speller, Negation::Lack);
    table
}

fn sounding(words: &BTreeSet<String>) -> HashMap<String, Vec<String>> {
    let mut sounding: HashMap<String, Vec<String>> = HashMap::new();
    for word in words {
        sounding.entry(sound(word)).or_default().push(word.clone());
    }
    sounding
}

fn words(draft: &Draft) -> BTreeSet<String> {
    let needs = draft.needs.need.iter();
    let said = needs.flat_map(|need| {
        need.phrases.iter().chain(&need.kinds).chain(&need.referrer).chain([&need.label])
    });
    let circumstances = draft.circumstances.circumstance.iter().flat_map(|row| &row.phrases);
    let urgent = draft.urgent.panel.iter().flat_map(|row| &row.phrases);
    let facts = draft.facts.fact.iter().flat_map(|row| &row.phrases);
    let all = said.chain(circumstances).chain(urgent).chain(facts);
    all.flat_map(|text| draft.speller.tokens(text)).map(|token| token.word).collect()
}
