//! Where to go when nothing was found: no question ends at a wall.

use jiff::Timestamp;

use crate::domain::Delivery;

use super::{
    ask::{Search, SearchError},
    facets,
    findings::{FacetGroup, FacetValue, Found, NeedShown, Relaxation, Understood, WaysOn},
    labels::Labelled,
    question::Question,
    values::{Answerable, Must},
};

/// The most relaxations and broader needs that are counted.
const MOST: usize = 8;
/// Of so many who may know, the first that speaks the language is named.
const ASKED: usize = 10;
/// What somebody to ask would say of themselves.
const ANCHOR_WORDS: &str = "community hub information and signposting";

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
    fn relaxations(
        &self,
        question: &Question,
        now: Timestamp,
    ) -> Result<Vec<Relaxation>, SearchError> {
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

    /// Somebody near by to ask: the best listing for advice about what there is.
    fn anchor(&self, question: &Question, now: Timestamp) -> Result<Option<Found>, SearchError> {
        if question.near.is_empty() && question.place.is_none() {
            return Ok(None);
        }
        let around = Question {
            words: ANCHOR_WORDS.to_owned(),
            near: question.near.clone(),
            place: question.place.clone(),
            page: 1,
            per_page: ASKED,
            ..Question::default()
        };
        // Whoever asks can be told in a language that they read.
        let speaks = |found: &Found| {
            let spoken = &found.record.service.languages;
            let asked = question.languages.iter().any(|tag| spoken.contains(tag));
            spoken.is_empty() || spoken.iter().any(|tag| tag == "en") || asked
        };
        let results = self.answered(&around, Vec::new(), now)?.results;
        Ok(results.into_iter().find(speaks))
    }
}

/// The question that remote services of the same place answer.
#[must_use]
pub fn remote_question(question: &Question) -> Question {
    Question {
        near: question.near.clone(),
        place: question.place.clone(),
        how: [Delivery::Phone, Delivery::Online, Delivery::HomeVisit]
            .map(Answerable::Stated)
            .to_vec(),
        page: 1,
        per_page: question.per_page,
        ..Question::default()
    }
}

fn filter_label(key: &str, value: &str, search: &Search) -> String {
    let shown = match key {
        "within" => return "the distance".to_owned(),
        "age" => return format!("the age {value}"),
        "avoid" => return format!("leaving out “{value}”"),
        "inside" => return "a venue in the place".to_owned(),
        "confirmed" => return "confirmed in the last 6 months".to_owned(),
        "must" => Must::from_key(value).map(|must| must.label().to_owned()),
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
