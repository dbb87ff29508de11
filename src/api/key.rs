//! Who calls: a program with a key.

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Request, State},
    http::header,
    middleware::Next,
    response::Response,
};
use jiff::SignedDuration;

use super::error::ApiError;
use crate::{
    app::App,
    keeping::{Network, Secret, identify_program},
};

/// Keys that are none, from one network, in ten minutes.
const WRONG: u32 = 30;
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// Lets a call through with the program that makes it.
pub async fn check(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let said = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = said.and_then(|said| Secret::parse(said.strip_prefix("Bearer ")?.trim()));
    let program = match key {
        Some(key) => app.run(move |app| identify_program(&app.store, &key)).await??,
        None => None,
    };
    let Some(program) = program else {
        let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let address = from.map_or(std::net::Ipv4Addr::UNSPECIFIED.into(), |info| info.0.ip());
        let network = Network::of(address);
        app.limits.count_from("wrong key", network, WRONG, SPAN, app.clock.now())?;
        return Err(ApiError::NoKey);
    };
    request.extensions_mut().insert(program);
    Ok(next.run(request).await)
}
