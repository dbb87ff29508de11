//! Which documents of a segment meet the groups, and how well.

use std::cell::RefCell;

use tantivy::query::Weight;
use tantivy::{SegmentReader, TantivyError};

use super::plan::{GroupPlan, NeedOption, Phrase, Plan, Scored};
use super::postings::{Spotter, each_scored, each_scored_of_word, each_with};
use crate::bits::Bits;

type Result<T> = std::result::Result<T, TantivyError>;

/// Documents in ascending order, each with a share between 0 and 1.
pub(crate) type Shares = Vec<(u32, f32)>;

thread_local! {
    /// Numbers that are not in use: to ask the system for a megabyte each time costs more than
    /// the search.
    static SPARE: RefCell<Vec<Vec<u16>>> = const { RefCell::new(Vec::new()) };
}
/// So many are kept, of each thread.
const MOST_SPARE: usize = 4;

/// A number for each document, 0 unless it is set.
struct Numbers(Vec<u16>);

impl Numbers {
    fn none() -> Self {
        Self(Vec::new())
    }

    fn of(documents: u32) -> Self {
        let mut numbers = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
        numbers.clear();
        numbers.resize(documents as usize, 0);
        Self(numbers)
    }
}

impl Drop for Numbers {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.0);
        SPARE.with_borrow_mut(|spare| {
            if numbers.capacity() > 0 && spare.len() < MOST_SPARE {
                spare.push(numbers);
            }
        });
    }
}

/// A group's documents in one segment.
pub(crate) struct GroupHits<'p> {
    pub(crate) plan: &'p GroupPlan,
    /// How much of the attainable score each has; only documents with the words.
    pub(crate) words: Shares,
    /// For each document the best need of the plan's, counted from 1; 0 for none.
    needs: Numbers,
    met: Bits,
    /// Those of `met` that meet it well.
    strong: Bits,
}

impl<'p> GroupHits<'p> {
    /// Looks for a group in `scope`; how much its words score only where documents are `ranked`.
    fn find(
        plan: &'p GroupPlan,
        reader: &SegmentReader,
        scope: &Bits,
        ranked: bool,
    ) -> Result<Self> {
        let mut met = Bits::none(reader.max_doc());
        let mut words = Shares::new();
        if ranked {
            words = best_shares(&plan.texts, reader, scope)?;
            for (doc, _) in &words {
                met.insert(*doc);
            }
        } else {
            add_any(&plan.texts, reader, scope, &mut met)?;
        }
        let mut needs = Numbers::none();
        let mut strong = Bits::none(reader.max_doc());
        add_any(&plan.telling, reader, scope, &mut strong)?;
        if !plan.needs.is_empty() {
            needs = Numbers::of(reader.max_doc());
            // From the least worth to the most, so that the best is what stays.
            for (number, option) in (1_u16..).zip(&plan.needs) {
                let Some(term) = &option.term else {
                    for (doc, _) in &words {
                        needs.0[*doc as usize] = number;
                    }
                    continue;
                };
                each_with(reader, term, |doc| {
                    if scope.contains(doc) {
                        needs.0[doc as usize] = number;
                        met.insert(doc);
                        if option.is_strong {
                            strong.insert(doc);
                        }
                    }
                })?;
            }
        }
        Ok(Self { plan, words, needs, met, strong })
    }

    /// The best way in which a document's needs meet the group.
    pub(crate) fn need(&self, doc: u32) -> Option<&'p NeedOption> {
        let number = *self.needs.0.get(doc as usize)?;
        self.plan.needs.get(usize::from(number).checked_sub(1)?)
    }

    pub(crate) fn is_met(&self, doc: u32) -> bool {
        self.met.contains(doc)
    }
}

/// Leaves in `scope` only what the plan's groups allow, and tells how each group was met.
pub(crate) fn narrow<'p>(
    plan: &'p Plan<'_>,
    reader: &SegmentReader,
    scope: &mut Bits,
) -> Result<Vec<GroupHits<'p>>> {
    for group in &plan.without {
        let unwanted = GroupHits::find(group, reader, scope, false)?;
        scope.drop_all(&unwanted.met);
    }
    let required = plan.groups.partition_point(|group| !group.optional);
    let all = plan.at_least == required;
    let mut hits = Vec::with_capacity(plan.groups.len());
    for group in &plan.groups[..required] {
        let found = GroupHits::find(group, reader, scope, plan.ranks())?;
        if all {
            scope.keep(&found.met);
        }
        hits.push(found);
    }
    if !all {
        keep_met(scope, &hits, plan.at_least);
        let mut leading = hits.iter().filter(|group| group.plan.asks_for_needs()).peekable();
        if plan.query.needs_lead && leading.peek().is_some() {
            let mut led = Bits::none(reader.max_doc());
            leading.for_each(|group| led.unite(&group.met));
            scope.keep(&led);
        }
    }
    for group in &plan.groups[required..] {
        hits.push(GroupHits::find(group, reader, scope, plan.ranks())?);
    }
    Ok(hits)
}

/// Of `scope`, what meets every group well.
pub(crate) fn strong(scope: &Bits, hits: &[GroupHits<'_>]) -> Bits {
    let mut strong = scope.clone();
    for group in hits.iter().filter(|group| !group.plan.optional) {
        strong.keep(&group.strong);
    }
    strong
}

/// Of `scope`, what is called as was typed; `None` where nothing is.
pub(crate) fn called(
    plan: &Plan<'_>,
    reader: &SegmentReader,
    scope: &Bits,
) -> Result<Option<Bits>> {
    if plan.called.is_empty() {
        return Ok(None);
    }
    let mut called = Bits::none(reader.max_doc());
    for name in &plan.called {
        each_with(reader, name, |doc| {
            if scope.contains(doc) {
                called.insert(doc);
            }
        })?;
    }
    Ok((called.count() > 0).then_some(called))
}

/// Leaves what meets at least so many of the groups: for each number, the set that meets as many.
fn keep_met(scope: &mut Bits, hits: &[GroupHits<'_>], at_least: usize) {
    if at_least == 0 {
        return;
    }
    let mut meeting: Vec<Bits> = vec![Bits::none(scope.len()); at_least];
    for group in hits {
        for number in (1..at_least).rev() {
            let mut one_more = meeting[number - 1].clone();
            one_more.keep(&group.met);
            meeting[number].unite(&one_more);
        }
        meeting[0].unite(&group.met);
    }
    scope.keep(&meeting[at_least - 1]);
}

/// How far each document's name says the group's words.
pub(crate) fn name_shares(
    plan: &GroupPlan,
    reader: &SegmentReader,
    scope: &Bits,
) -> Result<Shares> {
    best_shares(&plan.names, reader, scope)
}

/// What the whole phrase is worth in the name, and elsewhere.
const PHRASE_IN_NAME: f32 = 1.0;
const PHRASE_ANYWHERE: f32 = 0.7;

/// Looks for the whole phrase in ascending documents, one by one.
pub(crate) struct PhraseSpotter<'a> {
    in_name: Option<Spotter<'a>>,
    anywhere: Option<Spotter<'a>>,
}

impl<'a> PhraseSpotter<'a> {
    pub(crate) fn new(phrase: &'a Phrase, reader: &'a SegmentReader) -> Self {
        let spotter = |weight: &'a Option<Box<dyn Weight>>| {
            weight.as_ref().map(|weight| Spotter::new(weight.as_ref(), reader))
        };
        Self { in_name: spotter(&phrase.in_name), anywhere: spotter(&phrase.anywhere) }
    }

    /// What the phrase is worth in a document.
    pub(crate) fn share(&mut self, doc: u32) -> Result<f32> {
        for (spotter, worth) in
            [(&mut self.in_name, PHRASE_IN_NAME), (&mut self.anywhere, PHRASE_ANYWHERE)]
        {
            if let Some(spotter) = spotter
                && spotter.has(doc)?
            {
                return Ok(worth);
            }
        }
        Ok(0.0)
    }
}

/// Adds the documents of `scope` that have any of the texts.
fn add_any(texts: &[Scored], reader: &SegmentReader, scope: &Bits, met: &mut Bits) -> Result<()> {
    for text in texts {
        match &text.word {
            Some(word) if !scope.is_far_below(word.matches) => {
                each_with(reader, &word.term, |doc| {
                    if scope.contains(doc) {
                        met.insert(doc);
                    }
                })?;
            }
            _ => {
                let mut scorer = text.weight.scorer(reader, 1.0)?;
                each_scored(scorer.as_mut(), scope, |doc, _| met.insert(doc));
            }
        }
    }
    Ok(())
}

/// For each document of `scope` the best of several texts.
fn best_shares(texts: &[Scored], reader: &SegmentReader, scope: &Bits) -> Result<Shares> {
    let mut shares = Shares::new();
    for text in texts {
        let of_bound = 1.0 / text.bound;
        let share = |score: f32| (score * of_bound).clamp(0.0, 1.0);
        let mut take = |doc, score| shares.push((doc, share(score)));
        match &text.word {
            Some(word) if !scope.is_far_below(word.matches) => {
                each_scored_of_word(word, reader, scope, take)?;
            }
            _ => {
                let mut scorer = text.weight.scorer(reader, 1.0)?;
                each_scored(scorer.as_mut(), scope, &mut take);
            }
        }
    }
    if texts.len() < 2 {
        return Ok(shares);
    }
    Ok(keep_best(shares))
}

/// Ascending documents, each once with its best share.
fn keep_best(mut shares: Shares) -> Shares {
    shares.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    shares.dedup_by_key(|(doc, _)| *doc);
    shares
}

/// Reads shares along ascending documents.
pub(crate) struct Along<'a> {
    rest: &'a [(u32, f32)],
}

impl<'a> Along<'a> {
    pub(crate) fn new(shares: &'a Shares) -> Self {
        Self { rest: shares }
    }

    /// The share of `doc`. Documents must be asked for in ascending order.
    pub(crate) fn at(&mut self, doc: u32) -> Option<f32> {
        if self.rest.first()?.0 < doc {
            // In ever longer leaps: the next is mostly near, and far where few are asked for.
            let mut leap = 1;
            while self.rest.get(leap).is_some_and(|(next, _)| *next < doc) {
                leap *= 2;
            }
            let near = &self.rest[leap / 2..self.rest.len().min(leap + 1)];
            self.rest = &self.rest[leap / 2 + near.partition_point(|(next, _)| *next < doc)..];
        }
        let (first, share) = self.rest.first()?;
        (*first == doc).then_some(*share)
    }
}
