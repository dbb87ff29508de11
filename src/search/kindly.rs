//! Asking again more kindly where little is found: for most of the ideas, with a slip corrected.

use hereabouts_index as engine;
use hereabouts_index::Answer;
use jiff::Timestamp;

use super::{
    ask::{Asked, Search, SearchError},
    findings::{Correction, Matching, Understood},
    plan,
    question::Question,
};

/// A query that may have been widened, with how many it finds whatever is filtered by: choosing a
/// filter must not change how the words are taken, or its count would not be what it then finds.
struct Widened {
    asked: Asked,
    query: engine::Query,
    total: usize,
    leading: usize,
    /// Whether something is called as was typed, and not only what it is about.
    is_name: bool,
    matching: Matching,
    /// The answer itself, where it is known.
    answer: Option<Answer>,
}

impl Search {
    /// Asks for every idea; where that finds little, with the words that no listing has read as
    /// the nearest that one does; and for most of the ideas.
    pub(super) fn answer_kindly(
        &self,
        question: &Question,
        asked: Asked,
        understood: &mut Understood,
        now: Timestamp,
    ) -> Result<(Asked, Answer), SearchError> {
        let query = self.query(question, &asked, now);
        let all = self.keeper.search(&query)?;
        let is_misheard = !question.as_spelt && self.is_misheard(&asked.words)?;
        if (all.leading >= self.settings.enough_results || is_name(&query, &all)) && !is_misheard {
            return Ok((asked, all));
        }
        let typed = self.weighed(asked, query, Some(all))?;
        let best = self.best_reading(question, typed, is_misheard, understood, now)?;
        understood.matching = best.matching;
        let answer = match best.answer {
            Some(answer) => answer,
            None => self.keeper.search(&best.query)?,
        };
        Ok((best.asked, answer))
    }

    /// The words as typed or as corrected, whichever finds more, widened where that is little.
    fn best_reading(
        &self,
        question: &Question,
        typed: Widened,
        is_misheard: bool,
        understood: &mut Understood,
        now: Timestamp,
    ) -> Result<Widened, SearchError> {
        let enough = self.settings.enough_results;
        let as_spelt = question.as_spelt || (typed.total >= enough && !is_misheard);
        let correction = if as_spelt {
            None
        } else {
            let finds = |to: &str| -> Result<(bool, usize), SearchError> {
                let query = self.query(question, &self.read_as(&typed.asked, to), now);
                let found = self.counted(&query)?;
                Ok((found.called > 0, found.total))
            };
            self.correction(&typed.asked, finds)?
        };
        let Some(correction) = correction else { return self.widened(question, typed) };
        let asked = self.read_as(&typed.asked, &correction.to);
        let query = self.query(question, &asked, now);
        let answer = is_unfiltered(&query).then(|| self.keeper.search(&query)).transpose()?;
        let corrected = self.weighed(asked, query, answer)?;
        let is_clear = corrected.total > typed.total || is_misheard && corrected.total > 0;
        let is_one_slip = is_one_slip(&correction);
        let mut take = |better| {
            understood.corrected = Some(correction.clone());
            better
        };
        if is_clear {
            return Ok(take(self.widened(question, corrected)?));
        }
        let typed = self.widened(question, typed)?;
        if is_one_slip || typed.total < enough {
            let corrected = self.widened(question, corrected)?;
            let is_better = corrected.total > typed.total || is_one_slip;
            if corrected.total > 0 && is_better {
                return Ok(take(corrected));
            }
        }
        Ok(typed)
    }

    /// The same question in other words.
    fn read_as(&self, asked: &Asked, to: &str) -> Asked {
        Asked { typed: to.to_owned(), words: self.understood(to), ..asked.clone() }
    }

    /// A query for which every idea has to be met, a wider one where that finds little: for most
    /// of the ideas, and where still little is found, for any that is a need. What was understood
    /// as a need goes before stray words. Where few lead, needs beside those asked for as well.
    /// Whoever typed a name has found it.
    fn widened(&self, question: &Question, narrow: Widened) -> Result<Widened, SearchError> {
        if narrow.is_name {
            return Ok(narrow);
        }
        let enough = self.settings.enough_results;
        let of = plan::required(&narrow.query.groups);
        let leads = narrow.query.groups.iter().any(|group| !group.needs.is_empty());
        let few_lead = narrow.leading < enough;
        let mut best = narrow;
        for at_least in [Some(plan::most(of)), leads.then_some(1)].into_iter().flatten() {
            if best.total >= enough || at_least >= best.query.at_least {
                continue;
            }
            let query = engine::Query { at_least, needs_lead: leads, ..best.query.clone() };
            let wider = self.weighed(best.asked.clone(), query, None)?;
            if wider.total > best.total {
                best = Widened { matching: Matching::Most { at_least, of }, ..wider };
            }
        }
        if few_lead && !question.exactly && plan::add_related(&mut best.query, self.vocabulary) {
            best.answer = None;
            if best.total == 0 {
                let matching = best.matching;
                best = Widened { matching, ..self.weighed(best.asked, best.query, None)? };
            }
        }
        Ok(best)
    }

    /// A query with what it finds under no filter, of which the answer may be known.
    fn weighed(
        &self,
        asked: Asked,
        query: engine::Query,
        answer: Option<Answer>,
    ) -> Result<Widened, SearchError> {
        let counted = match &answer {
            Some(answer) if is_unfiltered(&query) => None,
            _ => Some(self.counted(&query)?),
        };
        let weighed = counted.as_ref().or(answer.as_ref());
        let (total, leading) = weighed.map_or((0, 0), |found| (found.total, found.leading));
        let is_name = weighed.is_some_and(|found| is_name(&query, found));
        Ok(Widened { asked, query, total, leading, is_name, matching: Matching::All, answer })
    }

    /// How many a query finds under no filter, and nothing else of it.
    fn counted(&self, query: &engine::Query) -> Result<Answer, SearchError> {
        let mut count = query.clone();
        count.page.limit = 0;
        count.facets.clear();
        count.filters.clear();
        count.must.clear();
        Ok(self.keeper.search(&count)?)
    }
}

fn is_unfiltered(query: &engine::Query) -> bool {
    query.filters.is_empty() && query.must.is_empty()
}

/// Whether what was found is what the words name: a listing is called so, and they are more than
/// the name of a need.
fn is_name(query: &engine::Query, found: &Answer) -> bool {
    let is_plain = |group: &engine::Group| group.needs.is_empty() && group.facts.is_empty();
    found.called > 0 && query.groups.iter().any(is_plain)
}

/// One slip in a word is one slip; two may be another word, which has to earn it.
fn is_one_slip(correction: &Correction) -> bool {
    let (from, to) = (correction.from.to_lowercase(), correction.to.to_lowercase());
    let words = from.split_whitespace().zip(to.split_whitespace());
    words.into_iter().all(|(from, to)| strsim::osa_distance(from, to) < 2)
}
