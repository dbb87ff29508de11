//! How long a page of results takes, from the request to the last byte, over a directory of 20,000
//! services. `cargo bench --bench pages -- 50000` sets another size. The listings are the demonstration's, written again with
//! other names, ids and venues spread over Wigan Borough.

mod copies;
mod figures;

use std::{sync::Arc, time::Instant};

use axum::{body::Body, http::Request};
use hereabouts::{
    app::{App, Clock, Parts},
    config::Config,
    demonstration,
    geo::Gazetteer,
    search::{Keeper, Search, Settings},
    store::Store,
    vocabulary::Vocabulary,
    web,
};
use http_body_util::BodyExt;
use jiff::Timestamp;
use tower::ServiceExt;

const QUESTIONS: [(&str, &str); 6] = [
    ("words and postcode", "/search?q=lonely%2C+likes+gardening&near=WN1+1YF"),
    ("need, filters", "/search?need=debt&near=WN7+1LX&cost=free&open=1"),
    ("words only", "/search?q=support+group"),
    ("person", "/search?q=company&near=WN5+8TB&age=70&who=carer"),
    ("map", "/search/map?q=walking&near=M29+8FA"),
    ("place page", "/places/E08000010"),
];

fn main() {
    let services = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(20_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("a runtime can be had");
    let app = directory(services);
    let router = web::router(app);
    web::prepare_assets();
    println!("{services} services; milliseconds from request to last byte");
    println!("{:20} {:>8} {:>8} {:>8} {:>9}", "page", "p50", "p95", "p99", "bytes");
    for (name, path) in QUESTIONS {
        let mut times = Vec::new();
        let mut bytes = 0;
        for _ in 0..220 {
            let began = Instant::now();
            bytes = runtime.block_on(async {
                let request = Request::get(path).body(Body::empty()).expect("a request");
                let response = router.clone().oneshot(request).await.expect("an answer");
                assert!(response.status().is_success(), "{path}: {}", response.status());
                response.into_body().collect().await.expect("a body").to_bytes().len()
            });
            times.push(began.elapsed().as_secs_f64() * 1e3);
        }
        times.drain(..20);
        times.sort_by(f64::total_cmp);
        let at = |share: f64| figures::at(&times, share);
        println!("{name:20} {:8.2} {:8.2} {:8.2} {bytes:9}", at(0.5), at(0.95), at(0.99));
    }
    println!("resident {:.0} MB", figures::resident() as f64 / 1e6);
}

fn directory(services: usize) -> App {
    let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("a moment");
    let gazetteer = Arc::new(demonstration::over(&Gazetteer::shipped()));
    let store = Store::in_memory().expect("a store");
    demonstration::load(&store, &gazetteer, now).expect("the demonstration loads");
    copies::write_again(&store, services, now);
    let vocabulary = Vocabulary::shipped();
    let keeper = Keeper::in_memory(&store, gazetteer.clone(), vocabulary).expect("an index");
    let search = Search::new(
        store.clone(),
        gazetteer.clone(),
        vocabulary,
        Settings::default(),
        Arc::new(keeper),
    );
    App::new(Parts {
        config: Config::default(),
        store,
        gazetteer,
        search,
        clock: Clock::Fixed(now),
        demonstration: true,
        outbox: std::env::temp_dir().join("hereabouts-pages-outbox"),
    })
    .expect("an app")
}
