//! A code for a token, and what a refusal means.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;

use super::{
    discovery::Document,
    error::OpenIdError,
    wire::{Patience, Wire},
};
use crate::config::OpenId;

/// A code that a browser brought back, with what shows that it was asked for here.
pub struct Code<'a> {
    pub text: &'a str,
    pub verifier: &'a str,
    /// Where the browser was sent back to.
    pub back: &'a str,
}

/// What a code is exchanged for.
#[derive(Deserialize)]
pub struct Tokens {
    pub id_token: String,
    pub access_token: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
}

/// Exchanges a code for tokens.
pub fn exchange(
    wire: &Wire,
    document: &Document,
    settings: &OpenId,
    code: &Code<'_>,
    patience: Patience,
) -> Result<Tokens, OpenIdError> {
    let (name, secret) = (&settings.client_id, settings.client_secret.reveal());
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code.text),
        ("redirect_uri", code.back),
        ("code_verifier", code.verifier),
    ];
    let in_header = (!document.wants_secret_in_form()).then(|| basic(name, secret));
    if in_header.is_none() {
        form.extend([("client_id", name.as_str()), ("client_secret", secret)]);
    }
    let answered = wire.post(&document.token_endpoint, in_header.as_deref(), &form, patience)?;
    // What cannot be read is not quoted: it may hold a token.
    let unusable = |_| OpenIdError::Unusable {
        what: "answer to a code",
        why: "it is not as the standard has it".to_owned(),
    };
    if answered.is_good {
        return serde_json::from_slice(&answered.body).map_err(unusable);
    }
    let said: Refusal = serde_json::from_slice(&answered.body).map_err(unusable)?;
    Err(OpenIdError::Refused { code: plain(&said.error) })
}

/// What an error in the address means. Somebody may simply have pressed "cancel".
pub fn refusal(error: &str) -> OpenIdError {
    match error {
        "access_denied"
        | "login_required"
        | "consent_required"
        | "interaction_required"
        | "account_selection_required" => OpenIdError::Declined,
        other => OpenIdError::Refused { code: plain(other) },
    }
}

/// A client's name and secret as they stand in a header (RFC 6749, 2.3.1).
fn basic(name: &str, secret: &str) -> String {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(name), encoded(secret));
    format!("Basic {}", BASE64_STANDARD.encode(pair))
}

/// A code of an error as it may stand in a log: the standards' are small letters and `_`. What is
/// not of that form may be anything, and is not repeated.
fn plain(code: &str) -> String {
    let sound = code.len() <= 40 && code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if sound { code.to_owned() } else { "it gave no code".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_with_signs_in_it_arrives_whole() {
        // "a%3Ab:c%26d%3D+%C3%A9"
        assert_eq!(basic("a:b", "c&d= é"), "Basic YSUzQWI6YyUyNmQlM0QrJUMzJUE5");
    }

    #[test]
    fn what_somebody_wrote_into_an_address_does_not_get_into_the_log() {
        for said in ["server_error\nERROR", "jean@people.example", &"a".repeat(41)] {
            let expected = OpenIdError::Refused { code: "it gave no code".to_owned() };
            assert_eq!(refusal(said), expected, "{said}");
        }
        assert_eq!(refusal("access_denied"), OpenIdError::Declined);
    }
}
