//! What went wrong, and where to go from there.

use maud::{Markup, Render, html};

use crate::web::{
    error::Shown,
    layout::{Head, Page, Robots},
    parts::search_form::{SearchForm, search_form},
};

/// An error page, with the search box as it was filled in.
pub struct ErrorPage<'a> {
    pub shown: &'a Shown,
    pub words: &'a str,
    pub near: &'a str,
}

impl Page for ErrorPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new(self.shown.title) }
    }
}

impl Render for ErrorPage<'_> {
    fn render(&self) -> Markup {
        let form = SearchForm { words: self.words, near: self.near, ..SearchForm::default() };
        html! {
            h1 class="govuk-heading-l" { (self.shown.title) }
            p class="govuk-body" { (self.shown.message) }
            @if !self.shown.faults.is_empty() {
                ul class="govuk-list govuk-list--bullet" {
                    @for fault in &self.shown.faults { li { (fault.to_string()) } }
                }
            }
            @if let Some(reference) = &self.shown.reference {
                p class="govuk-body" { "If you ask for help with this, say the reference " strong { (reference) } "." }
            }
            (search_form(&form))
            ul class="govuk-list" {
                @for (label, href) in &self.shown.onward { li { a class="govuk-link" href=(href) { (label) } } }
            }
        }
    }
}
