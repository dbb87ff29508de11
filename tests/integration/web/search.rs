//! Finding: what `/search` shows, and how it says what it did.

use axum::http::{Request, header};
use hereabouts::config::Config;
use serde_json::json;

use super::super::harness::{Listing, Site};

#[tokio::test]
async fn a_card_has_enough_to_judge_by() {
    let page = Site::of_the_town().get("/search?q=gardening&near=WN1+1AA").await;
    let card = page.with_class("ha-card")[0].text();
    let expected = [
        "Growing together",
        "Growing together Association",
        "A weekly gardening group",
        "0.3 miles",
        "Next: Tue 24 Nov, 10am to noon",
        "Free",
        "Turn up or ask for it yourself",
        "Taking people now",
        "said by the organiser, 19 days ago",
        "Confirmed 12 days ago",
        "Why here: answers Gardening and growing",
        "serves WN1 1AA",
    ];
    for part in expected {
        assert!(card.contains(part), "{part} is not in: {card}");
    }
}

#[tokio::test]
async fn what_nobody_stated_is_said_to_be_not_stated() {
    let page = Site::of_the_town().get("/search?q=ring+round&near=WN1+1AA").await;
    let card = page.with_class("ha-card")[0].text();
    for part in
        ["By phone", "Times not stated", "Cost not stated", "How to start not stated", "Full"]
    {
        assert!(card.contains(part), "{part} is not in: {card}");
    }
}

#[tokio::test]
async fn the_count_is_in_the_title_and_the_heading_and_no_title_has_a_postcode() {
    let page = Site::of_the_town().get("/search?q=walk&near=wn11aa&page=2").await;
    assert_eq!(page.heading(), "“walk” near WN1");
    assert!(page.all("h2").iter().any(|heading| heading.text() == "12 services for WN1 1AA"));
    assert_eq!(page.title(), "“walk” near WN1: 12 services, page 2 of 2 – Hereabouts");
    let canonical = page
        .all("link")
        .into_iter()
        .find(|link| link.attribute("rel") == Some("canonical"))
        .unwrap();
    assert_eq!(
        canonical.attribute("href"),
        Some("http://127.0.0.1:8080/search?q=walk&near=WN1&page=2")
    );
}

#[tokio::test]
async fn a_place_is_called_by_its_name_and_not_by_its_code() {
    let site = Site::of_the_town();
    for path in ["/search?q=walk&near=Wigan", "/search/map?q=walk&near=Wigan"] {
        assert_eq!(site.get(path).await.heading(), "“walk” near Wigan");
    }
    let area = site.get("/search?q=walk&place=E08000010").await;
    assert_eq!(area.heading(), "“walk” in Wigan");
}

#[tokio::test]
async fn keys_in_any_order_have_one_canonical_address() {
    let page = Site::of_the_town().get("/search?utm=x&cost=&near=Wigan&q=walk&page=1").await;
    assert!(page.html.contains("href=\"http://127.0.0.1:8080/search?q=walk&amp;near=Wigan\""));
}

#[tokio::test]
async fn a_nearer_service_for_other_people_is_left_out_counted_and_one_click_away() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=lonely&near=WN1+1AA").await;
    assert!(!page.cards().contains(&"Bolton neighbours".to_owned()));
    let href = page.link("1 nearer service is for other areas").unwrap();
    let others = site.get(&href).await;
    assert_eq!(others.cards(), ["Bolton neighbours"]);
    assert!(others.text().contains("Not for WN1 1AA"));
}

#[tokio::test]
async fn what_nobody_confirmed_stands_under_its_own_heading() {
    let page = Site::of_the_town().get("/search?q=lonely&near=WN1+1AA").await;
    let (before, after) = page.html.split_once("Also listed").unwrap();
    assert!(before.contains("Growing together") && !before.contains(">Old bowls<"));
    assert!(
        after.contains("Old bowls") && after.contains("Not confirmed since March 2025; ring first")
    );
}

#[tokio::test]
async fn a_door_that_has_lapsed_is_not_shown_as_open() {
    let page = Site::of_the_town().get("/search?q=bowls&near=WN1+1AA").await;
    let card = page.with_class("ha-card")[0].text();
    assert!(
        card.contains("Not known if taking people") && card.contains("was “taking people now”"),
        "{card}"
    );
    assert!(page.with_class("ha-state--open").is_empty());
}

#[tokio::test]
async fn widened_words_are_said_and_can_be_undone() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=lonely&near=WN1+1AA").await;
    assert!(page.text().contains("Also showing Loneliness"), "{}", page.text());
    let only = site.get(&page.link("Search only for “lonely”").unwrap()).await;
    assert!(only.text().contains("Only these words are searched for."));
    assert!(only.link("Search for what they mean as well").is_some());
}

#[tokio::test]
async fn a_corrected_spelling_is_said_with_the_original_one_click_away() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=befriendng&near=WN1+1AA").await;
    assert!(page.text().contains("so this is for “befriending”"), "{}", page.text());
    let as_is = site.get(&page.link("as it is").unwrap()).await;
    assert_eq!(as_is.heading(), "“befriendng” near WN1");
}

#[tokio::test]
async fn a_place_among_the_words_is_the_place_and_can_be_words_again() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=gardening+in+Wigan").await;
    assert!(page.text().contains("“in Wigan” was taken as the place"), "{}", page.text());
    assert!(page.heading().starts_with("“gardening” near Wigan"), "{}", page.heading());
    let as_words = site.get(&page.link("Search for it as words").unwrap()).await;
    assert_eq!(as_words.heading(), "“gardening in Wigan”");
    let elsewhere = site.get("/search?q=gardening+in+Bolton&near=WN1+1AA").await;
    assert!(!elsewhere.text().contains("was taken as the place"), "{}", elsewhere.text());
    assert!(elsewhere.text().contains("the one that was given is used instead"));
    assert_eq!(elsewhere.heading(), "“gardening” near WN1");
}

#[tokio::test]
async fn a_chosen_filter_can_be_taken_away() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=lonely&near=WN1+1AA&cost=free&age=70").await;
    let removals = page.with_class("ha-chosen__remove");
    let said: Vec<String> = removals.iter().map(|link| link.text()).collect();
    assert_eq!(said, ["Remove Age 70", "Remove Free"]);
    assert_eq!(removals[1].attribute("href"), Some("/search?q=lonely&near=WN1+1AA&age=70"));
    assert_eq!(page.link("Clear all").unwrap(), "/search?q=lonely&near=WN1+1AA");
}

#[tokio::test]
async fn the_filter_form_asks_the_same_question_again() {
    let page = Site::of_the_town().get("/search?q=lonely&near=WN1+1AA&cost=free&sort=name").await;
    // The forms of the cards below it have fields of their own, for services and for gaps.
    let hidden: Vec<(&str, &str)> = page
        .all("input")
        .into_iter()
        .filter(|input| input.attribute("type") == Some("hidden"))
        .map(|input| (input.attribute("name").unwrap(), input.attribute("value").unwrap()))
        .take_while(|(name, _)| *name != "service")
        .collect();
    assert_eq!(hidden, [("q", "lonely"), ("near", "WN1 1AA"), ("sort", "name")]);
    assert!(page.by_id("cost-free").unwrap().attribute("checked").is_some());
    assert!(page.text().contains("In one group any of your choices will do."));
}

#[tokio::test]
async fn a_page_past_the_end_leads_to_the_first() {
    let site = Site::of_the_town();
    let answer = site.answer(Request::get("/search?q=walk&near=WN1+1AA&page=40")).await;
    assert_eq!(answer.status(), 307);
    assert_eq!(answer.headers()[header::LOCATION], "/search?q=walk&near=WN1+1AA");
}

#[tokio::test]
async fn a_place_that_is_not_known_keeps_the_form_and_withholds_results() {
    let page = Site::of_the_town().get("/search?q=lonely&near=Bristle").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.heading(), "We couldn’t find a place called “Bristle”");
    assert_eq!(page.cards(), Vec::<String>::new());
    assert_eq!(page.by_id("where").unwrap().attribute("value"), Some("Bristle"));
    assert_eq!(page.by_id("where").unwrap().attribute("aria-describedby"), Some("where-error"));
    assert!(page.link("Bristol").is_some());
}

#[tokio::test]
async fn a_name_with_several_answers_offers_them() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=lonely&near=Newton").await;
    assert!(page.cards().is_empty() || page.text().contains("Other places of that name"));
    let href = page.link("Newton, ").or(page.link("Newton")).unwrap();
    assert_eq!(site.get(&href).await.status, 200);
}

#[tokio::test]
async fn a_place_outside_england_is_named_as_such() {
    let page = Site::of_the_town().get("/search?near=CF10+1AA").await;
    assert_eq!(page.heading(), "“CF10” is in Wales");
}

#[tokio::test]
async fn nothing_found_is_a_page_of_ways_on() {
    let site = Site::of_the_town();
    let page = site.get("/search?q=gardening&day=sun&near=WN1+1AA").await;
    assert!(page.text().contains("No services found"));
    assert!(page.text().contains("You asked for “gardening” near WN1, Sunday."));
    let href = page.link("Without Sunday").unwrap();
    assert_eq!(site.get(&href).await.cards()[0], "Growing together");
    assert!(page.text().contains("By phone, online or at your home"));
    assert!(page.by_id("urgent").is_some());
}

#[tokio::test]
async fn words_that_ask_for_help_now_raise_the_panel_above_the_results() {
    let page = Site::of_the_town().get("/search?q=i+want+to+die+lonely&near=WN1+1AA").await;
    let panel = page.html.find("class=\"ha-urgent\"").unwrap();
    assert!(panel < page.html.find("Also showing").unwrap());
    assert!(page.html.contains("href=\"tel:116123\""));
}

#[tokio::test]
async fn values_that_cannot_be_used_are_explained() {
    let page = Site::of_the_town().get("/search?q=walk&age=old&page=0").await;
    let text = page.text();
    assert!(
        text.contains("Age: “old” was given, and it has to be a whole number from 0 to 130."),
        "{text}"
    );
    assert!(text.contains("Page: “0” was given"));
    assert_eq!(page.cards().len(), 10);
}

#[tokio::test]
async fn the_map_has_the_numbers_of_the_list() {
    let page = Site::of_the_town().get("/search/map?q=gardening&near=WN1+1AA").await;
    let data =
        page.html.split_once("id=\"map-data\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: serde_json::Value = serde_json::from_str(data).unwrap();
    let pin = &data["pins"][0];
    assert_eq!(
        (&pin["n"], &pin["href"], &pin["label"]),
        (&json!(1), &json!("#r1"), &json!("Growing together"))
    );
    assert_eq!(page.with_class("ha-map__digit")[0].text(), "1");
    assert!(page.by_id("r1").is_some());
    assert!(
        page.with_class("ha-map__still")[0]
            .attribute("aria-label")
            .unwrap()
            .contains("numbered place")
    );
}

#[tokio::test]
async fn a_page_with_a_map_may_load_tiles_from_the_host_that_was_chosen() {
    let mut config = Config::default();
    config.map.raster = "https://tiles.example/{z}/{x}/{y}.png".to_owned();
    let garden = Listing::new("Growing together", "Gardening").at("The garden", 53.5475, -2.6290);
    let site = Site::of(&[garden], config);
    let map = site.get("/search/map?q=gardening").await;
    assert!(
        map.header(header::CONTENT_SECURITY_POLICY)
            .contains("img-src 'self' data: https://tiles.example;")
    );
    let list = site.get("/search?q=gardening").await;
    assert!(!list.header(header::CONTENT_SECURITY_POLICY).contains("tiles.example"));
}

#[tokio::test]
async fn what_is_printed_says_when_and_to_ring_first() {
    let page = Site::of_the_town().get("/search/print?q=gardening&near=WN1+1AA").await;
    let text = page.text();
    for part in [
        "Printed 22 November 2026. Ring before you travel.",
        "01632 960123",
        "The walled garden, 1 Library Street, Wigan, WN1 1NN",
        "Next: Tue 24 Nov, 10am to noon",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    assert!(page.all("header").is_empty() && page.all("nav").is_empty());
}

#[tokio::test]
async fn suggestions_lead_somewhere_and_are_kept_for_a_minute() {
    let page = Site::of_the_town().get("/suggest?q=lon").await;
    assert_eq!(page.header(header::CACHE_CONTROL), "public, max-age=60");
    let answer: serde_json::Value = serde_json::from_str(&page.html).unwrap();
    let first = &answer["suggestions"][0];
    assert_eq!((&first["kind"], &first["label"]), (&json!("need"), &json!("Loneliness")));
    assert_eq!(first["href"], "/search?need=loneliness");
    assert!(answer["suggestions"].as_array().unwrap().len() <= 8);
}

#[tokio::test]
async fn what_was_searched_for_is_kept_by_nobody() {
    let site = Site::of_the_town();
    for path in ["/search?q=lonely", "/search/map?q=lonely", "/search/print?q=lonely"] {
        let page = site.get(path).await;
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{path}");
        let robots =
            page.all("meta").into_iter().find(|meta| meta.attribute("name") == Some("robots"));
        assert_eq!(robots.unwrap().attribute("content"), Some("noindex, nofollow"));
    }
}

#[tokio::test]
async fn the_first_page_says_how_much_there_is_and_how_fresh_it_is() {
    let page = Site::of_the_town().get("/").await;
    let expected =
        "17 services listed; 16 confirmed in the last 6 months; 1 said to be taking people now.";
    assert!(page.text().contains(expected), "{}", page.text());
    assert_eq!(page.with_class("ha-tile").len(), 12);
    assert!(page.text().contains("These are demonstration listings:"));
}
