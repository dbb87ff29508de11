//! What can go wrong for somebody who looks at a page: the only place that knows status codes
//! and the words for them, and the only place that logs a cause.

use std::{error::Error, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

use super::{asked::Pairs, cache::Cache, pages::error::ErrorPage, paths, work::Web};
use crate::{
    app::Overloaded,
    keeping::{KeepingError, TooOften},
    openid::OpenIdError,
    search::{Fault, SearchError},
    store::StoreError,
};

mod keepers;
mod way_in;

/// Why a page cannot be shown.
#[derive(Clone, Debug)]
pub enum PageError {
    NotFound,
    /// It was listed, and is no longer.
    Gone,
    WrongMethod,
    /// The request is not one that can be understood.
    Unreadable,
    /// It can be understood, and not done as it is.
    Unacceptable(Vec<Fault>),
    TooLarge,
    /// It was joined with another, which is at this address.
    Moved {
        to: String,
    },
    /// Only for somebody who has come in. `next` is where they go then.
    SignInFirst {
        next: String,
    },
    /// The session ended before the form was sent, or the form is not of this session.
    SignedOut,
    /// It is somebody else's to look after.
    NotYours,
    /// It is for stewards.
    NotASteward,
    /// It is for link workers.
    NotALinkWorker,
    /// Somebody else changed it after its page was opened; the page shows how it stands.
    ChangedMeanwhile,
    /// A link in a mail that was used already, or is too old.
    LinkIsOver,
    /// A shortlist that was deleted, or whose time is over.
    ShortlistIsOver,
    /// The provider that signs people in did not vouch for this one.
    NotVouchedFor(OpenIdError),
    TooMany {
        retry_seconds: u16,
    },
    Overloaded,
    TooSlow,
    /// The work panicked. What it said may hold what was searched for, so it is not repeated.
    Panicked,
    Failed(Arc<dyn Error + Send + Sync>),
}

/// An error as the visitor meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub status: StatusCode,
    pub title: &'static str,
    pub message: String,
    pub faults: Vec<Fault>,
    /// Where to go from here: what the link says, and its address.
    pub onward: Vec<(&'static str, &'static str)>,
    /// A reference to a line of the log, where there is one.
    pub reference: Option<String>,
    retry_seconds: Option<u16>,
}

const HOME: (&str, &str) = ("Go to the first page", paths::HOME);

impl Shown {
    fn new(status: StatusCode, title: &'static str, message: &str) -> Self {
        Self {
            status,
            title,
            message: message.to_owned(),
            faults: Vec::new(),
            onward: vec![HOME, ("Look by need", paths::NEEDS)],
            reference: None,
            retry_seconds: None,
        }
    }
}

impl PageError {
    /// Status, title, message and ways onward.
    fn shown(&self) -> Shown {
        let shown = Shown::new;
        match self {
            Self::NotFound => shown(
                StatusCode::NOT_FOUND,
                "Page not found",
                "There is nothing at this address. If you typed it, check that it is right. If you followed a link, the listing may have moved: search for its name.",
            ),
            Self::ShortlistIsOver => Shown {
                onward: vec![("Search for services", paths::HOME)],
                ..shown(
                    StatusCode::GONE,
                    "There is no such list",
                    "It was deleted, or its 90 days are over, or a letter of its address is wrong. Services are found again by searching.",
                )
            },
            // Whoever follows the address never sees this.
            Self::Moved { .. } | Self::Gone => shown(
                StatusCode::GONE,
                "No longer listed",
                "This listing has been taken down. Search for others that help with the same thing.",
            ),
            Self::WrongMethod => shown(
                StatusCode::METHOD_NOT_ALLOWED,
                "That cannot be done here",
                "This address does not take what was sent to it. Nothing has been changed.",
            ),
            Self::Unreadable => shown(
                StatusCode::BAD_REQUEST,
                "We could not read that request",
                "Part of the address or of what was sent is damaged. Nothing has been changed. Try again from the search box.",
            ),
            Self::Unacceptable(faults) => Shown {
                faults: faults.clone(),
                ..shown(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "That needs a change first",
                    "Nothing has been saved yet. Put right what is listed here and send it again.",
                )
            },
            Self::TooLarge => shown(
                StatusCode::PAYLOAD_TOO_LARGE,
                "That was too much at once",
                "What was sent is larger than is read here. Nothing has been changed.",
            ),
            Self::SignInFirst { .. }
            | Self::SignedOut
            | Self::NotYours
            | Self::NotASteward
            | Self::NotALinkWorker
            | Self::ChangedMeanwhile
            | Self::LinkIsOver => keepers::shown(self),
            Self::NotVouchedFor(error) => way_in::shown(error),
            Self::TooMany { retry_seconds } => Shown {
                retry_seconds: Some(*retry_seconds),
                ..shown(
                    StatusCode::TOO_MANY_REQUESTS,
                    "Too many requests",
                    "More was asked from your connection than is answered at once. Wait a minute and try again.",
                )
            },
            Self::Overloaded => Shown {
                retry_seconds: Some(5),
                ..shown(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Too busy at the moment",
                    "Too many people are searching just now. Wait a few seconds and try again.",
                )
            },
            Self::TooSlow => Shown {
                retry_seconds: Some(30),
                ..shown(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "That took too long",
                    "The answer did not come in time. Try again, or ask for something narrower.",
                )
            },
            Self::Panicked | Self::Failed(_) => Shown {
                reference: Some(reference()),
                ..shown(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something went wrong on our side",
                    "It is not your doing, and nothing has been changed. Try again in a few minutes.",
                )
            },
        }
    }

    /// The status of a page that says this in its own words.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.shown().status
    }

    /// What a status that axum or a layer answered by itself stands for.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            status if status.is_client_error() => Self::Unreadable,
            status if status.is_server_error() => Self::Panicked,
            _ => return None,
        })
    }

    fn log(&self, reference: &str) {
        match self {
            Self::Failed(cause) => tracing::error!(reference, %cause, "a page failed"),
            Self::NotVouchedFor(cause) => {
                tracing::error!(reference, %cause, "somebody could not be signed in");
            }
            _ => tracing::error!(reference, "a page panicked"),
        }
    }
}

impl IntoResponse for PageError {
    /// A bare response that carries the error to [`present`]; or the way to sign in.
    fn into_response(self) -> Response {
        if let Self::SignInFirst { next } = &self {
            return Redirect::to(&paths::sign_in(next)).into_response();
        }
        if let Self::Moved { to } = &self {
            // Joining can be taken back, so nobody is to remember it.
            return ([(header::CACHE_CONTROL, "no-cache")], Redirect::permanent(to))
                .into_response();
        }
        let mut response = self.shown().status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Overloaded> for PageError {
    fn from(_: Overloaded) -> Self {
        Self::Overloaded
    }
}

impl From<TooOften> for PageError {
    fn from(often: TooOften) -> Self {
        Self::TooMany { retry_seconds: often.retry_seconds }
    }
}

impl From<KeepingError> for PageError {
    fn from(error: KeepingError) -> Self {
        match error {
            KeepingError::NotFound(_) => Self::NotFound,
            KeepingError::NotTheirs => Self::NotYours,
            KeepingError::LinkIsOver => Self::LinkIsOver,
            KeepingError::StillReading => Self::TooSlow,
            error => Self::Failed(Arc::new(error)),
        }
    }
}

impl From<OpenIdError> for PageError {
    fn from(error: OpenIdError) -> Self {
        Self::NotVouchedFor(error)
    }
}

impl From<SearchError> for PageError {
    fn from(error: SearchError) -> Self {
        Self::Failed(Arc::new(error))
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::NotFound,
            error => Self::Failed(Arc::new(error)),
        }
    }
}

/// Makes a page of every error, with the search box as it was filled in.
pub async fn present(State(web): State<Web>, request: Request, next: Next) -> Response {
    let pairs = Pairs::read(request.uri().query().unwrap_or_default());
    let response = next.run(request).await;
    let carried = response.extensions().get::<PageError>().cloned();
    let bare = if is_page(&response) { None } else { PageError::of_status(response.status()) };
    match carried.or(bare) {
        Some(error) => page(&web, &error, &pairs, &response),
        None => response,
    }
}

/// Whether a response is a page already, such as a form with what is wrong with it.
fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

fn page(web: &Web, error: &PageError, pairs: &Pairs, bare: &Response) -> Response {
    let shown = error.shown();
    if let Some(reference) = &shown.reference {
        error.log(reference);
    }
    let page = ErrorPage { shown: &shown, words: pairs.first("q"), near: pairs.first("near") };
    let mut response = web.show(&page, Cache::Private);
    *response.status_mut() = shown.status;
    let allowed = bare.headers().get(header::ALLOW).cloned();
    let headers = response.headers_mut();
    headers.extend(allowed.map(|allowed| (header::ALLOW, allowed)));
    headers.extend(shown.retry_seconds.map(|s| (header::RETRY_AFTER, HeaderValue::from(s))));
    response
}

/// Eight letters and digits that a visitor can read out.
fn reference() -> String {
    let id = Uuid::now_v7().simple().to_string();
    id.chars().skip(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(error: &PageError, status: u16, retry_seconds: Option<u16>) {
        let shown = error.shown();
        assert_eq!((shown.status.as_u16(), shown.retry_seconds), (status, retry_seconds));
        assert!(
            !shown.title.is_empty() && shown.message.ends_with('.') && !shown.onward.is_empty()
        );
        assert_eq!(shown.reference.is_some(), [500, 502].contains(&status), "{status}");
    }

    #[test]
    fn every_error_has_its_status_and_a_way_on() {
        check(&PageError::Unreadable, 400, None);
        check(&PageError::NotFound, 404, None);
        check(&PageError::SignedOut, 401, None);
        check(&PageError::NotYours, 403, None);
        check(&PageError::NotASteward, 403, None);
        check(&PageError::NotALinkWorker, 403, None);
        check(&PageError::ChangedMeanwhile, 409, None);
        check(&PageError::WrongMethod, 405, None);
        check(&PageError::Gone, 410, None);
        check(&PageError::LinkIsOver, 410, None);
        check(&PageError::ShortlistIsOver, 410, None);
        check(&PageError::TooLarge, 413, None);
        check(&PageError::Unacceptable(Vec::new()), 422, None);
        check(&PageError::NotVouchedFor(OpenIdError::NotBegunHere), 410, None);
        check(&PageError::NotVouchedFor(OpenIdError::Declined), 403, None);
        check(&PageError::NotVouchedFor(OpenIdError::NoAddress), 403, None);
        check(&PageError::NotVouchedFor(OpenIdError::NoSecret), 500, None);
        check(&PageError::NotVouchedFor(OpenIdError::Unreachable(String::new())), 502, None);
        check(&PageError::NotVouchedFor(OpenIdError::AnotherIssuer), 502, None);
        check(&PageError::TooMany { retry_seconds: 60 }, 429, Some(60));
        check(&PageError::Panicked, 500, None);
        check(&PageError::Overloaded, 503, Some(5));
        check(&PageError::TooSlow, 503, Some(30));
    }

    #[test]
    fn what_failed_inside_is_not_told_to_the_visitor() {
        let error = PageError::from(StoreError::Engine { code: 1, detail: "secret".to_owned() });
        let shown = error.shown();
        assert!(!shown.message.contains("secret"));
        assert_eq!(shown.reference.as_ref().map(String::len), Some(8));
        assert_ne!(shown.reference, error.shown().reference);
    }
}
