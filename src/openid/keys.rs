//! The keys that a provider signs with (RFC 7517), as far as they are of a kind that is accepted.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

use super::error::OpenIdError;

/// A way to sign that is accepted. Both need the provider's private key: there is no `none`, and
/// nothing that whoever knows a public key could do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Rs256,
    Es256,
}

/// The keys of a provider.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    public: Public,
}

#[derive(Clone, Debug)]
enum Public {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// A point as ring reads it: 4, x, y.
    P256(Vec<u8>),
}

/// What a set of keys and a key look like on the wire. A kind that is not known is passed over.
#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

#[derive(Deserialize)]
struct Wire {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Algorithm {
    /// The way of this name, where it is accepted.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Rs256, Self::Es256].into_iter().find(|known| known.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }
}

impl Keys {
    /// Reads a set of keys.
    pub fn read(body: &[u8]) -> Result<Self, OpenIdError> {
        let unusable =
            |why: &str| OpenIdError::Unusable { what: "set of keys", why: why.to_owned() };
        let set: Set =
            serde_json::from_slice(body).map_err(|error| unusable(&error.to_string()))?;
        let keys: Vec<Key> = set.keys.into_iter().filter_map(Key::read).collect();
        if keys.is_empty() {
            Err(unusable("it has none for RS256 or ES256"))
        } else {
            Ok(Self(keys))
        }
    }

    /// Whether there is a key that may have made a signature.
    pub fn has(&self, algorithm: Algorithm, id: Option<&str>) -> bool {
        self.fitting(algorithm, id).next().is_some()
    }

    /// Whether one of the keys that may have made a signature did.
    pub fn verify(
        &self,
        (algorithm, id): (Algorithm, Option<&str>),
        signed: &[u8],
        signature: &[u8],
    ) -> bool {
        self.fitting(algorithm, id).any(|key| key.public.verify(signed, signature))
    }

    /// A key's kind decides what it verifies, and never the token. One that names no key may be by
    /// any of the kind.
    fn fitting(&self, algorithm: Algorithm, id: Option<&str>) -> impl Iterator<Item = &Key> {
        let fits = move |key: &&Key| {
            key.public.algorithm() == algorithm && id.is_none_or(|id| key.id.as_deref() == Some(id))
        };
        self.0.iter().filter(fits)
    }
}

impl Key {
    fn read(value: Value) -> Option<Self> {
        let wire: Wire = serde_json::from_value(value).ok()?;
        let public = match (wire.kty.as_str(), wire.crv.as_deref()) {
            ("RSA", _) => Public::Rsa { n: number(wire.n)?, e: number(wire.e)? },
            ("EC", Some("P-256")) => Public::P256([vec![4], part(wire.x)?, part(wire.y)?].concat()),
            _ => return None,
        };
        let signs = wire.purpose.is_none_or(|purpose| purpose == "sig");
        let is_meant = wire.alg.is_none_or(|name| name == public.algorithm().name());
        (signs && is_meant).then_some(Self { id: wire.kid, public })
    }
}

impl Public {
    fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::P256(_) => Algorithm::Es256,
        }
    }

    /// Keys of fewer than 2048 bits, and points that are not on the curve, verify nothing.
    fn verify(&self, signed: &[u8], signature: &[u8]) -> bool {
        let verified = match self {
            Self::Rsa { n, e } => RsaPublicKeyComponents { n, e }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                signed,
                signature,
            ),
            Self::P256(point) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed, signature)
            }
        };
        verified.is_ok()
    }
}

/// A number without the zeros that some put before it.
fn number(text: Option<String>) -> Option<Vec<u8>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text?).ok()?;
    Some(bytes.into_iter().skip_while(|byte| *byte == 0).collect())
}

/// One of the two halves of a point.
fn part(text: Option<String>) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text?).ok().filter(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(keys: &str) -> Result<Keys, OpenIdError> {
        Keys::read(format!(r#"{{"keys": [{keys}]}}"#).as_bytes())
    }

    const RSA: &str = r#"{"kty": "RSA", "kid": "a", "use": "sig", "n": "AAECAw", "e": "AQAB"}"#;

    #[test]
    fn only_keys_that_sign_in_an_accepted_way_are_taken() {
        let others = [
            r#"{"kty": "oct", "kid": "a", "k": "c2VjcmV0"}"#,
            r#"{"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}"#,
            r#"{"kty": "EC", "crv": "P-384", "x": "AAAA", "y": "AAAA"}"#,
            r#"{"kty": "EC", "crv": "P-256", "x": "AAAA", "y": "AAAA"}"#,
            r#"{"kty": "RSA", "use": "enc", "n": "AQID", "e": "AQAB"}"#,
            r#"{"kty": "RSA", "alg": "HS256", "n": "AQID", "e": "AQAB"}"#,
            r#"{"kty": "RSA", "n": "not base64!", "e": "AQAB"}"#,
            r#""key""#,
        ];
        for other in others {
            assert!(read(other).is_err(), "{other}");
            assert_eq!(read(&format!("{other}, {RSA}")).unwrap().0.len(), 1, "{other}");
        }
    }

    #[test]
    fn a_token_that_names_no_key_may_be_by_any_of_its_kind_and_by_no_other() {
        let keys = read(RSA).unwrap();
        assert!(keys.has(Algorithm::Rs256, None) && keys.has(Algorithm::Rs256, Some("a")));
        assert!(!keys.has(Algorithm::Rs256, Some("b")) && !keys.has(Algorithm::Es256, Some("a")));
    }

    #[test]
    fn a_key_that_is_too_short_verifies_nothing() {
        let keys = read(RSA).unwrap();
        assert!(!keys.verify((Algorithm::Rs256, None), b"signed", b"signature"));
    }

    #[test]
    fn no_other_way_to_sign_is_known() {
        for name in ["none", "None", "HS256", "HS512", "RS1", "rs256", "ES256K", ""] {
            assert_eq!(Algorithm::parse(name), None, "{name}");
        }
    }
}
