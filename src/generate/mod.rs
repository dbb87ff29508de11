//! An invented England of any size, for measuring and for trials: real postcodes and places, and
//! services that nobody runs.
//!
//! The same seed, day and geography give the same services. Each organisation has dice of its own,
//! so they are made one at a time, and a world of a million takes no more memory than one of ten.

mod areas;
mod dice;
mod facts;
mod words;

use jiff::Timestamp;

use self::{
    dice::{Dice, Zipf},
    facts::Facts,
    words::Words,
};
use crate::{
    domain::{
        Address, Capacity, FieldSource, Location, LocationId, Organisation, OrganisationId,
        PlaceCode, PlaceKind, PointSource, Provenance, Route, Sector, Sensitivity, Service,
        ServiceAtLocation, ServiceAtLocationId, ServiceId, ServiceStatus,
    },
    geo::{Gazetteer, Home, Metres, PlaceRef},
    vocabulary::{Need, Vocabulary},
};

/// The name that invented records are known under.
pub const SOURCE: &str = "generated";

/// As far from its first venue are the others of a service.
const NEIGHBOURHOOD: Metres = Metres(20_000.0);

/// An invented England.
pub struct World<'a> {
    gazetteer: &'a Gazetteer,
    vocabulary: &'a Vocabulary,
    homes: Vec<Home>,
    needs: Zipf,
    words: Words,
    seed: u64,
    now: Timestamp,
}

/// An organisation with all that is its own.
#[derive(Clone, Debug)]
pub struct Group {
    pub organisation: Organisation,
    pub locations: Vec<Location>,
    pub services: Vec<Service>,
    pub capacity: Vec<Capacity>,
}

/// Where an organisation is at home.
struct Base<'a> {
    home: &'a Home,
    places: Vec<PlaceRef>,
    town: String,
}

impl<'a> World<'a> {
    /// A world of this seed as it stands at `now`.
    #[must_use]
    pub fn new(
        gazetteer: &'a Gazetteer,
        vocabulary: &'a Vocabulary,
        seed: u64,
        now: Timestamp,
    ) -> Self {
        Self {
            homes: gazetteer.homes(),
            needs: Zipf::new(vocabulary.needs().len()),
            words: Words::new(seed),
            gazetteer,
            vocabulary,
            seed,
            now,
        }
    }

    /// Organisations until there are so many services.
    pub fn groups(&self, services: u64) -> impl Iterator<Item = Group> + '_ {
        let mut left = usize::try_from(services).unwrap_or(usize::MAX);
        (0_u64..).map_while(move |number| {
            if left == 0 {
                return None;
            }
            let group = self.group(number, left);
            left -= group.services.len();
            Some(group)
        })
    }

    fn group(&self, number: u64, most: usize) -> Group {
        let mut dice = Dice::new(self.seed, number);
        let dice = &mut dice;
        let base = self.base(dice);
        let field = self.need(dice);
        let organisation = self.organisation(dice, number, &base, field);
        let count = dice.weighted(&[(58, 1), (20, 2), (9, 3), (7, 5), (4, 9), (2, 20)]).min(most);
        let mut group = Group {
            organisation,
            locations: Vec::new(),
            services: Vec::new(),
            capacity: Vec::new(),
        };
        for at in 0..count {
            let need = if dice.percent(55) { field } else { self.need(dice) };
            self.service(dice, &format!("{number}-{at}"), &base, need, &mut group);
        }
        group
    }

    fn base(&self, dice: &mut Dice) -> Base<'_> {
        let home = &self.homes[dice.below(self.homes.len())];
        let codes = self.gazetteer.codes_of_home(home);
        let places: Vec<PlaceRef> =
            codes.iter().filter_map(|code| self.gazetteer.place_ref(code)).collect();
        let named = [PlaceKind::Ward, PlaceKind::Msoa, PlaceKind::Council];
        let kind = dice.one(&[&named[0], &named[1], &named[2]]);
        let town = places.iter().find(|place| place.kind == *kind);
        let town = town.or_else(|| places.iter().find(|place| place.kind == PlaceKind::Council));
        let town = town.map_or_else(|| "England".to_owned(), |place| place.name.clone());
        Base { home, places, town }
    }

    fn need(&self, dice: &mut Dice) -> &'a Need {
        &self.vocabulary.needs()[self.needs.rank(dice)]
    }

    fn organisation(
        &self,
        dice: &mut Dice,
        number: u64,
        base: &Base<'_>,
        need: &Need,
    ) -> Organisation {
        let key = number.to_string();
        let sector = dice.weighted(&[
            (70, Some(Sector::Voluntary)),
            (10, Some(Sector::SocialEnterprise)),
            (9, Some(Sector::Private)),
            (3, Some(Sector::Nhs)),
            (4, Some(Sector::LocalAuthority)),
            (4, None),
        ]);
        let name = self.words.organisation(dice, &base.town, need);
        let mut organisation = Organisation::named(OrganisationId::derive(SOURCE, &key), name);
        organisation.sector = sector;
        organisation.contacts = vec![facts::contact(dice)];
        organisation.provenance = self.provenance(&key);
        organisation
    }

    fn service(
        &self,
        dice: &mut Dice,
        key: &str,
        base: &Base<'_>,
        need: &'a Need,
        group: &mut Group,
    ) {
        let facts = Facts { vocabulary: self.vocabulary, now: self.now };
        let id = ServiceId::derive(SOURCE, key);
        let name = self.words.service(dice, &base.town, need);
        let mut service = Service::named(id, group.organisation.id, name);
        service.summary = Words::summary(dice, &base.town, need);
        service.description = self.words.description(dice, &base.town, need);
        // One in five is only described, as in the directories that there are.
        if !dice.percent(20) {
            service.needs = vec![need.id.clone()];
            for _ in 0..dice.weighted(&[(5, 0), (3, 1), (2, 2)]) {
                let other = self.need(dice).id.clone();
                if !service.needs.contains(&other) {
                    service.needs.push(other);
                }
            }
        }
        let is_quiet = need.urgent && dice.percent(40);
        if is_quiet {
            service.sensitivity = Sensitivity::Sensitive;
        }
        facts.fill(dice, &mut service);
        let venues = dice.weighted(&[(18, 0), (56, 1), (10, 2), (9, 4), (5, 7), (2, 12)]);
        for at in 0..venues {
            let location = self.location(dice, &format!("{key}-{at}"), base, at == 0, is_quiet);
            let id = ServiceAtLocationId::derive(SOURCE, &format!("{key}-{at}"));
            let sessions = facts::sessions(dice);
            service
                .venues
                .push(ServiceAtLocation { sessions, ..ServiceAtLocation::at(id, location.id) });
            group.locations.push(location);
        }
        facts::reach(dice, &mut service);
        service.footprint =
            areas::footprint(dice, self.gazetteer, &base.places, base.home.point, venues);
        service.provenance = self.provenance(key);
        group.capacity.extend(facts.capacity(dice, key, id));
        group.services.push(service);
    }

    /// A site: the first about the organisation's home, the others anywhere within its council.
    fn location(
        &self,
        dice: &mut Dice,
        key: &str,
        base: &Base<'_>,
        first: bool,
        confidential: bool,
    ) -> Location {
        let home = if first { base.home } else { self.near(dice, base) };
        let name = self.words.venue(dice);
        let postcode = home.postcode.map(|postcode| postcode.to_string());
        let exact =
            if postcode.is_some() { PointSource::Postcode } else { PointSource::WiderPostcode };
        let id = LocationId::derive(SOURCE, key);
        Location {
            address: Some(Address {
                lines: vec![name.clone(), self.words.street(dice)],
                town: Some(base.town.clone()),
                county: None,
                postcode: postcode.or_else(|| home.sector.map(str::to_owned)),
            }),
            point: Some(home.point),
            point_source: exact,
            access: facts::access(dice),
            confidential,
            provenance: self.provenance(key),
            ..Location::named(id, name)
        }
    }

    /// Another home of the neighbourhood. Postcodes in order mostly lie near each other, but the
    /// first of one town follows the last of another.
    fn near<'b>(&'b self, dice: &mut Dice, base: &Base<'b>) -> &'b Home {
        let at = self.homes.binary_search_by(|home| {
            (home.postcode, home.sector).cmp(&(base.home.postcode, base.home.sector))
        });
        let at = at.unwrap_or_else(|at| at);
        let reach = (self.homes.len() / 400).max(2);
        let from = at.saturating_sub(reach);
        let to = (at + reach).min(self.homes.len() - 1);
        for _ in 0..4 {
            let home = &self.homes[dice.between(from, to)];
            if Metres::between(home.point, base.home.point) <= NEIGHBOURHOOD {
                return home;
            }
        }
        base.home
    }

    fn provenance(&self, key: &str) -> Provenance {
        let record = FieldSource {
            source: SOURCE.to_owned(),
            route: Route::Demonstration,
            at: self.now,
            licence: None,
        };
        let keys = [(SOURCE.to_owned(), key.to_owned())].into();
        Provenance { record: Some(record), keys, ..Provenance::default() }
    }
}

/// The codes of one kind among places.
fn of_kind(places: &[PlaceRef], kind: PlaceKind) -> Option<&PlaceCode> {
    places.iter().find(|place| place.kind == kind).map(|place| &place.code)
}

/// A service goes on, or is closed for the time being.
fn status(dice: &mut Dice) -> ServiceStatus {
    if dice.percent(2) { ServiceStatus::TemporarilyClosed } else { ServiceStatus::Active }
}

#[cfg(test)]
mod tests;
