//! Needs that a service's own description shows it answers, though nobody tagged them.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Vocabulary,
    schema::{FillerFile, NeedRow},
    table::{Form, Table},
    words::{Gap, Speller, Token},
};
use crate::domain::NeedId;

/// The most needs inferred for one service.
const MOST: usize = 6;
/// How far into a text a need may be named once and still be what the text is about.
const OPENING: usize = 40;
/// The same for one whose name shows a host of many things, such as a church or a village hall.
const OPENING_OF_HOST: usize = 10;
/// Mentions further on that show as much as one in the opening.
const ENOUGH: usize = 2;

/// The field that holds what a service is called.
const NAME: &str = "name";

/// A need that a description shows, with the words that show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// The need.
    pub need: NeedId,
    /// Which of the texts shows it, by the name it was given.
    pub field: String,
    /// The words, as written there.
    pub evidence: String,
}

/// The wording that shows a need, that cancels it, and that denies whatever stands beside it.
#[derive(Debug)]
pub(super) struct Signals {
    shows: Table<usize>,
    /// What shows a need only as part of a name: "church", "theatre", "surgery".
    named: Table<usize>,
    unless: Table<usize>,
    /// The needs whose name-bearers are hosts of much else.
    hosts: HashSet<usize>,
    denies_after: Table<()>,
    denies_before: Table<()>,
    turns: Table<()>,
    elsewhere: Table<()>,
}

impl Signals {
    pub fn new(needs: &[NeedRow], filler: &FillerFile, speller: &Speller) -> Self {
        let mut shows = Table::new(Form::Key);
        let mut named = Table::new(Form::Key);
        let mut unless = Table::new(Form::Key);
        for (at, row) in needs.iter().enumerate() {
            fill(&mut shows, &row.signals, speller, at);
            fill(&mut named, &row.named, speller, at);
            // What people say of a need is what a service for it is called: "Can't Sleep Club". Of
            // single words too many mean something else: "Draw along from bed".
            let said = row.phrases.iter().filter(|phrase| phrase.contains(' '));
            for spelling in said.flat_map(|phrase| speller.spellings(phrase)) {
                named.insert(&spelling, at);
            }
            fill(&mut unless, &row.unless, speller, at);
        }
        let table = |phrases: &[String]| {
            let mut table = Table::new(Form::Key);
            fill(&mut table, phrases, speller, ());
            table
        };
        Self {
            shows,
            named,
            unless,
            hosts: (0..needs.len()).filter(|at| needs[*at].hosts).collect(),
            denies_after: table(&filler.denies_after),
            denies_before: table(&filler.denies_before),
            turns: table(&filler.turns),
            elsewhere: table(&filler.elsewhere),
        }
    }
}

pub(super) fn fill<T: Copy>(table: &mut Table<T>, phrases: &[String], speller: &Speller, value: T) {
    for spelling in phrases.iter().flat_map(|phrase| speller.spellings(phrase)) {
        table.insert(&spelling, value);
    }
}

/// A text of a service, under the name of its field.
#[derive(Clone, Copy)]
struct Text<'t> {
    field: &'t str,
    wording: &'t str,
    /// Whether the service is named for a need whose services run much else.
    is_of_host: bool,
}

impl Text<'_> {
    /// Whether the text says with its word at `position` what it is about.
    fn is_prominent(self, position: usize, is_host: bool) -> bool {
        if self.is_of_host && !is_host {
            return position < OPENING_OF_HOST;
        }
        weight(self.field) > 1 || position < OPENING
    }
}

/// A signal of a need, found in a text.
struct Mention<'t> {
    field: &'t str,
    evidence: &'t str,
    /// How much it weighs beside others.
    score: usize,
    /// Whether it stands where a text says what it is about.
    prominent: bool,
}

/// What has been found for one need so far.
#[derive(Default)]
struct Tally<'t> {
    score: usize,
    mentions: usize,
    /// The mention that weighs most.
    best: Option<Mention<'t>>,
    /// What has been scored, so that saying it again scores no more.
    counted: Vec<String>,
}

impl<'t> Tally<'t> {
    fn add(&mut self, mention: Mention<'t>) {
        let said = mention.evidence.to_lowercase();
        if !self.counted.contains(&said) {
            self.counted.push(said);
            self.score += mention.score;
        }
        self.mentions += if mention.prominent { ENOUGH } else { 1 };
        if self.best.as_ref().is_none_or(|best| mention.score > best.score) {
            self.best = Some(mention);
        }
    }
}

impl Vocabulary {
    /// The needs that these texts show, at most six, the strongest first.
    ///
    /// Each text comes with the name of its field; "name" weighs most, then "summary", then any other.
    /// A need named only once, and not near the beginning, is not what a long text is about.
    /// What is named a church, a hall or the like mostly lists all that goes on there, so with it
    /// only the very beginning counts as such.
    /// What a service says that it does not do is not counted.
    #[must_use]
    pub fn infer(&self, texts: &[(&str, &str)]) -> Vec<Inferred> {
        let mut tallies: HashMap<usize, Tally<'_>> = HashMap::new();
        let (names, others): (Vec<_>, Vec<_>) =
            texts.iter().copied().partition(|(field, _)| *field == NAME);
        for (field, wording) in names {
            self.read(Text { field, wording, is_of_host: false }, &mut tallies);
        }
        let is_of_host = tallies.keys().any(|need| self.signals.hosts.contains(need));
        for &(field, wording) in
            others.iter().filter(|text| !(is_of_host && repeats(text, &others)))
        {
            self.read(Text { field, wording, is_of_host }, &mut tallies);
        }
        let mut found: Vec<(usize, Tally<'_>)> =
            tallies.into_iter().filter(|(_, tally)| tally.mentions >= ENOUGH).collect();
        found.sort_by_key(|(need, tally)| (std::cmp::Reverse(tally.score), *need));
        found.truncate(MOST);
        let inferred = |(need, tally): (usize, Tally<'_>)| {
            let best = tally.best?;
            let need = self.needs[need].id.clone();
            Some(Inferred {
                need,
                field: best.field.to_owned(),
                evidence: best.evidence.to_owned(),
            })
        };
        found.into_iter().filter_map(inferred).collect()
    }

    /// Adds what a text shows.
    fn read<'t>(&self, text: Text<'t>, tallies: &mut HashMap<usize, Tally<'t>>) {
        let tokens = self.speller.tokens(text.wording);
        for clause in self.clauses(&tokens) {
            self.count(&tokens, clause, text, tallies);
        }
    }

    /// Adds what one clause shows.
    fn count<'t>(
        &self,
        tokens: &[Token],
        clause: Range<usize>,
        text: Text<'t>,
        tallies: &mut HashMap<usize, Tally<'t>>,
    ) {
        let words = &tokens[clause.clone()];
        let affirmed = self.affirmed(words);
        let unless = self.signals.unless.all(words);
        let cancelled: Vec<usize> = unless.iter().flat_map(|found| found.values.to_vec()).collect();
        let mut signals = self.signals.shows.all(words);
        if text.field == NAME {
            signals.extend(self.signals.named.all(words));
        }
        let counts = |at: &Range<usize>| within(at, &affirmed) && !is_the_readers(words, at.start);
        for found in signals.into_iter().filter(|found| counts(&found.at)) {
            let span = words[found.at.start].span.start..words[found.at.end - 1].span.end;
            for need in found.values.iter().filter(|need| !cancelled.contains(need)) {
                let is_host = self.signals.hosts.contains(need);
                tallies.entry(*need).or_default().add(Mention {
                    field: text.field,
                    evidence: &text.wording[span.clone()],
                    score: weight(text.field) * found.at.len(),
                    prominent: text.is_prominent(clause.start + found.at.start, is_host),
                });
            }
        }
    }

    /// The part of a clause that is neither denied nor about what others do.
    fn affirmed(&self, clause: &[Token]) -> Range<usize> {
        if !self.signals.elsewhere.all(clause).is_empty() {
            return 0..0;
        }
        let until = self
            .signals
            .denies_after
            .all(clause)
            .first()
            .map_or(clause.len(), |found| found.at.start);
        let from = self.signals.denies_before.all(clause).last().map_or(0, |found| found.at.end);
        from..until.max(from)
    }

    /// A text's clauses: sentences, parted again where one turns against itself.
    fn clauses(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        let turns: Vec<usize> =
            self.signals.turns.all(tokens).iter().map(|found| found.at.start).collect();
        let opens = |at: &usize| tokens[*at].gap == Gap::Sentence || turns.contains(at);
        let mut starts: Vec<usize> = (1..tokens.len()).filter(opens).collect();
        starts.insert(0, 0);
        starts.push(tokens.len());
        starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }
}

/// "A lift to your choir" is no choir.
fn is_the_readers(words: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| words[before].word == "your")
}

fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a text only says what another one begins with, as a summary cut from a description does.
fn repeats((field, text): &(&str, &str), others: &[(&str, &str)]) -> bool {
    let text = text.trim_end_matches('…');
    others.iter().any(|(other, whole)| other != field && whole.contains(text))
}

/// How much a field's wording says of what the service is for.
fn weight(field: &str) -> usize {
    match field {
        NAME => 3,
        "summary" => 2,
        _ => 1,
    }
}
