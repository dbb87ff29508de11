//! Why two listings may be the same: names that are alike, and something besides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    domain::{Contact, OrganisationId, Service, ServiceId},
    store::{ServiceRecord, bare_code, folded_name, unit_text},
    text::web,
    vocabulary::Vocabulary,
};

use super::Pair;

/// Something that two listings have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    SameName,
    AlikeName,
    SameOrganisation,
    /// Their organisations have a number of a register in common.
    SameNumber,
    /// Their organisations have a name in common.
    OrganisationName,
    /// Their organisations have a site of their own in common.
    SameSite,
    SamePostcode,
    SamePhone,
    SameEmail,
    SamePage,
}

impl Reason {
    fn is_of_organisations(self) -> bool {
        matches!(
            self,
            Self::SameOrganisation | Self::SameNumber | Self::OrganisationName | Self::SameSite
        )
    }
}

/// What of a listing tells it from others.
#[derive(Clone, Debug)]
pub struct Marks {
    names: Box<[String]>,
    /// The name's words, sorted.
    words: BTreeSet<String>,
    /// What may be in common, each with its reason.
    ways: BTreeSet<(Reason, String)>,
    apart_from: Box<[ServiceId]>,
    organisation_apart_from: Box<[OrganisationId]>,
}

/// Up to so many listings that have something in common are compared each with each.
const FEW: usize = 24;
/// Digits of a phone number that are the same however it is written: `+44 1942` and `01942`.
const DIGITS: usize = 9;

impl Marks {
    /// What tells a listing from others.
    #[must_use]
    pub fn of(record: &ServiceRecord) -> Self {
        let (service, organisation) = (&record.service, &record.organisation);
        let name = folded_name(&service.name);
        let words = name.split(' ').filter(|word| !says_nothing(word)).map(stem).collect();
        let mut names = vec![name];
        names.extend(service.aliases.iter().map(|alias| folded_name(alias)));
        let mut ways = BTreeSet::new();
        ways.insert((Reason::SameOrganisation, organisation.id.to_string()));
        ways.insert((Reason::OrganisationName, folded_name(&organisation.name)));
        for known in organisation.identifiers.iter().filter(|known| known.scheme.tells_apart()) {
            let number = format!("{} {}", unit_text(&known.scheme), bare_code(&known.value));
            ways.insert((Reason::SameNumber, number));
        }
        for site in record.locations.iter().filter(|site| service.shows_where(site)) {
            let postcode = site.postcode().map(bare_code);
            ways.extend(postcode.map(|postcode| (Reason::SamePostcode, postcode)));
        }
        ways.extend(reached(service));
        let site = organisation.website.as_deref().and_then(web::own_domain);
        ways.extend(site.map(|site| (Reason::SameSite, site)));
        let apart_from = service.apart_from.iter().copied().collect();
        let organisation_apart_from = organisation.apart_from.iter().copied().collect();
        Self { names: names.into(), words, ways, apart_from, organisation_apart_from }
    }

    /// What may be in common, each with its reason.
    #[must_use]
    pub fn ways(&self) -> &BTreeSet<(Reason, String)> {
        &self.ways
    }

    /// The organisations that a steward said are others than its own.
    pub fn organisation_apart_from(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.organisation_apart_from.iter().copied()
    }

    /// What two listings have in common, where that may mean that they are the same: the same name
    /// and one thing besides, or names that are alike and two.
    #[must_use]
    pub fn reasons(&self, other: &Self) -> Option<Vec<Reason>> {
        let name = self.alike(other)?;
        let common = self.ways.intersection(&other.ways).map(|(reason, _)| *reason);
        let mut reasons: Vec<Reason> = common.collect();
        reasons.sort_unstable();
        reasons.dedup();
        // However much their organisations have in common, it is one thing.
        let of_organisations = reasons.iter().position(|reason| reason.is_of_organisations());
        if let Some(strongest) = of_organisations.map(|at| reasons[at]) {
            reasons.retain(|reason| !reason.is_of_organisations() || *reason == strongest);
        }
        let besides = if name == Reason::SameName { 1 } else { 2 };
        if reasons.len() < besides {
            return None;
        }
        reasons.insert(0, name);
        Some(reasons)
    }

    fn alike(&self, other: &Self) -> Option<Reason> {
        let (Some(own), Some(others)) = (self.names.first(), other.names.first()) else {
            return None;
        };
        let is_same =
            self.words == other.words || self.names.contains(others) || other.names.contains(own);
        if is_same && !own.is_empty() {
            return Some(Reason::SameName);
        }
        let (less, more) = if self.words.len() < other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        // One says more than the other; where each says something else, they are two.
        let is_longer = less.is_subset(more) && less.len() > 1 && less.len() * 5 >= more.len() * 3;
        let adds_a_number = || more.difference(less).any(|word| has_digit(word));
        (is_longer && !adds_a_number()).then_some(Reason::AlikeName)
    }
}

/// Phone numbers, addresses and pages by which a listing itself is reached.
fn reached(service: &Service) -> impl Iterator<Item = (Reason, String)> + '_ {
    let at_venues = service.venues.iter().flat_map(|venue| &venue.contacts);
    let of_contact = |contact: &Contact| {
        let phone = contact.phone.as_deref().and_then(digits);
        let email = contact.email.as_deref().map(str::to_lowercase);
        let phone = phone.map(|phone| (Reason::SamePhone, phone));
        phone.into_iter().chain(email.map(|email| (Reason::SameEmail, email)))
    };
    let page = service.website.as_deref().and_then(page).map(|page| (Reason::SamePage, page));
    service.contacts.iter().chain(at_venues).flat_map(of_contact).chain(page)
}

/// A page's address as far as it tells pages apart. The first page of a site is its
/// organisation's and not the listing's.
fn page(website: &str) -> Option<String> {
    let full = web::page(website)?;
    let bare = full.split_once("://").map_or(full.as_str(), |(_, rest)| rest);
    let bare = bare.trim_start_matches("www.").trim_end_matches('/').to_lowercase();
    bare.contains('/').then_some(bare)
}

fn digits(phone: &str) -> Option<String> {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    let from = digits.len().checked_sub(DIGITS)?;
    Some(digits[from..].iter().collect())
}

fn says_nothing(word: &str) -> bool {
    word.is_empty() || Vocabulary::shipped().says_nothing_in_a_name(word)
}

fn stem(word: &str) -> String {
    let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    if is_plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

/// Every pair of listings that may be the same and that nobody has kept apart: those with most in
/// common first.
pub fn pairs<'a>(listings: impl Iterator<Item = (ServiceId, &'a Marks)>) -> Vec<Pair> {
    let marks: HashMap<ServiceId, &Marks> = listings.collect();
    let mut alike: HashMap<&(Reason, String), Vec<ServiceId>> = HashMap::new();
    for (id, marks) in &marks {
        for way in &marks.ways {
            alike.entry(way).or_default().push(*id);
        }
    }
    let mut found: BTreeMap<(ServiceId, ServiceId), Vec<Reason>> = BTreeMap::new();
    for ids in alike.values_mut() {
        ids.sort_unstable();
        if ids.len() <= FEW {
            compare(ids, &marks, &mut found);
            continue;
        }
        // Of the many listings of one council, only those of one name are compared.
        let mut by_name: HashMap<&BTreeSet<String>, Vec<ServiceId>> = HashMap::new();
        for id in ids.iter() {
            by_name.entry(&marks[id].words).or_default().push(*id);
        }
        for ids in by_name.values() {
            compare(&ids[..ids.len().min(FEW)], &marks, &mut found);
        }
    }
    let pair = |((first, second), reasons)| Pair { first, second, reasons };
    let mut pairs: Vec<Pair> = found.into_iter().map(pair).collect();
    pairs.sort_by_key(|pair| {
        (std::cmp::Reverse(pair.reasons.len()), pair.reasons.clone(), pair.first, pair.second)
    });
    pairs
}

fn compare(
    ids: &[ServiceId],
    marks: &HashMap<ServiceId, &Marks>,
    found: &mut BTreeMap<(ServiceId, ServiceId), Vec<Reason>>,
) {
    for (at, first) in ids.iter().enumerate() {
        for second in &ids[at + 1..] {
            let (one, other) = (marks[first], marks[second]);
            let is_apart = one.apart_from.contains(second) || other.apart_from.contains(first);
            if is_apart || found.contains_key(&(*first, *second)) {
                continue;
            }
            if let Some(reasons) = one.reasons(other) {
                found.insert((*first, *second), reasons);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Address, Identifier, IdentifierScheme, Location, LocationId, Organisation, OrganisationId,
        ServiceAtLocation,
    };

    /// A listing of an organisation at a postcode.
    fn listing(name: &str, organisation: &str, postcode: &str) -> ServiceRecord {
        let org =
            Organisation::named(OrganisationId::derive("t", organisation), organisation.into());
        let key = format!("{name}/{organisation}/{postcode}");
        let mut service = Service::named(ServiceId::derive("t", &key), org.id, name.into());
        let mut site = Location::named(LocationId::derive("t", postcode), "Hall".into());
        site.address = Some(Address { postcode: Some(postcode.into()), ..Address::default() });
        let venue = crate::domain::ServiceAtLocationId::derive("t", &key);
        service.venues.push(ServiceAtLocation::at(venue, site.id));
        ServiceRecord {
            service,
            version: crate::store::Version::default(),
            organisation: org,
            locations: vec![site],
            capacity: Vec::new(),
            experiences: crate::domain::Experiences::default(),
        }
    }

    fn reasons(one: &ServiceRecord, other: &ServiceRecord) -> Option<Vec<Reason>> {
        let found = Marks::of(one).reasons(&Marks::of(other));
        assert_eq!(found, Marks::of(other).reasons(&Marks::of(one)), "either way round");
        found
    }

    #[test]
    fn a_name_and_one_thing_besides_or_something_like_it_and_two() {
        use Reason::{AlikeName, SameName, SameOrganisation, SamePostcode};
        let shed = listing("Leigh Men's Shed", "Shed Trust", "WN7 1AA");
        for (other, expect) in [
            (
                listing("The men’s shed, Leigh", "Council", "wn71aa"),
                Some(vec![SameName, SamePostcode]),
            ),
            (
                listing("Leigh Men's Shed", "Shed Trust", "WN1 1AA"),
                Some(vec![SameName, SameOrganisation]),
            ),
            (
                listing("Leigh Men's Shed Group", "Shed Trust", "WN7 1AA"),
                Some(vec![AlikeName, SameOrganisation, SamePostcode]),
            ),
            (listing("Leigh Men's Shed Group", "Council", "WN7 1AA"), None),
            (listing("Leigh Women's Shed", "Shed Trust", "WN7 1AA"), None),
            (listing("Leigh Men's Shed", "Council", "WN1 1AA"), None),
        ] {
            assert_eq!(reasons(&shed, &other), expect, "{}", other.service.name);
        }
    }

    #[test]
    fn what_organisations_have_in_common_is_one_thing_and_a_name_is_not_the_organisation() {
        use Reason::{AlikeName, OrganisationName, SameName, SameNumber, SamePostcode};
        let of = |record: ServiceRecord, organisation: &str, number: Option<&str>| {
            let id = OrganisationId::derive("t", organisation);
            let number = number
                .map(|value| Identifier { scheme: IdentifierScheme::Charity, value: value.into() });
            let identifiers = number.into_iter().collect();
            let organisation = Organisation { id, identifiers, ..record.organisation.clone() };
            ServiceRecord { organisation, ..record }
        };
        let one = || listing("Leigh Men's Shed", "Shed Trust", "WN7 1AA");
        let like = || listing("Leigh Men's Shed Group", "Shed Trust", "WN1 1AA");
        let near = || listing("Leigh Men's Shed Group", "Shed Trust", "WN7 1AA");
        let first = of(one(), "first", Some("1000001"));
        for (other, expect) in [
            (of(one(), "second", None), Some(vec![SameName, OrganisationName, SamePostcode])),
            (of(like(), "second", Some("1000001")), None),
            (
                of(near(), "second", Some("1000001")),
                Some(vec![AlikeName, SameNumber, SamePostcode]),
            ),
        ] {
            assert_eq!(reasons(&first, &other), expect);
        }
    }

    #[test]
    fn groups_for_other_ages_of_one_organisation_are_two() {
        let one = listing("Get active over 50", "Leisure", "WN7 1AA");
        assert_eq!(reasons(&one, &listing("Get active over 60", "Leisure", "WN7 1AA")), None);
        assert_eq!(
            reasons(&one, &listing("Get active over 50 level 2", "Leisure", "WN7 1AA")),
            None
        );
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert_eq!(digits("+44 1942 670 001"), digits("01942 670001"));
        assert_eq!(digits("999"), None);
        assert_eq!(page("https://www.hub.example/shed/"), page("hub.example/shed"));
        assert_eq!(page("https://hub.example/"), None);
    }

    #[test]
    fn of_many_only_those_of_one_name_are_compared_and_those_kept_apart_are_not_found() {
        let mut all: Vec<ServiceRecord> =
            (0..60).map(|n| listing(&format!("Group {n}"), "Council", "WN1 1AA")).collect();
        all.push(listing("Group 7", "Council", "WN2 2BB"));
        let found = |all: &[ServiceRecord]| {
            let marks: Vec<_> = all.iter().map(|one| (one.service.id, Marks::of(one))).collect();
            pairs(marks.iter().map(|(id, marks)| (*id, marks)))
        };
        let pair = found(&all);
        assert_eq!(pair.len(), 1);
        let (first, second) = (pair[0].first, pair[0].second);
        for one in &mut all {
            if one.service.id == first {
                one.service.apart_from.insert(second);
            }
        }
        assert_eq!(found(&all), []);
    }
}
