//! `hereabouts serve`: pages, calls, and an index that follows the store.

use std::{process::ExitCode, thread, time::Duration};

use anyhow::{Context, Result};
use jiff::Timestamp;
use tokio::net::TcpListener;

use crate::{api, app::App, web};

use super::{Common, output::say, state};

/// How long the index may lag behind the store.
const FOLLOW_EVERY: Duration = Duration::from_millis(50);

/// Serves until it is told to stop.
pub fn run(common: &Common, now: Timestamp) -> Result<ExitCode> {
    let config = state::config(common)?;
    let store = state::store(common, now)?;
    let app = state::app(common, config, store)?;
    serve(app, |address| say(&format!("serving on http://{address}")))
}

/// Serves an app, and says where once it does.
pub fn serve(app: App, ready: impl FnOnce(std::net::SocketAddr)) -> Result<ExitCode> {
    follow(app.clone())?;
    web::prepare_assets();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listen = app.config.listen;
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("could not listen on {listen}; is something else there?"))?;
        ready(listener.local_addr()?);
        let router = web::router(app.clone()).merge(api::router(app));
        axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await?;
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
