//! `hereabouts serve`: pages, calls, and an index that follows the store.

use std::{net::SocketAddr, process::ExitCode, thread, time::Duration};

use anyhow::{Context, Result};
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{
    api,
    app::App,
    keeping,
    links::{Checker, look_at_links},
    mail, referring,
    store::StoreError,
    web,
};

use super::{Common, output::say, state};

/// How often the outbox is looked into.
const POST_EVERY: Duration = Duration::from_secs(1);
/// Rounds of the outbox between two looks at what is due to be confirmed.
const ROUNDS_BETWEEN_REMINDERS: u64 = 600;
/// Rounds of the outbox between two times that what listings brought is saved.
const ROUNDS_BETWEEN_COUNTS: u64 = 60;
/// How many listings are looked at in a round of links, and the pause between two pages.
const LINKS_AT_ONCE: (usize, Duration) = (20, Duration::from_secs(3));
/// How long nothing is asked where nothing is due.
const LINKS_REST: Duration = Duration::from_mins(1);
/// How long nothing is asked where this machine reaches nobody.
const CUT_OFF: Duration = Duration::from_mins(15);
/// How long the index may lag behind the store.
const FOLLOW_EVERY: Duration = Duration::from_millis(50);

/// Serves until it is told to stop.
pub fn run(common: &Common, now: Timestamp) -> Result<ExitCode> {
    let config = state::config(common)?;
    let store = state::store(common, now)?;
    if config.directory.address.starts_with("https://") && !config.keeping.behind_proxy {
        say(
            "directory.address is https, so there is a proxy: set keeping.behind_proxy, or all visitors count as one",
        );
    }
    let app = state::app(common, config, store)?;
    serve(&app, |address| say(&format!("serving on http://{address}")))
}

/// Serves an app, and says where once it does.
pub fn serve(app: &App, ready: impl FnOnce(SocketAddr)) -> Result<ExitCode> {
    follow(app.clone())?;
    keep_true(app.clone())?;
    if app.config.links.check {
        check_links(app.clone())?;
    }
    web::prepare_assets();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listen = app.config.listen;
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("could not listen on {listen}; is something else there?"))?;
        ready(listener.local_addr()?);
        let router = web::router(app.clone()).merge(api::router(app.clone()));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
        save_counts(app, app.clock.now())?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Keeps the index in step with the store, for as long as the process lives.
fn follow(app: App) -> Result<()> {
    let thread = thread::Builder::new().name("follow".to_owned());
    thread.spawn(move || {
        loop {
            thread::sleep(FOLLOW_EVERY);
            if let Err(error) = app.search.follow() {
                tracing::error!(%error, "the index could not follow the store");
                thread::sleep(Duration::from_secs(5));
            }
        }
    })?;
    Ok(())
}

/// Sends what is posted, and asks about what is due, for as long as the process lives. What is
/// due is worked out from the store each time, so that a restart forgets and repeats nothing.
fn keep_true(app: App) -> Result<()> {
    let thread = thread::Builder::new().name("post".to_owned());
    thread.spawn(move || {
        for round in 0_u64.. {
            let now = app.clock.now();
            if round % ROUNDS_BETWEEN_REMINDERS == 0 {
                look_for_what_is_due(&app, now);
            }
            if round % ROUNDS_BETWEEN_COUNTS == 0
                && let Err(error) = save_counts(&app, now)
            {
                tracing::error!(%error, "what was counted could not be saved");
            }
            if let Err(error) = mail::deliver(&app.post, &app.store, now) {
                tracing::error!(%error, "the outbox could not be read");
                thread::sleep(Duration::from_secs(30));
            }
            thread::sleep(POST_EVERY);
        }
    })?;
    Ok(())
}

/// Adds to the store what was counted in memory.
fn save_counts(app: &App, now: Timestamp) -> Result<(), StoreError> {
    app.uses.save(&app.store, now)?;
    app.sought.save(&app.store, now)
}

/// Asks the pages that listings name whether they are there, a few at a time, for as long as the
/// process lives.
fn check_links(app: App) -> Result<()> {
    let thread = thread::Builder::new().name("links".to_owned());
    let checker = Checker::new(&app.config.directory.address);
    thread.spawn(move || {
        loop {
            let looked = look_at_links(&app.store, &checker, LINKS_AT_ONCE, app.clock.now());
            match looked {
                Ok(round) if round.listings > 0 => thread::sleep(LINKS_AT_ONCE.1),
                Ok(round) if round.is_cut_off => thread::sleep(CUT_OFF),
                Ok(_) => thread::sleep(LINKS_REST),
                Err(error) => {
                    tracing::error!(%error, "what pages answered could not be kept");
                    thread::sleep(LINKS_REST);
                }
            }
        }
    })?;
    Ok(())
}

/// Does what is due, each for itself: one that fails holds up no other.
fn look_for_what_is_due(app: &App, now: Timestamp) {
    let (store, directory, keeping) = (&app.store, &app.config.directory, &app.config.keeping);
    let told = |what: &str, done: Result<(), keeping::KeepingError>| {
        if let Err(error) = done {
            tracing::error!(%error, "{what}");
        }
    };
    if keeping::is_a_good_hour(now) || app.demonstration {
        let reminded = keeping::remind(store, &app.gazetteer, directory, keeping, now);
        told("nobody could be reminded", reminded.map(|_| ()));
    }
    let ticked = referring::tick(store, directory, now);
    told("the clock of referrals stands still", ticked.map(|_| ()));
    let news = referring::tell_news(store, &app.search, directory, now);
    told("nobody could be told of news", news.map(|_| ()));
    let shortlists = referring::forget_old_shortlists(store, now);
    told("old shortlists could not be deleted", shortlists.map_err(Into::into));
    let old = keeping::forget_old(store, now);
    told("what is over could not be forgotten", old.map_err(Into::into));
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    let Ok(mut terminated) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        let _ = interrupted.await;
        return;
    };
    tokio::select! {
        _ = interrupted => {}
        _ = terminated.recv() => {}
    }
}
