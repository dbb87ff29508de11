//! `/compare`: two to four services side by side, with what differs marked.

use axum::{extract::State, response::Response};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{AccessFeature, Answer, ServiceId},
    search::{Labelled, language_name, wording},
    store::Reading,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        handed::{HandedService, Holding},
        layout::{Head, Page, Robots, Section},
        parts::{facts, leave::leave_where, starting, suits, to_entry, to_shortlist},
        paths,
        work::Web,
    },
};

/// The most services that stand side by side.
const MOST: usize = 4;

/// Answers with the services that the address names.
pub async fn show(
    State(web): State<Web>,
    holding: Holding,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let asked = pairs.0.iter().filter(|(key, _)| key == "service");
    let mut ids: Vec<ServiceId> = asked.filter_map(|(_, id)| id.parse().ok()).collect();
    ids.truncate(3 * MOST);
    let now = web.now();
    let find = move |app: &App| {
        let mut services: Vec<HandedService> = Vec::new();
        for id in ids {
            let standing = app.store.standing_for(id)?;
            let is_there = |of: &HandedService| of.service().id == standing;
            let record = app.store.service_record(standing)?;
            let listed = record
                .filter(|record| record.service.is_listed() && !services.iter().any(is_there));
            if services.len() == MOST {
                break;
            }
            services.extend(listed.map(|record| HandedService::of(record, "", now)));
        }
        let count = to_shortlist::count(holding.find(app, now)?.as_ref());
        Ok::<_, PageError>((services, count))
    };
    let (services, shortlisted) = web.work(find).await?;
    if services.is_empty() {
        return Err(PageError::NotFound);
    }
    let page = ComparePage { services: &services, shortlisted, app: &web.app, now };
    Ok(web.show(&page, Cache::Private))
}

struct ComparePage<'a> {
    services: &'a [HandedService],
    shortlisted: Option<usize>,
    app: &'a App,
    now: Timestamp,
}

/// A question with what each service says to it.
struct Row {
    label: &'static str,
    said: Vec<String>,
    /// Whether it is said in a provider's own words, which always differ.
    is_told: bool,
}

impl Row {
    fn differs(&self) -> bool {
        !self.is_told && self.said.windows(2).any(|pair| pair.first() != pair.last())
    }
}

impl Page for ComparePage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Shortlist),
            shortlisted: self.shortlisted,
            ..Head::new("Services side by side")
        }
    }

    fn before(&self) -> Markup {
        leave_where(self.services.iter().any(|of| of.record.needs_care()))
    }
}

impl Render for ComparePage<'_> {
    fn render(&self) -> Markup {
        let rows = self.rows();
        let differing = rows.iter().filter(|row| row.differs()).count();
        html! {
            h1 class="govuk-heading-l" { "Services side by side" }
            p class="govuk-body" id="differences" {
                @if self.services.len() > 1 {
                    "They differ in " (wording::counted(differing, "line", "lines")) " of " (rows.len()) "; those are marked “differs”. What it is, when and where are in words of their own, and not compared. What nobody stated is said to be not stated: it is neither yes nor no."
                } @else { "There is only one service to look at." }
            }
            div class="ha-scroll" role="region" aria-labelledby="differences" tabindex="0" {
                table class="govuk-table ha-compare" {
                    thead class="govuk-table__head" {
                        tr class="govuk-table__row" {
                            td class="govuk-table__header" {}
                            @for of in self.services {
                                th scope="col" class="govuk-table__header" {
                                    a class="govuk-link" href=(paths::service(of.service().id, &of.service().name)) { (of.service().name) }
                                    br; span class="ha-muted" { (of.record.organisation.name) }
                                }
                            }
                        }
                    }
                    tbody class="govuk-table__body" { @for row in &rows { (shown(row)) } }
                }
            }
            p class="govuk-body" { a class="govuk-link" href=(paths::SHORTLISTS) { "Your shortlist" } }
        }
    }
}

fn shown(row: &Row) -> Markup {
    let differs = row.differs();
    html! {
        tr class=(if differs { "govuk-table__row ha-compare__differs" } else { "govuk-table__row" }) {
            th scope="row" class="govuk-table__header" {
                (row.label)
                @if differs { " " span class="ha-compare__mark" { "differs" } }
            }
            @for said in &row.said { td class="govuk-table__cell" { (said) } }
        }
    }
}

impl ComparePage<'_> {
    /// Every line that says something of any of them.
    fn rows(&self) -> Vec<Row> {
        let told = |label, is_told, say: &dyn Fn(&HandedService) -> Option<String>| {
            let said: Vec<Option<String>> = self.services.iter().map(say).collect();
            let is_known = said.iter().any(Option::is_some);
            let words = said.into_iter().map(|said| said.unwrap_or_else(|| NOT_STATED.to_owned()));
            is_known.then(|| Row { label, said: words.collect(), is_told })
        };
        let facts = LINES
            .iter()
            .filter_map(|(label, line)| told(label, TOLD.contains(label), &|of| line(of, self)));
        let access = AccessFeature::ALL.into_iter();
        let access =
            access.filter_map(|feature| told(feature.label(), false, &|of| access_of(of, feature)));
        facts.chain(access).collect()
    }

    fn today(&self) -> Date {
        wording::date_of(self.now)
    }
}

const NOT_STATED: &str = "Not stated";

/// What a line says of a service; nothing where nobody stated it.
type Line = fn(&HandedService, &ComparePage<'_>) -> Option<String>;

/// Lines in words of their own.
const TOLD: [&str; 7] =
    ["Mind", "What it is", "Who said so", "Confirmed", "Next", "Where", "The first time"];

const LINES: [(&str, Line); 15] = [
    ("Mind", |of, _| to_entry::warning(of)),
    ("What it is", |of, _| Some(of.service().summary.clone()).filter(|line| !line.is_empty())),
    ("Taking people", |of, _| Some(wording::door(&of.door))),
    ("Who said so", |of, page| {
        wording::door_said(&of.door, page.now).map(|said| wording::capitalised(&said))
    }),
    ("Confirmed", |of, page| Some(wording::freshness(&of.service().upkeep, page.now))),
    ("Next", |of, page| Some(to_entry::when(of, page.today()))),
    ("Where", |of, _| {
        Some(to_entry::whereabouts(of, of.next.as_ref().and_then(|(_, venue)| *venue)))
    }),
    ("For", |of, page| suits::whom(&of.service().eligibility, page.app.vocabulary)),
    ("Not suitable for", |of, page| {
        suits::not_for(&of.service().eligibility.exclusions, page.app.vocabulary)
    }),
    ("Cost", |of, page| Some(facts::cost(of.service(), page.today()))),
    ("To start", |of, _| Some(facts::referral(&of.service().access_routes.routes))),
    ("Reply", |of, _| {
        let routes = &of.service().access_routes;
        starting::reply(routes.reply_days, routes.who_replies.as_deref())
    }),
    ("The first time", |of, _| of.service().first_visit.what_happens.clone()),
    ("Can somebody come along?", |of, _| yes_or_no(of.service().first_visit.someone_can_come)),
    ("Languages", |of, _| {
        let named = of.service().languages.iter().map(|tag| language_name(tag));
        Some(named.collect::<Vec<_>>().join(", ")).filter(|named| !named.is_empty())
    }),
];

/// What holds at its venues: at all of them, or at how many. That some do not say is no "no".
fn access_of(of: &HandedService, feature: AccessFeature) -> Option<String> {
    let venues = of.record.venues().map(|(venue, site)| {
        let own = venue.access.get(&feature).or_else(|| site.access.get(&feature));
        own.copied().unwrap_or_default()
    });
    let said: Vec<Answer> = venues.collect();
    let count = |wanted: Answer| said.iter().filter(|answer| **answer == wanted).count();
    match (count(Answer::Yes), count(Answer::No), said.len()) {
        (0, 0, _) => None,
        (yes, 0, all) if yes == all => Some("Yes".to_owned()),
        (0, no, all) if no == all => Some("No".to_owned()),
        (0, no, all) => Some(format!("No at {no} of {all} venues")),
        (yes, _, all) => Some(format!("At {yes} of {all} venues")),
    }
}

fn yes_or_no(answer: Answer) -> Option<String> {
    match answer {
        Answer::Yes => Some("Yes".to_owned()),
        Answer::No => Some("No".to_owned()),
        Answer::NotStated => None,
    }
}
