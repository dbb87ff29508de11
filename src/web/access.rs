//! Who may call a route: declared beside it, and checked before its handler runs.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

use super::{cookie, error::PageError, paths, work::Web};
use crate::{
    domain::Role,
    keeping::{Guest, Network, identify},
};

/// Who may call a route. What they may do there to which listing is for the listing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Anyone,
    /// Somebody who has come in, be it for one listing only.
    Guests,
    /// Somebody who has signed in.
    Members,
    /// Somebody who has signed in and is a steward of something.
    Stewards,
    /// Somebody who has signed in and is a link worker.
    LinkWorkers,
    /// Anyone, where the directory is the invented one.
    Demonstration,
}

/// Requests that change something, from one network, in [`SPAN`].
const WRITES: u32 = 240;
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// Lets a request through to its handler, with who has come in, or says why not.
pub async fn check(
    State((web, who)): State<(Web, Who)>,
    mut request: Request,
    next: Next,
) -> Response {
    let network = network(&web, &request);
    request.extensions_mut().insert(network);
    if let Err(refused) = admit(&web, who, network, &mut request).await {
        return refused.into_response();
    }
    next.run(request).await
}

async fn admit(
    web: &Web,
    who: Who,
    network: Network,
    request: &mut Request,
) -> Result<(), PageError> {
    if changes_something(request.method()) {
        if is_from_elsewhere(request.headers()) {
            return Err(PageError::Unreadable);
        }
        web.app.limits.count_from("write", network, WRITES, SPAN, web.now())?;
    }
    if who == Who::Demonstration && !web.app.demonstration {
        return Err(PageError::NotFound);
    }
    if matches!(who, Who::Anyone | Who::Demonstration) {
        return Ok(());
    }
    let guest = guest(web, request.headers()).await?;
    match guest.filter(|guest| who == Who::Guests || guest.only.is_none()) {
        Some(guest) if who == Who::Stewards && !guest.person.is(Role::Steward) => {
            Err(PageError::NotASteward)
        }
        Some(guest) if who == Who::LinkWorkers && !guest.person.is(Role::LinkWorker) => {
            Err(PageError::NotALinkWorker)
        }
        Some(guest) => {
            request.extensions_mut().insert(guest);
            Ok(())
        }
        None if changes_something(request.method()) => Err(PageError::SignedOut),
        None => Err(PageError::SignInFirst { next: paths::onward(request.uri().path()) }),
    }
}

/// Who has come in, by the cookie that the request carries.
pub async fn guest(web: &Web, headers: &HeaderMap) -> Result<Option<Guest>, PageError> {
    let Some(secret) = cookie::session(headers, web) else { return Ok(None) };
    let now = web.now();
    web.work(move |app| identify(&app.store, &secret, now)).await
}

fn changes_something(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a browser says that a request comes from a page of another site. One that says nothing is met by
/// the key that forms carry, and by the cookie staying at home.
pub fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = value("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    // Without referrers, a browser calls its own origin "null".
    let Some(origin) = value("origin").filter(|origin| *origin != "null") else { return false };
    let own = value(header::HOST.as_str()).unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, host)| host != own)
}

/// Where a request comes from: the connection, or what the operator's own proxy says.
fn network(web: &Web, request: &Request) -> Network {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // The proxy's own line is the last, and in it what it added stands last.
    let lines = request.headers().get_all("x-forwarded-for").iter();
    let said = lines.filter_map(|value| value.to_str().ok()).next_back();
    let forwarded = said.and_then(|said| address(said.rsplit(',').next()?.trim()));
    let address =
        if web.app.config.keeping.behind_proxy { forwarded.or(connected) } else { connected };
    Network::of(address.unwrap_or_else(|| std::net::Ipv4Addr::UNSPECIFIED.into()))
}

/// An address as proxies write it, with a port or without.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = text.parse().ok().map(|with_port: SocketAddr| with_port.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    with_port.or_else(|| bare.parse().ok())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn check(headers: &[(&'static str, &'static str)], elsewhere: bool) {
        let pairs = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        assert_eq!(is_from_elsewhere(&pairs.collect()), elsewhere, "{headers:?}");
    }

    #[test]
    fn addresses_are_read_as_proxies_write_them() {
        for text in ["192.0.2.1", "192.0.2.1:4711"] {
            assert_eq!(address(text), "192.0.2.1".parse().ok(), "{text}");
        }
        for text in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"] {
            assert_eq!(address(text), "2001:db8::1".parse().ok(), "{text}");
        }
        assert_eq!(address("unknown"), None);
    }

    #[test]
    fn a_form_from_another_site_is_known_by_what_the_browser_says() {
        check(&[("sec-fetch-site", "same-origin")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("sec-fetch-site", "cross-site")], true);
        check(&[("sec-fetch-site", "same-site")], true);
        check(&[("origin", "https://a.example"), ("host", "a.example")], false);
        check(&[("origin", "https://evil.example"), ("host", "a.example")], true);
        check(&[("origin", "https://a.example.evil.example"), ("host", "a.example")], true);
        check(&[("origin", "null"), ("host", "a.example")], false);
        check(&[], false);
    }
}
