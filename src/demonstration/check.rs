//! A table of named checks over the demonstration files; every fault is reported at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{
    domain::{AreaPart, Exclusions},
    geo::{Gazetteer, PostcodePart},
    vocabulary::{Added, How, Said, Vocabulary},
};

use super::{
    convert::scopes,
    rows::{File, OrganisationRow, PersonRow, ServiceRow, SynonymRow},
};

/// A fault of the files: in which record, of what kind, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub record: String,
    pub check: &'static str,
    pub problem: String,
}

impl Fault {
    /// A fault found by `check`.
    #[must_use]
    pub fn new(record: &str, check: &'static str, problem: String) -> Self {
        Self { record: record.to_owned(), check, problem }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.record, self.check, self.problem)
    }
}

/// What the checks look things up in.
struct World<'a> {
    file: &'a File,
    vocabulary: &'a Vocabulary,
    gazetteer: &'a Gazetteer,
    organisations: BTreeSet<&'a str>,
    locations: BTreeSet<&'a str>,
    services: BTreeSet<&'a str>,
}

type Check = fn(&World<'_>) -> Vec<(String, String)>;

const CHECKS: [(&str, Check); 11] = [
    ("words can be added", words),
    ("slugs are unique", unique_slugs),
    ("references resolve", references),
    ("needs are known", needs),
    ("circumstances are known", circumstances),
    ("postcodes can be placed", postcodes),
    ("areas are known", areas),
    ("summaries are short", summaries),
    ("ages are sane", ages),
    ("contacts are invented", contacts),
    ("people have sound roles and invented addresses", people),
];

/// Every fault of the files.
pub fn faults(file: &File, vocabulary: &Vocabulary, gazetteer: &Gazetteer) -> Vec<Fault> {
    let world = World {
        organisations: file.organisation.iter().map(|row| row.slug.as_str()).collect(),
        locations: file.location.iter().map(|row| row.slug.as_str()).collect(),
        services: file.service.iter().map(|row| row.slug.as_str()).collect(),
        file,
        vocabulary,
        gazetteer,
    };
    let run = |(name, check): &(&'static str, Check)| {
        let found = check(&world).into_iter();
        found.map(|(record, problem)| Fault::new(&record, name, problem)).collect::<Vec<_>>()
    };
    CHECKS.iter().flat_map(run).collect()
}

/// Organisations so that each stands behind its parent.
pub fn parents_first(rows: &[OrganisationRow]) -> Vec<&OrganisationRow> {
    let mut rows: Vec<&OrganisationRow> = rows.iter().collect();
    rows.sort_by_key(|row| row.parent.is_some());
    rows
}

fn unique_slugs(world: &World<'_>) -> Vec<(String, String)> {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let file = world.file;
    let organisations = file.organisation.iter().map(|row| ("organisation", row.slug.as_str()));
    let locations = file.location.iter().map(|row| ("location", row.slug.as_str()));
    let services = file.service.iter().map(|row| ("service", row.slug.as_str()));
    let partnerships = file.partnership.iter().map(|row| ("partnership", row.slug.as_str()));
    for slug in organisations.chain(locations).chain(services).chain(partnerships) {
        *seen.entry(slug).or_default() += 1;
    }
    let twice = seen.into_iter().filter(|(_, count)| *count > 1);
    twice.map(|((kind, slug), count)| (slug.to_owned(), format!("{count} {kind} rows"))).collect()
}

fn references(world: &World<'_>) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let mut want = |known: &BTreeSet<&str>, from: &str, to: &str, kind: &str| {
        if !known.contains(to) {
            wrong.push((from.to_owned(), format!("there is no {kind} {to:?}")));
        }
    };
    for row in &world.file.organisation {
        row.parent.iter().for_each(|to| want(&world.organisations, &row.slug, to, "organisation"));
    }
    for row in &world.file.service {
        want(&world.organisations, &row.slug, &row.organisation, "organisation");
        for venue in &row.venues {
            want(&world.locations, &row.slug, &venue.location, "location");
        }
        let at: BTreeSet<&str> = row.venues.iter().map(|venue| venue.location.as_str()).collect();
        for venue in row.capacity.iter().filter_map(|said| said.venue.as_ref()) {
            want(&at, &row.slug, venue, "venue of the service");
        }
    }
    for row in &world.file.referral {
        want(&world.services, "referral", &row.service, "service");
    }
    for row in &world.file.experience {
        want(&world.services, "experience", &row.service, "service");
    }
    for row in &world.file.report {
        want(&world.services, "report", &row.service, "service");
    }
    for row in &world.file.otherwise {
        want(&world.services, "otherwise", &row.service, "service");
    }
    for row in &world.file.failing {
        want(&world.services, "failing", &row.service, "service");
    }
    for row in &world.file.uses {
        want(&world.services, "use", &row.service, "service");
    }
    for row in &world.file.claim {
        want(&world.services, "claim", &row.service, "service");
    }
    let people: BTreeSet<&str> = world.file.person.iter().map(|row| row.email.as_str()).collect();
    for row in &world.file.synonym {
        want(&people, "synonym", row.by.as_str(), "person");
    }
    for row in &world.file.experience {
        want(&people, "experience", row.by.as_str(), "person");
    }
    for row in &world.file.change {
        want(&world.services, "change", &row.service, "service");
        want(&people, "change", row.by.as_str(), "person");
    }
    for row in &world.file.partnership {
        for member in &row.members {
            want(&world.organisations, &row.slug, &member.organisation, "organisation");
        }
        let staged = row.pathway.iter().flat_map(|stage| &stage.services);
        for service in row.services.iter().chain(staged) {
            want(&world.services, &row.slug, service, "service");
        }
    }
    wrong
}

fn people(world: &World<'_>) -> Vec<(String, String)> {
    let mut wrong = Vec::new();
    let mut say = |row: &PersonRow, problem: String| wrong.push((row.email.to_string(), problem));
    let mut seen = BTreeSet::new();
    for row in &world.file.person {
        if !row.email.domain().ends_with(".example") || !seen.insert(&row.email) {
            say(row, "the address may be somebody's, or is there twice".to_owned());
        }
        if scopes(row).iter().any(|scope| !row.role.can_be_for(scope)) {
            say(row, format!("{:?} is not a role for that part", row.role));
        }
        for slug in row.organisations.iter().filter(|to| !world.organisations.contains(to.as_str()))
        {
            say(row, format!("there is no organisation {slug:?}"));
        }
        for code in row.places.iter().filter(|code| world.gazetteer.place_ref(code).is_none()) {
            say(row, format!("there is no place {code}"));
        }
    }
    wrong
}

fn of_services(
    world: &World<'_>,
    problems: impl Fn(&ServiceRow) -> Vec<String>,
) -> Vec<(String, String)> {
    let rows = world.file.service.iter();
    rows.flat_map(|row| problems(row).into_iter().map(|problem| (row.slug.clone(), problem)))
        .collect()
}

fn needs(world: &World<'_>) -> Vec<(String, String)> {
    of_services(world, |row| {
        let unknown =
            row.needs.iter().filter(|need| world.vocabulary.need(need.as_str()).is_none());
        unknown.map(|need| format!("there is no need {:?}", need.as_str())).collect()
    })
}

/// Words that found little stand for no need, and what is added to the vocabulary is not in it.
fn words(world: &World<'_>) -> Vec<(String, String)> {
    let known = |words: &str| !world.vocabulary.understand(words).needs().is_empty();
    let sought = world.file.sought.iter().filter(|row| known(&row.words));
    let sought = sought.map(|row| (row.words.clone(), "stands for a need already".to_owned()));
    let refused = |row: &SynonymRow| {
        let said = Said { phrase: row.phrase.clone(), need: row.need.clone(), how: How::Phrase };
        let refused = world.vocabulary.may_add(&said, &Added::default()).err()?;
        Some((row.phrase.clone(), refused.to_string()))
    };
    sought.chain(world.file.synonym.iter().filter_map(refused)).collect()
}

fn circumstances(world: &World<'_>) -> Vec<(String, String)> {
    of_services(world, |row| {
        let excluded = match &row.eligibility.exclusions {
            Exclusions::These { people, .. } => people.as_slice(),
            Exclusions::NotStated | Exclusions::Nobody => &[],
        };
        let all = row.eligibility.for_people.iter().chain(excluded);
        let unknown = all.filter(|id| world.vocabulary.circumstance(id.as_str()).is_none());
        unknown.map(|id| format!("there is no circumstance {:?}", id.as_str())).collect()
    })
}

fn postcodes(world: &World<'_>) -> Vec<(String, String)> {
    let rows = world.file.location.iter();
    let placed = |text: &str| {
        matches!(PostcodePart::parse(text), Ok(PostcodePart::Full(_)))
            && matches!(world.gazetteer.resolve(text, None), crate::geo::Resolution::Found(_))
    };
    let wrong = rows.filter_map(|row| {
        let postcode = row.postcode.as_deref()?;
        (!placed(postcode)).then(|| (row.slug.clone(), format!("{postcode:?} cannot be placed")))
    });
    wrong.collect()
}

fn areas(world: &World<'_>) -> Vec<(String, String)> {
    of_services(world, |row| {
        let areas = row.footprint.iter();
        let parts = areas.flat_map(|area| area.parts.iter().chain(&area.except));
        parts.filter_map(|part| area_problem(part, world.gazetteer)).collect()
    })
}

fn area_problem(part: &AreaPart, gazetteer: &Gazetteer) -> Option<String> {
    match part {
        AreaPart::Place { code, kind, .. } => match gazetteer.place(code) {
            None => Some(format!("there is no place {code}")),
            Some(place) if place.kind != *kind => Some(format!("{code} is not of that kind")),
            Some(_) => None,
        },
        AreaPart::Postcodes { prefix } => PostcodePart::parse(prefix)
            .is_err()
            .then(|| format!("{prefix:?} is no part of a postcode")),
        AreaPart::Drawn { polygons, .. } => {
            polygons.is_empty().then(|| "a drawn area has no polygon".to_owned())
        }
        AreaPart::Named { name } => Some(format!("{name:?} is only a name")),
    }
}

fn summaries(world: &World<'_>) -> Vec<(String, String)> {
    of_services(world, |row| {
        let length = row.summary.chars().count();
        (length > 160).then(|| format!("the summary has {length} characters")).into_iter().collect()
    })
}

fn ages(world: &World<'_>) -> Vec<(String, String)> {
    of_services(world, |row| {
        let upside_down = row.eligibility.ages.iter().filter(|range| range.from > range.to);
        upside_down.map(|range| format!("from {} to {}", range.from, range.to)).collect()
    })
}

/// Telephone numbers are from the ranges that Ofcom keeps for drama, and web addresses under `.example`.
fn contacts(world: &World<'_>) -> Vec<(String, String)> {
    let organisations = world.file.organisation.iter();
    let of_organisations = organisations.map(|row| (&row.slug, &row.contacts, &row.website));
    let services = world.file.service.iter();
    let all = of_organisations.chain(services.map(|row| (&row.slug, &row.contacts, &row.website)));
    let mut wrong = Vec::new();
    for (slug, contacts, website) in all {
        let phones = contacts.iter().filter_map(|contact| contact.phone.as_deref());
        wrong.extend(
            phones
                .filter(|phone| !is_drama_number(phone))
                .map(|phone| (slug.clone(), phone.to_owned())),
        );
        let emails = contacts.iter().filter_map(|contact| contact.email.as_deref());
        let addresses = emails.chain(website.as_deref());
        wrong.extend(
            addresses
                .filter(|address| !is_example(address))
                .map(|address| (slug.clone(), address.to_owned())),
        );
    }
    wrong
}

fn is_drama_number(phone: &str) -> bool {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    ["01632960", "07700900", "08081570", "01614960"].iter().any(|range| digits.starts_with(range))
}

fn is_example(address: &str) -> bool {
    let host = address.split("//").last().unwrap_or(address);
    let host = host.split('/').next().unwrap_or(host);
    host.ends_with(".example")
}
