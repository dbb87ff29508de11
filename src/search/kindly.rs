//! Asking again more kindly where little is found: for most of the ideas, with a slip corrected.

use hereabouts_index::Answer;
use jiff::Timestamp;

use super::{
    ask::{Asked, Search, SearchError},
    findings::{Correction, Matching, Understood},
    plan,
    question::Question,
};
use crate::vocabulary::Understanding;

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
        let all = self.keeper.search(&self.query(question, &asked, now))?;
        if all.total >= self.settings.enough_results {
            return Ok((asked, all));
        }
        let correction = if question.as_spelt { None } else { self.correction(&asked.words)? };
        let mut corrected = None;
        if let Some(correction) = correction {
            let words = self.vocabulary.understand(&correction.to);
            let asked = Asked { words, ..asked.clone() };
            let found = self.keeper.search(&self.query(question, &asked, now))?;
            if found.total > all.total {
                let (better, how) = self.relaxed(question, &asked, found, now)?;
                return Ok(take(understood, question, correction, asked, better, how));
            }
            corrected = Some((correction, asked, found));
        }
        let (answer, matching) = self.relaxed(question, &asked, all, now)?;
        if let Some((correction, corrected, found)) = corrected
            && (is_one_slip(&correction) || answer.total < self.settings.enough_results)
        {
            let (better, how) = self.relaxed(question, &corrected, found, now)?;
            let is_better = better.total > answer.total || is_one_slip(&correction);
            if better.total > 0 && is_better {
                return Ok(take(understood, question, correction, corrected, better, how));
            }
        }
        understood.matching = matching;
        Ok((asked, answer))
    }

    /// Of an answer in which every idea was met, a wider one where that is little: most of the
    /// ideas, and where still little is found, any that is a need. What was understood as a need
    /// goes before stray words.
    fn relaxed(
        &self,
        question: &Question,
        asked: &Asked,
        all: Answer,
        now: Timestamp,
    ) -> Result<(Answer, Matching), SearchError> {
        let mut query = self.query(question, asked, now);
        let of = query.groups.len();
        query.needs_lead = query.groups.iter().any(|group| !group.needs.is_empty());
        let mut best = (all, Matching::All);
        let steps = [Some(plan::most(of)), query.needs_lead.then_some(1)];
        for at_least in steps.into_iter().flatten() {
            if best.0.total >= self.settings.enough_results || at_least >= query.at_least {
                continue;
            }
            query.at_least = at_least;
            let found = self.keeper.search(&query)?;
            if found.total > best.0.total {
                best = (found, Matching::Most { at_least, of });
            }
        }
        Ok(best)
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

fn take(
    understood: &mut Understood,
    question: &Question,
    correction: Correction,
    asked: Asked,
    answer: Answer,
    matching: Matching,
) -> (Asked, Answer) {
    understood.corrected = Some(Correction { from: question.words.clone(), to: correction.to });
    understood.matching = matching;
    (asked, answer)
}
