//! What leaves the room: shortlists, leaflets, texts and referrals.

mod follows;
mod gaps;
mod private;
mod referrals;
mod shortlists;
mod taken;
mod went;

use hereabouts::{
    app::App,
    domain::{Person, Role},
};

use crate::harness::{
    Listing, Page, Site,
    people::{Browser, directory_with, provider, service, with_role},
    town,
};

const GARDEN: &str = "Growing together";
/// A service that takes referrals, and is looked after by Jean.
const CLUB: &str = "Company club";

fn jean() -> Person {
    provider("jean", &[CLUB])
}

fn kwame() -> Person {
    with_role("kwame", Role::LinkWorker, None)
}

fn club() -> Listing {
    Listing::new(CLUB, "Two hours of company each week.")
        .with(serde_json::json!({
            "needs": ["loneliness"],
            "access_routes": {
                "routes": [{ "who": "link-worker", "way": "email" }],
                "what_to_say": "Your reference, and whether they need a lift.",
            },
            "contacts": [{ "phone": "01632 960777", "email": "club@example.org" }],
        }))
        .at("The hall", 53.5470, -2.6300)
}

/// The town with a service that takes referrals, and these people.
fn town_that_refers(people: &[Person]) -> (App, Site) {
    let mut listings = town();
    listings.push(club());
    directory_with(&listings, people)
}

/// Puts services on the list of a browser, which it keeps from then on.
async fn picked(site: &Site, browser: &Browser, names: &[&str]) -> Browser {
    let mut browser = browser.clone();
    for name in names {
        let id = service(name).to_string();
        let fields = [("service", id.as_str()), ("back", "/search?q=lonely#r1")];
        let page = browser.post_bare(site, "/shortlists", &fields).await;
        assert_eq!(page.status, 303, "{}", page.text());
        browser = browser.keeping(&page);
    }
    browser
}

/// The path of the list that a browser has.
async fn path_of(site: &Site, browser: &Browser) -> String {
    location(&browser.get(site, "/shortlists").await)
}

/// Where a page leads on to.
fn location(page: &Page) -> String {
    page.headers.get("location").map_or("", |to| to.to_str().unwrap()).to_owned()
}
