//! The addresses of those who look after the directory: signing in, their listings, the stewards'.

use url::form_urlencoded;

use super::{REFERRALS, segment, service};
use crate::{
    domain::{ClaimId, OrganisationId, ProposalId, ReportId, ServiceId, SynonymId, UploadId},
    keeping::Section,
};

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
/// Whether somebody is asked by mail.
pub const ACCOUNT_REMINDERS: &str = "/account/reminders";
/// Ends every session of whoever asks.
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// The listings that somebody looks after.
pub const MANAGE: &str = "/manage";
/// Many listings at once, in a spreadsheet.
pub const SHEETS: &str = "/manage/sheets";
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
/// Listings that may be the same.
pub const DUPLICATES: &str = "/steward/duplicates";
/// Listings whose pages no longer answer.
pub const DEAD_LINKS: &str = "/steward/links";
/// Where records came from, and where a feed says otherwise.
pub const IMPORTS: &str = "/steward/imports";
/// What people ask for and hardly find, and what they call needs.
pub const WORDS: &str = "/steward/words";
/// What words could mean.
pub const WORD: &str = "/steward/words/look";
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
    let is_ours = [ACCOUNT, MANAGE, STEWARD, REFERRALS].contains(&next)
        || ["/manage/", "/steward/", "/referrals/"].iter().any(|ours| next.starts_with(ours))
        || (next.starts_with("/services/") && next.ends_with("/refer"));
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

/// Where a steward takes back what was decided of a claim.
#[must_use]
pub fn steward_claim_undo(id: ClaimId) -> String {
    format!("{}/undo", steward_claim(id))
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

/// A page of listings that may be the same.
#[must_use]
pub fn duplicates(page: usize) -> String {
    on_page(DUPLICATES, page)
}

/// Two organisations side by side.
#[must_use]
pub fn organisations_twice(first: OrganisationId, second: OrganisationId) -> String {
    format!("{DUPLICATES}/organisations/{first}/{second}")
}

/// What may be the same, once something was done with two organisations.
#[must_use]
pub fn organisations_done(done: &str, (first, second): (OrganisationId, OrganisationId)) -> String {
    format!("{DUPLICATES}?done={done}&first={first}&second={second}")
}

/// Where the other listing of the same service is looked for.
#[must_use]
pub fn twin(id: ServiceId) -> String {
    format!("{DUPLICATES}/with/{id}")
}

/// Two listings side by side.
#[must_use]
pub fn duplicate(first: ServiceId, second: ServiceId) -> String {
    format!("{DUPLICATES}/{first}/{second}")
}

/// The listings that may be the same, once something was done with two of them.
#[must_use]
pub fn duplicates_done(done: &str, (first, second): (ServiceId, ServiceId)) -> String {
    format!("{DUPLICATES}?done={done}&first={first}&second={second}")
}

/// A page of the listings whose pages no longer answer.
#[must_use]
pub fn dead_links(page: usize) -> String {
    on_page(DEAD_LINKS, page)
}

/// A page of what feeds say otherwise.
#[must_use]
pub fn imports(page: usize) -> String {
    on_page(IMPORTS, page)
}

/// What words could mean; with a need, what it would change were they one kind of it or the same.
#[must_use]
pub fn word(words: &str, need: &str, is_kind: bool) -> String {
    let how = if is_kind { "kind" } else { "" };
    let asked = [("words", words), ("need", need), ("how", how)];
    let asked = asked.into_iter().filter(|(_, value)| !value.is_empty());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).finish();
    format!("{WORD}?{query}")
}

/// The desk of words once something was done with some; where a phrase was added, with its id.
#[must_use]
pub fn words_done(done: &str, words: &str, added: Option<SynonymId>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("done", done).append_pair("words", words);
    if let Some(id) = added {
        query.append_pair("added", &id.to_string());
    }
    format!("{WORDS}?{}", query.finish())
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

/// Where one press in a mail stops the mails that ask.
#[must_use]
pub fn reminders(token: &str) -> String {
    format!("/reminders/{}", segment(token))
}

/// A sheet that was sent.
#[must_use]
pub fn sheet(id: UploadId) -> String {
    format!("{SHEETS}/{id}")
}

/// A page of what a sheet would change.
#[must_use]
pub fn sheet_page(id: UploadId, page: usize) -> String {
    on_page(&sheet(id), page)
}

/// The rows of a sheet that have to be put right.
#[must_use]
pub fn sheet_to_mend(id: UploadId) -> String {
    format!("{}/to-mend.csv", sheet(id))
}

/// A sheet of one's listings, as CSV or as a workbook. `of` says which, as in the address of the
/// listings behind a figure; one's own where it is empty.
#[must_use]
pub fn sheet_of(ending: &str, of: &str) -> String {
    let of = if of.is_empty() { String::new() } else { format!("?{of}") };
    format!("{SHEETS}/listings.{ending}{of}")
}

/// A mail of the demonstration.
#[must_use]
pub fn outbox(number: u64) -> String {
    format!("{OUTBOX}/{number}")
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

fn going_on(path: &str, next: &str) -> String {
    if next.is_empty() { path.to_owned() } else { format!("{path}?next={}", segment(next)) }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
