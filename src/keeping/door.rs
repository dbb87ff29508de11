//! Stating whether a service takes people: from this moment, by whom, until when.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{
    config,
    domain::{
        Author, Capacity, CapacityId, CapacityStatus, Role, ServiceAtLocationId, ServiceId, Units,
        date_in_england, hour_in_england, tells_of_a_patient,
    },
    store::{Changes, Reading, ServiceRecord, Store, StoreError, Subject},
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
    #[must_use]
    pub fn faults(&self, kept: &Kept, by: &Caretaker, now: Timestamp) -> Vec<FormFault> {
        let mut faults = self.of_the_note(kept, by);
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
        let venues = &kept.record.service.venues;
        if self.venue.is_some_and(|id| venues.iter().all(|venue| venue.id != id)) {
            faults.push(FormFault::new("venue", "Choose one of the places listed"));
        }
        faults
    }

    /// A note is for everybody to read: never about one person, and never of where a place is
    /// that may not be known.
    fn of_the_note(&self, kept: &Kept, by: &Caretaker) -> Vec<FormFault> {
        let Some(note) = &self.note else { return Vec::new() };
        let mut faults = Vec::new();
        if note.chars().count() > LONGEST_NOTE {
            let long = format!("The note must have {LONGEST_NOTE} characters or fewer");
            faults.push(FormFault::new("note", long));
        }
        if let Some(what) = tells_of_a_patient(note) {
            let how = format!("Take out what looks like {what}: everybody can read this");
            faults.push(FormFault::new("note", how));
        }
        if by.role == Role::Provider && kept.record.needs_care() {
            let how = "Leave this empty: what is said of this listing, a steward looks at first";
            faults.push(FormFault::new("note", how));
        }
        faults
    }

    /// When it stops counting: after the last day of a pause, else after so many days.
    fn lapses_at(&self, now: Timestamp, days: i64) -> Timestamp {
        let pause = self.until.filter(|_| self.status == CapacityStatus::Paused);
        let ends = pause.and_then(|until| hour_in_england(until.tomorrow().ok()?, 0));
        ends.unwrap_or(now + SignedDuration::from_hours(24 * days))
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
    /// What was standing when they were made ready.
    seen: Vec<CapacityId>,
}

/// The statements that count: of each venue and group of people the newest one, and none of a
/// venue that is no longer there.
pub(super) fn standing(record: &ServiceRecord, now: Timestamp) -> impl Iterator<Item = &Capacity> {
    let venues = &record.service.venues;
    let is_there =
        |said: &&Capacity| said.venue.is_none_or(|id| venues.iter().any(|venue| venue.id == id));
    let mut told = Vec::new();
    let newest = move |said: &&Capacity| {
        let about = (said.venue, said.for_whom.clone());
        let is_first = !told.contains(&about);
        told.push(about);
        is_first
    };
    let all = record.capacity.iter();
    all.filter(move |said| said.counts_at(now)).filter(is_there).filter(newest)
}

fn seen(kept: &Kept) -> Vec<CapacityId> {
    kept.record.capacity.iter().map(|said| said.id).collect()
}

fn is_same_press(said: &Capacity, new: &Capacity) -> bool {
    let moments_ago = new.as_of.duration_since(said.as_of).as_secs() < SAME_PRESS;
    let ends_alike = new.status != CapacityStatus::Paused || said.lapses_at == new.lapses_at;
    moments_ago
        && ends_alike
        && (said.venue, said.status, said.wait_weeks) == (new.venue, new.status, new.wait_weeks)
        && (&said.for_whom, &said.note, &said.by) == (&new.for_whom, &new.note, &new.by)
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
        let faults = door.faults(kept, by, now);
        if !faults.is_empty() {
            return Err(KeepingError::Form(faults));
        }
        let of_its_own = standing(&kept.record, now).filter(|said| said.for_whom.is_none());
        let venues = of_its_own.filter_map(|said| said.venue).map(Some);
        let everywhere = venues.filter(|_| door.venue.is_none());
        let author = by.person.author(by.role);
        let statement = |venue| Capacity {
            id: id(kept.record.service.id, venue, door, now),
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
        let statements: Vec<Capacity> = everywhere.chain([door.venue]).map(statement).collect();
        // A second press of the same button says nothing new.
        let is_said =
            |new: &Capacity| standing(&kept.record, now).any(|said| is_same_press(said, new));
        let statements = if statements.iter().all(is_said) { Vec::new() } else { statements };
        Ok(Self { statements, seen: seen(kept) })
    }

    /// The statements that count, said again at `now`: a pause keeps its end, all else begins
    /// anew. How many places are left is not said again, since nobody looked.
    pub fn again(kept: &Kept, author: &Author, keeping: &config::Keeping, now: Timestamp) -> Self {
        let fresh = now + SignedDuration::from_hours(24 * keeping.capacity_days);
        let again = standing(&kept.record, now).enumerate().map(|(nth, said)| Capacity {
            id: CapacityId::derive("page", &format!("{}/again/{nth}/{now}", said.service)),
            as_of: now,
            by: author.clone(),
            source: "page".to_owned(),
            units: said.units.clone().map(|units| Units { available: None, ..units }),
            lapses_at: match said.status {
                CapacityStatus::Paused => said.lapses_at,
                _ => said.lapses_at.max(fresh),
            },
            ..said.clone()
        });
        Self { statements: again.collect(), seen: seen(kept) }
    }

    /// Saves them, unless somebody else said something since they were made ready.
    pub fn save(&self, changes: &mut Changes<'_>) -> Result<(), StoreError> {
        let Some(first) = self.statements.first() else { return Ok(()) };
        let subject = Subject::Service(first.service);
        let stored = changes.service_record(first.service)?;
        let stored = stored.ok_or(StoreError::NotFound(subject.clone()))?;
        if stored.capacity.iter().map(|said| said.id).ne(self.seen.iter().copied()) {
            return Err(StoreError::Conflict(subject));
        }
        self.statements.iter().try_for_each(|said| changes.save_capacity(said).map(|_| ()))
    }
}

/// An id that no other statement has, unless it says the same at the same moment.
fn id(
    service: ServiceId,
    venue: Option<ServiceAtLocationId>,
    door: &DoorStated,
    now: Timestamp,
) -> CapacityId {
    let venue = venue.map(|venue| venue.to_string()).unwrap_or_default();
    CapacityId::derive("page", &format!("{service}/{venue}/{now}/{door:?}"))
}
