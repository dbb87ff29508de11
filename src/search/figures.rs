//! How much the directory holds, how fresh it is, and how much of it takes people.

use jiff::Timestamp;

use crate::domain::NeedId;

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
            confirmed: self.count(&Question { confirmed: true, ..question.clone() }, now)?,
            open: open.map_or(0, |value| value.count),
            by_need: needs.iter().map(|need| (NeedId(need.value.clone()), need.count)).collect(),
        })
    }
}
