//! What a listing brings, and who wants no mails about it.

use axum::{body::Body, http::Request};
use hereabouts::{keeping::remind, store::Reading};

use super::{OWN, jean, own};
use crate::harness::{
    Page, Site,
    people::{Browser, letters, service, signed_in, town_with},
};

/// A page as a browser opens it for somebody, with further headers.
async fn open(site: &Site, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Page::read(path, site.answer_to(request.body(Body::empty()).unwrap()).await).await
}

#[tokio::test]
async fn a_listing_is_counted_where_somebody_looks_at_it_and_not_otherwise() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let cookie = jeans.cookie.clone().unwrap();
    let listing = format!("/services/{}/x", service(OWN));
    let person = ("sec-fetch-dest", "document");
    assert!(!jeans.get(&site, &own("")).await.text().contains("What it brings"));
    open(&site, "/search?q=gardening", &[person]).await;
    open(&site, &listing, &[person]).await;
    open(&site, &listing, &[person]).await;
    // Programs, what is fetched ahead, and whoever looks after it.
    open(&site, &listing, &[]).await;
    open(&site, &listing, &[person, ("sec-purpose", "prefetch")]).await;
    open(&site, &listing, &[person, ("cookie", &cookie)]).await;
    open(&site, "/search?q=gardening", &[]).await;
    let head = app.store.head().unwrap();
    app.uses.save(&app.store, app.clock.now()).unwrap();
    assert_eq!(app.store.head().unwrap(), head, "counts are in no log");
    let uses = app.store.uses_of(service(OWN), 6).unwrap();
    assert_eq!((uses[0].shown, uses[0].opened), (1, 1), "one reader counts once");
    let page = jeans.get(&site, &own("")).await;
    page.keeps_the_rules();
    assert!(page.text().contains("What it brings"), "{}", page.text());
    assert!(page.text().contains("November 2026"), "{}", page.text());
}

#[tokio::test]
async fn one_press_in_the_mail_stops_the_mails_and_another_lets_them_come() {
    let (app, site) = town_with(&[jean()]);
    let later = "2027-06-01T10:00:00Z".parse().unwrap();
    remind(&app.store, &app.gazetteer, &app.config.directory, &app.config.keeping, later).unwrap();
    let letter = &letters(&app)[0].1;
    let href = letter.unsubscribe.clone().unwrap();
    assert!(letter.text().contains(&href) && letter.html().contains(&href));
    let path = href.split_at(href.find("/reminders/").unwrap()).1;
    let page = site.get(path).await;
    page.keeps_the_rules();
    assert!(page.text().contains("You are asked by mail"), "{}", page.text());
    let stopped = || app.store.get_person(jean().id).unwrap().no_reminders;
    assert!(!stopped(), "opening the page stops nothing");
    // As programs that read mail send it: without a session, a key or where it comes from.
    let browser = Browser::default();
    let done = browser.post_bare(&site, path, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(done.status, 303);
    assert!(stopped());
    let page = site.get(path).await;
    page.keeps_the_rules();
    assert!(page.text().contains("You are not asked by mail"), "{}", page.text());
    browser.post_bare(&site, path, &[("do", "again")]).await;
    assert!(!stopped());
    // On their own page too, with the key of the session.
    let jeans = signed_in(&app, &jean(), None);
    jeans.get(&site, "/account").await.keeps_the_rules();
    assert_eq!(jeans.post_bare(&site, "/account/reminders", &[("do", "stop")]).await.status, 401);
    assert_eq!(jeans.post(&site, "/account/reminders", &[("do", "stop")]).await.status, 303);
    assert!(stopped());
    // Of nobody, and made up.
    let (id, made) = path.rsplit_once('-').unwrap();
    let other = hereabouts::domain::PersonId::derive("test", "sandra").0.simple().to_string();
    for forged in [
        format!("{id}-{}", "0".repeat(32)),
        format!("/reminders/{other}-{made}"),
        "/reminders/x".to_owned(),
        format!("/reminders/{}", "é".repeat(300)),
    ] {
        assert_eq!(site.get(&forged.replace('é', "%C3%A9")).await.status, 410, "{forged}");
    }
}
