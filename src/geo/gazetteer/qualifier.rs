//! "Leigh, Wigan", "Newton in St Helens", "Ashton (Makerfield)": a name, and what tells it from
//! others of the name.

use super::{Gazetteer, by_name::area_key, choose::Hit};
use crate::{
    domain::{PlaceKind, Point},
    geo::{
        Metres,
        names::{Match, fold},
    },
};

/// A qualifier that is another place is this near: Newton near Wigan.
const BESIDE: Metres = Metres(15_000.0);
/// No name has more words.
const MOST_WORDS: usize = 12;

/// Words that are said around a name.
const BEFORE: [&str; 8] = ["near", "nr", "around", "in", "at", "by", "close to", "the"];
const AFTER: [&str; 9] =
    ["please", "area", "town centre", "city centre", "centre", "uk", "england", "town", "city"];

/// The text without words that are only said around a name; never nothing.
#[must_use]
pub fn bare(folded: &str) -> &str {
    let mut text = folded;
    while let Some(rest) = BEFORE.iter().find_map(|word| text.strip_prefix(word)?.strip_prefix(' '))
    {
        text = rest;
    }
    while let Some(rest) = AFTER.iter().find_map(|word| text.strip_suffix(word)?.strip_suffix(' '))
    {
        text = rest;
    }
    text
}

impl Gazetteer {
    /// What a text names, as a whole or as a name and a qualifier; nothing where neither fits.
    pub(super) fn named_by(&self, text: &str) -> Vec<Hit<'_>> {
        let whole = fold(text);
        for folded in [whole.as_str(), bare(&whole)] {
            let hits = self.hits(folded);
            if !hits.is_empty() {
                return hits;
            }
        }
        divisions(text)
            .iter()
            .map(|(name, qualifier)| self.qualified(name, bare(qualifier)))
            .find(|hits| !hits.is_empty())
            .unwrap_or_default()
    }

    /// The first part of an address that is a name, where its qualifier says nothing to us:
    /// "Leigh, Lancs".
    pub(super) fn named_in_part(&self, text: &str) -> Vec<Hit<'_>> {
        let parts = text.split([',', '(', ')', '/']).map(fold).filter(|part| !part.is_empty());
        let parts: Vec<String> = parts.take(MOST_WORDS).collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        let found = parts.iter().map(|part| self.hits(bare(part))).find(|hits| !hits.is_empty());
        found.unwrap_or_default()
    }

    /// Of what is called this, those which the qualifier fits best: by their council, county or
    /// region, else by the rest of their own name, else by a place beside them.
    fn qualified(&self, name: &str, qualifier: &str) -> Vec<Hit<'_>> {
        let mut hits = self.hits(name);
        if hits.is_empty() {
            hits = self.hits(bare(name));
        }
        if hits.is_empty() || qualifier.is_empty() {
            return Vec::new();
        }
        let key = area_key(qualifier);
        let within: Vec<Hit<'_>> =
            hits.iter().filter(|hit| self.lies_in_named(hit, &key)).copied().collect();
        if !within.is_empty() {
            return within;
        }
        let rest: Vec<Hit<'_>> = hits
            .iter()
            .filter(|hit| hit.how > Match::Whole && has_end(&fold(&hit.named.name), qualifier))
            .copied()
            .collect();
        if !rest.is_empty() {
            return rest;
        }
        let beside: Vec<Point> = self.hits(qualifier).iter().map(|hit| hit.named.point).collect();
        hits.retain(|hit| {
            let apart = |point: &Point| Metres::between(*point, hit.named.point);
            beside.iter().any(|point| apart(point) <= BESIDE)
        });
        hits
    }

    fn lies_in_named(&self, hit: &Hit<'_>, key: &str) -> bool {
        let above = self.council_and_above(hit.named);
        above.iter().filter_map(|code| self.place_ref(code)).any(|place| {
            area_key(&place.name) == *key
                || place.kind == PlaceKind::Council
                    && hit.named.code.as_ref() != Some(&place.code)
                    && area_key(&place.name).starts_with(&format!("{key} "))
        })
    }
}

fn has_end(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|front| front.ends_with(' '))
}

/// The ways in which a text may be a name and its qualifier, likeliest first: at a comma or
/// bracket, at "in" or "near", then before its last words.
fn divisions(text: &str) -> Vec<(String, String)> {
    let mut ways = Vec::new();
    if let Some((name, qualifier)) = text.split_once([',', '(']) {
        // "Leigh, Wigan, Greater Manchester": the nearest qualifier tells most.
        let first = qualifier.split(',').next().unwrap_or_default();
        ways.push((fold(name), fold(first)));
        ways.push((fold(name), fold(qualifier)));
    }
    let folded = fold(text);
    for link in [" in ", " near ", " nr "] {
        if let Some((name, qualifier)) = folded.split_once(link) {
            ways.push((name.to_owned(), qualifier.to_owned()));
        }
    }
    let gaps: Vec<usize> = folded.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS).collect();
    for at in gaps.into_iter().rev() {
        let (name, qualifier) = folded.split_at(at);
        ways.push((name.to_owned(), qualifier.trim_start().to_owned()));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_said_around_a_name_fall_away() {
        assert_eq!(bare("near the wigan area please"), "wigan");
        assert_eq!(bare("wigan town centre"), "wigan");
        assert_eq!(bare("in"), "in");
        assert_eq!(bare("the area"), "area");
    }
}
