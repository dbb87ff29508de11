//! `/steward/claims/{id}`: somebody says that listings are theirs, before the steward who decides.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use super::said::Said;
use crate::{
    domain::{ClaimDecision, ClaimId},
    keeping::{ClaimItem, Guest, LONGEST_REMARK, decide_claim, find_claim, undecide_claim},
    search::wording,
    web::{
        asked::Named,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            fact_list::{fact, text_fact},
            form::{key_field, text_area},
            frame::back_link,
            kept_facts::kept_facts,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Answers with the claim.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let item = found(&web, &guest, named.id()?).await?;
    let page =
        ClaimItemPage { web: &web, guest: &guest, item: &item, why: "", said: Said::Nothing };
    Ok(web.show(&page, Cache::Private))
}

/// Lets them in, or not.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ClaimId = named.id()?;
    let item = found(&web, &guest, id).await?;
    let is_given = match typed.get("do") {
        "approve" => true,
        "refuse" => false,
        _ => return Err(PageError::Unreadable),
    };
    let (why, now) = (typed.get("why").to_owned(), web.now());
    let (for_work, said) = (item.clone(), why.clone());
    let done = web
        .attempt(move |app| {
            let directory = &app.config.directory;
            decide_claim(&app.store, directory, &for_work, (is_given, &said), now)
        })
        .await?;
    let Err(refused) = done else {
        return Ok(Redirect::to(&format!("{}?claimed={id}", paths::STEWARD)).into_response());
    };
    let said = refused.clone().into();
    let page = ClaimItemPage { web: &web, guest: &guest, item: &item, why: &why, said };
    Ok(web.show_refused(&refused, &page))
}

/// Takes back what was decided.
pub async fn take_back(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let id: ClaimId = named.id()?;
    let item = found(&web, &guest, id).await?;
    let now = web.now();
    let done = web
        .attempt(move |app| undecide_claim(&app.store, &app.config.directory, &item, now))
        .await?;
    done.map_err(|refused| refused.error())?;
    Ok(Redirect::to(&paths::steward_claim(id)).into_response())
}

async fn found(web: &Web, guest: &Guest, id: ClaimId) -> Result<ClaimItem, PageError> {
    let person = guest.person.clone();
    web.work(move |app| find_claim(&app.store, &app.gazetteer, &person, id)).await
}

struct ClaimItemPage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    item: &'a ClaimItem,
    why: &'a str,
    said: Said,
}

impl Page for ClaimItemPage<'_> {
    fn head(&self) -> Head {
        let title = format!("{}Whose listings are these?", self.said.before_title());
        Head::for_guest(title, self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::STEWARD, "The queue")
    }
}

impl Render for ClaimItemPage<'_> {
    fn render(&self) -> Markup {
        let (claim, record) = (&self.item.claim, &self.item.kept.record);
        let at = if self.item.is_theirs {
            "It is at a domain that the organisation publishes"
        } else {
            "It is not at a domain that the organisation publishes"
        };
        let keepers = match self.item.keepers {
            0 => "Nobody yet".to_owned(),
            count => wording::counted(count, "person", "people"),
        };
        html! {
            (self.said.shown())
            span class="govuk-caption-l" { (record.organisation.name) }
            h1 class="govuk-heading-l" { "Somebody says that its listings are theirs" }
            dl class="ha-factlist" {
                (text_fact("Name", Some(&claim.name)))
                (fact("Address", &html! { span class="ha-wrap" { (claim.email) } ". " (at) ". Whoever wrote reads its mail." }))
                (text_fact("How they belong to it", claim.words.as_deref()))
                (fact("When", &html! { (wording::ago(claim.at, self.web.now())) }))
                (fact("Who looks after its listings now", &html! { (keepers) @if self.item.is_keeper { ", and whoever claims is one of them" } }))
            }
            @if let Some(decided) = &claim.decided { (self.decided(decided)) } @else { (self.form()) }
            h2 class="govuk-heading-m" { "The listing that they began from" }
            (kept_facts(record, self.web.app.vocabulary, self.web.now()))
        }
    }
}

impl ClaimItemPage<'_> {
    fn decided(&self, decided: &ClaimDecision) -> Markup {
        let now = self.web.now();
        html! {
            p class="govuk-body" { strong { "This was decided already, " (wording::ago(decided.at, now)) "." } }
            @if self.item.claim.can_be_taken_back(now) {
                p class="govuk-body" { "Taking it back lets out whoever was let in by it, and whomever they let in since. What they changed stays: look at the history of the listings." }
                form method="post" action=(paths::steward_claim_undo(self.item.claim.id)) {
                    (key_field(&self.guest.form_key))
                    button class="govuk-button govuk-button--secondary" { "Take it back" }
                }
            }
        }
    }

    fn form(&self) -> Markup {
        let claim = &self.item.claim;
        html! {
            p class="govuk-body" { "If you are not sure, ring the organisation at a number that you know from elsewhere." }
            form method="post" action=(paths::steward_claim(claim.id)) novalidate {
                (key_field(&self.guest.form_key))
                (text_area("why", "Why", Some("Needed to refuse: they get it by mail."), self.why, (3, LONGEST_REMARK), self.said.faults()))
                div class="govuk-button-group" {
                    button class="govuk-button" name="do" value="approve" { "Let them in" }
                    button class="govuk-button govuk-button--warning" name="do" value="refuse" { "Refuse" }
                }
            }
        }
    }
}
