//! Stating whether a service takes people: from this moment, by whom, until when.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    config,
    domain::{
        Author, Capacity, CapacityId, CapacityStatus, ServiceAtLocationId, ServiceId,
        date_in_england, hour_in_england,
    },
    store::{Changes, ServiceRecord, Store, StoreError},
};

use super::{
    error::{FormFault, KeepingError},
    listing::{Caretaker, Kept},
};

/// The most that a note about the door may say, in characters.
pub const LONGEST_NOTE: usize = 300;
/// The longest wait that is taken for one, in weeks.
pub(super) const LONGEST_WAIT: u16 = 260;
/// A second press within so many seconds is the same statement.
const SAME_PRESS: i64 = 120;

/// What somebody says of a door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoorStated {
    pub status: CapacityStatus,
    /// The venue it is about; the whole service where none.
    pub venue: Option<ServiceAtLocationId>,
    /// With a waiting list.
    pub wait_weeks: Option<u16>,
    /// The last day of a pause.
    pub until: Option<Date>,
    pub note: Option<String>,
}

impl DoorStated {
    /// What is wrong with it at `now`; nothing where it can be taken.
    fn faults(&self, record: &ServiceRecord, now: Timestamp) -> Vec<FormFault> {
        let mut faults = Vec::new();
        let today = date_in_england(now);
        let furthest = today.saturating_add(jiff::Span::new().years(1));
        if self.wait_weeks.is_some_and(|weeks| weeks > LONGEST_WAIT) {
            let most = format!("Enter how many weeks people wait, up to {LONGEST_WAIT}");
            faults.push(FormFault::new("weeks", most));
        }
        match (self.status, self.until) {
            (CapacityStatus::Paused, Some(until)) if until < today => {
                faults.push(FormFault::new("until", "The last day of the pause must not be over"));
            }
            (CapacityStatus::Paused, Some(until)) if until > furthest => {
                let far = "The last day of the pause must be within a year; say so again then";
                faults.push(FormFault::new("until", far));
            }
            _ => {}
        }
        if self.note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
            let long = format!("The note must have {LONGEST_NOTE} characters or fewer");
            faults.push(FormFault::new("note", long));
        }
        let venues = &record.service.venues;
        if self.venue.is_some_and(|id| venues.iter().all(|venue| venue.id != id)) {
            faults.push(FormFault::new("venue", "Choose one of the places listed"));
        }
        faults
    }

    /// When it stops counting: after the last day of a pause, else after so many days.
    fn lapses_at(&self, now: Timestamp, days: i64) -> Timestamp {
        let pause = self.until.filter(|_| self.status == CapacityStatus::Paused);
        let ends = pause.and_then(|until| hour_in_england(until.tomorrow().ok()?, 0));
        ends.unwrap_or(now + SignedDuration::from_hours(24 * days))
    }

    fn is_said_by(&self, said: &Capacity) -> bool {
        said.status == self.status
            && said.venue == self.venue
            && said.note == self.note
            && said.wait_weeks == self.wait_weeks
    }
}

/// States a door. It counts in the next search.
pub fn state_door(
    store: &Store,
    kept: &Kept,
    by: &Caretaker,
    door: &DoorStated,
    keeping: &config::Keeping,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let said = Said::new(kept, by, door, keeping, now)?;
    store.change(&by.actor(), now, move |changes| said.save(changes))?;
    Ok(())
}

/// Statements that are ready to be saved.
pub(super) struct Said {
    statements: Vec<Capacity>,
}

impl Said {
    /// The statement, and the same for every venue that has one of its own which still counts:
    /// who says how it is everywhere means everywhere.
    pub fn new(
        kept: &Kept,
        by: &Caretaker,
        door: &DoorStated,
        keeping: &config::Keeping,
        now: Timestamp,
    ) -> Result<Self, KeepingError> {
        let faults = door.faults(&kept.record, now);
        if !faults.is_empty() {
            return Err(KeepingError::Form(faults));
        }
        let standing = &kept.record.capacity;
        let same = |said: &Capacity| {
            door.is_said_by(said) && now.duration_since(said.as_of).as_secs() < SAME_PRESS
        };
        if standing.iter().any(same) {
            return Ok(Self { statements: Vec::new() });
        }
        let own = standing.iter().filter(|said| said.counts_at(now) && said.for_whom.is_none());
        let venues = own.filter_map(|said| said.venue).map(Some);
        let everywhere = venues.filter(|_| door.venue.is_none());
        let author = by.person.author(by.role);
        let statement = |venue| Capacity {
            id: id(kept.record.service.id, venue, now),
            service: kept.record.service.id,
            venue,
            status: door.status,
            units: None,
            wait_weeks: door.wait_weeks.filter(|_| door.status == CapacityStatus::WaitingList),
            for_whom: None,
            note: door.note.clone(),
            as_of: now,
            by: author.clone(),
            source: "page".to_owned(),
            lapses_at: door.lapses_at(now, keeping.capacity_days),
        };
        Ok(Self { statements: everywhere.chain([door.venue]).map(statement).collect() })
    }

    /// The statements that count, said again at `now`: a pause keeps its end, all else begins anew.
    pub fn again(kept: &Kept, author: &Author, keeping: &config::Keeping, now: Timestamp) -> Self {
        let standing = kept.record.capacity.iter().filter(|said| said.counts_at(now));
        let fresh = now + SignedDuration::from_hours(24 * keeping.capacity_days);
        let again = standing.enumerate().map(|(nth, said)| Capacity {
            id: CapacityId::derive("page", &format!("{}/again/{nth}/{now}", said.service)),
            as_of: now,
            by: author.clone(),
            source: "page".to_owned(),
            lapses_at: match said.status {
                CapacityStatus::Paused => said.lapses_at,
                _ => said.lapses_at.max(fresh),
            },
            ..said.clone()
        });
        Self { statements: again.collect() }
    }

    pub fn save(&self, changes: &mut Changes<'_>) -> Result<(), StoreError> {
        self.statements.iter().try_for_each(|said| changes.save_capacity(said).map(|_| ()))
    }
}

fn id(service: ServiceId, venue: Option<ServiceAtLocationId>, now: Timestamp) -> CapacityId {
    let venue = venue.map(|venue| venue.to_string()).unwrap_or_default();
    CapacityId::derive("page", &format!("{service}/{venue}/{now}"))
}
