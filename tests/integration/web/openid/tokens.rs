//! A token counts only where all of it is right.

use serde_json::{Value, json};

use super::{
    super::super::harness::{
        identity_provider::{Signer, Signs},
        now,
        people::at,
    },
    World,
};

const UNSURE: &str = "We could not make sure that it is you";

async fn refuses(claims: Value) {
    let world = World::new();
    world.provider.says(claims);
    world.refuses(502, UNSURE).await;
}

async fn refuses_signed(signs: Signs) {
    for signer in [Signer::es256("1"), Signer::rs256("1")] {
        let world = World::new();
        world.provider.set(|rules| (rules.signer, rules.signs) = (signer, signs));
        world.refuses(502, UNSURE).await;
        // All else about it was right.
        world.provider.set(|rules| rules.signs = Signs::Rightly);
        assert_eq!(world.sign_in().await.status, 303);
    }
}

#[tokio::test]
async fn a_token_of_another_issuer_is_refused() {
    refuses(json!({"iss": "https://evil.example"})).await;
    refuses(json!({"iss": null})).await;
}

#[tokio::test]
async fn a_token_for_another_client_is_refused() {
    refuses(json!({"aud": "another directory"})).await;
    refuses(json!({"aud": ["another directory", "the directory"]})).await;
    refuses(json!({"azp": "another directory"})).await;
}

#[tokio::test]
async fn a_token_of_another_attempt_is_refused() {
    refuses(json!({"nonce": "of another attempt"})).await;
    refuses(json!({"nonce": null})).await;
}

#[tokio::test]
async fn a_token_of_another_time_is_refused() {
    let now = now().as_second();
    refuses(json!({"exp": now - 60})).await;
    refuses(json!({"exp": null})).await;
    refuses(json!({"iat": now + 120})).await;
    refuses(json!({"iat": now - 3600})).await;
}

#[tokio::test]
async fn a_token_that_nobody_signed_is_refused() {
    refuses_signed(Signs::Not).await;
}

#[tokio::test]
async fn a_token_signed_with_what_everybody_knows_is_refused() {
    refuses_signed(Signs::WithWhatEverybodyKnows).await;
}

#[tokio::test]
async fn a_token_signed_by_another_is_refused() {
    let world = World::new();
    world.provider.set(|rules| rules.signs = Signs::ByAnother);
    world.refuses(502, UNSURE).await;
}

#[tokio::test]
async fn a_token_that_was_changed_after_it_was_signed_is_refused() {
    refuses_signed(Signs::Otherwise).await;
}

#[tokio::test]
async fn a_key_that_the_provider_changed_is_asked_for_again_once() {
    let world = World::new();
    for _ in 0..3 {
        assert_eq!(world.sign_in().await.status, 303);
    }
    assert_eq!(world.provider.asked("/keys"), 1);
    world.provider.set(|rules| rules.signer = Signer::es256("2"));
    assert_eq!(world.sign_in().await.status, 303);
    assert_eq!(world.sign_in().await.status, 303);
    assert_eq!(world.provider.asked("/keys"), 2);
}

#[tokio::test]
async fn a_token_by_a_key_that_is_not_published_is_refused_after_one_look() {
    let world = World::new();
    assert_eq!(world.sign_in().await.status, 303);
    // The description of keys stays what it was, under another name than the token's.
    world.provider.set(|rules| rules.names_key = Some("never published".to_owned()));
    world.refuses(502, UNSURE).await;
    assert_eq!(world.provider.asked("/keys"), 2);
}

#[tokio::test]
async fn a_key_that_was_taken_back_counts_for_an_hour_at_most() {
    let world = World::new();
    assert_eq!(world.sign_in().await.status, 303);
    let later = at(&world.app, "2026-11-22T13:00:00Z");
    let world = World { site: later, ..world };
    let now = now().as_second() + 3600;
    world.provider.says(json!({"iat": now, "exp": now + 300}));
    assert_eq!(world.sign_in().await.status, 303);
    assert_eq!(world.provider.asked("/keys"), 2);
    assert_eq!(world.provider.asked("/.well-known/openid-configuration"), 2);
}
