//! Somebody is known here by an address that the provider verified, and is never added.

use hereabouts::store::Reading;
use serde_json::json;

use super::{World, is_refusal};

#[tokio::test]
async fn nobody_is_made_known_by_the_provider() {
    let world = World::new();
    world.provider.says(json!({"email": "stranger@people.example"}));
    let before = world.app.store.counts().unwrap();
    let page = world.sign_in().await;
    is_refusal(&page, 403, "You are not known here yet");
    assert_eq!(world.app.store.counts().unwrap(), before);
    assert!(page.text().contains("Nobody with the address stranger@people.example"));
    assert!(page.text().contains("ask whoever runs this directory"));

    let mut config = world.provider.config();
    config.directory.help_name = "Wigan Voluntary Action".to_owned();
    config.directory.help_phone = "01942 000000".to_owned();
    let world = World::with(config, world.provider);
    let page = world.sign_in().await;
    assert!(page.text().contains("Or ask Wigan Voluntary Action: 01942 000000."));
}

#[tokio::test]
async fn an_address_that_the_provider_has_not_verified_is_nobodys() {
    for verified in [json!(false), json!("false"), json!(null), json!(1)] {
        let world = World::new();
        world.provider.says(json!({"email_verified": verified}));
        // What it answers besides, where it says nothing in the token.
        world.provider.set(|rules| {
            rules.about = json!({"sub": "jean-1", "email": "jean@people.example"});
        });
        let status = if verified == json!(1) { 502 } else { 403 };
        let title = if status == 403 {
            "Your e-mail address is not confirmed"
        } else {
            "We could not make sure that it is you"
        };
        world.refuses(status, title).await;
    }
    let world = World::new();
    world.provider.says(json!({"email_verified": "true"}));
    assert_eq!(world.sign_in().await.status, 303);
}

#[tokio::test]
async fn a_provider_that_keeps_the_address_apart_from_the_token_is_asked_for_it() {
    let world = World::new();
    world.provider.says(json!({"email": null, "email_verified": null}));
    let about =
        |sub: &str| json!({"sub": sub, "email": "jean@people.example", "email_verified": true});
    world.provider.set(|rules| rules.about = about("jean-1"));
    assert_eq!(world.sign_in().await.status, 303);
    assert_eq!(world.provider.asked("/about"), 1);
    world.provider.set(|rules| rules.about = about("somebody-else"));
    world.refuses(502, "We could not make sure that it is you").await;
    world.provider.set(|rules| {
        rules.description = json!({"userinfo_endpoint": null}).as_object().unwrap().clone()
    });
    let world = World::with(world.provider.config(), world.provider);
    world.refuses(403, "Your e-mail address is not confirmed").await;
}
