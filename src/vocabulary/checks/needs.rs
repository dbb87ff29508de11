//! The checks of `needs.toml`.

use std::collections::{HashMap, HashSet};

use super::{Draft, Fault, fault, is_kebab, is_normal, key, repeated};
use crate::vocabulary::{
    infer::fill,
    schema::NeedRow,
    table::{Form, Table},
};

const FILE: &str = "needs.toml";
const FEWEST_PHRASES: usize = 3;
const MOST_NEEDS_A_PHRASE: usize = 3;
const SUMMARY_LENGTH: std::ops::RangeInclusive<usize> = 20..=140;
const DFE_CATEGORIES: std::ops::RangeInclusive<u16> = 1..=49;

/// Runs a check that looks at one need at a time.
fn each(draft: &Draft, check: impl Fn(&NeedRow) -> Vec<String>) -> Vec<Fault> {
    let of = |need: &NeedRow| {
        check(need).into_iter().map(|problem| fault(FILE, &need.id, problem)).collect::<Vec<_>>()
    };
    draft.needs.need.iter().flat_map(of).collect()
}

fn one(failed: bool, problem: impl FnOnce() -> String) -> Vec<String> {
    failed.then(problem).into_iter().collect()
}

pub(super) fn groups_are_distinct(draft: &Draft) -> Vec<Fault> {
    let groups = &draft.needs.group;
    let ids = repeated(groups.iter().map(|group| group.id.as_str()));
    let labels = repeated(groups.iter().map(|group| group.label.as_str()));
    let mut faults: Vec<Fault> =
        ids.iter().map(|id| fault(FILE, id, "a group has this id already")).collect();
    faults.extend(labels.iter().map(|label| fault(FILE, label, "a group has this label already")));
    let bad = groups.iter().filter(|group| !is_kebab(&group.id));
    faults.extend(bad.map(|group| fault(FILE, &group.id, "the group's id is not kebab-case")));
    let mute = groups.iter().filter(|group| group.summary.is_empty());
    faults.extend(mute.map(|group| fault(FILE, &group.id, "the group has no summary")));
    faults
}

pub(super) fn ids_are_distinct(draft: &Draft) -> Vec<Fault> {
    let ids = repeated(draft.needs.need.iter().map(|need| need.id.as_str()));
    let mut faults: Vec<Fault> =
        ids.iter().map(|id| fault(FILE, id, "a need has this id already")).collect();
    faults.extend(each(draft, |need| {
        one(!is_kebab(&need.id), || "the id is not kebab-case".to_owned())
    }));
    faults
}

pub(super) fn labels_are_distinct(draft: &Draft) -> Vec<Fault> {
    let keys: Vec<String> =
        draft.needs.need.iter().map(|need| key(&draft.speller, &need.label)).collect();
    let twice: HashSet<&str> = repeated(keys.iter().map(String::as_str)).into_iter().collect();
    each(draft, |need| {
        let repeated = twice.contains(key(&draft.speller, &need.label).as_str());
        one(repeated, || format!("another need is labelled {:?} too", need.label))
    })
}

pub(super) fn group_exists(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let known = draft.needs.group.iter().any(|group| group.id == need.group);
        one(!known, || format!("there is no group {:?}", need.group))
    })
}

pub(super) fn groups_are_used(draft: &Draft) -> Vec<Fault> {
    let used = |id: &str| draft.needs.need.iter().any(|need| need.group == id);
    let empty = draft.needs.group.iter().filter(|group| !used(&group.id));
    empty.map(|group| fault(FILE, &group.id, "no need is in this group")).collect()
}

pub(super) fn broader_exists(draft: &Draft) -> Vec<Fault> {
    let known: HashSet<&str> = draft.needs.need.iter().map(|need| need.id.as_str()).collect();
    each(draft, |need| {
        let missing = need.broader.iter().filter(|id| !known.contains(id.as_str()));
        missing.map(|id| format!("its broader need {id:?} does not exist")).collect()
    })
}

pub(super) fn broader_is_acyclic(draft: &Draft) -> Vec<Fault> {
    let above: HashMap<&str, &[String]> =
        draft.needs.need.iter().map(|need| (need.id.as_str(), need.broader.as_slice())).collect();
    each(draft, |need| {
        let mut reached: Vec<&str> = need.broader.iter().map(String::as_str).collect();
        let mut at = 0;
        while at < reached.len() {
            let next = above.get(reached[at]).copied().unwrap_or_default();
            let fresh: Vec<&str> =
                next.iter().map(String::as_str).filter(|id| !reached.contains(id)).collect();
            reached.extend(fresh);
            at += 1;
        }
        one(reached.contains(&need.id.as_str()), || "it is broader than itself".to_owned())
    })
}

pub(super) fn summary_is_a_sentence(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let length = need.summary.chars().count();
        let whole = SUMMARY_LENGTH.contains(&length) && need.summary.ends_with('.');
        let (low, high) = (SUMMARY_LENGTH.start(), SUMMARY_LENGTH.end());
        one(!whole, || {
            format!("the summary has {length} characters; expected a sentence of {low} to {high}")
        })
    })
}

pub(super) fn phrases_suffice(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let found = need.phrases.len();
        one(found < FEWEST_PHRASES, || {
            format!("it has {found} phrases; expected at least {FEWEST_PHRASES}")
        })
    })
}

pub(super) fn wording_is_normalised(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let wording =
            [&need.phrases, &need.kinds, &need.referrer, &need.signals, &need.named, &need.unless]
                .into_iter()
                .flatten();
        let odd = wording.filter(|phrase| !is_normal(phrase));
        odd.map(|phrase| {
            format!(
                "{phrase:?} is not normalised: lower case, straight apostrophes, no \"&\" or comma"
            )
        })
        .collect()
    })
}

pub(super) fn phrases_are_distinct(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let said = need.phrases.iter().chain(&need.kinds).chain(&need.referrer);
        let said: Vec<String> = said.map(|p| key(&draft.speller, p)).collect();
        let signals: Vec<String> =
            need.signals.iter().chain(&need.named).map(|p| key(&draft.speller, p)).collect();
        let twice = repeated(said.iter().map(String::as_str))
            .into_iter()
            .chain(repeated(signals.iter().map(String::as_str)));
        twice
            .map(|phrase| {
                format!("{phrase:?} is there twice, once case, number and person are set aside")
            })
            .collect()
    })
}

pub(super) fn phrases_are_not_everywhere(draft: &Draft) -> Vec<Fault> {
    let mut owners: HashMap<String, Vec<&str>> = HashMap::new();
    for need in &draft.needs.need {
        for phrase in need.phrases.iter().chain(&need.kinds).chain(&need.referrer) {
            owners.entry(key(&draft.speller, phrase)).or_default().push(&need.id);
        }
    }
    let mut common: Vec<_> =
        owners.into_iter().filter(|(_, needs)| needs.len() > MOST_NEEDS_A_PHRASE).collect();
    common.sort();
    let problem = |needs: Vec<&str>| {
        format!("the phrase belongs to {} needs: {}", needs.len(), needs.join(", "))
    };
    common.into_iter().map(|(phrase, needs)| fault(FILE, &phrase, problem(needs))).collect()
}

pub(super) fn wording_is_not_filler(draft: &Draft) -> Vec<Fault> {
    let filler: HashSet<String> =
        draft.filler.filler.iter().map(|phrase| key(&draft.speller, phrase)).collect();
    each(draft, |need| {
        let wording = need.phrases.iter().chain(&need.kinds).chain(&need.signals);
        let wording = wording.chain(&need.named);
        let lost = wording.filter(|phrase| filler.contains(&key(&draft.speller, phrase)));
        lost.map(|phrase| format!("{phrase:?} is filler and shows no need")).collect()
    })
}

pub(super) fn unless_has_signals(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let shows = !need.signals.is_empty() || !need.named.is_empty();
        let idle = !shows && !need.unless.is_empty();
        one(idle, || "it has `unless` without `signals`".to_owned())
    })
}

pub(super) fn signals_stand(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let mut unless = Table::new(Form::Key);
        fill(&mut unless, &need.unless, &draft.speller, ());
        let falls = |signal: &&String| !unless.all(&draft.speller.tokens(signal)).is_empty();
        let fallen = need.signals.iter().chain(&need.named).filter(falls);
        fallen.map(|signal| format!("its own `unless` cancels the signal {signal:?}")).collect()
    })
}

pub(super) fn codes_are_well_formed(draft: &Draft) -> Vec<Fault> {
    each(draft, |need| {
        let ukcat = need
            .ukcat
            .iter()
            .filter(|code| !is_ukcat(code))
            .map(|code| format!("{code:?} is not a UK-CAT code such as SW106"));
        let active = need.openactive.iter().filter(|id| uuid::Uuid::parse_str(id).is_err());
        let active = active.map(|id| format!("{id:?} is not an OpenActive identifier"));
        let dfe = need.dfe.iter().filter(|number| !DFE_CATEGORIES.contains(number));
        let dfe = dfe
            .map(|number| format!("{number} is not a category of the family hubs list (1 to 49)"));
        ukcat.chain(active).chain(dfe).collect()
    })
}

/// Two letters, then nothing or three digits.
fn is_ukcat(code: &str) -> bool {
    let letters = code.bytes().take(2).filter(u8::is_ascii_uppercase).count();
    let digits = code.bytes().skip(2).filter(u8::is_ascii_digit).count();
    letters == 2 && (digits == 0 || digits == 3) && code.len() == letters + digits
}

pub(super) fn urgent_needs_raise_a_panel(draft: &Draft) -> Vec<Fault> {
    let mut panels = Table::new(Form::Key);
    for panel in &draft.urgent.panel {
        fill(&mut panels, &panel.phrases, &draft.speller, ());
    }
    each(draft, |need| {
        let raises = |phrase: &String| !panels.all(&draft.speller.tokens(phrase)).is_empty();
        let silent = need.urgent && !need.phrases.iter().any(raises);
        one(silent, || "it is urgent, but none of its phrases raises a panel".to_owned())
    })
}
