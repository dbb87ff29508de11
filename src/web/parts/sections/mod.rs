//! The fields of the forms by which a listing is changed, section by section.

mod access;
mod contacts;
mod needs;
mod start;
mod venues;
mod when;
mod who;
mod words;

use maud::Markup;

use super::form::{Choices, TextField, checkboxes, radios, select, text_area, text_field};
use crate::{
    domain::{Answer, ServiceAtLocation},
    keeping::{Edited, Filled, FormFault, Section, key_of},
    store::ServiceRecord,
    vocabulary::Vocabulary,
};

/// A form that is shown: what is in it, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    pub filled: &'a Filled,
    pub faults: &'a [FormFault],
    /// The listing with what is pending, as the form was filled from it.
    pub edited: &'a Edited,
    pub record: &'a ServiceRecord,
    pub vocabulary: &'static Vocabulary,
}

/// What a section is called, and what it is about.
#[must_use]
pub fn title(section: Section) -> &'static str {
    match section {
        Section::Words => "Words, phone, e-mail and website",
        Section::Needs => "Name and what it helps with",
        Section::Who => "Who it is for",
        Section::When => "When it is",
        Section::Venues => "Where it is and the area it serves",
        Section::Start => "How to start, cost and the first time",
        Section::Access => "Access and languages",
        Section::Contacts => "Contacts and who may see them",
    }
}

/// The fields of a section.
#[must_use]
pub fn fields(section: Section, form: Form<'_>) -> Markup {
    match section {
        Section::Words => words::fields(form),
        Section::Needs => needs::fields(form),
        Section::Who => who::fields(form),
        Section::When => when::fields(form),
        Section::Venues => venues::fields(form),
        Section::Start => start::fields(form),
        Section::Access => access::fields(form),
        Section::Contacts => contacts::fields(form),
    }
}

pub use needs::needs_choices;
pub use venues::delivery_choices;

/// A field of one line: its name, label, hint and a class for its width.
pub type Line<'l> = (&'l str, &'l str, &'l str, &'l str);

impl Form<'_> {
    /// A line to type into.
    #[must_use]
    pub fn line(&self, (name, label, hint, width): Line<'_>) -> Markup {
        self.typed_line((name, label, hint, width), "text", None)
    }

    /// A line of a kind that phones have a keyboard for.
    #[must_use]
    pub fn typed_line(
        &self,
        (name, label, hint, width): Line<'_>,
        kind: &str,
        autocomplete: Option<&str>,
    ) -> Markup {
        let (hint, value) = (said(hint), self.filled.get(name));
        text_field(
            &TextField { name, id: name, label, hint, value, kind, autocomplete, width },
            self.faults,
        )
    }

    /// Lines to type into.
    #[must_use]
    pub fn area(&self, name: &str, label: &str, hint: &str, size: (u8, usize)) -> Markup {
        text_area(name, label, said(hint), self.filled.get(name), size, self.faults)
    }

    /// One of several.
    #[must_use]
    pub fn radios(&self, name: &str, legend: &str, hint: &str, all: &[(String, String)]) -> Markup {
        radios(&self.choices(name, legend, hint, all), self.faults)
    }

    /// Any number of several.
    #[must_use]
    pub fn boxes(&self, name: &str, legend: &str, hint: &str, all: &[(String, String)]) -> Markup {
        checkboxes(&self.choices(name, legend, hint, all), self.faults)
    }

    /// One of several, in a list that opens.
    #[must_use]
    pub fn select(&self, name: &str, label: &str, all: &[(String, String)]) -> Markup {
        select(&self.choices(name, label, "", all), self.faults)
    }

    /// One box to tick.
    #[must_use]
    pub fn tick(&self, name: &str, label: &str) -> Markup {
        super::form::tick(name, label, self.filled.has(name, "yes"))
    }

    fn choices<'c>(
        &'c self,
        name: &'c str,
        legend: &'c str,
        hint: &'c str,
        all: &'c [(String, String)],
    ) -> Choices<'c> {
        Choices { name, legend, hint: said(hint), all, chosen: self.filled.all(name) }
    }

    /// The rows of a form, and as many empty ones.
    fn rows(&self, letter: char, empty: usize) -> Vec<usize> {
        let mut rows = self.filled.rows(letter);
        let next = rows.last().map_or(0, |last| last + 1);
        rows.extend(next..next + empty);
        rows
    }

    /// What a venue is called on a page: by its name, where that may be shown.
    fn venue_name(&self, at: usize, venue: &ServiceAtLocation) -> String {
        let site = self.edited.sites.iter().find(|site| site.id == venue.location);
        let shown = site.filter(|site| self.edited.shows_where(site));
        shown.map_or_else(|| format!("Venue {}", at + 1), |site| site.name.clone())
    }
}

fn said(hint: &str) -> Option<&str> {
    Some(hint).filter(|hint| !hint.is_empty())
}

/// Yes, no, or nobody said.
fn answers() -> [(String, String); 3] {
    [
        (key_of(Answer::Yes), "Yes".to_owned()),
        (key_of(Answer::No), "No".to_owned()),
        (key_of(Answer::NotStated), "Not said".to_owned()),
    ]
}

/// Every value of a closed set by the name that it is stored under, in the words of the pages.
fn all_of<T: crate::search::Labelled + serde::Serialize>() -> Vec<(String, String)> {
    T::all().into_iter().map(|value| (key_of(value), value.label().to_owned())).collect()
}
