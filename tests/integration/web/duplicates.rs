//! Listings that stand there twice: found, joined so that both addresses lead to one, or kept apart.

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{
        NeedId, Person, Role, Sensitivity, Service, ServiceAtLocation, ServiceAtLocationId,
        ServiceId, ServiceStatus,
    },
    keeping::{LINK_LASTS, Secret},
    store::Reading,
};

use super::super::harness::{
    Page, Site,
    people::{Browser, letters, provider, service, signed_in, tester, town_with, with_role},
};

const OWN: &str = "Growing together";
const TWIN: &str = "The growing together";

fn ruth() -> Person {
    with_role("ruth", Role::Steward, Some("E08000010"))
}

fn twin() -> ServiceId {
    ServiceId::derive("test", TWIN)
}

fn pair() -> String {
    format!("/steward/duplicates/{}/{}", service(OWN), twin())
}

/// Where a press leads.
fn once(done: &str) -> String {
    format!("/steward/duplicates?done={done}&first={}&second={}", service(OWN), twin())
}

fn stored(app: &App, id: ServiceId) -> Service {
    app.store.get_service(id).unwrap()
}

fn save(app: &App, service: Service) {
    let save = move |changes: &mut hereabouts::store::Changes<'_>| changes.save_service(&service);
    app.store.change(&tester(), app.clock.now(), save).unwrap();
    app.search.follow().unwrap();
}

/// The town with a listing that stands there twice.
fn twice(people: &[Person]) -> (App, Site) {
    let (app, site) = town_with(people);
    let own = stored(&app, service(OWN));
    let mut twin = Service { id: twin(), name: TWIN.to_owned(), venues: own.venues.clone(), ..own };
    twin.venues[0].id = ServiceAtLocationId::derive("test", "twin");
    twin.summary = "Beds and benches for all.".to_owned();
    twin.needs = vec![NeedId::from("gardening")];
    twin.aliases = vec!["Dig it".to_owned()];
    save(&app, twin);
    (app, site)
}

/// Presses a button of the page as it is, with what is chosen besides.
async fn press(site: &Site, browser: &Browser, what: &str, with: &[(&str, &str)]) -> Page {
    let mut fields = browser.get(site, &pair()).await.filled();
    fields.retain(|(name, _)| with.iter().all(|(other, _)| other != name));
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", what));
    fields.extend(with);
    browser.post(site, &pair(), &fields).await
}

async fn found(site: &Site) -> usize {
    let cards = site.get("/search?q=growing+together").await.cards();
    cards.iter().filter(|card| [OWN, TWIN].contains(&card.as_str())).count()
}

#[tokio::test]
async fn two_listings_are_joined_and_both_addresses_lead_to_one() {
    let jean = provider("jean", &[OWN]);
    let (app, site) = twice(&[jean, ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let before = (stored(&app, service(OWN)), stored(&app, twin()));
    assert_eq!(found(&site).await, 2);
    let queue = ruths.get(&site, "/steward").await;
    assert!(queue.text().contains("1 pair of listings"), "{}", queue.text());
    let list = ruths.get(&site, "/steward/duplicates").await;
    list.keeps_the_rules();
    assert!(list.text().contains("the same name, the same organisation"), "{}", list.text());
    let page = ruths.get(&site, &pair()).await;
    page.keeps_the_rules();
    assert!(page.text().contains("Beds and benches for all."));
    let done = press(&site, &ruths, "join", &[("part-summary", "second")]).await;
    assert_eq!(done.header(header::LOCATION), once("joined"), "{}", done.text());
    app.search.follow().unwrap();
    assert_eq!(found(&site).await, 1);
    let after = stored(&app, service(OWN));
    assert_eq!(after.summary, "Beds and benches for all.");
    assert!(after.needs.contains(&NeedId::from("gardening")));
    assert!(before.0.needs.iter().all(|need| after.needs.contains(need)));
    assert_eq!(after.aliases.last().map(String::as_str), Some("Dig it"));
    assert_eq!(after.venues, before.0.venues, "one venue, once");
    // Both addresses, for people and for programs.
    let old = site.get(&format!("/services/{}/x?near=Leigh", twin())).await;
    assert_eq!(old.status, 308);
    let to = old.header(header::LOCATION).to_owned();
    assert!(to.contains(&service(OWN).to_string()) && to.ends_with("near=Leigh"), "{to}");
    for rest in ["history", "report", "claim"] {
        assert_eq!(site.get(&format!("/services/{}/x/{rest}", twin())).await.status, 308, "{rest}");
    }
    let kept = ruths.get(&site, &format!("/manage/services/{}", twin())).await;
    assert_eq!(kept.header(header::LOCATION), format!("/manage/services/{}", service(OWN)));
    let told: Vec<String> =
        letters(&app).into_iter().map(|(to, letter)| format!("{to} {}", letter.subject)).collect();
    assert_eq!(told, ["jean@people.example Two listings are one now"]);
    assert_eq!(app.store.check(), Ok(vec![]));
    // And back.
    let list = ruths.get(&site, "/steward/duplicates?done=joined").await;
    list.keeps_the_rules();
    assert!(list.text().contains("Stands for “The growing together” too"), "{}", list.text());
    ruths.get(&site, &pair()).await.keeps_the_rules();
    let back = press(&site, &ruths, "back", &[]).await;
    assert_eq!(back.header(header::LOCATION), once("back"));
    app.search.follow().unwrap();
    assert_eq!(found(&site).await, 2);
    for (was, id) in [(before.0, service(OWN)), (before.1, twin())] {
        let now = stored(&app, id);
        let (upkeep, provenance) = (was.upkeep.clone(), was.provenance.clone());
        assert_eq!(Service { upkeep, provenance, ..now }, was);
    }
    assert_eq!(press(&site, &ruths, "back", &[]).await.status, 409);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn the_second_may_stay_and_take_the_venues_of_the_first() {
    let (app, site) = twice(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let own = stored(&app, service(OWN));
    let with = [("stays", "second"), ("part-sites", "first"), ("part-name", "first")];
    let done = press(&site, &ruths, "join", &with).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let after = stored(&app, twin());
    assert_eq!(after.name, OWN);
    assert_eq!(after.venues.len(), own.venues.len());
    assert_eq!(after.venues[0].sessions, own.venues[0].sessions);
    assert_ne!(after.venues[0].id, own.venues[0].id, "a venue is of one listing");
    assert_eq!(stored(&app, service(OWN)).status, ServiceStatus::Inactive);
    assert_eq!(site.get(&format!("/services/{}", service(OWN))).await.status, 308);
    assert_eq!(press(&site, &ruths, "back", &[]).await.status, 303);
    assert_eq!(stored(&app, service(OWN)).venues, own.venues);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn what_was_opened_before_they_were_joined_leads_to_the_one_that_stays() {
    let jean = provider("jean", &[OWN]);
    let (app, site) = twice(&[jean.clone(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean, None), signed_in(&app, &ruth(), None));
    let mailed = Secret::new().unwrap();
    let (hash, ends, person) = (mailed.hash(), app.clock.now() + LINK_LASTS, jean.id);
    let link = move |changes: &mut hereabouts::store::Changes<'_>| {
        changes.make_link(&hash, person, Some(twin()), ends)
    };
    app.store.change(&tester(), app.clock.now(), link).unwrap();
    assert_eq!(press(&site, &ruths, "join", &[]).await.status, 303);
    let door = [("status", "full"), ("do", "door")];
    let late = jeans.post(&site, &format!("/manage/services/{}/door", twin()), &door).await;
    assert_eq!(late.status, 409, "nothing is said of what nobody is shown");
    let mine = jeans.get(&site, "/manage").await;
    assert!(mine.text().contains(OWN) && !mine.text().contains(TWIN), "{}", mine.text());
    let path = format!("/confirm/{}", mailed.reveal());
    let seen = site.get(&path).await.filled();
    let mut fields: Vec<(&str, &str)> =
        seen.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", "right"));
    let confirmed = Browser::default().post_bare(&site, &path, &fields).await;
    let to = format!("/manage/services/{}?done=confirmed", service(OWN));
    assert_eq!(confirmed.header(header::LOCATION), to, "{}", confirmed.text());
    let copied = jeans
        .post(&site, &format!("/manage/services/{}/do", service(OWN)), &[("do", "copy")])
        .await;
    let id = copied.header(header::LOCATION).split('?').next().unwrap().to_owned();
    let copy = stored(&app, id.rsplit('/').next().unwrap().parse().unwrap());
    assert!(copy.stands_for.is_empty(), "a copy stands for nothing but itself");
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn what_was_shown_with_care_is_not_shown_by_setting_apart() {
    let (app, site) = twice(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let twin = Service { sensitivity: Sensitivity::Sensitive, ..stored(&app, twin()) };
    save(&app, twin);
    let with = [("part-sites", "second")];
    assert_eq!(press(&site, &ruths, "join", &with).await.status, 303);
    let after = stored(&app, service(OWN));
    assert_eq!(after.sensitivity, Sensitivity::Sensitive);
    // Another venue since then: which of them are whose cannot be told any more.
    let mut moved = after.clone();
    let id = ServiceAtLocationId::derive("test", "another");
    moved.venues.push(ServiceAtLocation { id, ..moved.venues[0].clone() });
    save(&app, moved);
    assert_eq!(press(&site, &ruths, "back", &[]).await.status, 303);
    assert_eq!(stored(&app, service(OWN)).sensitivity, Sensitivity::Sensitive);
}

#[tokio::test]
async fn two_that_are_two_are_asked_about_once() {
    let (app, site) = twice(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let done = press(&site, &ruths, "apart", &[]).await;
    assert_eq!(done.header(header::LOCATION), once("apart"));
    let list = ruths.get(&site, &once("apart")).await;
    list.keeps_the_rules();
    assert!(list.text().contains("No two listings"), "{}", list.text());
    assert!(list.html.contains("value=\"again\""), "a slip is taken back");
    let page = ruths.get(&site, &pair()).await;
    page.keeps_the_rules();
    assert!(page.text().contains("said that they are two"), "{}", page.text());
    assert_eq!(found(&site).await, 2);
    let again = press(&site, &ruths, "again", &[]).await;
    assert_eq!(again.header(header::LOCATION), once("again"));
    let list = ruths.get(&site, &once("again")).await;
    assert!(list.text().contains("1 pair may be the same"), "{}", list.text());
}

#[tokio::test]
async fn what_changed_since_it_was_looked_at_is_joined_by_nobody() {
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = twice(&[ruth(), rob.clone()]);
    let (ruths, robs) = (signed_in(&app, &ruth(), None), signed_in(&app, &rob, None));
    let fields = ruths.get(&site, &pair()).await.filled();
    let mut fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("do", "join"));
    save(&app, Service { alert: Some("Closed today".to_owned()), ..stored(&app, twin()) });
    let late = ruths.post(&site, &pair(), &fields).await;
    assert_eq!(late.status, 409);
    late.keeps_the_rules();
    assert!(stored(&app, twin()).joined.is_none());
    // A steward of elsewhere, and pairs that are none.
    assert_eq!(robs.get(&site, &pair()).await.status, 403);
    assert_eq!(robs.post(&site, &pair(), &fields).await.status, 403);
    assert!(robs.get(&site, "/steward/duplicates").await.text().contains("No two listings"));
    let same = format!("/steward/duplicates/{0}/{0}", service(OWN));
    assert_eq!(ruths.get(&site, &same).await.status, 404);
    assert_eq!(ruths.post(&site, &pair(), &[("do", "all")]).await.status, 400);
}

#[tokio::test]
async fn the_other_listing_is_found_by_its_name_or_by_any_words() {
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let jean = provider("jean", &[OWN]);
    let (app, site) = twice(&[ruth(), rob.clone(), jean.clone()]);
    let ruths = signed_in(&app, &ruth(), None);
    let own = ruths.get(&site, &format!("/manage/services/{}", service(OWN))).await;
    let page = ruths.get(&site, &own.link("It is listed twice").unwrap()).await;
    page.keeps_the_rules();
    assert_eq!(page.link(TWIN).unwrap(), pair(), "{}", page.text());
    assert!(page.link(OWN).is_none(), "it is no twin of its own");
    let with = format!("/steward/duplicates/with/{}", service(OWN));
    let others = ruths.get(&site, &format!("{with}?q=walking")).await;
    others.keeps_the_rules();
    assert!(others.text().contains("Walk one"), "{}", others.text());
    let none = ruths.get(&site, &format!("{with}?q=%3Cb%3Ezorbing%22")).await;
    none.keeps_the_rules();
    assert!(none.text().contains("No other listing"), "{}", none.text());
    // Of somebody else, and of none.
    let robs = signed_in(&app, &rob, None);
    assert_eq!(robs.get(&site, &with).await.status, 403);
    assert_eq!(signed_in(&app, &jean, None).get(&site, &with).await.status, 403);
    let made_up = format!("/steward/duplicates/with/{}", ServiceId::derive("test", "none"));
    assert_eq!(ruths.get(&site, &made_up).await.status, 404);
    assert_eq!(ruths.get(&site, "/steward/duplicates/with/x").await.status, 404);
}
