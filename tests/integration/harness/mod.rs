//! A small invented town, and a way to look at its pages without a network.

mod element;
pub mod identity_provider;
mod page;
pub mod people;
pub mod post_office;
mod records;

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    body::Body,
    http::{Request, Response},
};
use hereabouts::{
    app::{App, Clock, Parts},
    config::Config,
    domain::{Capacity, Location, Organisation, Route, Service},
    geo::Gazetteer,
    search::{Keeper, Search, Settings},
    store::{Actor, Store},
    vocabulary::Vocabulary,
    web,
};
use jiff::Timestamp;
use tower::ServiceExt;

pub use page::Page;
pub use records::{CONFIDENTIAL, Listing, town};

/// The moment that every test takes place at: a Sunday at noon.
pub const NOW: &str = "2026-11-22T12:00:00Z";

/// The moment as a timestamp.
pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// A directory that serves its pages in memory.
pub struct Site {
    router: Router,
}

impl Site {
    /// The directory of the invented town, which every test shares.
    pub fn of_the_town() -> &'static Self {
        static TOWN: LazyLock<Site> = LazyLock::new(|| Site::of(&town(), Config::default()));
        &TOWN
    }

    /// A directory of these listings.
    pub fn of(listings: &[Listing], config: Config) -> Self {
        Self::over(app(listings, config))
    }

    /// A directory over what an app holds.
    pub fn over(app: App) -> Self {
        Self { router: web::router(app) }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Page {
        Page::read(path, self.answer(Request::get(path)).await).await
    }

    /// Sends a request with whatever it has.
    pub async fn answer(&self, request: axum::http::request::Builder) -> Response<Body> {
        self.answer_to(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a request.
    pub async fn answer_to(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }
}

/// Everything that serving needs, over a store in memory.
pub fn app(listings: &[Listing], config: Config) -> App {
    app_over(stored(listings), Gazetteer::shipped(), config)
}

/// The same over a store that is there already.
pub fn app_over(store: Store, gazetteer: Gazetteer, config: Config) -> App {
    let gazetteer = Arc::new(gazetteer);
    let vocabulary = Vocabulary::shipped();
    let keeper = Keeper::in_memory(&store, gazetteer.clone(), vocabulary).unwrap();
    let search = Search::new(
        store.clone(),
        gazetteer.clone(),
        vocabulary,
        Settings::default(),
        Arc::new(keeper),
    );
    App::new(Parts {
        config,
        store,
        gazetteer,
        search,
        clock: Clock::Fixed(now()),
        demonstration: true,
        outbox: std::env::temp_dir().join("hereabouts-no-outbox"),
    })
    .unwrap()
}

fn stored(listings: &[Listing]) -> Store {
    let store = Store::in_memory().unwrap();
    let records: Vec<(Organisation, Option<Location>, Service, Option<Capacity>)> =
        listings.iter().map(Listing::records).collect();
    let actor = Actor::new("test", Route::Steward);
    store
        .change(&actor, now(), move |changes| {
            for (organisation, location, service, capacity) in &records {
                changes.save_organisation(organisation)?;
                if let Some(location) = location {
                    changes.save_location(location)?;
                }
                changes.save_service(service)?;
                if let Some(capacity) = capacity {
                    changes.save_capacity(capacity)?;
                }
            }
            Ok(())
        })
        .unwrap();
    store
}
