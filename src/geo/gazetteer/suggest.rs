//! What may be meant: while somebody types, and when what they typed is not known.

use std::{cmp::Reverse, collections::HashSet};

use super::{Candidate, Gazetteer, Resolution, asked::excerpt, choose::Hit, elsewhere};
use crate::{
    domain::{PlaceKind, Point},
    geo::{
        Metres, PostcodePart,
        names::{Match, NameKind, Named, fold},
        shipped::PartRow,
    },
};

/// How many other spellings are offered.
const SPELLINGS: usize = 5;
/// Nearer than this to the directory's home comes first.
const HOME: f64 = 25_000.0;

impl Gazetteer {
    /// Names, councils and outward codes that begin with what was typed so far: those near home
    /// first, then the better known.
    #[must_use]
    pub fn suggest(&self, prefix: &str, home: Option<Point>, limit: usize) -> Vec<Candidate> {
        let folded = fold(&excerpt(prefix));
        if folded.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Candidate> = self.outcodes(&folded, home).take(limit).collect();
        let custom = self.custom.names.beginning(&folded);
        let mut named: Vec<_> = custom
            .chain(self.base.names.beginning(&folded))
            .map(|(how, named)| (standing(how, named, home), how, named))
            .collect();
        // Only as many as may be shown are put in order: two of a name show as one.
        let most = limit.saturating_mul(4).max(16);
        if named.len() > most {
            named.select_nth_unstable_by_key(most - 1, |(standing, ..)| *standing);
            named.truncate(most);
        }
        named.sort_by_key(|(standing, ..)| *standing);
        let mut shown = HashSet::new();
        for (_, how, named) in named {
            if found.len() >= limit {
                break;
            }
            if shown.insert(self.label(named)) {
                let hit = Hit { how, named, area: named.code.as_ref() };
                found.push(self.candidate(&hit, home));
            }
        }
        found
    }

    /// Places for a search box of a program: what the text is, else what it begins, else what it
    /// nearly is.
    #[must_use]
    pub fn find_places(&self, text: &str, limit: usize) -> Vec<Candidate> {
        let mut found = match self.resolve(text, None) {
            Resolution::Found(whereabouts) => {
                let kind = whereabouts.place.as_ref().and_then(|code| self.place_ref(code));
                let first = Candidate {
                    label: whereabouts.label,
                    kind: kind.map_or(NameKind::Locality, |place| NameKind::Area(place.kind)),
                    council: whereabouts
                        .places
                        .iter()
                        .find(|place| place.kind == PlaceKind::Council)
                        .map(|place| place.name.clone()),
                    point: whereabouts.point,
                    code: whereabouts.place,
                    key: whereabouts.short_label,
                    distance: None,
                };
                std::iter::once(first).chain(whereabouts.others).collect()
            }
            Resolution::Several { candidates, .. } => candidates,
            Resolution::NotFound { did_you_mean, .. } => did_you_mean,
            Resolution::NotCovered { .. } => return Vec::new(),
        };
        found.extend(self.suggest(text, None, limit));
        let mut seen = HashSet::new();
        found.retain(|candidate| seen.insert(candidate.key.clone()));
        found.truncate(limit);
        found
    }

    /// The outward codes of a postcode area in letters: `WN`. Empty of anything else.
    #[must_use]
    pub fn outcodes_of_area(&self, area: &str) -> Vec<&str> {
        let rows = self.base.facts.outcodes.iter().map(|row| row.part.as_str());
        let letters = |outcode: &str| outcode.find(|c: char| c.is_ascii_digit());
        rows.filter(|outcode| {
            letters(outcode).is_some_and(|at| outcode[..at].eq_ignore_ascii_case(area))
        })
        .collect()
    }

    /// What to say of a part of a postcode of which nothing is known.
    pub(super) fn unknown_part(&self, part: &PostcodePart) -> Resolution {
        if let Some(reason) = elsewhere::across_a_border(part.outcode()) {
            return Resolution::NotCovered { reason, what: part.outcode().to_owned() };
        }
        let mut shorter = part.outcode();
        let mut did_you_mean = Vec::new();
        while did_you_mean.is_empty() && shorter.len() > 1 {
            shorter = &shorter[..shorter.len() - 1];
            did_you_mean = self.outcodes(&shorter.to_lowercase(), None).take(SPELLINGS).collect();
        }
        Resolution::NotFound { text: part.to_string(), did_you_mean }
    }

    /// What to say of a name that is not known: others that are spelt nearly so, or places of
    /// elsewhere.
    pub(super) fn unknown_name(&self, text: &str, home: Option<Point>) -> Resolution {
        let folded = fold(text);
        let first = text.split([',', '(']).next().map(fold).unwrap_or_default();
        let mut did_you_mean = self.spelt_like(super::qualifier::bare(&folded), home);
        if did_you_mean.is_empty() && first != folded {
            did_you_mean = self.spelt_like(&first, home);
        }
        Resolution::NotFound { text: excerpt(text), did_you_mean }
    }

    fn spelt_like(&self, folded: &str, home: Option<Point>) -> Vec<Candidate> {
        let nearly = self.custom.names.nearly(folded).chain(self.base.names.nearly(folded));
        let mut nearly: Vec<(usize, &Named)> = nearly.collect();
        nearly.sort_by_cached_key(|(edits, named)| {
            // A city two letters off is likelier than a hamlet one letter off.
            let steps = edits * 3 + usize::from(named.kind.rank()).max(1);
            let same_start =
                named.name.chars().next().map(|c| c.to_ascii_lowercase()) == folded.chars().next();
            let near = is_near(home, named);
            (steps + 3 * usize::from(!same_start) - usize::from(near), Reverse(named.population))
        });
        let mut shown = HashSet::new();
        let hits = nearly.into_iter().map(|(_, named)| Hit {
            how: Match::Whole,
            named,
            area: named.code.as_ref(),
        });
        hits.filter(|hit| shown.insert(self.label(hit.named)))
            .take(SPELLINGS)
            .map(|hit| self.candidate(&hit, home))
            .collect()
    }

    /// The outward codes that begin so; a whole one first.
    fn outcodes(&self, folded: &str, home: Option<Point>) -> impl Iterator<Item = Candidate> + '_ {
        let asked = folded.replace(' ', "").to_uppercase();
        let rows = &self.base.facts.outcodes;
        let from = rows.partition_point(|row| row.part < asked);
        let lettered = asked.chars().any(|c| c.is_ascii_digit()) || asked.len() <= 2;
        let found = rows[from..].iter().take_while(move |row| row.part.starts_with(&asked));
        found.filter(move |_| lettered).map(move |row| self.outcode_candidate(row, home))
    }

    fn outcode_candidate(&self, row: &PartRow, home: Option<Point>) -> Candidate {
        let council = self.place_ref(&row.lad.as_str().into()).map(|place| place.name);
        Candidate {
            label: match &council {
                Some(council) => format!("{}, {council}", row.part),
                None => row.part.clone(),
            },
            kind: NameKind::Area(PlaceKind::Outcode),
            council,
            point: row.point(),
            code: Some(super::part_code(&row.part)),
            key: row.part.clone(),
            distance: home.map(|home| Metres::between(home, row.point())),
        }
    }
}

/// What comes first while somebody types: names before words inside them, the directory's own
/// area, cities before hamlets, many people before few.
fn standing(how: Match, named: &Named, home: Option<Point>) -> (u8, bool, u8, Reverse<u32>) {
    let near = is_near(home, named);
    let people = named.population.unwrap_or(0);
    let rank = match named.kind {
        NameKind::Area(PlaceKind::Custom) => NameKind::Village.rank(),
        kind => kind.rank(),
    };
    let how = match how {
        Match::Whole | Match::Short => 0,
        Match::Alias => 1,
        Match::Inner => 2,
    };
    (how, !near, rank, Reverse(people))
}

/// Whether a name is in the directory's own area. Most are told to be outside by latitude alone.
fn is_near(home: Option<Point>, named: &Named) -> bool {
    home.is_some_and(|home| {
        (home.lat - named.point.lat).abs() < 0.25 && Metres::between(home, named.point).0 <= HOME
    })
}
