//! Changes part by part: what stands now, and what would stand there.

use maud::{Markup, html};
use similar::{ChangeTag, TextDiff};

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
                (fact(difference.part.label(), &marked(&difference)))
            }
        }
    }
}

/// What would stand there, with the words that go and those that come marked.
#[must_use]
pub fn marked(difference: &Difference) -> Markup {
    let (now, proposed) = (difference.now.as_str(), difference.proposed.as_str());
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

/// The texts in pieces of whole words, those beside each other with the same fate as one.
fn pieces(now: &str, proposed: &str) -> Vec<(ChangeTag, String)> {
    let diff = TextDiff::from_words(now, proposed);
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

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
