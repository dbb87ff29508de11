//! `/referrals/{id}`: a referral for whoever is on one of its sides: where it stands, what may be
//! done, and what may come next.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{AgeBand, ReferralId, ReferralState, Side, Worked},
    keeping::{FormFault, Guest},
    referring::{
        SeenReferral, find_referral, say_what_came, state_in_words, step, worked_in_words,
    },
    search::{Found, Question, wording},
    store::{Reading, unit_text},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Section},
        parts::{
            facts,
            form::{Choices, done_banner, error_summary, hidden, radios},
            frame::back_link,
            referral_facts::{referral_facts, steps},
            referral_steps::{choice, named_faults, referral_steps},
            state,
        },
        paths,
        refused::Refused,
        typed::{KEY, Typed},
        work::Web,
    },
};

/// How many services are named that may come next.
const NEXT_BEST: usize = 3;

/// Answers with the referral.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let shown = shown(&web, named.id()?, guest).await?;
    let said = match pairs.first("sent") {
        "1" => Some("The referral was sent. You are mailed when they answer."),
        "moved" => Some("Saved. The other side is told."),
        "came" => Some("Thank you. The provider sees it beside this referral."),
        _ => None,
    };
    Ok(web.show(&shown.page(&web, said, &Typed::default(), &[]), Cache::Private))
}

/// Takes a step, or keeps what came of it.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: ReferralId = named.id()?;
    let now = web.now();
    let (sent, by) = (typed.clone(), guest.clone());
    let done = web
        .attempt(move |app| {
            let seen = find_referral(&app.store, id, &by)?;
            if sent.get("do") == "came" {
                let came = WORKED.into_iter().find(|worked| unit_text(worked) == sent.get("came"));
                let choose = FormFault::new("came", "Choose what came of it");
                say_what_came(&app.store, &seen, came.ok_or(choose)?, now)?;
                return Ok("came");
            }
            step(&app.store, &app.config.directory, &seen, &choice(&sent)?, now)?;
            Ok("moved")
        })
        .await?;
    match done {
        Ok(what) => {
            Ok(Redirect::to(&format!("{}?sent={what}", paths::referral(id))).into_response())
        }
        Err(refused) => {
            let shown = shown(&web, id, guest).await?;
            let faults = named_faults(refused.faults(), &typed);
            let said = (refused == Refused::ChangedMeanwhile)
                .then_some("It was moved on since you opened this page; this is how it stands.");
            Ok(web.show_refused(&refused, &shown.page(&web, said, &typed, &faults)))
        }
    }
}

/// What may come of sending somebody, in the order of the form.
pub const WORKED: [Worked; 4] =
    [Worked::Worked, Worked::DidNotReply, Worked::NotTakingPeople, Worked::NotRight];

/// A referral with what its page says besides.
struct Shown {
    seen: SeenReferral,
    /// The address of whoever refers, for those who answer.
    referrer: Option<String>,
    next_best: Vec<Found>,
    guest: Guest,
}

impl Shown {
    fn page<'a>(
        &'a self,
        web: &'a Web,
        said: Option<&'a str>,
        typed: &'a Typed,
        faults: &'a [FormFault],
    ) -> ReferralPage<'a> {
        ReferralPage { shown: self, app: &web.app, now: web.now(), said, typed, faults }
    }
}

async fn shown(web: &Web, id: ReferralId, guest: Guest) -> Result<Shown, PageError> {
    let now = web.now();
    web.work(move |app: &App| {
        let seen = find_referral(&app.store, id, &guest)?;
        let by = app.store.find_person(seen.referral.by)?;
        let referrer = by.filter(|_| seen.side == Side::Provider).map(|by| by.email.to_string());
        let next_best = next_best(app, &seen, now)?;
        Ok::<_, PageError>(Shown { seen, referrer, next_best, guest })
    })
    .await
}

/// Services that answer the same needs where the person lives, once this one does not: those that
/// take people now, or else any.
fn next_best(app: &App, seen: &SeenReferral, now: Timestamp) -> Result<Vec<Found>, PageError> {
    let is_over = matches!(seen.referral.state(), ReferralState::Declined | ReferralState::Lapsed);
    if seen.side != Side::Referrer || !is_over {
        return Ok(Vec::new());
    }
    for open in [true, false] {
        let findings = app.search.ask(&next_question(seen, open), Vec::new(), now)?;
        let is_other = |found: &Found| found.record.service.id != seen.record.service.id;
        let others: Vec<Found> =
            findings.results.into_iter().filter(is_other).take(NEXT_BEST).collect();
        if !others.is_empty() {
            return Ok(others);
        }
    }
    Ok(Vec::new())
}

fn next_question(seen: &SeenReferral, open: bool) -> Question {
    Question {
        needs: seen.referral.needs.clone(),
        near: seen.referral.practical.area.clone().unwrap_or_default(),
        age: seen.referral.practical.age.map(youngest),
        open,
        page: 1,
        per_page: NEXT_BEST + 1,
        ..Question::default()
    }
}

/// An age in a band, for which services are looked for.
fn youngest(age: AgeBand) -> u8 {
    match age {
        AgeBand::Under18 => 16,
        AgeBand::From18 => 18,
        AgeBand::From25 => 25,
        AgeBand::From50 => 50,
        AgeBand::From65 => 65,
        AgeBand::From80 => 80,
    }
}

struct ReferralPage<'a> {
    shown: &'a Shown,
    app: &'a App,
    now: Timestamp,
    said: Option<&'a str>,
    typed: &'a Typed,
    faults: &'a [FormFault],
}

impl Page for ReferralPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        let title = format!("{error}Referral {}", self.shown.seen.referral.reference);
        let is_member = self.shown.guest.only.is_none();
        Head {
            section: is_member.then_some(Section::Referrals),
            ..Head::for_guest(title, &self.shown.guest)
        }
    }

    fn before(&self) -> Markup {
        html! { @if self.shown.guest.only.is_none() { (back_link(paths::REFERRALS, "All referrals")) } }
    }
}

impl Render for ReferralPage<'_> {
    fn render(&self) -> Markup {
        let seen = &self.shown.seen;
        let (referral, service) = (&seen.referral, &seen.record.service);
        let since = wording::long_date(wording::date_of(referral.since()));
        html! {
            (error_summary(self.faults))
            @if let Some(said) = self.said { (done_banner(if self.faults.is_empty() { "Done" } else { "Not done" }, said)) }
            span class="govuk-caption-l" { (service.name) }
            h1 class="govuk-heading-l" { "Referral " (referral.reference) }
            p class="govuk-body-l" { strong { (wording::capitalised(state_in_words(referral.state()))) } " since " (since) "." }
            (self.next_best())
            (self.steps_to_take())
            (referral_facts(referral, self.shown.referrer.as_deref(), self.app))
            (steps(referral))
            (self.what_came())
            p class="govuk-body" { a class="govuk-link" href=(paths::service(service.id, &service.name)) { "The listing" } }
        }
    }
}

impl ReferralPage<'_> {
    fn steps_to_take(&self) -> Markup {
        let seen = &self.shown.seen;
        let action = paths::referral(seen.referral.id);
        let key = Some(self.shown.guest.form_key.as_str());
        html! {
            @if !seen.referral.state().onward(seen.side).is_empty() {
                h2 class="govuk-heading-m" { @if seen.referral.state() == ReferralState::Requested && seen.side == Side::Provider { "Your answer" } @else { "Move it on" } }
                (referral_steps(&seen.referral, seen.side, (&action, key), self.typed, self.faults))
            }
        }
    }

    fn next_best(&self) -> Markup {
        let best = &self.shown.next_best;
        html! {
            @if !best.is_empty() {
                h2 class="govuk-heading-m" { "What may come next" }
                p class="govuk-body" { "They answer the same needs; those that take people now come first." }
                ul class="govuk-list govuk-list--spaced" {
                    @for found in best {
                        @let service = &found.record.service;
                        li {
                            a class="govuk-link" href=(paths::service(service.id, &service.name)) { (service.name) }
                            br; (facts::referral(&service.access_routes.routes)) ". "
                            (state::door_line(&found.door, self.now))
                        }
                    }
                }
                p class="govuk-body" { a class="govuk-link" href=(paths::search(&Question { per_page: 0, ..next_question(&self.shown.seen, false) })) { "All that answer the same needs" } }
            }
        }
    }

    fn what_came(&self) -> Markup {
        let seen = &self.shown.seen;
        let is_own = seen.referral.by == self.shown.guest.person.id;
        let is_asked = is_own && seen.referral.state() != ReferralState::Requested;
        let was_taken =
            !matches!(seen.referral.state(), ReferralState::Declined | ReferralState::Lapsed);
        let all: Vec<(String, String)> = WORKED
            .iter()
            .filter(|came| was_taken || **came != Worked::Worked)
            .map(|came| (unit_text(came), worked_in_words(*came).to_owned()))
            .collect();
        let chosen: Vec<String> = seen.referral.worked.iter().map(unit_text).collect();
        html! {
            @if let Some(came) = seen.referral.worked.filter(|_| !is_own) {
                p class="govuk-body" { "What came of it, says the referrer: " (worked_in_words(came)) "." }
            }
            @if is_asked {
                h2 class="govuk-heading-m" { "What came of it?" }
                form method="post" action=(paths::referral(seen.referral.id)) novalidate {
                    (hidden(KEY, &self.shown.guest.form_key)) (hidden("do", "came"))
                    (radios(&Choices { name: "came", legend: "Your word to the provider", hint: Some("They see it beside this referral. Besides, it counts, without your name, in how well the service works for people, in the place of what you said this month."), all: &all, chosen: &chosen }, self.faults))
                    button class="govuk-button govuk-button--secondary" { "Save" }
                }
            }
        }
    }
}
