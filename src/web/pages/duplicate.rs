//! `/steward/duplicates/{first}/{second}`: two listings side by side, to be joined or kept apart.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};
use serde::Deserialize;

use super::{duplicates::in_words, said::Said};
use crate::{
    app::App,
    domain::{Part, ServiceId},
    keeping::{
        Both, Choices, Edited, Guest, KeepingError, Kept, Take, can_be_joined, find_both, join,
        keep_apart, keep_apart_no_more, key_of, set_apart,
    },
    search::{door_of, wording},
    store::Version,
    web::{
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            fact_list::fact,
            form::{self, fieldset, hidden, key_field},
            frame::back_link,
            part_words::InWords,
            state,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// The part of an address that says which two listings.
#[derive(Deserialize)]
pub struct Which {
    first: String,
    second: String,
}

impl Which {
    fn read(&self) -> Result<(ServiceId, ServiceId), PageError> {
        let id = |text: &str| text.parse().map_err(|_| PageError::NotFound);
        let (first, second) = (id(&self.first)?, id(&self.second)?);
        if first == second { Err(PageError::NotFound) } else { Ok((first, second)) }
    }
}

/// Answers with the two.
pub async fn show(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let both = both(&web, &guest, &which).await?;
    let typed = Typed::default();
    let page = DuplicatePage::new(&web, &guest, &both, &typed, Said::Nothing);
    Ok(web.show(&page, Cache::Private))
}

/// Joins them, keeps them apart, or sets apart what was joined.
pub async fn act(
    State(web): State<Web>,
    Path(which): Path<Which>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let both = both(&web, &guest, &which).await?;
    let pressed = Pressed::read(&typed)?;
    let done = pressed.done();
    let (for_work, now) = (Arc::clone(&both), web.now());
    let Err(refused) = web.attempt(move |app| pressed.do_it(app, &for_work, now)).await? else {
        return Ok(Redirect::to(&paths::duplicates_done(done, which.read()?)).into_response());
    };
    let page = DuplicatePage::new(&web, &guest, &both, &typed, refused.clone().into());
    Ok(web.show_refused(&refused, &page))
}

async fn both(web: &Web, guest: &Guest, which: &Which) -> Result<Arc<Both>, PageError> {
    let (person, which) = (guest.person.clone(), which.read()?);
    let find = move |app: &App| find_both(&app.store, &app.gazetteer, &person, which).map(Arc::new);
    web.work(find).await
}

/// What was pressed.
enum Pressed {
    /// Which of the two stays, what is taken from which, and the versions that were shown.
    Join(bool, Choices, (Version, Version)),
    Apart,
    /// They may be the same after all.
    Again,
    Back,
}

impl Pressed {
    fn read(typed: &Typed) -> Result<Self, PageError> {
        let version = |field| Version(typed.get(field).parse().unwrap_or(u64::MAX));
        Ok(match typed.get("do") {
            "join" => {
                let first_stays = typed.get("stays") != "second";
                let take = |part: &Part| {
                    let take = match typed.get(&field(*part)) {
                        "both" if can_be_joined(*part) => Take::Both,
                        "first" if first_stays => Take::Stays,
                        "second" if !first_stays => Take::Stays,
                        "first" | "second" => Take::Goes,
                        _ => return None,
                    };
                    Some((*part, take))
                };
                let choices = offered().filter_map(take).collect();
                Self::Join(first_stays, choices, (version("first"), version("second")))
            }
            "apart" => Self::Apart,
            "again" => Self::Again,
            "back" => Self::Back,
            _ => return Err(PageError::Unreadable),
        })
    }

    fn done(&self) -> &'static str {
        match self {
            Self::Join(..) => "joined",
            Self::Apart => "apart",
            Self::Again => "again",
            Self::Back => "back",
        }
    }

    fn do_it(&self, app: &App, both: &Both, now: Timestamp) -> Result<(), KeepingError> {
        let store = &app.store;
        match self {
            Self::Join(true, choices, shown) => {
                join(store, &app.config.directory, both, choices, *shown, now)
            }
            Self::Join(false, choices, (first, second)) => {
                let both = both.clone().turned();
                join(store, &app.config.directory, &both, choices, (*second, *first), now)
            }
            Self::Apart => keep_apart(store, both, now),
            Self::Again => keep_apart_no_more(store, both, now),
            Self::Back => set_apart(store, both, now),
        }
    }
}

/// The parts that are chosen from one or the other. Sessions and access go with the venues, other
/// names are kept of both, and how carefully it is shown is the more careful of the two.
fn offered() -> impl Iterator<Item = &'static Part> {
    use Part::{Access, Aliases, Hours, Sensitivity, Status};
    let given = [Access, Aliases, Hours, Sensitivity, Status];
    Part::ALL.iter().filter(move |part| !given.contains(part))
}

fn field(part: Part) -> String {
    format!("part-{}", key_of(part))
}

struct DuplicatePage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    both: &'a Both,
    typed: &'a Typed,
    said: Said,
}

impl<'a> DuplicatePage<'a> {
    fn new(web: &'a Web, guest: &'a Guest, both: &'a Both, typed: &'a Typed, said: Said) -> Self {
        Self { web, guest, both, typed, said }
    }
}

impl Page for DuplicatePage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}Are these two the same?", self.said.before_title());
        Head::for_guest(title, self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::DUPLICATES, "Listed twice")
    }
}

/// A part with what each of the two says.
struct Row {
    part: Part,
    first: String,
    second: String,
}

impl Render for DuplicatePage<'_> {
    fn render(&self) -> Markup {
        let (first, second) = (&self.both.first, &self.both.second);
        let (same, differ): (Vec<Row>, Vec<Row>) =
            self.rows().into_iter().partition(|row| row.first == row.second);
        html! {
            (self.said.shown())
            h1 class="govuk-heading-l" { "Are these two the same?" }
            @if self.both.are_kept_apart() { p class="govuk-inset-text" { "A steward looked at them and said that they are two." } }
            @if !self.both.reasons.is_empty() { p class="govuk-body" { "They have " (in_words(&self.both.reasons)) "." } }
            form method="post" action=(paths::duplicate(first.record.service.id, second.record.service.id)) novalidate {
                (key_field(&self.guest.form_key))
                @if first.is_listed() && second.is_listed() {
                    (hidden("first", &first.version.0.to_string()))
                    (hidden("second", &second.version.0.to_string()))
                    (self.which_stays())
                    @for row in &differ { (self.row(row)) }
                    (alike(&same))
                    p class="govuk-body" { "The other names of both are kept. Problems that were reported of the one that goes come to the one that stays. It can be taken back." }
                    div class="govuk-button-group" {
                        button class="govuk-button" name="do" value="join" data-module="govuk-button" data-prevent-double-click="true" { "They are one: join them" }
                        @if self.both.are_kept_apart() {
                            button class="govuk-button govuk-button--secondary" name="do" value="again" { "Ask again whether they are one" }
                        } @else {
                            button class="govuk-button govuk-button--secondary" name="do" value="apart" { "They are two" }
                        }
                    }
                } @else {
                    (self.joined_already())
                }
            }
        }
    }
}

impl DuplicatePage<'_> {
    fn rows(&self) -> Vec<Row> {
        let (first, second) = (&self.both.first.record, &self.both.second.record);
        let (one, other) = (Edited::of(first), Edited::of(second));
        let (one, other) = (InWords::new(self.web, &one), InWords::new(self.web, &other));
        let words = |part: Part, words: &InWords<'_>, service| {
            let parts: &[Part] = match part {
                Part::Sites => &[Part::Sites, Part::Hours, Part::Access],
                _ => &[part],
            };
            let said = parts.iter().map(|part| words.of(&part.of(service)));
            said.filter(|said| !said.is_empty()).collect::<Vec<_>>().join("\n")
        };
        let row = |part: &Part| Row {
            part: *part,
            first: words(*part, &one, &first.service),
            second: words(*part, &other, &second.service),
        };
        offered().map(row).collect()
    }

    fn which_stays(&self) -> Markup {
        let chosen = if self.typed.get("stays") == "second" { "second" } else { "first" };
        let choices = form::Choices {
            name: "stays",
            legend: "Which of the two stays?",
            hint: Some("Its address is the one that people see. The other one leads to it."),
            all: &[],
            chosen: &[],
        };
        let items = html! {
            div class="govuk-radios ha-sides" data-module="govuk-radios" {
                (Self::side("stays", "first", chosen, &self.who(&self.both.first)))
                (Self::side("stays", "second", chosen, &self.who(&self.both.second)))
            }
        };
        fieldset(&choices, self.said.faults(), &items)
    }

    fn who(&self, kept: &Kept) -> Markup {
        let (record, now) = (&kept.record, self.web.now());
        let door = door_of(record, None, now);
        let source = record.service.provenance.record.as_ref();
        html! {
            strong { (record.service.name) }
            br; (record.organisation.name)
            br; (state::state_line(&door, &record.service.upkeep, now))
            @if let Some(source) = source { br; "From " (source.source) }
        }
    }

    fn side(name: &str, value: &str, chosen: &str, label: &Markup) -> Markup {
        let id = if value == "first" { name.to_owned() } else { format!("{name}-{value}") };
        html! {
            div class="govuk-radios__item" {
                input class="govuk-radios__input" id=(id) name=(name) type="radio" value=(value) checked[value == chosen];
                label class="govuk-label govuk-radios__label" for=(id) { (label) }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        let name = field(row.part);
        let legend =
            if row.part == Part::Sites { "Venues, sessions and access" } else { row.part.label() };
        let typed = self.typed.get(&name);
        let chosen = if !typed.is_empty() {
            typed
        } else if row.first.is_empty() {
            "second"
        } else if can_be_joined(row.part) && !row.second.is_empty() {
            "both"
        } else {
            "first"
        };
        let text = |text: &str| html! { span class="ha-words" { @if text.is_empty() { "Not stated" } @else { (text) } } };
        let choices = form::Choices { name: &name, legend, hint: None, all: &[], chosen: &[] };
        let items = html! {
            div class="govuk-radios govuk-radios--small ha-sides" data-module="govuk-radios" {
                (Self::side(&name, "first", chosen, &text(&row.first)))
                (Self::side(&name, "second", chosen, &text(&row.second)))
                @if can_be_joined(row.part) { (Self::side(&name, "both", chosen, &html! { "Both" })) }
            }
        };
        fieldset(&choices, self.said.faults(), &items)
    }

    fn joined_already(&self) -> Markup {
        let (first, second) = (&self.both.first.record.service, &self.both.second.record.service);
        let leads = [first, second].into_iter().find_map(|service| service.joined.as_ref());
        html! {
            @if let Some(joined) = leads {
                p class="govuk-body" { "They were joined " (wording::ago(joined.at, self.web.now())) ": one stands for both." }
                button class="govuk-button govuk-button--secondary" name="do" value="back" { "Set them apart" }
            } @else {
                p class="govuk-body" { "One of the two is not listed, so there is nothing to join." }
            }
        }
    }
}

/// What both say, to be looked at.
fn alike(rows: &[Row]) -> Markup {
    html! {
        details class="govuk-details" {
            summary class="govuk-details__summary" { span class="govuk-details__summary-text" { "What both say alike" } }
            div class="govuk-details__text" {
                dl class="ha-factlist" {
                    @for row in rows.iter().filter(|row| !row.first.is_empty()) {
                        (fact(row.part.label(), &html! { span class="ha-words" { (row.first) } }))
                    }
                }
            }
        }
    }
}
