//! Confidential places stay so: on every page, in every byte.

use super::{
    super::harness::{CONFIDENTIAL, Site},
    every_page::PAGES,
};

#[tokio::test]
async fn a_confidential_address_and_point_are_nowhere() {
    let site = Site::of_the_town();
    let more = [
        "/search?q=quiet+harbour&near=WN1+1AA",
        "/search/map?q=quiet+harbour&near=WN1+1AA",
        "/search/print?q=quiet+harbour&near=WN1+1AA",
        "/suggest?q=quiet",
        "/sitemap/0",
    ];
    for path in PAGES.into_iter().chain(more) {
        let page = site.get(path).await;
        for secret in CONFIDENTIAL {
            assert!(!page.html.contains(secret), "{secret} is on {path}");
        }
    }
}

#[tokio::test]
async fn no_distance_gives_a_hidden_address_away() {
    let site = Site::of_the_town();
    for near in ["WN1+1AA", "WN1", "53.5534,-2.6222", "Wigan"] {
        let page = site.get(&format!("/search?q=quiet+harbour&near={near}")).await;
        let cards = page.with_class("ha-card");
        let card = cards.iter().find(|card| card.text().contains("Quiet harbour")).unwrap();
        assert!(!card.text().contains(" mile"), "{near}: {}", card.text());
        assert!(card.text().contains("Address not shown"), "{}", card.text());
    }
}

#[tokio::test]
async fn a_hidden_place_has_no_pin() {
    let page = Site::of_the_town().get("/search/map?q=quiet+harbour&near=WN1+1AA").await;
    assert_eq!(page.cards()[0], "Quiet harbour");
    let data =
        page.html.split_once("id=\"map-data\">").unwrap().1.split_once("</script>").unwrap().0;
    assert!(!data.contains("Quiet harbour"), "{data}");
}

#[tokio::test]
async fn a_sensitive_listing_is_not_put_before_crawlers() {
    let page = Site::of_the_town().get("/sitemap/0").await;
    assert!(page.html.contains("growing-together") && !page.html.contains("quiet-harbour"));
}
