//! Looking after a listing: from a mail in two presses, and signed in.

use axum::http::header;
use hereabouts::{
    app::App,
    config,
    domain::{Capacity, CapacityStatus, Service},
    keeping::{LINK_LASTS, Secret},
    store::Reading,
};

use super::super::harness::{
    Listing, Page, Site,
    people::{
        Browser, at, directory_with, letters, newest_link, provider, save_people, service,
        signed_in, tester, town_with, with_role,
    },
};

const OWN: &str = "Growing together";
const OTHER: &str = "Ring round";

fn jean() -> hereabouts::domain::Person {
    provider("jean", &[OWN])
}

/// A link about a listing as a mail would hold it.
fn link_for(app: &App, person: &hereabouts::domain::Person, listing: &str) -> String {
    let secret = Secret::new().unwrap();
    let (hash, id, listing, ends) =
        (secret.hash(), person.id, service(listing), app.clock.now() + LINK_LASTS);
    let make = move |changes: &mut hereabouts::store::Changes<'_>| {
        changes.make_link(&hash, id, Some(listing), ends)
    };
    app.store.change(&tester(), app.clock.now(), make).unwrap();
    format!("/confirm/{}", secret.reveal())
}

fn stored(app: &App, listing: &str) -> Service {
    app.store.get_service(service(listing)).unwrap()
}

fn statements(app: &App, listing: &str) -> Vec<Capacity> {
    app.store.list_capacity_of(service(listing)).unwrap()
}

/// The version that a page's form for words was made for.
fn version(page: &Page) -> String {
    hidden(page, "version")
}

/// What a page's forms say was seen.
fn seen(page: &Page) -> String {
    hidden(page, "seen")
}

fn hidden(page: &Page, name: &str) -> String {
    let inputs = page.all("input");
    let found = inputs.iter().find(|input| input.attribute("name") == Some(name));
    found.unwrap().attribute("value").unwrap().to_owned()
}

#[tokio::test]
async fn from_the_mail_it_takes_two_presses() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let before = app.store.counts().unwrap().changes;
    let page = nobody.get(&site, &link).await;
    page.keeps_the_rules();
    assert_eq!(page.heading(), OWN);
    for fact in ["Taking people", "The walled garden", "01632 960123", "Free", "Not stated"] {
        assert!(page.text().contains(fact), "{fact}: {}", page.text());
    }
    assert_eq!(app.store.counts().unwrap().changes, before, "looking changes nothing");
    let fields = [("do", "right"), ("seen", &seen(&page))];
    let done = nobody.post_bare(&site, &link, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let confirmed = stored(&app, OWN).upkeep.confirmed.unwrap();
    assert_eq!((confirmed.at, confirmed.by.name.as_str()), (app.clock.now(), "the provider"));
    // The door that still counted was said again, for as long as a new one.
    let said = &statements(&app, OWN)[0];
    assert_eq!((said.status, said.as_of), (CapacityStatus::Open, app.clock.now()));
    assert_eq!(said.lapses_at.to_string(), "2026-12-22T12:00:00Z");

    let thanks = nobody.keeping(&done).get(&site, done.header(header::LOCATION)).await;
    assert!(thanks.text().contains("Confirmed today. That is all"), "{}", thanks.text());
    thanks.keeps_the_rules();
    let public = site.get(&format!("/services/{}", service(OWN))).await;
    assert!(public.text().contains("Confirmed today"), "{}", public.text());
}

#[tokio::test]
async fn a_door_that_has_lapsed_is_not_opened_by_a_confirmation() {
    let (app, site) = town_with(&[provider("bob", &["Old bowls"])]);
    let bob = provider("bob", &["Old bowls"]);
    let link = link_for(&app, &bob, "Old bowls");
    let page = Browser::default().get(&site, &link).await;
    let fields = [("do", "right"), ("seen", &seen(&page))];
    Browser::default().post_bare(&site, &link, &fields).await;
    assert_eq!(statements(&app, "Old bowls").len(), 1);
    let public = site.get(&format!("/services/{}", service("Old bowls"))).await;
    assert!(public.text().contains("Not known if taking people"), "{}", public.text());
}

#[tokio::test]
async fn a_link_is_used_once_and_its_page_then_offers_another() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let fields = [("do", "door"), ("status", "full"), ("version", "1")];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 303);
    assert_eq!(statements(&app, OWN)[0].status, CapacityStatus::Full);
    let opened = [("do", "door"), ("status", "open"), ("version", "1")];
    let again = nobody.post_bare(&site, &link, &opened).await;
    assert_eq!((again.status.as_u16(), again.headers.get(header::SET_COOKIE)), (410, None));
    assert_eq!(statements(&app, OWN)[0].status, CapacityStatus::Full);
    let over = nobody.get(&site, &link).await;
    assert_eq!((over.status.as_u16(), over.heading().as_str()), (410, "This link no longer works"));
    over.keeps_the_rules();
    let asked = nobody.post_bare(&site, &format!("{link}/again"), &[]).await;
    assert_eq!(asked.header(header::LOCATION), "/confirm/sent");
    let newer = newest_link(&app, "jean");
    assert_eq!(nobody.get(&site, &newer).await.status, 200);
}

#[tokio::test]
async fn links_end_after_two_weeks_and_forged_ones_never_began() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    assert_eq!(nobody.get(&at(&app, "2026-12-06T11:59:59Z"), &link).await.status, 200);
    let late = at(&app, "2026-12-06T12:00:00Z");
    assert_eq!(nobody.get(&late, &link).await.status, 410);
    let fields = [("do", "right"), ("seen", "1")];
    assert_eq!(nobody.post_bare(&late, &link, &fields).await.status, 410);
    let forged = format!("/confirm/{}", "ab".repeat(20));
    assert_eq!(nobody.get(&site, &forged).await.status, 410);
    assert_eq!(nobody.post_bare(&site, &format!("{forged}/again"), &[]).await.status, 410);
    assert!(letters(&app).is_empty());
}

#[tokio::test]
async fn a_link_about_one_listing_opens_no_other_and_does_not_sign_in() {
    let both = provider("jean", &[OWN, OTHER]);
    let (app, site) = town_with(&[both.clone()]);
    let link = link_for(&app, &both, OWN);
    let fields = [("do", "edit"), ("version", "1")];
    let opened = Browser::default().post_bare(&site, &link, &fields).await;
    assert!(opened.header(header::LOCATION).ends_with("/edit"));
    let by_mail = Browser::default().keeping(&opened);
    let own = format!("/manage/services/{}", service(OWN));
    assert_eq!(by_mail.get(&site, &own).await.status, 200);
    let other = format!("/manage/services/{}", service(OTHER));
    assert_eq!(by_mail.get(&site, &other).await.status, 403);
    let door = [("status", "open"), ("version", "1")];
    assert_eq!(by_mail.post(&site, &format!("{other}/door"), &door).await.status, 403);
    assert_eq!(by_mail.get(&site, "/manage").await.status, 303);
    let as_sign_in = link.replace("/confirm/", "/sign-in/");
    assert_eq!(Browser::default().post_bare(&site, &as_sign_in, &[]).await.status, 410);
}

#[tokio::test]
async fn a_link_of_somebody_who_no_longer_looks_after_it_changes_nothing() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    save_people(&app, &[provider("jean", &[OTHER])]);
    let nobody = Browser::default();
    assert_eq!(nobody.get(&site, &link).await.status, 403);
    let fields = [("do", "right"), ("seen", "1")];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 403);
    assert_eq!(nobody.post_bare(&site, &format!("{link}/again"), &[]).await.status, 403);
    assert_eq!(stored(&app, OWN).upkeep.confirmed.unwrap().at.to_string(), "2026-11-10T09:00:00Z");
}

#[tokio::test]
async fn what_changed_after_the_page_was_opened_is_shown_and_not_confirmed_unseen() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let page = nobody.get(&site, &link).await;
    let mut service = stored(&app, OWN);
    service.summary = "Something else altogether.".to_owned();
    app.store.change(&tester(), app.clock.now(), move |c| c.save_service(&service)).unwrap();
    let fields = [("do", "right"), ("seen", &seen(&page))];
    let refused = nobody.post_bare(&site, &link, &fields).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Something else altogether."), "{}", refused.text());
    refused.keeps_the_rules();
    let fields = [("do", "right"), ("seen", &seen(&refused))];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 303);
}

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
async fn words_are_live_at_once_and_scripts_in_them_are_only_words() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/edit", service(OWN));
    let form = browser.get(&site, &path).await;
    form.keeps_the_rules();
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let fields = [
        ("version", version(&form)),
        ("summary", format!("Digging {script}")),
        ("description", format!("One.\r\n\r\n{script}")),
        ("alert", script.to_owned()),
        ("phone", "01942 123456".to_owned()),
        ("email", "dig@garden.example".to_owned()),
        ("website", "garden.example".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let saved = browser.post(&site, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    app.search.follow().unwrap();
    let pages = [
        site.get(&format!("/services/{}", service(OWN))).await,
        site.get("/search?q=digging").await,
        browser.get(&site, &format!("/manage/services/{}?done=words", service(OWN))).await,
        browser.get(&site, &path).await,
    ];
    for page in pages {
        assert!(page.text().contains("Digging"), "{}", page.path);
        assert!(
            !page.html.contains("<script>alert") && !page.html.contains("<img"),
            "{}",
            page.path
        );
        page.keeps_the_rules();
    }
    let service = stored(&app, OWN);
    assert_eq!(service.website.as_deref(), Some("https://garden.example"));
    assert_eq!(service.contacts[0].phone.as_deref(), Some("01942 123456"));
    assert!(service.provenance.fields.contains_key("summary"));
    assert_eq!(service.upkeep.edited, Some(app.clock.now()));
    assert_eq!(service.upkeep.confirmed.unwrap().at.to_string(), "2026-11-10T09:00:00Z");
}

#[tokio::test]
async fn an_edit_with_faults_keeps_what_was_typed() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/edit", service(OWN));
    let long = "a".repeat(161);
    let fields = [
        ("version", "1"),
        ("summary", long.as_str()),
        ("description", "Kept as typed"),
        ("phone", "ring the bell"),
        ("website", "javascript:alert(1)"),
    ];
    let page = browser.post(&site, &path, &fields).await;
    assert_eq!(page.status, 422);
    for said in ["it has 1 too many", "area code", "Kept as typed", "such as https://example.org"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.html.contains(&long) && page.title().starts_with("Error: "));
    page.keeps_the_rules();
    assert_eq!(stored(&app, OWN).description, "");
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_sees_what_the_first_saved() {
    let ann = provider("ann", &[OWN]);
    let (app, site) = town_with(&[jean(), ann.clone()]);
    let path = format!("/manage/services/{}/edit", service(OWN));
    let (jeans, anns) = (signed_in(&app, &jean(), None), signed_in(&app, &ann, None));
    let form = jeans.get(&site, &path).await;
    let version = version(&form);
    let of = |summary: &'static str| [("version", version.as_str()), ("summary", summary)];
    assert_eq!(anns.post(&site, &path, &of("Ann was first.")).await.status, 303);
    let second = jeans.post(&site, &path, &of("Jean was second.")).await;
    assert_eq!(second.status, 409);
    assert!(second.text().contains("Ann was first.") && second.text().contains("Jean was second."));
    second.keeps_the_rules();
    assert_eq!(stored(&app, OWN).summary, "Ann was first.");
    let seen = self::version(&second);
    let over = [("version", seen.as_str()), ("summary", "Jean was second.")];
    assert_eq!(jeans.post(&site, &path, &over).await.status, 303);
    assert_eq!(stored(&app, OWN).summary, "Jean was second.");
}

#[tokio::test]
async fn a_hidden_address_stays_hidden_from_a_page_that_came_by_mail() {
    let owner = provider("owner", &["Quiet harbour"]);
    let (app, site) = town_with(&[owner.clone()]);
    let page = Browser::default().get(&site, &link_for(&app, &owner, "Quiet harbour")).await;
    for secret in super::super::harness::CONFIDENTIAL {
        assert!(!page.html.contains(secret), "{secret}");
    }
    assert!(!page.title().contains("Quiet harbour"), "{}", page.title());
}

#[tokio::test]
async fn hostile_forms_are_refused_with_a_page() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let huge = "x".repeat(100_000);
    let too_large = browser.post(&site, &format!("{path}/edit"), &[("summary", &huge)]).await;
    assert_eq!(too_large.status, 413);
    too_large.keeps_the_rules();
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("status", "ajar")],
        &[("status", "open"), ("venue", "not-an-id")],
        &[("status", "open"), ("venue", "0192f0a4-7c1e-7abc-8def-0123456789ab")],
        &[("status", "waiting-list"), ("weeks", "99999")],
        &[("status", "open"), ("note", &"n".repeat(301))],
    ];
    for fields in cases {
        let page = browser.post(&site, &format!("{path}/door"), fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        page.keeps_the_rules();
    }
    for other in ["x", "0192f0a4-7c1e-7abc-8def-0123456789ab", "..%2f..%2fetc"] {
        let page = browser.get(&site, &format!("/manage/services/{other}")).await;
        assert_eq!(page.status, 404, "{other}");
    }
    assert_eq!(statements(&app, OWN).len(), 1);
}

#[tokio::test]
async fn capacity_lasts_as_long_as_the_operator_says() {
    let mut config = config::Config::default();
    config.keeping.capacity_days = 7;
    let app = super::super::harness::app(&super::super::harness::town(), config);
    save_people(&app, &[jean()]);
    let site = Site::over(app.clone());
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    browser.post(&site, &path, &[("status", "full")]).await;
    assert_eq!(statements(&app, OWN)[0].lapses_at.to_string(), "2026-11-29T12:00:00Z");
}

#[tokio::test]
async fn a_change_of_words_can_be_taken_back_by_who_made_it_and_by_nobody_else() {
    let ann = provider("ann", &[OWN]);
    let (app, site) = town_with(&[jean(), ann.clone()]);
    let (jeans, anns) = (signed_in(&app, &jean(), None), signed_in(&app, &ann, None));
    let path = format!("/manage/services/{}", service(OWN));
    let before = stored(&app, OWN);
    let form = jeans.get(&site, &format!("{path}/edit")).await;
    let version_then = version(&form);
    let fields =
        [("version", version_then.as_str()), ("summary", "A slip."), ("phone", "01942 1234")];
    let saved = jeans.post(&site, &format!("{path}/edit"), &fields).await;
    let thanks = jeans.get(&site, saved.header(header::LOCATION)).await;
    thanks.keeps_the_rules();
    assert!(thanks.text().contains("Undo: as it was before"));
    let version_now = version(&thanks);
    let undo = format!("{path}/undo");
    assert_eq!(anns.post(&site, &undo, &[("version", &version_now)]).await.status, 409);
    assert_eq!(jeans.post(&site, &undo, &[("version", &version_then)]).await.status, 409);
    assert_eq!(jeans.post(&site, &undo, &[("version", &version_now)]).await.status, 303);
    assert_eq!(stored(&app, OWN), before);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn the_history_shows_what_was_and_became_and_nobody_by_name() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    let form = browser.get(&site, &format!("{path}/edit")).await;
    let fields = [
        ("version", version(&form)),
        ("summary", "Digging, and <b>tea</b>.".to_owned()),
        ("email", "private@garden.example".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    browser.post(&site, &format!("{path}/edit"), &fields).await;
    let public = site.get(&format!("/services/{}", service(OWN))).await;
    let link = public.link("What was changed").unwrap();
    let history = site.get(&link).await;
    history.keeps_the_rules();
    let text = history.text();
    for said in [
        "Confirmed",
        "by the provider",
        "In one line changed",
        "Contacts changed",
        "Taking people",
        "Listed",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains("jean") && !text.contains("private@") && !history.html.contains("<b>tea")
    );
    assert!(!text.contains("Upkeep") && !text.contains("Provenance"));
    // What was taken out may have been taken out for a reason.
    assert!(!text.contains("A weekly gardening group"), "{text}");
    let theirs = browser.get(&site, &format!("{path}/history")).await;
    theirs.keeps_the_rules();
    for said in ["was A weekly gardening group", "became Digging, and"] {
        assert!(theirs.text().contains(said), "{said}: {}", theirs.text());
    }
    assert!(!theirs.html.contains("<b>tea"));
}

/// A statement about a listing, from this moment on.
fn say(app: &App, listing: &str, fields: serde_json::Value) {
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
    let form = theirs.get(&site, &format!("{path}/edit")).await;
    assert_eq!(form.heading(), "A steward looks at this first");
    form.keeps_the_rules();
    let words = [("version", "1"), ("summary", "At 7 Hidden Row.")];
    assert_eq!(theirs.post(&site, &format!("{path}/edit"), &words).await.status, 403);
    let door = [("status", "open"), ("note", "Ring at 7 Hidden Row")];
    let refused = theirs.post(&site, &format!("{path}/door"), &door).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.title().contains("Quiet harbour"), "{}", refused.title());
    assert_eq!(
        theirs.post(&site, &format!("{path}/door"), &[("status", "open")]).await.status,
        303
    );
    let form = ruths.get(&site, &format!("{path}/edit")).await;
    let seen = version(&form);
    let words = [("version", seen.as_str()), ("summary", "Help after leaving somebody.")];
    assert_eq!(ruths.post(&site, &format!("{path}/edit"), &words).await.status, 303);
}

#[tokio::test]
async fn a_confirmation_is_not_taken_back_with_words_nor_an_undo_undone() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let form = browser.get(&site, &format!("{path}/edit")).await;
    let shown = version(&form);
    let fields = [("version", shown.as_str()), ("summary", "New words.")];
    browser.post(&site, &format!("{path}/edit"), &fields).await;
    let page = browser.get(&site, &path).await;
    browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    // An old address offers nothing that is no longer so.
    let reopened = browser.get(&site, &format!("{path}?done=words")).await;
    assert!(!reopened.text().contains("Undo"), "{}", reopened.text());
    let now = stored(&app, OWN);
    let at_version = |n: u64| n.to_string();
    for n in 1..5 {
        let status = browser
            .post(&site, &format!("{path}/undo"), &[("version", &at_version(n))])
            .await
            .status;
        assert_eq!(status, 409, "{n}");
    }
    assert_eq!(stored(&app, OWN), now);
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
