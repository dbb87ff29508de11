//! The largest question that is answered. Beyond these a search gives [`SearchError::TooMany`].

use crate::error::SearchError;
use crate::query::{Filter, Group, Query, Text, Where};

/// Hits passed over before the page; further on, narrowing serves people better.
pub const OFFSET: usize = 1_000;
/// Hits on one page.
pub const LIMIT: usize = 1_000;
/// Groups to find, and groups to leave out.
pub const GROUPS: usize = 32;
/// Ways in which what was typed may be a name.
pub const NAMES: usize = 8;
/// Texts in all groups together.
pub const TEXTS: usize = 512;
/// Words in all texts together.
pub const WORDS: usize = 2_048;
/// Bytes of all words together.
pub const WORD_BYTES: usize = 65_536;
/// Needs and facts in all groups together.
pub const NEEDS: usize = 10_000;
/// Codes of places.
pub const CODES: usize = 50_000;
/// Filters, and facets to count.
pub const FILTERS: usize = 64;
/// Values in all filters together.
pub const VALUES: usize = 10_000;
/// Vertices of a shape.
pub const VERTICES: usize = 200_000;
/// Circumstances of a person.
pub const CIRCUMSTANCES: usize = 256;
/// Values that are listed of one facet, the commonest; those chosen come in addition.
pub const FACET_VALUES: usize = 500;

pub(crate) fn check(query: &Query) -> Result<(), SearchError> {
    at_most("results passed over", query.page.offset, OFFSET)?;
    at_most("results on a page", query.page.limit, LIMIT)?;
    at_most("names", query.called.len(), NAMES)?;
    check_groups(query)?;
    check_place(&query.place)?;
    at_most("filters", query.filters.len(), FILTERS)?;
    at_most("demands", query.must.len(), FILTERS)?;
    at_most("facets", query.facets.len(), FILTERS)?;
    let values = |filter: &Filter| filter.any_of.len();
    at_most("filter values", query.filters.iter().map(values).sum(), VALUES)?;
    let person = &query.person;
    at_most("circumstances", person.circumstances.len(), CIRCUMSTANCES)?;
    at_most("circumstances implied", person.implied.len(), CIRCUMSTANCES)
}

fn check_groups(query: &Query) -> Result<(), SearchError> {
    at_most("groups", query.groups.len(), GROUPS)?;
    at_most("groups left out", query.without.len(), GROUPS)?;
    let groups = || query.groups.iter().chain(&query.without);
    let texts = || groups().flat_map(|group: &Group| &group.text);
    let words = || texts().flat_map(Text::words);
    at_most("texts", texts().count(), TEXTS)?;
    at_most("words", words().count(), WORDS)?;
    at_most("bytes of words", words().map(String::len).sum(), WORD_BYTES)?;
    let wanted = |group: &Group| group.needs.len() + group.facts.len();
    at_most("needs and facts", groups().map(wanted).sum(), NEEDS)
}

fn check_place(place: &Where) -> Result<(), SearchError> {
    match place {
        Where::Anywhere => Ok(()),
        Where::Person { codes, .. } => at_most("place codes", codes.len(), CODES),
        Where::Area { codes, whole, venue_codes, shape, .. } => {
            let total = codes.len() + whole.len() + venue_codes.len();
            at_most("place codes", total, CODES)?;
            let rings = shape.iter().flat_map(|shape| shape.polygons.iter().flatten());
            at_most("vertices", rings.map(Vec::len).sum(), VERTICES)
        }
    }
}

fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), SearchError> {
    if found <= most {
        return Ok(());
    }
    Err(SearchError::TooMany { what, found, most })
}
