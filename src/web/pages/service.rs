//! `/services/{id}`: a listing, in the order in which somebody decides by it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, Render, html};
use serde_json::json;

use super::serves;
use crate::{
    app::App,
    domain::{CapacityStatus, Partnership, Service, ServiceId, ServiceStatus},
    referring::{Replies, replies_of, takes_referrals},
    search::{DoorShown, NeedShown, door_of, language_name, needs_of, shows_where, wording},
    store::{Reading, ServiceRecord, Subject},
    web::{
        asked::{Named, Pairs},
        cache::Cache,
        counted::Counts,
        error::PageError,
        handed::Holding,
        layout::{Head, Page, Robots, Section},
        parts::{
            contacts::contacts,
            fact_list::paragraphs,
            facts,
            funding::funding,
            getting_there::getting_there,
            leave::leave_where,
            partnership_links::partnership_links,
            stamp::stamp,
            starting::starting,
            state,
            suits::suits,
            to_shortlist::{self, Picking, to_shortlist},
            trust::trust,
            urgent::telephone,
        },
        paths::{self, Form},
        work::Web,
    },
};

/// Answers with a listing.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    counts: Counts,
    holding: Holding,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let near: String = pairs.first("near").chars().take(200).collect();
    let now = web.now();
    let find = move |app: &App| {
        Ok::<_, PageError>((Listing::find(app, id, &near, now)?, holding.find(app, now)?))
    };
    let (listing, held) = web.work(find).await?;
    if let Some(network) = counts.visitor {
        web.app.uses.opened(id, network, now);
    }
    let cache = if listing.serves.is_none() && !listing.is_sensitive() {
        Cache::Fresh
    } else {
        Cache::Private
    };
    let service = &listing.record.service;
    let back = paths::service_for(service.id, &service.name, pairs.first("near"));
    let picking = Some(Picking { list: held.as_ref(), back: &back });
    Ok(web.show(&ServicePage { listing: &listing, app: &web.app, now, picking }, cache))
}

/// Where a listing is found that is not listed: at the one that stands for it, or nowhere.
pub fn moved(app: &App, record: &ServiceRecord, near: &str) -> Result<PageError, PageError> {
    let standing = app.store.standing_for(record.service.id)?;
    let listed = app.store.find_service(standing)?.filter(Service::is_listed);
    Ok(match listed {
        Some(service) if service.id != record.service.id => {
            PageError::Moved { to: paths::service_for(service.id, &service.name, near) }
        }
        _ => PageError::Gone,
    })
}

/// A service with everything that its page says.
pub struct Listing {
    pub record: ServiceRecord,
    pub partnerships: Vec<Partnership>,
    pub needs: Vec<NeedShown>,
    pub door: DoorShown,
    /// Whether it serves the place that was asked about, where one was.
    pub serves: Option<String>,
    /// How referrals to it are answered, where it lets everybody know.
    pub replies: Option<Replies>,
}

impl Listing {
    fn find(app: &App, id: ServiceId, near: &str, now: Timestamp) -> Result<Self, PageError> {
        let Some(record) = app.store.service_record(id)? else {
            let was_listed = !app.store.changes_of(&Subject::Service(id), 1)?.is_empty();
            return Err(if was_listed { PageError::Gone } else { PageError::NotFound });
        };
        match record.service.status {
            ServiceStatus::Draft => return Err(PageError::NotFound),
            _ if !record.service.is_listed() => return Err(moved(app, &record, near)?),
            _ => {}
        }
        Self::of(app, record, near, now)
    }

    /// A record with everything that its page says.
    pub fn of(
        app: &App,
        record: ServiceRecord,
        near: &str,
        now: Timestamp,
    ) -> Result<Self, PageError> {
        let needs = needs_of(&record.service, app.vocabulary);
        let needs = needs.into_iter().map(|(need, tier)| NeedShown {
            inferred: tier != hereabouts_index::NeedTier::Stated,
            ..app.search.need(&need)
        });
        Ok(Self {
            partnerships: app.store.list_partnerships_of_service(record.service.id)?,
            needs: needs.collect(),
            door: door_of(&record, None, now),
            serves: serves::in_words(&record.service, near, app),
            replies: if record.service.access_routes.shows_replies {
                replies_of(&app.store, &record.service, now)?
            } else {
                None
            },
            record,
        })
    }

    /// Whether it has to be shown with care.
    fn is_sensitive(&self) -> bool {
        self.record.needs_care()
    }
}

/// A listing.
pub struct ServicePage<'a> {
    pub listing: &'a Listing,
    pub app: &'a App,
    pub now: Timestamp,
    /// What the buttons to take it along need; none where it is only looked at as it would be.
    pub picking: Option<Picking<'a>>,
}

impl Page for ServicePage<'_> {
    fn head(&self) -> Head {
        let service = &self.listing.record.service;
        if self.listing.is_sensitive() {
            return Head {
                robots: Robots::NoIndex,
                section: Some(Section::Search),
                shortlisted: self.shortlisted(),
                ..Head::new("A listing")
            };
        }
        Head {
            description: Some(service.summary.clone()).filter(|text| !text.is_empty()),
            canonical: Some(paths::service(service.id, &service.name)),
            section: Some(Section::Search),
            shortlisted: self.shortlisted(),
            linked_data: Some(linked_data(&self.listing.record)),
            ..Head::new(format!("{}, {}", service.name, self.listing.record.organisation.name))
        }
    }

    fn before(&self) -> Markup {
        leave_where(self.listing.is_sensitive())
    }
}

impl Render for ServicePage<'_> {
    fn render(&self) -> Markup {
        let record = &self.listing.record;
        let service = &record.service;
        let today = wording::date_of(self.now);
        html! {
            (self.top())
            div class="ha-listing" {
                div class="ha-listing__main" {
                    (section("right", "Is it right?", &suits(&service.eligibility, service.footprint.as_ref(), self.listing.serves.as_deref(), self.app.vocabulary)))
                    (self.about())
                    (section("getting", "Getting there", &getting_there(record, today)))
                    (section("starting", "Starting", &starting(service, self.listing.replies.as_ref(), today)))
                    (self.needs())
                    (self.short())
                    p class="govuk-body" { "Stated by " (record.organisation.name) "." }
                    (stamp(&service.upkeep, &service.provenance))
                    p class="govuk-body" {
                        a class="govuk-link" href=(paths::report(service.id, &service.name)) rel="nofollow" { "Report a problem with this listing" }
                    }
                    p class="govuk-body" {
                        "Do you work with people and sent somebody here? "
                        a class="govuk-link" href=(paths::how_it_went(service.id, &service.name)) rel="nofollow" { "Say how it went" }
                    }
                    p class="govuk-body" {
                        a class="govuk-link" href=(paths::history(service.id, &service.name)) rel="nofollow" { "What was changed, and when" }
                    }
                    p class="govuk-body" {
                        a class="govuk-link" href=(paths::keep(service.id)) rel="nofollow" { "Look after this listing" }
                        ", if it is yours. If you are not known here yet, "
                        a class="govuk-link" href=(paths::claim(service.id, &service.name)) rel="nofollow" { "say that it is" }
                        "."
                    }
                }
                (self.side(today))
            }
        }
    }
}

impl ServicePage<'_> {
    fn top(&self) -> Markup {
        let record = &self.listing.record;
        let (service, organisation) = (&record.service, &record.organisation);
        let said =
            self.listing.door.statement.as_ref().filter(|_| self.listing.door.status.is_some());
        html! {
            div class="ha-listing__head" id="listing" tabindex="-1" {
                h1 class="govuk-heading-xl" { (service.name) }
                p class="ha-listing__organisation" {
                    "Run by " a class="govuk-link" href=(paths::organisation(organisation.id, &organisation.name)) { (organisation.name) }
                }
                @if !service.summary.is_empty() { p class="ha-listing__line" { (service.summary) } }
                @if service.status == ServiceStatus::TemporarilyClosed { p class="govuk-body" { strong { "Closed for the time being." } } }
                @if let Some(alert) = &service.alert { p class="govuk-body" { strong { "Notice: " } (alert) } }
                @if let Some(phone) = facts::phone(record).and_then(|contact| contact.phone.as_deref()) {
                    p class="govuk-body" { "Ring " (telephone(phone)) }
                }
                p class="ha-listing__state" { (state::state_line(&self.listing.door, &service.upkeep, self.now)) }
                @if let Some(site) = said.and_then(|said| facts::site_said_of(record, said)) { p class="govuk-body" { "That was said of " (site) "." } }
                @if let Some(whom) = said.and_then(|said| said.for_whom.as_deref()) { p class="govuk-body" { "That was said about: " (whom) "." } }
                @if let Some(note) = said.and_then(|said| said.note.as_deref()) { p class="govuk-body" { (note) } }
                @if let Some(picking) = self.picking { (self.actions(picking)) }
            }
        }
    }

    fn shortlisted(&self) -> Option<usize> {
        to_shortlist::count(self.picking.and_then(|picking| picking.list))
    }

    /// What takes it along.
    fn actions(&self, picking: Picking<'_>) -> Markup {
        let service = &self.listing.record.service;
        let form = |form: Form| paths::service_as(service.id, &service.name, form);
        let has_dates = service.all_sessions().next().is_some();
        html! {
            div class="ha-listing__actions" {
                (to_shortlist(service, picking, "listing"))
                a class="govuk-link" href=(form(Form::Text)) rel="nofollow" { "Text to send or paste" }
                a class="govuk-link" href=(form(Form::Print)) rel="nofollow" { "Print" }
                a class="govuk-link" href=(form(Form::Leaflet)) rel="nofollow" { "Leaflet (PDF)" }
                @if takes_referrals(service) { a class="govuk-link" href=(paths::refer(service.id, &service.name)) rel="nofollow" { "Refer by reference" } }
                @if self.listing.door.status != Some(CapacityStatus::Open) { a class="govuk-link" href=(paths::follow_service(service.id)) rel="nofollow" { "Tell me when it takes people" } }
                @if has_dates { a class="govuk-link" href=(form(Form::Calendar)) rel="nofollow" { "Dates for a calendar" } }
            }
        }
    }

    fn about(&self) -> Markup {
        let description = &self.listing.record.service.description;
        html! {
            @if !description.is_empty() { (section("about", "What it is", &paragraphs(description))) }
        }
    }

    fn needs(&self) -> Markup {
        let needs = &self.listing.needs;
        html! {
            @if !needs.is_empty() {
                section class="ha-listing__section" aria-labelledby="needs" {
                    h2 class="govuk-heading-m" id="needs" { "Helps with" }
                    ul class="ha-columns" role="list" {
                        @for need in needs {
                            li {
                                a class="govuk-link" href=(paths::need(&need.id)) { (need.label) }
                                @if need.inferred { span class="ha-muted" { " (read from its description)" } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn short(&self) -> Markup {
        let lines = &self.listing.record.service.in_short;
        html! {
            @if !lines.is_empty() {
                section class="ha-listing__section" aria-labelledby="short" {
                    h2 class="govuk-heading-m" id="short" { "In short" }
                    ul class="govuk-list govuk-list--bullet" { @for line in lines { li { (line) } } }
                }
            }
        }
    }

    fn side(&self, today: Date) -> Markup {
        let record = &self.listing.record;
        let service = &record.service;
        let shown = record.venues().filter(|(_, location)| shows_where(service, location));
        let at_venues = shown.flat_map(|(venue, _)| &venue.contacts);
        let own: Vec<_> = service.contacts.iter().chain(at_venues).collect();
        let own = if own.is_empty() { record.organisation.contacts.iter().collect() } else { own };
        let website = service.website.as_deref().or(record.organisation.website.as_deref());
        let languages: Vec<String> =
            service.languages.iter().map(|tag| language_name(tag)).collect();
        html! {
            aside class="ha-listing__side" aria-label="Contact and trust" {
                h2 { "Contact" }
                (contacts(own.into_iter(), website))
                h2 { "Trust" }
                (trust(&service.trust.or(&record.organisation.trust)))
                (partnership_links(&self.listing.partnerships))
                (funding(&service.funding, today))
                h2 { "Languages" }
                p { @if languages.is_empty() { "Not stated." } @else { (languages.join(", ")) } }
            }
        }
    }
}

fn section(id: &str, title: &str, body: &Markup) -> Markup {
    html! {
        section class="ha-listing__section" aria-labelledby=(id) {
            h2 class="govuk-heading-m" id=(id) { (title) }
            (body)
        }
    }
}

fn linked_data(record: &ServiceRecord) -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "Service",
        "name": record.service.name,
        "description": record.service.summary,
        "provider": { "@type": "Organization", "name": record.organisation.name },
    })
}
