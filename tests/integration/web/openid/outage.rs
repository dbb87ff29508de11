//! A provider that is down, slow or not itself keeps nobody from the rest.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{
    super::super::harness::{
        Site,
        identity_provider::{IdentityProvider, Mood},
        people::Browser,
    },
    BUTTON, World, is_refusal,
};

const LATER: &str = "You cannot be signed in that way just now";
const UNSURE: &str = "We could not make sure that it is you";
const DESCRIPTION: &str = "/.well-known/openid-configuration";

async fn cannot_set_out(site: &Site, title: &str) {
    let page = Browser::default().get(site, BUTTON).await;
    is_refusal(&page, 502, title);
}

/// A world whose provider answers badly at one path.
fn with_mood(path: &'static str, mood: Mood) -> World {
    let world = World::new();
    world.provider.set(|rules| rules.moods.extend([(path, mood)]));
    world
}

#[tokio::test]
async fn a_provider_that_is_down_is_a_page_and_the_rest_goes_on() {
    let provider = IdentityProvider::open();
    let mut config = provider.config();
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    config.openid.issuer = format!("http://{nobody}");
    let world = World::with(config, provider);
    cannot_set_out(&world.site, LATER).await;
    assert_eq!(world.site.get("/sign-in").await.status, 200);
}

#[tokio::test]
async fn a_provider_that_answers_badly_signs_nobody_in() {
    for (mood, title) in [
        (Mood::Broken, LATER),
        (Mood::SendsOn, LATER),
        (Mood::Endless, LATER),
        (Mood::Babbles, UNSURE),
    ] {
        cannot_set_out(&with_mood(DESCRIPTION, mood).site, title).await;
        for path in ["/token", "/keys"] {
            let world = with_mood(path, mood);
            world.refuses(502, title).await;
            assert_eq!(world.provider.asked("/elsewhere"), 0, "nobody is followed");
        }
    }
}

#[tokio::test]
async fn a_provider_that_is_slow_keeps_somebody_waiting_for_seconds_and_nobody_else() {
    let worlds = [
        with_mood(DESCRIPTION, Mood::Silent),
        with_mood(DESCRIPTION, Mood::Slow),
        with_mood("/token", Mood::Silent),
        with_mood("/keys", Mood::Slow),
    ];
    let began = Instant::now();
    let [one, two, three, four] = &worlds;
    let searching = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let began = Instant::now();
        assert_eq!(one.site.get("/search?q=gardening").await.status, 200);
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    };
    tokio::join!(
        cannot_set_out(&one.site, LATER),
        cannot_set_out(&two.site, LATER),
        three.refuses(502, LATER),
        four.refuses(502, LATER),
        searching,
    );
    // Less than any page takes at most, which would not say what was slow.
    assert!(began.elapsed() < Duration::from_secs(14), "{:?}", began.elapsed());
}

#[tokio::test]
async fn more_who_wait_for_a_slow_provider_than_there_is_room_for_are_told_to_come_back() {
    let world = with_mood(DESCRIPTION, Mood::Silent);
    let waiting: Vec<_> = (0..33)
        .map(|_| {
            let site = Site::over(world.app.clone());
            tokio::spawn(async move { site.get(BUTTON).await.status.as_u16() })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    // Work on the store has room of its own.
    assert_eq!(world.site.get("/search?q=gardening").await.status, 200);
    let page = Browser::default().get(&world.site, BUTTON).await;
    assert_eq!(page.status, 503);
    waiting.into_iter().for_each(|one| one.abort());
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_not_asked() {
    let world = World::new();
    let other = json!({"issuer": "https://evil.example"});
    world.provider.set(|rules| rules.description = other.as_object().unwrap().clone());
    cannot_set_out(&world.site, UNSURE).await;
}

#[tokio::test]
async fn an_encrypted_provider_is_trusted_by_its_certificate_only() {
    let provider = IdentityProvider::encrypted();
    let world = World::with(provider.config(), provider);
    cannot_set_out(&world.site, LATER).await;

    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("trusted.pem");
    std::fs::write(&pem, world.provider.certificate.as_ref().unwrap()).unwrap();
    let mut config = world.provider.config();
    config.openid.certificate = pem.to_str().unwrap().to_owned();
    let world = World::with(config, world.provider);
    assert_eq!(world.sign_in().await.status, 303);
}
