//! Those who state capacity and edit listings, and the look at what became of it.

use std::{
    collections::HashMap,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use hereabouts::{
    domain::{Author, Capacity, CapacityId, CapacityStatus, Route, ServiceId},
    search::{Found, Keeper, Question},
    store::{Actor, Reading, ServiceRecord},
    vocabulary::Vocabulary,
};
use jiff::SignedDuration;

use crate::{Fault, timings::Writes, world::Soak};

/// A batch of listings is edited every so many statements.
const STATEMENTS_A_BATCH: usize = 50;
const BATCH: usize = 500;

impl Soak {
    /// States capacity at the pace asked for until told to stop, each time until a search shows it.
    pub fn write(&self, an_hour: f64, stop: &AtomicBool) -> Result<Writes, Fault> {
        let actor = Actor::new("soak", Route::Demonstration);
        let every = Duration::from_secs_f64(3_600.0 / an_hour.max(1.0));
        let mut writes = Writes::default();
        for number in 0.. {
            if stop.load(Ordering::Acquire) {
                break;
            }
            let next = Instant::now() + every;
            self.state_capacity(number, &actor, &mut writes)?;
            if number % STATEMENTS_A_BATCH == STATEMENTS_A_BATCH - 1 {
                self.edit_batch(number, &actor, &mut writes)?;
            }
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        Ok(writes)
    }

    fn state_capacity(
        &self,
        number: usize,
        actor: &Actor,
        writes: &mut Writes,
    ) -> Result<(), Fault> {
        let service = self.ids[number * 7_919 % self.ids.len()];
        let status = [CapacityStatus::Open, CapacityStatus::Full][number % 2];
        let id = CapacityId::derive("soak", &number.to_string());
        let as_of = self.now - SignedDuration::from_secs(3_600)
            + SignedDuration::from_millis(i64::try_from(number)?);
        let statement = Capacity {
            id,
            service,
            venue: None,
            status,
            units: None,
            wait_weeks: None,
            for_whom: None,
            note: None,
            as_of,
            by: Author::steward("soak"),
            source: "soak".to_owned(),
            lapses_at: self.now + SignedDuration::from_hours(24 * 30),
        };
        let began = Instant::now();
        self.store.change(actor, self.now, move |changes| changes.save_capacity(&statement))?;
        writes.durable.push(began.elapsed().as_secs_f64() * 1e3);
        self.search.follow()?;
        writes.visible.push(began.elapsed().as_secs_f64() * 1e3);
        writes.stated.push((service, id));
        self.shows(service, status)
    }

    /// Fails where a search by a service's name, among what takes people, says otherwise than the
    /// only statement about it. A service that closed for a while says so itself, and is let be.
    fn shows(&self, service: ServiceId, status: CapacityStatus) -> Result<(), Fault> {
        let records = self.store.services_by_ids(&[service])?;
        let Some(record) = records.first().filter(|record| record.capacity.len() == 1) else {
            return Ok(());
        };
        let name = record.service.name.clone();
        let is_found = |open: &str| -> Result<bool, Fault> {
            let pairs = [("q".to_owned(), name.clone()), ("open".to_owned(), open.to_owned())];
            let findings = self.search.ask(&Question::read(&pairs).0, Vec::new(), self.now)?;
            let states = |found: &Found| {
                found.record.service.id == service && found.door.status == Some(status)
            };
            Ok(findings.results.iter().any(states))
        };
        let takes_people = status == CapacityStatus::Open;
        if is_found("")? && is_found("1")? != takes_people {
            return Err(format!("{name} states {status:?}, and a search says otherwise").into());
        }
        Ok(())
    }

    /// Edits some listings as an import does.
    fn edit_batch(&self, number: usize, actor: &Actor, writes: &mut Writes) -> Result<(), Fault> {
        let from = number * 104_729 % self.ids.len();
        let ids: Vec<ServiceId> = (0..BATCH.min(self.ids.len()))
            .map(|at| self.ids[(from + at) % self.ids.len()])
            .collect();
        let began = Instant::now();
        let records = self.store.services_by_ids(&ids)?;
        self.store.change(actor, self.now, move |changes| {
            for mut record in records {
                record.service.summary = format!("Edited with statement {number}.");
                changes.save_service(&record.service)?;
            }
            Ok(())
        })?;
        self.search.follow()?;
        writes.batches.push(began.elapsed().as_secs_f64() * 1e3);
        Ok(())
    }

    /// Opens the index again, and looks for each statement that was acknowledged and is the last of
    /// its service.
    pub fn nothing_is_lost(self, state: &Path, writes: &Writes) -> Result<(), Fault> {
        let Self { store, search, keeper, gazetteer, .. } = self;
        drop((search, keeper));
        let vocabulary = Vocabulary::shipped();
        let index = state.join("index");
        let (again, standing) =
            Keeper::open(&index, &store, gazetteer, vocabulary, &mut |_, _| {})?;
        let last: HashMap<ServiceId, CapacityId> = writes.stated.iter().copied().collect();
        let mut lost = 0;
        for (service, id) in &last {
            let records = store.services_by_ids(&[*service])?;
            let holds = |record: &ServiceRecord| record.capacity.iter().any(|held| held.id == *id);
            lost += usize::from(!records.first().is_some_and(holds));
        }
        let behind = store.head()?.0 - again.state().followed.0;
        println!(
            "{} statements acknowledged, {lost} lost; the index was {standing:?}, {behind} changes behind",
            writes.stated.len()
        );
        if lost > 0 || behind > 0 { Err("something was lost".into()) } else { Ok(()) }
    }
}
