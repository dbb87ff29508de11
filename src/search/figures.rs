//! How much the directory holds, how fresh it is, and how much of it takes people.

use jiff::Timestamp;

use crate::domain::{NeedId, months_before};

use super::{
    ask::{Search, SearchError},
    question::Question,
};

/// Counts of distinct services at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub services: usize,
    /// Confirmed within six months.
    pub confirmed: usize,
    /// With a statement that counts and says open.
    pub open: usize,
    /// How many answer each need, the most first.
    pub by_need: Vec<(NeedId, usize)>,
}

/// The months within which a confirmation counts in the figures.
const MONTHS: i32 = 6;

impl Search {
    /// The figures of everything that is listed.
    pub fn figures(&self, now: Timestamp) -> Result<Figures, SearchError> {
        self.figures_of(&Question { page: 1, per_page: 1, ..Question::default() }, now)
    }

    /// The figures of what answers a question.
    pub fn figures_of(&self, question: &Question, now: Timestamp) -> Result<Figures, SearchError> {
        let findings = self.answered(question, Vec::new(), now)?;
        let group = |key: &str| findings.facets.iter().find(|group| group.key == key);
        let open =
            group("open").and_then(|group| group.values.iter().find(|value| value.value == "1"));
        let needs = group("need").map(|group| group.values.as_slice()).unwrap_or_default();
        Ok(Figures {
            services: findings.total,
            confirmed: self.confirmed_since(question, now)?,
            open: open.map_or(0, |value| value.count),
            by_need: needs.iter().map(|need| (NeedId(need.value.clone()), need.count)).collect(),
        })
    }

    fn confirmed_since(&self, question: &Question, now: Timestamp) -> Result<usize, SearchError> {
        let (place, Some(target)) = self.place(question, &mut Vec::new()) else {
            return Ok(0);
        };
        let asked = self.read(question, place, target);
        let mut query = self.query(question, &asked, now);
        query.confirmed_since = months_before(now, MONTHS).as_second();
        query.page.limit = 0;
        query.facets.clear();
        let answer = self.keeper.search(&query)?;
        Ok(answer.total - answer.unconfirmed)
    }
}
