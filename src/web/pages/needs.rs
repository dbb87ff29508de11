//! `/needs` and `/needs/{id}`: what people come looking for, by group and one by one.

use std::collections::HashMap;

use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, Render, html};

use crate::{
    domain::NeedId,
    search::{Figures, wording},
    vocabulary::{Group, Need, Vocabulary},
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        paths,
        work::Web,
    },
};

/// Answers with every need.
pub async fn show(State(web): State<Web>) -> Result<Response, PageError> {
    let now = web.now();
    let figures = web.work(move |app| app.search.figures(now)).await?;
    let page = NeedsPage { vocabulary: web.app.vocabulary, counts: counts(&figures) };
    Ok(web.show(&page, Cache::Fresh))
}

/// Answers with one need.
pub async fn show_one(
    State(web): State<Web>,
    Path(named): Path<Named>,
) -> Result<Response, PageError> {
    let need = web.app.vocabulary.need(&named.id).ok_or(PageError::NotFound)?;
    let now = web.now();
    let figures = web.work(move |app| app.search.figures(now)).await?;
    let count = counts(&figures).get(&need.id).copied().unwrap_or(0);
    let added = web.app.search.added().phrases_of(&need.id).map(str::to_owned).collect();
    let page = NeedPage { need, vocabulary: web.app.vocabulary, added, count };
    Ok(web.show(&page, Cache::Fresh))
}

fn counts(figures: &Figures) -> HashMap<&NeedId, usize> {
    figures.by_need.iter().map(|(need, count)| (need, *count)).collect()
}

/// Every need, by group.
pub struct NeedsPage<'a> {
    pub vocabulary: &'a Vocabulary,
    pub counts: HashMap<&'a NeedId, usize>,
}

impl Page for NeedsPage<'_> {
    fn head(&self) -> Head {
        Head {
            canonical: Some(paths::NEEDS.to_owned()),
            section: Some(Section::Needs),
            ..Head::new("All needs, by group")
        }
    }
}

impl Render for NeedsPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-xl" { "All needs" }
            p class="govuk-body" { "What people come looking for, in plain words, with how many services help with each." }
            @for group in self.vocabulary.groups() { (self.group(group)) }
        }
    }
}

impl NeedsPage<'_> {
    fn group(&self, group: &Group) -> Markup {
        html! {
            h2 class="govuk-heading-m" { (group.label) }
            p class="govuk-body" { (group.summary) }
            ul class="ha-columns govuk-!-margin-bottom-6" role="list" {
                @for need in self.vocabulary.needs_in(&group.id) { (self.need(need)) }
            }
        }
    }

    fn need(&self, need: &Need) -> Markup {
        let count = self.counts.get(&need.id).copied().unwrap_or(0);
        html! {
            li {
                a class="govuk-link" href=(paths::need(&need.id)) { (need.label) }
                " " span class="ha-columns__count" { "(" (wording::thousands(count)) ")" }
            }
        }
    }
}

/// One need.
pub struct NeedPage<'a> {
    pub need: &'a Need,
    pub vocabulary: &'a Vocabulary,
    /// What this directory's own people say.
    pub added: Vec<String>,
    pub count: usize,
}

impl Page for NeedPage<'_> {
    fn head(&self) -> Head {
        Head {
            description: Some(self.need.summary.clone()),
            canonical: Some(paths::need(&self.need.id)),
            section: Some(Section::Needs),
            ..Head::new(format!("{}: what it covers, and who helps", self.need.label))
        }
    }
}

impl Render for NeedPage<'_> {
    fn render(&self) -> Markup {
        let need = self.need;
        let services = wording::counted(self.count, "service helps", "services help");
        html! {
            h1 class="govuk-heading-xl" { (need.label) }
            p class="govuk-body-l" { (need.summary) }
            p class="govuk-body" {
                a class="govuk-link" href=(paths::search_need(&need.id)) { (services) " with this" }
            }
            (self.find())
            (list("What people say", &need.phrases))
            (list("What people here say", &self.added))
            (list("What professionals write", &need.referrer))
            (self.related("Wider needs", self.vocabulary.broader(&need.id)))
            (self.related("Narrower needs", self.vocabulary.narrower(&need.id)))
            p class="govuk-body" { a class="govuk-link" href=(paths::NEEDS) { "All needs, by group" } }
        }
    }
}

impl NeedPage<'_> {
    fn find(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Find it near you" }
            form class="ha-search" role="search" aria-label="Find it near you" method="get" action=(paths::SEARCH) {
                input type="hidden" name="need" value=(self.need.id.as_str());
                div class="ha-search__field" {
                    label class="govuk-label" for="where" { "Postcode or place" }
                    input class="govuk-input" id="where" name="near" type="text" autocomplete="postal-code" spellcheck="false" maxlength="200";
                }
                button class="govuk-button ha-search__button" data-module="govuk-button" { "Search" }
            }
        }
    }

    fn related(&self, title: &str, ids: &[NeedId]) -> Markup {
        let needs: Vec<&Need> =
            ids.iter().filter_map(|id| self.vocabulary.need(id.as_str())).collect();
        html! {
            @if !needs.is_empty() {
                h2 class="govuk-heading-m" { (title) }
                ul class="govuk-list" {
                    @for need in needs { li { a class="govuk-link" href=(paths::need(&need.id)) { (need.label) } } }
                }
            }
        }
    }
}

fn list(title: &str, phrases: &[String]) -> Markup {
    html! {
        @if !phrases.is_empty() {
            h2 class="govuk-heading-m" { (title) }
            ul class="govuk-list govuk-list--bullet" { @for phrase in phrases { li { "“" (phrase) "”" } } }
        }
    }
}
