//! Every address that a page links to.
//!
//! A noun's address is its id, then its name as a slug, then what belongs to it:
//! `/services/{id}/{slug}/print`. The id alone is enough; the slug may change.

use std::fmt::Display;

use url::form_urlencoded::byte_serialize;

use crate::{
    domain::{LocationId, NeedId, OrganisationId, PartnershipId, PlaceCode, ServiceId},
    search::Question,
};

mod commissioning;
mod handing;
mod keeping;

pub use commissioning::*;
pub use handing::*;
pub use keeping::*;

/// The first page.
pub const HOME: &str = "/";
/// Every need, by group.
pub const NEEDS: &str = "/needs";
/// What this is, whose facts it holds, and how it treats people's data.
pub const ABOUT: &str = "/about";
/// The sources of facts and their licences.
pub const SOURCES: &str = "/about#sources";
/// How programs use the directory.
pub const API: &str = "/api";
/// The whole API in the words of `OpenAPI`.
pub const OPENAPI: &str = "/api/v1/openapi.json";
/// An ordinary page of another site, for somebody who must not be seen here.
pub const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";
/// How a search is logged, which is not at all, and what else is kept.
pub const PRIVACY: &str = "/privacy";
/// Who can use this, and what is not right yet.
pub const ACCESSIBILITY: &str = "/accessibility";
/// How to search, and whom to ask instead.
pub const HELP: &str = "/help";
/// Where a search form is sent.
pub const SEARCH: &str = "/search";
/// Where the filter of the map is sent.
pub const SEARCH_MAP: &str = "/search/map";
/// Everything that may be asked, in one form.
pub const SOMEBODY: &str = "/search/somebody";
/// Suggestions while typing.
pub const SUGGEST: &str = "/suggest";

/// The results of a question.
#[must_use]
pub fn search(question: &Question) -> String {
    with_query(SEARCH, question)
}

/// The form for everything that may be asked, filled with a question.
#[must_use]
pub fn somebody(question: &Question) -> String {
    with_query(SOMEBODY, question)
}

/// The results of a question as a list and a map.
#[must_use]
pub fn search_map(question: &Question) -> String {
    with_query(SEARCH_MAP, question)
}

/// The results of a question on paper.
#[must_use]
pub fn search_print(question: &Question) -> String {
    with_query("/search/print", question)
}

/// What there is near a place as somebody would type it.
#[must_use]
pub fn search_near(place: &str) -> String {
    search(&Question { near: place.to_owned(), ..Question::default() })
}

/// What answers a need anywhere.
#[must_use]
pub fn search_need(need: &NeedId) -> String {
    search(&Question { needs: vec![need.clone()], ..Question::default() })
}

/// Everything in a place.
#[must_use]
pub fn search_place(code: &PlaceCode) -> String {
    search(&Question::about_place(code))
}

/// What answers a need in a place.
#[must_use]
pub fn search_need_in(need: &NeedId, code: &PlaceCode) -> String {
    search(&Question { needs: vec![need.clone()], ..Question::about_place(code) })
}

/// A service's listing.
#[must_use]
pub fn service(id: ServiceId, name: &str) -> String {
    noun("services", id, name)
}

/// What was changed in a listing.
#[must_use]
pub fn history(id: ServiceId, name: &str) -> String {
    of_service(id, name, "history")
}

/// Where somebody says what is wrong with a listing.
#[must_use]
pub fn report(id: ServiceId, name: &str) -> String {
    of_service(id, name, "report")
}

/// A service's listing for somebody at a place, which then says whether it serves them.
#[must_use]
pub fn service_for(id: ServiceId, name: &str, near: &str) -> String {
    let listing = service(id, name);
    if near.is_empty() {
        return listing;
    }
    let near: String = byte_serialize(near.as_bytes()).collect();
    format!("{listing}?near={near}")
}

/// An organisation.
#[must_use]
pub fn organisation(id: OrganisationId, name: &str) -> String {
    noun("organisations", id, name)
}

/// A venue.
#[must_use]
pub fn location(id: LocationId, name: &str) -> String {
    noun("locations", id, name)
}

/// A partnership.
#[must_use]
pub fn partnership(id: PartnershipId, name: &str) -> String {
    noun("partnerships", id, name)
}

/// A place.
#[must_use]
pub fn place(code: &PlaceCode, name: &str) -> String {
    noun("places", segment(code.as_str()), name)
}

/// What a need covers, and how people say it.
#[must_use]
pub fn need(id: &NeedId) -> String {
    format!("{NEEDS}/{}", segment(id.as_str()))
}

/// Lower-case letters, digits and hyphens: a name as part of an address.
#[must_use]
pub fn slug(name: &str) -> String {
    let folded = crate::store::folded_name(name);
    let plain = folded.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').take(60);
    plain.collect::<String>().split_whitespace().collect::<Vec<_>>().join("-")
}

fn noun(kind: &str, id: impl Display, name: &str) -> String {
    match slug(name).as_str() {
        "" => format!("/{kind}/{id}"),
        slug => format!("/{kind}/{id}/{slug}"),
    }
}

/// What belongs to a listing, under its name.
fn of_service(id: ServiceId, name: &str, part: &str) -> String {
    match slug(name).as_str() {
        "" => format!("/services/{id}/listing/{part}"),
        slug => format!("/services/{id}/{slug}/{part}"),
    }
}

fn segment(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

fn with_query(path: &str, question: &Question) -> String {
    let asked =
        Question { page: question.page.max(1), per_page: per_page(question), ..question.clone() };
    match asked.address().as_str() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// A question made in code leaves the length of a page open.
fn per_page(question: &Question) -> usize {
    if question.per_page == 0 { crate::search::PER_PAGE } else { question.per_page }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nouns_address_is_its_id_and_its_name() {
        let id = ServiceId::derive("test", "1");
        assert_eq!(
            service(id, "St. John’s Café & Garden"),
            format!("/services/{id}/st-johns-cafe-and-garden")
        );
        assert_eq!(service(id, "日本"), format!("/services/{id}"));
    }

    #[test]
    fn what_is_looked_for_is_escaped_in_an_address() {
        assert_eq!(search_near("St Helens & more"), "/search?near=St+Helens+%26+more");
        assert_eq!(search(&Question::default()), "/search");
        assert_eq!(need(&NeedId::from("a/b c")), "/needs/a%2Fb%20c");
    }
}
