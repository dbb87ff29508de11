//! What would help people most to know of a listing.

use crate::{domain::Eligibility, store::ServiceRecord};

use super::sections::Section;

/// What would help people most to know of a listing and is not said, the most helpful first; at
/// most three.
#[must_use]
pub fn hints(record: &ServiceRecord) -> Vec<(Section, &'static str)> {
    let service = &record.service;
    let says_who = service.eligibility != Eligibility::default();
    let all: [(bool, Section, &str); 7] = [
        (!says_who, Section::Who, "Who it is for, and who it is not for"),
        (service.all_sessions().next().is_none(), Section::When, "When it is"),
        (service.access_routes.routes.is_empty(), Section::Start, "How somebody starts"),
        (service.costs.is_empty(), Section::Start, "What it costs"),
        (
            !says_access(record),
            Section::Access,
            "Whether people can get in: steps, toilet, hearing loop",
        ),
        (service.first_visit.what_happens.is_none(), Section::Start, "What happens the first time"),
        (service.description.len() < 120, Section::Words, "What happens there, in a few sentences"),
    ];
    let missing = all.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, section, hint)| (section, hint)).take(3).collect()
}

/// Whether anything is said of getting in: of the service, a venue of it, or the site itself.
#[must_use]
pub fn says_access(record: &ServiceRecord) -> bool {
    let at_venues =
        record.venues().any(|(venue, site)| !venue.access.is_empty() || !site.access.is_empty());
    at_venues || !record.service.access.is_empty()
}
