//! The provider's key, and ways to sign that must not be taken for its own.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};

/// A key of 2048 bits that signs nothing but these tests.
const RSA: &[u8] = include_bytes!("../../../fixtures/openid/rsa.der");

/// How a token is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    Rightly,
    /// By a key of the same name that is not published.
    ByAnother,
    /// Not at all, and says so.
    Not,
    /// With the published key, which everybody knows, as if it were a secret that is shared.
    WithWhatEverybodyKnows,
    /// Rightly, and then says something else.
    Otherwise,
}

/// A key with its name.
pub struct Signer {
    name: String,
    pair: Pair,
}

enum Pair {
    Es256(EcdsaKeyPair),
    Rs256(RsaKeyPair),
}

/// Bytes as six bits to a letter.
pub fn in_letters(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn new_pair() -> Pair {
    let (kind, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let made = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
    Pair::Es256(EcdsaKeyPair::from_pkcs8(kind, made.as_ref(), &random).unwrap())
}

impl Signer {
    /// A new key.
    pub fn es256(name: &str) -> Self {
        Self { name: name.to_owned(), pair: new_pair() }
    }

    pub fn rs256(name: &str) -> Self {
        Self { name: name.to_owned(), pair: Pair::Rs256(RsaKeyPair::from_der(RSA).unwrap()) }
    }

    /// What everybody may know of it.
    pub fn public(&self) -> Value {
        match &self.pair {
            Pair::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                json!({"kty": "EC", "crv": "P-256", "kid": self.name, "use": "sig",
                    "alg": "ES256", "x": in_letters(x), "y": in_letters(y)})
            }
            Pair::Rs256(pair) => {
                let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
                json!({"kty": "RSA", "kid": self.name, "use": "sig",
                    "alg": "RS256", "n": in_letters(&public.n), "e": in_letters(&public.e)})
            }
        }
    }

    /// A token that says this, and may call its key by another name.
    pub fn sign(&self, signs: Signs, key: Option<&str>, claims: &Value) -> String {
        let algorithm = match (signs, &self.pair) {
            (Signs::Not, _) => "none",
            (Signs::WithWhatEverybodyKnows, _) => "HS256",
            (_, Pair::Es256(_)) => "ES256",
            (_, Pair::Rs256(_)) => "RS256",
        };
        let header = json!({"alg": algorithm, "kid": key.unwrap_or(&self.name), "typ": "JWT"});
        let part = |value: &Value| in_letters(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = match signs {
            Signs::Not => Vec::new(),
            Signs::WithWhatEverybodyKnows => self.with_what_everybody_knows(&signed),
            Signs::ByAnother => new_pair().sign(&signed),
            Signs::Rightly | Signs::Otherwise => self.pair.sign(&signed),
        };
        let said = match signs {
            Signs::Otherwise => {
                let mut other = claims.clone();
                other["email"] = json!("ruth@people.example");
                format!("{}.{}", part(&header), part(&other))
            }
            _ => signed,
        };
        format!("{said}.{}", in_letters(&signature))
    }

    fn with_what_everybody_knows(&self, signed: &str) -> Vec<u8> {
        let known = match &self.pair {
            Pair::Es256(pair) => pair.public_key().as_ref(),
            Pair::Rs256(pair) => pair.public().as_ref(),
        };
        hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, known), signed.as_bytes()).as_ref().to_vec()
    }
}

impl Pair {
    fn sign(&self, signed: &str) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Es256(pair) => pair.sign(&random, signed.as_bytes()).unwrap().as_ref().to_vec(),
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature).unwrap();
                signature
            }
        }
    }
}
