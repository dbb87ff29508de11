//! From a page to a whole document.

use axum::{
    http::header,
    response::{Html, IntoResponse, Response},
};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, Render, html};

use super::{
    assets::Asset, cache::Cache, error::PageError, headers, markup, parts::frame, refused::Refused,
    work::Web,
};
use crate::{app::App, keeping::Guest};

/// A page: what stands inside `main`, and what is said of it in the head.
pub trait Page: Render {
    /// Title, robots, canonical address and the like.
    fn head(&self) -> Head;

    /// What comes before `main`: breadcrumbs, a link back.
    fn before(&self) -> Markup {
        html! {}
    }
}

/// What a page says of itself. Begin with [`Head::new`] and set what differs.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Without the directory's name, which is added.
    pub title: String,
    /// A sentence for those who list pages. Left out, there is none.
    pub description: Option<String>,
    pub robots: Robots,
    /// The path that this page is known by, where it can be reached by several.
    pub canonical: Option<String>,
    pub section: Option<Section>,
    /// Links past what is repeated, besides the one to the main content.
    pub skips: Vec<(&'static str, &'static str)>,
    pub shape: Shape,
    /// Whether the menu is that of somebody who has signed in.
    pub signed_in: bool,
    /// How many services are on the reader's shortlist, where the page knows.
    pub shortlisted: Option<usize>,
    /// Whether there is a map, which needs scripts and styles of its own.
    pub map: bool,
    /// schema.org data of a public listing.
    pub linked_data: Option<serde_json::Value>,
}

/// Whether machines may list a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Robots {
    #[default]
    Index,
    /// Search results, and sensitive listings.
    NoIndex,
}

/// A part of the site that the menu names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Search,
    Needs,
    Commissioning,
    Shortlist,
    About,
    Api,
    Manage,
    Referrals,
    Account,
}

/// How a page is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// One column of the page's width.
    #[default]
    Column,
    /// The page makes its own bands across the screen.
    Bands,
    /// To be printed: without header, menu or footer.
    Paper,
}

impl Head {
    /// The head of a page for somebody who has come in: for all that is theirs, or for one listing.
    #[must_use]
    pub fn for_guest(title: impl Into<String>, guest: &Guest) -> Self {
        let is_member = guest.only.is_none();
        Self {
            robots: Robots::NoIndex,
            section: is_member.then_some(Section::Manage),
            signed_in: is_member,
            ..Self::new(title)
        }
    }

    /// A head with a title.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }
}

impl Web {
    /// The response that shows a page.
    #[must_use]
    pub fn show(&self, page: &impl Page, cache: Cache) -> Response {
        let head = page.head();
        let document = document(&self.app, page, &head, self.now()).into_string();
        let mut response = Html(document).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, cache.header());
        if head.map && !self.app.config.map.raster.is_empty() {
            headers::allow_tiles(response.headers_mut(), &self.app.config.map.raster);
        }
        response
    }
}

impl Web {
    /// The page of a press that was refused, with what is wrong.
    #[must_use]
    pub fn show_refused(&self, refused: &Refused, page: &impl Page) -> Response {
        self.show_as(&refused.error(), page)
    }

    /// The response that shows a page which is an error in its own words.
    #[must_use]
    pub fn show_as(&self, error: &PageError, page: &impl Page) -> Response {
        let mut response = self.show(page, Cache::Private);
        *response.status_mut() = error.status();
        response
    }
}

fn document(app: &App, page: &impl Page, head: &Head, now: Timestamp) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" class="govuk-template" {
            head { (in_head(app, head)) }
            body class="govuk-template__body" {
                (markup::scripts_run())
                (frame::skip_links(&head.skips))
                @if head.shape == Shape::Paper {
                    div class="govuk-width-container" { (page.before()) (main(page, head.shape)) }
                } @else {
                    (frame::header(app, head))
                    (body(page, head.shape))
                    (frame::footer(app, now))
                }
            }
        }
    }
}

fn in_head(app: &App, head: &Head) -> Markup {
    let name = &app.config.directory.name;
    html! {
        meta charset="utf-8";
        title { (head.title) @if head.title != *name { " – " (name) } }
        meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
        meta name="theme-color" content="#0b5c5c";
        @if let Some(description) = &head.description { meta name="description" content=(description); }
        @if head.robots == Robots::NoIndex { meta name="robots" content="noindex, nofollow"; }
        @if let Some(path) = &head.canonical {
            link rel="canonical" href=(format!("{}{path}", app.config.directory.address.trim_end_matches('/')));
        }
        link rel="icon" sizes="48x48" href=(Asset::FaviconIco.href());
        link rel="icon" sizes="any" href=(Asset::FaviconSvg.href()) type="image/svg+xml";
        link rel="apple-touch-icon" href=(Asset::Icon180.href());
        link rel="manifest" href="/manifest.webmanifest";
        @if head.map { link rel="stylesheet" href=(Asset::LeafletCss.href()); }
        link rel="stylesheet" href=(Asset::SiteCss.href());
        @if head.map { script defer src=(Asset::LeafletJs.href()) {} }
        script type="module" src=(Asset::SiteJs.href()) {}
        @if head.map { script type="module" src=(Asset::MapJs.href()) {} }
        @if let Some(data) = &head.linked_data { (markup::linked_data(data)) }
    }
}

fn body(page: &impl Page, shape: Shape) -> Markup {
    html! {
        @if shape == Shape::Bands {
            (main(page, shape))
        } @else {
            div class="govuk-width-container" { (page.before()) (main(page, shape)) }
        }
    }
}

fn main(page: &impl Page, shape: Shape) -> Markup {
    let class = match shape {
        Shape::Column => "govuk-main-wrapper",
        Shape::Bands => "ha-bands",
        Shape::Paper => "govuk-main-wrapper ha-print",
    };
    html! { main class=(class) id="main" tabindex="-1" { (page) } }
}
