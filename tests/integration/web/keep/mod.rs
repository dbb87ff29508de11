//! Looking after a listing: from a mail in two presses, and signed in.

mod brings;
mod by_mail;
mod doors;
mod life;
mod proposals;
mod sections;
mod words;

use hereabouts::{
    app::App,
    domain::{Capacity, Proposal, Role, Service},
    keeping::{LINK_LASTS, Secret},
    store::Reading,
};

use crate::harness::{
    Page, Site,
    people::{Browser, provider, service, tester, with_role},
};

pub(super) const OWN: &str = "Growing together";
pub(super) const OTHER: &str = "Ring round";

pub(super) fn jean() -> hereabouts::domain::Person {
    provider("jean", &[OWN])
}

pub(super) fn own(rest: &str) -> String {
    format!("/manage/services/{}{rest}", service(OWN))
}

pub(super) fn ruth() -> hereabouts::domain::Person {
    with_role("ruth", Role::Steward, Some("E08000010"))
}

pub(super) fn waiting(app: &App) -> Vec<Proposal> {
    app.store.list_waiting_proposals(10).unwrap()
}

pub(super) fn changes(app: &App) -> String {
    format!("/steward/changes/{}", waiting(app)[0].id)
}

/// What a steward sends who presses this on the page as it is.
pub(super) async fn press(
    site: &Site,
    browser: &Browser,
    path: &str,
    what: &str,
    with: &[(&str, &str)],
) -> Page {
    let mut fields = browser.get(site, path).await.filled();
    fields.retain(|(name, _)| with.iter().all(|(other, _)| other != name));
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", what));
    fields.extend(with);
    browser.post(site, path, &fields).await
}

/// A link about a listing as a mail would hold it.
pub(super) fn link_for(app: &App, person: &hereabouts::domain::Person, listing: &str) -> String {
    let secret = Secret::new().unwrap();
    let (hash, id, listing, ends) =
        (secret.hash(), person.id, service(listing), app.clock.now() + LINK_LASTS);
    let make = move |changes: &mut hereabouts::store::Changes<'_>| {
        changes.make_link(&hash, id, Some(listing), ends)
    };
    app.store.change(&tester(), app.clock.now(), make).unwrap();
    format!("/confirm/{}", secret.reveal())
}

pub(super) fn stored(app: &App, listing: &str) -> Service {
    app.store.get_service(service(listing)).unwrap()
}

pub(super) fn statements(app: &App, listing: &str) -> Vec<Capacity> {
    app.store.list_capacity_of(service(listing)).unwrap()
}

/// The content that a page's form was made from.
pub(super) fn shown(page: &Page) -> String {
    hidden(page, "shown")
}

/// The version of a listing as it is stored.
pub(super) fn stored_version(app: &App, listing: &str) -> String {
    app.store.versioned_service(service(listing)).unwrap().unwrap().version.0.to_string()
}

/// The version that a page's form was made for.
pub(super) fn version(page: &Page) -> String {
    hidden(page, "version")
}

/// What a page's forms say was seen.
pub(super) fn seen(page: &Page) -> String {
    hidden(page, "seen")
}

pub(super) fn hidden(page: &Page, name: &str) -> String {
    let inputs = page.all("input");
    let found = inputs.iter().find(|input| input.attribute("name") == Some(name));
    found.unwrap().attribute("value").unwrap().to_owned()
}

/// A statement about a listing, from this moment on.
pub(super) fn say(app: &App, listing: &str, fields: serde_json::Value) {
    let mut said = serde_json::json!({
        "id": hereabouts::domain::CapacityId::derive("test", &fields.to_string()),
        "service": service(listing), "status": "open",
        "as_of": "2026-11-21T09:00:00Z", "by": { "role": "feed", "name": "Bookings" },
        "source": "program", "lapses_at": "2026-12-21T09:00:00Z",
    });
    for (field, value) in fields.as_object().unwrap() {
        said[field] = value.clone();
    }
    let said: Capacity = serde_json::from_value(said).unwrap();
    app.store.change(&tester(), app.clock.now(), move |c| c.save_capacity(&said)).unwrap();
}
