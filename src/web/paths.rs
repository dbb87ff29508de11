//! Every address that a page links to.
//!
//! A noun's address is its id, then its name as a slug, then what belongs to it:
//! `/services/{id}/{slug}/print`. The id alone is enough; the slug may change.

use std::fmt::Display;

use url::form_urlencoded::{self, byte_serialize};

use crate::{
    domain::{
        ClaimId, LocationId, NeedId, OrganisationId, PartnershipId, PlaceCode, ProposalId,
        ReportId, ServiceId,
    },
    keeping::Section,
    search::Question,
};

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
/// Suggestions while typing.
pub const SUGGEST: &str = "/suggest";

/// Where somebody says who they are.
pub const SIGN_IN: &str = "/sign-in";
/// What is said once a link to sign in was asked for.
pub const SIGN_IN_SENT: &str = "/sign-in/sent";
/// Where somebody sets out to the provider that signs them in, and where it sends them back to.
pub const OPENID: &str = "/sign-in/openid";
pub const OPENID_BACK: &str = "/sign-in/openid/back";
/// Where a session ends.
pub const SIGN_OUT: &str = "/sign-out";
/// Who has signed in, and what they may do.
pub const ACCOUNT: &str = "/account";
/// Ends every session of whoever asks.
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// The listings that somebody looks after.
pub const MANAGE: &str = "/manage";
/// Those who look after the same listings.
pub const PEOPLE: &str = "/manage/people";
/// Where one is let in, and let out.
pub const PEOPLE_ADD: &str = "/manage/people/add";
pub const PEOPLE_REMOVE: &str = "/manage/people/remove";
/// A new listing.
pub const ADD: &str = "/add";
/// What waits for a steward.
pub const STEWARD: &str = "/steward";
/// How the listings of a steward's part stand.
pub const HEALTH: &str = "/steward/health";
/// Whom a steward may ring, because nobody has confirmed a listing for long.
pub const CALLS: &str = "/steward/calls";
/// Mails of the demonstration.
pub const OUTBOX: &str = "/outbox";
/// What is said once a new link about a listing was asked for.
pub const CONFIRM_SENT: &str = "/confirm/sent";

/// Where to sign in on the way to another page of the directory.
#[must_use]
pub fn sign_in(next: &str) -> String {
    going_on(SIGN_IN, next)
}

/// The same by way of the provider.
#[must_use]
pub fn openid(next: &str) -> String {
    going_on(OPENID, next)
}

/// A page to go to after signing in: one of those for members, and nothing else that was written
/// into an address.
#[must_use]
pub fn onward(next: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-".contains(c);
    let is_ours = [ACCOUNT, MANAGE, STEWARD].contains(&next)
        || next.starts_with("/manage/")
        || next.starts_with("/steward/");
    let sound = is_ours && next.len() <= 200 && next.chars().all(is_plain);
    if sound { next.to_owned() } else { String::new() }
}

/// A mailed link to sign in.
#[must_use]
pub fn sign_in_by(link: &str) -> String {
    format!("{SIGN_IN}/{}", segment(link))
}

/// A mailed link about a listing.
#[must_use]
pub fn confirm(link: &str) -> String {
    format!("/confirm/{}", segment(link))
}

/// Where a new one is asked for.
#[must_use]
pub fn confirm_again(link: &str) -> String {
    format!("/confirm/{}/again", segment(link))
}

/// A listing as somebody looks after it.
#[must_use]
pub fn keep(id: ServiceId) -> String {
    format!("{MANAGE}/services/{id}")
}

/// What belongs to looking after a listing: `confirm`, `door`, `history`.
#[must_use]
pub fn keep_part(id: ServiceId, part: &str) -> String {
    format!("{MANAGE}/services/{id}/{part}")
}

/// The form of one section of a listing.
#[must_use]
pub fn keep_section(id: ServiceId, section: Section) -> String {
    keep_part(id, &format!("edit/{}", section.key()))
}

/// Where somebody says that a listing is theirs to look after.
#[must_use]
pub fn claim(id: ServiceId, name: &str) -> String {
    format!("{}/claim", service(id, name))
}

/// A mailed link of somebody who says so.
#[must_use]
pub fn claim_link(link: &str) -> String {
    format!("/claims/{}", segment(link))
}

/// A claim, for a steward.
#[must_use]
pub fn steward_claim(id: ClaimId) -> String {
    format!("{STEWARD}/claims/{id}")
}

/// Changes that wait for a steward.
#[must_use]
pub fn steward_changes(id: ProposalId) -> String {
    format!("{STEWARD}/changes/{id}")
}

/// Where a steward takes back what was decided of changes.
#[must_use]
pub fn steward_changes_undo(id: ProposalId) -> String {
    format!("{}/undo", steward_changes(id))
}

/// The listings behind a figure about a steward's part: of all of it, or of a place inside it.
#[must_use]
pub fn health_listings(what: &str, part: Option<&str>, place: Option<&str>, page: usize) -> String {
    let page = (page > 1).then(|| page.to_string());
    let asked = [("what", Some(what)), ("part", part), ("place", place), ("page", page.as_deref())];
    let asked = asked.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
    format!("{HEALTH}/listings?{query}")
}

/// A page of the call list.
#[must_use]
pub fn calls(page: usize) -> String {
    on_page(CALLS, page)
}

/// A page of the call list on paper.
#[must_use]
pub fn calls_print(page: usize) -> String {
    on_page("/steward/calls/print", page)
}

/// The call list once so many were confirmed.
#[must_use]
pub fn calls_done(count: usize) -> String {
    format!("{CALLS}?done={count}")
}

fn on_page(path: &str, page: usize) -> String {
    if page > 1 { format!("{path}?page={page}") } else { path.to_owned() }
}

/// A mail of the demonstration.
#[must_use]
pub fn outbox(number: u64) -> String {
    format!("{OUTBOX}/{number}")
}

/// The results of a question.
#[must_use]
pub fn search(question: &Question) -> String {
    with_query(SEARCH, question)
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
    match slug(name).as_str() {
        "" => format!("/services/{id}/listing/history"),
        slug => format!("/services/{id}/{slug}/history"),
    }
}

/// Where somebody says what is wrong with a listing.
#[must_use]
pub fn report(id: ServiceId, name: &str) -> String {
    match slug(name).as_str() {
        "" => format!("/services/{id}/listing/report"),
        slug => format!("/services/{id}/{slug}/report"),
    }
}

/// One report, for a steward.
#[must_use]
pub fn steward_report(id: ReportId) -> String {
    format!("{STEWARD}/reports/{id}")
}

/// Where it is taken back how a report was ended.
#[must_use]
pub fn steward_undo(id: ReportId) -> String {
    format!("{STEWARD}/reports/{id}/undo")
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

fn going_on(path: &str, next: &str) -> String {
    if next.is_empty() { path.to_owned() } else { format!("{path}?next={}", segment(next)) }
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
    fn signing_in_leads_only_to_pages_for_members() {
        assert_eq!(onward("/manage/services/0192f0a4"), "/manage/services/0192f0a4");
        let elsewhere = [
            "https://evil.example",
            "//evil.example",
            "/manage//evil",
            "/search",
            "/manage/../x",
            "/manage\r\nSet-Cookie: a=b",
            "/managers",
            "/manage/?a=b",
        ];
        for next in elsewhere {
            assert!(onward(next).is_empty() || onward(next).starts_with("/manage/"), "{next}");
        }
        assert_eq!(onward("//evil.example/manage/"), "");
        assert_eq!(onward("/manage/../x"), "");
    }

    #[test]
    fn what_is_looked_for_is_escaped_in_an_address() {
        assert_eq!(search_near("St Helens & more"), "/search?near=St+Helens+%26+more");
        assert_eq!(search(&Question::default()), "/search");
        assert_eq!(need(&NeedId::from("a/b c")), "/needs/a%2Fb%20c");
    }
}
