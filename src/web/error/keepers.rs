//! What only those meet who look after the directory.

use axum::http::StatusCode;

use super::{HOME, PageError, Shown};
use crate::web::paths;

/// Status, title, message and ways onward.
pub(super) fn shown(error: &PageError) -> Shown {
    let shown = Shown::new;
    match error {
        PageError::SignInFirst { .. } => shown(
            StatusCode::SEE_OTHER,
            "Sign in first",
            "This page is for those who look after the directory.",
        ),
        PageError::SignedOut => Shown {
            onward: vec![("Sign in", paths::SIGN_IN), HOME],
            ..shown(
                StatusCode::UNAUTHORIZED,
                "You have been signed out",
                "You were signed out after half an hour without use, or this form is an old one. Nothing has been changed. Go back to keep what you typed, sign in in another window, and send it again.",
            )
        },
        PageError::NotASteward => Shown {
            onward: vec![("Your listings", paths::MANAGE), HOME],
            ..shown(
                StatusCode::FORBIDDEN,
                "This is for stewards",
                "What waits here is looked at by the stewards of this directory. If you are to be one, ask whoever runs it.",
            )
        },
        PageError::NotALinkWorker => Shown {
            onward: vec![("Search for services", paths::HOME)],
            ..shown(
                StatusCode::FORBIDDEN,
                "This is for link workers",
                "Referrals are made by link workers who are known to this directory. If you are one, ask whoever runs it. Anybody can make a shortlist and hand it over.",
            )
        },
        PageError::ChangedMeanwhile => shown(
            StatusCode::CONFLICT,
            "It was changed since you opened it",
            "Somebody else changed it, and nothing of yours was saved over that. Open it again to see how it stands.",
        ),
        PageError::NotYours => Shown {
            onward: vec![("Your listings", paths::MANAGE), HOME],
            ..shown(
                StatusCode::FORBIDDEN,
                "You do not look after this listing",
                "Nothing has been changed. If you should look after it, ask whoever runs this directory, or a colleague who does already.",
            )
        },
        _ => Shown {
            onward: vec![("Ask for a new link", paths::SIGN_IN), HOME],
            ..shown(
                StatusCode::GONE,
                "This link no longer works",
                "It was used already, or is too old, or a newer one was sent. Nothing has been changed.",
            )
        },
    }
}
