//! The life of a listing: begun, sent, copied, taken down, shown again.

use axum::http::header;
use hereabouts::domain::{Role, ServiceStatus};

use super::sections::{done, send};
use crate::harness::{
    people::{directory_with, service, signed_in, tester, town_with, with_role},
    town,
};

use super::*;

/// The eight answers of a new listing.
pub(super) const ANSWERS: &[(&str, &str)] = &[
    ("name", "Tuesday table"),
    ("summary", "A meal for whoever is on their own."),
    ("needs", "loneliness"),
    ("for", "Anybody in Wigan"),
    ("delivery", "in-person"),
    ("v0-name", "The new hall"),
    ("v0-postcode", "WN1 1AA"),
    ("s0-words", "Tuesdays at noon"),
    ("phone", "01942 123456"),
];

#[tokio::test]
async fn a_new_listing_takes_eight_answers_and_a_steward() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let form = jeans.get(&site, "/add").await;
    form.keeps_the_rules();
    let without: Vec<(&str, &str)> =
        ANSWERS.iter().copied().filter(|(name, _)| *name != "needs").collect();
    let missing = jeans.post(&site, "/add", &without).await;
    assert_eq!(missing.status, 422);
    assert!(
        missing.text().contains("at least one thing") && missing.html.contains("Tuesday table")
    );
    missing.keeps_the_rules();
    let begun = jeans.post(&site, "/add", ANSWERS).await;
    assert_eq!(done(&begun), "begun", "{}", begun.text());
    let path = begun.header(header::LOCATION).split('?').next().unwrap().to_owned();
    let mine = jeans.get(&site, &path).await;
    mine.keeps_the_rules();
    assert!(mine.text().contains("Nobody sees this listing yet"));
    app.search.follow().unwrap();
    let public = path.replace("/manage", "");
    assert_eq!(site.get(&public).await.status, 404);
    let found = site.get("/search?q=tuesday+table").await;
    assert!(!found.cards().contains(&"Tuesday table".to_owned()));
    // Everything of it can be changed freely while nobody sees it.
    let needs = format!("{path}/edit/needs");
    let named = send(&site, &jeans, &needs, &[("name", "Tuesday meal")]).await;
    assert_eq!(done(&named), "live");
    assert_eq!(done(&jeans.post(&site, &format!("{path}/do"), &[("do", "list")]).await), "asked");
    let queue = ruths.get(&site, "/steward").await;
    assert!(queue.text().contains("A new listing: Tuesday meal"), "{}", queue.text());
    assert_eq!(ruths.get(&site, &changes(&app)).await.heading(), "A new listing");
    assert_eq!(press(&site, &ruths, &changes(&app), "approve", &[]).await.status, 303);
    app.search.follow().unwrap();
    assert_eq!(site.get(&public).await.heading(), "Tuesday meal");
    assert_eq!(site.get("/search?q=tuesday+meal").await.cards()[0], "Tuesday meal");
    // Who sent it said with it that it is right.
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let confirmed = app.store.get_service(id).unwrap().upkeep.confirmed.unwrap();
    assert_eq!((confirmed.at, confirmed.by.name.as_str()), (app.clock.now(), "the provider"));
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn a_new_listing_without_a_venue_says_which_places_it_serves() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut fields: Vec<(&str, &str)> =
        ANSWERS.iter().copied().filter(|(name, _)| !name.starts_with("v0")).collect();
    let nowhere = jeans.post(&site, "/add", &fields).await;
    assert_eq!(nowhere.status, 422);
    assert!(nowhere.text().contains("say which places it serves"), "{}", nowhere.text());
    fields.push(("places", "Wigan"));
    let begun = jeans.post(&site, "/add", &fields).await;
    assert_eq!(done(&begun), "begun", "{}", begun.text());
    let id = begun.header(header::LOCATION).rsplit('/').next().unwrap().split('?').next().unwrap();
    let service = app.store.get_service(id.parse().unwrap()).unwrap();
    assert_eq!(service.footprint.unwrap().parts.len(), 1);
}

#[tokio::test]
async fn a_listing_is_begun_only_for_ones_own_organisation() {
    let kwame = with_role("kwame", Role::LinkWorker, None);
    let (app, site) = town_with(&[jean(), kwame.clone()]);
    let kwames = signed_in(&app, &kwame, None);
    assert!(kwames.get(&site, "/add").await.text().contains("You look after no organisation"));
    assert_eq!(kwames.post(&site, "/add", ANSWERS).await.status, 403);
    let other = hereabouts::domain::OrganisationId::derive("test", OTHER).to_string();
    let jeans = signed_in(&app, &jean(), None);
    let mut fields = ANSWERS.to_vec();
    fields.push(("organisation", &other));
    let begun = jeans.post(&site, "/add", &fields).await;
    let id = begun.header(header::LOCATION).rsplit('/').next().unwrap().split('?').next().unwrap();
    let service = app.store.get_service(id.parse().unwrap()).unwrap();
    assert_eq!(service.organisation, hereabouts::domain::OrganisationId::derive("test", OWN));
}

#[tokio::test]
async fn a_listing_is_taken_down_at_once_and_shown_again_by_who_took_it_down() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let public = format!("/services/{}", service(OWN));
    let ask = jeans.get(&site, &own("/withdraw")).await;
    ask.keeps_the_rules();
    let gone = press(&site, &jeans, &own("/withdraw"), "", &[("why", "The hall is closed.")]).await;
    assert_eq!(done(&gone), "withdrawn", "{}", gone.text());
    app.search.follow().unwrap();
    assert_eq!(site.get(&public).await.status, 410);
    assert!(!site.get("/search?q=growing+together").await.cards().contains(&OWN.to_owned()));
    jeans.get(&site, gone.header(header::LOCATION)).await.keeps_the_rules();
    jeans.get(&site, "/manage").await.keeps_the_rules();
    let again = |version: String| [("do", "list-again".to_owned()), ("version", version)];
    let fields = again(stored_version(&app, OWN));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(done(&jeans.post(&site, &own("/do"), &fields).await), "listed");
    assert_eq!(site.get(&public).await.status, 200);
    // What a steward hides that its provider had taken down already, stays hidden too.
    press(&site, &jeans, &own("/withdraw"), "", &[]).await;
    let id = hereabouts::domain::ReportId::derive("test", "unsafe");
    let report = hereabouts::domain::Report {
        id,
        service: service(OWN),
        reason: hereabouts::domain::ReportReason::Unsafe,
        words: None,
        at: app.clock.now(),
        closed: None,
        asked: None,
    };
    let save = move |changes: &mut hereabouts::store::Changes<'_>| changes.save_report(&report);
    app.store.change(&tester(), app.clock.now(), save).unwrap();
    let hide = [("do", "hide"), ("why", "It is not safe.")];
    assert_eq!(ruths.post(&site, &format!("/steward/reports/{id}"), &hide).await.status, 303);
    let fields = again(stored_version(&app, OWN));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(jeans.post(&site, &own("/do"), &fields).await.status, 403);
    assert_eq!(done(&ruths.post(&site, &own("/do"), &fields).await), "listed");
    // What a steward takes down, its provider does not show again.
    press(&site, &ruths, &own("/withdraw"), "", &[]).await;
    let fields = again(stored_version(&app, OWN));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(jeans.post(&site, &own("/do"), &fields).await.status, 403);
    assert_eq!(stored(&app, OWN).status, ServiceStatus::Inactive);
    assert_eq!(done(&ruths.post(&site, &own("/do"), &fields).await), "listed");
}

#[tokio::test]
async fn a_copy_is_begun_like_it_and_can_be_thrown_away() {
    let (app, site) = directory_with(&town(), &[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let copied = jeans.post(&site, &own("/do"), &[("do", "copy")]).await;
    assert_eq!(done(&copied), "copied", "{}", copied.text());
    let path = copied.header(header::LOCATION).split('?').next().unwrap().to_owned();
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let copy = app.store.get_service(id).unwrap();
    assert_eq!(
        (copy.status, copy.name.as_str()),
        (ServiceStatus::Draft, "Copy of Growing together")
    );
    assert!(copy.upkeep.confirmed.is_none());
    assert_eq!(copy.venues[0].location, stored(&app, OWN).venues[0].location);
    assert_ne!(copy.venues[0].id, stored(&app, OWN).venues[0].id);
    assert_eq!(jeans.post(&site, &own("/do"), &[("do", "throw-away")]).await.status, 409);
    let thrown = jeans.post(&site, &format!("{path}/do"), &[("do", "throw-away")]).await;
    assert_eq!(thrown.header(header::LOCATION), "/manage");
    assert!(app.store.find_service(id).unwrap().is_none());
    // Whoever came by a mail came for one listing.
    let by_mail = signed_in(&app, &jean(), Some(OWN));
    assert_eq!(by_mail.post(&site, &own("/do"), &[("do", "copy")]).await.status, 403);
    assert_eq!(app.store.check(), Ok(vec![]));
}
