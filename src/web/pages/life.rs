//! `/manage/services/{id}/do`, `…/withdraw` and `…/preview`: what is done with a listing as a
//! whole, and with what is pending of it.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::{
    keep::{back, refused, theirs, title, version},
    keep_page::Typing,
    said::{Said, came_to},
    service::{Listing, ServicePage},
};
use crate::{
    app::App,
    domain::ServiceId,
    keeping::{
        Caretaker, Guest, KeepingError, Kept, LONGEST_REMARK, Pending, answer, ask_to_list, copy,
        drop_pending, list_again, send_draft, throw_away, withdraw,
    },
    store::Version,
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{hidden, key_field, text_area},
            frame::back_link,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// What was pressed.
struct Pressed {
    kept: Kept,
    by: Caretaker,
    what: String,
    note: String,
    shown: Version,
    now: Timestamp,
}

/// Does one thing with a listing.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let what = typed.get("do").to_owned();
    if what == "copy" && guest.only.is_some() {
        // Whoever came by a mail came for one listing.
        return Err(PageError::NotYours);
    }
    let pressed = Pressed {
        kept: kept.clone(),
        by: by.clone(),
        note: typed.raw("answer").to_owned(),
        shown: version(&typed),
        now: web.now(),
        what,
    };
    let done = web.attempt(move |app| pressed.do_it(app)).await?;
    match done {
        Ok((None, _)) => Ok(Redirect::to(paths::MANAGE).into_response()),
        Ok((Some(listing), done)) => Ok(back(listing, done)),
        Err(why) => {
            let typing = Typing::of_answer(typed.raw("answer"));
            refused(&web, &guest, (&kept, &by), typing, why).await
        }
    }
}

impl Pressed {
    /// Where to go afterwards, and what to say there.
    fn do_it(&self, app: &App) -> Result<(Option<ServiceId>, &'static str), KeepingError> {
        let (store, kept, by, now) = (&app.store, &self.kept, &self.by, self.now);
        let here = Some(kept.record.service.id);
        Ok(match self.what.as_str() {
            "list" => {
                let saved = ask_to_list(store, kept, by, now)?;
                (here, if saved.live.is_empty() { "asked" } else { "listed" })
            }
            "list-again" => {
                list_again(store, kept, by, self.shown, now)?;
                (here, "listed")
            }
            "copy" => (Some(copy(store, &app.limits, kept, by, now)?), "copied"),
            "throw-away" => {
                throw_away(store, kept, by, now)?;
                (None, "")
            }
            "send" | "drop" | "take-back" | "answer" => (here, self.with_pending(app)?),
            _ => return Err(KeepingError::ChangedMeanwhile),
        })
    }

    fn with_pending(&self, app: &App) -> Result<&'static str, KeepingError> {
        let (store, kept, by, now) = (&app.store, &self.kept, &self.by, self.now);
        let pending = Pending::of(store, kept, by)?;
        if self.what == "send" {
            let saved = send_draft(store, kept, by, &pending, now)?;
            return Ok(came_to(&saved));
        }
        let one = if self.what == "drop" { &pending.draft } else { &pending.waiting };
        let one = one.as_ref().ok_or(KeepingError::ChangedMeanwhile)?;
        if self.what == "answer" {
            answer(store, by, one, &self.note, now)?;
            return Ok("answered");
        }
        drop_pending(store, by, one.record.id, now)?;
        Ok("dropped")
    }
}

/// Answers with the listing as everybody would see it.
pub async fn preview(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (kept, by) = theirs(&web, &guest, named.id()?).await?;
    let now = web.now();
    let for_work = kept.clone();
    let listing = web
        .work(move |app| {
            let pending = Pending::of(&app.store, &for_work, &by)?;
            let record = pending.over(&for_work.record).as_record(&for_work.record);
            Listing::of(app, record, "", now)
        })
        .await?;
    let shown = ServicePage { listing: &listing, app: &web.app, now, picking: None };
    Ok(web.show(&PreviewPage { shown: &shown, kept: &kept, guest: &guest }, Cache::Private))
}

struct PreviewPage<'a> {
    shown: &'a ServicePage<'a>,
    kept: &'a Kept,
    guest: &'a Guest,
}

impl Page for PreviewPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(
            title("As everybody would see", "As everybody would see it", self.kept),
            self.guest,
        )
    }

    fn before(&self) -> Markup {
        back_link(&paths::keep(self.kept.record.service.id), "Back to looking after it")
    }
}

impl Render for PreviewPage<'_> {
    fn render(&self) -> Markup {
        html! {
            p class="govuk-inset-text" { "This is how everybody would see the listing, with what waits or is kept for later. It is not live as it stands here." }
            (self.shown.render())
        }
    }
}

/// Asks whether a listing is to be taken down.
pub async fn show_withdraw(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (kept, _) = theirs(&web, &guest, named.id()?).await?;
    let page = WithdrawPage { kept: &kept, guest: &guest, why: "", said: Said::Nothing };
    Ok(web.show(&page, Cache::Private))
}

/// Takes a listing down, at once.
pub async fn withdraw_it(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (kept, by) = theirs(&web, &guest, id).await?;
    let (why, shown, now) = (typed.get("why").to_owned(), version(&typed), web.now());
    let (for_work, said) = (kept.clone(), why.clone());
    let done =
        web.attempt(move |app| withdraw(&app.store, &for_work, &by, (shown, &said), now)).await?;
    let Err(refused) = done else { return Ok(back(id, "withdrawn")) };
    let said = refused.clone().into();
    let page = WithdrawPage { kept: &kept, guest: &guest, why: &why, said };
    Ok(web.show_refused(&refused, &page))
}

struct WithdrawPage<'a> {
    kept: &'a Kept,
    guest: &'a Guest,
    why: &'a str,
    said: Said,
}

impl Page for WithdrawPage<'_> {
    fn head(&self) -> Head {
        let title = title("Take down", "Take a listing down", self.kept);
        Head::for_guest(format!("{}{title}", self.said.before_title()), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(&paths::keep(self.kept.record.service.id), "Back to the listing")
    }
}

impl Render for WithdrawPage<'_> {
    fn render(&self) -> Markup {
        let service = &self.kept.record.service;
        html! {
            (self.said.shown())
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Take this listing down?" }
            p class="govuk-body" { "Nobody finds it from then on, and its page says that it is no longer listed. You can show it again whenever you like." }
            p class="govuk-body" { "If it only takes nobody at the moment, say that the door is full or paused instead: people can still read about it." }
            form method="post" action=(paths::keep_part(service.id, "withdraw")) novalidate {
                (key_field(&self.guest.form_key))
                (hidden("version", &self.kept.version.0.to_string()))
                (text_area("why", "Why (not needed)", Some("For the stewards. It stays in the history of the listing."), self.why, (2, LONGEST_REMARK), self.said.faults()))
                button class="govuk-button govuk-button--warning" data-module="govuk-button" data-prevent-double-click="true" { "Take it down" }
            }
        }
    }
}
