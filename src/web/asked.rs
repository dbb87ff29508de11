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

/// A page of a list that has so many on each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// From 1.
    pub page: usize,
    pub each: usize,
}

impl ListPage {
    /// The page that is asked for.
    #[must_use]
    pub fn of(pairs: &Pairs, each: usize) -> Self {
        Self { page: pairs.page(), each }
    }

    /// How many come before it, and how many are on it.
    #[must_use]
    pub fn stretch(self) -> (usize, usize) {
        ((self.page - 1).saturating_mul(self.each), self.each)
    }

    /// The number of the first on it, from 1.
    #[must_use]
    pub fn first(self) -> usize {
        self.stretch().0.saturating_add(1)
    }

    /// How many pages so many come to.
    #[must_use]
    pub fn pages(self, total: usize) -> usize {
        total.div_ceil(self.each)
    }

    /// A title with the number of the page, where it is not the first.
    #[must_use]
    pub fn title(self, title: &str) -> String {
        if self.page > 1 { format!("{title}, page {}", self.page) } else { title.to_owned() }
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

    #[test]
    fn any_page_has_a_stretch_and_a_title() {
        let of = |query: &str| ListPage::of(&Pairs::read(query), 25);
        assert_eq!((of("").stretch(), of("").first(), of("").title("A")), ((0, 25), 1, "A".into()));
        let third = of("page=3");
        assert_eq!((third.stretch(), third.first()), ((50, 25), 51));
        assert_eq!((third.title("A"), third.pages(51)), ("A, page 3".into(), 3));
        assert_eq!(of("page=0"), of("page=x"));
        let far = of(&format!("page={}", usize::MAX));
        assert_eq!(far.stretch().0, usize::MAX);
        assert_eq!(far.first(), usize::MAX);
    }
}
