//! The checks of the files beside `needs.toml`.

use std::collections::BTreeMap;

use super::{Draft, Fault, fault, is_kebab, is_normal, key, repeated};
use crate::vocabulary::schema::Meta;

/// Words that look empty and are not: IT classes, wills, negations, services called The Hub.
const RESERVED: [&str; 6] = ["it", "will", "no", "not", "the hub", "hub"];
/// Keys of an address that a question's words may name.
const FACT_KEYS: [&str; 7] = ["day", "time", "cost", "how", "refer", "access", "lang"];
const KINDS: [&str; 7] = ["role", "identity", "health", "life", "work", "age", "any"];

pub(super) fn meta_is_complete(draft: &Draft) -> Vec<Fault> {
    let files: [(&'static str, &Meta); 6] = [
        ("needs.toml", &draft.needs.meta),
        ("urgent.toml", &draft.urgent.meta),
        ("circumstances.toml", &draft.circumstances.meta),
        ("facts.toml", &draft.facts.meta),
        ("filler.toml", &draft.filler.meta),
        ("variants.toml", &draft.variants.meta),
    ];
    files.into_iter().flat_map(|(file, meta)| meta_faults(file, meta)).collect()
}

fn meta_faults(file: &'static str, meta: &Meta) -> Vec<Fault> {
    let said = [("title", &meta.title), ("version", &meta.version), ("licence", &meta.licence)];
    let empty = said.iter().filter(|(_, value)| value.is_empty());
    let mut faults: Vec<Fault> =
        empty.map(|(name, _)| fault(file, "meta", format!("`{name}` is empty"))).collect();
    if !is_date(&meta.date) {
        faults.push(fault(
            file,
            "meta",
            format!("{:?} is not a date such as 2026-11-22", meta.date),
        ));
    }
    let vague =
        meta.sources.iter().filter(|source| source.licence.is_empty() || source.what.is_empty());
    faults.extend(vague.map(|source| {
        fault(
            file,
            "meta",
            format!("the source {:?} lacks its licence or what was taken", source.name),
        )
    }));
    faults
}

fn is_date(text: &str) -> bool {
    let shape =
        |(at, c): (usize, char)| if matches!(at, 4 | 7) { c == '-' } else { c.is_ascii_digit() };
    text.len() == 10 && text.chars().enumerate().all(shape)
}

pub(super) fn facts_are_complete(draft: &Draft) -> Vec<Fault> {
    const FILE: &str = "facts.toml";
    let mut faults = Vec::new();
    for row in &draft.facts.fact {
        if !FACT_KEYS.contains(&row.key.as_str()) {
            let problem = format!("the key {:?} is none of {}", row.key, FACT_KEYS.join(", "));
            faults.push(fault(FILE, &row.label, problem));
        }
        if row.label.is_empty() || row.values.is_empty() || row.phrases.is_empty() {
            let problem = "a fact needs a label, at least one value and at least one phrase";
            faults.push(fault(FILE, &row.label, problem));
        }
        let odd = row.phrases.iter().filter(|phrase| !is_normal(phrase));
        faults.extend(
            odd.map(|phrase| fault(FILE, &row.label, format!("{phrase:?} is not normalised"))),
        );
        let twice = repeated(row.phrases.iter().map(String::as_str));
        faults.extend(
            twice.iter().map(|phrase| {
                fault(FILE, &row.label, format!("the phrase {phrase:?} is repeated"))
            }),
        );
    }
    faults
}

pub(super) fn panels_are_complete(draft: &Draft) -> Vec<Fault> {
    const FILE: &str = "urgent.toml";
    let panels = &draft.urgent.panel;
    let ids = repeated(panels.iter().map(|panel| panel.id.as_str()));
    let mut faults: Vec<Fault> =
        ids.iter().map(|id| fault(FILE, id, "a panel has this id already")).collect();
    for panel in panels {
        if !is_kebab(&panel.id) {
            faults.push(fault(FILE, &panel.id, "the id is not kebab-case"));
        }
        if panel.title.is_empty() || panel.advice.is_empty() || panel.lines.is_empty() {
            faults.push(fault(
                FILE,
                &panel.id,
                "a panel needs a title, advice and at least one line",
            ));
        }
        let mute = panel
            .lines
            .iter()
            .filter(|line| line.name.is_empty() || line.contact.is_empty() || line.note.is_empty());
        faults.extend(mute.map(|line| {
            fault(
                FILE,
                &panel.id,
                format!("the line {:?} lacks a name, contact or note", line.name),
            )
        }));
        faults.extend(wording(draft, FILE, &panel.id, &panel.phrases));
        faults.extend(
            panel
                .unless
                .iter()
                .filter(|p| !is_normal(p))
                .map(|p| fault(FILE, &panel.id, format!("{p:?} is not normalised"))),
        );
    }
    faults
}

pub(super) fn circumstances_are_complete(draft: &Draft) -> Vec<Fault> {
    const FILE: &str = "circumstances.toml";
    let rows = &draft.circumstances.circumstance;
    let ids = repeated(rows.iter().map(|row| row.id.as_str()));
    let mut faults: Vec<Fault> =
        ids.iter().map(|id| fault(FILE, id, "a circumstance has this id already")).collect();
    let labels = repeated(rows.iter().map(|row| row.label.as_str()));
    faults.extend(
        labels.iter().map(|label| fault(FILE, label, "a circumstance has this label already")),
    );
    for row in rows {
        if !is_kebab(&row.id) {
            faults.push(fault(FILE, &row.id, "the id is not kebab-case"));
        }
        if !KINDS.contains(&row.kind.as_str()) {
            faults.push(fault(
                FILE,
                &row.id,
                format!("{:?} is not a kind: expected one of {}", row.kind, KINDS.join(", ")),
            ));
        }
        faults.extend(wording(draft, FILE, &row.id, &row.phrases));
    }
    faults
}

/// Phrases that are missing, oddly written or written twice.
fn wording(draft: &Draft, file: &'static str, entry: &str, phrases: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    if phrases.is_empty() {
        faults.push(fault(file, entry, "it has no phrases"));
    }
    let odd = phrases.iter().filter(|phrase| !is_normal(phrase));
    faults.extend(odd.map(|phrase| fault(file, entry, format!("{phrase:?} is not normalised"))));
    let plain = |phrase: &String| {
        draft.speller.tokens(phrase).into_iter().map(|t| t.key).collect::<Vec<_>>().join(" ")
    };
    let keys: Vec<String> = phrases.iter().map(plain).collect();
    let twice = repeated(keys.iter().map(String::as_str));
    faults.extend(
        twice.iter().map(|phrase| fault(file, entry, format!("{phrase:?} is there twice"))),
    );
    faults
}

pub(super) fn reserved_words_are_kept(draft: &Draft) -> Vec<Fault> {
    let lost = draft.filler.filler.iter().filter(|phrase| RESERVED.contains(&phrase.as_str()));
    let problem = "this is not filler: it can be the whole of what is asked";
    let mut faults: Vec<Fault> = lost.map(|phrase| fault("filler.toml", phrase, problem)).collect();
    let filler: Vec<String> =
        draft.filler.filler.iter().map(|phrase| key(&draft.speller, phrase)).collect();
    let both = draft
        .filler
        .negators
        .iter()
        .chain(&draft.filler.lacks)
        .filter(|word| filler.contains(&key(&draft.speller, word)));
    faults
        .extend(both.map(|word| fault("filler.toml", word, "it cannot be filler and a negation")));
    let known = |id: &str| draft.needs.need.iter().any(|need| need.id == id);
    let missing = draft.filler.avoidable.iter().filter(|id| !known(id));
    faults.extend(missing.map(|id| fault("filler.toml", id, "there is no such need")));
    faults
}

pub(super) fn variants_are_single(draft: &Draft) -> Vec<Fault> {
    [&draft.variants.same, &draft.variants.spelling].into_iter().flat_map(table_faults).collect()
}

fn table_faults(table: &BTreeMap<String, Vec<String>>) -> Vec<Fault> {
    const FILE: &str = "variants.toml";
    let variants: Vec<&str> = table.values().flatten().map(String::as_str).collect();
    let mut faults: Vec<Fault> = repeated(variants.iter().copied())
        .iter()
        .map(|word| fault(FILE, word, "it stands for two words"))
        .collect();
    let chained = table.keys().filter(|form| variants.contains(&form.as_str()));
    faults.extend(
        chained.map(|form| fault(FILE, form, "it is a form and a variant of another form")),
    );
    let long = table
        .keys()
        .map(String::as_str)
        .chain(variants.iter().copied())
        .filter(|word| word.contains(|c: char| !c.is_alphanumeric()));
    faults.extend(
        long.map(|word| fault(FILE, word, "a variant is one word, without apostrophe or hyphen")),
    );
    faults
}
