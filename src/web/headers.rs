//! Headers that every response carries.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

/// What a page may load: only what this server sends.
pub const POLICY: &str = "default-src 'none'; \
    script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Adds what a response does not carry already.
pub async fn add(mut response: Response) -> Response {
    for (name, value) in ALWAYS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Lets a page with a map load tiles from the host that the operator chose, and nothing else.
pub fn allow_tiles(headers: &mut HeaderMap, tiles: &str) {
    let Some(origin) = origin(tiles) else { return };
    let policy = POLICY.replace("img-src 'self' data:", &format!("img-src 'self' data: {origin}"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// The scheme, host and port of a tile address such as `https://tile.example/{z}/{x}/{y}.png`.
fn origin(tiles: &str) -> Option<String> {
    let url = url::Url::parse(tiles).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    Some(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::web::markup::{SCRIPTS_RUN, SCRIPTS_RUN_HASH};

    #[test]
    fn the_policy_names_the_one_inline_script_by_its_hash() {
        assert!(POLICY.contains(SCRIPTS_RUN_HASH));
        let known = [0x19, 0x44, 0x39, 0x69, 0xdf, 0x09, 0x2b, 0x92];
        assert_eq!(Sha256::digest(SCRIPTS_RUN)[..8], known);
    }

    #[test]
    fn tiles_are_allowed_from_their_host_only() {
        let mut headers = HeaderMap::new();
        allow_tiles(&mut headers, "https://tile.example:8443/{z}/{x}/{y}.png?key=1");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("img-src 'self' data: https://tile.example:8443;"), "{policy}");
        for none in ["", "data:text/html,x", "tile.example", "https://"] {
            let mut headers = HeaderMap::new();
            allow_tiles(&mut headers, none);
            assert!(headers.is_empty(), "{none}");
        }
    }
}
