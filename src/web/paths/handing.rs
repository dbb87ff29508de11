//! Addresses of what is handed over: shortlists, and what a listing is taken along as.

use url::form_urlencoded;

use crate::{
    domain::{NeedId, ReferralId, ServiceId},
    referring::{ShortlistKey, short_code},
};

/// Where a listing is put on a shortlist; to whoever has one, that list.
pub const SHORTLISTS: &str = "/shortlists";
/// Where somebody says what is missing.
pub const GAP: &str = "/gap";
/// What people said is missing, for stewards.
pub const GAPS: &str = "/steward/gaps";
/// Where somebody asks to be mailed of changes.
pub const FOLLOW: &str = "/follow";
/// Services side by side.
pub const COMPARE: &str = "/compare";

/// Somebody's referrals, on whichever side of them they are.
pub const REFERRALS: &str = "/referrals";
/// The same as a table for one's own records.
pub const REFERRALS_CSV: &str = "/referrals/export.csv";

/// A form in which a listing or a shortlist is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Print,
    LargePrint,
    Leaflet,
    LargeLeaflet,
    Text,
    OneFile,
    Calendar,
    Team,
}

impl Form {
    fn part(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::LargePrint => "print?print=large",
            Self::Leaflet => "leaflet.pdf",
            Self::LargeLeaflet => "leaflet.pdf?print=large",
            Self::Text => "text",
            Self::OneFile => "one-file",
            Self::Calendar => "sessions.ics",
            Self::Team => "team",
        }
    }
}

/// A shortlist.
#[must_use]
pub fn shortlist(key: &ShortlistKey) -> String {
    format!("{SHORTLISTS}/{}", key.reveal())
}

/// A shortlist in a form to take along.
#[must_use]
pub fn shortlist_as(key: &ShortlistKey, form: Form) -> String {
    format!("{}/{}", shortlist(key), form.part())
}

/// A listing in a form to take along.
#[must_use]
pub fn service_as(id: ServiceId, name: &str, form: Form) -> String {
    super::of_service(id, name, form.part())
}

/// The QR code of a listing.
#[must_use]
pub fn qr(id: ServiceId, name: &str) -> String {
    super::of_service(id, name, "qr.svg")
}

/// A listing's short address, as it stands on paper.
#[must_use]
pub fn short(id: ServiceId) -> String {
    format!("/s/{}", short_code(id))
}

/// Services side by side.
#[must_use]
pub fn compare(ids: impl IntoIterator<Item = ServiceId>) -> String {
    let asked: Vec<String> = ids.into_iter().map(|id| format!("service={id}")).collect();
    format!("{COMPARE}?{}", asked.join("&"))
}

/// Where a link worker refers somebody to a listing.
#[must_use]
pub fn refer(id: ServiceId, name: &str) -> String {
    super::of_service(id, name, "refer")
}

/// Where a link worker says how it went with a listing.
#[must_use]
pub fn how_it_went(id: ServiceId, name: &str) -> String {
    super::of_service(id, name, "how-it-went")
}

/// A referral.
#[must_use]
pub fn referral(id: ReferralId) -> String {
    format!("{REFERRALS}/{id}")
}

/// A referral, for whoever was mailed a link.
#[must_use]
pub fn referral_by(id: ReferralId, link: &str) -> String {
    format!("{REFERRALS}/{id}/by/{link}")
}

/// Where somebody says what is missing, with what is known of it filled in.
#[must_use]
pub fn gap(need: Option<&NeedId>, area: Option<&str>) -> String {
    let known = [("need", need.map(NeedId::as_str)), ("area", area)];
    let known = known.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish();
    if query.is_empty() { GAP.to_owned() } else { format!("{GAP}?{query}") }
}

/// Where somebody asks to be told when a service takes people again.
#[must_use]
pub fn follow_service(id: ServiceId) -> String {
    format!("{FOLLOW}?service={id}")
}

/// Where somebody asks to be told of changes in what answers a need in an area.
#[must_use]
pub fn follow_need(need: &NeedId, area: &str) -> String {
    let pairs = [("need", need.as_str()), ("area", area)];
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{FOLLOW}?{query}")
}

/// What somebody follows.
#[must_use]
pub fn followed(token: &str) -> String {
    format!("{FOLLOW}/{token}")
}

/// A page of ours to go back to, as a form names it; the shortlist where it names none.
#[must_use]
pub fn back(path: &str) -> &str {
    let is_plain = path.len() <= 4000 && path.bytes().all(|byte| byte.is_ascii_graphic());
    let is_ours = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    if is_plain && is_ours { path } else { SHORTLISTS }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_pages_of_ours_only() {
        assert_eq!(back("/search?q=a+b&near=WN1#r3"), "/search?q=a+b&near=WN1#r3");
        for elsewhere in ["", "https://a.example", "//a.example", "/\\a.example", "/a\r\nb", "/é"]
        {
            assert_eq!(back(elsewhere), SHORTLISTS, "{elsewhere}");
        }
    }
}
