//! `/steward/duplicates`: listings that may be the same.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    domain::Organisation,
    keeping::{
        Duplicates, Guest, KeepingError, Lookalikes, Reason, TwiceThere, duplicates,
        joined_organisations, like_organisations,
    },
    search::wording,
    store::ServiceRecord,
    web::{
        asked::{ListPage, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{done_banner, key_field},
            pagination::numbered_pages,
            steward_menu::steward_menu,
        },
        paths,
        work::Web,
    },
};

/// How many pairs stand on a page.
const PER_PAGE: usize = 25;
/// How many pairs of organisations stand on the first.
const MOST_ORGANISATIONS: usize = 20;

/// Answers with a page of pairs.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let list_page = ListPage::of(&pairs, PER_PAGE);
    let person = guest.person.clone();
    let found = web.work(move |app| {
        let from = (&app.survey, &app.store, &*app.gazetteer);
        let found = duplicates(from, &person, list_page.stretch())?;
        let organisations = like_organisations(from, &person, MOST_ORGANISATIONS)?;
        let joined = joined_organisations(&app.store, &app.gazetteer, &person)?;
        Ok::<_, KeepingError>((found, organisations, joined))
    });
    let (found, organisations, joined) = found.await?;
    if list_page.page > 1 && found.pairs.is_empty() {
        return Ok(Redirect::to(paths::DUPLICATES).into_response());
    }
    let said = match pairs.first("done") {
        "joined" => Some((
            "Joined",
            "Both addresses lead to the listing that stays. Those who look after it are told by mail.",
        )),
        "apart" => Some(("Done", "They are two, and nobody is asked again.")),
        "again" => Some(("Taken back", "They stand among those that may be the same.")),
        "back" => Some(("Taken back", "Each is shown by itself again.")),
        "joined-organisations" => Some((
            "Joined",
            "Both addresses lead to the organisation that stays. Those who look after its listings are told by mail.",
        )),
        "organisations-apart" => {
            Some(("Done", "They are two organisations, and nobody is asked again."))
        }
        "organisations-again" => {
            Some(("Taken back", "They stand among those that may be the same."))
        }
        "organisations-back" => {
            Some(("Taken back", "Each stands by itself again, with its own listings."))
        }
        _ => None,
    };
    let undo = undo(&pairs);
    let shown = DuplicatesPage {
        guest: &guest,
        found: &found,
        organisations: &organisations,
        joined: &joined,
        list_page,
        said,
        undo,
        now: web.now(),
    };
    Ok(web.show(&shown, Cache::Private))
}

/// What takes back what was done just now, and where.
fn undo(pairs: &Pairs) -> Option<(&'static str, String)> {
    let undo = match pairs.first("done") {
        "joined" => "back",
        "apart" => "again",
        "joined-organisations" => return Some(("back", of_organisations(pairs)?)),
        "organisations-apart" => return Some(("again", of_organisations(pairs)?)),
        _ => return None,
    };
    let id = |key| pairs.first(key).parse().ok();
    Some((undo, paths::duplicate(id("first")?, id("second")?)))
}

fn of_organisations(pairs: &Pairs) -> Option<String> {
    let id = |key| pairs.first(key).parse().ok();
    Some(paths::organisations_twice(id("first")?, id("second")?))
}

/// What two listings have in common, in words.
#[must_use]
pub fn in_words(reasons: &[Reason]) -> String {
    let words: Vec<String> = reasons
        .iter()
        .map(|reason| match reason {
            Reason::SameName => "the same name",
            Reason::AlikeName => "names that are alike",
            Reason::SameOrganisation => "the same organisation",
            Reason::SameNumber => "organisations with the same number in a register",
            Reason::OrganisationName => "organisations of the same name",
            Reason::SameSite => "organisations with the same website",
            Reason::SamePostcode => "a venue at the same postcode",
            Reason::SamePhone => "the same phone number",
            Reason::SameEmail => "the same e-mail address",
            Reason::SamePage => "the same page on the web",
        })
        .map(str::to_owned)
        .collect();
    wording::listed(&words)
}

struct DuplicatesPage<'a> {
    guest: &'a Guest,
    found: &'a Duplicates,
    organisations: &'a TwiceThere,
    /// Organisations that stand for others, with one that leads to each.
    joined: &'a [(Organisation, Organisation, Timestamp)],
    list_page: ListPage,
    /// What was done just now: a title and a sentence.
    said: Option<(&'static str, &'static str)>,
    /// What takes that back, and where.
    undo: Option<(&'static str, String)>,
    now: Timestamp,
}

impl Page for DuplicatesPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(self.list_page.title("Listed twice"), self.guest)
    }
}

impl Render for DuplicatesPage<'_> {
    fn render(&self) -> Markup {
        let total = self.found.total;
        html! {
            @if let Some((title, text)) = self.said { (done_banner(title, text)) }
            @if let Some((what, at)) = &self.undo {
                form method="post" action=(at) {
                    (key_field(&self.guest.form_key))
                    button class="govuk-button govuk-button--secondary" name="do" value=(what) { "Undo" }
                }
            }
            (steward_menu(paths::DUPLICATES))
            h1 class="govuk-heading-l" { "Listed twice" }
            @if self.organisations.total > 0 && self.list_page.page == 1 { (self.organisations()) }
            @if total == 0 {
                p class="govuk-body" { "No two listings of your part of the directory look like the same one." }
            } @else {
                p class="govuk-body-l" { (wording::counted(total, "pair", "pairs")) " may be the same, those with most in common first." }
                ol class="ha-ways" role="list" start=(self.list_page.first()) { @for pair in &self.found.pairs { li { (pair_of(pair)) } } }
                (numbered_pages(self.list_page.page, self.list_page.pages(total), &paths::duplicates))
            }
            @if !self.found.joined.is_empty() && self.list_page.page == 1 { (self.joined()) }
            @if !self.joined.is_empty() && self.list_page.page == 1 { (self.joined_organisations()) }
        }
    }
}

/// What two organisations have in common, in words.
#[must_use]
pub fn of_two(reasons: &[Reason]) -> String {
    let words = reasons.iter().map(|reason| match reason {
        Reason::SameNumber => "the same number in a register",
        Reason::OrganisationName => "the same name",
        Reason::SameSite => "the same website",
        Reason::SamePostcode => "venues at the same postcode",
        Reason::SamePhone => "listings with the same phone number",
        Reason::SameEmail => "listings with the same e-mail address",
        _ => "something in common",
    });
    wording::listed(&words.map(str::to_owned).collect::<Vec<_>>())
}

fn pair_of(pair: &Lookalikes) -> Markup {
    let (first, second) = (&pair.first, &pair.second);
    html! {
        h2 class="ha-ways__title" {
            a class="govuk-link" href=(paths::duplicate(first.service.id, second.service.id)) {
                (first.service.name) " and " (second.service.name)
            }
        }
        p { (organisations(first, second)) }
        p { "They have " (in_words(&pair.reasons)) "." }
    }
}

fn organisations(first: &ServiceRecord, second: &ServiceRecord) -> String {
    if first.organisation.id == second.organisation.id {
        return format!("Both of {}", first.organisation.name);
    }
    format!("{}, and {}", first.organisation.name, second.organisation.name)
}

impl DuplicatesPage<'_> {
    fn joined_organisations(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Organisations that were joined" }
            ul class="govuk-list" {
                @for (stays, goes, at) in self.joined {
                    li {
                        a class="govuk-link" href=(paths::organisations_twice(stays.id, goes.id)) { (stays.name) }
                        " stands for “" (goes.name) "” too, joined " (wording::ago(*at, self.now))
                    }
                }
            }
        }
    }

    fn organisations(&self) -> Markup {
        let found = self.organisations;
        let left = found.total - found.pairs.len();
        html! {
            h2 class="govuk-heading-m" { "Organisations" }
            p class="govuk-body" { (wording::counted(found.total, "pair", "pairs")) " may be the same. Where they are, join them before their listings." }
            ol class="ha-ways" role="list" {
                @for pair in &found.pairs {
                    li {
                        h3 class="ha-ways__title" {
                            a class="govuk-link" href=(paths::organisations_twice(pair.first.id, pair.second.id)) { (pair.first.name) " and " (pair.second.name) }
                        }
                        p { "They have " (of_two(&pair.reasons)) "." }
                    }
                }
            }
            @if left > 0 { p class="govuk-body" { (wording::thousands(left)) " more come once these are decided." } }
            h2 class="govuk-heading-m" { "Listings" }
        }
    }

    fn joined(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Joined lately" }
            ul class="ha-ways" role="list" {
                @for (stays, goes, at) in &self.found.joined {
                    li {
                        h3 class="ha-ways__title" { a class="govuk-link" href=(paths::keep(stays.service.id)) { (stays.service.name) } }
                        p { "Stands for “" (goes.service.name) "” too. Joined " (wording::ago(*at, self.now)) "." }
                        form method="post" action=(paths::duplicate(stays.service.id, goes.service.id)) {
                            (key_field(&self.guest.form_key))
                            button class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1" name="do" value="back" {
                                "Set apart" span class="govuk-visually-hidden" { ": " (stays.service.name) " and " (goes.service.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}
