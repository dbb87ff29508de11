//! Coming in by a mailed link, staying, and going.

use axum::http::header;
use hereabouts::{config::Config, keeping, store::Reading};

use super::super::harness::{
    Site,
    people::{
        Browser, at, email, letters, newest_link, provider, save_people, service, signed_in,
        town_with,
    },
};

const OWN: &str = "Growing together";

fn jean() -> hereabouts::domain::Person {
    provider("jean", &[OWN])
}

async fn ask(site: &Site, address: &str) -> super::super::harness::Page {
    Browser::default().post_bare(site, "/sign-in", &[("email", address)]).await
}

#[tokio::test]
async fn a_mailed_link_opens_a_page_whose_button_signs_in() {
    let (app, site) = town_with(&[jean()]);
    let asked = ask(&site, &email("jean")).await;
    assert_eq!(asked.header(header::LOCATION), "/sign-in/sent");
    let link = newest_link(&app, "jean");
    let nobody = Browser::default();
    for _ in 0..3 {
        // Scanners of mail follow links; nothing is used up by that.
        let page = nobody.get(&site, &link).await;
        assert_eq!((page.status.as_u16(), page.heading().as_str()), (200, "Sign in"));
        page.keeps_the_rules();
    }
    let entered = nobody.post_bare(&site, &link, &[]).await;
    assert_eq!(entered.header(header::LOCATION), "/manage");
    let cookie = entered.header(header::SET_COOKIE);
    assert!(cookie.contains("HttpOnly; SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    let page = nobody.keeping(&entered).get(&site, "/manage").await;
    assert!(page.text().contains("Growing together"), "{}", page.text());
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    page.keeps_the_rules();
}

#[tokio::test]
async fn a_link_works_once_and_only_the_newest_and_not_for_long() {
    let (app, site) = town_with(&[jean()]);
    ask(&site, &email("jean")).await;
    let first = newest_link(&app, "jean");
    ask(&site, &email("jean")).await;
    let second = newest_link(&app, "jean");
    let nobody = Browser::default();
    assert_eq!(nobody.post_bare(&site, &first, &[]).await.status, 410);
    let late = at(&app, "2026-11-22T13:00:00Z");
    assert_eq!(nobody.get(&late, &second).await.status, 410);
    assert_eq!(nobody.post_bare(&late, &second, &[]).await.status, 410);
    assert_eq!(nobody.post_bare(&site, &second, &[]).await.status, 303);
    let again = nobody.post_bare(&site, &second, &[]).await;
    assert_eq!((again.status.as_u16(), again.headers.get(header::SET_COOKIE)), (410, None));
    again.keeps_the_rules();
}

#[tokio::test]
async fn a_forged_link_is_none() {
    let (_, site) = town_with(&[jean()]);
    let nobody = Browser::default();
    for link in [&"0".repeat(40), "x", "%2e%2e%2f", "' OR 1=1 --", &"a".repeat(5000)] {
        let path = format!("/sign-in/{}", link.replace(' ', "%20").replace('\'', "%27"));
        assert_eq!(nobody.get(&site, &path).await.status, 410, "{link}");
        assert_eq!(nobody.post_bare(&site, &path, &[]).await.status, 410, "{link}");
    }
}

#[tokio::test]
async fn nobody_learns_who_is_known_here() {
    let (app, site) = town_with(&[jean()]);
    let known = ask(&site, &email("jean")).await;
    let unknown = ask(&site, "stranger@people.example").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.header(header::LOCATION), unknown.header(header::LOCATION));
    assert_eq!(known.html, unknown.html);
    assert_eq!(letters(&app).len(), 1);
}

#[tokio::test]
async fn what_is_no_address_is_asked_for_again_as_it_was_typed() {
    let (app, site) = town_with(&[jean()]);
    for typed in ["", "jean", "jean@people.example\nBcc: all@people.example", "<script>@a.b"] {
        let page = ask(&site, typed).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        assert!(!page.html.contains("<script>@"));
        page.keeps_the_rules();
    }
    assert!(letters(&app).is_empty());
}

#[tokio::test]
async fn one_address_and_one_network_can_ask_only_so_often() {
    let (app, site) = town_with(&[jean()]);
    let mut statuses = Vec::new();
    for _ in 0..61 {
        statuses.push(ask(&site, &email("jean")).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 60);
    assert_eq!(statuses.last(), Some(&429));
    // More than five in an hour are not sent, whoever asks from wherever; the newest works as
    // long as that, so that nobody is locked out.
    assert_eq!(letters(&app).len(), 5);
    let newest = newest_link(&app, "jean");
    let late = at(&app, "2026-11-22T12:59:59Z");
    assert_eq!(Browser::default().get(&late, &newest).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_unused_or_by_signing_out_or_when_its_person_goes() {
    let (app, site) = town_with(&[jean()]);
    let idle = signed_in(&app, &jean(), None);
    assert_eq!(idle.get(&at(&app, "2026-11-22T12:29:00Z"), "/manage").await.status, 200);
    // Used at 12:29, so good until 12:59.
    assert_eq!(idle.get(&at(&app, "2026-11-22T12:58:00Z"), "/manage").await.status, 200);
    let later = idle.get(&at(&app, "2026-11-22T13:30:00Z"), "/manage").await;
    assert_eq!(later.header(header::LOCATION), "/sign-in?next=%2Fmanage");

    let leaving = signed_in(&app, &jean(), None);
    let out = leaving.post(&site, "/sign-out", &[]).await;
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(leaving.get(&site, "/manage").await.status, 303);

    let (here, there) = (signed_in(&app, &jean(), None), signed_in(&app, &jean(), None));
    ask(&site, &email("jean")).await;
    here.post(&site, "/account/sign-out-everywhere", &[]).await;
    assert_eq!(there.get(&site, "/manage").await.status, 303);
    let link = newest_link(&app, "jean");
    assert_eq!(Browser::default().post_bare(&site, &link, &[]).await.status, 410);

    let staying = signed_in(&app, &jean(), None);
    let id = jean().id;
    let remove = move |changes: &mut hereabouts::store::Changes<'_>| changes.remove_person(id);
    app.store.change(&super::super::harness::people::tester(), app.clock.now(), remove).unwrap();
    assert_eq!(staying.get(&site, "/manage").await.status, 303);
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_gone_at_once() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    assert_eq!(browser.get(&site, &path).await.status, 200);
    save_people(&app, &[provider("jean", &[])]);
    assert_eq!(browser.get(&site, &path).await.status, 403);
    assert_eq!(browser.post(&site, &format!("{path}/confirm"), &[]).await.status, 403);
}

#[tokio::test]
async fn a_form_of_another_site_or_another_session_changes_nothing() {
    let (app, site) = town_with(&[jean(), provider("sandra", &["Ring round"])]);
    let jeans = signed_in(&app, &jean(), None);
    let sandras = signed_in(&app, &provider("sandra", &["Ring round"]), None);
    let path = format!("/manage/services/{}/door", service(OWN));
    let full = [("status", "full"), ("version", "1")];
    let before = app.store.counts().unwrap();
    let without = jeans.post_bare(&site, &path, &full).await;
    assert_eq!(without.status, 401);
    without.keeps_the_rules();
    let swapped = Browser { cookie: jeans.cookie.clone(), key: sandras.key.clone() };
    assert_eq!(swapped.post(&site, &path, &full).await.status, 401);
    let mut request = axum::http::Request::post(&path)
        .header("cookie", jeans.cookie.as_deref().unwrap())
        .header("sec-fetch-site", "cross-site");
    request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = format!("status=full&key={}", jeans.key);
    let answer = site.answer_to(request.body(body.into()).unwrap()).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(app.store.counts().unwrap(), before);
}

#[tokio::test]
async fn signing_in_leads_back_to_where_somebody_was_and_nowhere_else() {
    let (app, site) = town_with(&[jean()]);
    let nobody = Browser::default();
    let wanted = format!("/manage/services/{}", service(OWN));
    let first = nobody.get(&site, &wanted).await;
    let next = first.header(header::LOCATION).to_owned();
    assert!(next.starts_with("/sign-in?next=%2Fmanage%2Fservices%2F"), "{next}");
    let fields = [("email", "jean@people.example"), ("next", wanted.as_str())];
    nobody.post_bare(&site, "/sign-in", &fields).await;
    let link = newest_link(&app, "jean");
    assert!(link.contains("next=/manage/services/"), "{link}");
    let evil = nobody
        .post_bare(&site, link.split('?').next().unwrap(), &[("next", "https://evil.example")])
        .await;
    assert_eq!(evil.header(header::LOCATION), "/manage");
}

#[tokio::test]
async fn under_https_the_cookie_stays_with_this_host_and_encrypted() {
    let mut config = Config::default();
    config.directory.address = "https://directory.example".to_owned();
    let app = super::super::harness::app(&super::super::harness::town(), config);
    save_people(&app, &[jean()]);
    let site = Site::over(app.clone());
    ask(&site, &email("jean")).await;
    let entered = Browser::default().post_bare(&site, &newest_link(&app, "jean"), &[]).await;
    let cookie = entered.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("; Secure"), "{cookie}");
    let held = Browser::default().keeping(&entered);
    assert_eq!(held.get(&site, "/manage").await.status, 200);
}

#[tokio::test]
async fn a_link_is_stored_by_its_hash_only() {
    let (app, site) = town_with(&[jean()]);
    ask(&site, &email("jean")).await;
    let link = newest_link(&app, "jean");
    let secret = link.rsplit('/').next().unwrap().split('?').next().unwrap();
    assert!(app.store.link(secret).unwrap().is_none());
    let hash = keeping::Secret::parse(secret).unwrap().hash();
    assert!(app.store.link(&hash).unwrap().is_some());
}

#[tokio::test]
async fn a_whole_office_opens_its_links_and_who_guesses_is_stopped() {
    let (app, site) = town_with(&[jean()]);
    ask(&site, &email("jean")).await;
    let link = newest_link(&app, "jean");
    let nobody = Browser::default();
    for _ in 0..100 {
        assert_eq!(nobody.get(&site, &link).await.status, 200);
    }
    let mut last = 0;
    for n in 0..61 {
        last = nobody.get(&site, &format!("/sign-in/{n:040}")).await.status.as_u16();
    }
    assert_eq!(last, 429);
    assert_eq!(nobody.get(&site, &link).await.status, 200, "good links go on");
}
