//! Signing in by the word of a provider that the test starts.

mod address;
mod button;
mod log;
mod outage;
mod return_journey;
mod tokens;

use axum::http::header;
use hereabouts::{app::App, config::Config, store::Reading};
use serde_json::json;

use super::super::harness::{
    Page, Site, app,
    identity_provider::{IdentityProvider, Signer},
    people::{Browser, provider as keeper_of, save_people, service},
    town,
};

const OWN: &str = "Growing together";
const BUTTON: &str = "/sign-in/openid";

/// A directory that jean looks after a listing of, and a provider that vouches for her.
struct World {
    app: App,
    site: Site,
    provider: IdentityProvider,
}

/// Somebody who is at the provider: their browser, and where it was sent.
struct Away {
    browser: Browser,
    to: String,
}

impl World {
    fn new() -> Self {
        let provider = IdentityProvider::open();
        Self::with(provider.config(), provider)
    }

    fn with(config: Config, provider: IdentityProvider) -> Self {
        let app = app(&town(), config);
        save_people(&app, &[keeper_of("jean", &[OWN])]);
        Self { site: Site::over(app.clone()), app, provider }
    }

    async fn set_out(&self) -> Away {
        let page = Browser::default().get(&self.site, BUTTON).await;
        assert_eq!(page.status, 303, "{}", page.text());
        let to = page.header(header::LOCATION).to_owned();
        Away { browser: Browser::default().keeping(&page), to }
    }

    async fn come_back(&self, away: &Away) -> Page {
        away.browser.get(&self.site, &self.provider.visit(&away.to)).await
    }

    /// The whole way.
    async fn sign_in(&self) -> Page {
        self.come_back(&self.set_out().await).await
    }

    /// The whole way comes to a page that says so, keeps the rules, and signs nobody in.
    async fn refuses(&self, status: u16, title: &str) {
        let before = self.app.store.counts().unwrap();
        let page = self.sign_in().await;
        is_refusal(&page, status, title);
        assert_eq!(self.app.store.counts().unwrap(), before);
    }
}

fn is_refusal(page: &Page, status: u16, title: &str) {
    assert_eq!((page.status.as_u16(), page.heading().as_str()), (status, title));
    assert!(page.link("Sign in another way").is_some() || title.starts_with("You are not known"));
    // Without a cookie, among other things.
    page.keeps_the_rules();
}

#[tokio::test]
async fn whoever_the_provider_vouches_for_is_signed_in_as_by_a_mailed_link() {
    for signer in [Signer::es256("1"), Signer::rs256("1")] {
        let world = World::new();
        world.provider.set(|rules| rules.signer = signer);
        let away = world.set_out().await;
        let entered = world.come_back(&away).await;
        assert_eq!((entered.status.as_u16(), entered.header(header::LOCATION)), (303, "/manage"));
        let cookie = entered.header(header::SET_COOKIE);
        assert!(cookie.starts_with("session=") && cookie.ends_with("; HttpOnly; SameSite=Lax"));
        let cookies: Vec<_> = entered.headers.get_all(header::SET_COOKIE).iter().collect();
        assert_eq!(cookies[1], "ticket=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        assert_eq!(entered.header(header::CACHE_CONTROL), "no-store");
        let jeans = away.browser.keeping(&entered);
        let page = jeans.get(&world.site, "/manage").await;
        assert!(page.text().contains("Growing together"), "{}", page.text());
        let account = jeans.get(&world.site, "/account").await;
        assert!(account.text().contains("jean@people.example"));
        let path = format!("/manage/services/{}", service(OWN));
        assert_eq!(jeans.get(&world.site, &path).await.status, 200);
        jeans.post(&world.site, "/sign-out", &[]).await;
        assert_eq!(jeans.get(&world.site, "/manage").await.status, 303);
    }
}

#[tokio::test]
async fn a_provider_that_takes_the_secret_only_in_the_form_gets_it_there() {
    let world = World::new();
    let methods = json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
    world.provider.set(|rules| rules.description = methods.as_object().unwrap().clone());
    assert_eq!(world.sign_in().await.status, 303);
}

#[tokio::test]
async fn signing_in_leads_back_to_where_somebody_was_and_nowhere_else() {
    let world = World::new();
    for (next, to) in [
        ("%2Fmanage%2Fpeople", "/manage/people"),
        ("/account", "/account"),
        ("https://evil.example", "/manage"),
        ("//evil.example/manage/", "/manage"),
        ("/manage/../../evil", "/manage"),
        ("/manage%0d%0aSet-Cookie:%20a=b", "/manage"),
        ("javascript:alert(1)", "/manage"),
        ("", "/manage"),
    ] {
        let pressed = Browser::default().get(&world.site, &format!("{BUTTON}?next={next}")).await;
        let browser = Browser::default().keeping(&pressed);
        let back = world.provider.visit(pressed.header(header::LOCATION));
        // What stands in the address on the way back counts for nothing.
        let back = format!("{back}&next=https://evil.example");
        let entered = browser.get(&world.site, &back).await;
        assert_eq!(entered.header(header::LOCATION), to, "{next}");
    }
}
