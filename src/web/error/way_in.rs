//! What somebody meets whom the provider that signs people in did not vouch for.

use axum::http::StatusCode;

use super::{HOME, PageError, Shown, reference};
use crate::{openid::OpenIdError, web::paths};

/// How an error is met by somebody who comes back from the provider that signs people in, or
/// could not set out to it. What whoever runs the directory has to put right has a reference.
pub fn shown(error: &OpenIdError) -> Shown {
    let said = |status, title, message| Shown {
        onward: vec![("Sign in another way", paths::SIGN_IN), HOME],
        ..Shown::new(status, title, message)
    };
    match error {
        OpenIdError::NotBegunHere => said(
            StatusCode::GONE,
            "Begin signing in again",
            "This was finished already, took longer than ten minutes, or began in another browser or window. Nothing has been changed.",
        ),
        OpenIdError::Declined => said(
            StatusCode::FORBIDDEN,
            "You were not signed in",
            "You pressed cancel, or the service that signs you in did not let you through. Nothing has been changed.",
        ),
        OpenIdError::NoAddress => said(
            StatusCode::FORBIDDEN,
            "Your e-mail address is not confirmed",
            "The service that signs you in does not say that your e-mail address is yours, and you are known here by that. Nothing has been changed. Confirm your address there, or have a link mailed to it.",
        ),
        OpenIdError::NoSecret => PageError::Panicked.shown(),
        OpenIdError::Unreachable(_) => Shown {
            reference: Some(reference()),
            ..said(
                StatusCode::BAD_GATEWAY,
                "You cannot be signed in that way just now",
                "The service that signs you in did not answer in time, or not as it should. Nothing has been changed. Try again in a few minutes, or have a link mailed to you.",
            )
        },
        OpenIdError::Unusable { .. }
        | OpenIdError::Refused { .. }
        | OpenIdError::AnotherIssuer
        | OpenIdError::Untrusted(_) => Shown {
            reference: Some(reference()),
            ..said(
                StatusCode::BAD_GATEWAY,
                "We could not make sure that it is you",
                "What the service that signs you in answered cannot be relied on. Nothing has been changed. Have a link mailed to you instead, and tell whoever runs this directory.",
            )
        },
    }
}
