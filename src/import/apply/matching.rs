//! Which stored record a draft is about: by the source's key, by identifier, then by name, place and web domain.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use crate::{
    domain::{
        Identifier, Location, LocationId, Member, Organisation, OrganisationId, PartnershipId,
        Provenance, Service, ServiceId,
    },
    import::{
        draft::Draft,
        fault::{Kind, Log},
    },
    store::{Reading, StoreError, Subject, SubjectKind, bare_code, folded_name},
    text::web,
};

/// The ids that drafts get instead of those worked out from their keys.
#[derive(Debug, Default)]
pub(super) struct Matches {
    ids: HashMap<Uuid, Uuid>,
    /// Drafts of listings for which another stands, with that one: nothing of them is written.
    led: HashMap<Uuid, ServiceId>,
    /// The same of organisations.
    led_organisations: HashMap<Uuid, OrganisationId>,
}

impl Matches {
    fn of(&self, id: Uuid) -> Uuid {
        self.ids.get(&id).copied().unwrap_or(id)
    }

    /// Puts the stored ids in the place of the drafts' own, wherever a draft refers to one, and
    /// leaves out the listings and organisations for which another stands.
    pub fn rename(&self, draft: &mut Draft, log: &mut Log) {
        self.leave_out(draft, log);
        for organisation in &mut draft.organisations {
            organisation.id = OrganisationId(self.of(organisation.id.0));
            let parent = organisation.parent.map(|parent| OrganisationId(self.of(parent.0)));
            // Of two that were joined, one may be part of the other.
            organisation.parent = parent.filter(|parent| *parent != organisation.id);
        }
        for location in &mut draft.locations {
            location.id = LocationId(self.of(location.id.0));
        }
        for service in draft.services.iter_mut().map(|draft| &mut draft.service) {
            service.id = ServiceId(self.of(service.id.0));
            service.organisation = OrganisationId(self.of(service.organisation.0));
            for venue in &mut service.venues {
                venue.location = LocationId(self.of(venue.location.0));
            }
        }
        for partnership in &mut draft.partnerships {
            partnership.id = PartnershipId(self.of(partnership.id.0));
            for member in &mut partnership.members {
                member.organisation = OrganisationId(self.of(member.organisation.0));
            }
            let mut once: Vec<Member> = Vec::new();
            for member in std::mem::take(&mut partnership.members) {
                if !once.contains(&member) {
                    once.push(member);
                }
            }
            partnership.members = once;
            for service in &mut partnership.services {
                *service = ServiceId(self.of(service.0));
            }
        }
        for capacity in &mut draft.capacities {
            capacity.service = ServiceId(self.of(capacity.service.0));
        }
    }

    fn leave_out(&self, draft: &mut Draft, log: &mut Log) {
        let origin = &draft.origin;
        draft.services.retain(|draft| {
            let service = &draft.service;
            let stays = self.led.get(&service.id.0);
            if let Some(stays) = stays {
                let expected = format!("nothing: listing {stays} stands for it too");
                log.add(Kind::Joined, origin, "", &expected, &service.name);
            }
            stays.is_none()
        });
        draft.capacities.retain(|capacity| !self.led.contains_key(&capacity.service.0));
        draft.organisations.retain(|organisation| {
            let stays = self.led_organisations.get(&organisation.id.0);
            if let Some(stays) = stays {
                let expected = format!("nothing: organisation {stays} stands for it too");
                log.add(Kind::Joined, origin, "", &expected, &organisation.name);
            }
            stays.is_none()
        });
    }
}

/// Matches every draft with the store as it is before the import.
pub(super) fn matches(
    drafts: &[Draft],
    source: &str,
    store: &impl Reading,
) -> Result<Matches, StoreError> {
    let mut matcher = Matcher {
        source,
        store,
        joined: store.list_joined()?.into_iter().collect(),
        joined_organisations: store.list_joined_organisations()?.into_iter().collect(),
        known: BTreeMap::new(),
        taken: HashSet::new(),
        matches: Matches::default(),
    };
    for kind in [
        SubjectKind::Organisation,
        SubjectKind::Location,
        SubjectKind::Service,
        SubjectKind::Partnership,
    ] {
        let keys = store.keys_of(source, kind)?;
        matcher.taken.extend(keys.iter().filter_map(|key| uuid_of(&key.subject)));
        let keys = keys.into_iter().map(|key| (key.key, key.subject));
        matcher.known.insert(kind, keys.collect());
    }
    for organisation in drafts.iter().flat_map(|draft| &draft.organisations) {
        matcher.organisation(organisation)?;
        matcher.lead_organisation_on(organisation.id);
    }
    for location in drafts.iter().flat_map(|draft| &draft.locations) {
        matcher.location(location)?;
    }
    for draft in drafts {
        for service in &draft.services {
            matcher.service(&service.service, &draft.locations)?;
            matcher.lead_on(service.service.id);
        }
        for partnership in &draft.partnerships {
            matcher.by_key(SubjectKind::Partnership, partnership.id.0, &partnership.provenance);
        }
    }
    Ok(matcher.matches)
}

struct Matcher<'a, R: Reading> {
    source: &'a str,
    store: &'a R,
    known: BTreeMap<SubjectKind, HashMap<String, Subject>>,
    /// The listings that lead to another.
    joined: HashMap<ServiceId, ServiceId>,
    /// The organisations that do.
    joined_organisations: HashMap<OrganisationId, OrganisationId>,
    /// Records that are already this source's: a new key never means one of them.
    taken: HashSet<Uuid>,
    matches: Matches,
}

impl<R: Reading> Matcher<'_, R> {
    /// Whether the question is answered: by the source's key, or by the same draft before.
    fn by_key(&mut self, kind: SubjectKind, id: Uuid, provenance: &Provenance) -> bool {
        if self.matches.ids.contains_key(&id) {
            return true;
        }
        let key = provenance.keys.get(self.source);
        let subject = key.and_then(|key| self.known.get(&kind)?.get(key));
        let found = subject.and_then(uuid_of);
        if let Some(found) = found {
            self.matches.ids.insert(id, found);
        }
        found.is_some()
    }

    fn settle(&mut self, id: Uuid, found: Option<Uuid>) {
        let found = found.unwrap_or(id);
        self.taken.insert(found);
        self.matches.ids.insert(id, found);
    }

    fn organisation(&mut self, organisation: &Organisation) -> Result<(), StoreError> {
        if self.by_key(SubjectKind::Organisation, organisation.id.0, &organisation.provenance) {
            return Ok(());
        }
        let mut found = None;
        for Identifier { scheme, value } in
            organisation.identifiers.iter().filter(|known| known.scheme.tells_apart())
        {
            let same = self.store.find_organisations_by_identifier(*scheme, value)?;
            found = found.or_else(|| self.free(same.iter().map(|known| known.id.0)));
        }
        if found.is_none() {
            let domain = domain_of(organisation);
            let same = self.store.find_organisations_by_name(&organisation.name)?;
            let same = same.iter().filter(|known| domain.is_some() && domain_of(known) == domain);
            found = self.free(same.map(|known| known.id.0));
        }
        self.settle(organisation.id.0, found);
        Ok(())
    }

    fn free(&self, mut ids: impl Iterator<Item = Uuid>) -> Option<Uuid> {
        ids.find(|id| !self.taken.contains(id))
    }

    /// The same name, or first line of the address, at the same postcode.
    fn location(&mut self, location: &Location) -> Result<(), StoreError> {
        if self.by_key(SubjectKind::Location, location.id.0, &location.provenance) {
            return Ok(());
        }
        let found = match location.postcode().filter(|_| !location.confidential) {
            Some(postcode) => {
                let there = self.store.find_locations_by_postcode(postcode)?;
                let same = there.iter().filter(|known| {
                    known.kind == location.kind
                        && !known.confidential
                        && folded_name(&known.name) == folded_name(&location.name)
                });
                self.free(same.map(|known| known.id.0))
            }
            None => None,
        };
        self.settle(location.id.0, found);
        Ok(())
    }

    /// The same name at the same organisation; where both have venues, with one in common.
    fn service(&mut self, service: &Service, locations: &[Location]) -> Result<(), StoreError> {
        if self.by_key(SubjectKind::Service, service.id.0, &service.provenance) {
            return Ok(());
        }
        let organisation = self.matches.of(service.organisation.0);
        let mut found = None;
        if organisation != service.organisation.0 {
            let postcodes: Vec<String> =
                locations.iter().filter_map(Location::postcode).map(bare_code).collect();
            let name = folded_name(&service.name);
            for known in self.store.list_services_of(OrganisationId(organisation))? {
                let is_there =
                    folded_name(&known.name) == name && self.share_a_place(&known, &postcodes)?;
                found = found.or_else(|| self.free(is_there.then_some(known.id.0).into_iter()));
            }
        }
        self.settle(service.id.0, found);
        Ok(())
    }

    /// What the feed says of a listing that was joined with another is left out; what refers to it
    /// refers to the one that stands.
    fn lead_on(&mut self, id: ServiceId) {
        let mut found = ServiceId(self.matches.of(id.0));
        for _ in 0..=self.joined.len() {
            let Some(into) = self.joined.get(&found) else { break };
            found = *into;
            self.matches.led.insert(id.0, found);
        }
        self.matches.ids.insert(id.0, found.0);
    }

    /// The same of an organisation.
    fn lead_organisation_on(&mut self, id: OrganisationId) {
        let mut found = OrganisationId(self.matches.of(id.0));
        for _ in 0..=self.joined_organisations.len() {
            let Some(into) = self.joined_organisations.get(&found) else { break };
            found = *into;
            self.matches.led_organisations.insert(id.0, found);
        }
        self.matches.ids.insert(id.0, found.0);
    }

    fn share_a_place(&self, known: &Service, postcodes: &[String]) -> Result<bool, StoreError> {
        let mut theirs = Vec::new();
        for venue in &known.venues {
            let location = self.store.find_location(venue.location)?;
            theirs.extend(location.as_ref().and_then(Location::postcode).map(bare_code));
        }
        Ok(theirs.is_empty()
            || postcodes.is_empty()
            || theirs.iter().any(|code| postcodes.contains(code)))
    }
}

fn domain_of(organisation: &Organisation) -> Option<String> {
    organisation.website.as_deref().and_then(web::domain)
}

fn uuid_of(subject: &Subject) -> Option<Uuid> {
    match subject {
        Subject::Organisation(id) => Some(id.0),
        Subject::Service(id) => Some(id.0),
        Subject::Location(id) => Some(id.0),
        Subject::Partnership(id) => Some(id.0),
        _ => None,
    }
}
