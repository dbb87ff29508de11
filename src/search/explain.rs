//! Why a hit is where it is: each factor with the fact that it stands on.

use hereabouts_index::{Factor, Fit, Hit, Kin, NeedTier, Reached};
use jiff::Timestamp;

use crate::{
    domain::{Answer, AreaPart, CircumstanceId, Delivery, Experiences, Service},
    geo::Metres,
    store::ServiceRecord,
    vocabulary::Vocabulary,
};

use super::{
    findings::{Distance, DoorShown, FactorShown, PlaceUnderstood, Serves, ServesHow, Term},
    labels::Labelled,
    question::Question,
    wording,
};

/// What the reasons of one hit are drawn from.
pub struct Evidence<'a> {
    pub hit: &'a Hit,
    pub record: &'a ServiceRecord,
    pub question: &'a Question,
    pub terms: &'a [Term],
    /// Whom the words describe, beside those that were stated.
    pub people: &'a [CircumstanceId],
    /// Whether it is for somebody who cannot leave home.
    pub housebound: bool,
    pub distance: Option<Distance>,
    pub door: &'a DoorShown,
    pub serves: &'a Serves,
    pub vocabulary: &'a Vocabulary,
    pub now: Timestamp,
}

impl Evidence<'_> {
    /// Each factor in play with its share of the blend and its reason.
    pub fn factors(&self) -> Vec<FactorShown> {
        let total: f32 = self.hit.factors.iter().map(|(_, _, weight)| weight).sum();
        let shown = |(factor, value, weight): &(Factor, f32, f32)| FactorShown {
            key: key(*factor),
            label: label(*factor),
            value: *value,
            share: if total > 0.0 { weight / total } else { 0.0 },
            reason: self.reason(*factor),
        };
        self.hit.factors.iter().map(shown).collect()
    }

    /// The strongest reasons, for a card.
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.hit.called {
            reasons.push("its name is what was typed".to_owned());
        }
        let by_facts = self.hit.groups_by_facts.contains(&true);
        if self.hit.need.is_some() || by_facts || self.hit.groups_by_words.contains(&true) {
            let by_need = self.hit.need.is_some() || by_facts;
            let by = if by_need { Factor::Need } else { Factor::Words };
            reasons.push(self.reason(by));
        }
        if self.serves.how != ServesHow::NotAsked {
            reasons.push(self.serves.reason.clone());
        }
        if self.hit.fit != Fit::NotAsked && self.hit.fit != Fit::ForOthers {
            reasons.push(self.reason(Factor::Person));
        }
        reasons
    }

    fn reason(&self, factor: Factor) -> String {
        match factor {
            Factor::Words => self.words(),
            Factor::Need => self.need(),
            Factor::Nearness => self.nearness(),
            Factor::Area => self.area(),
            Factor::Person => self.person(),
            Factor::Availability => self.availability(),
            Factor::Confidence => {
                let fresh = wording::freshness(&self.record.service.upkeep, self.now);
                format!("{}; {}", fresh.to_lowercase_first(), went(&self.record.experiences))
            }
        }
    }

    fn words(&self) -> String {
        let asked = self.terms.iter().zip(&self.hit.groups_by_words);
        let found: Vec<String> = asked
            .filter(|(_, found)| **found)
            .map(|(term, _)| {
                let one_of = if term.either { "one of " } else { "" };
                format!("{one_of}“{}”", term.text)
            })
            .collect();
        match found.as_slice() {
            [] => "found by need, not by these words".to_owned(),
            found => format!("says {}", wording::listed(found)),
        }
    }

    fn need(&self) -> String {
        let terms = self.terms.iter().zip(&self.hit.groups_by_facts);
        let stated: Vec<String> = terms
            .filter(|(_, by_fact)| **by_fact)
            .map(|(term, _)| match term.facts.as_slice() {
                [] => format!("says it is for “{}”", term.text),
                facts => facts.join(" or "),
            })
            .collect();
        let answers = self.answers();
        match (answers, stated.is_empty()) {
            (None, true) => "found by its words alone".to_owned(),
            (answers, _) => wording::listed(&answers.into_iter().chain(stated).collect::<Vec<_>>()),
        }
    }

    fn answers(&self) -> Option<String> {
        let need = self.hit.need.as_ref()?;
        let name = |id: &str| {
            self.vocabulary.need(id).map_or_else(|| id.to_owned(), |need| need.label.clone())
        };
        let answers = match need.tier {
            NeedTier::Stated => format!("answers {}", name(&need.need)),
            NeedTier::Inferred => format!("its description suggests {}", name(&need.need)),
            NeedTier::Mentioned => format!("its description mentions {}", name(&need.need)),
        };
        let asked = self.terms.get(need.group).and_then(|term| term.needs.first());
        Some(match (asked, need.kin) {
            (Some(asked), Kin::Narrower) => format!("{answers}, part of {}", asked.label),
            (Some(asked), Kin::Related) => format!("{answers}, which is beside {}", asked.label),
            _ => answers,
        })
    }

    fn nearness(&self) -> String {
        match self.distance {
            _ if self.housebound && self.record.service.is_remote() => {
                by_remote_means(&self.record.service)
            }
            Some(Distance::Measured(metres)) => format!("{metres} away{}", self.out_of_reach()),
            Some(Distance::Band(metres)) => {
                format!("{} away{}", metres.band(), self.out_of_reach())
            }
            None if self.record.service.is_remote() => by_remote_means(&self.record.service),
            None => "no distance to measure".to_owned(),
        }
    }

    fn out_of_reach(&self) -> &'static str {
        if self.housebound { ", and does not come to somebody who cannot leave home" } else { "" }
    }

    fn area(&self) -> String {
        match &self.record.service.footprint {
            None => "states no area".to_owned(),
            Some(area) => {
                let parts: Vec<String> = area.parts.iter().map(part_name).collect();
                format!("serves {}", few(&parts))
            }
        }
    }

    fn person(&self) -> String {
        let about = self.person_asked();
        match self.hit.fit {
            Fit::Fits => format!("says it is for {about}"),
            Fit::DoesNot => format!("says it is not for {about}"),
            Fit::NotStated => format!("does not say whether it is for {about}"),
            Fit::FitsPartly => format!("says it is for some of {about}"),
            Fit::NotAsked => "not only for some".to_owned(),
            Fit::ForOthers => {
                let whom = self.only_for();
                format!("only for {whom}, and that was not said of the person")
            }
        }
    }

    /// Whom it is only for: those it names, or its ages.
    fn only_for(&self) -> String {
        let eligibility = &self.record.service.eligibility;
        let people = eligibility.for_people.iter().map(|who| {
            let known = self.vocabulary.circumstance(who.as_str());
            known.map_or_else(|| who.to_string(), |known| known.label.to_lowercase())
        });
        let mut whom: Vec<String> =
            people.filter(|_| eligibility.only_for_these == Answer::Yes).collect();
        if whom.is_empty() {
            let ages = eligibility.ages.iter();
            whom.extend(ages.map(|ages| format!("ages {} to {}", ages.from, ages.to)));
        }
        few(&whom)
    }

    fn person_asked(&self) -> String {
        let mut asked: Vec<String> = Vec::new();
        asked.extend(self.question.age.map(|age| format!("somebody aged {age}")));
        let described = self.people.iter().filter(|who| !self.question.who.contains(who));
        asked.extend(self.question.who.iter().chain(described).map(|who| {
            let known = self.vocabulary.circumstance(who.as_str());
            known.map_or_else(|| who.to_string(), |known| known.label.to_lowercase())
        }));
        wording::listed(&asked)
    }

    fn availability(&self) -> String {
        let door = wording::door(self.door).to_lowercase_first();
        match wording::door_said(self.door, self.now) {
            Some(said) => format!("{door} ({said})"),
            None => door,
        }
    }
}

/// What link workers say of it, where enough do.
fn went(said: &Experiences) -> &'static str {
    match said.share_that_worked() {
        Some(share) if share >= 2.0 / 3.0 => "link workers say that of late it mostly worked",
        Some(share) if share > 1.0 / 3.0 => "link workers say that of late it worked for some",
        Some(_) => "link workers say that of late it mostly did not work",
        None => "too few link workers have said how it went",
    }
}

/// Whether and how the hit is for the place, in words.
pub fn serves(
    hit: &Hit,
    record: &ServiceRecord,
    place: &PlaceUnderstood,
    part_only: bool,
) -> Serves {
    let (how, reason) = match (hit.reached, place_name(place)) {
        (Reached::NotAsked, _) | (_, None) => (ServesHow::NotAsked, String::new()),
        (Reached::Serves, Some(name)) if part_only => {
            (ServesHow::Part, format!("serves part of {name}"))
        }
        (Reached::Serves, Some(name)) => (ServesHow::Inside, format!("serves {name}")),
        (Reached::Venue, Some(name)) => {
            (ServesHow::Venue, format!("states no area; a venue is within reach of {name}"))
        }
        (Reached::VenueInside, Some(name)) => (ServesHow::Venue, format!("has a venue in {name}")),
        (Reached::Remote, Some(_)) => {
            (ServesHow::Remote, format!("states no area; {}", by_remote_means(&record.service)))
        }
        (Reached::Elsewhere, Some(name)) => {
            (ServesHow::Elsewhere, format!("not for {name}: it serves other areas"))
        }
    };
    Serves { how, reason }
}

fn place_name(place: &PlaceUnderstood) -> Option<&str> {
    match place {
        PlaceUnderstood::Near(spot) => Some(&spot.label),
        PlaceUnderstood::Within(place) => Some(&place.name),
        _ => None,
    }
}

/// The distance that may be said: exact only from an exact place to a listing that is not sensitive.
pub fn distance(hit: &Hit, may_be_exact: bool) -> Option<Distance> {
    let (_, metres) = hit.nearest?;
    let metres = Metres(metres);
    Some(if may_be_exact { Distance::Measured(metres) } else { Distance::Band(metres) })
}

/// `by phone or online`.
#[must_use]
pub fn by_remote_means(service: &Service) -> String {
    let means = service.delivery.iter().filter(|delivery| delivery.comes_to_the_person());
    let means: Vec<String> = means
        .map(|delivery| match delivery {
            Delivery::HomeVisit => "at your home".to_owned(),
            other => other.label().to_lowercase(),
        })
        .collect();
    match means.as_slice() {
        [] => "reaches you where you are".to_owned(),
        [one] => one.clone(),
        [front @ .., last] => format!("{} or {last}", front.join(", ")),
    }
}

/// The name of a part of a footprint, as people read it.
#[must_use]
pub fn part_name(part: &AreaPart) -> String {
    match part {
        AreaPart::Place { name, code, .. } if name.is_empty() => code.to_string(),
        AreaPart::Postcodes { prefix } => prefix.clone(),
        AreaPart::Drawn { name, .. } if name.is_empty() => "an area drawn on the map".to_owned(),
        AreaPart::Place { name, .. } | AreaPart::Named { name } | AreaPart::Drawn { name, .. } => {
            name.clone()
        }
    }
}

fn few(names: &[String]) -> String {
    match names {
        [a, b, c, _, ..] => format!("{a}, {b}, {c} and {} more", names.len() - 3),
        names => wording::listed(names),
    }
}

fn key(factor: Factor) -> &'static str {
    match factor {
        Factor::Words => "words",
        Factor::Need => "need",
        Factor::Nearness => "nearness",
        Factor::Area => "area",
        Factor::Person => "person",
        Factor::Availability => "availability",
        Factor::Confidence => "confidence",
    }
}

fn label(factor: Factor) -> &'static str {
    match factor {
        Factor::Words => "Words",
        Factor::Need => "Need",
        Factor::Nearness => "Nearness",
        Factor::Area => "Area served",
        Factor::Person => "Who it is for",
        Factor::Availability => "Taking people",
        Factor::Confidence => "How sure we are",
    }
}

trait LowercaseFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowercaseFirst for str {
    fn to_lowercase_first(&self) -> String {
        let mut chars = self.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        first + chars.as_str()
    }
}
