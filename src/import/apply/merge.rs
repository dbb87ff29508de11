//! What a feed says, joined with what is stored: field by field, by who said it and when.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::noun::Noun;
use crate::domain::{FieldSource, Provenance, Route, TrustOrder, Upkeep};

/// What no feed says of a record that is there already.
const NO_FEEDS: [&str; 6] = ["id", "upkeep", "provenance", "apart_from", "stands_for", "joined"];

/// What storing a record would come to.
#[derive(Clone, Debug)]
pub(super) struct Merged<N> {
    pub record: N,
    pub is_new: bool,
    pub is_changed: bool,
    /// Fields in which the provider's newer value stays, with what the feed says.
    pub conflicts: BTreeMap<String, Value>,
}

/// The record to store where `stored` is there already.
///
/// The source that a record came from replaces what it said before. Another source adds what is
/// missing, and replaces what one says that is believed after it. What an owner or steward said
/// stays, unless the feed's record was edited after it.
pub(super) fn merge<N: Noun>(
    stored: Option<N>,
    mut stated: N,
    (source, trust): (&str, &TrustOrder),
    now: Timestamp,
) -> Merged<N> {
    let Some(mut stored) = stored else {
        stated.upkeep().imported = Some(now);
        let created = stated.upkeep().created.unwrap_or(now);
        stated.upkeep().created = Some(created);
        return Merged {
            record: stated,
            is_new: true,
            is_changed: true,
            conflicts: BTreeMap::new(),
        };
    };
    let before = stored.clone();
    let edited = stated.upkeep().edited;
    let mut judge = Judge {
        source,
        trust,
        said: stated.provenance().record.clone(),
        edited,
        provenance: stored.provenance().clone(),
        conflicts: BTreeMap::new(),
    };
    let fields = judge.fields(object(&stored), object(&stated), &object(&stated.blank()));
    let upkeep = upkeep(stored.upkeep(), stated.upkeep(), judge.owns_record());
    let provenance = judge.joined(stated.provenance());
    let mut record =
        fields.and_then(|fields| serde_json::from_value::<N>(fields).ok()).unwrap_or(stored);
    *record.upkeep() = upkeep;
    *record.provenance() = provenance;
    let is_changed = record != before;
    if is_changed {
        record.upkeep().imported = Some(now);
        let own = record.provenance().record.as_mut().filter(|own| own.source == source);
        if let Some(own) = own {
            own.at = now;
        }
    }
    Merged { record, is_new: false, is_changed, conflicts: judge.conflicts }
}

fn object(record: &impl serde::Serialize) -> Map<String, Value> {
    match serde_json::to_value(record) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

struct Judge<'a> {
    source: &'a str,
    trust: &'a TrustOrder,
    /// The feed's own claim to the record.
    said: Option<FieldSource>,
    edited: Option<Timestamp>,
    provenance: Provenance,
    conflicts: BTreeMap<String, Value>,
}

impl Judge<'_> {
    fn owns_record(&self) -> bool {
        self.provenance.record.as_ref().is_none_or(|record| record.source == self.source)
    }

    fn fields(
        &mut self,
        stored: Map<String, Value>,
        stated: Map<String, Value>,
        blank: &Map<String, Value>,
    ) -> Option<Value> {
        let mut joined = stored;
        for (field, value) in stated {
            if NO_FEEDS.contains(&field.as_str()) {
                continue;
            }
            let now = joined.get(&field).cloned().unwrap_or_default();
            let is_empty = |value: &Value| {
                blank.get(&field).is_some_and(|blank| blank == value) || value.is_null()
            };
            if now == value {
                if !is_empty(&value) {
                    self.vouch(&field);
                }
                continue;
            }
            if self.takes((&field, &value), is_empty(&now), is_empty(&value)) {
                joined.insert(field, value);
            }
        }
        (!joined.is_empty()).then_some(Value::Object(joined))
    }

    /// Whose a field is: under its path, where it is not the record's.
    fn whose(&self, field: &str) -> Option<(Option<String>, FieldSource)> {
        let is_of = |path: &str| path.split('.').next() == Some(field);
        let own = self.provenance.fields.iter().find(|(path, _)| is_of(path));
        let own = own.map(|(path, said)| (Some(path.clone()), said.clone()));
        own.or_else(|| self.provenance.record.clone().map(|said| (None, said)))
    }

    /// Takes over a field in which the feed says the same as one that is believed after it, so that
    /// it stays as both have it whatever the other says next.
    fn vouch(&mut self, field: &str) {
        let Some((_, whose)) = self.whose(field) else { return };
        let is_kept = matches!(whose.route, Route::Owner | Route::Steward);
        if !is_kept && self.trust.prefers(self.source, &whose.source) {
            self.note(field);
        }
    }

    /// Whether the feed's value replaces the stored one, of which it differs.
    fn takes(
        &mut self,
        (field, stated): (&str, &Value),
        stored_is_empty: bool,
        stated_is_empty: bool,
    ) -> bool {
        let whose = self.whose(field);
        let own = whose.as_ref().and_then(|(path, _)| path.clone());
        match whose {
            Some((_, whose)) if matches!(whose.route, Route::Owner | Route::Steward) => {
                // Who emptied a field said something; who never spoke of it did not.
                let is_said = own.is_some() || !stored_is_empty;
                !stated_is_empty && self.takes_from_keeper((field, stated), &whose, is_said)
            }
            Some((_, whose)) if whose.source != self.source => {
                !stated_is_empty && self.takes_from_feed(field, &whose, own, stored_is_empty)
            }
            _ => {
                if stated_is_empty {
                    self.forget(own);
                }
                true
            }
        }
    }

    /// Whether it replaces what somebody said who looks after the record. Which venues there are, and
    /// which of them are hidden, is for them: no feed shows again what they hid.
    fn takes_from_keeper(
        &mut self,
        (field, stated): (&str, &Value),
        whose: &FieldSource,
        is_said: bool,
    ) -> bool {
        let is_older = field != "venues" && self.edited.is_some_and(|edited| edited > whose.at);
        if is_said && !is_older {
            self.conflicts.insert(field.to_owned(), stated.clone());
            return false;
        }
        self.note(field);
        true
    }

    /// Whether it replaces what another feed said: where that said nothing, where the record is this
    /// feed's own, or where it is believed first.
    fn takes_from_feed(
        &mut self,
        field: &str,
        whose: &FieldSource,
        own: Option<String>,
        stored_is_empty: bool,
    ) -> bool {
        let is_before = self.trust.prefers(self.source, &whose.source);
        let is_behind = self.trust.prefers(&whose.source, self.source);
        let returns = own.is_some() && self.owns_record() && !is_behind;
        if returns {
            self.forget(own);
        } else if stored_is_empty || is_before {
            self.note(field);
        }
        returns || stored_is_empty || is_before
    }

    /// Remembers that a field is this feed's, where the record is not.
    fn note(&mut self, field: &str) {
        if let Some(said) = self.said.clone().filter(|_| !self.owns_record()) {
            self.provenance.fields.insert(field.to_owned(), said);
        } else {
            self.provenance.fields.remove(field);
        }
    }

    fn forget(&mut self, own: Option<String>) {
        if let Some(path) = own {
            self.provenance.fields.remove(&path);
        }
    }

    /// What is stored of the origin, with this feed's key and terms, and the record no longer missing.
    fn joined(&self, stated: &Provenance) -> Provenance {
        let mut joined = self.provenance.clone();
        for (source, key) in &stated.keys {
            joined.keys.entry(source.clone()).or_insert_with(|| key.clone());
        }
        match &mut joined.record {
            Some(record) if record.source == self.source => {
                record.licence = stated.record.as_ref().and_then(|said| said.licence.clone());
            }
            Some(_) => {}
            none => none.clone_from(&stated.record),
        }
        joined.missing_since = None;
        joined
    }
}

/// Dates: an import confirms only what its feed's assurer did, and never takes a later confirmation away.
fn upkeep(stored: &Upkeep, stated: &Upkeep, owns_record: bool) -> Upkeep {
    let later = match (&stored.confirmed, &stated.confirmed) {
        (Some(known), Some(said)) if said.at > known.at => Some(said.clone()),
        (None, said) => said.clone(),
        (known, _) => known.clone(),
    };
    Upkeep {
        created: stored.created.or(stated.created),
        edited: if owns_record { stored.edited.max(stated.edited) } else { stored.edited },
        imported: stored.imported,
        confirmed: later,
        next_check: stored.next_check,
    }
}

#[cfg(test)]
mod tests;
