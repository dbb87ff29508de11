//! `/services/{id}/{slug}/claim` and `/claims/{link}`: somebody says that a listing is theirs to
//! look after, and shows that an address is.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::SignedDuration;
use maud::{Markup, Render, html};

use super::{
    report::listed,
    sign_in::{Linked, never_made, readable, with_session},
};
use crate::{
    domain::ServiceId,
    keeping::{
        Claimed, Claiming, FormFault, LONGEST_REMARK, Network, claim, confirm_claim, visit_claim,
    },
    store::ServiceRecord,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::{
            form::{TextField, error_summary, text_area, text_field},
            frame::back_link,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// Claims from one network in an hour.
const CLAIMS: u32 = 10;
const SPAN: SignedDuration = SignedDuration::from_hours(1);

/// Answers with the form, or that it was sent.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let record = listed(&web, named.id()?).await?;
    let (is_sent, claiming) = (!pairs.first("sent").is_empty(), Claiming::default());
    let within = web.app.config.keeping.looked_at();
    let page = ClaimPage { record: &record, claiming: &claiming, is_sent, within, faults: &[] };
    Ok(web.show(&page, Cache::Private))
}

/// Mails a link to the address that was typed. Whether anybody is known by it is not told.
pub async fn send(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(network): Extension<Network>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let record = listed(&web, id).await?;
    let now = web.now();
    web.app.limits.count_from("claim", network, CLAIMS, SPAN, now)?;
    let of = |field: &str| typed.raw(field).chars().take(2000).collect::<String>();
    let claiming = Claiming { email: of("email"), name: of("name"), words: of("words") };
    let for_work = claiming.clone();
    let done = web
        .attempt(move |app| {
            let with = (&app.config.directory, &app.limits);
            claim(&app.store, with, id, &for_work, now)
        })
        .await?;
    let Err(refused) = done else {
        let to = paths::claim(id, &record.service.name);
        return Ok(Redirect::to(&format!("{to}?sent=1")).into_response());
    };
    let page = ClaimPage {
        record: &record,
        claiming: &claiming,
        is_sent: false,
        within: web.app.config.keeping.looked_at(),
        faults: refused.faults(),
    };
    Ok(web.show_refused(&refused, &page))
}

/// Answers a mailed link with a button. Looking uses nothing up.
pub async fn show_link(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let (for_work, now) = (link.clone(), web.now());
    let found = web.work(move |app| visit_claim(&app.store, &for_work, now)).await?;
    let (_, record) = found.ok_or_else(|| never_made(&web, network))?;
    let name = &record.organisation.name;
    let within = web.app.config.keeping.looked_at();
    Ok(web.show(&LinkPage { link: Some(link.reveal()), name, within }, Cache::Private))
}

/// Uses the link: in, or on to a steward.
pub async fn enter(
    State(web): State<Web>,
    Path(linked): Path<Linked>,
    Extension(network): Extension<Network>,
    _typed: Typed,
) -> Result<Response, PageError> {
    let link = readable(&web, &linked, network)?;
    let (for_work, now) = (link.clone(), web.now());
    let visited = web.work(move |app| visit_claim(&app.store, &for_work, now)).await?;
    let (_, record) = visited.ok_or(PageError::LinkIsOver)?;
    match web.work(move |app| confirm_claim(&app.store, &link, now)).await? {
        Claimed::Given(session) => {
            let response = Redirect::to(paths::MANAGE).into_response();
            Ok(with_session(&web, &session, response))
        }
        Claimed::Waits => {
            let (name, within) = (&record.organisation.name, web.app.config.keeping.looked_at());
            let page = LinkPage { link: None, name, within };
            Ok(web.show(&page, Cache::Private))
        }
    }
}

struct ClaimPage<'a> {
    record: &'a ServiceRecord,
    claiming: &'a Claiming,
    is_sent: bool,
    /// When a steward usually looks.
    within: String,
    faults: &'a [FormFault],
}

impl Page for ClaimPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        let title = if self.is_sent { "Look in your mail" } else { "Is this listing yours?" };
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Manage),
            ..Head::new(format!("{error}{title}"))
        }
    }

    fn before(&self) -> Markup {
        let service = &self.record.service;
        back_link(&paths::service(service.id, &service.name), "Back to the listing")
    }
}

impl Render for ClaimPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (error_summary(self.faults))
            span class="govuk-caption-l" { (self.record.service.name) }
            @if self.is_sent {
                h1 class="govuk-heading-l" { "Look in your mail" }
                p class="govuk-body" { "We have sent a link to the address that you gave. Open it within two days and press the button on its page." }
                p class="govuk-body" { "If the address is your organisation’s own and nobody looks after its listings yet, you can begin at once. Otherwise a steward decides, " (self.within) ", and you get a mail." }
            } @else {
                h1 class="govuk-heading-l" { "Is this listing yours?" }
                p class="govuk-body" { "Say so if you work or volunteer for " (self.record.organisation.name) ". Then you can confirm what it offers, change it, and say whether it takes people." }
                (self.form())
            }
        }
    }
}

impl ClaimPage<'_> {
    fn form(&self) -> Markup {
        let service = &self.record.service;
        let line = |name, label, hint, value, kind, autocomplete| {
            let field = TextField {
                name,
                id: name,
                label,
                hint: Some(hint),
                value,
                kind,
                autocomplete,
                width: "",
            };
            text_field(&field, self.faults)
        };
        html! {
            form method="post" action=(paths::claim(service.id, &service.name)) novalidate {
                (line("name", "Your name", "So that we can greet you. It is shown to nobody but a steward.", self.claiming.name.as_str(), "text", Some("name")))
                (line("email", "Your e-mail address", "Best one that is your organisation’s own.", self.claiming.email.as_str(), "email", Some("email")))
                (text_area("words", "How do you belong to it?", Some("Needed if the address is not your organisation’s own. Such as “I am the treasurer; ring our office to ask.”"), &self.claiming.words, (3, LONGEST_REMARK), self.faults))
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "Send me a link" }
            }
        }
    }
}

/// The page of a mailed link; without one, that it was used and a steward decides.
struct LinkPage<'a> {
    link: Option<&'a str>,
    name: &'a str,
    /// When a steward usually looks.
    within: String,
}

impl Page for LinkPage<'_> {
    fn head(&self) -> Head {
        let title = if self.link.is_some() { "This address is yours" } else { "A steward decides" };
        Head { robots: Robots::NoIndex, section: Some(Section::Manage), ..Head::new(title) }
    }
}

impl Render for LinkPage<'_> {
    fn render(&self) -> Markup {
        html! {
            @if let Some(link) = self.link {
                h1 class="govuk-heading-l" { "Look after what " (self.name) " offers" }
                p class="govuk-body" { "Press the button to show that this address is yours." }
                form method="post" action=(paths::claim_link(link)) {
                    button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "It is mine" }
                }
            } @else {
                h1 class="govuk-heading-l" { "A steward decides" }
                p class="govuk-body" { "Thank you. A steward looks at what you sent, " (self.within) ", and may ring " (self.name) " to ask. You get a mail." }
                p class="govuk-body" { a class="govuk-link" href=(paths::HOME) { "Go to the first page" } }
            }
        }
    }
}
