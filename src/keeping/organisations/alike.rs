//! Why two organisations may be the same: a number of a register, or a name and something besides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    domain::OrganisationId,
    keeping::duplicates::{Marks, Reason},
};

/// Two organisations that may be the same, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationPair {
    pub first: OrganisationId,
    pub second: OrganisationId,
    pub reasons: Vec<Reason>,
}

/// Up to so many organisations that have something in common are compared each with each.
const FEW: usize = 300;

/// What the listings of an organisation tell of it.
#[derive(Default)]
struct Seen<'a> {
    ways: BTreeSet<&'a (Reason, String)>,
    apart_from: BTreeSet<OrganisationId>,
}

/// Every pair of organisations that may be the same and that nobody has kept apart, as their
/// listings tell: those with most in common first.
pub fn pairs<'a>(
    listings: impl Iterator<Item = (OrganisationId, &'a Marks)>,
) -> Vec<OrganisationPair> {
    let mut seen: HashMap<OrganisationId, Seen<'a>> = HashMap::new();
    for (id, marks) in listings {
        let seen = seen.entry(id).or_default();
        seen.ways.extend(marks.ways().iter().filter(|(reason, _)| tells(*reason)));
        seen.apart_from.extend(marks.organisation_apart_from());
    }
    let mut alike: HashMap<&(Reason, String), Vec<OrganisationId>> = HashMap::new();
    for (id, seen) in &seen {
        let first = |(reason, _): &&&(Reason, String)| begins(*reason);
        for way in seen.ways.iter().filter(first) {
            alike.entry(way).or_default().push(*id);
        }
    }
    let mut found: BTreeMap<(OrganisationId, OrganisationId), Vec<Reason>> = BTreeMap::new();
    for ids in alike.values_mut() {
        ids.sort_unstable();
        ids.truncate(FEW);
        for (at, first) in ids.iter().enumerate() {
            for second in &ids[at + 1..] {
                if let Some(reasons) = reasons((*first, &seen[first]), (*second, &seen[second])) {
                    found.insert((*first, *second), reasons);
                }
            }
        }
    }
    let pair = |((first, second), reasons)| OrganisationPair { first, second, reasons };
    let mut pairs: Vec<OrganisationPair> = found.into_iter().map(pair).collect();
    pairs.sort_by_key(|pair| {
        (std::cmp::Reverse(pair.reasons.len()), pair.reasons.clone(), pair.first, pair.second)
    });
    pairs
}

/// Whether something that two listings have in common tells of their organisations.
fn tells(reason: Reason) -> bool {
    begins(reason)
        || matches!(
            reason,
            Reason::SameSite | Reason::SamePostcode | Reason::SamePhone | Reason::SameEmail
        )
}

/// Whether it is where two organisations are compared at all.
fn begins(reason: Reason) -> bool {
    matches!(reason, Reason::SameNumber | Reason::OrganisationName)
}

/// A number of a register in common is enough; a name takes something besides.
fn reasons(
    (first, one): (OrganisationId, &Seen<'_>),
    (second, other): (OrganisationId, &Seen<'_>),
) -> Option<Vec<Reason>> {
    if one.apart_from.contains(&second) || other.apart_from.contains(&first) {
        return None;
    }
    let common = one.ways.intersection(&other.ways).map(|(reason, _)| *reason);
    let reasons: BTreeSet<Reason> = common.collect();
    let is_enough = reasons.contains(&Reason::SameNumber) || reasons.len() > 1;
    is_enough.then(|| reasons.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Identifier, IdentifierScheme, Organisation, Service, ServiceId},
        store::ServiceRecord,
    };

    /// A listing of an organisation, which `with` says more of.
    fn listing(
        key: &str,
        name: &str,
        with: impl Fn(&mut Organisation, &mut Service),
    ) -> ServiceRecord {
        let mut organisation =
            Organisation::named(OrganisationId::derive("t", key), name.to_owned());
        let id = ServiceId::derive("t", key);
        let mut service = Service::named(id, organisation.id, format!("Listing {key}"));
        with(&mut organisation, &mut service);
        ServiceRecord {
            service,
            organisation,
            locations: Vec::new(),
            capacity: Vec::new(),
            experiences: crate::domain::Experiences::default(),
            version: crate::store::Version::default(),
        }
    }

    fn found(records: &[ServiceRecord]) -> Vec<Vec<Reason>> {
        let marks: Vec<(OrganisationId, Marks)> =
            records.iter().map(|one| (one.organisation.id, Marks::of(one))).collect();
        let all = pairs(marks.iter().map(|(id, marks)| (*id, marks)));
        all.into_iter().map(|pair| pair.reasons).collect()
    }

    fn charity(number: &str) -> Identifier {
        Identifier { scheme: IdentifierScheme::Charity, value: number.to_owned() }
    }

    #[test]
    fn a_number_is_enough_and_a_name_takes_something_besides() {
        let numbered = |key, name, number: &'static str| {
            listing(key, name, move |of, _| of.identifiers.push(charity(number)))
        };
        let same = [numbered("1", "Age Well", "1071234"), numbered("2", "Age Better", "1071234 ")];
        assert_eq!(found(&same), [vec![Reason::SameNumber]]);
        let other = [numbered("1", "Age Well", "1071234"), numbered("2", "Age Well", "999")];
        assert_eq!(found(&other), [vec![]; 0], "a name alone is not enough");
        let at = |key, site: &'static str| {
            listing(key, "St Mary’s", move |of, _| of.website = Some(site.to_owned()))
        };
        assert_eq!(
            found(&[at("1", "https://www.stmary.example"), at("2", "stmary.example/")]),
            [vec![Reason::OrganisationName, Reason::SameSite]]
        );
        let hosted = [at("1", "https://town.example/a"), at("2", "https://town.example/b")];
        assert_eq!(found(&hosted), [vec![]; 0], "pages of somebody else's site");
    }

    #[test]
    fn those_that_are_kept_apart_are_not_asked_about_again() {
        let with = |key, apart: Option<&'static str>| {
            listing(key, "Age Well", move |of, _| {
                of.identifiers.push(charity("1071234"));
                of.apart_from.extend(apart.map(|other| OrganisationId::derive("t", other)));
            })
        };
        assert_eq!(found(&[with("1", None), with("2", None)]).len(), 1);
        assert_eq!(found(&[with("1", None), with("2", Some("1"))]), [vec![]; 0]);
    }
}
