//! A provider of `OpenID` Connect on loopback, which vouches for people by rules that a test sets.

mod door;
mod rules;
mod signer;

use std::{
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
};

use hereabouts::config::Config;
use rustls::ServerConfig;
use serde_json::{Value, json};
use url::Url;

use door::{Answer, Request};
use rules::Rules;
pub use signer::{Signer, Signs};

/// What the directory is known by there.
const CLIENT: &str = "the directory";
const SECRET: &str = "a secret: 100% & more";
/// Where it may send people back to.
const BACK: &str = "http://127.0.0.1:8080/sign-in/openid/back";

/// How it treats whoever asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Never answers.
    Silent,
    /// Answers a letter now and then, and never to the end.
    Slow,
    /// Answers more than anybody would read.
    Endless,
    /// Sends whoever asks on to somebody else.
    SendsOn,
    Broken,
    /// Answers something else.
    Babbles,
}

/// A provider that lives as long as the test.
pub struct IdentityProvider {
    pub issuer: String,
    /// The certificate to trust, as PEM.
    pub certificate: Option<String>,
    rules: Arc<Mutex<Rules>>,
}

impl IdentityProvider {
    /// A provider that vouches for jean.
    pub fn open() -> Self {
        Self::start(None)
    }

    /// The same behind a certificate of its own.
    pub fn encrypted() -> Self {
        let (config, certificate) = super::post_office::certified();
        Self { certificate: Some(certificate), ..Self::start(Some(config)) }
    }

    fn start(tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let issuer = match tls {
            Some(_) => format!("https://localhost:{}", address.port()),
            None => format!("http://{address}"),
        };
        let rules = Arc::new(Mutex::new(Rules::new(&issuer)));
        let theirs = Arc::clone(&rules);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                let (tls, rules) = (tls.clone(), Arc::clone(&theirs));
                thread::spawn(move || door::converse(stream, tls, |asked| answer(&rules, asked)));
            }
        });
        Self { issuer, certificate: None, rules }
    }

    /// The configuration of a directory that sends people here.
    pub fn config(&self) -> Config {
        let issuer = &self.issuer;
        toml::from_str(&format!(
            "[openid]\nissuer = {issuer:?}\nclient_id = {CLIENT:?}\nclient_secret = {SECRET:?}\n\
             label = \"Sign in with NHSmail\"\nscopes = [\"profile\"]"
        ))
        .unwrap()
    }

    /// Changes what it does.
    pub fn set(&self, change: impl FnOnce(&mut Rules)) {
        change(&mut self.rules.lock().unwrap());
    }

    /// Makes tokens say this from now on.
    pub fn says(&self, claims: Value) {
        self.set(|rules| rules.claims = claims.as_object().unwrap().clone());
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.rules.lock().unwrap().asked.iter().filter(|asked| *asked == path).count()
    }

    /// What somebody's browser is sent back to who says here who they are.
    pub fn visit(&self, location: &str) -> String {
        let url = Url::parse(location).unwrap();
        assert!(location.starts_with(&self.issuer) && url.path() == "/authorize", "{location}");
        let rules = &mut self.rules.lock().unwrap();
        rules.authorize(&url.query_pairs().into_owned().collect())
    }
}

fn answer(rules: &Mutex<Rules>, request: &Request) -> Answer {
    let rules = &mut rules.lock().unwrap();
    rules.asked.push(request.path.clone());
    if let Some(mood) = rules.moods.get(request.path.as_str()) {
        return Answer::in_a(*mood);
    }
    match request.path.as_str() {
        "/.well-known/openid-configuration" => Answer::json(200, &rules.description()),
        "/keys" => Answer::json(200, &json!({"keys": [rules.signer.public()]})),
        "/token" => rules.exchange(request),
        "/about" if request.header("authorization") == "Bearer a key to the rest" => {
            Answer::json(200, &rules.about)
        }
        _ => Answer::json(404, &json!({})),
    }
}
