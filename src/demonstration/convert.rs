//! From the rows of the files to records of the directory.

use jiff::{Timestamp, ToSpan, civil::Date};

use crate::{
    domain::{
        Address, Author, AuthorRole, Capacity, CapacityId, Check, Claim, ClaimId, Confirmation,
        DueDiligence, Experience, FieldSource, Funding, Grant, LinkCheck, LinkOutcome, Location,
        LocationId, Member, Organisation, OrganisationId, PartValue, Partnership, PartnershipId,
        PathwayStage, Person, PersonId, Point, PointSource, Practical, Proposal, ProposalId,
        ProposedChange, Provenance, Referral, ReferralId, ReferralState, Report, ReportId, Route,
        Scope, Service, ServiceAtLocation, ServiceAtLocationId, ServiceId, ServiceStatus, Side,
        Step, Synonym, SynonymId, Units, Upkeep, date_in_england, hour_in_england,
        month_in_england, months_after,
    },
    geo::{Gazetteer, Resolution},
    store::MonthOfUse,
};

use super::{
    SOURCE,
    rows::{
        CapacityRow, ChangeRow, CheckRow, ClaimRow, ExperienceRow, FailingRow, FundingRow,
        LocationRow, OrganisationRow, PartnershipRow, PersonRow, ReferralRow, ReportRow,
        ServiceRow, SynonymRow, TrustRow, UseRow, VenueRow,
    },
};

/// Converts rows, with dates counted from `now`.
pub struct Converter<'a> {
    pub gazetteer: &'a Gazetteer,
    pub now: Timestamp,
}

impl Converter<'_> {
    pub fn organisation(&self, row: &OrganisationRow) -> Organisation {
        Organisation {
            aliases: row.aliases.clone(),
            description: row.description.clone(),
            sector: row.sector,
            legal_form: row.legal_form,
            identifiers: row.identifiers.clone(),
            size: row.size,
            parent: row.parent.as_deref().map(organisation_id),
            website: row.website.clone(),
            contacts: row.contacts.clone(),
            wants_to_be: row.wants_to_be,
            social_value: row.social_value.clone(),
            agrees_to_market_contact: row.agrees_to_market_contact,
            priorities_answered: Vec::new(),
            trust: self.trust(&row.trust),
            upkeep: self.upkeep(row.confirmed_days_ago, row.edited_days_ago),
            provenance: self.provenance(&row.slug),
            ..Organisation::named(organisation_id(&row.slug), row.name.clone())
        }
    }

    pub fn report(&self, row: &ReportRow) -> Report {
        Report {
            id: ReportId::derive(SOURCE, &format!("{}/{}", row.service, row.days_ago)),
            service: ServiceId::derive(SOURCE, &row.service),
            reason: row.reason,
            words: row.words.clone(),
            at: self.now - jiff::SignedDuration::from_hours(24 * i64::from(row.days_ago)),
            closed: None,
            asked: None,
        }
    }

    /// A referral, as far as it has come.
    pub fn referral(&self, row: &ReferralRow) -> Referral {
        let ago = |days: i32| self.now - jiff::SignedDuration::from_hours(24 * i64::from(days));
        let step = |by, to, days| Step {
            at: ago(days),
            by,
            to,
            reason: None,
            wait_weeks: None,
            note: None,
        };
        let mut steps = vec![step(Side::Referrer, ReferralState::Requested, row.days_ago)];
        let accepted = |days| step(Side::Provider, ReferralState::Accepted, days);
        steps.extend(row.accepted_days_ago.map(accepted));
        Referral {
            id: ReferralId::derive(SOURCE, &row.reference),
            service: ServiceId::derive(SOURCE, &row.service),
            by: PersonId::derive(SOURCE, row.by.as_str()),
            reference: row.reference.clone(),
            needs: row.needs.clone(),
            practical: Practical { age: row.age, area: row.area.clone(), ..Practical::default() },
            first_step: row.first_step,
            steps,
            reminded: None,
            worked: None,
        }
    }

    /// What a link worker says came of sending people to a service.
    pub fn experience(&self, row: &ExperienceRow) -> Experience {
        let at = self.now - jiff::SignedDuration::from_hours(24 * i64::from(row.days_ago));
        let who =
            (ServiceId::derive(SOURCE, &row.service), PersonId::derive(SOURCE, row.by.as_str()));
        Experience::said(who, row.what, (at, &month_in_england(at)))
    }

    /// Changes of one of these services.
    pub fn proposal(&self, row: &ChangeRow, services: &[Service]) -> Option<Proposal> {
        let id = ServiceId::derive(SOURCE, &row.service);
        let service = services.iter().find(|service| service.id == id)?;
        let at = self.now - jiff::SignedDuration::from_hours(24 * i64::from(row.days_ago));
        let after = [
            row.name.clone().map(PartValue::Name),
            row.summary.clone().map(PartValue::Summary),
            row.eligibility.clone().map(PartValue::Eligibility),
            row.is_new.then_some(PartValue::Status(ServiceStatus::Active)),
        ];
        let change = |after: PartValue| ProposedChange { before: after.part().of(service), after };
        Some(Proposal {
            id: ProposalId::derive(SOURCE, &row.service),
            service: id,
            by: PersonId::derive(SOURCE, row.by.as_str()),
            at,
            sent: Some(at),
            changes: after.into_iter().flatten().map(change).collect(),
            sites: Vec::new(),
            note: row.note.clone(),
            question: None,
            decided: None,
        })
    }

    /// A claim of the organisation that runs one of these services.
    pub fn claim(&self, row: &ClaimRow, services: &[Service]) -> Option<Claim> {
        let id = ServiceId::derive(SOURCE, &row.service);
        let service = services.iter().find(|service| service.id == id)?;
        Some(Claim {
            id: ClaimId::derive(SOURCE, &row.service),
            organisation: service.organisation,
            service: id,
            email: row.email.clone(),
            name: row.name.clone(),
            words: row.words.clone(),
            at: self.now - jiff::SignedDuration::from_hours(24 * i64::from(row.days_ago)),
            link: None,
            decided: None,
        })
    }

    /// What became of a listing in the months before this one.
    pub fn uses(&self, row: &UseRow) -> Vec<(ServiceId, MonthOfUse)> {
        let id = ServiceId::derive(SOURCE, &row.service);
        let months = (1..).map(|ago| month_in_england(months_after(self.now, -ago)));
        let counts = row.shown.iter().zip(&row.opened);
        let of = |(month, (shown, opened)): (String, (&u64, &u64))| {
            (id, MonthOfUse { month, shown: *shown, opened: *opened, ..MonthOfUse::default() })
        };
        months.zip(counts).map(of).collect()
    }

    /// What people there call a need.
    pub fn synonym(&self, row: &SynonymRow) -> Synonym {
        Synonym {
            id: SynonymId::derive(SOURCE, &row.phrase),
            phrase: row.phrase.clone(),
            need: row.need.clone(),
            is_kind: false,
            by: PersonId::derive(SOURCE, row.by.as_str()),
            at: self.now - jiff::SignedDuration::from_hours(24 * row.days_ago),
        }
    }

    /// What is known of a page that has failed every other day.
    pub fn failing(&self, row: &FailingRow, services: &[Service]) -> Option<LinkCheck> {
        let id = ServiceId::derive(SOURCE, &row.service);
        let service = services.iter().find(|service| service.id == id)?;
        let page = (id, service.website.as_deref());
        let moments = (0..=row.days).rev().step_by(2);
        moments.fold(None, |known: Option<LinkCheck>, days| {
            let at = self.now - jiff::SignedDuration::from_hours(24 * days);
            Some(LinkCheck::after(known.as_ref(), page, LinkOutcome::NotFound, at))
        })
    }

    pub fn person(&self, row: &PersonRow) -> Person {
        let grants = scopes(row).into_iter().map(|scope| Grant { role: row.role, scope });
        Person {
            id: PersonId::derive(SOURCE, row.email.as_str()),
            email: row.email.clone(),
            name: row.name.clone(),
            signs_as: row.signs_as.clone(),
            no_reminders: false,
            grants: grants.collect(),
            added: self.now,
        }
    }

    pub fn location(&self, row: &LocationRow) -> Location {
        let (point, point_source) = self.point(row.postcode.as_deref());
        Location {
            id: LocationId::derive(SOURCE, &row.slug),
            kind: row.kind,
            name: row.name.clone(),
            aliases: row.aliases.clone(),
            description: row.description.clone(),
            address: Some(Address {
                lines: row.lines.clone(),
                town: row.town.clone(),
                county: None,
                postcode: row.postcode.clone(),
            }),
            point,
            point_source,
            uprn: None,
            access: row.access.clone(),
            getting_there: row.getting_there.clone(),
            confidential: row.confidential,
            upkeep: Upkeep::default(),
            provenance: self.provenance(&row.slug),
        }
    }

    pub fn service(&self, row: &ServiceRow, partnerships: &[PartnershipRow]) -> Service {
        let id = ServiceId::derive(SOURCE, &row.slug);
        let belongs = partnerships.iter().filter(|other| other.services.contains(&row.slug));
        let named = Service::named(id, organisation_id(&row.organisation), row.name.clone());
        Service {
            aliases: row.aliases.clone(),
            summary: row.summary.clone(),
            description: row.description.trim().to_owned(),
            in_short: row.in_short.clone(),
            status: row.status,
            alert: row.alert.clone(),
            sensitivity: row.sensitivity,
            needs: row.needs.clone(),
            eligibility: row.eligibility.clone(),
            costs: row.costs.clone(),
            access_routes: row.access_routes.clone(),
            first_visit: row.first_visit.clone(),
            delivery: row.delivery.clone(),
            languages: row.languages.clone(),
            access: row.access.clone(),
            sessions: row.sessions.clone(),
            venues: row.venues.iter().map(|venue| Self::venue(row, venue)).collect(),
            footprint: row.footprint.clone(),
            funding: row.funding.iter().map(|funding| self.funding(funding)).collect(),
            outcome_measures: row.outcome_measures.clone(),
            website: row.website.clone(),
            contacts: row.contacts.clone(),
            partnerships: belongs.map(|other| PartnershipId::derive(SOURCE, &other.slug)).collect(),
            trust: self.trust(&row.trust),
            upkeep: self.upkeep(row.confirmed_days_ago, row.edited_days_ago),
            provenance: self.provenance(&row.slug),
            ..named
        }
    }

    pub fn capacity(&self, row: &ServiceRow) -> Vec<Capacity> {
        row.capacity.iter().enumerate().map(|(at, said)| self.statement(row, at, said)).collect()
    }

    pub fn partnership(&self, row: &PartnershipRow) -> Partnership {
        let members = row.members.iter().map(|member| Member {
            organisation: organisation_id(&member.organisation),
            role: member.role,
            from: member.from_days_ago.map(|days| self.day(-days)),
            to: member.ends_in_days.map(|days| self.day(days)),
            note: member.note.clone(),
        });
        let stages = row.pathway.iter().map(|stage| PathwayStage {
            name: stage.name.clone(),
            description: stage.description.clone(),
            services: service_ids(&stage.services),
        });
        Partnership {
            id: PartnershipId::derive(SOURCE, &row.slug),
            name: row.name.clone(),
            kind: row.kind,
            purpose: row.purpose.clone(),
            from: row.from_days_ago.map(|days| self.day(-days)),
            to: row.ends_in_days.map(|days| self.day(days)),
            footprint: row.footprint.clone(),
            governance: row.governance.clone(),
            contacts: row.contacts.clone(),
            members: members.collect(),
            services: service_ids(&row.services),
            pathway: stages.collect(),
            outcome_measures: row.outcome_measures.clone(),
            upkeep: self.upkeep(row.confirmed_days_ago, row.edited_days_ago),
            provenance: self.provenance(&row.slug),
        }
    }

    fn venue(service: &ServiceRow, row: &VenueRow) -> ServiceAtLocation {
        ServiceAtLocation {
            id: venue_id(service, &row.location),
            location: LocationId::derive(SOURCE, &row.location),
            description: row.description.clone(),
            sessions: row.sessions.clone(),
            access: row.access.clone(),
            contacts: row.contacts.clone(),
        }
    }

    fn statement(&self, service: &ServiceRow, at: usize, row: &CapacityRow) -> Capacity {
        let counted = row.available.is_some() || row.maximum.is_some() || row.funded.is_some();
        let units = counted.then(|| Units {
            unit: row.unit.clone().unwrap_or_default(),
            available: row.available,
            maximum: row.maximum,
            funded: row.funded,
        });
        Capacity {
            id: CapacityId::derive(SOURCE, &format!("{}/{at}", service.slug)),
            service: ServiceId::derive(SOURCE, &service.slug),
            venue: row.venue.as_deref().map(|location| venue_id(service, location)),
            status: row.status,
            units,
            wait_weeks: row.wait_weeks,
            for_whom: row.for_whom.clone(),
            note: row.note.clone(),
            as_of: self.moment(-row.said_days_ago),
            by: Author { role: row.role, name: row.by.clone() },
            source: SOURCE.to_owned(),
            lapses_at: self.midnight(row.lasts_days - row.said_days_ago),
        }
    }

    fn funding(&self, row: &FundingRow) -> Funding {
        Funding {
            funder: row.funder.clone(),
            programme: row.programme.clone(),
            kind: row.kind.clone(),
            from: row.from_days_ago.map(|days| self.day(-days)),
            to: row.ends_in_days.map(|days| self.day(days)),
            share_percent: row.share_percent,
            visibility: row.visibility,
        }
    }

    fn trust(&self, row: &TrustRow) -> DueDiligence {
        let check = |row: &Option<CheckRow>| row.as_ref().map(|row| self.check(row));
        DueDiligence {
            registration: check(&row.registration),
            safeguarding_lead: check(&row.safeguarding_lead),
            safeguarding_training: check(&row.safeguarding_training),
            insurance: check(&row.insurance),
            insurance_until: row.insurance_until_in_days.map(|days| self.day(days)),
            dbs: check(&row.dbs),
            policies: row.policies.iter().map(|row| self.check(row)).collect(),
        }
    }

    fn check(&self, row: &CheckRow) -> Check {
        Check {
            answer: row.answer,
            detail: row.detail.clone(),
            by: row.by,
            on: self.day(-row.days_ago),
        }
    }

    fn upkeep(&self, confirmed: Option<i32>, edited: Option<i32>) -> Upkeep {
        let by = Author {
            role: AuthorRole::Demonstration,
            name: "the provider (demonstration)".to_owned(),
        };
        Upkeep {
            created: Some(self.moment(-confirmed.unwrap_or(400).max(400))),
            edited: edited.map(|days| self.moment(-days)),
            imported: None,
            confirmed: confirmed.map(|days| Confirmation { at: self.moment(-days), by }),
            next_check: confirmed.map(|days| self.day(91 - days)),
        }
    }

    fn provenance(&self, slug: &str) -> Provenance {
        let source = FieldSource {
            source: SOURCE.to_owned(),
            route: Route::Demonstration,
            at: self.now,
            licence: None,
        };
        let mut provenance = Provenance { record: Some(source), ..Provenance::default() };
        provenance.keys.insert(SOURCE.to_owned(), slug.to_owned());
        provenance
    }

    fn point(&self, postcode: Option<&str>) -> (Option<Point>, PointSource) {
        match postcode.map(|postcode| self.gazetteer.resolve(postcode, None)) {
            Some(Resolution::Found(spot)) if spot.precision.is_exact() => {
                (Some(spot.point), PointSource::Postcode)
            }
            Some(Resolution::Found(spot)) => (Some(spot.point), PointSource::WiderPostcode),
            _ => (None, PointSource::None),
        }
    }

    /// So many days from today, in England.
    fn day(&self, days: i32) -> Date {
        let today = date_in_england(self.now);
        today.checked_add(days.days()).unwrap_or(today)
    }

    /// Mid-morning so many days from today; today itself is now.
    fn moment(&self, days: i32) -> Timestamp {
        if days == 0 {
            return self.now;
        }
        hour_in_england(self.day(days), 10).unwrap_or(self.now)
    }

    /// The first moment of a day, in England.
    fn midnight(&self, days: i32) -> Timestamp {
        hour_in_england(self.day(days), 0).unwrap_or(self.now)
    }
}

/// The parts of the directory that somebody's role is for.
pub fn scopes(row: &PersonRow) -> Vec<Scope> {
    let organisations =
        row.organisations.iter().map(|slug| Scope::Organisation { id: organisation_id(slug) });
    let places = row.places.iter().map(|code| Scope::Place { code: code.clone() });
    let scopes: Vec<Scope> = organisations.chain(places).collect();
    if scopes.is_empty() { vec![Scope::Everywhere] } else { scopes }
}

fn organisation_id(slug: &str) -> OrganisationId {
    OrganisationId::derive(SOURCE, slug)
}

fn venue_id(service: &ServiceRow, location: &str) -> ServiceAtLocationId {
    ServiceAtLocationId::derive(SOURCE, &format!("{}@{location}", service.slug))
}

fn service_ids(slugs: &[String]) -> Vec<ServiceId> {
    slugs.iter().map(|slug| ServiceId::derive(SOURCE, slug)).collect()
}
