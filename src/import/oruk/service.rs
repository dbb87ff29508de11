//! One service of a feed to one service of ours.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    area, capacity, codes, contacts, costs, eligibility, node::Node, organisation, schedule, venues,
};
use crate::{
    domain::{
        AccessFeature, Answer, Author, AuthorRole, Confirmation, Contact, Delivery, FirstVisit,
        LocationKind, Organisation, OrganisationId, ReferralWay, Service, ServiceId, ServiceStatus,
        Session, Upkeep,
    },
    import::{
        draft::{Draft, ServiceDraft, Setting},
        fault::Kind,
    },
    text::{dates, html, tidy, words},
};

/// Why a service was refused: field, expected, found.
pub(super) type Refusal = (&'static str, &'static str, String);

/// The service of an object with its organisation, locations and capacity.
/// `organisation` is the one it lies in or names by id, where the feed has it.
pub(super) fn service(
    node: Node<'_>,
    organisation: Option<Organisation>,
    setting: Setting<'_>,
) -> Result<Draft, Refusal> {
    let Some(name) = node.line("name") else {
        return Err(("name", "the name of the service", "nothing".to_owned()));
    };
    let key = node.line("id").unwrap_or_else(|| unnamed_key(node, &name, organisation.as_ref()));
    let organisation = organisation.unwrap_or_else(|| stand_in(node, &name, &key, setting));
    let id = ServiceId::derive(&setting.source.name, &key);
    let (venues, locations) = venues::venues(node, &key, setting);
    let codes = codes::codes(node);
    let mut service = plain(node, (id, organisation.id), name, &codes.audience, setting);
    service.delivery =
        delivery(node, &service.sessions, locations.iter().map(|location| location.kind));
    service.venues = venues;
    service.provenance = setting.source.provenance(&key, setting.now);
    Ok(Draft {
        capacities: capacity::capacities(node, id, &key, setting),
        organisations: vec![organisation],
        locations,
        services: vec![ServiceDraft { service, codes: codes.codes, audience: codes.audience }],
        ..Draft::default()
    })
}

fn unnamed_key(node: Node<'_>, name: &str, organisation: Option<&Organisation>) -> String {
    node.fault(Kind::ValueLeftOut, "id", "an id that stays the same", "none");
    let by = organisation.map(|organisation| organisation.name.as_str()).unwrap_or_default();
    format!("name:{}|{}", name.to_lowercase(), by.to_lowercase())
}

fn stand_in(node: Node<'_>, name: &str, key: &str, setting: Setting<'_>) -> Organisation {
    let id = node.line("organization_id");
    let found = id.clone().unwrap_or_else(|| "none".to_owned());
    node.fault(
        Kind::OrganisationNotInFeed,
        "organization",
        "an organisation, nested or in this feed",
        &found,
    );
    organisation::stand_in(name, &id.unwrap_or_else(|| format!("service:{key}")), setting)
}

/// The fields that stand in the object itself.
fn plain(
    node: Node<'_>,
    (id, organisation): (ServiceId, OrganisationId),
    name: String,
    audience: &[String],
    setting: Setting<'_>,
) -> Service {
    let description = description(node);
    let contacts = contacts::contacts(node);
    let short = node.line("summary").or_else(|| node.line("short_description"));
    Service {
        aliases: node.line("alternate_name").into_iter().filter(|alias| *alias != name).collect(),
        summary: short.map_or_else(|| tidy::summary(&description), |text| tidy::cut(&text, 160)),
        description,
        status: status(node),
        alert: node.prose("alert"),
        eligibility: eligibility::eligibility(node, audience),
        costs: costs::costs(node),
        access_routes: eligibility::access_routes(node, reached_by(&contacts)),
        first_visit: FirstVisit { bring: bring(node), ..FirstVisit::default() },
        languages: languages(node),
        access: access(node),
        sessions: schedule::sessions(node),
        footprint: area::footprint(node),
        funding: costs::funding(node),
        website: node.page("url"),
        contacts,
        upkeep: upkeep(node, setting),
        ..Service::named(id, organisation, name)
    }
}

/// The description with what the standard keeps beside it and we have no field for.
fn description(node: Node<'_>) -> String {
    let mut parts: Vec<String> = node.prose("description").into_iter().collect();
    for (field, heading) in [
        ("wait_time", "Waiting time, as the source says"),
        ("accreditations", "Accreditations"),
        ("licenses", "Licences"),
    ] {
        parts.extend(node.line(field).map(|text| format!("{heading}: {text}")));
    }
    parts.join("\n\n")
}

fn status(node: Node<'_>) -> ServiceStatus {
    let Some(text) = node.line("status") else { return ServiceStatus::Active };
    match text.to_lowercase().replace(['_', '-'], " ").as_str() {
        "active" | "open" | "published" => ServiceStatus::Active,
        "inactive" | "draft" | "unpublished" | "suspended" | "pending" => ServiceStatus::Inactive,
        "defunct" | "closed" | "archived" | "deleted" => ServiceStatus::Defunct,
        "temporarily closed" => ServiceStatus::TemporarilyClosed,
        _ => {
            let expected = "active, inactive, defunct or temporarily closed";
            node.fault(Kind::ValueLeftOut, "status", expected, &format!("\"{text}\""));
            ServiceStatus::Active
        }
    }
}

/// The way that a service is reached best, for routes that do not say.
fn reached_by(contacts: &[Contact]) -> ReferralWay {
    match () {
        () if contacts.iter().any(|contact| contact.phone.is_some()) => ReferralWay::Phone,
        () if contacts.iter().any(|contact| contact.email.is_some()) => ReferralWay::Email,
        () => ReferralWay::Form,
    }
}

fn delivery(
    node: Node<'_>,
    sessions: &[Session],
    kinds: impl Iterator<Item = LocationKind>,
) -> BTreeSet<Delivery> {
    let mut found: BTreeSet<Delivery> = schedule::deliveries(sessions).collect();
    for text in node.list("attending_type") {
        found.extend(words::delivery(&text));
    }
    for list in ["attending_types", "service_attending_types"] {
        let texts = node.each(list, |row| row.line("attending_type").or_else(|| row.line("name")));
        found.extend(texts.iter().filter_map(|text| words::delivery(text)));
    }
    for kind in kinds {
        match kind {
            LocationKind::Physical => found.insert(Delivery::InPerson),
            LocationKind::Virtual => found.insert(Delivery::Online),
            LocationKind::Postal => false,
        };
    }
    found
}

fn languages(node: Node<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let listed = node.each("languages", |row| {
        let text =
            row.line("code").or_else(|| row.line("name")).or_else(|| row.line("language"))?;
        let tag = words::language(&text).or_else(|| words::language(&row.line("name")?));
        if tag.is_none() {
            row.fault(
                Kind::ValueLeftOut,
                "name",
                "a language by name or code",
                &format!("\"{text}\""),
            );
        }
        tag
    });
    let interpreted = node.line("interpretation_services").map(|text| words::languages_in(&text));
    for tag in listed.into_iter().chain(interpreted.into_iter().flatten()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

fn access(node: Node<'_>) -> BTreeMap<AccessFeature, Answer> {
    let said =
        node.line("interpretation_services").filter(|text| !text.to_lowercase().starts_with("no"));
    said.map(|_| (AccessFeature::Interpreter, Answer::Yes)).into_iter().collect()
}

fn bring(node: Node<'_>) -> Option<String> {
    let documents = node.each("required_documents", |row| row.line("document"));
    (!documents.is_empty()).then(|| html::to_line(&documents.join("; ")))
}

/// The assurer's day is a confirmation; who the assurer is stays with the feed.
fn upkeep(node: Node<'_>, setting: Setting<'_>) -> Upkeep {
    for field in ["assurer_email", "pc_metadata"] {
        let named = field == "assurer_email" && node.has(field)
            || node.child(field, |metadata| metadata.has("assured_by")) == Some(true);
        if named {
            let expected = "nothing that names who keeps the record";
            node.fault(Kind::PersonalDetail, field, expected, "an e-mail address or a name");
        }
    }
    let metadata =
        |field: &'static str| node.child("pc_metadata", |metadata| metadata.date(field)).flatten();
    let assured = node.date("assured_date").or_else(|| metadata("date_assured"));
    let at = assured.and_then(dates::noon).filter(|at| {
        let is_past = *at <= setting.now;
        if !is_past {
            node.fault(
                Kind::ValueLeftOut,
                "assured_date",
                "a date that has been",
                "a date to come",
            );
        }
        is_past
    });
    let by = Author { role: AuthorRole::Feed, name: "the feed's assurer".to_owned() };
    Upkeep {
        created: metadata("date_created").and_then(dates::noon),
        edited: node.moment("last_modified"),
        imported: None,
        confirmed: at.map(|at| Confirmation { at, by }),
        next_check: None,
    }
}
