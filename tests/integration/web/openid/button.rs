//! The button, and what leaves the browser when it is pressed.

use axum::http::{Request, header};
use hereabouts::config::Config;

use super::{
    super::super::harness::{
        Page, Site, identity_provider::IdentityProvider, people::Browser, town,
    },
    Away, BUTTON, World,
};

#[tokio::test]
async fn the_button_is_there_only_where_a_provider_is_named_and_the_mailed_link_always() {
    let world = World::new();
    let page = world.site.get("/sign-in?next=%2Fmanage%2Fpeople").await;
    let button = page.link("Sign in with NHSmail");
    assert_eq!(button.as_deref(), Some("/sign-in/openid?next=%2Fmanage%2Fpeople"));
    assert!(page.html.contains("Send me a link"));
    page.keeps_the_rules();
    let asked = [("email", "jean@people.example")];
    let asked = Browser::default().post_bare(&world.site, "/sign-in", &asked).await;
    assert_eq!(asked.header(header::LOCATION), "/sign-in/sent");
    let wrong = Browser::default().post_bare(&world.site, "/sign-in", &[("email", "x")]).await;
    assert!(wrong.link("Sign in with NHSmail").is_some());

    let without = Site::of(&town(), Config::default());
    let page = without.get("/sign-in").await;
    assert!(!page.html.contains("openid") && page.html.contains("Send me a link"));
    for path in [BUTTON, "/sign-in/openid/back?code=a&state=b"] {
        assert_eq!(without.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn nobody_is_told_of_a_visitor_before_the_button_is_pressed() {
    let world = World::new();
    for path in ["/", "/sign-in", "/privacy", "/manage"] {
        let page = world.site.get(path).await;
        assert!(!page.html.contains(&world.provider.issuer), "{path}");
        assert_eq!(page.header(header::CONTENT_SECURITY_POLICY), hereabouts::web::POLICY);
    }
    assert_eq!(world.provider.asked("/.well-known/openid-configuration"), 0);
    let pressed = Browser::default().get(&world.site, BUTTON).await;
    assert!(pressed.header(header::LOCATION).starts_with(&world.provider.issuer));
    assert_eq!(pressed.header(header::REFERRER_POLICY), "no-referrer");
    assert_eq!(pressed.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn another_site_cannot_send_anybody_to_the_provider() {
    let world = World::new();
    for from in ["cross-site", "same-site"] {
        let request = Request::get(format!("{BUTTON}?next=/manage")).header("sec-fetch-site", from);
        let page = Page::read(BUTTON, world.site.answer(request).await).await;
        assert_eq!(page.header(header::LOCATION), "/sign-in?next=%2Fmanage");
        assert!(!page.headers.contains_key(header::SET_COOKIE));
    }
    assert_eq!(world.provider.asked("/.well-known/openid-configuration"), 0);
}

#[tokio::test]
async fn what_is_sent_to_the_provider_gives_nothing_away_and_is_never_the_same() {
    let world = World::new();
    let (one, other) = (world.set_out().await, world.set_out().await);
    let ticket = one.browser.cookie.as_deref().unwrap().strip_prefix("ticket=").unwrap();
    assert!(!one.to.contains(ticket));
    let of = |away: &Away, name: &str| {
        let url = url::Url::parse(&away.to).unwrap();
        url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
    };
    for name in ["state", "nonce", "code_challenge"] {
        assert_ne!(of(&one, name), of(&other, name), "{name}");
        assert_eq!(of(&one, name).len(), 43, "{name}");
    }
    // What it says of itself was asked for once.
    assert_eq!(world.provider.asked("/.well-known/openid-configuration"), 1);
}

#[tokio::test]
async fn under_https_the_ticket_stays_with_this_host_and_encrypted() {
    let provider = IdentityProvider::open();
    let mut config = provider.config();
    config.directory.address = "https://directory.example/".to_owned();
    let world = World::with(config, provider);
    let pressed = Browser::default().get(&world.site, BUTTON).await;
    let cookie = pressed.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Host-ticket="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"), "{cookie}");
    let to = pressed.header(header::LOCATION);
    let back = "redirect_uri=https%3A%2F%2Fdirectory.example%2Fsign-in%2Fopenid%2Fback&";
    assert!(to.contains(back), "{to}");
}

#[tokio::test]
async fn one_network_can_set_out_and_come_back_only_so_often() {
    let world = World::new();
    for path in [BUTTON, "/sign-in/openid/back?code=a&state=b"] {
        let mut statuses = Vec::new();
        for _ in 0..61 {
            statuses.push(world.site.get(path).await.status.as_u16());
        }
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 1, "{path}");
        assert_eq!(statuses.last(), Some(&429), "{path}");
    }
}
