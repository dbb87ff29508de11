//! Where a feed says otherwise than those who look after a listing: shown, taken or left.

use std::collections::BTreeMap;

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{FieldSource, Role, Route, Service},
    store::Reading,
};
use serde_json::{Value, json};

use super::super::harness::{
    Page, Site,
    people::{Browser, service, signed_in, tester, town_with, with_role},
};

const OWN: &str = "Growing together";
const PAGE: &str = "/steward/imports";

fn stored(app: &App) -> Service {
    app.store.get_service(service(OWN)).unwrap()
}

/// What a feed says of a listing at its next import.
fn say(app: &App, stated: &[(&str, Value)]) {
    let stated: BTreeMap<String, Value> =
        stated.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
    let note = move |changes: &mut hereabouts::store::Changes<'_>| {
        changes.note_conflicts(service(OWN), "council", &stated)
    };
    app.store.change(&tester(), app.clock.now(), note).unwrap();
}

/// Presses a button of the first conflict of the page.
async fn press(site: &Site, browser: &Browser, what: &str) -> Page {
    let all = browser.get(site, PAGE).await.filled();
    let names = ["service", "source", "field", "version", "stated"];
    let first = |name: &&str| {
        let found = all.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let values: Vec<String> = names.iter().map(first).collect();
    let mut fields: Vec<(&str, &str)> =
        names.into_iter().zip(values.iter().map(String::as_str)).collect();
    fields.push(("do", what));
    browser.post(site, PAGE, &fields).await
}

#[tokio::test]
async fn a_conflict_is_shown_by_field_and_decided_by_a_steward_of_the_listing() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = town_with(&[ruth.clone(), rob.clone()]);
    let (ruths, robs) = (signed_in(&app, &ruth, None), signed_in(&app, &rob, None));
    let page = ruths.get(&site, PAGE).await;
    page.keeps_the_rules();
    assert!(page.text().contains("No feed says otherwise"), "{}", page.text());
    let mut own = stored(&app);
    let said = FieldSource {
        source: "the provider".to_owned(),
        route: Route::Owner,
        at: app.clock.now(),
        licence: None,
    };
    own.provenance.fields.insert("summary".to_owned(), said);
    app.store.change(&tester(), app.clock.now(), move |c| c.save_service(&own)).unwrap();
    let venues = json!([]);
    say(
        &app,
        &[
            ("summary", json!("As the feed has it <b>")),
            ("alert", json!("Shut")),
            ("venues", venues),
        ],
    );
    let page = ruths.get(&site, PAGE).await;
    page.keeps_the_rules();
    let text = page.text();
    assert!(text.contains("In 2 places a feed says otherwise"), "venues are no feed’s: {text}");
    assert!(
        text.contains("As the provider has it") && text.contains("As council has it"),
        "{text}"
    );
    assert!(page.html.contains("As the feed has it &lt;b&gt;"));
    let queue = ruths.get(&site, "/steward").await;
    assert!(queue.text().contains("In 2 places a feed says otherwise"), "{}", queue.text());
    assert!(robs.get(&site, PAGE).await.text().contains("No feed says otherwise"));
    // The notice stays, until the feed says something else.
    let before = stored(&app);
    let left = press(&site, &ruths, "leave").await;
    assert_eq!(left.header(header::LOCATION), "/steward/imports?done=left", "{}", left.text());
    assert_eq!(stored(&app), before);
    say(&app, &[("summary", json!("As the feed has it <b>")), ("alert", json!("Shut"))]);
    assert!(ruths.get(&site, PAGE).await.text().contains("In 1 place a feed"));
    say(&app, &[("summary", json!("As the feed has it <b>")), ("alert", json!("Open again"))]);
    assert!(ruths.get(&site, PAGE).await.text().contains("In 2 places a feed"));
    say(&app, &[("summary", json!("As the feed has it <b>"))]);
    // The line is taken, and is the feed's from then on.
    let page = ruths.get(&site, PAGE).await;
    let taken = press(&site, &ruths, "take").await;
    assert_eq!(taken.header(header::LOCATION), "/steward/imports?done=taken", "{}", taken.text());
    let after = stored(&app);
    assert_eq!(after.summary, "As the feed has it <b>");
    assert!(after.provenance.fields.get("summary").is_none_or(|said| said.route == Route::Feed));
    let done = ruths.get(&site, "/steward/imports?done=taken").await;
    done.keeps_the_rules();
    assert!(done.text().contains("No feed says otherwise"), "{}", done.text());
    // Pressed again on the page as it was, by somebody else, and about nothing.
    let fields = page.filled();
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", "take"));
    assert_eq!(ruths.post(&site, PAGE, &fields).await.status, 409);
    assert_eq!(robs.post(&site, PAGE, &fields).await.status, 403);
    assert_eq!(ruths.post(&site, PAGE, &[("do", "take")]).await.status, 400);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn hours_and_access_of_a_listing_are_shown_where_a_feed_says_otherwise() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let (app, site) = town_with(&[ruth.clone()]);
    let ruths = signed_in(&app, &ruth, None);
    let sessions = json!([{ "schedule": { "days": ["FR"], "opens": "14:00:00" } }]);
    say(&app, &[("sessions", sessions), ("access", json!({ "parking": "no" }))]);
    let page = ruths.get(&site, PAGE).await;
    page.keeps_the_rules();
    let text = page.text();
    assert!(text.contains("In 2 places a feed says otherwise"), "{text}");
    assert!(text.contains("Fridays") && text.contains("Parking"), "{text}");
    for _ in 0..2 {
        assert_eq!(press(&site, &ruths, "take").await.status, 303);
    }
    let taken = stored(&app);
    assert_eq!(taken.sessions[0].schedule.weekdays().count(), 1);
    assert_eq!(taken.access.len(), 1);
    assert_eq!(taken.venues.len(), 1, "its venues are its own");
}

#[tokio::test]
async fn a_steward_of_everything_says_which_feed_is_believed_first() {
    let amara = with_role("amara", Role::Steward, None);
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let (app, site) = town_with(&[amara.clone(), ruth.clone()]);
    let known = |changes: &mut hereabouts::store::Changes<'_>| {
        let to = hereabouts::store::Subject::Service(service(OWN));
        changes.save_key("council <1>", "1", &to)?;
        changes.save_key("nhs", "1", &to)
    };
    app.store.change(&tester(), app.clock.now(), known).unwrap();
    let (amaras, ruths) = (signed_in(&app, &amara, None), signed_in(&app, &ruth, None));
    let page = amaras.get(&site, PAGE).await;
    page.keeps_the_rules();
    assert!(page.text().contains("Give it the next place"), "{}", page.text());
    assert!(!ruths.get(&site, PAGE).await.text().contains("Give it the next place"));
    let order = || app.store.trust_order().unwrap().0;
    for (what, source, expect) in [
        ("up", "council <1>", vec!["council <1>"]),
        ("up", "nhs", vec!["council <1>", "nhs"]),
        ("up", "nhs", vec!["nhs", "council <1>"]),
        ("up", "nhs", vec!["nhs", "council <1>"]),
        ("out", "nhs", vec!["council <1>"]),
    ] {
        let shown = order().join("\n");
        let fields = [("do", what), ("source", source), ("order", &shown)];
        assert_eq!(amaras.post(&site, PAGE, &fields).await.status, 303);
        assert_eq!(order(), expect);
    }
    let page = amaras.get(&site, "/steward/imports?done=moved").await;
    page.keeps_the_rules();
    assert!(page.text().contains("1. council <1>"), "{}", page.text());
    // Somebody else, a feed that there is not, and nothing.
    ruths.get(&site, PAGE).await;
    let mine = [("do", "up"), ("source", "nhs")];
    assert_eq!(ruths.post(&site, PAGE, &mine).await.status, 403);
    let made_up = [("do", "up"), ("source", "made up"), ("order", "council <1>")];
    assert_eq!(amaras.post(&site, PAGE, &made_up).await.status, 409);
    // Pressed twice, as the order was before the first.
    let old = [("do", "up"), ("source", "nhs"), ("order", "")];
    assert_eq!(amaras.post(&site, PAGE, &old).await.status, 409);
    assert_eq!(order(), ["council <1>"]);
    assert_eq!(app.store.check(), Ok(vec![]));
}
