//! What the log says of a request: method, route, status and time. Never the address itself,
//! which carries what people search for.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// Logs a request once it is answered.
pub async fn log(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let began = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(none)", MatchedPath::as_str);
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0;
    tracing::info!(%method, route, status = response.status().as_u16(), milliseconds, "answered");
    response
}
