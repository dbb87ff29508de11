//! What stands around every page.

use jiff::Timestamp;
use maud::{Markup, html};

use super::urgent;
use crate::{
    app::App,
    config::Directory,
    search::wording,
    web::{
        layout::{Head, Section},
        paths,
    },
};

/// The ways past what is repeated on every page.
#[must_use]
pub fn skip_links(more: &[(&'static str, &'static str)]) -> Markup {
    html! {
        a href="#main" class="govuk-skip-link" data-module="govuk-skip-link" { "Skip to main content" }
        @for (label, target) in more {
            a href=(target) class="govuk-skip-link" data-module="govuk-skip-link" { (label) }
        }
    }
}

/// The way back, before the page.
#[must_use]
pub fn back_link(href: &str, says: &str) -> Markup {
    html! { nav aria-label="Back" { a class="govuk-back-link" href=(href) { (says) } } }
}

/// The directory's name, the menu, and what has to be said about invented listings.
#[must_use]
pub fn header(app: &App, head: &Head) -> Markup {
    html! {
        header {
            div class="govuk-generic-header ha-header" {
                div class="govuk-generic-header__container govuk-width-container" {
                    div class="govuk-generic-header__logo" {
                        a href=(paths::HOME) class="govuk-generic-header__homepage-link" {
                            span class="ha-header__name" { (mark()) " " (app.config.directory.name) }
                        }
                    }
                }
            }
            (menu(head))
        }
        @if app.demonstration { (demonstration()) }
    }
}

fn mark() -> Markup {
    html! {
        svg class="ha-header__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            circle cx="16" cy="16" r="12" fill="none" stroke="currentColor" stroke-width="3.5" {}
            circle cx="19.5" cy="13" r="4.5" fill="currentColor" {}
        }
    }
}

fn menu(head: &Head) -> Markup {
    let shortlist = match head.shortlisted {
        Some(count) => format!("Shortlist ({count})"),
        None => "Shortlist".to_owned(),
    };
    let mut items = vec![
        (Section::Search, "Search", paths::HOME),
        (Section::Needs, "Needs", paths::NEEDS),
        (Section::Commissioning, "Commissioning", paths::COMMISSIONING),
        (Section::Shortlist, shortlist.as_str(), paths::SHORTLISTS),
        (Section::About, "About", paths::ABOUT),
        (Section::Api, "API", paths::API),
    ];
    items.extend(if head.signed_in {
        vec![
            (Section::Manage, "Your listings", paths::MANAGE),
            (Section::Referrals, "Referrals", paths::REFERRALS),
            (Section::Account, "Account", paths::ACCOUNT),
        ]
    } else {
        vec![(Section::Manage, "Sign in", paths::SIGN_IN)]
    });
    html! {
        div class="govuk-service-navigation" data-module="govuk-service-navigation" {
            div class="govuk-width-container" {
                div class="govuk-service-navigation__container" {
                    nav aria-label="Menu" class="govuk-service-navigation__wrapper" {
                        button type="button" class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle" aria-controls="navigation" hidden aria-hidden="true" { "Menu" }
                        ul class="govuk-service-navigation__list" id="navigation" {
                            @for (section, label, href) in items { (menu_item(label, href, head.section == Some(section))) }
                        }
                    }
                }
            }
        }
    }
}

fn menu_item(label: &str, href: &str, is_here: bool) -> Markup {
    html! {
        @if is_here {
            li class="govuk-service-navigation__item govuk-service-navigation__item--active" {
                a class="govuk-service-navigation__link" href=(href) aria-current="true" {
                    strong class="govuk-service-navigation__active-fallback" { (label) }
                }
            }
        } @else {
            li class="govuk-service-navigation__item" {
                a class="govuk-service-navigation__link" href=(href) { (label) }
            }
        }
    }
}

fn demonstration() -> Markup {
    html! {
        aside class="ha-demo" aria-label="About these listings" {
            div class="govuk-width-container" {
                p {
                    strong { "These are demonstration listings:" }
                    " invented, over the real places of Wigan Borough."
                }
            }
        }
    }
}

/// Whom to ring, where things are, where the facts come from, and how fresh this is.
#[must_use]
pub fn footer(app: &App, now: Timestamp) -> Markup {
    let date = wording::long_date(wording::date_of(now));
    html! {
        footer class="ha-footer" {
            div class="govuk-width-container" {
                h2 class="govuk-visually-hidden" { "About this site" }
                div class="ha-footer__columns" {
                    div {
                        h3 class="ha-footer__title" { "Ask a person" }
                        (help(&app.config.directory))
                    }
                    div {
                        h3 class="ha-footer__title" { "Urgent help" }
                        (urgent::footer_lines(&app.config.directory))
                    }
                    div {
                        h3 class="ha-footer__title" { "This directory" }
                        ul class="ha-footer__list" role="list" {
                            li { a class="govuk-link" href=(paths::NEEDS) { "All needs" } }
                            li { a class="govuk-link" href=(paths::ABOUT) { "About and privacy" } }
                            li { a class="govuk-link" href=(paths::SOURCES) { "Sources and licences" } }
                            li { a class="govuk-link" href=(paths::API) { "API and open data" } }
                        }
                    }
                }
                p class="ha-footer__meta" {
                    "A listing is what the organisation says about itself, with the date it said so. This page was made on " (date) "."
                }
            }
        }
    }
}

fn help(directory: &Directory) -> Markup {
    let name = if directory.help_name.is_empty() { "Help line" } else { &directory.help_name };
    html! {
        @if directory.help_phone.is_empty() {
            p { "Your GP practice can put you in touch with a social prescribing link worker, who knows what there is." }
        } @else {
            p { (name) ": " (urgent::telephone(&directory.help_phone)) }
        }
    }
}
