//! The site map: a line for each resource, and the layers around all of them.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::time;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
};

use super::{
    assets,
    error::{self, PageError},
    headers,
    pages::{
        about, api, for_machines, home, map, needs, organisation, partnership, place, print, prose,
        results, service, suggest,
    },
    trace,
    work::Web,
};

/// The longest that anybody waits for a page.
const LONGEST: Duration = Duration::from_secs(15);
/// The largest body that is read.
const LARGEST: usize = 256 * 1024;

/// Every route, with what holds for all of them.
pub fn site(web: Web) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(results::show))
        .route("/search/map", get(map::show))
        .route("/search/print", get(print::show))
        .route("/suggest", get(suggest::show))
        .route("/services/{id}", get(service::show))
        .route("/services/{id}/{slug}", get(service::show))
        .route("/organisations/{id}", get(organisation::show))
        .route("/organisations/{id}/{slug}", get(organisation::show))
        .route("/partnerships/{id}", get(partnership::show))
        .route("/partnerships/{id}/{slug}", get(partnership::show))
        .route("/places/{id}", get(place::show))
        .route("/places/{id}/{slug}", get(place::show))
        .route("/near/{outcode}", get(place::near))
        .route("/needs", get(needs::show))
        .route("/needs/{id}", get(needs::show_one))
        .route("/about", get(about::show))
        .route("/privacy", get(prose::privacy))
        .route("/accessibility", get(prose::accessibility))
        .route("/help", get(prose::help))
        .route("/api", get(api::show))
        .route("/assets/{name}", get(assets::serve))
        .route("/favicon.ico", get(assets::favicon))
        .route("/manifest.webmanifest", get(for_machines::manifest))
        .route("/robots.txt", get(for_machines::robots))
        .route("/sitemap.xml", get(for_machines::sitemap))
        .route("/sitemap/{number}", get(for_machines::sitemap_part))
        .route("/.well-known/security.txt", get(for_machines::security))
        .fallback(async || PageError::NotFound)
        .method_not_allowed_fallback(async || PageError::WrongMethod)
        .with_state(web.clone())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(in_time))
        .layer(RequestBodyLimitLayer::new(LARGEST))
        .layer(middleware::from_fn_with_state(web, error::present))
        .layer(middleware::map_response(headers::add))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(trace::log))
}

async fn in_time(request: Request, next: Next) -> Response {
    let answer = time::timeout(LONGEST, next.run(request)).await;
    answer.unwrap_or_else(|_| PageError::TooSlow.into_response())
}

fn panicked(_said: Box<dyn Any + Send + 'static>) -> Response {
    PageError::Panicked.into_response()
}
