//! How long an answer may be kept, and by whom.

use axum::http::HeaderValue;

/// A policy for keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// What somebody searched for: kept by nobody, since browsers are shared.
    Private,
    /// Asked for anew each time, because what it says about capacity may lapse at any moment.
    Fresh,
    /// Suggestions while typing.
    Minute,
    /// What changes a few times a day at the most.
    Hour,
    /// A file whose name changes with its content.
    Forever,
}

impl Cache {
    /// The value of `Cache-Control`.
    #[must_use]
    pub fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Private => "no-store",
            Self::Fresh => "private, no-cache",
            Self::Minute => "public, max-age=60",
            Self::Hour => "public, max-age=3600",
            Self::Forever => "public, max-age=31536000, immutable",
        })
    }
}
