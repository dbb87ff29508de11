//! Where to go when nothing was found: no question ends at a wall.

use jiff::Timestamp;

use crate::domain::Delivery;

use super::{
    ask::{Search, SearchError},
    facets,
    findings::{FacetGroup, FacetValue, NeedShown, Relaxation, Understood, WaysOn},
    question::Question,
    values::Answerable,
};

/// The most relaxations and broader needs that are counted.
const MOST: usize = 8;

impl Search {
    pub(super) fn ways_on(
        &self,
        question: &Question,
        understood: &Understood,
        now: Timestamp,
    ) -> Result<WaysOn, SearchError> {
        Ok(WaysOn {
            without: self.relaxations(question, now)?,
            broader: self.broader(question, understood, now)?,
            remote: self.remote(question, now)?,
            anchor: self.anchor(question, now)?.map(Box::new),
        })
    }

    /// Each single thing asked for, left out, where something is then found.
    fn relaxations(&self, question: &Question, now: Timestamp) -> Result<Vec<Relaxation>, SearchError> {
        let mut ways = Vec::new();
        for (key, value) in question.filters().into_iter().take(MOST) {
            let without = question.without(key, Some(&value));
            let label = filter_label(key, &value, self);
            ways.push(Relaxation { label, count: self.count(&without, now)?, question: without });
        }
        if !question.words.is_empty() {
            let anything = question.without("q", None);
            let label = format!("the words “{}”", question.words);
            ways.push(Relaxation { label, count: self.count(&anything, now)?, question: anything });
        }
        if !question.near.is_empty() && question.place.is_none() {
            let anywhere = question.without("near", None);
            let label = "the place, so anywhere".to_owned();
            ways.push(Relaxation { label, count: self.count(&anywhere, now)?, question: anywhere });
        }
        ways.retain(|way| way.count > 0);
        Ok(ways)
    }

    fn broader(
        &self,
        question: &Question,
        understood: &Understood,
        now: Timestamp,
    ) -> Result<Vec<(NeedShown, usize)>, SearchError> {
        let asked = understood.terms.iter().flat_map(|term| &term.needs).map(|need| &need.id);
        let mut broader = Vec::new();
        for need in asked.chain(&question.needs).flat_map(|need| self.vocabulary.broader(need)) {
            if broader.iter().any(|(known, _): &(NeedShown, usize)| known.id == *need) {
                continue;
            }
            let count = self.count(&question.for_need(need), now)?;
            if count > 0 && broader.len() < MOST {
                broader.push((self.need(need), count));
            }
        }
        Ok(broader)
    }

    /// How many services reach people where they are, and serve the place.
    fn remote(&self, question: &Question, now: Timestamp) -> Result<usize, SearchError> {
        self.count(&remote_question(question), now)
    }

    /// The service near by that answers the most needs: somebody to ask.
    fn anchor(&self, question: &Question, now: Timestamp) -> Result<Option<super::findings::Found>, SearchError> {
        if question.near.is_empty() && question.place.is_none() {
            return Ok(None);
        }
        let around = Question {
            words: "advice and signposting".to_owned(),
            per_page: 1,
            ..question.for_need(&crate::domain::NeedId::from(""))
        };
        let around = Question { needs: Vec::new(), ..around };
        if around == *question {
            return Ok(None);
        }
        let found = self.ask_plainly(&around, now)?;
        Ok(found)
    }
}

/// The question that remote services of the same place answer.
#[must_use]
pub fn remote_question(question: &Question) -> Question {
    Question {
        near: question.near.clone(),
        place: question.place.clone(),
        how: [Delivery::Phone, Delivery::Online, Delivery::HomeVisit].map(Answerable::Stated).to_vec(),
        page: 1,
        per_page: question.per_page,
        ..Question::default()
    }
}

fn filter_label(key: &str, value: &str, search: &Search) -> String {
    let shown = match key {
        "within" => return "the distance".to_owned(),
        "age" => return format!("the age {value}"),
        key => facets::label_for(key, value, search.vocabulary),
    };
    shown.unwrap_or_else(|| value.to_owned())
}

impl FacetGroup {
    /// The values that are chosen.
    pub fn chosen(&self) -> impl Iterator<Item = &FacetValue> {
        self.values.iter().filter(|value| value.chosen)
    }
}
