//! Services that somebody puts together for a person, who is not in it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::id::ServiceId;

/// A list of services to hand over. Whoever holds its key reads it, changes it and deletes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortlist {
    /// What stands above it; empty where nobody gave it a title.
    #[serde(default)]
    pub title: String,
    /// In their order, each service once.
    pub chosen: Vec<Chosen>,
    /// What was taken out last, until something else is changed.
    #[serde(default)]
    pub taken_out: Option<TakenOut>,
    pub made: Timestamp,
}

/// A service on a shortlist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub service: ServiceId,
    /// Words to the person, and never about them.
    #[serde(default)]
    pub note: String,
}

/// A service that was taken out, with where it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOut {
    /// From 0.
    pub at: usize,
    pub chosen: Chosen,
}

/// What is done to a shortlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShortlistChange {
    Add(ServiceId),
    TakeOut(ServiceId),
    /// Puts back what was taken out last.
    PutBack,
    Up(ServiceId),
    Down(ServiceId),
    Note(ServiceId, String),
    Title(String),
}

/// There are as many services on the list as it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the shortlist is full")]
pub struct ShortlistFull;

impl Shortlist {
    /// The most services on one list.
    pub const MOST: usize = 10;
    /// How long one is kept after it was begun.
    pub const LASTS: SignedDuration = SignedDuration::from_hours(24 * 90);

    /// An empty list.
    #[must_use]
    pub fn begun(made: Timestamp) -> Self {
        Self { title: String::new(), chosen: Vec::new(), taken_out: None, made }
    }

    /// When it is gone.
    #[must_use]
    pub fn ends(&self) -> Timestamp {
        self.made + Self::LASTS
    }

    /// The services on it, in their order.
    pub fn services(&self) -> impl Iterator<Item = ServiceId> + '_ {
        self.chosen.iter().map(|chosen| chosen.service)
    }

    /// Whether a service is on it.
    #[must_use]
    pub fn has(&self, service: ServiceId) -> bool {
        self.place_of(service).is_some()
    }

    /// Does something to it. What speaks of a service that is not on it does nothing, so that a
    /// press that comes twice is no mistake.
    pub fn change(&mut self, change: ShortlistChange) -> Result<(), ShortlistFull> {
        let taken_out = self.taken_out.take();
        match change {
            ShortlistChange::Add(service) => self.add(service)?,
            ShortlistChange::TakeOut(service) => self.take_out(service, taken_out),
            ShortlistChange::PutBack => self.put_back(taken_out)?,
            ShortlistChange::Up(service) => self.swap(service, |at| at.checked_sub(1)),
            ShortlistChange::Down(service) => self.swap(service, |at| at.checked_add(1)),
            ShortlistChange::Note(service, note) => {
                let known = self.chosen.iter_mut().find(|chosen| chosen.service == service);
                if let Some(chosen) = known {
                    chosen.note = note;
                }
            }
            ShortlistChange::Title(title) => self.title = title,
        }
        Ok(())
    }

    fn place_of(&self, service: ServiceId) -> Option<usize> {
        self.chosen.iter().position(|chosen| chosen.service == service)
    }

    fn has_room(&self) -> Result<(), ShortlistFull> {
        if self.chosen.len() < Self::MOST { Ok(()) } else { Err(ShortlistFull) }
    }

    fn add(&mut self, service: ServiceId) -> Result<(), ShortlistFull> {
        if !self.has(service) {
            self.has_room()?;
            self.chosen.push(Chosen { service, note: String::new() });
        }
        Ok(())
    }

    fn take_out(&mut self, service: ServiceId, before: Option<TakenOut>) {
        self.taken_out = match self.place_of(service) {
            Some(at) => Some(TakenOut { at, chosen: self.chosen.remove(at) }),
            None => before,
        };
    }

    fn put_back(&mut self, taken_out: Option<TakenOut>) -> Result<(), ShortlistFull> {
        let Some(TakenOut { at, chosen }) = taken_out else { return Ok(()) };
        if !self.has(chosen.service) {
            self.has_room()?;
            self.chosen.insert(at.min(self.chosen.len()), chosen);
        }
        Ok(())
    }

    fn swap(&mut self, service: ServiceId, with: impl Fn(usize) -> Option<usize>) {
        let Some(at) = self.place_of(service) else { return };
        if let Some(other) = with(at).filter(|other| *other < self.chosen.len()) {
            self.chosen.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(n: u8) -> ServiceId {
        ServiceId::derive("test", &n.to_string())
    }

    fn list(changes: impl IntoIterator<Item = ShortlistChange>) -> Shortlist {
        let mut list = Shortlist::begun(Timestamp::UNIX_EPOCH);
        changes.into_iter().for_each(|change| list.change(change).unwrap());
        list
    }

    fn check(changes: impl IntoIterator<Item = ShortlistChange>, expect: &[u8]) {
        let expect: Vec<ServiceId> = expect.iter().map(|n| service(*n)).collect();
        assert_eq!(list(changes).services().collect::<Vec<_>>(), expect);
    }

    use ShortlistChange::{Add, Down, Note, PutBack, TakeOut, Up};

    #[test]
    fn a_service_stands_once_and_moves_by_one() {
        let three = || [Add(service(1)), Add(service(2)), Add(service(3)), Add(service(1))];
        check(three(), &[1, 2, 3]);
        check(three().into_iter().chain([Up(service(3))]), &[1, 3, 2]);
        check(three().into_iter().chain([Up(service(1)), Down(service(3))]), &[1, 2, 3]);
        check(three().into_iter().chain([Down(service(1))]), &[2, 1, 3]);
        check(three().into_iter().chain([Down(service(9)), TakeOut(service(9))]), &[1, 2, 3]);
    }

    #[test]
    fn what_was_taken_out_last_is_put_back_where_it_stood_with_its_note() {
        let taken = [
            Add(service(1)),
            Add(service(2)),
            Note(service(1), "Ask for Priya.".to_owned()),
            TakeOut(service(1)),
        ];
        check(taken.clone(), &[2]);
        check(taken.clone().into_iter().chain([TakeOut(service(1)), PutBack]), &[1, 2]);
        let back = list(taken.clone().into_iter().chain([PutBack, PutBack]));
        assert_eq!(back.chosen[0].note, "Ask for Priya.");
        // Anything else that is done forgets it.
        check(taken.into_iter().chain([Up(service(2)), PutBack]), &[2]);
    }

    #[test]
    fn a_list_has_ten_at_the_most() {
        let mut list = list((0..10).map(|n| Add(service(n))));
        assert_eq!(list.change(Add(service(10))), Err(ShortlistFull));
        assert_eq!(list.change(Add(service(9))), Ok(()));
        assert_eq!(list.chosen.len(), 10);
    }
}
