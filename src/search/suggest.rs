//! What somebody may be about to type.

use hereabouts_index::Suggested;

use crate::{
    domain::{OrganisationId, ServiceId},
    store::Reading,
};

use super::{
    ask::{Search, SearchError},
    document::service_id,
};

/// Something that the text typed so far may lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    pub kind: SuggestionKind,
    pub label: String,
    /// What tells it from others of the same name.
    pub detail: String,
}

/// What is suggested, with what leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    Need(String),
    Service(ServiceId),
    Organisation(OrganisationId),
    /// A place, as it can be looked for.
    Place(String),
}

/// The fewest letters that anything is suggested for.
const FEWEST: usize = 2;

impl Search {
    /// At most `limit` suggestions: needs first, then services, organisations and places.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let typed: String = typed.trim().chars().take(60).collect();
        if typed.chars().count() < FEWEST {
            return Ok(Vec::new());
        }
        let share = limit.div_ceil(2);
        let mut suggestions = self.needs_like(&typed, share);
        let names = self.names_like(&typed, share)?;
        let places = self.places_like(&typed, share.div_ceil(2));
        let left = limit.saturating_sub(suggestions.len() + places.len().min(share.div_ceil(2)));
        suggestions.extend(names.into_iter().take(left));
        suggestions.extend(places);
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    fn needs_like(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let found = self.vocabulary.suggest_with(&self.added.get(), typed, limit).into_iter();
        found
            .map(|found| Suggestion {
                detail: if found.label == found.matched { String::new() } else { found.matched },
                kind: SuggestionKind::Need(found.need.0),
                label: found.label,
            })
            .collect()
    }

    fn names_like(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, SearchError> {
        let mut suggestions = Vec::new();
        for found in self.keeper.names(typed, limit)? {
            let kind = match found.kind {
                Suggested::Service(id) => Some(SuggestionKind::Service(service_id(id))),
                // The index knows organisations by name only; the store knows which one it is.
                Suggested::Organisation => self
                    .store
                    .find_organisations_by_name(&found.name)?
                    .iter()
                    .find(|known| known.joined.is_none())
                    .map(|known| SuggestionKind::Organisation(known.id)),
            };
            suggestions.extend(kind.map(|kind| Suggestion {
                kind,
                label: found.name,
                detail: String::new(),
            }));
        }
        Ok(suggestions)
    }

    fn places_like(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let found = self.gazetteer.suggest(typed, self.home(), limit).into_iter();
        found
            .map(|place| Suggestion {
                kind: SuggestionKind::Place(place.label.clone()),
                label: place.label,
                detail: String::new(),
            })
            .collect()
    }
}
