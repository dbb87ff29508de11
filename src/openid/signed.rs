//! A token and its signature (RFC 7515, in its compact form).

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;

use super::{
    error::TokenFault,
    keys::{Algorithm, Keys},
};

/// A token as it came. What it says is not to be had before its signature was verified.
pub struct Signed<'a> {
    /// What the signature is over: header and claims.
    covered: &'a str,
    claims: Vec<u8>,
    signature: Vec<u8>,
    algorithm: Algorithm,
    key: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    /// What must be understood, of which nothing is.
    crit: Option<Value>,
}

impl<'a> Signed<'a> {
    /// Takes a token apart.
    pub fn read(token: &'a str) -> Result<Self, TokenFault> {
        let (covered, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, claims) = covered.split_once('.').ok_or(TokenFault::Malformed)?;
        let header: Header =
            serde_json::from_slice(&decoded(header)?).map_err(|_| TokenFault::Malformed)?;
        if header.crit.is_some() {
            return Err(TokenFault::Malformed);
        }
        Ok(Self {
            covered,
            claims: decoded(claims)?,
            signature: decoded(signature)?,
            algorithm: Algorithm::parse(&header.alg).ok_or(TokenFault::Algorithm)?,
            key: header.kid,
        })
    }

    /// Whether its key is among these.
    pub fn is_by_one_of(&self, keys: &Keys) -> bool {
        keys.has(self.algorithm, self.key.as_deref())
    }

    /// What it says, where one of the keys signed it.
    pub fn verified(self, keys: &Keys) -> Result<Vec<u8>, TokenFault> {
        if !self.is_by_one_of(keys) {
            return Err(TokenFault::Key);
        }
        let by = (self.algorithm, self.key.as_deref());
        if !keys.verify(by, self.covered.as_bytes(), &self.signature) {
            return Err(TokenFault::Signature);
        }
        Ok(self.claims)
    }
}

/// Without padding, and in one way only: a second spelling of the same bytes is refused.
fn decoded(part: &str) -> Result<Vec<u8>, TokenFault> {
    BASE64_URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenFault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of RFC 7515, A.3: a token by ES256, and its key.
    const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    const KEY: &[u8] = br#"{"keys": [{"kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;

    fn check(token: &str, expected: Result<&str, TokenFault>) {
        let keys = Keys::read(KEY).unwrap();
        let claims = Signed::read(token).and_then(|token| token.verified(&keys));
        let issuer = claims.map(|claims| {
            let claims: Value = serde_json::from_slice(&claims).unwrap();
            claims["iss"].as_str().unwrap().to_owned()
        });
        assert_eq!(issuer, expected.map(str::to_owned), "{token}");
    }

    fn with_header(header: &str) -> String {
        let (_, rest) = TOKEN.split_once('.').unwrap();
        format!("{}.{rest}", BASE64_URL_SAFE_NO_PAD.encode(header))
    }

    #[test]
    fn the_standards_example_is_verified() {
        check(TOKEN, Ok("joe"));
    }

    #[test]
    fn a_token_that_was_changed_anywhere_is_refused() {
        for (at, _) in TOKEN.char_indices().filter(|(_, c)| *c != '.') {
            let other = if TOKEN.as_bytes()[at] == b'A' { "B" } else { "A" };
            let mut changed = TOKEN.to_owned();
            changed.replace_range(at..=at, other);
            let keys = Keys::read(KEY).unwrap();
            let read = Signed::read(&changed).and_then(|token| token.verified(&keys));
            assert!(read.is_err(), "{changed}");
        }
    }

    #[test]
    fn what_is_no_token_is_malformed() {
        let padded = format!("{TOKEN}=");
        let more = format!("{TOKEN}.x");
        for text in ["", ".", "..", "a.b.c", "e30.e30.e30", &padded, &more, &TOKEN[..40]] {
            check(text, Err(TokenFault::Malformed));
        }
    }

    #[test]
    fn a_header_cannot_choose_what_is_checked() {
        for header in [r#"{"alg": "none"}"#, r#"{"alg": "HS256"}"#, r#"{"alg": "ES384"}"#] {
            check(&with_header(header), Err(TokenFault::Algorithm));
        }
        check(&with_header(r#"{"alg": "RS256"}"#), Err(TokenFault::Key));
        check(&with_header(r#"{"alg": "ES256", "kid": "other"}"#), Err(TokenFault::Key));
        check(&with_header(r#"{"alg": "ES256", "x": 1}"#), Err(TokenFault::Signature));
        let critical = with_header(r#"{"alg": "ES256", "crit": ["exp"], "exp": 1}"#);
        check(&critical, Err(TokenFault::Malformed));
    }
}
