//! Whether a request is somebody who looks at a page, so that it counts for what the page shows.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use std::convert::Infallible;

use super::{cookie, work::Web};
use crate::keeping::Network;

/// Where a page is looked at from, where somebody looks at it: a browser that opens it for a person
/// says so (Fetch Metadata; over plain HTTP it only says that it would rather come encrypted, and
/// wants a page). Programs, robots and what is fetched ahead do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Of anybody.
    pub reader: Option<Network>,
    /// Of those only who have not signed in, as nobody who looks after listings counts for them.
    pub visitor: Option<Network>,
}

impl FromRequestParts<Web> for Counts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let is_keeper = cookie::session(&parts.headers, web).is_some();
        let network = parts.extensions.get::<Network>().copied();
        let reader = network.filter(|_| is_looked_at(&parts.headers));
        Ok(Self { reader, visitor: reader.filter(|_| !is_keeper) })
    }
}

fn is_looked_at(headers: &HeaderMap) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_ahead = [value("sec-purpose"), value("purpose")]
        .into_iter()
        .flatten()
        .any(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"));
    let is_opened = match value("sec-fetch-dest") {
        Some(for_what) => for_what == "document",
        None => {
            value("upgrade-insecure-requests") == Some("1")
                && value("accept").is_some_and(|kinds| kinds.contains("text/html"))
        }
    };
    is_opened && !is_ahead
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn check(headers: &[(&'static str, &'static str)], counts: bool) {
        let pairs = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        assert_eq!(is_looked_at(&pairs.collect()), counts, "{headers:?}");
    }

    #[test]
    fn only_what_a_browser_opens_for_somebody_counts() {
        check(&[("sec-fetch-dest", "document")], true);
        check(&[("sec-fetch-dest", "document"), ("sec-purpose", "prefetch;prerender")], false);
        check(&[("sec-fetch-dest", "document"), ("purpose", "prefetch")], false);
        check(&[("sec-fetch-dest", "empty")], false);
        check(&[("upgrade-insecure-requests", "1"), ("accept", "text/html,*/*")], true);
        check(&[("upgrade-insecure-requests", "1"), ("accept", "*/*")], false);
        check(&[("user-agent", "a robot"), ("accept", "text/html")], false);
    }
}
