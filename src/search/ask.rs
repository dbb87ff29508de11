//! Asking: understood, answered, and where little is found, asked again more kindly.

use std::{borrow::Cow, sync::Arc};

use hereabouts_index as engine;
use hereabouts_index::{Answer, Where};
use jiff::Timestamp;

use crate::{
    domain::{NeedId, Point, ServiceId},
    geo::{Gazetteer, Resolution},
    store::{Reading, Store, StoreError},
    vocabulary::{Added, Understanding, Vocabulary},
};

use super::{
    added::Phrases,
    avoid::{self, Avoided},
    document::NOWHERE,
    facets,
    fault::Fault,
    findings::{Findings, Matching, NeedShown, PlaceUnderstood, Term, Understood},
    keeper::{Keeper, KeeperError},
    place_words, plan,
    question::Question,
    settings::Settings,
    shown::Showing,
    whom,
};

/// The directory's search: cheap to clone, answers from many threads at once. It blocks.
#[derive(Clone)]
pub struct Search {
    pub(super) store: Store,
    pub(super) gazetteer: Arc<Gazetteer>,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) settings: Arc<Settings>,
    pub(super) keeper: Arc<Keeper>,
    /// What the directory's own people call needs.
    pub(super) added: Phrases,
    pub(super) home: Option<Point>,
}

/// What keeps a question from being answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the index cannot be read: {0}")]
    Index(#[from] engine::SearchError),
    #[error("the store cannot be read: {0}")]
    Store(#[from] StoreError),
}

/// A question whose words and place are understood.
#[derive(Clone)]
pub(super) struct Asked {
    /// All that was typed, or what it was corrected to.
    pub typed: String,
    pub words: Understanding,
    /// What is to be avoided, said beside the words.
    pub avoided: Avoided,
    pub place: PlaceUnderstood,
    pub target: Where,
}

impl Search {
    /// A search over a store and the index that `keeper` keeps for it.
    #[must_use]
    pub fn new(
        store: Store,
        gazetteer: Arc<Gazetteer>,
        vocabulary: &'static Vocabulary,
        settings: Settings,
        keeper: Arc<Keeper>,
    ) -> Self {
        let home = match gazetteer.resolve(&settings.home, None) {
            Resolution::Found(spot) => Some(spot.point),
            _ => None,
        };
        let added = Phrases::default();
        Self { store, gazetteer, vocabulary, settings: Arc::new(settings), keeper, added, home }
    }

    /// The answer to a question at a moment. Faults are those that were met in reading it.
    pub fn ask(
        &self,
        question: &Question,
        faults: Vec<Fault>,
        now: Timestamp,
    ) -> Result<Findings, SearchError> {
        let (question, said) = self.with_its_place(question);
        let mut findings = self.answered(&question, faults, now)?;
        findings.understood.place_in_words = said;
        if findings.total == 0 && !findings.is_withheld() {
            findings.ways_on = Some(self.ways_on(&question, &findings.understood, now)?);
        }
        Ok(findings)
    }

    /// The question with a place that was written among its words put where places are asked for,
    /// and how it was written. A place that was asked for already stays.
    fn with_its_place<'q>(&self, question: &'q Question) -> (Cow<'q, Question>, Option<String>) {
        let found = (!question.exactly)
            .then(|| {
                place_words::find(&question.words, &self.gazetteer, self.vocabulary, self.home())
            })
            .flatten();
        let Some(found) = found else { return (Cow::Borrowed(question), None) };
        let mut asked =
            Question { words: found.words, place_said: found.said.clone(), ..question.clone() };
        if question.near.is_empty() && question.place.is_none() {
            asked.near = found.near;
        }
        (Cow::Owned(asked), Some(found.said))
    }

    /// The answer as it is, without ways on.
    pub(super) fn answered(
        &self,
        question: &Question,
        faults: Vec<Fault>,
        now: Timestamp,
    ) -> Result<Findings, SearchError> {
        let mut understood = Understood {
            terms: Vec::new(),
            people: Vec::new(),
            housebound: false,
            without: Vec::new(),
            corrected: None,
            matching: Matching::All,
            place: PlaceUnderstood::NotAsked,
            place_in_words: None,
            urgent: self.vocabulary.urgent(&question.words),
            faults,
        };
        let (place, target) = self.place(question, &mut understood.faults);
        let Some(target) = target else {
            understood.place = place;
            return Ok(withheld(question, understood, now));
        };
        let asked = self.read(question, place, target);
        let (asked, answer) = self.answer_kindly(question, asked, &mut understood, now)?;
        // Who cannot spell in distress is in distress.
        let corrected = understood.corrected.as_ref().map(|correction| correction.to.as_str());
        understood.urgent =
            understood.urgent.or_else(|| corrected.and_then(|to| self.vocabulary.urgent(to)));
        let elsewhere = self.count_elsewhere(question, &asked, now)?;
        let nowhere = self.count_nowhere(question, &asked, now)?;
        let mut findings = self.shown(question, asked, understood, &answer, now)?;
        findings.elsewhere = elsewhere;
        findings.nowhere = nowhere;
        Ok(findings)
    }

    /// How many distinct services answer, without fetching any.
    pub fn count(&self, question: &Question, now: Timestamp) -> Result<usize, SearchError> {
        let mut faults = Vec::new();
        let (question, _) = self.with_its_place(question);
        let question = question.as_ref();
        let (place, Some(target)) = self.place(question, &mut faults) else {
            return Ok(0);
        };
        let asked = self.read(question, place, target);
        let mut query = self.query(question, &asked, now);
        query.page.limit = 0;
        query.facets.clear();
        Ok(self.keeper.search(&query)?.total)
    }

    /// The middle of the directory's own area: as set, or else of the venues listed.
    #[must_use]
    pub fn home(&self) -> Option<Point> {
        self.home.or_else(|| self.keeper.middle())
    }

    /// Takes in what changed in the store. Returns how many services.
    pub fn follow(&self) -> Result<usize, KeeperError> {
        self.added.follow(&self.store, self.vocabulary)?;
        self.keeper.follow(&self.store)
    }

    /// A need by its id, as people read it.
    #[must_use]
    pub fn need(&self, id: &NeedId) -> NeedShown {
        let known = self.vocabulary.need(id.as_str());
        let label = known.map_or_else(|| id.to_string(), |need| need.label.clone());
        NeedShown { id: id.clone(), label, inferred: false }
    }

    /// Where the answer has to hold; nothing where the place was not understood.
    pub(super) fn place(
        &self,
        question: &Question,
        faults: &mut Vec<Fault>,
    ) -> (PlaceUnderstood, Option<Where>) {
        if let Some(code) = &question.place {
            if let Some(area) = self.gazetteer.area(code) {
                let target = plan::within(&area, question.inside);
                return (PlaceUnderstood::Within(Box::new(area.place)), Some(target));
            }
            faults.push(Fault::new(
                "place",
                code.as_str(),
                "the code of a place that is loaded".to_owned(),
            ));
            let text = code.to_string();
            return (PlaceUnderstood::NotFound { text, did_you_mean: Vec::new() }, None);
        }
        if question.inside {
            let expected = "a place beside it, by its code".to_owned();
            faults.push(Fault::new("inside", "1", expected));
        }
        if question.near.is_empty() {
            return (PlaceUnderstood::NotAsked, Some(Where::Anywhere));
        }
        self.near(question)
    }

    fn near(&self, question: &Question) -> (PlaceUnderstood, Option<Where>) {
        match self.gazetteer.resolve(&question.near, self.home()) {
            Resolution::Found(spot) => {
                let drawn = self.keeper.drawn_at(spot.point);
                let target = plan::near(&spot, question, &self.settings, drawn);
                (PlaceUnderstood::Near(spot), Some(target))
            }
            Resolution::Several { text, candidates } => {
                (PlaceUnderstood::Several { text, candidates }, None)
            }
            Resolution::NotFound { text, did_you_mean } => {
                (PlaceUnderstood::NotFound { text, did_you_mean }, None)
            }
            Resolution::NotCovered { reason, what } => {
                (PlaceUnderstood::NotCovered { what, reason }, None)
            }
        }
    }

    /// The words of a question understood, beside its place.
    pub(super) fn read(&self, question: &Question, place: PlaceUnderstood, target: Where) -> Asked {
        let words = self.understood(&question.words);
        let avoided =
            avoid::avoided(&question.avoid, &|words| self.understood(words), self.vocabulary);
        Asked { typed: question.words.clone(), words, avoided, place, target }
    }

    /// Words taken apart, with what the directory's own people call needs.
    pub(super) fn understood(&self, words: &str) -> Understanding {
        self.vocabulary.understand_with(&self.added.get(), words)
    }

    /// Phrases that stewards added to the vocabulary.
    #[must_use]
    pub fn added(&self) -> Arc<Added> {
        self.added.get()
    }

    pub(super) fn query(
        &self,
        question: &Question,
        asked: &Asked,
        now: Timestamp,
    ) -> engine::Query {
        plan::query(question, asked, self.vocabulary, &self.settings, now)
    }

    /// Services with a venue within reach that state areas without the person.
    fn count_elsewhere(
        &self,
        question: &Question,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<usize, SearchError> {
        if question.elsewhere || !matches!(asked.target, Where::Person { .. }) {
            return Ok(0);
        }
        let mut query = self.query(question, asked, now);
        if let Where::Person { elsewhere, .. } = &mut query.place {
            *elsewhere = true;
        }
        query.page.limit = 0;
        query.facets.clear();
        Ok(self.keeper.search(&query)?.total)
    }

    /// Services that answer and do not say where they are or whom they serve.
    fn count_nowhere(
        &self,
        question: &Question,
        asked: &Asked,
        now: Timestamp,
    ) -> Result<usize, SearchError> {
        let mut query = self.query(question, asked, now);
        if question.elsewhere || !matches!(query.place, Where::Person { .. }) {
            return Ok(0);
        }
        query.place = Where::Area {
            codes: vec![NOWHERE.to_owned()],
            whole: Vec::new(),
            venue_codes: Vec::new(),
            shape: None,
            centre: None,
        };
        query.page.limit = 0;
        query.facets.clear();
        Ok(self.keeper.search(&query)?.total)
    }

    fn shown(
        &self,
        question: &Question,
        asked: Asked,
        mut understood: Understood,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<Findings, SearchError> {
        let people = whom::people(&asked.words, question.exactly, self.vocabulary);
        understood.terms = self.terms(&asked.words, &people, question.exactly);
        understood.housebound = whom::is_housebound(question, &asked.words, self.vocabulary);
        understood.people = people.into_iter().flatten().map(|known| known.id.clone()).collect();
        let without = asked.words.excluded.iter().chain(&asked.avoided.terms);
        understood.without = without.map(|term| term.text.clone()).collect();
        understood.faults.extend(asked.avoided.faults);
        understood.place = asked.place;
        let ids: Vec<ServiceId> =
            answer.hits.iter().map(|hit| super::document::service_id(hit.id)).collect();
        let records = self.store.services_by_ids(&ids)?;
        let showing = Showing { search: self, question, understood: &understood, now };
        let first = (question.page - 1) * question.per_page + 1;
        let results = showing.results(&answer.hits, records, first);
        Ok(Findings {
            question: question.clone(),
            total: answer.total,
            leading: answer.leading,
            unconfirmed: answer.unconfirmed,
            elsewhere: 0,
            nowhere: 0,
            results,
            facets: facets::groups(&answer.facets, question, self.vocabulary),
            ways_on: None,
            asked_at: now,
            understood,
        })
    }

    fn terms(
        &self,
        words: &Understanding,
        people: &[Vec<&crate::vocabulary::Circumstance>],
        exactly: bool,
    ) -> Vec<Term> {
        let shown = |(term, people): (&crate::vocabulary::Term, &Vec<_>)| {
            let (text, either) = (term.text.clone(), !term.or.is_empty());
            if exactly || !people.is_empty() {
                return Term { text, either, needs: Vec::new(), facts: Vec::new() };
            }
            let needs = term.needs.iter().map(|found| self.need(&found.need)).collect();
            let facts = term.facts.iter().map(|fact| fact.label.clone()).collect();
            Term { text, either, needs, facts }
        };
        words.terms.iter().zip(people).map(shown).collect()
    }
}

fn withheld(question: &Question, understood: Understood, now: Timestamp) -> Findings {
    Findings {
        question: question.clone(),
        understood,
        total: 0,
        leading: 0,
        unconfirmed: 0,
        elsewhere: 0,
        nowhere: 0,
        results: Vec::new(),
        facets: Vec::new(),
        ways_on: None,
        asked_at: now,
    }
}
