//! What a token says, and whether it is said to us, now, and about this attempt.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{
    error::{OpenIdError, TokenFault},
    waiting::LASTS,
};
use crate::domain::Email;

/// How far the provider's clock may be from ours.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// What is said of a person (`OpenID` Connect Core 1.0, 2), as far as it is needed.
#[derive(Deserialize)]
pub struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    #[serde(flatten)]
    pub address: Address,
}

/// An address as a token, or the answer about a person, states it.
#[derive(Deserialize)]
pub struct Address {
    email: Option<String>,
    email_verified: Option<Flag>,
}

/// What is answered about a person besides the token.
#[derive(Deserialize)]
struct About {
    sub: String,
    #[serde(flatten)]
    address: Address,
}

/// What a token has to be about.
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Yes or no; some providers write it as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Is(bool),
    Says(String),
}

impl Claims {
    /// Reads what a verified token says, where it is said to us, now, about this attempt.
    pub fn read(body: &[u8], expected: &Expected<'_>, now: Timestamp) -> Result<Self, TokenFault> {
        let claims: Self = serde_json::from_slice(body).map_err(|_| TokenFault::Malformed)?;
        let rules = [
            (claims.iss == expected.issuer, TokenFault::Issuer),
            (claims.is_for(expected.client), TokenFault::Audience),
            (claims.is_of_today(now)?, TokenFault::Moment),
            (now < moment(claims.exp)? + LEEWAY, TokenFault::Expired),
            (claims.nonce.as_deref() == Some(expected.nonce), TokenFault::Nonce),
            (!claims.sub.is_empty(), TokenFault::Subject),
        ];
        match rules.into_iter().find(|(holds, _)| !holds) {
            Some((_, fault)) => Err(fault),
            None => Ok(claims),
        }
    }

    /// The address in what is answered about the same person.
    pub fn address_in(&self, body: &[u8]) -> Result<Address, TokenFault> {
        let about: About = serde_json::from_slice(body).map_err(|_| TokenFault::Malformed)?;
        if about.sub == self.sub { Ok(about.address) } else { Err(TokenFault::Subject) }
    }

    /// Whether a token is for this client: named alone, or among others as the one it was made for.
    fn is_for(&self, client: &str) -> bool {
        let (is_named, is_alone) = match &self.aud {
            Audience::One(one) => (one == client, true),
            Audience::Several(all) => (all.iter().any(|one| one == client), all.len() == 1),
        };
        is_named && self.azp.as_deref().map_or(is_alone, |azp| azp == client)
    }

    /// Whether it was made since the longest that an attempt may have gone on, and not in time to come.
    fn is_of_today(&self, now: Timestamp) -> Result<bool, TokenFault> {
        let (made, earliest) = (moment(self.iat)?, now - LASTS - LEEWAY);
        let begins = self.nbf.map_or(Ok(made), moment)?;
        Ok(made >= earliest && made <= now + LEEWAY && begins <= now + LEEWAY)
    }
}

impl Address {
    /// Whether the answer about a person need not be asked for.
    pub fn is_stated(&self) -> bool {
        self.email.is_some() && self.email_verified.is_some()
    }

    /// The address, where the provider says that it is theirs. Only a plain one: some letters of
    /// other scripts become plain ones when they are made small, and with them another's address.
    pub fn verified(&self) -> Result<Email, OpenIdError> {
        let is_verified = match &self.email_verified {
            Some(Flag::Is(yes)) => *yes,
            Some(Flag::Says(text)) => text == "true",
            None => false,
        };
        let email = self.email.as_deref().filter(|email| is_verified && email.is_ascii());
        email.and_then(|email| email.parse().ok()).ok_or(OpenIdError::NoAddress)
    }
}

fn moment(seconds: i64) -> Result<Timestamp, TokenFault> {
    let bounds = 0..=MOST_SECONDS;
    let sound = Some(seconds).filter(|seconds| bounds.contains(seconds));
    sound.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or(TokenFault::Moment)
}

/// The beginning of the year 9000, so that adding a little to any moment is possible.
const MOST_SECONDS: i64 = 221_845_392_000;

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_795_000_000;

    fn sound() -> Value {
        json!({
            "iss": "https://login.example", "sub": "1", "aud": "directory", "nonce": "n",
            "iat": NOW, "exp": NOW + 300, "email": "Jean@People.Example", "email_verified": true,
        })
    }

    fn with(changes: Value) -> Value {
        let mut claims = sound();
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    fn read(claims: &Value) -> Result<Claims, TokenFault> {
        let expected =
            Expected { issuer: "https://login.example", client: "directory", nonce: "n" };
        let now = Timestamp::from_second(NOW).unwrap();
        Claims::read(claims.to_string().as_bytes(), &expected, now)
    }

    fn check(changes: Value, expected: Option<TokenFault>) {
        let shown = changes.to_string();
        assert_eq!(read(&with(changes)).err(), expected, "{shown}");
    }

    #[test]
    fn a_sound_token_is_taken() {
        let claims = read(&sound()).unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(claims.address.verified().unwrap().as_str(), "jean@people.example");
    }

    #[test]
    fn a_token_is_for_us_alone_or_made_for_us() {
        check(json!({"aud": ["directory"]}), None);
        check(json!({"aud": ["directory"], "azp": "directory"}), None);
        check(json!({"aud": ["other", "directory"], "azp": "directory"}), None);
        check(json!({"aud": ["other", "directory"]}), Some(TokenFault::Audience));
        check(json!({"aud": "directory", "azp": "other"}), Some(TokenFault::Audience));
        check(json!({"aud": "other"}), Some(TokenFault::Audience));
        check(json!({"aud": "other", "azp": "directory"}), Some(TokenFault::Audience));
        check(json!({"aud": []}), Some(TokenFault::Audience));
    }

    #[test]
    fn a_token_is_of_now_give_or_take_a_minute() {
        check(json!({"exp": NOW - 59}), None);
        check(json!({"exp": NOW - 60}), Some(TokenFault::Expired));
        check(json!({"iat": NOW + 60}), None);
        check(json!({"iat": NOW + 61}), Some(TokenFault::Moment));
        check(json!({"iat": NOW - 660}), None);
        check(json!({"iat": NOW - 661}), Some(TokenFault::Moment));
        check(json!({"nbf": NOW + 61}), Some(TokenFault::Moment));
        for seconds in [i64::MIN, -1, 221_845_392_001, i64::MAX] {
            check(json!({"exp": seconds}), Some(TokenFault::Moment));
        }
    }

    #[test]
    fn a_token_without_a_part_or_of_another_shape_is_refused() {
        for part in ["iss", "sub", "aud", "exp", "iat"] {
            check(json!({part: null}), Some(TokenFault::Malformed));
            check(json!({part: {"a": 1}}), Some(TokenFault::Malformed));
        }
        check(json!({"exp": "1795000300"}), Some(TokenFault::Malformed));
        check(json!({"nonce": null}), Some(TokenFault::Nonce));
        check(json!({"nonce": "other"}), Some(TokenFault::Nonce));
        check(json!({"iss": "https://login.example/"}), Some(TokenFault::Issuer));
        check(json!({"sub": ""}), Some(TokenFault::Subject));
    }

    #[test]
    fn an_address_counts_only_where_it_is_verified() {
        let address = |email: Value, verified: Value| {
            let claims = with(json!({"email": email, "email_verified": verified}));
            read(&claims).ok().and_then(|claims| claims.address.verified().ok())
        };
        let jean = json!("jean@people.example");
        for yes in [json!(true), json!("true")] {
            assert!(address(jean.clone(), yes).is_some());
        }
        for no in [json!(false), json!("false"), json!("True"), json!(null), json!(1), json!([])] {
            assert!(address(jean.clone(), no.clone()).is_none(), "{no}");
        }
        for none in [
            json!(null),
            json!(""),
            json!("jean"),
            json!("a@b.example, c@d.example"),
            json!("\u{212a}wame@people.example"),
        ] {
            assert!(address(none.clone(), json!(true)).is_none(), "{none}");
        }
    }

    #[test]
    fn what_is_answered_about_somebody_else_is_refused() {
        let claims = read(&sound()).unwrap_or_else(|fault| panic!("{fault}"));
        let about = |sub: &str| json!({"sub": sub, "email": "ruth@people.example"}).to_string();
        assert!(claims.address_in(about("1").as_bytes()).is_ok());
        let other = claims.address_in(about("2").as_bytes());
        assert_eq!(other.err(), Some(TokenFault::Subject));
    }
}
