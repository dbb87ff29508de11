//! Asking one page.

use std::time::Duration;

use ureq::{
    Agent, Error,
    http::{Method, Request, Response, header},
    unversioned::transport::DefaultConnector,
};
use url::Url;

use super::names::{NOT_CALLED, Names};
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
            .user_agent(format!("Hereabouts link check (+{directory})"))
            .accept("text/html, */*")
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), names) }
    }

    /// Whether a page answers. Who asks to be left alone, or lets nobody in, is there.
    #[must_use]
    pub fn check(&self, address: &str) -> LinkOutcome {
        let Ok(mut url) = Url::parse(address) else { return LinkOutcome::NotCalled };
        for _ in 0..=REDIRECTS {
            if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() {
                return LinkOutcome::NotCalled;
            }
            let answered = match self.ask(&url) {
                Ok(answered) => answered,
                Err(error) => return outcome_of(&error),
            };
            let status = answered.status();
            if !status.is_redirection() {
                return match status.as_u16() {
                    404 | 410 => LinkOutcome::NotFound,
                    500.. => LinkOutcome::Fails,
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
        LinkOutcome::Fails
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
            Err(Error::BadUri(_) | Error::HostNotFound | Error::Timeout(_)) => head,
            _ => ask(Method::GET),
        }
    }
}

fn outcome_of(error: &Error) -> LinkOutcome {
    match error {
        Error::BadUri(why) if why == NOT_CALLED => LinkOutcome::NotCalled,
        Error::BadUri(_) | Error::Http(_) => LinkOutcome::NotCalled,
        Error::HostNotFound => LinkOutcome::NoSite,
        Error::Io(why) if is_unknown_name(why) => LinkOutcome::NoSite,
        _ => LinkOutcome::Fails,
    }
}

/// Whether looking a name up came to nothing, which the system says as any other fault.
fn is_unknown_name(why: &std::io::Error) -> bool {
    why.to_string().contains("lookup address")
}
