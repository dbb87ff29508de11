//! Reading what a request asks from its address.

use std::{convert::Infallible, str::FromStr};

use axum::{extract::FromRequestParts, http::request::Parts};
use serde::Deserialize;
use url::form_urlencoded;

use super::error::PageError;
use crate::search::{Fault, Question};

/// The keys and values of a query string, in their order, without control characters.
/// What is not UTF-8 becomes `�`, so that nothing is refused here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

/// The most pairs that are read of an address, and of a form.
const MOST_PAIRS: usize = 400;
const MOST_FIELDS: usize = 4000;

impl Pairs {
    /// Reads a query string.
    #[must_use]
    pub fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).take(MOST_PAIRS);
        Self(pairs.map(|(key, value)| (key.into_owned(), plain(&value))).collect())
    }

    /// Reads a form that was sent, whose texts may have lines. Nothing where it has more fields
    /// than any of ours: to leave some out would be to take out what they say.
    #[must_use]
    pub fn read_form(body: &str) -> Option<Self> {
        let pairs = form_urlencoded::parse(body.as_bytes());
        let pairs = pairs.map(|(key, value)| (key.into_owned(), lines(&value)));
        let read: Vec<(String, String)> = pairs.take(MOST_FIELDS + 1).collect();
        (read.len() <= MOST_FIELDS).then_some(Self(read))
    }

    /// The first value of a key, without the space around it; empty where there is none.
    #[must_use]
    pub fn first(&self, key: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == key);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Which page of a list is asked for, from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.first("page").parse().unwrap_or(1).max(1)
    }
}

/// The part of an address that says which noun is meant. What follows it, the slug, is not read.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    pub id: String,
}

impl Named {
    /// The id, where it is one; else there is no such page.
    pub fn id<T: FromStr>(&self) -> Result<T, PageError> {
        self.id.parse().map_err(|_| PageError::NotFound)
    }
}

/// A question with the faults that were met in reading it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub question: Question,
    pub faults: Vec<Fault>,
    pub pairs: Pairs,
}

impl<S: Sync> FromRequestParts<S> for Pairs {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pairs = Pairs::read(parts.uri.query().unwrap_or_default());
        let (question, faults) = Question::read(&pairs.0);
        Ok(Self { question, faults, pairs })
    }
}

/// Text whose only control characters are ends of lines.
fn lines(value: &str) -> String {
    value.chars().map(|c| if c.is_control() && !"\r\n".contains(c) { ' ' } else { c }).collect()
}

fn plain(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_broken_text_are_no_reason_to_refuse() {
        let pairs = Pairs::read("q=a%00b%0Ac&near=%FF%FE&q=d&&=&x");
        assert_eq!(pairs.first("q"), "a b c");
        assert_eq!(pairs.first("near"), "\u{fffd}\u{fffd}");
        assert_eq!(pairs.first("none"), "");
    }
}
