//! Doors: stated, confirmed, lapsing.

use hereabouts::{
    config,
    domain::{Capacity, CapacityStatus},
};

use crate::harness::{
    Listing, Site,
    people::{
        at, directory_with, provider, save_people, service, signed_in, tester, town_with, with_role,
    },
};

use super::*;

#[tokio::test]
async fn a_door_counts_everywhere_at_once_and_stops_when_it_lapses() {
    let listing = Listing::new("Chess", "Chess for anybody.")
        .with(serde_json::json!({ "needs": ["loneliness"] }));
    let ann = provider("ann", &["Chess"]);
    let (app, site) = directory_with(&[listing], &[ann.clone()]);
    let browser = signed_in(&app, &ann, None);
    let path = format!("/manage/services/{}", service("Chess"));
    let open = "/search?q=chess&open=1";
    assert!(site.get(open).await.cards().is_empty());
    let door = [("status", "waiting-list"), ("weeks", "3"), ("note", "Ring Ann first")];
    let saved = browser.post(&site, &format!("{path}/door"), &door).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    app.search.follow().unwrap();
    let page = site.get("/search?q=chess").await;
    assert!(page.text().contains("Waiting list, about 3 weeks"), "{}", page.text());
    let opened = at(&app, "2026-11-22T12:30:00Z");
    let door = [("status", "open")];
    browser.post(&opened, &format!("{path}/door"), &door).await;
    app.search.follow().unwrap();
    for moment in ["2026-11-22T12:30:01Z", "2026-12-22T12:29:59Z"] {
        let then = at(&app, moment);
        assert_eq!(then.get(open).await.cards(), ["Chess"], "{moment}");
        assert!(
            then.get(&format!("/services/{}", service("Chess")))
                .await
                .text()
                .contains("Taking people")
        );
    }
    let lapsed = at(&app, "2026-12-22T12:30:00Z");
    assert!(lapsed.get(open).await.cards().is_empty());
    let listing = lapsed.get(&format!("/services/{}", service("Chess"))).await;
    assert!(listing.text().contains("Not known if taking people"), "{}", listing.text());
}

#[tokio::test]
async fn a_pause_ends_after_its_last_day() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    let pause =
        [("status", "paused"), ("until-day", "6"), ("until-month", "1"), ("until-year", "2027")];
    assert_eq!(browser.post(&site, &path, &pause).await.status, 303);
    assert_eq!(statements(&app, OWN)[0].lapses_at.to_string(), "2027-01-07T00:00:00Z");
    let over =
        [("status", "paused"), ("until-day", "6"), ("until-month", "1"), ("until-year", "2026")];
    let refused = browser.post(&site, &path, &over).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("must not be over"), "{}", refused.text());
    let typed = refused.by_id("until-year").unwrap().attribute("value").map(str::to_owned);
    assert_eq!(typed.as_deref(), Some("2026"));
    refused.keeps_the_rules();
}

#[tokio::test]
async fn who_says_how_it_is_everywhere_means_every_venue() {
    let venue = serde_json::json!({
        "id": hereabouts::domain::ServiceAtLocationId::derive("test", "Chess"),
        "location": hereabouts::domain::LocationId::derive("test", "Chess"),
    });
    let listing = Listing::new("Chess", "Chess.").at("The hall", 53.5475, -2.6290).said(
        "full",
        "2026-11-20T09:00:00Z",
        "2026-12-20T09:00:00Z",
    );
    let ann = provider("ann", &["Chess"]);
    let (app, site) = directory_with(&[listing], &[ann.clone()]);
    let at_venue: Capacity = serde_json::from_value(serde_json::json!({
        "id": hereabouts::domain::CapacityId::derive("test", "at the venue"),
        "service": service("Chess"), "venue": venue["id"], "status": "full",
        "as_of": "2026-11-21T09:00:00Z", "by": { "role": "provider", "name": "x" },
        "source": "page", "lapses_at": "2026-12-21T09:00:00Z",
    }))
    .unwrap();
    app.store.change(&tester(), app.clock.now(), move |c| c.save_capacity(&at_venue)).unwrap();
    let browser = signed_in(&app, &ann, None);
    let path = format!("/manage/services/{}/door", service("Chess"));
    browser.post(&site, &path, &[("status", "open")]).await;
    app.search.follow().unwrap();
    assert_eq!(site.get("/search?q=chess&near=WN1+1AA&open=1").await.cards(), ["Chess"]);
}

#[tokio::test]
async fn pressing_twice_says_it_once() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    for _ in 0..2 {
        let fields = [("seen", seen(&page))];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(browser.post(&site, &format!("{path}/confirm"), &fields).await.status, 303);
        assert_eq!(
            browser.post(&site, &format!("{path}/door"), &[("status", "full")]).await.status,
            303
        );
    }
    assert_eq!(statements(&app, OWN).len(), 3, "as loaded, confirmed, full");
}

#[tokio::test]
async fn capacity_lasts_as_long_as_the_operator_says() {
    let mut config = config::Config::default();
    config.keeping.capacity_days = 7;
    let app = crate::harness::app(&crate::harness::town(), config);
    save_people(&app, &[jean()]);
    let site = Site::over(app.clone());
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    browser.post(&site, &path, &[("status", "full")]).await;
    assert_eq!(statements(&app, OWN)[0].lapses_at.to_string(), "2026-11-29T12:00:00Z");
}

#[tokio::test]
async fn a_statement_about_a_venue_that_has_gone_holds_nothing_up() {
    let (app, site) = town_with(&[jean()]);
    let venue = hereabouts::domain::ServiceAtLocationId::derive("test", OWN);
    say(&app, OWN, serde_json::json!({ "venue": venue, "status": "full" }));
    let mut without = stored(&app, OWN);
    without.venues.clear();
    app.store.change(&tester(), app.clock.now(), move |c| c.save_service(&without)).unwrap();
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    let confirmed =
        browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    assert_eq!(confirmed.status, 303, "{}", confirmed.text());
    let said = browser.post(&site, &format!("{path}/door"), &[("status", "full")]).await;
    assert_eq!(said.status, 303, "{}", said.text());
}

#[tokio::test]
async fn nobody_vouches_for_a_door_that_they_did_not_see() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    say(&app, OWN, serde_json::json!({ "status": "full" }));
    let refused = browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    assert_eq!(refused.status, 409);
    let again = [("seen", seen(&refused))];
    let again: Vec<(&str, &str)> = again.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(browser.post(&site, &format!("{path}/confirm"), &again).await.status, 303);
    assert_eq!(statements(&app, OWN)[0].status, CapacityStatus::Full);
}

#[tokio::test]
async fn confirming_brings_no_older_door_back() {
    let (app, _) = town_with(&[jean()]);
    // A program whose clock is a minute ahead says open, and a day later full.
    say(&app, OWN, serde_json::json!({ "as_of": "2026-11-22T11:00:00Z" }));
    say(&app, OWN, serde_json::json!({ "as_of": "2026-11-22T12:01:00Z", "status": "full" }));
    let site = at(&app, "2026-11-22T12:05:00Z");
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    assert!(page.text().contains("Full"), "{}", page.text());
    browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    let after = browser.get(&site, &path).await;
    assert!(after.text().contains("Full said by the provider"), "{}", after.text());
}

#[tokio::test]
async fn a_door_that_is_put_right_at_once_is_put_right() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    browser.post(&site, &path, &[("status", "paused")]).await;
    let until =
        [("status", "paused"), ("until-day", "6"), ("until-month", "1"), ("until-year", "2027")];
    browser.post(&site, &path, &until).await;
    assert_eq!(statements(&app, OWN)[0].lapses_at.to_string(), "2027-01-07T00:00:00Z");
}

#[tokio::test]
async fn what_is_said_of_a_sensitive_listing_a_steward_looks_at_first() {
    let owner = provider("owner", &["Quiet harbour"]);
    let ruth = with_role("ruth", hereabouts::domain::Role::Steward, None);
    let (app, site) = town_with(&[owner.clone(), ruth.clone()]);
    let (theirs, ruths) = (signed_in(&app, &owner, None), signed_in(&app, &ruth, None));
    let path = format!("/manage/services/{}", service("Quiet harbour"));
    let form = theirs.get(&site, &format!("{path}/edit/words")).await;
    assert!(form.text().contains("a steward looks at every change first"), "{}", form.text());
    form.keeps_the_rules();
    let before = stored(&app, "Quiet harbour");
    let then = shown(&form);
    let words = [("shown", then.as_str()), ("summary", "At 7 Hidden Row.")];
    let sent = theirs.post(&site, &format!("{path}/edit/words"), &words).await;
    assert!(sent.header(axum::http::header::LOCATION).ends_with("?done=sent"));
    assert_eq!(stored(&app, "Quiet harbour"), before);
    let door = [("status", "open"), ("note", "Ring at 7 Hidden Row")];
    let refused = theirs.post(&site, &format!("{path}/door"), &door).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.title().contains("Quiet harbour"), "{}", refused.title());
    assert_eq!(
        theirs.post(&site, &format!("{path}/door"), &[("status", "open")]).await.status,
        303
    );
    let form = ruths.get(&site, &format!("{path}/edit/words")).await;
    let seen = shown(&form);
    let words = [("shown", seen.as_str()), ("summary", "Help after leaving somebody.")];
    let saved = ruths.post(&site, &format!("{path}/edit/words"), &words).await;
    assert!(saved.header(axum::http::header::LOCATION).ends_with("?done=live"));
    assert_eq!(stored(&app, "Quiet harbour").summary, "Help after leaving somebody.");
}

#[tokio::test]
async fn nothing_that_tells_of_a_patient_is_taken() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    let door = [("status", "open"), ("note", "Kept for 999 123 4519")];
    let refused = browser.post(&site, &path, &door).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("what looks like an NHS number"), "{}", refused.text());
    assert_eq!(statements(&app, OWN).len(), 1);
}
