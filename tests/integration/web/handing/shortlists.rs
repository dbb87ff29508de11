//! Shortlists without an account: made, ordered, shared, deleted, gone in time.

use hereabouts::{referring::forget_old_shortlists, store::Reading};

use super::{GARDEN, location, path_of, picked};
use crate::harness::{
    Site,
    people::{Browser, at, service, tester, town_with},
};

#[tokio::test]
async fn a_service_is_put_on_a_list_from_its_card_and_the_reader_is_back_where_it_was() {
    let (_, site) = town_with(&[]);
    let visitor = Browser::default();
    let results = visitor.get(&site, "/search?q=gardening").await;
    let buttons = results.all("button");
    assert!(buttons.iter().any(|button| button.text().contains("Add to shortlist")));
    let id = service(GARDEN).to_string();
    let fields = [("service", id.as_str()), ("back", "/search?q=gardening#r1")];
    let added = visitor.post_bare(&site, "/shortlists", &fields).await;
    assert_eq!((added.status.as_u16(), location(&added)), (303, "/search?q=gardening#r1".into()));
    let cookie = added.headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Max-Age"), "a shared computer forgets it: {cookie}");
    let reader = visitor.keeping(&added);
    let again = reader.get(&site, "/search?q=gardening").await;
    assert!(again.text().contains("On your shortlist") && again.text().contains("Shortlist (1)"));
    again.keeps_the_rules();
    let listing = reader.get(&site, &format!("/services/{id}/x")).await;
    assert!(listing.text().contains("On your shortlist"), "{}", listing.text());
    let path = path_of(&site, &reader).await;
    let list = reader.get(&site, &path).await;
    list.keeps_the_rules();
    assert!(
        list.text().contains(GARDEN) && list.text().contains("21 February 2027")
            || list.text().contains("20 February 2027"),
        "{}",
        list.text()
    );
    assert_eq!(list.header(axum::http::header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn a_form_leads_nowhere_else_and_takes_no_service_that_is_not_listed() {
    let (_, site) = town_with(&[]);
    let visitor = Browser::default();
    let id = service(GARDEN).to_string();
    for back in ["https://evil.example/", "//evil.example", "/\\evil", "/a b", ""] {
        let fields = [("service", id.as_str()), ("back", back)];
        let page = visitor.post_bare(&site, "/shortlists", &fields).await;
        assert_eq!(location(&page), "/shortlists", "{back}");
    }
    let unknown = service("nothing of that name").to_string();
    for wrong in ["", "x", "../..", unknown.as_str()] {
        let page = visitor.post_bare(&site, "/shortlists", &[("service", wrong)]).await;
        assert_eq!(page.status, 404, "{wrong}");
        assert!(page.headers.get("set-cookie").is_none());
    }
}

#[tokio::test]
async fn ten_is_the_most_and_nothing_is_lost_by_the_eleventh() {
    let (_, site) = town_with(&[]);
    let walks = [
        "Walk one",
        "Walk two",
        "Walk three",
        "Walk four",
        "Walk five",
        "Walk six",
        "Walk seven",
        "Walk eight",
        "Walk nine",
        "Walk ten",
    ];
    let reader = picked(&site, &Browser::default(), &walks).await;
    let id = service("Walk eleven").to_string();
    let refused = reader.post_bare(&site, "/shortlists", &[("service", &id)]).await;
    assert_eq!(refused.status, 422);
    refused.keeps_the_rules();
    assert!(refused.text().contains("There are 10 services on this list already"));
    let list = reader.get(&site, &path_of(&site, &reader).await).await;
    assert_eq!(list.with_class("ha-listed").len(), 10);
}

#[tokio::test]
async fn services_are_moved_noted_taken_out_and_put_back() {
    let (_, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &["Walk one", GARDEN, "Walk two"]).await;
    let path = path_of(&site, &reader).await;
    let act = async |what: &str, name: &str, more: &[(&str, &str)]| {
        let id = service(name).to_string();
        let mut fields = vec![("do", what), ("service", id.as_str())];
        fields.extend(more);
        reader.post_bare(&site, &path, &fields).await
    };
    let order = async || {
        let list = reader.get(&site, &path).await;
        list.keeps_the_rules();
        list.cards()
    };
    assert_eq!(act("up", GARDEN, &[]).await.status, 303);
    assert_eq!(order().await, ["Growing together", "Walk one", "Walk two"]);
    act("down", "Walk one", &[]).await;
    act("note", GARDEN, &[("note", "  Ask for   the Tuesday group ")]).await;
    let out = act("take-out", GARDEN, &[]).await;
    assert_eq!(order().await, ["Walk two", "Walk one"]);
    assert!(reader.get(&site, &location(&out)).await.text().contains("Put it back"));
    assert!(!reader.get(&site, &path).await.text().contains("Put it back"), "said once");
    act("put-back", GARDEN, &[]).await;
    assert_eq!(order().await, ["Growing together", "Walk two", "Walk one"]);
    let shared = Browser::default().get(&site, &path).await;
    assert!(shared.text().contains("Ask for the Tuesday group"), "{}", shared.text());
    assert!(!shared.text().contains("Move up"), "whoever is sent it reads it");
    shared.keeps_the_rules();
    let changing = Browser::default().get(&site, &format!("{path}?change=1")).await;
    assert!(changing.text().contains("Move up") && changing.text().contains("Delete this list"));
    assert_eq!(act("dance", GARDEN, &[]).await.status, 400);
}

#[tokio::test]
async fn a_list_is_deleted_by_whoever_holds_its_link_and_gone_after_ninety_days() {
    let (app, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    let last = at(&app, "2027-02-20T11:59:59Z");
    assert_eq!(reader.get(&last, &path).await.status, 200);
    let over = at(&app, "2027-02-20T12:00:00Z");
    for part in ["", "/print", "/leaflet.pdf", "/text", "/one-file", "/sessions.ics", "/team"] {
        let page = reader.get(&over, &format!("{path}{part}")).await;
        assert_eq!(page.status, 410, "{part}");
    }
    // The list that a browser still names is begun anew.
    assert_eq!(picked(&over, &reader, &["Walk one"]).await.cookie == reader.cookie, false);
    forget_old_shortlists(&app.store, "2027-02-20T12:00:00Z".parse().unwrap()).unwrap();
    assert_eq!(reader.get(&last, &path).await.status, 410, "it is in no table any more");

    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    let stranger = Browser::default();
    let deleted = stranger.post_bare(&site, &path, &[("do", "delete")]).await;
    assert_eq!(deleted.status, 303);
    assert_eq!(reader.get(&site, &path).await.status, 410);
    assert!(reader.get(&site, "/shortlists").await.text().contains("nothing on it yet"));
    let none = stranger.get(&site, "/shortlists/0000-0000-0000-0000").await;
    assert_eq!(none.status, 410);
    none.keeps_the_rules();
}

#[tokio::test]
async fn nothing_says_whose_a_list_is_and_none_of_it_is_logged() {
    let (app, site) = town_with(&[]);
    let head = app.store.head().unwrap();
    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    reader.post_bare(&site, &path, &[("do", "title"), ("title", "For the winter")]).await;
    assert_eq!(app.store.head().unwrap(), head);
    let page = reader.get(&site, &path).await;
    assert!(page.title().starts_with("For the winter"), "{}", page.title());
    let typed = path.to_uppercase().replace("/SHORTLISTS/", "/shortlists/").replace('-', "");
    assert_eq!(reader.get(&site, &typed).await.status, 200, "however it is typed");
}

#[tokio::test]
async fn services_stand_side_by_side_with_what_differs_marked() {
    let site = Site::of_the_town();
    let ids = [GARDEN, "Ring round", GARDEN].map(|name| format!("service={}", service(name)));
    let page = site.get(&format!("/compare?{}", ids.join("&"))).await;
    page.keeps_the_rules();
    let row = |label: &str| {
        let rows = page.all("tr");
        rows.iter().find(|row| row.text().starts_with(label)).map(|row| row.text()).unwrap()
    };
    assert!(row("Taking people").contains("differs"), "{}", row("Taking people"));
    assert!(row("Cost").contains("Free") && row("Cost").contains("Cost not stated"));
    assert!(row("Step-free").contains("YesNot stated"), "{}", row("Step-free"));
    assert_eq!(page.all("th").iter().filter(|th| th.text().contains(GARDEN)).count(), 1);
    assert_eq!(site.get("/compare").await.status, 404);
    assert_eq!(site.get("/compare?service=x").await.status, 404);
}

#[tokio::test]
async fn listings_that_were_joined_since_stand_once_and_are_still_changed() {
    let (app, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &["Walk one", GARDEN]).await;
    let path = path_of(&site, &reader).await;
    joined(&app, "Walk one", GARDEN);
    let list = reader.get(&site, &path).await;
    list.keeps_the_rules();
    assert_eq!(list.cards(), [GARDEN]);
    let id = service("Walk one").to_string();
    assert!(list.by_id(&format!("s-{id}")).is_some(), "by the id that the list has");
    let noted = [("do", "note"), ("service", id.as_str()), ("note", "Ask at the gate")];
    reader.post_bare(&site, &path, &noted).await;
    assert!(reader.get(&site, &path).await.html.contains("Ask at the gate"));
    reader.post_bare(&site, &path, &[("do", "take-out"), ("service", id.as_str())]).await;
    assert_eq!(reader.get(&site, &path).await.cards(), [GARDEN], "the other one is there still");
}

#[tokio::test]
async fn a_refused_note_is_given_back_to_be_mended() {
    let (_, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    let id = service(GARDEN).to_string();
    let fields = [("do", "note"), ("service", id.as_str()), ("note", "Ask for Mrs Patel")];
    let page = reader.post_bare(&site, &path, &fields).await;
    page.keeps_the_rules();
    let field = page.by_id(&format!("note-{id}")).unwrap();
    assert_eq!(field.attribute("value"), Some("Ask for Mrs Patel"));
    assert_eq!(field.attribute("aria-invalid"), Some("true"));
    assert!(!reader.get(&site, &path).await.html.contains("Patel"));
}

/// Makes one listing stand for another, as joining them does.
fn joined(app: &hereabouts::app::App, one: &str, into: &str) {
    let (one, into) = (service(one), service(into));
    app.store
        .change(&tester(), app.clock.now(), move |changes| {
            let service = changes.get_service(one)?;
            let joined = serde_json::from_value(serde_json::json!({
                "into": into,
                "at": "2026-11-22T12:00:00Z",
                "by": "0192f0a4-7c1e-7abc-8def-0123456789ab",
                "was": "active",
            }));
            let status = hereabouts::domain::ServiceStatus::Inactive;
            changes.save_service(&hereabouts::domain::Service {
                joined: Some(joined.unwrap()),
                status,
                ..service
            })
        })
        .unwrap();
}
