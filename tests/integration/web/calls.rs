//! The call list, and confirming after a phone round.

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{AuthorRole, Person, Role, ServiceStatus},
    store::{Reading, Subject},
};
use serde_json::json;

use crate::harness::{
    CONFIDENTIAL, Listing, Page, Site, now,
    people::{
        Browser, at, directory_with, provider, save_people, service, signed_in, tester, with_role,
    },
    town,
};

const CALLS: &str = "/steward/calls";

fn ruth() -> Person {
    with_role("ruth", Role::Steward, Some("E08000010"))
}

fn confirmed(at: &str, role: &str) -> serde_json::Value {
    json!({ "confirmed": { "at": at, "by": { "role": role, "name": "Ann" } } })
}

/// The town, with some that are due to be confirmed.
fn listings() -> Vec<Listing> {
    let mut listings = town();
    listings.push(
        Listing::new("Never asked", "Tea.")
            .with(json!({ "upkeep": { "imported": "2026-05-01T09:00:00Z" } })),
    );
    listings.push(Listing::new("Long ago", "Cake.").with(json!({
        "upkeep": confirmed("2024-01-01T09:00:00Z", "provider"),
        "contacts": [
            { "phone": "01942 000111", "visibility": "stewards", "name": "Night desk" },
            { "phone": "01942 555000", "name": "Jo", "phone_note": "mornings" },
        ],
        "sessions": [{ "schedule": { "days": ["TU"], "opens": "10:00:00", "closes": "12:00:00" } }],
    })));
    listings.push(
        Listing::new("Lately", "Buns.")
            .with(json!({ "upkeep": confirmed("2026-10-01T09:00:00Z", "provider") })),
    );
    listings.push(Listing::new("In Bolton", "Pie.").with(json!({
        "upkeep": confirmed("2024-01-01T09:00:00Z", "provider"),
        "footprint": { "parts": [{ "part": "place", "code": "E08000001", "kind": "council" }] },
    })));
    listings
}

fn directory() -> (App, Site) {
    directory_with(&listings(), &[ruth(), with_role("rob", Role::Steward, Some("E08000001"))])
}

fn names(page: &Page) -> Vec<String> {
    page.with_class("govuk-checkboxes__label").iter().map(|label| label.text()).collect()
}

fn seen(page: &Page, name: &str) -> (String, String) {
    let field = format!("seen-{}", service(name));
    let inputs = page.all("input");
    let found = inputs.iter().find(|input| input.attribute("name") == Some(&field)).unwrap();
    (field, found.attribute("value").unwrap().to_owned())
}

/// Ticks these as they stand on a page, and sends the form.
async fn confirm(browser: &Browser, site: &Site, page: &Page, ticked: &[&str]) -> Page {
    let seen: Vec<(String, String)> = ticked.iter().map(|name| seen(page, name)).collect();
    let ids: Vec<String> = ticked.iter().map(|name| service(name).to_string()).collect();
    let ticks = ids.iter().map(|id| ("tick", id.as_str()));
    let fields: Vec<(&str, &str)> =
        ticks.chain(seen.iter().map(|(name, value)| (name.as_str(), value.as_str()))).collect();
    browser.post(site, CALLS, &fields).await
}

#[tokio::test]
async fn those_never_confirmed_come_first_and_then_the_longest_ago() {
    let (app, site) = directory();
    let browser = signed_in(&app, &ruth(), None);
    let page = browser.get(&site, CALLS).await;
    page.keeps_the_rules();
    assert_eq!(names(&page), ["Never asked", "Long ago", "Old bowls"]);
    let text = page.text();
    for said in [
        "01942 555000",
        "Jo, mornings",
        "Tuesdays, 10am to noon",
        "1 January 2024, by its provider",
        "Last reminder: none was sent",
        "3 listings to ring about",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // A number that everybody may see goes before one for stewards.
    assert!(!text.contains("01942 000111"), "{text}");
    let paper = browser.get(&site, &page.link("Print this page").unwrap()).await;
    paper.keeps_the_rules();
    let text = paper.text();
    assert!(text.contains("01942 555000") && text.contains("Printed 22 November 2026"), "{text}");
}

#[tokio::test]
async fn a_phone_round_confirms_as_a_steward_and_what_changed_meanwhile_is_named() {
    let (app, site) = directory();
    let browser = signed_in(&app, &ruth(), None);
    let page = browser.get(&site, CALLS).await;
    let mut changed = app.store.get_service(service("Long ago")).unwrap();
    changed.summary = "Pie now.".to_owned();
    app.store.change(&tester(), now(), move |c| c.save_service(&changed)).unwrap();
    let done = confirm(&browser, &site, &page, &["Never asked", "Long ago"]).await;
    assert_eq!(done.status, 409);
    done.keeps_the_rules();
    assert!(done.title().starts_with("Error: "));
    let summary = done.with_class("govuk-error-summary")[0].text();
    assert!(summary.contains("Long ago") && !summary.contains("Never asked"), "{summary}");
    assert!(summary.contains("1 listing is confirmed"), "{summary}");
    assert_eq!(names(&done), ["Long ago", "Old bowls"]);
    let right = app.store.get_service(service("Never asked")).unwrap().upkeep.confirmed.unwrap();
    assert_eq!((right.at, right.by.role), (now(), AuthorRole::Steward));
    let last = app.store.changes_of(&Subject::Service(service("Never asked")), 1).unwrap();
    assert_eq!(last[0].actor.route, hereabouts::domain::Route::Steward);
    let history = format!("/manage/services/{}/history", service("Never asked"));
    let history = browser.get(&site, &history).await;
    assert!(
        history.text().contains("Confirmed22 November 2026, by a steward"),
        "{}",
        history.text()
    );
    // Looked at again, it is as it was seen.
    let done = confirm(&browser, &site, &done, &["Long ago"]).await;
    assert_eq!(done.header(header::LOCATION), "/steward/calls?done=1");
    let after = browser.get(&site, "/steward/calls?done=1").await;
    after.keeps_the_rules();
    assert!(after.text().contains("1 listing is confirmed"));
    assert_eq!(names(&after), ["Old bowls"]);
    // The same address another day says nothing of it.
    let later = at(&app, "2026-11-22T12:20:00Z");
    let later = browser.get(&later, "/steward/calls?done=1").await;
    assert!(!later.text().contains("1 listing is confirmed"), "{}", later.text());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn somebody_who_is_its_provider_too_confirms_as_the_steward_who_rang() {
    let (app, site) = directory();
    let mut both = provider("both", &["Old bowls"]);
    both.grants.extend(ruth().grants);
    save_people(&app, std::slice::from_ref(&both));
    let browser = signed_in(&app, &both, None);
    let page = browser.get(&site, CALLS).await;
    confirm(&browser, &site, &page, &["Old bowls"]).await;
    let confirmed = app.store.get_service(service("Old bowls")).unwrap().upkeep.confirmed.unwrap();
    assert_eq!(confirmed.by.role, AuthorRole::Steward);
}

#[tokio::test]
async fn nothing_of_another_part_is_listed_or_confirmed() {
    let (app, site) = directory();
    let ruths = signed_in(&app, &ruth(), None);
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let robs = signed_in(&app, &rob, None);
    let page = robs.get(&site, CALLS).await;
    assert_eq!(names(&page), ["In Bolton"]);
    let theirs = ruths.get(&site, CALLS).await;
    let (field, value) = seen(&theirs, "Old bowls");
    let (own_field, own_value) = seen(&page, "In Bolton");
    let (own, other) = (service("In Bolton").to_string(), service("Old bowls").to_string());
    // A form with somebody else's listing in it confirms none, the own one neither.
    let fields =
        [("tick", own.as_str()), ("tick", &other), (&field, &value), (&own_field, &own_value)];
    assert_eq!(robs.post(&site, CALLS, &fields).await.status, 403);
    let unknown = service("Nobody").to_string();
    for (tick, status) in [(other.as_str(), 403), (unknown.as_str(), 404), ("nonsense", 400)] {
        let page = robs.post(&site, CALLS, &[("tick", tick), (&field, &value)]).await;
        assert_eq!(page.status, status, "{tick}");
    }
    let keyless = robs.post_bare(&site, CALLS, &[("tick", &own), (&own_field, &own_value)]).await;
    assert_eq!(keyless.status, 401);
    for name in ["Old bowls", "In Bolton"] {
        let upkeep = app.store.get_service(service(name)).unwrap().upkeep;
        assert_ne!(upkeep.confirmed.unwrap().at, now(), "{name}");
    }
}

#[tokio::test]
async fn a_form_that_says_nothing_or_lies_about_what_was_seen_confirms_nothing() {
    let (app, site) = directory();
    let browser = signed_in(&app, &ruth(), None);
    let none = browser.post(&site, CALLS, &[]).await;
    assert_eq!(none.status, 422);
    none.keeps_the_rules();
    assert!(none.text().contains("Tick the listings that you rang about"), "{}", none.text());
    let id = service("Old bowls").to_string();
    let unseen = browser.post(&site, CALLS, &[("tick", &id)]).await;
    assert_eq!(unseen.status, 409);
    let page = browser.get(&site, CALLS).await;
    let mut hidden = app.store.get_service(service("Long ago")).unwrap();
    hidden.status = ServiceStatus::Inactive;
    app.store.change(&tester(), now(), move |c| c.save_service(&hidden)).unwrap();
    let gone = confirm(&browser, &site, &page, &["Long ago"]).await;
    assert_eq!(gone.status, 409);
    let ids: Vec<String> = (0..26).map(|n| service(&n.to_string()).to_string()).collect();
    let many: Vec<(&str, &str)> = ids.iter().map(|id| ("tick", id.as_str())).collect();
    assert_eq!(browser.post(&site, CALLS, &many).await.status, 400);
}

#[tokio::test]
async fn those_without_a_number_stand_apart_and_pages_hold_twenty_five() {
    let mut listings = listings();
    for n in 0..30 {
        let name: &'static str = Box::leak(format!("Class {n:02}").into_boxed_str());
        let upkeep = json!({ "imported": "2026-01-01T09:00:00Z" });
        listings.push(Listing::new(name, "A class.").with(json!({ "upkeep": upkeep })));
    }
    let (app, site) = directory_with(&listings, &[ruth()]);
    for name in ["Class 00", "Never asked"] {
        let id = hereabouts::domain::OrganisationId::derive("test", name);
        let mut silent = app.store.get_organisation(id).unwrap();
        silent.contacts.clear();
        app.store.change(&tester(), now(), move |c| c.save_organisation(&silent)).unwrap();
    }
    let browser = signed_in(&app, &ruth(), None);
    let first = browser.get(&site, CALLS).await;
    first.keeps_the_rules();
    assert_eq!(names(&first).len(), 25);
    assert!(!first.text().contains("No phone number"));
    assert!(first.text().contains("2 more are without a number"), "{}", first.text());
    let second = browser.get(&site, "/steward/calls?page=2").await;
    second.keeps_the_rules();
    assert_eq!(names(&second).len(), 6);
    let silent: Vec<String> =
        second.with_class("ha-ways__title").iter().map(|title| title.text()).collect();
    assert_eq!(silent, ["Class 00", "Never asked"]);
    browser.get(&site, "/steward/calls/print?page=2").await.keeps_the_rules();
    assert_eq!(browser.get(&site, "/steward/calls?page=3").await.header(header::LOCATION), CALLS);
}

#[tokio::test]
async fn a_hidden_address_stands_on_no_call_list() {
    let (app, site) = directory();
    let mut refuge = app.store.get_service(service("Quiet harbour")).unwrap();
    refuge.upkeep.confirmed = None;
    app.store.change(&tester(), now(), move |c| c.save_service(&refuge)).unwrap();
    let browser = signed_in(&app, &ruth(), None);
    for path in [CALLS, "/steward/calls/print"] {
        let page = browser.get(&site, path).await;
        assert!(page.text().contains("Quiet harbour"), "{path}");
        for hidden in CONFIDENTIAL {
            assert!(!page.html.contains(hidden), "{path}: {hidden}");
        }
    }
}

#[tokio::test]
async fn when_nobody_is_due_there_is_nobody_to_ring() {
    let (app, site) = directory_with(&[Listing::new("Fresh", "Tea.")], &[ruth()]);
    let page = signed_in(&app, &ruth(), None).get(&site, CALLS).await;
    page.keeps_the_rules();
    assert!(page.text().contains("There is nobody to ring"));
}
