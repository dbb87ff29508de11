//! Asking one page.

use std::time::Duration;

use ureq::{
    Agent, Error,
    http::{Method, Request, Response, header},
    unversioned::transport::DefaultConnector,
};
use url::Url;

use super::names::Names;
use crate::domain::LinkOutcome;

/// Asks pages whether they are there.
pub struct Checker {
    agent: Agent,
}

/// The longest that one answer is waited for.
const LONGEST: Duration = Duration::from_secs(15);
/// The most times that a page may lead to another.
const REDIRECTS: usize = 5;

impl Checker {
    /// One that calls public addresses only. `directory` is the address that it says it comes from.
    #[must_use]
    pub fn new(directory: &str) -> Self {
        Self::with(Names::default(), directory)
    }

    /// One for which everybody is at the same address, so that a test is called and nobody else.
    #[must_use]
    pub fn of_a_test(everybody: std::net::SocketAddr) -> Self {
        Self::with(Names::of_a_test(everybody), "http://test.example")
    }

    fn with(names: Names, directory: &str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .proxy(None)
            .max_idle_connections(0)
            .timeout_global(Some(LONGEST))
            .user_agent(format!("Hereabouts link check (+{})", plain(directory)))
            .accept("text/html, */*")
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), names) }
    }

    /// Whether a page answers. Who asks to be left alone, or lets nobody in, is there.
    #[must_use]
    pub fn check(&self, address: &str) -> LinkOutcome {
        let Ok(mut url) = Url::parse(address) else { return LinkOutcome::NoAddress };
        for _ in 0..=REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() {
                return LinkOutcome::Unknown;
            }
            let answered = match self.ask(&url) {
                Ok(answered) => answered,
                Err(error) => return outcome_of(&error),
            };
            let status = answered.status();
            if !status.is_redirection() {
                return match status.as_u16() {
                    404 | 410 => LinkOutcome::NotFound,
                    500..=599 => LinkOutcome::Fails,
                    _ => LinkOutcome::Answers,
                };
            }
            let to = answered.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            match to.and_then(|to| url.join(to).ok()) {
                Some(next) => url = next,
                // It says something, if not where to go.
                None => return LinkOutcome::Answers,
            }
        }
        // It leads in a circle, as some do until one takes their cookie: there is a site.
        LinkOutcome::Answers
    }

    /// Asks for the head of a page; for the page itself where that is not understood.
    fn ask(&self, url: &Url) -> Result<Response<ureq::Body>, Error> {
        let ask = |method: Method| {
            let request = Request::builder().method(method).uri(url.as_str()).body(())?;
            self.agent.run(request)
        };
        let head = ask(Method::HEAD);
        match &head {
            Ok(answered)
                if answered.status().is_success() || answered.status().is_redirection() =>
            {
                head
            }
            Err(Error::BadUri(_) | Error::HostNotFound) => head,
            _ => ask(Method::GET),
        }
    }
}

fn outcome_of(error: &Error) -> LinkOutcome {
    match error {
        // Not a public address, or not a port of the web: of that, nobody here can tell.
        Error::BadUri(_) | Error::Http(_) => LinkOutcome::Unknown,
        // A certificate that we do not trust and a browser may: there is a site.
        Error::Tls(_) | Error::Rustls(_) => LinkOutcome::Answers,
        Error::HostNotFound => LinkOutcome::NoSite,
        Error::Io(why) => match name_fault(&why.to_string()) {
            Some(true) => LinkOutcome::NoSite,
            Some(false) => LinkOutcome::Unknown,
            None => LinkOutcome::Silent,
        },
        _ => LinkOutcome::Silent,
    }
}

/// Whether looking a name up came to nothing, and if so whether for good: the system says either
/// as any other fault.
fn name_fault(why: &str) -> Option<bool> {
    let for_good =
        ["not known", "No address associated", "nodename nor servname", "does not resolve"];
    why.contains("lookup address").then(|| for_good.iter().any(|words| why.contains(words)))
}

/// An address as it may stand in a header.
fn plain(address: &str) -> String {
    address.chars().filter(char::is_ascii_graphic).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_cannot_be_looked_up_now_is_not_one_that_is_gone() {
        let said = |why: &str| name_fault(&format!("failed to lookup address information: {why}"));
        assert_eq!(said("Name or service not known"), Some(true));
        assert_eq!(said("Temporary failure in name resolution"), Some(false));
        assert_eq!(name_fault("connection refused"), None);
    }

    #[test]
    fn any_address_may_stand_in_the_configuration() {
        assert_eq!(plain("https://café.example/\r\nX: 1"), "https://caf.example/X:1");
        let _ = Checker::new("https://café.example\n");
    }
}
