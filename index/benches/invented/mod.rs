//! An invented directory: the same one every time.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "dice are small numbers"
)]

use hereabouts_index::{
    Door, DoorStatus, Entry, EntryId, EntryNeed, Facet, Filter, Group, Kin, NeedTier, Page, Person,
    Point, Query, Ranking, Shape, Sort, Text, Venue, Wanted, Where,
};

const NOW: i64 = 1_700_000_000;
const DAY: i64 = 86_400;
const TOWNS: u64 = 100;
const NEEDS: u64 = 60;
const WORDS: usize = 5_000;

/// The kinds of question that are timed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Words,
    WholeQuestion,
    Browse,
    Nearest,
    AreaCodes,
    Polygon,
}

impl Kind {
    pub const ALL: [Self; 6] = [
        Self::Words,
        Self::WholeQuestion,
        Self::Browse,
        Self::Nearest,
        Self::AreaCodes,
        Self::Polygon,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words only",
            Self::WholeQuestion => "words, person, filters, 8 facets",
            Self::Browse => "everything, 8 facets",
            Self::Nearest => "nearest 20",
            Self::AreaCodes => "need in an area (codes), 8 facets",
            Self::Polygon => "area by polygon of 500 corners",
        }
    }
}

/// Marsaglia's xorshift64: quick, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, sides: u64) -> u64 {
        self.roll() % sides
    }

    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// Roughly normal, spread 1.
    fn bell(&mut self) -> f64 {
        (0..4).map(|_| self.unit()).sum::<f64>() - 2.0
    }
}

pub struct Directory {
    dice: Dice,
    words: Vec<String>,
    towns: Vec<Point>,
}

impl Directory {
    pub fn new() -> Self {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let syllables = [
            "ba", "cor", "den", "fi", "gal", "hus", "ler", "mon", "per", "sta", "tin", "vo", "wil",
            "shu",
        ];
        let word = |dice: &mut Dice| {
            let parts = 2 + dice.below(3);
            (0..parts).map(|_| syllables[dice.below(14) as usize]).collect::<String>()
        };
        let words = (0..WORDS).map(|_| word(&mut dice)).collect();
        let town = |dice: &mut Dice| Point {
            lat: 50.5 + dice.unit() * 4.5,
            lon: -3.5 + dice.unit() * 4.5,
        };
        let towns = (0..TOWNS).map(|_| town(&mut dice)).collect();
        Self { dice, words, towns }
    }

    /// A word, common ones more often: Zipf's law.
    fn word(&mut self) -> String {
        let rank = (WORDS as f64).powf(self.dice.unit()) - 1.0;
        self.words[rank as usize].clone()
    }

    fn text(&mut self, words: u64) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn near(&mut self, town: u64) -> Point {
        let town = self.towns[town as usize];
        Point { lat: town.lat + self.dice.bell() * 0.06, lon: town.lon + self.dice.bell() * 0.1 }
    }

    fn need(&mut self) -> String {
        let rank = (NEEDS as f64).powf(self.dice.unit()) - 1.0;
        format!("need-{}", rank as u64)
    }

    pub fn entry(&mut self, number: u32) -> Entry {
        let town = self.dice.below(TOWNS);
        let mut bytes = [0; 16];
        bytes[12..].copy_from_slice(&number.to_be_bytes());
        let needs: Vec<EntryNeed> = (0..1 + self.dice.below(4))
            .map(|at| EntryNeed {
                need: self.need(),
                tier: if at < 2 { NeedTier::Stated } else { NeedTier::Inferred },
            })
            .collect();
        let (name_words, body_words) = (2 + self.dice.below(4), 40 + self.dice.below(70));
        let organisation = self.dice.below(4_000);
        Entry {
            id: EntryId(bytes),
            name: self.text(name_words),
            also_known_as: if self.dice.chance(0.2) { vec![self.text(2)] } else { vec![] },
            organisation: format!(
                "{} {}",
                self.words[organisation as usize],
                self.words[organisation as usize / 3]
            ),
            summary: self.text(15),
            body: self.text(body_words),
            need_words: needs.iter().map(|need| need.need.replace('-', " ")).collect(),
            facets: self.facets(&needs, organisation),
            needs,
            completeness: self.dice.unit() as f32,
            experience: None,
            confirmed_at: self.dice.chance(0.8).then(|| NOW - self.dice.below(700) as i64 * DAY),
            ages: if self.dice.chance(0.6) {
                vec![(16 + self.dice.below(50) as u8, 120)]
            } else {
                vec![]
            },
            fits: if self.dice.chance(0.3) {
                vec![format!("case-{}", self.dice.below(20))]
            } else {
                vec![]
            },
            fits_not: if self.dice.chance(0.1) {
                vec![format!("case-{}", self.dice.below(20))]
            } else {
                vec![]
            },
            ..self.place(town)
        }
    }

    /// What an entry says of places and doors.
    fn place(&mut self, town: u64) -> Entry {
        let states_area = self.dice.chance(0.6);
        let breadth = self.dice.below(4);
        let serves = match breadth {
            0 => format!("ward-{town}-{}", self.dice.below(20)),
            1 => format!("town-{town}"),
            2 => format!("county-{}", town / 5),
            _ => "england".to_owned(),
        };
        let venues: u16 = if self.dice.chance(0.15) {
            0
        } else if self.dice.chance(0.8) {
            1
        } else {
            2 + self.dice.below(6) as u16
        };
        let venues: Vec<Venue> =
            (0..venues).map(|ordinal| Venue { ordinal, point: self.near(town) }).collect();
        let doors = if self.dice.chance(0.5) { self.doors(venues.len() as u16) } else { vec![] };
        Entry {
            id: EntryId([0; 16]),
            name: String::new(),
            also_known_as: vec![],
            organisation: String::new(),
            summary: String::new(),
            body: String::new(),
            need_words: vec![],
            needs: vec![],
            states_area,
            serves: if states_area { vec![serves] } else { vec![] },
            serves_not: vec![],
            breadth: breadth as f32 / 3.0,
            venue_places: venues.first().map(|_| format!("town-{town}")).into_iter().collect(),
            venues,
            remote: self.dice.chance(0.3),
            facets: vec![],
            ages: vec![],
            fits: vec![],
            only_these: false,
            fits_not: vec![],
            doors,
            confirmed_at: None,
            completeness: 0.0,
            experience: None,
        }
    }

    fn doors(&mut self, venues: u16) -> Vec<Door> {
        let statuses = [DoorStatus::Open, DoorStatus::Open, DoorStatus::Waiting, DoorStatus::Full];
        let each = if venues > 1 && self.dice.chance(0.5) {
            (0..venues).map(Some).collect()
        } else {
            vec![None]
        };
        each.into_iter()
            .map(|venue| {
                let from = NOW - self.dice.below(60) as i64 * DAY;
                let status = statuses[self.dice.below(4) as usize];
                Door { venue, status, from, until: from + 45 * DAY }
            })
            .collect()
    }

    fn facets(&mut self, needs: &[EntryNeed], organisation: u64) -> Vec<(Facet, String)> {
        let mut facets: Vec<(Facet, String)> =
            needs.iter().map(|need| (Facet::Need, need.need.clone())).collect();
        for (facet, values, most) in [
            (Facet::Who, 12, 3),
            (Facet::Day, 7, 4),
            (Facet::Cost, 4, 1),
            (Facet::Delivery, 5, 2),
            (Facet::Access, 10, 3),
            (Facet::Language, 20, 2),
            (Facet::Referral, 5, 2),
            (Facet::Sector, 6, 1),
        ] {
            for _ in 0..1 + self.dice.below(most) {
                facets.push((facet, format!("value-{}", self.dice.below(values))));
            }
        }
        facets.push((Facet::Organisation, format!("organisation-{organisation}")));
        facets
    }

    pub fn question(&mut self, kind: Kind) -> Query {
        let mut query = Query {
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
            page: Page { offset: 0, limit: 20 },
            facets: vec![],
        };
        match kind {
            Kind::Words => self.ask_words(&mut query),
            Kind::WholeQuestion => self.ask_all(&mut query),
            Kind::Browse => query.facets = eight(),
            Kind::Nearest => {
                query.place = self.person();
                query.sort = Sort::Distance;
            }
            Kind::AreaCodes => {
                query.groups = vec![self.idea(false)];
                query.at_least = 1;
                query.place = self.area(None);
                query.facets = eight();
            }
            Kind::Polygon => {
                let shape = self.round_shape(500);
                query.place = self.area(Some(shape));
            }
        }
        query
    }

    /// One to three words; half the time with a need behind the first.
    fn ask_words(&mut self, query: &mut Query) {
        query.groups = (0..1 + self.dice.below(3)).map(|_| self.idea(true)).collect();
        query.at_least = if self.dice.chance(0.75) { query.groups.len() } else { 1 };
    }

    fn ask_all(&mut self, query: &mut Query) {
        self.ask_words(query);
        query.place = self.person();
        query.person =
            Person { age: Some(45), circumstances: vec!["case-3".to_owned()], ..Person::default() };
        query.filters = vec![
            Filter { facet: Facet::Cost, any_of: vec!["value-0".to_owned(), "value-1".to_owned()] },
            Filter {
                facet: Facet::Capacity,
                any_of: vec!["open".to_owned(), "not-known".to_owned()],
            },
        ];
        query.facets = eight();
    }

    fn idea(&mut self, with_words: bool) -> Group {
        let mut group = Group::default();
        if with_words {
            group.text = vec![Text::Words(vec![self.word()])];
        }
        if !with_words || self.dice.chance(0.5) {
            let wanted = (0..4).map(|at| Wanted {
                need: self.need(),
                kin: if at > 0 { Kin::Narrower } else { Kin::Same },
            });
            group.needs = wanted.collect();
        }
        group
    }

    fn person(&mut self) -> Where {
        let town = self.dice.below(TOWNS);
        Where::Person {
            codes: vec![
                format!("ward-{town}-{}", self.dice.below(20)),
                format!("town-{town}"),
                format!("county-{}", town / 5),
                "england".to_owned(),
            ],
            point: self.near(town),
            reach_metres: 16_093.0,
            within_metres: None,
            elsewhere: false,
        }
    }

    fn area(&mut self, shape: Option<Shape>) -> Where {
        let town = self.dice.below(TOWNS);
        let whole =
            vec![format!("town-{town}"), format!("county-{}", town / 5), "england".to_owned()];
        let mut codes = whole.clone();
        codes.extend((0..20).map(|ward| format!("ward-{town}-{ward}")));
        let venue_codes = vec![format!("town-{town}")];
        let centre = Some(self.towns[town as usize]);
        Where::Area { codes, whole, venue_codes, shape, centre }
    }

    fn round_shape(&mut self, corners: u32) -> Shape {
        let town = self.dice.below(TOWNS);
        let centre = self.towns[town as usize];
        let ring = (0..corners).map(|at| {
            let angle = f64::from(at) / f64::from(corners) * std::f64::consts::TAU;
            let far = 0.15 + 0.05 * self.dice.unit();
            [centre.lon + 1.6 * far * angle.cos(), centre.lat + far * angle.sin()]
        });
        Shape { polygons: vec![vec![ring.collect()]] }
    }

    /// The first letters of a word.
    pub fn beginning(&mut self) -> String {
        let word = self.word();
        let letters = 1 + self.dice.below(5) as usize;
        word.chars().take(letters).collect()
    }

    /// A word with a letter left out.
    pub fn slip(&mut self) -> String {
        loop {
            let mut word = self.word();
            if word.len() > 5 {
                word.remove(self.dice.below(word.len() as u64 - 1) as usize + 1);
                return word;
            }
        }
    }
}

fn eight() -> Vec<Facet> {
    vec![
        Facet::Need,
        Facet::Capacity,
        Facet::Who,
        Facet::Day,
        Facet::Cost,
        Facet::Delivery,
        Facet::Access,
        Facet::Language,
    ]
}
