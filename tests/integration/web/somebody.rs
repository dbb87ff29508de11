//! Everything that may be said of whom a search is for: one form, an address that says what is
//! needed and never who, and results that keep to it.

use serde_json::json;

use crate::harness::{Listing, Site, people::directory_with, town};

const LOUD: &str = "Singing aloud";
const QUIET: &str = "Singing in quiet";
const BOTH: &str = "Singing with both";

fn choir(name: &'static str, more: serde_json::Value) -> Listing {
    Listing::new(name, "We sing together.")
        .with(json!({ "needs": ["singing"] }))
        .with(more)
        .at("The hall", 53.5470, -2.6300)
}

fn choirs() -> Site {
    let quiet = json!({ "access": { "quiet-space": "yes" } });
    let both = json!({
        "access": { "quiet-space": "yes", "parking": "yes" },
        "first_visit": { "someone_can_come": "yes" },
        "description": "Afterwards those who like go for a beer in the pub.",
    });
    let loud = json!({ "access": { "quiet-space": "no", "parking": "yes" } });
    let listings = [choir(LOUD, loud), choir(QUIET, quiet), choir(BOTH, both)];
    directory_with(&[&town()[..], &listings].concat(), &[]).1
}

async fn found(site: &Site, asked: &str) -> Vec<String> {
    let page = site.get(&format!("/search?q=singing&near=WN1+1AA{asked}")).await;
    let mut cards = page.cards();
    cards.retain(|name| name.starts_with("Singing"));
    cards.sort();
    cards
}

#[tokio::test]
async fn what_somebody_cannot_do_without_is_stated_by_every_result_all_of_it() {
    let site = choirs();
    assert_eq!(found(&site, "").await, [LOUD, QUIET, BOTH]);
    assert_eq!(found(&site, "&must=quiet-space").await, [QUIET, BOTH]);
    assert_eq!(found(&site, "&must=quiet-space&must=parking").await, [BOTH]);
    let either = found(&site, "&access=quiet-space&access=parking").await;
    assert_eq!(either, [LOUD, QUIET, BOTH], "within a filter any will do");
    assert_eq!(found(&site, "&must=company").await, [BOTH], "not stated is no yes");
    assert_eq!(found(&site, "&must=company&must=childcare").await, [""; 0]);
    let page = site.get("/search?q=singing&near=WN1+1AA&must=quiet-space&must=parking").await;
    page.keeps_the_rules();
    let said: Vec<String> =
        page.with_class("ha-chosen__remove").iter().map(|link| link.text()).collect();
    assert_eq!(said, ["Remove Must have: Quiet space", "Remove Must have: Parking"]);
    let count = page.by_id("access-parking").unwrap();
    assert!(count.attribute("checked").is_none());
    assert!(page.text().contains("Parking 1 services"), "{}", page.text());
}

#[tokio::test]
async fn what_is_to_be_left_out_is_left_out_in_anybodys_words_and_said() {
    let site = choirs();
    for avoid in ["beer", "no+beer", "pub"] {
        let left = found(&site, &format!("&avoid={avoid}")).await;
        assert_eq!(left, [LOUD, QUIET], "{avoid}");
    }
    let page = site.get("/search?q=singing&near=WN1+1AA&avoid=beer").await;
    page.keeps_the_rules();
    let text = page.text();
    assert!(text.contains("Left out: what speaks of “beer”"), "{text}");
    assert!(text.contains("Remove Not mentioning “beer”"), "{text}");
    let kept = page.by_id("avoid").unwrap();
    assert_eq!(kept.attribute("value"), Some("beer"), "the filters send it along");
}

#[tokio::test]
async fn the_form_asks_what_its_address_asks_and_leads_back() {
    let site = choirs();
    let address = "q=singing&avoid=beer&near=WN1&within=4828&age=70&who=carer&who=housebound\
        &day=tue&time=evening&cost=free&must=step-free&must=company&lang=pl&open=1";
    let form = site.get(&format!("/search/somebody?{address}")).await;
    form.keeps_the_rules();
    assert_eq!(form.heading(), "Search for somebody");
    let mut filled = form.filled();
    filled.retain(|(_, value)| !value.is_empty());
    let mut asked: Vec<(String, String)> =
        url::form_urlencoded::parse(address.as_bytes()).into_owned().collect();
    filled.sort();
    asked.sort();
    assert_eq!(filled, asked);
    let back = form.link("Back to the results").unwrap();
    assert!(back.starts_with("/search?q=singing&avoid=beer"), "{back}");
    let results = site.get(&format!("/search?{address}")).await;
    results.keeps_the_rules();
    let onward = results.link("Say more about whom it is for").unwrap();
    assert!(onward.starts_with("/search/somebody?q=singing&avoid=beer"), "{onward}");
    let empty = site.get("/search/somebody").await;
    empty.keeps_the_rules();
    assert!(empty.link("Back to the results").is_none());
    assert!(empty.filled().iter().all(|(_, value)| value.is_empty()), "{:?}", empty.filled());
}

#[tokio::test]
async fn what_the_form_has_no_field_for_goes_along() {
    let site = choirs();
    let address = "q=singing&place=E08000010&need=singing&need=debt&cost=paid&how=in-person\
        &access=parking&lang=pl&lang=ur&refer=self&sector=voluntary&sort=name&day=not-stated";
    let form = site.get(&format!("/search/somebody?{address}&page=3")).await;
    let mut filled = form.filled();
    filled.retain(|(_, value)| !value.is_empty());
    let mut asked: Vec<(String, String)> =
        url::form_urlencoded::parse(address.as_bytes()).into_owned().collect();
    filled.sort();
    asked.sort();
    assert_eq!(filled, asked);
}

#[tokio::test]
async fn what_has_to_be_there_is_not_taken_for_what_is_left_out() {
    let site = choirs();
    let page = site.get("/search?q=singing&near=WN1+1AA&avoid=no+stairs").await;
    page.keeps_the_rules();
    assert!(page.text().contains("What to leave out"), "{}", page.text());
    assert_eq!(found(&site, "&avoid=no+stairs").await, [LOUD, QUIET, BOTH]);
    assert_eq!(found(&site, "&avoid=the").await, [LOUD, QUIET, BOTH]);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_rest_is_asked() {
    let site = choirs();
    let page = site.get("/search?q=singing&must=wings&must=quiet-space").await;
    page.keeps_the_rules();
    assert!(page.text().contains("What they cannot do without"), "{}", page.text());
    let long = format!("/search/somebody?avoid={}&must=wings&within=far", "x".repeat(3000));
    let form = site.get(&long).await;
    assert_eq!(form.status, 200);
    form.keeps_the_rules();
}
