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
    use crate::web::markup::SCRIPTS_RUN;

    /// The SHA-256 of the script as six bits to a letter.
    fn hash() -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digest = Sha256::digest(SCRIPTS_RUN);
        let bits: Vec<u8> =
            digest.iter().flat_map(|byte| (0..8).rev().map(move |at| byte >> at & 1)).collect();
        let letter = |six: &[u8]| {
            let padded = six.iter().chain(&[0; 6]).take(6);
            char::from(LETTERS[usize::from(padded.fold(0, |sum, bit| sum * 2 + bit))])
        };
        bits.chunks(6).map(letter).collect()
    }

    #[test]
    fn the_policy_names_the_one_inline_script_by_its_hash() {
        assert!(POLICY.contains(&format!("'sha256-{}='", hash())), "{}", hash());
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
