//! From a question to a query: words to groups, a place to codes, choices to filters.

use hereabouts_index as engine;
use hereabouts_index::{Facet, Group, Kin, Text, Wanted, Where};
use jiff::Timestamp;

use crate::{
    domain::{NeedId, months_before},
    geo::{Area, Whereabouts},
    vocabulary::{Fact, How, NeedMatch, Term, Understanding, Vocabulary},
};

use super::{
    ask::Asked, facets, labels::Labelled, question::Question, settings::Settings, values::Order,
    whom,
};

/// Every facet that pages and calls count.
pub const FACETS: [Facet; 11] = [
    Facet::Need,
    Facet::Capacity,
    Facet::Who,
    Facet::Day,
    Facet::Time,
    Facet::Cost,
    Facet::Delivery,
    Facet::Access,
    Facet::Language,
    Facet::Referral,
    Facet::Sector,
];

/// The query for a question whose words and place have been understood.
pub fn query(
    question: &Question,
    asked: &Asked,
    vocabulary: &Vocabulary,
    settings: &Settings,
    now: Timestamp,
) -> engine::Query {
    let words = &asked.words;
    let groups = groups(question, words, vocabulary);
    engine::Query {
        at_least: required(&groups),
        groups,
        needs_lead: false,
        called: called(question, asked),
        without: words
            .excluded
            .iter()
            .chain(&asked.avoided.terms)
            .map(|term| left_out(term, words, vocabulary))
            .collect(),
        place: asked.target.clone(),
        filters: filters(question),
        must: question.must.iter().map(|must| (Facet::Access, must.key().to_owned())).collect(),
        person: whom::person(question, words, vocabulary),
        now: now.as_second(),
        confirmed_since: since(now, settings.confirmed_months),
        only_since: question.confirmed.then(|| since(now, CONFIRMED_MONTHS)),
        ranking: settings.ranking.clone(),
        sort: sort(question.order),
        page: engine::Page {
            offset: (question.page - 1) * question.per_page,
            limit: question.per_page,
        },
        facets: FACETS.to_vec(),
    }
}

/// What may be the name of a listing: all that was typed, with the place in it and without, where
/// none of it is turned away.
fn called(question: &Question, asked: &Asked) -> Vec<String> {
    if asked.words.terms.is_empty() || !asked.words.excluded.is_empty() {
        return Vec::new();
    }
    let mut ways = vec![asked.typed.clone()];
    if !question.place_said.is_empty() {
        ways.push(format!("{} {}", asked.typed, question.place_said));
    }
    ways
}

/// How many groups have to be met.
pub fn required(groups: &[Group]) -> usize {
    groups.iter().filter(|group| !group.optional).count()
}

/// The months within which a confirmation counts in figures, whatever ranking goes by.
pub const CONFIRMED_MONTHS: i32 = 6;

/// The start of the day, as UTC has it, from which a confirmation counts as recent: the same for
/// all questions of a day, so that what follows from it can be kept.
pub fn since(now: Timestamp, months: i32) -> i64 {
    let moment = months_before(now, months).as_second();
    moment - moment.rem_euclid(86_400)
}

/// Where the answer has to hold for somebody at a spot, or in the middle of something wider.
pub fn near(
    spot: &Whereabouts,
    question: &Question,
    settings: &Settings,
    drawn: Vec<String>,
) -> Where {
    let codes = spot.codes.iter().map(ToString::to_string).chain(drawn).collect();
    let within = question.within_metres.map(f64::from);
    // Nothing closer than the spot is known to be can be told apart, so a wide spot reaches further.
    let slack = if spot.precision.is_exact() { 0.0 } else { spot.spread.0 };
    Where::Person {
        codes,
        point: engine::Point { lat: spot.point.lat, lon: spot.point.lon },
        reach_metres: within.unwrap_or(settings.reach_metres) + slack,
        within_metres: within.map(|metres| metres + slack),
        elsewhere: question.elsewhere,
    }
}

/// Where the answer has to hold for an area: any part of it served, or a venue inside; or only a
/// venue inside.
pub fn within(area: &Area, only_inside: bool) -> Where {
    let serving = area.overlapping.iter().filter(|_| !only_inside);
    Where::Area {
        codes: serving.map(ToString::to_string).collect(),
        whole: area
            .place
            .parents
            .iter()
            .chain([&area.place.code])
            .map(ToString::to_string)
            .collect(),
        venue_codes: area.inside.iter().map(ToString::to_string).collect(),
        shape: area.shape.as_ref().map(shape),
        centre: area.centre.map(|point| engine::Point { lat: point.lat, lon: point.lon }),
    }
}

/// How many of `groups` have to match once not all of them do: two thirds, and one at the least.
pub fn most(groups: usize) -> usize {
    (groups * 2 / 3).max(1)
}

/// A need beside the one asked for is offered where no more than these share what is broader.
const CLOSE_KIN: usize = 6;

/// Puts beside each need that was asked for what is broader, and what is part of that. Returns
/// whether there was any.
pub fn add_related(query: &mut engine::Query, vocabulary: &Vocabulary) -> bool {
    let mut added = false;
    for group in &mut query.groups {
        let asked = group.needs.iter().filter(|wanted| wanted.kin == Kin::Same);
        let asked: Vec<NeedId> = asked.map(|wanted| NeedId(wanted.need.clone())).collect();
        let broader = asked.iter().filter_map(|need| vocabulary.need(need.as_str()));
        for broader in broader.flat_map(|need| &need.broader) {
            let close = vocabulary.narrower(broader).iter();
            let close = close.filter(|_| vocabulary.narrower(broader).len() <= CLOSE_KIN);
            for related in close.chain([broader]) {
                let need = related.to_string();
                if group.needs.iter().all(|known| known.need != need) {
                    group.needs.push(Wanted { need, kin: Kin::Related });
                    added = true;
                }
            }
        }
    }
    added
}

fn groups(question: &Question, words: &Understanding, vocabulary: &Vocabulary) -> Vec<Group> {
    let people = whom::people(words, question.exactly, vocabulary);
    let from_words = words.terms.iter().zip(&people).map(|(term, people)| {
        if people.is_empty() { group(term, question.exactly, vocabulary) } else { only_ranks(term) }
    });
    let mut groups: Vec<Group> = from_words.collect();
    // Needs that were only chosen filter; where there are no words, they are what ranking goes by.
    if groups.is_empty() && !question.needs.is_empty() {
        let needs = question.needs.iter().flat_map(|need| wanted(need, vocabulary)).collect();
        groups.push(Group { needs, ..Group::default() });
    }
    groups
}

fn only_ranks(term: &Term) -> Group {
    Group { text: vec![Text::Words(term.words.clone())], optional: true, ..Group::default() }
}

fn group(term: &Term, exactly: bool, vocabulary: &Vocabulary) -> Group {
    let text = match (term.exact, exactly) {
        (true, _) => Text::Phrase(term.words.clone()),
        (false, _) => Text::Words(term.words.clone()),
    };
    let needs = term.needs.iter().filter(|_| !exactly);
    let or = term.or.iter().map(|words| Text::Words(words.clone()));
    Group {
        text: std::iter::once(text).chain(or).collect(),
        needs: needs.flat_map(|found| wanted_by(found, vocabulary)).collect(),
        facts: term
            .facts
            .iter()
            .flat_map(facts)
            .chain(for_people(term, vocabulary))
            .filter(|_| !exactly)
            .collect(),
        optional: false,
    }
}

/// Whom the words speak of: what is for them answers as well.
fn for_people(term: &Term, vocabulary: &Vocabulary) -> Vec<(Facet, String)> {
    let who = vocabulary.who_exactly(&term.text).into_iter();
    who.map(|who| (Facet::Who, who.to_string())).collect()
}

fn facts(fact: &Fact) -> Vec<(Facet, String)> {
    let known = facets::facet_of(&fact.key);
    known.iter().flat_map(|facet| fact.values.iter().map(|value| (*facet, value.clone()))).collect()
}

/// What is turned away: its words; and its needs too, unless they are of what is asked for, as
/// "crafts except knitting" still asks for crafts.
fn left_out(term: &Term, words: &Understanding, vocabulary: &Vocabulary) -> Group {
    let asked = words.needs();
    let is_asked = |need: &NeedId| {
        asked.iter().any(|asked| {
            *asked == need
                || vocabulary.narrower(asked).contains(need)
                || vocabulary.broader(asked).contains(need)
        })
    };
    let by_words = term.needs.iter().any(|found| is_asked(&found.need));
    let left_out = group(term, by_words, vocabulary);
    let needs = left_out.needs.into_iter().filter(|wanted| wanted.kin != Kin::Broader);
    Group { needs: needs.collect(), ..left_out }
}

/// What a phrase asks for: a need with all that is part of it, or what it is one kind of.
fn wanted_by(found: &NeedMatch, vocabulary: &Vocabulary) -> Vec<Wanted> {
    if found.how == How::Kind {
        let broader = std::iter::once(&found.need).chain(vocabulary.narrower(&found.need));
        let wanted = |need: &NeedId| Wanted { need: need.to_string(), kin: Kin::Broader };
        return broader.map(wanted).collect();
    }
    wanted(&found.need, vocabulary)
}

fn wanted(need: &NeedId, vocabulary: &Vocabulary) -> Vec<Wanted> {
    let narrower = vocabulary.narrower(need).iter();
    let narrower = narrower.map(|need| Wanted { need: need.to_string(), kin: Kin::Narrower });
    std::iter::once(Wanted { need: need.to_string(), kin: Kin::Same }).chain(narrower).collect()
}

fn filters(question: &Question) -> Vec<engine::Filter> {
    let open = if question.open { vec!["open".to_owned()] } else { Vec::new() };
    let needs = question.needs.iter().map(ToString::to_string).collect();
    let all = [
        (Facet::Need, needs),
        (Facet::Capacity, open),
        (Facet::Day, keys(&question.days)),
        (Facet::Time, keys(&question.times)),
        (Facet::Cost, keys(&question.costs)),
        (Facet::Delivery, keys(&question.how)),
        (Facet::Access, keys(&question.access)),
        (Facet::Language, question.languages.clone()),
        (Facet::Referral, keys(&question.refer)),
        (Facet::Sector, keys(&question.sectors)),
    ];
    let chosen = all.into_iter().filter(|(_, any_of)| !any_of.is_empty());
    chosen.map(|(facet, any_of)| engine::Filter { facet, any_of }).collect()
}

fn keys<T: Labelled>(values: &[T]) -> Vec<String> {
    values.iter().map(|value| value.key().to_owned()).collect()
}

fn sort(order: Order) -> engine::Sort {
    match order {
        Order::Best => engine::Sort::Best,
        Order::Distance => engine::Sort::Distance,
        Order::Name => engine::Sort::Name,
        Order::Confirmed => engine::Sort::Confirmed,
    }
}

fn shape(shape: &geo::MultiPolygon<f64>) -> engine::Shape {
    let ring = |line: &geo::LineString<f64>| line.coords().map(|c| [c.x, c.y]).collect();
    let polygon = |polygon: &geo::Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    engine::Shape { polygons: shape.iter().map(polygon).collect() }
}
