//! Contracts for rehabilitative services of the Ministry of Justice: a service each, by a prime provider and
//! its subcontractors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    draft::{Draft, Reading, ServiceDraft, Setting},
    fault::Kind,
    oruk::{
        Item,
        node::{Node, Record},
    },
};
use crate::{
    domain::{
        AccessRoutes, Answer, AreaPart, CircumstanceId, Contact, ContactVisibility, CostOption,
        Delivery, Eligibility, Footprint, Funding, FundingVisibility, Member, MemberRole, NeedId,
        Organisation, OrganisationId, Partnership, PartnershipId, PartnershipKind, ReferralRoute,
        ReferralWay, Service, ServiceId, Who,
    },
    text::{ages, tidy},
};

/// What contracts of a kind are meant to reach, by the kind's code.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    outcomes: BTreeMap<String, Vec<String>>,
}

impl Kinds {
    /// Learns a kind from its record.
    pub fn add(&mut self, item: &Item) {
        let text = |key: &str| item.fields.get(key).and_then(Value::as_str).map(tidy::line);
        let outcomes =
            item.fields.get("desired_outcomes").and_then(Value::as_array).into_iter().flatten();
        let mut distinct: Vec<String> = Vec::new();
        for outcome in outcomes.filter_map(Value::as_str).map(tidy::line) {
            if !distinct.contains(&outcome) {
                distinct.push(outcome);
            }
        }
        if let Some(code) = text("contract_code") {
            self.outcomes.insert(code, distinct);
        }
    }
}

/// Reads one contract.
pub(super) fn read(item: Item, kinds: &Kinds, setting: Setting<'_>, reading: &mut Reading) {
    reading.read += 1;
    let record = Record::new(item.origin.clone());
    let draft = contract(Node::top(&item.fields, &record), kinds, setting);
    reading.log.faults.append(&mut record.into_log().faults);
    match draft {
        Ok(draft) => reading.drafts.push(Draft { origin: item.origin, ..draft }),
        Err((field, expected)) => {
            let raw = Value::Object(item.fields).to_string();
            reading.refuse(&item.origin, (field, expected, "nothing"), raw);
        }
    }
}

fn contract(
    node: Node<'_>,
    kinds: &Kinds,
    setting: Setting<'_>,
) -> Result<Draft, (&'static str, &'static str)> {
    let key = node
        .line("contract_reference")
        .ok_or(("contract_reference", "the contract's reference"))?;
    let title = node.line("intervention_title").ok_or(("intervention_title", "a title"))?;
    let code = node.child("providers", |providers| providers.line("prime_provider_code")).flatten();
    let prime = code.ok_or(("providers.prime_provider_code", "the prime provider"))?;
    let subcontractors = node
        .child("providers", |providers| providers.list("subcontractor_codes"))
        .unwrap_or_default();
    let subcontractors: BTreeSet<String> =
        subcontractors.into_iter().filter(|code| *code != prime).collect();
    let organisation = provider(&prime, setting);
    let mut service = service(node, (&key, &title), organisation.id, setting);
    add_outcomes(&mut service, node, kinds);
    let mut draft = Draft { organisations: vec![organisation], ..Draft::default() };
    draft.organisations.extend(subcontractors.iter().map(|code| provider(code, setting)));
    if !subcontractors.is_empty() {
        let partnership = consortium(&key, &service, &draft.organisations, setting);
        service.partnerships.push(partnership.id);
        draft.partnerships.push(partnership);
    }
    draft.services.push(ServiceDraft { service, codes: Vec::new(), audience: Vec::new() });
    Ok(draft)
}

/// A provider, of which the list gives a code: `ST_GILES_TRUST`.
fn provider(code: &str, setting: Setting<'_>) -> Organisation {
    let words = code.split('_').map(|word| {
        let full = [
            ("GRP", "GROUP"),
            ("CTR", "CENTRE"),
            ("BUS", "BUSINESS"),
            ("TECH", "TECHNOLOGY"),
            ("INIT", "INITIATIVE"),
            ("ASSOC", "ASSOCIATION"),
            ("ORG", "ORGANISATION"),
            ("TRST", "TRUST"),
            ("WMNS", "WOMEN'S"),
            ("WOMENS", "WOMEN'S"),
            ("WOM", "WOMEN'S"),
            ("SUP", "SUPPORT"),
            ("AL", "ALLIANCE"),
            ("COMM", "COMMUNITY"),
            ("CAMBS", "CAMBRIDGESHIRE"),
            ("DERBS", "DERBYSHIRE"),
            ("LINCS", "LINCOLNSHIRE"),
            ("NOTT", "NOTTINGHAM"),
            ("PART", "PARTNERSHIP"),
            ("MI", "MENTAL ILLNESS"),
            ("MH", "MENTAL HEALTH"),
        ];
        full.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)
    });
    let name = words.collect::<Vec<_>>().join(" ");
    let name = if name.contains(' ') { tidy::title_case(&name) } else { spoken(&name) };
    Organisation {
        aliases: vec![code.to_owned()],
        provenance: setting.source.provenance(code, setting.now),
        ..Organisation::named(OrganisationId::derive(&setting.source.name, code), name)
    }
}

/// One word is a name where it can be said, else its letters.
fn spoken(word: &str) -> String {
    if word.len() <= 4 { word.to_owned() } else { tidy::title_case(word) }
}

fn service(
    node: Node<'_>,
    (key, title): (&str, &str),
    organisation: OrganisationId,
    setting: Setting<'_>,
) -> Service {
    let activities = activities(node);
    let parts = [node.prose("short_description"), activities];
    let description = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let date = |field: &'static str| {
        node.child("scheduling", |scheduling| scheduling.date(field)).flatten()
    };
    let email = node.email("incoming_distribution_email");
    let contact = email.map(|email| Contact {
        role: Some("Referrals from probation".to_owned()),
        email: Some(email),
        visibility: ContactVisibility::Professionals,
        ..Contact::default()
    });
    Service {
        summary: tidy::summary(&description),
        description,
        needs: needs(&node.line("contract_type_id").unwrap_or_default()),
        eligibility: eligibility(node),
        costs: vec![CostOption::free()],
        access_routes: AccessRoutes {
            routes: vec![ReferralRoute {
                who: Who::Professional,
                way: ReferralWay::Form,
                to: None,
                note: Some("by a probation practitioner".to_owned()),
            }],
            ..AccessRoutes::default()
        },
        delivery: delivery(node),
        footprint: footprint(node, title),
        funding: vec![Funding {
            funder: "Ministry of Justice".to_owned(),
            programme: Some("Commissioned Rehabilitative Services".to_owned()),
            kind: Some("contract".to_owned()),
            from: None,
            to: None,
            share_percent: None,
            visibility: FundingVisibility::Public,
        }],
        contacts: contact.into_iter().collect(),
        visible_from: date("hide_before"),
        visible_to: date("hide_after"),
        provenance: setting.source.provenance(key, setting.now),
        ..Service::named(
            ServiceId::derive(&setting.source.name, key),
            organisation,
            title.to_owned(),
        )
    }
}

fn add_outcomes(service: &mut Service, node: Node<'_>, kinds: &Kinds) {
    let kind = node.line("contract_type_id").unwrap_or_default();
    let Some(outcomes) = kinds.outcomes.get(&kind).filter(|outcomes| !outcomes.is_empty()) else {
        return;
    };
    service.description.push_str("\n\nWhat it is meant to reach:\n");
    for outcome in outcomes {
        service.description.push_str("\n- ");
        service.description.push_str(outcome);
    }
}

/// The activities under each area of need, each once.
fn activities(node: Node<'_>) -> Option<String> {
    let mut by_area: Vec<(String, Vec<String>)> = Vec::new();
    for (area, activity) in
        node.each("activities", |row| Some((row.line("need_area")?, row.line("activity")?)))
    {
        match by_area.iter_mut().find(|(known, _)| *known == area) {
            Some((_, list)) if list.contains(&activity) => {}
            Some((_, list)) => list.push(activity),
            None => by_area.push((area, vec![activity])),
        }
    }
    let parts = by_area.iter().map(|(area, list)| format!("{area}:\n- {}", list.join("\n- ")));
    let text = parts.collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}

fn needs(kind: &str) -> Vec<NeedId> {
    let family = kind.split('-').next().unwrap_or_default();
    let special: &[&str] = match family {
        "ACC" => &["housing"],
        "ETE" => &["employment"],
        "DNR" => &["addiction"],
        "FBD" => &["debt", "benefits"],
        "PWB" => &["mental-wellbeing"],
        "MTR" => &["peer-support"],
        _ => &[],
    };
    special.iter().chain(&["offending"]).map(|need| NeedId::from(*need)).collect()
}

fn eligibility(node: Node<'_>) -> Eligibility {
    let read = |eligibility: Node<'_>| {
        let range =
            ages::range(eligibility.number("minimum_age"), eligibility.number("maximum_age"));
        if let Err(found) = &range {
            eligibility.fault(Kind::ValueLeftOut, "minimum_age", "an age up to maximum_age", found);
        }
        let sexes = (eligibility.yes("allows_female"), eligibility.yes("allows_male"));
        (range.ok().flatten(), sexes)
    };
    let (range, sexes) = node.child("eligibility", read).unwrap_or_default();
    let mut people = vec![CircumstanceId::from("ex-offender")];
    let only = match sexes {
        (Some(true), Some(false)) => Some("women"),
        (Some(false), Some(true)) => Some("men"),
        _ => None,
    };
    people.extend(only.map(CircumstanceId::from));
    Eligibility {
        description: Some(match only {
            Some(these) => format!("For {these} on probation or about to leave prison."),
            None => "For people on probation or about to leave prison.".to_owned(),
        }),
        ages: range.into_iter().collect(),
        for_people: people,
        only_for_these: Answer::Yes,
        ..Eligibility::default()
    }
}

fn delivery(node: Node<'_>) -> BTreeSet<Delivery> {
    let methods =
        node.each("activities", |row| row.line("delivery_method")).join(" ").to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| methods.contains(word));
    let mut found = BTreeSet::new();
    found.extend(
        says(&["face-to-face", "face to face", "in person", "group"]).then_some(Delivery::InPerson),
    );
    found.extend(says(&["telephone", "phone"]).then_some(Delivery::Phone));
    found.extend(says(&["virtual", "online", "remote", "video"]).then_some(Delivery::Online));
    found
}

/// The area that the title names, which is narrower than the region or police area of the record.
fn footprint(node: Node<'_>, title: &str) -> Option<Footprint> {
    let region = |field: &'static str| node.child("region", |region| region.line(field)).flatten();
    let whole = match region("nps_region_code") {
        Some(code) => nps_region(&code).map(str::to_owned),
        None => region("pcc_region_code")
            .map(|slug| tidy::title_case(&slug.replace('-', " ").to_uppercase())),
    };
    let name = narrower(title).or_else(|| whole.clone())?;
    let beside = whole.map(|area| format!("In the probation region or police area of {area}."));
    Some(Footprint { parts: vec![AreaPart::Named { name }], note: beside, ..Footprint::default() })
}

/// What follows the last " in " or " - " of a title, without what is said beside it.
fn narrower(title: &str) -> Option<String> {
    let lower = title.to_ascii_lowercase();
    let after = |words: &str| lower.rfind(words).map(|at| at + words.len());
    let name = title.get(after(" in ").or_else(|| after(" service - "))?..)?;
    let name = name.split('(').next().unwrap_or(name).trim();
    let name = name.strip_suffix(" DA").unwrap_or(name);
    let name = name.strip_prefix("the ").unwrap_or(name);
    (!name.is_empty() && !matches!(name, "Custody" | "Community")).then(|| tidy::line(name))
}

fn nps_region(code: &str) -> Option<&'static str> {
    let regions = [
        ("A", "North East"),
        ("B", "North West"),
        ("C", "Yorkshire and The Humber"),
        ("D", "Wales"),
        ("E", "West Midlands"),
        ("F", "East Midlands"),
        ("G", "South West"),
        ("H", "South Central"),
        ("I", "East of England"),
        ("J", "London"),
        ("K", "Kent, Surrey and Sussex"),
        ("L", "Greater Manchester"),
    ];
    regions.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

fn consortium(
    key: &str,
    service: &Service,
    organisations: &[Organisation],
    setting: Setting<'_>,
) -> Partnership {
    let member = |(at, organisation): (usize, &Organisation)| Member {
        organisation: organisation.id,
        role: if at == 0 { MemberRole::Leads } else { MemberRole::Subcontracts },
        from: None,
        to: None,
        note: None,
    };
    Partnership {
        id: PartnershipId::derive(&setting.source.name, key),
        name: format!("Providers of {}", service.name),
        kind: PartnershipKind::Consortium,
        purpose: format!(
            "To deliver {} under contract {key} of the Ministry of Justice.",
            service.name
        ),
        from: None,
        to: None,
        footprint: service.footprint.clone(),
        governance: Some(
            "The prime provider holds the contract; the others are its subcontractors.".to_owned(),
        ),
        contacts: Vec::new(),
        members: organisations.iter().enumerate().map(member).collect(),
        services: vec![service.id],
        pathway: Vec::new(),
        outcome_measures: Vec::new(),
        upkeep: crate::domain::Upkeep::default(),
        provenance: setting.source.provenance(key, setting.now),
    }
}
