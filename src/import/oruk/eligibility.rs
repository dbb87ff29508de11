//! Who it is for, and how to start.

use super::node::Node;
use crate::{
    domain::{AccessRoutes, AgeRange, Answer, Eligibility, ReferralRoute, ReferralWay, Who},
    import::fault::Kind,
    text::{ages, words},
};

/// Ages and words. Who it is for beyond ages is worked out from the audience by the vocabulary.
pub(super) fn eligibility(node: Node<'_>, audience: &[String]) -> Eligibility {
    let mut found: Vec<AgeRange> = age_range(node).into_iter().collect();
    for list in ["eligibilitys", "eligibilities"] {
        for range in node.each(list, age_range) {
            if !found.contains(&range) {
                found.push(range);
            }
        }
    }
    let description = node
        .prose("eligibility_description")
        .or_else(|| (!audience.is_empty()).then(|| audience.join(", ")));
    let everyone = audience
        .iter()
        .any(|label| matches!(label.to_lowercase().as_str(), "everyone" | "all" | "anyone"));
    Eligibility {
        description,
        ages: found,
        open_to_all: if everyone { Answer::Yes } else { Answer::NotStated },
        ..Eligibility::default()
    }
}

fn age_range(node: Node<'_>) -> Option<AgeRange> {
    let (from, to) = (node.number("minimum_age"), node.number("maximum_age"));
    match ages::range(from, to) {
        Ok(range) => range,
        Err(found) => {
            node.fault(Kind::ValueLeftOut, "minimum_age", "an age up to maximum_age", &found);
            None
        }
    }
}

/// The ways in: the list of 1.0, and what the words of 3.x say. `reached` is how the service is reached best.
pub(super) fn access_routes(node: Node<'_>, reached: ReferralWay) -> AccessRoutes {
    let mut routes: Vec<ReferralRoute> = Vec::new();
    let mut add = |route: ReferralRoute| {
        if !routes.iter().any(|known| known.who == route.who) {
            routes.push(route);
        }
    };
    for word in attending(node) {
        match listed(&word, reached) {
            Some(route) => add(route),
            None => node.fault(
                Kind::ValueLeftOut,
                "attending_access",
                "referral, appointment, membership or drop-in",
                &format!("\"{word}\""),
            ),
        }
    }
    let application = node.prose("application_process");
    if let Some(text) = &application {
        words::routes(text).into_iter().for_each(&mut add);
    }
    AccessRoutes { routes, what_to_say: application, ..AccessRoutes::default() }
}

fn attending(node: Node<'_>) -> Vec<String> {
    let mut found = node.list("attending_access");
    for list in ["attending_accesses", "service_attending_accesses"] {
        found.extend(
            node.each(list, |row| row.line("attending_access").or_else(|| row.line("name"))),
        );
    }
    found
}

fn listed(word: &str, reached: ReferralWay) -> Option<ReferralRoute> {
    let (who, way, note) = match word.to_lowercase().replace([' ', '_'], "-").as_str() {
        "referral" => (Who::Professional, reached, None),
        "appointment" => (Who::Own, reached, Some("by appointment")),
        "membership" => (Who::Own, reached, Some("for members")),
        "drop-in" | "dropin" => (Who::DropIn, ReferralWay::TurnUp, None),
        _ => return None,
    };
    Some(ReferralRoute { who, way, to: None, note: note.map(str::to_owned) })
}
