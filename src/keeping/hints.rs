//! What would help people most to know of a listing.

use crate::domain::Service;

use super::sections::Section;

/// What would help people most to know of a listing and is not said, the most helpful first; at
/// most three.
#[must_use]
pub fn hints(service: &Service) -> Vec<(Section, &'static str)> {
    let says_who = service.eligibility != crate::domain::Eligibility::default();
    let all: [(bool, Section, &str); 7] = [
        (!says_who, Section::Who, "Who it is for, and who it is not for"),
        (service.all_sessions().next().is_none(), Section::When, "When it is"),
        (service.access_routes.routes.is_empty(), Section::Start, "How somebody starts"),
        (service.costs.is_empty(), Section::Start, "What it costs"),
        (
            has_no_access(service),
            Section::Access,
            "Whether people can get in: steps, toilet, hearing loop",
        ),
        (service.first_visit.what_happens.is_none(), Section::Start, "What happens the first time"),
        (service.description.len() < 120, Section::Words, "What happens there, in a few sentences"),
    ];
    let missing = all.into_iter().filter(|(is_missing, ..)| *is_missing);
    missing.map(|(_, section, hint)| (section, hint)).take(3).collect()
}

fn has_no_access(service: &Service) -> bool {
    service.access.is_empty() && service.venues.iter().all(|venue| venue.access.is_empty())
}
