//! What a listing brings: how often people are shown it, open it, take it along and are referred to it.

use maud::{Markup, html};

use crate::{
    domain::{Experiences, Worked},
    keeping::Section,
    referring::{Replies, Tally, replies_in_words, worked_in_words},
    search::wording,
    store::{MonthOfUse, ServiceRecord},
    web::paths::keep_section,
};

/// A heading, and what is counted under it.
type Column = (&'static str, fn(&MonthOfUse) -> u64);

const COLUMNS: [Column; 5] = [
    ("Shown among results", |of| of.shown),
    ("Opened", |of| of.opened),
    ("Put on a shortlist", |of| of.shortlisted),
    ("Text taken", |of| of.copied),
    ("Referred to", |of| of.referred),
];

/// Counts by month, the newest first; nothing where there are none yet.
#[must_use]
pub fn brings(uses: &[MonthOfUse]) -> Markup {
    html! {
        @if !uses.is_empty() {
            h2 class="govuk-heading-m" id="brings" { "What it brings" }
            div class="ha-scroll" role="region" aria-labelledby="brings" tabindex="0" {
                table class="govuk-table" {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            th scope="col" class="govuk-table__header" { "Month" }
                            @for (heading, _) in COLUMNS {
                                th scope="col" class="govuk-table__header govuk-table__header--numeric" { (heading) }
                            }
                        }
                    }
                    tbody class="govuk-table__body" { @for month in uses { (row(month)) } }
                }
            }
            p class="govuk-hint" { "How often, never by whom: “text taken” is a text message or the text for a clinical record. One reader counts once an hour, programs and those who look after listings do not count. It is brought up to date every minute." }
        }
    }
}

/// What link workers say came of it, and how referrals are answered; nothing where nobody knows.
#[must_use]
pub fn went(record: &ServiceRecord, replies: Option<&Replies>, tally: &Tally) -> Markup {
    let said = &record.experiences;
    let counts = [
        (Worked::Worked, said.worked),
        (Worked::DidNotReply, said.did_not_reply),
        (Worked::NotTakingPeople, said.not_taking_people),
        (Worked::NotRight, said.not_right),
    ];
    let is_public = record.service.access_routes.shows_replies;
    html! {
        @if said.count() > 0 || tally.asked > 0 {
            h2 class="govuk-heading-m" { "How it went" }
            @if said.count() > 0 && said.share_that_worked().is_none() {
                p class="govuk-body" { "Fewer than " (Experiences::FEWEST) " link workers have said of the last half year how it went. What they say is shown once as many have, so that nobody can tell who it was." }
            } @else if said.count() > 0 {
                p class="govuk-body" { "What link workers say of the last half year, each counted once:" }
                ul class="govuk-list govuk-list--bullet" {
                    @for (what, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
                        li { (worked_in_words(what)) ": " (count) }
                    }
                }
                p class="govuk-hint" { "It counts in the order of results, beside how lately the listing was confirmed." }
            }
            @if tally.asked > 0 { p class="govuk-body" { (tally_in_words(tally)) } }
            @if let Some(replies) = replies {
                p class="govuk-body" {
                    (replies_in_words(replies)) ", of " (replies.referrals) " within a year. "
                    @if is_public { "Everybody may know so. " } @else { "Only you and stewards see this. " }
                    a class="govuk-link" href=(keep_section(record.service.id, Section::Start)) { "Change who may know" }
                }
            }
        }
    }
}

/// `4 referrals from here within a year: 2 taken, 1 declined, 1 waits for an answer.`
fn tally_in_words(tally: &Tally) -> String {
    let of = |count: usize, says: &str| (count > 0).then(|| format!("{count} {says}"));
    let waits = if tally.waiting == 1 { "waits for an answer" } else { "wait for an answer" };
    let said = [
        of(tally.taken, "taken"),
        of(tally.declined, "declined"),
        of(tally.unanswered, "not answered in time"),
        of(tally.waiting, waits),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let all = wording::counted(tally.asked, "referral", "referrals");
    if said.is_empty() {
        return format!("{all} from here within a year, taken back before an answer.");
    }
    format!("{all} from here within a year: {}.", wording::listed(&said))
}

fn row(of: &MonthOfUse) -> Markup {
    let number = |count: u64| wording::thousands(usize::try_from(count).unwrap_or(usize::MAX));
    html! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header" { (wording::month_in_words(&of.month)) }
            @for (_, count) in COLUMNS {
                td class="govuk-table__cell govuk-table__cell--numeric" { (number(count(of))) }
            }
        }
    }
}
