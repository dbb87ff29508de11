//! The demonstration: an invented directory over the real places of Wigan Borough.
//!
//! It is kept as readable files under `data/demo`, with dates as days before it is loaded, so that
//! there are always fresh and stale listings, whenever somebody tries it.

mod check;
mod convert;
mod rows;

use std::collections::BTreeMap;

use jiff::Timestamp;
use rust_embed::Embed;
use serde_json::Value;

use crate::{
    domain::{
        Capacity, Claim, Experience, LinkCheck, Location, Organisation, Partnership, Person,
        Proposal, Referral, Report, Route, Service, ServiceId, Synonym, month_in_england,
    },
    geo::Gazetteer,
    store::{Actor, Changes, MonthOfUse, Reading, Store, StoreError, Subject},
    vocabulary::Vocabulary,
};

pub use check::Fault;
use convert::Converter;

/// What the listings' source is called, and their ids are derived from.
pub const SOURCE: &str = "demonstration";
/// The setting of a store that holds the demonstration.
pub const SETTING: &str = "demonstration";

/// The shipped files.
#[derive(Embed)]
#[folder = "data/demo/"]
#[include = "*.toml"]
struct Files;

/// What was loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    pub organisations: usize,
    pub services: usize,
    pub locations: usize,
    pub partnerships: usize,
    pub statements: usize,
    pub people: usize,
}

/// What keeps the demonstration from being loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    #[error("the demonstration data has {} faults, the first of which is: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Faults(Vec<Fault>),
    #[error("the demonstration could not be stored: {0}")]
    Store(#[from] StoreError),
}

/// The gazetteer with the demonstration's invented neighbourhoods.
#[must_use]
pub fn over(gazetteer: &Gazetteer) -> Gazetteer {
    gazetteer.with_custom(Gazetteer::demonstration_areas())
}

/// Puts the demonstration into the store, with dates counted back from `now`. The gazetteer is
/// one with the invented neighbourhoods.
pub fn load(
    store: &Store,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<Loaded, DemonstrationError> {
    let file = read().map_err(DemonstrationError::Faults)?;
    let faults = check::faults(&file, Vocabulary::shipped(), gazetteer);
    if !faults.is_empty() {
        return Err(DemonstrationError::Faults(faults));
    }
    let actor = Actor::new(SOURCE, Route::Demonstration);
    let records = Records::of(&file, &Converter { gazetteer, now });
    let loaded = records.counted();
    store.change(&actor, now, move |changes| records.save(changes, now))?;
    Ok(loaded)
}

/// Every record of the demonstration, so that each stands behind those that it speaks of.
struct Records {
    organisations: Vec<Organisation>,
    locations: Vec<Location>,
    services: Vec<Service>,
    statements: Vec<Capacity>,
    partnerships: Vec<Partnership>,
    people: Vec<Person>,
    reports: Vec<Report>,
    referrals: Vec<Referral>,
    experiences: Vec<Experience>,
    proposals: Vec<Proposal>,
    claims: Vec<Claim>,
    uses: Vec<(ServiceId, MonthOfUse)>,
    /// What a feed says otherwise: of which listing, the feed, and its fields.
    otherwise: Vec<(ServiceId, String, BTreeMap<String, Value>)>,
    failing: Vec<LinkCheck>,
    sought: Vec<rows::SoughtRow>,
    synonyms: Vec<Synonym>,
}

impl Records {
    fn of(file: &rows::File, converter: &Converter<'_>) -> Self {
        let organisations = check::parents_first(&file.organisation).into_iter();
        let services = file.service.iter();
        let services: Vec<Service> =
            services.map(|row| converter.service(row, &file.partnership)).collect();
        let changes = file.change.iter();
        let claims = file.claim.iter();
        let failing = file.failing.iter();
        let otherwise = |row: &rows::OtherwiseRow| {
            let stated = [(row.field.clone(), Value::String(row.stated.clone()))];
            let id = ServiceId::derive(SOURCE, &row.service);
            (id, row.source.clone(), BTreeMap::from(stated))
        };
        Self {
            otherwise: file.otherwise.iter().map(otherwise).collect(),
            sought: file.sought.clone(),
            synonyms: file.synonym.iter().map(|row| converter.synonym(row)).collect(),
            failing: failing.filter_map(|row| converter.failing(row, &services)).collect(),
            uses: file.uses.iter().flat_map(|row| converter.uses(row)).collect(),
            claims: claims.filter_map(|row| converter.claim(row, &services)).collect(),
            proposals: changes.filter_map(|row| converter.proposal(row, &services)).collect(),
            organisations: organisations.map(|row| converter.organisation(row)).collect(),
            locations: file.location.iter().map(|row| converter.location(row)).collect(),
            services,
            statements: file.service.iter().flat_map(|row| converter.capacity(row)).collect(),
            partnerships: file.partnership.iter().map(|row| converter.partnership(row)).collect(),
            people: file.person.iter().map(|row| converter.person(row)).collect(),
            reports: file.report.iter().map(|row| converter.report(row)).collect(),
            experiences: file.experience.iter().map(|row| converter.experience(row)).collect(),
            referrals: file.referral.iter().map(|row| converter.referral(row)).collect(),
        }
    }

    fn counted(&self) -> Loaded {
        Loaded {
            organisations: self.organisations.len(),
            services: self.services.len(),
            locations: self.locations.len(),
            partnerships: self.partnerships.len(),
            statements: self.statements.len(),
            people: self.people.len(),
        }
    }

    /// What people sent, counted and found beside the listings.
    fn save_what_waits(&self, changes: &mut Changes<'_>, now: Timestamp) -> Result<(), StoreError> {
        for record in &self.reports {
            changes.save_report(record)?;
        }
        for record in &self.referrals {
            changes.save_referral(record)?;
            let month = month_in_england(record.asked());
            let once = MonthOfUse { month, referred: 1, ..MonthOfUse::default() };
            changes.add_use(record.service, &once)?;
        }
        for record in &self.experiences {
            changes.save_experience(record)?;
        }
        for record in &self.proposals {
            changes.save_proposal(record)?;
        }
        for record in &self.claims {
            changes.save_claim(record)?;
        }
        for (service, of) in &self.uses {
            changes.add_use(*service, of)?;
        }
        for (service, source, stated) in &self.otherwise {
            changes.note_conflicts(*service, source, stated)?;
            changes.save_key(source, &service.to_string(), &Subject::Service(*service))?;
        }
        for check in &self.failing {
            changes.note_link(check)?;
        }
        for row in &self.sought {
            changes.add_sought(&row.words, row.times, &month_in_england(now))?;
            changes.set_sought_aside(&row.words, row.set_aside)?;
        }
        for synonym in &self.synonyms {
            changes.save_synonym(synonym)?;
        }
        Ok(())
    }

    fn save(self, changes: &mut Changes<'_>, now: Timestamp) -> Result<(), StoreError> {
        for record in &self.organisations {
            changes.save_organisation(record)?;
        }
        for record in &self.locations {
            changes.save_location(record)?;
        }
        for record in &self.services {
            changes.save_service(record)?;
        }
        for record in &self.partnerships {
            changes.save_partnership(record)?;
        }
        for record in &self.statements {
            changes.save_capacity(record)?;
        }
        for record in &self.people {
            changes.save_person(record)?;
        }
        self.save_what_waits(changes, now)?;
        changes.save_setting(SETTING, &now.to_string())?;
        Ok(())
    }
}

/// Whether the store holds the demonstration.
pub fn is_loaded(store: &Store) -> Result<bool, StoreError> {
    Ok(store.setting(SETTING)?.is_some())
}

/// All files as one, in the order of their names.
fn read() -> Result<rows::File, Vec<Fault>> {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut all = rows::File::default();
    let mut faults = Vec::new();
    for name in names {
        let Some(file) = Files::get(&name) else { continue };
        match toml::from_str::<rows::File>(&String::from_utf8_lossy(&file.data)) {
            Ok(file) => {
                all.organisation.extend(file.organisation);
                all.location.extend(file.location);
                all.service.extend(file.service);
                all.partnership.extend(file.partnership);
                all.person.extend(file.person);
                all.report.extend(file.report);
                all.referral.extend(file.referral);
                all.experience.extend(file.experience);
                all.change.extend(file.change);
                all.claim.extend(file.claim);
                all.uses.extend(file.uses);
                all.otherwise.extend(file.otherwise);
                all.failing.extend(file.failing);
                all.sought.extend(file.sought);
                all.synonym.extend(file.synonym);
            }
            Err(error) => faults.push(Fault::new(&name, "file", error.to_string())),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_demonstration_has_no_fault() {
        let file = read().unwrap_or_else(|faults| panic!("{faults:#?}"));
        let faults = check::faults(&file, Vocabulary::shipped(), &over(&Gazetteer::shipped()));
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn it_is_as_large_and_as_varied_as_it_has_to_be() {
        let file = read().unwrap();
        assert!(file.organisation.len() >= 80, "{} organisations", file.organisation.len());
        assert!(file.service.len() >= 200, "{} services", file.service.len());
        let sectors: std::collections::BTreeSet<_> =
            file.organisation.iter().filter_map(|row| row.sector).collect();
        assert!(sectors.len() >= 5, "{sectors:?}");
        assert!(file.location.iter().any(|row| row.confidential));
        assert!(file.service.iter().any(|row| row.confirmed_days_ago.is_none()));
        assert!(file.service.iter().any(|row| row.venues.len() >= 4));
    }

    #[test]
    fn it_covers_every_group_of_needs() {
        let file = read().unwrap();
        let vocabulary = Vocabulary::shipped();
        for group in vocabulary.groups() {
            let needs: Vec<_> = vocabulary.needs_in(&group.id).map(|need| &need.id).collect();
            let covered =
                file.service.iter().any(|row| row.needs.iter().any(|need| needs.contains(&need)));
            assert!(covered, "no service answers a need of {}", group.id);
        }
    }
}
