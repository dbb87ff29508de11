//! `/referrals`: somebody's referrals: those that they made, and those that they are to answer.

use axum::{Extension, extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{Person, Referral, ReferralState, ServiceId},
    keeping::Guest,
    referring::{MyReferrals, reason_in_words, referrals_of, state_in_words, worked_in_words},
    search::wording,
    table::{Row, Table},
    web::{
        cache::Cache,
        download,
        error::PageError,
        layout::{Head, Page, Section},
        paths,
        work::Web,
    },
};

/// Answers with both lists.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let mine = found(&web, guest.person.clone()).await?;
    Ok(web.show(&ReferralsPage { mine: &mine, guest: &guest }, Cache::Private))
}

/// The referrals that somebody made, by their own reference, for their own records.
pub async fn as_csv(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let mine = found(&web, guest.person.clone()).await?;
    let rows =
        (2..).zip(&mine.made).map(|(line, referral)| Row { line, values: row(referral, &mine) });
    let table = Table { header: HEADINGS.map(str::to_owned).to_vec(), rows: rows.collect() };
    Ok(download::csv("referrals.csv", &table))
}

const HEADINGS: [&str; 8] = [
    "reference",
    "service",
    "asked",
    "state",
    "since",
    "first answer",
    "reason",
    "what came of it",
];

fn row(referral: &Referral, mine: &MyReferrals) -> Vec<String> {
    let day = |at| wording::date_of(at).to_string();
    let last = referral.steps.last();
    let reason = last.and_then(|step| step.reason).map(reason_in_words);
    vec![
        referral.reference.clone(),
        mine.name_of(referral.service).to_owned(),
        day(referral.asked()),
        state_in_words(referral.state()).to_owned(),
        day(referral.since()),
        referral.answer().map(|step| day(step.at)).unwrap_or_default(),
        reason.unwrap_or_default().to_owned(),
        referral.worked.map(worked_in_words).unwrap_or_default().to_owned(),
    ]
}

async fn found(web: &Web, person: Person) -> Result<MyReferrals, PageError> {
    let now = web.now();
    web.work(move |app: &App| referrals_of(&app.store, &person, now)).await
}

struct ReferralsPage<'a> {
    mine: &'a MyReferrals,
    guest: &'a Guest,
}

impl Page for ReferralsPage<'_> {
    fn head(&self) -> Head {
        Head { section: Some(Section::Referrals), ..Head::for_guest("Referrals", self.guest) }
    }
}

impl Render for ReferralsPage<'_> {
    fn render(&self) -> Markup {
        let mine = self.mine;
        let waiting =
            mine.to_answer.iter().filter(|of| of.state() == ReferralState::Requested).count();
        html! {
            h1 class="govuk-heading-l" { "Referrals" }
            @if mine.made.is_empty() && mine.to_answer.is_empty() {
                p class="govuk-body" { "There are none. A link worker refers somebody from the page of a listing that takes referrals. A referral carries a reference and no name." }
            }
            @if !mine.to_answer.is_empty() {
                h2 class="govuk-heading-m" id="to-answer" { "To your services" }
                p class="govuk-body" { (wording::counted(waiting, "waits", "wait")) " for your answer." }
                (self.table(&mine.to_answer, "to-answer"))
            }
            @if !mine.made.is_empty() {
                h2 class="govuk-heading-m" id="made" { "That you made" }
                p class="govuk-body" { "The one that moved last comes first." }
                (self.table(&mine.made, "made"))
                p class="govuk-body" { a class="govuk-link" href=(paths::REFERRALS_CSV) { "Save yours as a table (CSV)" } }
            }
        }
    }
}

impl ReferralsPage<'_> {
    fn table(&self, referrals: &[Referral], id: &str) -> Markup {
        html! {
            div class="ha-scroll" role="region" aria-labelledby=(id) tabindex="0" {
                table class="govuk-table" {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            @for heading in ["Reference", "Service", "Stands", "Since"] {
                                th scope="col" class="govuk-table__header" { (heading) }
                            }
                        }
                    }
                    tbody class="govuk-table__body" {
                        @for referral in referrals {
                            tr class="govuk-table__row" {
                                th scope="row" class="govuk-table__header" { a class="govuk-link" href=(paths::referral(referral.id)) { (referral.reference) } }
                                td class="govuk-table__cell" { (self.name(referral.service)) }
                                td class="govuk-table__cell" { (wording::capitalised(state_in_words(referral.state()))) }
                                td class="govuk-table__cell" { (wording::long_date(wording::date_of(referral.since()))) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn name(&self, service: ServiceId) -> &str {
        self.mine.name_of(service)
    }
}
