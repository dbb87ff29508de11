//! Asking the provider: for a bounded time, for a bounded number of bytes, and nobody else.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use ureq::{
    Agent, Body,
    http::{Response, StatusCode},
    tls::{PemItem, RootCerts, TlsConfig, parse_pem},
};
use url::Url;

use super::error::{OpenIdError, SetupError};

/// Connections to the provider.
pub struct Wire {
    agent: Agent,
}

/// How long one person may be kept waiting, in all that is asked for them.
#[derive(Clone, Copy)]
pub struct Patience {
    until: Instant,
}

/// What was answered.
pub struct Answered {
    pub is_good: bool,
    pub body: Vec<u8>,
}

/// The longest that somebody is kept waiting: less than any page is.
const LONGEST: Duration = Duration::from_secs(8);
/// The largest answer that is read. Real ones are a tenth of it.
const LARGEST: u64 = 256 * 1024;

impl Patience {
    /// All of it, from now on.
    pub fn whole() -> Self {
        Self { until: Instant::now() + LONGEST }
    }

    fn left(self) -> Option<Duration> {
        self.until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero())
    }
}

impl Wire {
    /// Connections that trust the usual certificates, or those of a file. Without `encrypted_only`
    /// they may be plain, for a provider on this machine.
    pub fn new(certificate: &str, encrypted_only: bool) -> Result<Self, SetupError> {
        let roots = if certificate.is_empty() { RootCerts::WebPki } else { roots(certificate)? };
        let config = Agent::config_builder()
            .https_only(encrypted_only)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // The client would else look for a proxy in the environment.
            .proxy(None)
            // People sign in too seldom for a connection to be worth keeping.
            .max_idle_connections(0)
            .user_agent("Hereabouts")
            .accept("application/json")
            .build();
        Ok(Self { agent: config.into() })
    }

    /// Reads a document, with a key to it where there is one.
    pub fn get(
        &self,
        url: &Url,
        bearer: Option<&str>,
        patience: Patience,
    ) -> Result<Vec<u8>, OpenIdError> {
        let mut request = self.agent.get(url.as_str());
        if let Some(key) = bearer {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let left = patience.left().ok_or_else(too_slow)?;
        let answered = request.config().timeout_global(Some(left)).build().call();
        let answered = answered.map_err(|error| unreachable(&error))?;
        let status = answered.status();
        if status != StatusCode::OK {
            return Err(OpenIdError::Unreachable(format!("it answered {}", status.as_u16())));
        }
        read(answered)
    }

    /// Sends a form. A refusal of it (400 or 401) is an answer too.
    pub fn post(
        &self,
        url: &Url,
        authorization: Option<&str>,
        form: &[(&str, &str)],
        patience: Patience,
    ) -> Result<Answered, OpenIdError> {
        let mut request = self.agent.post(url.as_str());
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let left = patience.left().ok_or_else(too_slow)?;
        let request = request.config().timeout_global(Some(left)).build();
        let answered = request.send_form(form.iter().copied());
        let answered = answered.map_err(|error| unreachable(&error))?;
        let is_good = match answered.status() {
            StatusCode::OK => true,
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => false,
            status => {
                return Err(OpenIdError::Unreachable(format!("it answered {}", status.as_u16())));
            }
        };
        Ok(Answered { is_good, body: read(answered)? })
    }
}

fn read(answered: Response<Body>) -> Result<Vec<u8>, OpenIdError> {
    let body = answered.into_body().into_with_config().limit(LARGEST);
    body.read_to_vec().map_err(|error| unreachable(&error))
}

fn unreachable(error: &ureq::Error) -> OpenIdError {
    OpenIdError::Unreachable(error.to_string())
}

fn too_slow() -> OpenIdError {
    OpenIdError::Unreachable("it takes too long".to_owned())
}

fn roots(certificate: &str) -> Result<RootCerts, SetupError> {
    let unreadable = |why: String| SetupError::Certificate(why);
    let pem = fs::read(certificate).map_err(|error| unreadable(error.to_string()))?;
    let mut trusted = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(one) = item.map_err(|error| unreadable(error.to_string()))? {
            trusted.push(one);
        }
    }
    if trusted.is_empty() {
        return Err(unreadable(format!("there is no certificate in {certificate}")));
    }
    Ok(RootCerts::Specific(Arc::new(trusted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_refused_when_the_directory_starts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trusted.pem");
        let refused = || Wire::new(path.to_str().unwrap(), true).err().unwrap().to_string();
        assert!(refused().starts_with("openid.certificate cannot be read: "), "{}", refused());
        for text in ["", "a password", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----"]
        {
            fs::write(&path, text).unwrap();
            assert!(refused().starts_with("openid.certificate cannot be read: "), "{text}");
        }
    }

    #[test]
    fn whoever_has_waited_long_enough_is_not_kept_waiting_for_more() {
        let wire = Wire::new("", false).unwrap();
        let over = Patience { until: Instant::now() };
        let nowhere = Url::parse("http://127.0.0.1:9").unwrap();
        assert_eq!(wire.get(&nowhere, None, over), Err(too_slow()));
        assert_eq!(wire.post(&nowhere, None, &[], over).err(), Some(too_slow()));
    }
}
