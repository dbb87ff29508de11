//! What is taken along of a listing or a shortlist: paper, a PDF, one file, a calendar, a QR code;
//! and the way from paper back to a listing.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{Service, Session, derive_uuid},
    paper::{CalendarEntry, Entry, Leaflet, calendar, pdf, qr},
    search::wording,
    store::Reading,
    text::code::read_code,
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        counted::Counts,
        download::file,
        error::PageError,
        handed::{Handed, HandedService},
        layout::{Head, Page, Robots, Section, Shape},
        markup,
        parts::{leaflet_entry::leaflet_entry, leave::leave_where, qr_code::qr_code, to_entry},
        paths::{self, Form},
        work::Web,
    },
};

/// On paper, by the browser; `print=large` asks for large type.
pub async fn print(
    State(web): State<Web>,
    counts: Counts,
    handed: Handed,
    pairs: Pairs,
) -> Result<Response, PageError> {
    taken(&web, &handed, counts);
    let leaflet = to_entry::leaflet(&handed, is_large(&pairs), &web.app, web.now());
    Ok(web.show(&PaperPage { handed: &handed, leaflet: &leaflet }, Cache::Private))
}

/// The same as a PDF.
pub async fn leaflet(
    State(web): State<Web>,
    counts: Counts,
    handed: Handed,
    pairs: Pairs,
) -> Result<Response, PageError> {
    taken(&web, &handed, counts);
    let leaflet = to_entry::leaflet(&handed, is_large(&pairs), &web.app, web.now());
    let bytes = web
        .work(move |_| pdf(&leaflet).map_err(|error| PageError::Failed(Arc::new(error))))
        .await?;
    Ok(file("application/pdf", "services.pdf", bytes))
}

/// One page that holds everything it needs, to be kept where there is no network.
pub async fn one_file(
    State(web): State<Web>,
    counts: Counts,
    handed: Handed,
) -> Result<Response, PageError> {
    taken(&web, &handed, counts);
    let leaflet = to_entry::leaflet(&handed, false, &web.app, web.now());
    let page = markup::stand_alone(&leaflet.title, &entries(&leaflet));
    Ok(file("text/html; charset=utf-8", "services.html", page.into_bytes()))
}

/// The sessions for a calendar, with the dates on which they are not.
pub async fn sessions(State(web): State<Web>, handed: Handed) -> Result<Response, PageError> {
    let now = web.now();
    let entries: Vec<CalendarEntry<'_>> = {
        let open = handed.services.iter().filter(|of| !of.is_closed());
        open.flat_map(|of| calendar_entries(of, &web.app)).collect()
    };
    let written = calendar(&entries, wording::date_of(now), now);
    Ok(file("text/calendar; charset=utf-8", "sessions.ics", written.into_bytes()))
}

/// The QR code of a listing's short address.
pub async fn qr_svg(State(web): State<Web>, handed: Handed) -> Result<Response, PageError> {
    let service = handed.services.first().ok_or(PageError::NotFound)?.service();
    let address = to_entry::short_address(service, &web.app);
    let code = qr(&address).ok_or(PageError::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml")];
    let mut response = (headers, qr_code(&code, "").into_string()).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, Cache::Hour.header());
    Ok(response)
}

/// From a short address on paper to the listing; where several begin alike, to choose.
pub async fn short(
    State(web): State<Web>,
    Path(named): Path<Named>,
) -> Result<Response, PageError> {
    let code: String = named.id.chars().take(40).collect();
    let bytes = read_code(&code).filter(|bytes| bytes.len() >= 5).ok_or(PageError::NotFound)?;
    let find = move |app: &App| app.store.services_that_begin(&bytes[..5], MOST_ALIKE);
    let found: Vec<Service> = web.work(find).await?;
    match found.as_slice() {
        [] => Err(PageError::NotFound),
        [only] => Ok(Redirect::temporary(&paths::service(only.id, &only.name)).into_response()),
        several => Ok(web.show(&WhichPage { several }, Cache::Private)),
    }
}

/// The most listings that are offered where short addresses are alike.
const MOST_ALIKE: usize = 20;

/// Counts what was taken along, for what the listings bring.
pub fn taken(web: &Web, handed: &Handed, counts: Counts) {
    let Some(network) = counts.visitor else { return };
    for of in &handed.services {
        web.app.uses.copied(of.service().id, network, web.now());
    }
}

fn is_large(pairs: &Pairs) -> bool {
    pairs.first("print") == "large"
}

fn calendar_entries<'a>(of: &'a HandedService, app: &App) -> Vec<CalendarEntry<'a>> {
    let service = of.service();
    let is_hidden = of.record.needs_care();
    let own = service.sessions.iter().map(|session| (session, None));
    let venues = service.venues.iter().enumerate();
    let at_venues = venues
        .flat_map(|(at, venue)| venue.sessions.iter().map(move |session| (session, Some(at))));
    let entry = |(session, venue): (&'a Session, Option<usize>)| {
        let key = format!("{:?} {venue:?} {:?}", session.name, session.schedule);
        CalendarEntry {
            uid: format!("{}@hereabouts", derive_uuid(&service.id.to_string(), "session", &key)),
            title: if is_hidden { "Appointment".to_owned() } else { service.name.clone() },
            place: (!is_hidden).then(|| to_entry::whereabouts(of, venue)),
            description: "Ring before you travel.".to_owned(),
            address: to_entry::short_address(service, app),
            schedule: &session.schedule,
        }
    };
    own.chain(at_venues).map(entry).collect()
}

fn entries(leaflet: &Leaflet) -> Markup {
    html! {
        h1 class="govuk-heading-l" { (leaflet.title) }
        @for entry in &leaflet.entries { (one(entry)) }
        p class="ha-print__stamp" { (leaflet.foot) }
    }
}

fn one(entry: &Entry) -> Markup {
    leaflet_entry(entry, qr(&entry.address).as_ref())
}

/// A leaflet that the browser prints.
struct PaperPage<'a> {
    handed: &'a Handed,
    leaflet: &'a Leaflet,
}

impl Page for PaperPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            shape: Shape::Paper,
            ..Head::new(format!("To print: {}", self.handed.title()))
        }
    }

    fn before(&self) -> Markup {
        leave_where(self.handed.needs_care())
    }
}

impl Render for PaperPage<'_> {
    fn render(&self) -> Markup {
        let back = match (&self.handed.held, self.handed.services.first()) {
            (Some(held), _) => paths::shortlist(&held.key),
            (None, Some(of)) => paths::service(of.service().id, &of.service().name),
            (None, None) => paths::HOME.to_owned(),
        };
        html! {
            div class=[self.leaflet.is_large.then_some("ha-print--large")] {
                p class="ha-no-print" {
                    button type="button" class="govuk-button ha-needs-js" data-print { "Print this page" } " "
                    a class="govuk-link" href=(back) { "Back" } " "
                    a class="govuk-link" href=(self.pdf()) { "Save it as a PDF" }
                }
                (entries(self.leaflet))
            }
        }
    }
}

impl PaperPage<'_> {
    fn pdf(&self) -> String {
        let form = if self.leaflet.is_large { Form::LargeLeaflet } else { Form::Leaflet };
        match (&self.handed.held, self.handed.services.first()) {
            (Some(held), _) => paths::shortlist_as(&held.key, form),
            (None, Some(of)) => paths::service_as(of.service().id, &of.service().name, form),
            (None, None) => paths::HOME.to_owned(),
        }
    }
}

/// Listings whose short addresses are alike.
struct WhichPage<'a> {
    several: &'a [Service],
}

impl Page for WhichPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Search),
            ..Head::new("Which of these?")
        }
    }
}

impl Render for WhichPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Which of these?" }
            p class="govuk-body" { "More than one service has this short address." }
            ul class="govuk-list govuk-list--spaced" {
                @for service in self.several {
                    li { a class="govuk-link" href=(paths::service(service.id, &service.name)) { (service.name) } }
                }
            }
        }
    }
}
