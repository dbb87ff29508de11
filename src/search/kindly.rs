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
use crate::vocabulary::Understanding;

/// A query that may have been widened, with how many it finds whatever is filtered by: choosing a
/// filter must not change how the words are taken, or its count would not be what it then finds.
struct Widened {
    asked: Asked,
    query: engine::Query,
    total: usize,
    leading: usize,
    matching: Matching,
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
        if all.leading >= self.settings.enough_results && !is_misheard {
            return Ok((asked, all));
        }
        let known = query.filters.is_empty().then_some(&all);
        let typed = self.weighed(asked, query, known)?;
        let best = self.best_reading(question, typed, is_misheard, understood, now)?;
        understood.matching = best.matching;
        let answer = self.keeper.search(&best.query)?;
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
        let correction = if as_spelt { None } else { self.correction(&typed.asked.words)? };
        let Some(correction) = correction else { return self.widened(question, typed) };
        let words = self.vocabulary.understand(&correction.to);
        let asked = Asked { words, ..typed.asked.clone() };
        let query = self.query(question, &asked, now);
        let corrected = self.weighed(asked, query, None)?;
        let is_clear = corrected.total > typed.total || is_misheard && corrected.total > 0;
        let is_one_slip = is_one_slip(&correction);
        let mut take = |better| {
            let from = question.words.clone();
            understood.corrected = Some(Correction { from, to: correction.to.clone() });
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

    /// A query for which every idea has to be met, a wider one where that finds little: for most
    /// of the ideas, and where still little is found, for any that is a need. What was understood
    /// as a need goes before stray words. Where few lead, needs beside those asked for as well.
    fn widened(&self, question: &Question, narrow: Widened) -> Result<Widened, SearchError> {
        let enough = self.settings.enough_results;
        let of = plan::asked(&narrow.query.groups);
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
        if few_lead && !question.exactly {
            plan::add_related(&mut best.query, self.vocabulary);
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
        known: Option<&Answer>,
    ) -> Result<Widened, SearchError> {
        let (total, leading) = if let Some(answer) = known {
            (answer.total, answer.leading)
        } else {
            let mut count = query.clone();
            count.page.limit = 0;
            count.facets.clear();
            count.filters.clear();
            let answer = self.keeper.search(&count)?;
            (answer.total, answer.leading)
        };
        Ok(Widened { asked, query, total, leading, matching: Matching::All })
    }

    /// The words with each that no listing knows replaced by the nearest that one does.
    fn correction(&self, words: &Understanding) -> Result<Option<Correction>, SearchError> {
        let mut changed = false;
        let mut corrected: Vec<String> = Vec::new();
        for term in &words.terms {
            let plain = term.needs.is_empty() && !term.exact;
            for word in term.text.split_whitespace() {
                let better = if plain { self.respelt(word)? } else { None };
                changed |= better.is_some();
                corrected.push(better.unwrap_or_else(|| word.to_owned()));
            }
        }
        let from = words.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok(changed.then(|| Correction { from, to: corrected.join(" ") }))
    }
}

/// One slip is one slip; two may be another word, which has to earn it.
fn is_one_slip(correction: &Correction) -> bool {
    strsim::osa_distance(&correction.from.to_lowercase(), &correction.to.to_lowercase()) < 2
}
