//! What comes back counts once, in time, and in the browser that set out.

use axum::http::header;
use hereabouts::store::Reading;

use super::{
    super::super::harness::people::{Browser, at},
    Away, World, is_refusal,
};

const OVER: &str = "Begin signing in again";
const UNSURE: &str = "We could not make sure that it is you";

/// An address with another value of one of its keys, or without it.
fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let (path, query) = address.split_once('?').unwrap();
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    let mut pairs: Vec<_> = pairs.filter(|(known, _)| known != name).collect();
    pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    format!("{path}?{query}")
}

/// What the browser of somebody who set out meets at an address, with nobody signed in by it.
async fn check(world: &World, browser: &Browser, back: &str, status: u16, title: &str) {
    let before = world.app.store.counts().unwrap();
    let page = browser.get(&world.site, back).await;
    is_refusal(&page, status, title);
    assert_eq!(world.app.store.counts().unwrap(), before);
}

#[tokio::test]
async fn what_came_back_once_does_not_count_again() {
    let world = World::new();
    let away = world.set_out().await;
    let back = world.provider.visit(&away.to);
    assert_eq!(away.browser.get(&world.site, &back).await.status, 303);
    for browser in [&away.browser, &Browser::default()] {
        check(&world, browser, &back, 410, OVER).await;
    }
    assert_eq!(world.provider.asked("/token"), 1);
}

#[tokio::test]
async fn what_comes_back_in_another_browser_signs_nobody_in() {
    let world = World::new();
    let (jeans, other) = (world.set_out().await, world.set_out().await);
    let back = world.provider.visit(&jeans.to);
    check(&world, &Browser::default(), &back, 410, OVER).await;
    // Somebody is made to follow an answer that was meant for somebody else.
    check(&world, &other.browser, &back, 410, OVER).await;
    let made_up = Browser { cookie: Some(format!("ticket={}", "a".repeat(43))), ..other.browser };
    check(&world, &made_up, &back, 410, OVER).await;
    assert_eq!(world.provider.asked("/token"), 0, "the code was not used up");
    assert_eq!(jeans.browser.get(&world.site, &back).await.status, 303);
}

#[tokio::test]
async fn a_code_of_another_attempt_is_refused_by_its_proof() {
    let world = World::new();
    let (jeans, other) = (world.set_out().await, world.set_out().await);
    let (back, theirs) = (world.provider.visit(&jeans.to), world.provider.visit(&other.to));
    let code = theirs.split("code=").nth(1).unwrap().split('&').next().unwrap();
    check(&world, &jeans.browser, &with(&back, "code", Some(code)), 502, UNSURE).await;
    assert_eq!(world.provider.asked("/token"), 1);
}

#[tokio::test]
async fn an_answer_without_its_state_ends_nothing() {
    let world = World::new();
    let away = world.set_out().await;
    let back = world.provider.visit(&away.to);
    for state in [None, Some(""), Some("x"), Some(&"a".repeat(10_000))] {
        check(&world, &away.browser, &with(&back, "state", state), 410, OVER).await;
    }
    assert_eq!(away.browser.get(&world.site, &back).await.status, 303);
}

#[tokio::test]
async fn whoever_takes_longer_than_ten_minutes_begins_again() {
    let world = World::new();
    let (one, other) = (world.set_out().await, world.set_out().await);
    let late = at(&world.app, "2026-11-22T12:10:00Z");
    let page = one.browser.get(&late, &world.provider.visit(&one.to)).await;
    is_refusal(&page, 410, OVER);
    let just = at(&world.app, "2026-11-22T12:04:00Z");
    let entered = other.browser.get(&just, &world.provider.visit(&other.to)).await;
    assert_eq!(entered.header(header::LOCATION), "/manage");
}

#[tokio::test]
async fn an_answer_of_another_issuer_or_of_none_is_refused_before_its_code_is_used() {
    for issuer in [None, Some("https://evil.example"), Some("")] {
        let world = World::new();
        let Away { browser, to } = world.set_out().await;
        let back = with(&world.provider.visit(&to), "iss", issuer);
        check(&world, &browser, &back, 502, UNSURE).await;
        assert_eq!(world.provider.asked("/token"), 0, "{issuer:?}");
    }
}

#[tokio::test]
async fn a_provider_that_says_no_is_a_page() {
    for (error, status, title) in [
        ("access_denied", 403, "You were not signed in"),
        ("login_required", 403, "You were not signed in"),
        ("server_error", 502, UNSURE),
        ("<script>alert(1)</script>", 502, UNSURE),
    ] {
        let world = World::new();
        let Away { browser, to } = world.set_out().await;
        let back = with(&world.provider.visit(&to), "error", Some(error));
        let told = format!("{back}&error_description=Call+0900+1234+now");
        let page = browser.get(&world.site, &told).await;
        is_refusal(&page, status, title);
        assert!(!page.html.contains("0900") && !page.html.contains("alert(1)"));
        assert_eq!(world.provider.asked("/token"), 0, "{error}");
        check(&world, &browser, &back, 410, OVER).await;
    }
}

#[tokio::test]
async fn a_code_that_the_provider_does_not_know_signs_nobody_in() {
    for code in [None, Some("made-up"), Some("")] {
        let world = World::new();
        let Away { browser, to } = world.set_out().await;
        let back = with(&world.provider.visit(&to), "code", code);
        check(&world, &browser, &back, 502, UNSURE).await;
    }
}
