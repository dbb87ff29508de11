//! What a request asks to be handed over: a listing alone, or a shortlist; and the shortlist that
//! a browser holds the key of.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use jiff::Timestamp;

use super::{cookie, error::PageError, pages::service::moved, work::Web};
use crate::{
    app::App,
    domain::{Occurrence, Service, ServiceId, ServiceStatus, Shortlist},
    referring::ShortlistKey,
    search::{DoorShown, door_of, next_session},
    store::{Reading, ServiceRecord},
};

/// The key of a shortlist that a browser holds, where it holds one.
#[derive(Clone, Debug, Default)]
pub struct Holding(pub Option<ShortlistKey>);

/// A shortlist with its key.
#[derive(Clone, Debug)]
pub struct Held {
    pub key: ShortlistKey,
    pub list: Shortlist,
}

/// A service that is handed over, as it stands now.
pub struct HandedService {
    pub record: ServiceRecord,
    /// The id by which a list has it: another than its own where listings were joined since.
    pub chosen: ServiceId,
    /// Words to the person; empty where there are none.
    pub note: String,
    pub door: DoorShown,
    /// The next session, with its venue.
    pub next: Option<(Occurrence, Option<usize>)>,
}

/// What is handed over.
pub struct Handed {
    /// The shortlist that it is of; none where it is a listing alone.
    pub held: Option<Held>,
    pub services: Vec<HandedService>,
    /// Those on the list that are no longer listed.
    pub gone: Vec<ServiceId>,
}

impl Holding {
    /// The shortlist, where there still is one.
    pub fn find(&self, app: &App, now: Timestamp) -> Result<Option<Held>, PageError> {
        let Some(key) = &self.0 else { return Ok(None) };
        let found = app.store.find_shortlist(&key.hash(), now)?;
        Ok(found.map(|list| Held { key: key.clone(), list }))
    }
}

impl Handed {
    /// A shortlist with its services as they stand. One that another listing stands for is that.
    pub fn of_list(app: &App, held: Held, now: Timestamp) -> Result<Self, PageError> {
        let (mut services, mut gone) = (Vec::new(), Vec::new());
        for chosen in &held.list.chosen {
            let standing = app.store.standing_for(chosen.service)?;
            let is_there = |of: &HandedService| of.record.service.id == standing;
            let record = app.store.service_record(standing)?;
            match record.filter(|record| record.service.is_listed()) {
                // Two that were joined since stand once, as the first.
                Some(_) if services.iter().any(is_there) => {}
                Some(record) => services.push(HandedService {
                    chosen: chosen.service,
                    ..HandedService::of(record, &chosen.note, now)
                }),
                None => gone.push(chosen.service),
            }
        }
        Ok(Self { held: Some(held), services, gone })
    }

    fn of_listing(app: &App, id: ServiceId, now: Timestamp) -> Result<Self, PageError> {
        let record = app.store.service_record(id)?.ok_or(PageError::NotFound)?;
        if !record.service.is_listed() {
            return Err(moved(app, &record, "")?);
        }
        let services = vec![HandedService::of(record, "", now)];
        Ok(Self { held: None, services, gone: Vec::new() })
    }

    /// What stands above it. Neutral where a list has no title, or where a listing is shown with
    /// care.
    #[must_use]
    pub fn title(&self) -> String {
        match (&self.held, self.services.first()) {
            (Some(held), _) if !held.list.title.is_empty() => held.list.title.clone(),
            (None, Some(only)) if !only.record.needs_care() => only.record.service.name.clone(),
            (None, _) => "A service".to_owned(),
            (Some(_), _) => "A list of services".to_owned(),
        }
    }

    /// Whether any of them is shown with care.
    #[must_use]
    pub fn needs_care(&self) -> bool {
        self.services.iter().any(|service| service.record.needs_care())
    }
}

impl HandedService {
    /// A listing as it stands at `now`, with a note to the person.
    #[must_use]
    pub fn of(record: ServiceRecord, note: &str, now: Timestamp) -> Self {
        let is_closed = record.service.status == ServiceStatus::TemporarilyClosed;
        let next = next_session(&record.service, now).filter(|_| !is_closed);
        let (door, chosen) = (door_of(&record, None, now), record.service.id);
        Self { door, chosen, next, note: note.to_owned(), record }
    }

    /// Whether it is closed for the time being.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.record.service.status == ServiceStatus::TemporarilyClosed
    }

    /// The listing itself.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.record.service
    }
}

impl FromRequestParts<Web> for Holding {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        Ok(Self(cookie::shortlist(&parts.headers, web)))
    }
}

/// A shortlist is found by the `{key}` of its address, a listing by its `{id}`.
impl FromRequestParts<Web> for Handed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, PageError> {
        let params = RawPathParams::from_request_parts(parts, web).await;
        let params = params.map_err(|_| PageError::NotFound)?;
        let value = |name: &str| params.iter().find(|(known, _)| *known == name);
        let now = web.now();
        if let Some((_, key)) = value("key") {
            let key = ShortlistKey::parse(key).ok_or(PageError::ShortlistIsOver)?;
            let find = move |app: &App| {
                let held = Holding(Some(key)).find(app, now)?.ok_or(PageError::ShortlistIsOver)?;
                Self::of_list(app, held, now)
            };
            return web.work(find).await;
        }
        let id = value("id").and_then(|(_, id)| id.parse().ok()).ok_or(PageError::NotFound)?;
        web.work(move |app| Self::of_listing(app, id, now)).await
    }
}
