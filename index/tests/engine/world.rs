//! A plain model of the rules: every entry looked at, nothing clever.

use hereabouts_index::{
    Door, DoorStatus, Entry, EntryNeed, Facet, Filter, Fit, Group, Kin, NeedTier, Person, Point,
    Query, Ranking, Reached, Shape, Text, Wanted, Where,
};

/// Metres between two points; written again here so that the engine is not its own judge.
pub fn metres(a: Point, b: Point) -> f64 {
    let (p1, p2) = (a.lat.to_radians(), b.lat.to_radians());
    let dl = (b.lon - a.lon).to_radians();
    let h = ((p2 - p1) / 2.0).sin().powi(2) + p1.cos() * p2.cos() * (dl / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.sqrt().asin()
}

fn any(values: &[String], of: &[String]) -> bool {
    values.iter().any(|value| of.contains(value))
}

fn venue_within(entry: &Entry, point: Point, within: f64) -> bool {
    entry.venues.iter().any(|venue| metres(venue.point, point) <= within)
}

/// The even-odd rule over every edge, polygon by polygon.
pub fn inside(shape: &Shape, point: Point) -> bool {
    shape.polygons.iter().any(|rings| {
        let mut odd = false;
        for ring in rings.iter().filter(|ring| ring.len() > 2) {
            for (at, [x1, y1]) in ring.iter().enumerate() {
                let [x2, y2] = ring[(at + 1) % ring.len()];
                let spans = (*y1 > point.lat) != (y2 > point.lat);
                odd ^= spans && point.lon < (x2 - x1) * (point.lat - y1) / (y2 - y1) + x1;
            }
        }
        odd
    })
}

/// Whether an entry is for the place, and why.
pub fn reached(entry: &Entry, place: &Where) -> Option<Reached> {
    match place {
        Where::Anywhere => Some(Reached::NotAsked),
        Where::Person { codes, point, reach_metres, within_metres, elsewhere } => {
            let serves =
                entry.states_area && any(&entry.serves, codes) && !any(&entry.serves_not, codes);
            let reach = within_metres.map_or(*reach_metres, |within| within.min(*reach_metres));
            let beside = venue_within(entry, *point, reach);
            let too_far = within_metres.is_some_and(|within| {
                !entry.remote && !entry.venues.is_empty() && !venue_within(entry, *point, within)
            });
            match (entry.states_area, elsewhere) {
                (true, true) if !serves && beside => Some(Reached::Elsewhere),
                (_, true) => None,
                (true, false) => (serves && !too_far).then_some(Reached::Serves),
                (false, false) if beside => Some(Reached::Venue),
                (false, false) => entry.remote.then_some(Reached::Remote),
            }
        }
        Where::Area { codes, whole, venue_codes, shape, .. } => {
            let serves =
                entry.states_area && any(&entry.serves, codes) && !any(&entry.serves_not, whole);
            let in_shape = shape
                .as_ref()
                .is_some_and(|shape| entry.venues.iter().any(|v| inside(shape, v.point)));
            if serves {
                Some(Reached::Serves)
            } else {
                (in_shape || any(&entry.venue_places, venue_codes)).then_some(Reached::VenueInside)
            }
        }
    }
}

fn says(entry: &Entry, text: &Text) -> bool {
    let said: Vec<&str> = [&entry.name, &entry.summary, &entry.body]
        .into_iter()
        .flat_map(|text| text.split(' '))
        .collect();
    text.words().iter().all(|word| said.contains(&word.as_str()))
}

pub fn by_words(entry: &Entry, group: &Group) -> bool {
    group.text.iter().any(|text| says(entry, text))
}

/// By what a group is met best.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    Need,
    Fact,
    Words,
}

/// What the best need or fact that meets a group is worth, and which it is.
pub fn best(entry: &Entry, group: &Group, ranking: &Ranking) -> Option<(f32, By)> {
    if group.is_narrower_than_its_needs() && by_words(entry, group) {
        return Some((1.0, By::Words));
    }
    let needs = group.needs.iter().flat_map(|wanted| {
        let own = entry.needs.iter().filter(|need| need.need == wanted.need);
        own.map(|need| (kin_worth(wanted.kin, ranking) * tier_worth(need.tier, ranking), By::Need))
    });
    let facts = group.facts.iter().filter(|fact| entry.facets.contains(fact));
    let facts = facts.map(|_| (ranking.fact_stated, By::Fact));
    // The last of the best is what counts, and needs come after facts.
    facts.chain(needs).max_by(|a, b| a.0.total_cmp(&b.0))
}

fn kin_worth(kin: Kin, ranking: &Ranking) -> f32 {
    match kin {
        Kin::Same => ranking.need_direct,
        Kin::Narrower => ranking.need_narrower,
        Kin::Broader => ranking.need_broader,
        Kin::Related => ranking.need_related,
    }
}

fn tier_worth(tier: NeedTier, ranking: &Ranking) -> f32 {
    match tier {
        NeedTier::Stated => 1.0,
        NeedTier::Inferred => ranking.need_inferred,
        NeedTier::Mentioned => ranking.need_mentioned,
    }
}

/// Whether a group is met well: by words in the name, or where no need is asked for as such, in the
/// summary (or the body, where there is no summary and the body is short), by a fact, or by a need that is the one asked for or part of it
/// and more than mentioned.
fn meets_well(entry: &Entry, group: &Group) -> bool {
    let about = if entry.summary.is_empty() { &entry.body } else { &entry.summary };
    let about = if group.asks_for_its_needs() { "" } else { about };
    let telling: Vec<&str> = entry.name.split(' ').chain(about.split(' ')).collect();
    let in_telling = |text: &Text| text.words().iter().all(|word| telling.contains(&word.as_str()));
    let is_well = |wanted: &Wanted, need: &EntryNeed| {
        wanted.need == need.need
            && matches!(wanted.kin, Kin::Same | Kin::Narrower)
            && need.tier != NeedTier::Mentioned
    };
    group.text.iter().any(in_telling)
        || group.facts.iter().any(|fact| entry.facets.contains(fact))
        || group.needs.iter().any(|wanted| entry.needs.iter().any(|need| is_well(wanted, need)))
}

fn whole_name(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether what was typed is the whole name of an entry, and of eight at most.
pub fn called(entry: &Entry, query: &Query, entries: &[Entry]) -> bool {
    query.called.iter().any(|typed| {
        let has = |entry: &&Entry| whole_name(&entry.name) == whole_name(typed);
        has(&entry) && entries.iter().filter(has).count() <= 8
    })
}

/// Whether a hit meets all that was asked well and was confirmed recently.
pub fn leads(entry: &Entry, query: &Query) -> bool {
    entry.confirmed_at.is_some_and(|at| at >= query.confirmed_since)
        && query.groups.iter().all(|group| group.optional || meets_well(entry, group))
        && fit(entry, &query.person) != Fit::DoesNot
}

fn meets(entry: &Entry, group: &Group) -> bool {
    by_words(entry, group) || best(entry, group, &Ranking::default()).is_some()
}

fn newest(doors: &[Door], venue: Option<u16>, now: i64) -> Option<&Door> {
    let mut newest: Option<&Door> = None;
    for door in doors.iter().filter(|door| door.venue == venue && door.from <= now) {
        if newest.is_none_or(|before| door.from > before.from) {
            newest = Some(door);
        }
    }
    newest.filter(|door| now < door.until)
}

/// The status that counts; for places without a shape.
pub fn status(entry: &Entry, place: &Where, now: i64) -> DoorStatus {
    let public: Vec<u16> = entry.venues.iter().map(|venue| venue.ordinal).collect();
    let private = entry.doors.iter().filter_map(|door| door.venue);
    let mut venues = match place {
        Where::Person { point, reach_metres, within_metres, .. } => {
            let reach = within_metres.map_or(*reach_metres, |within| within.min(*reach_metres));
            let near = |venue: &&hereabouts_index::Venue| metres(venue.point, *point) <= reach;
            let near: Vec<u16> = entry.venues.iter().filter(near).map(|v| v.ordinal).collect();
            let by_distance = |a: &&hereabouts_index::Venue, b: &&hereabouts_index::Venue| {
                metres(a.point, *point).total_cmp(&metres(b.point, *point))
            };
            let nearest = entry.venues.iter().min_by(by_distance).map(|venue| venue.ordinal);
            if near.is_empty() { nearest.into_iter().collect() } else { near }
        }
        _ => public.into_iter().chain(private.clone()).collect(),
    };
    if venues.is_empty() {
        venues = private.collect();
    }
    let all = newest(&entry.doors, None, now);
    let mut seen: Vec<&Door> =
        venues.iter().filter_map(|venue| newest(&entry.doors, Some(*venue), now).or(all)).collect();
    if entry.remote || venues.is_empty() {
        seen.extend(all);
    }
    seen.iter().map(|door| door.status).min().unwrap_or(DoorStatus::NotKnown)
}

fn capacity(status: DoorStatus) -> &'static str {
    match status {
        DoorStatus::Open => "open",
        DoorStatus::Waiting => "waiting",
        DoorStatus::Full => "full",
        DoorStatus::Paused => "paused",
        DoorStatus::NotKnown => "not-known",
    }
}

/// The values that an entry has of a facet, each once.
pub fn values(entry: &Entry, facet: Facet, query: &Query) -> Vec<String> {
    if facet == Facet::Capacity {
        return vec![capacity(status(entry, &query.place, query.now)).to_owned()];
    }
    let stated = entry.facets.iter().filter(|(known, _)| *known == facet);
    let mut values: Vec<String> = stated.map(|(_, value)| value.clone()).collect();
    values.sort();
    values.dedup();
    values
}

fn passes(entry: &Entry, filter: &Filter, query: &Query) -> bool {
    any(&values(entry, filter.facet, query), &filter.any_of)
}

/// Whether the query finds an entry, without the filters of one facet.
pub fn finds(entry: &Entry, query: &Query, but: Option<Facet>) -> bool {
    let required: Vec<&Group> = query.groups.iter().filter(|group| !group.optional).collect();
    let met = required.iter().filter(|group| meets(entry, group)).count();
    let filters = query.filters.iter().filter(|filter| Some(filter.facet) != but);
    reached(entry, &query.place).is_some()
        && query.only_since.is_none_or(|since| entry.confirmed_at.is_some_and(|at| at >= since))
        && query.must.iter().all(|fact| entry.facets.contains(fact))
        && met >= query.at_least.min(required.len())
        && !query.without.iter().any(|group| meets(entry, group))
        && filters.into_iter().all(|filter| passes(entry, filter, query))
}

/// Whether the entry is for the person.
pub fn fit(entry: &Entry, person: &Person) -> Fit {
    let age = person.age.map(|age| {
        let within = entry.ages.iter().any(|(least, most)| (*least..=*most).contains(&age));
        (entry.ages.is_empty(), within)
    });
    if any(&person.circumstances, &entry.fits_not) || age == Some((false, false)) {
        return Fit::DoesNot;
    }
    let for_the_young = !entry.ages.is_empty() && entry.ages.iter().all(|(_, most)| *most <= 25);
    if age.is_none() && !person.young && for_the_young {
        return Fit::ForOthers;
    }
    let is_one = any(&person.circumstances, &entry.fits) || any(&person.implied, &entry.fits);
    if entry.only_these && !entry.fits.is_empty() && !is_one {
        return Fit::ForOthers;
    }
    let stated = person.circumstances.iter().filter(|asked| entry.fits.contains(asked)).count()
        + usize::from(age == Some((false, true)));
    match (person.circumstances.len() + usize::from(age.is_some()), stated) {
        (0, _) => Fit::NotAsked,
        (_, 0) => Fit::NotStated,
        (asked, stated) if asked == stated => Fit::Fits,
        _ => Fit::FitsPartly,
    }
}

/// The least and the most that the need factor can be: it is a mean over the groups that ask for
/// needs or facts, in which rarer ones count more.
pub fn need_worth(entry: &Entry, query: &Query) -> (f32, f32) {
    let asked = query.groups.iter().filter(|g| !g.needs.is_empty() || !g.facts.is_empty());
    let worth = |group: &Group| {
        best(entry, group, &query.ranking).map_or(query.ranking.need_words_only, |(worth, _)| worth)
    };
    let worths: Vec<f32> = asked.map(worth).collect();
    let least = worths.iter().copied().fold(f32::MAX, f32::min);
    (least, worths.iter().copied().fold(0.0, f32::max))
}
