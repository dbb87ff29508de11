//! Signing in by the word of a provider that the operator names.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::{ConfigError, Secret};

/// A provider of `OpenID` Connect, with what it knows this directory by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OpenId {
    /// The provider's own name for itself. Left empty, people sign in by mailed link only.
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Secret,
    /// What the button says.
    pub label: String,
    /// What is asked for besides `openid` and `email`.
    pub scopes: Vec<String>,
    /// A PEM file of the certificates to trust in place of the usual ones.
    pub certificate: String,
}

impl Default for OpenId {
    fn default() -> Self {
        Self {
            issuer: String::new(),
            client_id: String::new(),
            client_secret: Secret::default(),
            label: "Sign in with your work account".to_owned(),
            scopes: Vec::new(),
            certificate: String::new(),
        }
    }
}

/// The longest that a button may say, in characters.
const LONGEST_LABEL: usize = 60;

impl OpenId {
    /// Whether people can sign in this way.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.issuer.is_empty()
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if !self.is_on() {
            return Ok(());
        }
        let label = 1..=LONGEST_LABEL;
        let rules = [
            ("openid.issuer", is_issuer(&self.issuer), self.issuer.as_str(), ISSUER),
            ("openid.client_id", !self.client_id.is_empty(), &self.client_id, CLIENT_ID),
            ("openid.client_secret", self.client_secret != Secret::default(), "", CLIENT_SECRET),
            (
                "openid.label",
                label.contains(&self.label.trim().chars().count()),
                &self.label,
                LABEL,
            ),
        ];
        let scope = self.scopes.iter().find(|scope| !is_scope(scope));
        let scopes = scope.map(|scope| ("openid.scopes", false, scope.as_str(), SCOPES));
        match rules.into_iter().chain(scopes).find(|(_, sound, ..)| !sound) {
            Some((name, _, found, expected)) => {
                Err(ConfigError::Unusable { name, found: found.to_owned(), expected })
            }
            None => Ok(()),
        }
    }
}

const ISSUER: &str = "the provider's address as it names itself, such as https://login.example.org; http only for one on this machine";
const CLIENT_ID: &str = "the name that the provider gave to this directory";
const CLIENT_SECRET: &str =
    "the secret that the provider gave with it, here or in HEREABOUTS_OPENID_SECRET";
const LABEL: &str = "1 to 60 characters, such as Sign in with NHSmail";
const SCOPES: &str = "words without spaces, such as [\"profile\"]";

/// Whether somebody on the way to the provider cannot put themselves in its place: the way is
/// encrypted, or does not leave the machine.
#[must_use]
pub fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || is_on_this_machine(url)
}

/// Whether an address is plain HTTP to this machine.
#[must_use]
pub fn is_on_this_machine(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && is_here
}

fn is_issuer(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let is_bare = url.query().is_none() && url.fragment().is_none();
    is_safe(&url) && is_bare && url.username().is_empty() && url.password().is_none()
}

/// The characters of a scope (RFC 6749, 3.3).
fn is_scope(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !"\"\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_issuer(issuer: &str) -> OpenId {
        OpenId {
            issuer: issuer.to_owned(),
            client_id: "directory".to_owned(),
            client_secret: Secret("hush".to_owned()),
            ..OpenId::default()
        }
    }

    fn fault(settings: &OpenId) -> String {
        settings.check().unwrap_err().to_string()
    }

    #[test]
    fn an_issuer_is_reached_safely_or_not_at_all() {
        let sound = [
            "https://login.example",
            "https://login.example:8443/tenant/v2.0",
            "http://127.0.0.1:4000",
            "http://[::1]:4000",
            "http://localhost:4000/realm",
        ];
        for issuer in sound {
            assert!(with_issuer(issuer).check().is_ok(), "{issuer}");
        }
        let unsound = [
            "http://login.example",
            "login.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "ftp://127.0.0.1",
            "https://login.example?a=b",
            "https://login.example#a",
            "https://me:secret@login.example",
        ];
        for issuer in unsound {
            let fault = fault(&with_issuer(issuer));
            assert!(fault.starts_with("openid.issuer is \""), "{fault}");
            assert!(fault.contains("such as https://login.example.org"), "{fault}");
        }
    }

    #[test]
    fn without_an_issuer_nothing_else_counts() {
        assert!(OpenId { label: String::new(), ..OpenId::default() }.check().is_ok());
    }

    #[test]
    fn what_the_provider_gave_has_to_be_there() {
        let whole = with_issuer("https://login.example");
        let nameless = OpenId { client_id: String::new(), ..whole.clone() };
        assert!(fault(&nameless).contains("openid.client_id"));
        let open = OpenId { client_secret: Secret::default(), ..whole.clone() };
        assert!(fault(&open).contains("HEREABOUTS_OPENID_SECRET"));
        let mute = OpenId { label: " ".to_owned(), ..whole.clone() };
        assert!(fault(&mute).contains("Sign in with NHSmail"));
        let spaced = OpenId { scopes: vec!["a b".to_owned()], ..whole };
        assert!(fault(&spaced).contains("words without spaces"));
    }

    #[test]
    fn the_secret_is_shown_nowhere() {
        let settings = with_issuer("https://login.example");
        let shown = format!("{settings:?}{}", toml::to_string(&settings).unwrap());
        assert!(!shown.contains("hush") && shown.contains("****"), "{shown}");
    }
}
