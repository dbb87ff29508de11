//! Drafts settled on the ground and in our words: points, areas, needs, circumstances.

use std::collections::HashMap;

use super::{
    draft::{Code, Draft, Reading, ServiceDraft},
    fault::{Kind, Log, Origin},
};
use crate::{
    domain::{Answer, AreaPart, Location, LocationKind, NeedId, Point, Sensitivity, Service},
    geo::Gazetteer,
    vocabulary::{Scheme, Vocabulary},
};

/// What is known of places and words.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    pub gazetteer: &'a Gazetteer,
    pub vocabulary: &'a Vocabulary,
}

/// Settles every draft; what stays open is said and kept.
pub fn settle(reading: &mut Reading, world: World<'_>) {
    let labels = labels(world.vocabulary);
    let (drafts, log) = (&mut reading.drafts, &mut reading.log);
    for draft in drafts {
        place(draft, world.gazetteer, log);
        let hint = draft.locations.iter().find_map(|location| location.point);
        for service in &mut draft.services {
            areas(&mut service.service, hint, (world.gazetteer, &draft.origin), log);
            words(service, &labels, (world.vocabulary, &draft.origin), log);
        }
        for partnership in &mut draft.partnerships {
            if let Some(service) = draft.services.first() {
                partnership.footprint.clone_from(&service.service.footprint);
            }
        }
        keep_confidential(draft, log);
    }
}

fn place(draft: &mut Draft, gazetteer: &Gazetteer, log: &mut Log) {
    for location in &mut draft.locations {
        if location.point.is_some() || location.kind == LocationKind::Virtual {
            continue;
        }
        let postcode = location.postcode().map(str::to_owned);
        match postcode.as_deref().and_then(|postcode| gazetteer.point_of_postcode(postcode)) {
            Some((point, source)) => {
                location.point = Some(point);
                location.point_source = source;
            }
            None if location.kind == LocationKind::Postal && postcode.is_none() => {}
            None => {
                let found = postcode.unwrap_or_else(|| "none".to_owned());
                log.add(
                    Kind::NotPlaced,
                    &draft.origin,
                    "postcode",
                    "a postcode in England that is known",
                    &found,
                );
            }
        }
    }
}

/// Names become places where one answers; a name that none answers to is kept and said.
fn areas(
    service: &mut Service,
    hint: Option<Point>,
    (gazetteer, origin): (&Gazetteer, &Origin),
    log: &mut Log,
) {
    let Some(footprint) = &mut service.footprint else { return };
    let mut parts: Vec<AreaPart> = Vec::with_capacity(footprint.parts.len());
    for part in footprint.parts.drain(..) {
        let known = match &part {
            AreaPart::Named { name } => gazetteer.area_parts(name, hint),
            AreaPart::Place { code, .. } => gazetteer.area_part(code).into_iter().collect(),
            AreaPart::Postcodes { .. } | AreaPart::Drawn { .. } => vec![part.clone()],
        };
        if known.is_empty() {
            let found = match &part {
                AreaPart::Named { name } => name.clone(),
                AreaPart::Place { code, .. } => code.to_string(),
                AreaPart::Postcodes { .. } | AreaPart::Drawn { .. } => String::new(),
            };
            log.add(
                Kind::AreaNotKnown,
                origin,
                "service_areas",
                "the name or code of a place in England",
                &found,
            );
            parts.push(part);
        }
        for place in known {
            if !parts.contains(&place) {
                parts.push(place);
            }
        }
    }
    footprint.parts = parts;
}

/// What people say for each need, in small letters.
fn labels(vocabulary: &Vocabulary) -> HashMap<String, NeedId> {
    let mut labels = HashMap::new();
    for need in vocabulary.needs() {
        let said = need.phrases.iter().chain(&need.referrer).chain([&need.label]);
        for words in said.map(|words| words.to_lowercase()) {
            labels.entry(words).or_insert_with(|| need.id.clone());
        }
    }
    labels
}

fn words(
    draft: &mut ServiceDraft,
    labels: &HashMap<String, NeedId>,
    (vocabulary, origin): (&Vocabulary, &Origin),
    log: &mut Log,
) {
    let mut kept: Vec<String> = Vec::new();
    for code in &draft.codes {
        let needs = needs_of(code, labels, vocabulary);
        for need in &needs {
            if !draft.service.needs.contains(need) {
                draft.service.needs.push(need.clone());
            }
        }
        if needs.is_empty() && !code.label.is_empty() && !kept.contains(&code.label) {
            kept.push(code.label.clone());
            log.add(
                Kind::CodeNotKnown,
                origin,
                "attributes",
                "a term that stands for one of our needs",
                &code.label,
            );
        }
    }
    if !kept.is_empty() {
        let heading = if draft.service.description.is_empty() { "" } else { "\n\n" };
        draft.service.description.extend([heading, "Listed under: ", &kept.join(", "), "."]);
    }
    draft.service.needs.retain(|need| vocabulary.need(need.as_str()).is_some());
    let eligibility = &mut draft.service.eligibility;
    for who in draft.audience.iter().flat_map(|text| vocabulary.who(text)) {
        if who.as_str() == "everyone" {
            eligibility.open_to_all = Answer::Yes;
        } else if !eligibility.for_people.contains(&who) {
            eligibility.for_people.push(who);
        }
    }
}

fn needs_of(code: &Code, labels: &HashMap<String, NeedId>, vocabulary: &Vocabulary) -> Vec<NeedId> {
    let said = format!("{} {}", code.scheme, code.code).to_lowercase();
    let schemes = [
        (Scheme::UkCat, ["ukcat", "uk-cat"]),
        (Scheme::OpenActive, ["openactive", "open-active"]),
        (Scheme::Dfe, ["dfe", "family hub"]),
    ];
    for (scheme, names) in schemes {
        if names.iter().any(|name| said.contains(name)) {
            let last = code.code.rsplit(['/', '#', ':']).next().unwrap_or(&code.code);
            let found = [&code.code, last].map(|code| vocabulary.crosswalk(scheme, code));
            if let Some(needs) = found.into_iter().find(|needs| !needs.is_empty()) {
                return needs.to_vec();
            }
        }
    }
    let slug = vocabulary.need(&code.code).map(|need| need.id.clone());
    slug.or_else(|| labels.get(&code.label.to_lowercase()).cloned()).into_iter().collect()
}

/// A refuge's address is never shown, whatever its feed does.
fn keep_confidential(draft: &mut Draft, log: &mut Log) {
    let is_refuge = draft.services.iter().any(|service| {
        let text =
            format!("{} {}", service.service.name, service.service.description).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let houses = text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| matches!(word, "refuge" | "refuges"))
            || says(&["safe house", "safe accommodation"]);
        houses && says(&["domestic", "violence", "women's aid", "womens aid", "abuse"])
    });
    if !is_refuge {
        return;
    }
    for service in &mut draft.services {
        service.service.sensitivity = Sensitivity::Sensitive;
    }
    let sites: Vec<&mut Location> =
        draft.locations.iter_mut().filter(|site| !site.confidential).collect();
    for location in sites {
        location.confidential = true;
        let expected = "no address for a refuge";
        log.add(
            Kind::TakenAsConfidential,
            &draft.origin,
            "location",
            expected,
            "one, which is not shown",
        );
    }
}
