//! Entries and questions, as short as the tests want them.

use hereabouts_index::{
    Answer, Door, DoorStatus, Entry, EntryId, EntryNeed, Facet, Filter, Group, Index, Kin,
    NeedTier, Pace, Page, Person, Point, Query, Ranking, Sort, Text, Venue, Wanted, Where,
};

/// The moment at which the tests ask: 14 November 2023.
pub const NOW: i64 = 1_700_000_000;
pub const DAY: i64 = 86_400;
/// Where the person is, at 53° north.
pub const HERE: Point = Point { lat: 53.0, lon: -1.5 };
/// Ten miles, the default reach.
pub const TEN_MILES: f64 = 16_093.0;

/// A point so many kilometres north of [`HERE`].
pub fn north(km: f64) -> Point {
    Point { lat: HERE.lat + km / 111.195, lon: HERE.lon }
}

pub fn id(number: u8) -> EntryId {
    let mut bytes = [0; 16];
    bytes[15] = number;
    EntryId(bytes)
}

/// A service that nothing is known of but its name; confirmed yesterday.
pub fn entry(number: u8, name: &str) -> Entry {
    Entry {
        id: id(number),
        name: name.to_owned(),
        also_known_as: vec![],
        organisation: String::new(),
        summary: String::new(),
        body: String::new(),
        need_words: vec![],
        needs: vec![],
        states_area: false,
        serves: vec![],
        serves_not: vec![],
        breadth: 0.0,
        venues: vec![],
        venue_places: vec![],
        remote: false,
        facets: vec![],
        ages: vec![],
        fits: vec![],
        only_these: false,
        fits_not: vec![],
        doors: vec![],
        confirmed_at: Some(NOW - DAY),
        completeness: 1.0,
        experience: None,
    }
}

pub trait Build: Sized {
    fn body(self, text: &str) -> Self;
    fn at(self, ordinal: u16, point: Point) -> Self;
    fn serves(self, codes: &[&str]) -> Self;
    fn not(self, codes: &[&str]) -> Self;
    fn remote(self) -> Self;
    fn facet(self, facet: Facet, value: &str) -> Self;
    fn need(self, need: &str, tier: NeedTier) -> Self;
    fn door(self, venue: Option<u16>, status: DoorStatus, from: i64, until: i64) -> Self;
    fn confirmed(self, at: Option<i64>) -> Self;
}

impl Build for Entry {
    fn body(mut self, text: &str) -> Self {
        text.clone_into(&mut self.body);
        self
    }

    fn at(mut self, ordinal: u16, point: Point) -> Self {
        self.venues.push(Venue { ordinal, point });
        self
    }

    fn serves(mut self, codes: &[&str]) -> Self {
        self.states_area = true;
        self.serves.extend(codes.iter().map(ToString::to_string));
        self
    }

    fn not(mut self, codes: &[&str]) -> Self {
        self.serves_not.extend(codes.iter().map(ToString::to_string));
        self
    }

    fn remote(mut self) -> Self {
        self.remote = true;
        self
    }

    fn facet(mut self, facet: Facet, value: &str) -> Self {
        self.facets.push((facet, value.to_owned()));
        self
    }

    fn need(mut self, need: &str, tier: NeedTier) -> Self {
        self.needs.push(EntryNeed { need: need.to_owned(), tier });
        self
    }

    fn door(mut self, venue: Option<u16>, status: DoorStatus, from: i64, until: i64) -> Self {
        self.doors.push(Door { venue, status, from, until });
        self
    }

    fn confirmed(mut self, at: Option<i64>) -> Self {
        self.confirmed_at = at;
        self
    }
}

/// An index in memory with these entries.
pub fn index(entries: &[Entry]) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer(Pace::Live).unwrap();
    for entry in entries {
        writer.put(entry).unwrap();
    }
    writer.commit(1).unwrap();
    index
}

/// A question for everything.
pub fn everything() -> Query {
    Query {
        groups: vec![],
        at_least: 0,
        needs_lead: false,
        called: Vec::new(),
        without: vec![],
        place: Where::Anywhere,
        filters: vec![],
        must: vec![],
        only_since: None,
        person: Person::default(),
        now: NOW,
        confirmed_since: NOW - 365 * DAY,
        ranking: Ranking::default(),
        sort: Sort::Best,
        page: Page { offset: 0, limit: 100 },
        facets: vec![],
    }
}

pub fn group(text: Text) -> Group {
    Group { text: vec![text], ..Group::default() }
}

pub fn split(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// A question for all of these words, each a group of its own.
pub fn words(words: &str) -> Query {
    let groups: Vec<Group> =
        split(words).into_iter().map(|word| group(Text::Words(vec![word]))).collect();
    Query { at_least: groups.len(), groups, ..everything() }
}

pub fn texts(texts: Vec<Text>) -> Query {
    let groups: Vec<Group> = texts.into_iter().map(group).collect();
    Query { at_least: groups.len(), groups, ..everything() }
}

pub fn need(need: &str) -> Group {
    let wanted = Wanted { need: need.to_owned(), kin: Kin::Same };
    Group { needs: vec![wanted], ..Group::default() }
}

/// The person at [`HERE`], in these places.
pub fn person_in(codes: &[&str]) -> Where {
    Where::Person {
        codes: codes.iter().map(ToString::to_string).collect(),
        point: HERE,
        reach_metres: TEN_MILES,
        within_metres: None,
        elsewhere: false,
    }
}

pub fn at(place: Where) -> Query {
    Query { place, ..everything() }
}

pub fn filter(facet: Facet, any_of: &[&str]) -> Filter {
    Filter { facet, any_of: any_of.iter().map(ToString::to_string).collect() }
}

/// The last bytes of the ids of the hits, in order.
pub fn order(answer: &Answer) -> Vec<u8> {
    answer.hits.iter().map(|hit| hit.id.0[15]).collect()
}

/// The same, sorted.
pub fn found(answer: &Answer) -> Vec<u8> {
    let mut found = order(answer);
    found.sort_unstable();
    found
}

/// What `query` finds among `entries`, sorted by number.
pub fn finds(entries: &[Entry], query: &Query) -> Vec<u8> {
    let answer = index(entries).search(query).unwrap();
    assert_eq!(answer.total, answer.hits.len(), "the total is of all hits");
    found(&answer)
}
