//! What the provider says to whom, which a test may change.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use super::{
    BACK, CLIENT, Mood, SECRET,
    door::{Answer, Request},
    signer::{Signer, Signs, in_letters},
};

/// What it does, for a test to change.
pub struct Rules {
    /// By path, such as `/token`.
    pub moods: HashMap<&'static str, Mood>,
    /// Over what a token would say, or a description; `null` leaves out.
    pub claims: Map<String, Value>,
    pub description: Map<String, Value>,
    /// What is answered about a person besides the token.
    pub about: Value,
    pub signer: Signer,
    pub signs: Signs,
    /// What tokens call their key, where it is not its name.
    pub names_key: Option<String>,
    /// The paths that were asked for.
    pub asked: Vec<String>,
    codes: HashMap<String, HashMap<String, String>>,
    issuer: String,
}

impl Rules {
    pub fn new(issuer: &str) -> Self {
        Self {
            moods: HashMap::new(),
            claims: Map::new(),
            description: Map::new(),
            about: Value::Null,
            signer: Signer::es256("1"),
            signs: Signs::Rightly,
            names_key: None,
            asked: Vec::new(),
            codes: HashMap::new(),
            issuer: issuer.to_owned(),
        }
    }

    /// Gives a code to whoever asks as the standards say, and sends them back with it.
    pub fn authorize(&mut self, asked: &HashMap<String, String>) -> String {
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("redirect_uri", BACK),
            ("scope", "openid email profile"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(asked.get(name).map(String::as_str), Some(value), "{name}");
        }
        let code = format!("code-{}", self.codes.len());
        self.codes.insert(code.clone(), asked.clone());
        let pairs = [("code", &code), ("state", &asked["state"]), ("iss", &self.issuer)];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("/sign-in/openid/back?{query}")
    }

    pub fn description(&self) -> Value {
        let of = |path: &str| format!("{}{path}", self.issuer);
        let usual = json!({
            "issuer": self.issuer,
            "authorization_endpoint": of("/authorize"),
            "token_endpoint": of("/token"),
            "jwks_uri": of("/keys"),
            "userinfo_endpoint": of("/about"),
            "authorization_response_iss_parameter_supported": true,
        });
        changed(usual, &self.description)
    }

    /// Exchanges a code, once, for whoever knows the secret and asked for it.
    pub fn exchange(&mut self, request: &Request) -> Answer {
        let form: HashMap<String, String> =
            form_urlencoded::parse(&request.body).into_owned().collect();
        let given = |name: &str| form.get(name).cloned().unwrap_or_default();
        let in_form = given("client_id") == CLIENT && given("client_secret") == SECRET;
        if !in_form && request.basic() != Some((CLIENT.to_owned(), SECRET.to_owned())) {
            return Answer::json(401, &json!({"error": "invalid_client"}));
        }
        let Some(asked) = self.codes.remove(&given("code")) else {
            return Answer::json(400, &json!({"error": "invalid_grant"}));
        };
        let challenge = in_letters(&Sha256::digest(given("code_verifier")));
        if challenge != asked["code_challenge"] || given("redirect_uri") != BACK {
            return Answer::json(400, &json!({"error": "invalid_grant"}));
        }
        let claims = self.claims_of(&asked["nonce"]);
        let token = self.signer.sign(self.signs, self.names_key.as_deref(), &claims);
        let key = "a key to the rest";
        Answer::json(200, &json!({"id_token": token, "access_token": key, "token_type": "Bearer"}))
    }

    fn claims_of(&self, nonce: &str) -> Value {
        let now = super::super::now().as_second();
        let usual = json!({
            "iss": self.issuer, "sub": "jean-1", "aud": CLIENT, "nonce": nonce,
            "iat": now, "exp": now + 300,
            "email": "Jean@People.Example", "email_verified": true,
        });
        changed(usual, &self.claims)
    }
}

fn changed(mut usual: Value, changes: &Map<String, Value>) -> Value {
    for (name, value) in changes {
        usual[name] = value.clone();
    }
    usual.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    usual
}
