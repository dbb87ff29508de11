//! `/outbox`: the mails of the demonstration, which are not really sent.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};
use serde::Deserialize;

use crate::{
    mail::{Posted, newest, posted},
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots},
        parts::frame::back_link,
        paths,
        work::Web,
    },
};

/// The most letters in the list.
const MOST: usize = 50;

/// The part of an address that says which letter.
#[derive(Deserialize)]
pub struct Numbered {
    number: u64,
}

/// Answers with the newest letters.
pub async fn show(State(web): State<Web>) -> Result<Response, PageError> {
    let letters = web
        .work(|app| match app.post.folder() {
            Some(folder) => newest(folder, MOST).map_err(unreadable),
            None => Err(PageError::NotFound),
        })
        .await?;
    Ok(web.show(&OutboxPage { letters: &letters }, Cache::Private))
}

/// Answers with one.
pub async fn show_one(
    State(web): State<Web>,
    Path(numbered): Path<Numbered>,
) -> Result<Response, PageError> {
    let letter = web
        .work(move |app| match app.post.folder() {
            Some(folder) => posted(folder, numbered.number).map_err(unreadable),
            None => Ok(None),
        })
        .await?;
    let letter = letter.ok_or(PageError::NotFound)?;
    let address = web.app.config.directory.address.trim_end_matches('/').to_owned();
    Ok(web.show(&LetterPage { letter: &letter, address: &address }, Cache::Private))
}

fn unreadable(error: std::io::Error) -> PageError {
    PageError::Failed(Arc::new(error))
}

struct OutboxPage<'a> {
    letters: &'a [Posted],
}

impl Page for OutboxPage<'_> {
    fn head(&self) -> Head {
        Head { robots: Robots::NoIndex, ..Head::new("Outbox of the demonstration") }
    }
}

impl Render for OutboxPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Outbox of the demonstration" }
            p class="govuk-body" { "Mails that a real directory would send. Here they only become files in the state folder." }
            @if self.letters.is_empty() {
                p class="govuk-body" { "There is none yet. " a class="govuk-link" href=(paths::SIGN_IN) { "Sign in as somebody" } ", then look here after a few seconds." }
            } @else {
                ul class="ha-ways" role="list" {
                    @for letter in self.letters {
                        li {
                            h2 class="ha-ways__title" { a class="govuk-link" href=(paths::outbox(letter.number)) { (letter.subject) } }
                            p { "To " (letter.to) }
                        }
                    }
                }
            }
        }
    }
}

struct LetterPage<'a> {
    letter: &'a Posted,
    /// What links to this directory begin with.
    address: &'a str,
}

impl Page for LetterPage<'_> {
    fn head(&self) -> Head {
        let title = format!("{} (mail {})", self.letter.subject, self.letter.number);
        Head { robots: Robots::NoIndex, ..Head::new(title) }
    }

    fn before(&self) -> Markup {
        html! { (back_link(paths::OUTBOX, "All mails")) }
    }
}

impl Render for LetterPage<'_> {
    fn render(&self) -> Markup {
        html! {
            span class="govuk-caption-l" { "To " (self.letter.to) }
            h1 class="govuk-heading-l" { (self.letter.subject) }
            @for line in self.letter.text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with("---")) {
                p class="govuk-body ha-wrap" {
                    @match line.strip_prefix(self.address) {
                        Some(path) if path.starts_with('/') => { a class="govuk-link" href=(path) { (line) } }
                        _ => { (line) }
                    }
                }
            }
        }
    }
}
