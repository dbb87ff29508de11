//! Changes part by part: what stands now, and what would stand there.

use maud::{Markup, html};
use similar::{ChangeTag, DiffTag, TextDiff};

use super::{fact_list::fact, part_words::InWords};
use crate::{
    domain::{Part, Proposal, ProposedChange},
    keeping::Edited,
    store::ServiceRecord,
    web::work::Web,
};

/// A part with what stands and what would stand there, in words.
pub struct Difference {
    pub part: Part,
    pub now: String,
    pub proposed: String,
    /// Whether what stands now is not what stood there when it was proposed.
    pub moved_on: bool,
}

/// The changes of a proposal, against the listing as it stands.
#[must_use]
pub fn found(
    web: &Web,
    record: &ServiceRecord,
    edited: &Edited,
    proposal: &Proposal,
) -> Vec<Difference> {
    let stands = Edited::of(record);
    let (now, then) = (InWords::new(web, &stands), InWords::new(web, edited));
    let difference = |change: &ProposedChange| {
        let part = change.part();
        let value = part.of(&record.service);
        Difference {
            part,
            now: now.of(&value),
            proposed: then.of(&change.after),
            moved_on: value != change.before && value != change.after,
        }
    };
    proposal.changes.iter().map(difference).collect()
}

/// A list of the changes, for whoever proposed them.
#[must_use]
pub fn differences(
    web: &Web,
    record: &ServiceRecord,
    edited: &Edited,
    proposal: &Proposal,
) -> Markup {
    html! {
        dl class="ha-factlist" {
            @for difference in found(web, record, edited, proposal) {
                (fact(difference.part.label(), &marked(&difference.now, &difference.proposed)))
            }
        }
    }
}

/// What would stand there, with the words that go and those that come marked.
#[must_use]
pub fn marked(now: &str, proposed: &str) -> Markup {
    html! {
        div class="ha-words" {
            @if now == proposed {
                (proposed) " (something of it that is not shown changes)"
            } @else {
                @for (tag, text) in pieces(now, proposed) {
                    @match tag {
                        ChangeTag::Equal => { (text) }
                        ChangeTag::Delete => { del { span class="govuk-visually-hidden" { " taken out: " } (text) } }
                        ChangeTag::Insert => { ins { span class="govuk-visually-hidden" { " put in: " } (text) } }
                    }
                }
            }
        }
    }
}

/// How alike two lines have to be for their words to be told apart one by one. Of lines that have
/// little in common, only the whole can be read.
const ALIKE: f32 = 0.6;

type Pieces = Vec<(ChangeTag, String)>;

/// The texts in pieces, those beside each other with the same fate as one.
fn pieces(now: &str, proposed: &str) -> Pieces {
    let lines = TextDiff::from_lines(now, proposed);
    let (old, new) = (lines.old_slices(), lines.new_slices());
    let mut pieces = Pieces::new();
    for op in lines.ops() {
        let (old, new) = (old[op.old_range()].concat(), new[op.new_range()].concat());
        if op.tag() == DiffTag::Equal {
            add(&mut pieces, ChangeTag::Equal, &new);
        } else {
            replaced(&mut pieces, &old, &new);
        }
    }
    pieces
}

fn replaced(pieces: &mut Pieces, old: &str, new: &str) {
    let words = TextDiff::from_words(old, new);
    if words.ratio() >= ALIKE {
        words.iter_all_changes().for_each(|change| add(pieces, change.tag(), change.value()));
        return;
    }
    add(pieces, ChangeTag::Delete, old);
    if !old.is_empty() && !old.ends_with('\n') {
        add(pieces, ChangeTag::Equal, "\n");
    }
    add(pieces, ChangeTag::Insert, new);
}

fn add(pieces: &mut Pieces, tag: ChangeTag, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some((known, before)) if *known == tag => before.push_str(text),
        _ => pieces.push((tag, text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_little_in_common_are_shown_whole() {
        let found = pieces("Men of 18 and over\nNo dogs\n", "Whoever likes soil\nNo dogs\n");
        let kinds: Vec<ChangeTag> = found.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(kinds, [ChangeTag::Delete, ChangeTag::Insert, ChangeTag::Equal]);
    }

    #[test]
    fn words_that_go_and_come_are_told_apart_from_those_that_stay() {
        let found = pieces("Men who feel alone", "Adults who feel alone");
        let whole = |wanted: &[ChangeTag]| {
            let kept = found.iter().filter(|(tag, _)| wanted.contains(tag));
            kept.map(|(_, text)| text.as_str()).collect::<String>()
        };
        assert_eq!(whole(&[ChangeTag::Equal, ChangeTag::Delete]), "Men who feel alone");
        assert_eq!(whole(&[ChangeTag::Equal, ChangeTag::Insert]), "Adults who feel alone");
        assert_eq!(found.iter().filter(|(tag, _)| *tag != ChangeTag::Equal).count(), 2);
    }
}
