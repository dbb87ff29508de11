//! How a steward's listings stand: each figure is the length of the list behind it.

use std::collections::BTreeSet;

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{
        Grant, OrganisationId, Partnership, PartnershipId, Person, Role, Scope,
        ServiceAtLocationId, ServiceStatus,
    },
    keeping::find_kept,
    search::door_of,
    store::{Reading, ServiceRecord, StoreError},
};
use serde_json::json;

use crate::harness::{
    CONFIDENTIAL, Listing, Page, Site, now,
    people::{
        Browser, directory_with, person, provider, save_people, service, signed_in, tester,
        town_with, with_role,
    },
    town,
};

const OWN: &str = "Growing together";

fn ruth() -> Person {
    with_role("ruth", Role::Steward, Some("E08000010"))
}

/// The town with thirty more listings, so that lists have pages.
fn large_town() -> Vec<Listing> {
    let more = (0..30).map(|n| {
        let name: &'static str = Box::leak(format!("Class {n}").into_boxed_str());
        let confirmed = format!("202{}-0{}-10T09:00:00Z", 4 + n % 3, 1 + n % 9);
        let by = json!({ "role": "steward", "name": "Ann" });
        let listing = Listing::new(name, "A class.").with(json!({
            "upkeep": { "confirmed": { "at": confirmed, "by": by } },
            "eligibility": if n % 2 == 0 { json!({ "open_to_all": "yes" }) } else { json!({}) },
            "provenance": if n % 5 == 0 { json!({ "missing_since": "2026-11-01T09:00:00Z" }) } else { json!({}) },
        }));
        listing.at("A hall", 53.49 + 0.004 * f64::from(n), -2.60)
    });
    town().into_iter().chain(more).collect()
}

/// The figures of a page: the address of each with its number.
fn figures(page: &Page) -> Vec<(String, usize)> {
    let links = page.all("a");
    let found = links.iter().filter_map(|link| {
        let href = link.attribute("href")?.replace("&amp;", "&");
        let text = link.text();
        let number = text.rsplit(' ').next()?.replace(',', "").parse().ok()?;
        href.starts_with("/steward/health/listings").then_some((href, number))
    });
    found.collect()
}

/// The names on every page of a list.
async fn names(browser: &Browser, site: &Site, path: &str) -> Vec<String> {
    let mut names = Vec::new();
    for number in 1.. {
        let page = browser.get(site, &format!("{path}&page={number}")).await;
        if page.status == 303 {
            return names;
        }
        assert_eq!(page.status, 200, "{path}");
        page.keeps_the_rules();
        let before = names.len();
        names.extend(page.with_class("ha-ways__title").iter().map(|title| title.text()));
        if names.len() == before {
            return names;
        }
    }
    names
}

/// The number of a figure of everything.
async fn figure(browser: &Browser, site: &Site, key: &str) -> usize {
    let page = browser.get(site, "/steward/health").await;
    let path = format!("/steward/health/listings?what={key}");
    figures(&page).into_iter().find(|(href, _)| *href == path).map_or(0, |(_, number)| number)
}

#[tokio::test]
async fn every_figure_is_the_length_of_the_list_that_it_opens() {
    let (app, site) = directory_with(&large_town(), &[ruth(), provider("jean", &[OWN])]);
    let report = format!("/services/{}/x/report", service(OWN));
    Browser::default().post_bare(&site, &report, &[("reason", "closed")]).await;
    let browser = signed_in(&app, &ruth(), None);
    let page = browser.get(&site, "/steward/health").await;
    page.keeps_the_rules();
    let figures = figures(&page);
    assert!(figures.len() > 40, "{}", figures.len());
    assert!(figures.iter().any(|(_, number)| *number > 25), "a list has pages");
    for (path, number) in figures {
        let names = names(&browser, &site, &path).await;
        let different: BTreeSet<&String> = names.iter().collect();
        assert_eq!((names.len(), different.len()), (number, number), "{path}");
    }
}

#[tokio::test]
async fn the_figures_say_what_the_listings_say() {
    let (app, site) = directory_with(&large_town(), &[ruth(), provider("jean", &[OWN])]);
    let browser = signed_in(&app, &ruth(), None);
    let mut records = Vec::new();
    let keep = |record: ServiceRecord| {
        records.push(record);
        Ok::<_, StoreError>(())
    };
    app.store.for_each_service_record(100, keep).unwrap();
    let theirs = |record: &&ServiceRecord| {
        let kept = find_kept(&app.store, &app.gazetteer, record.service.id).unwrap();
        kept.by_steward(&ruth()).is_ok()
    };
    let theirs: Vec<&ServiceRecord> = records.iter().filter(theirs).collect();
    let within = |months| {
        let since = hereabouts::domain::months_before(now(), months);
        let confirmed = |record: &&&ServiceRecord| {
            record.service.upkeep.confirmed.as_ref().is_some_and(|last| last.at >= since)
        };
        theirs.iter().filter(confirmed).count()
    };
    let no_door = theirs.iter().filter(|record| door_of(record, None, now()).status.is_none());
    let expected = [
        ("listed", theirs.len()),
        ("within-3-months", within(3)),
        ("within-6-months", within(6)),
        ("within-12-months", within(12)),
        ("longer", theirs.len() - within(12)),
        ("nobody", theirs.len() - 1),
        ("door", no_door.count()),
        ("gone", 6),
        ("reported", 0),
    ];
    for (key, count) in expected {
        assert_eq!(figure(&browser, &site, key).await, count, "{key}");
    }
    let whom = names(&browser, &site, "/steward/health/listings?what=whom").await;
    assert!(whom.contains(&"Class 1".to_owned()) && !whom.contains(&"Class 2".to_owned()));
}

#[tokio::test]
async fn the_figures_follow_what_is_done() {
    let jean = provider("jean", &["Old bowls"]);
    let (app, site) = town_with(&[ruth()]);
    let browser = signed_in(&app, &ruth(), None);
    let all = figure(&browser, &site, "listed").await;
    assert_eq!(figure(&browser, &site, "nobody").await, all);
    assert_eq!(figure(&browser, &site, "longer").await, 1);
    save_people(&app, &[jean]);
    assert_eq!(figure(&browser, &site, "nobody").await, all - 1);
    let path = format!("/services/{}/x/report", service("Old bowls"));
    Browser::default().post_bare(&site, &path, &[("reason", "closed")]).await;
    assert_eq!(figure(&browser, &site, "reported").await, 1);
    let page = browser.get(&site, "/steward/health").await;
    assert!(page.text().contains("1 report of problems waits, the oldest since 22 November 2026"));
    let keep = browser.get(&site, &format!("/manage/services/{}", service("Old bowls"))).await;
    let seen = hidden(&keep, "seen");
    let confirm = format!("/manage/services/{}/confirm", service("Old bowls"));
    browser.post(&site, &confirm, &[("seen", &seen)]).await;
    assert_eq!(figure(&browser, &site, "longer").await, 0);
    let mut hidden = app.store.get_service(service("Old bowls")).unwrap();
    hidden.status = ServiceStatus::Inactive;
    app.store.change(&tester(), now(), move |c| c.save_service(&hidden)).unwrap();
    assert_eq!(figure(&browser, &site, "listed").await, all - 1);
    assert_eq!(figure(&browser, &site, "reported").await, 0);
}

fn hidden(page: &Page, name: &str) -> String {
    let inputs = page.all("input");
    let found = inputs.iter().find(|input| input.attribute("name") == Some(name));
    found.unwrap().attribute("value").unwrap().to_owned()
}

#[tokio::test]
async fn a_steward_sees_nothing_of_other_parts() {
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = town_with(&[ruth(), rob.clone(), provider("jean", &[OWN])]);
    let (ruths, robs) = (signed_in(&app, &ruth(), None), signed_in(&app, &rob, None));
    let page = robs.get(&site, "/steward/health").await;
    page.keeps_the_rules();
    assert_eq!(figure(&robs, &site, "listed").await, 1);
    let list = names(&robs, &site, "/steward/health/listings?what=listed").await;
    assert_eq!(list, ["Bolton neighbours"]);
    for (path, _) in figures(&ruths.get(&site, "/steward/health").await) {
        let asked = if path.contains("place=") { 404 } else { 200 };
        assert_eq!(robs.get(&site, &path).await.status, asked, "{path}");
    }
    for (query, status) in [
        ("what=listed&part=E08000010", 403),
        ("what=listed&part=everywhere", 403),
        ("what=listed&part=E08000010&place=E05014989", 403),
        ("what=listed&place=E08000010", 404),
        ("what=listed&place=nowhere", 404),
        ("what=nonsense", 404),
        ("", 404),
        ("what=listed&page=-1", 200),
        ("what=listed&page=99999999999999999999", 200),
        ("what=listed&page=18446744073709551615", 303),
    ] {
        let page = robs.get(&site, &format!("/steward/health/listings?{query}")).await;
        assert_eq!(page.status, status, "{query}");
    }
    let jean = signed_in(&app, &provider("jean", &[OWN]), None);
    assert_eq!(jean.get(&site, "/steward/health").await.status, 403);
    let past = robs.get(&site, "/steward/health/listings?what=listed&page=9").await;
    assert_eq!(past.header(header::LOCATION), "/steward/health/listings?what=listed");
}

#[tokio::test]
async fn a_venue_that_is_kept_secret_counts_in_no_ward() {
    let (app, site) = town_with(&[ruth()]);
    let browser = signed_in(&app, &ruth(), None);
    let page = browser.get(&site, "/steward/health").await;
    let by_ward = figures(&page).into_iter().filter(|(path, _)| path.contains("place="));
    let mut seen = BTreeSet::new();
    for (path, _) in by_ward {
        seen.extend(names(&browser, &site, &path).await);
    }
    assert!(seen.contains(OWN) && !seen.contains("Quiet harbour"), "{seen:?}");
    let list = browser.get(&site, "/steward/health/listings?what=listed").await;
    assert!(list.text().contains("Quiet harbour"));
    for hidden in CONFIDENTIAL {
        assert!(!list.html.contains(hidden) && !page.html.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn a_listing_with_two_venues_counts_in_each_ward_and_once_in_all() {
    let (app, site) = town_with(&[ruth()]);
    let before = rows(&signed_in(&app, &ruth(), None), &site).await;
    let mut garden = app.store.get_service(service(OWN)).unwrap();
    for other in ["Old bowls", "Walk one", "Walk two"] {
        let mut venue = app.store.get_service(service(other)).unwrap().venues[0].clone();
        venue.id = ServiceAtLocationId::derive("test", &format!("garden at {other}"));
        garden.venues.push(venue);
    }
    app.store.change(&tester(), now(), move |c| c.save_service(&garden)).unwrap();
    let after = rows(&signed_in(&app, &ruth(), None), &site).await;
    assert_eq!(before[0], after[0], "the total");
    let sum = |rows: &[usize]| rows[1..].iter().sum::<usize>();
    // The walks begin at one gate, so that two of the venues are in one ward.
    assert!(sum(&after) > sum(&before) && sum(&after) <= sum(&before) + 2, "{before:?} {after:?}");
}

/// The number of listings of everything, and of each ward.
async fn rows(browser: &Browser, site: &Site) -> Vec<usize> {
    let page = browser.get(site, "/steward/health").await;
    let listed = figures(&page).into_iter().filter(|(path, _)| path.contains("what=listed"));
    let total = figure(browser, site, "listed").await;
    let wards = listed.filter(|(path, _)| path.contains("place=")).map(|(_, number)| number);
    [total].into_iter().chain(wards).collect()
}

fn partnership(app: &App, name: &str, listings: &[&str]) -> PartnershipId {
    let id = PartnershipId::derive("test", name);
    let partnership: Partnership = serde_json::from_value(json!({
        "id": id, "name": name, "kind": "alliance", "purpose": "x",
        "members": [{ "organisation": OrganisationId::derive("test", OWN), "role": "leads" }],
        "services": listings.iter().map(|listing| service(listing)).collect::<Vec<_>>(),
    }))
    .unwrap();
    app.store.change(&tester(), now(), move |c| c.save_partnership(&partnership)).unwrap();
    id
}

#[tokio::test]
async fn somebody_with_several_parts_sees_each_and_counts_each_listing_once() {
    let (app, site) = town_with(&[]);
    let id = partnership(&app, "Growing alliance", &[OWN, "Ring round"]);
    let grant = |scope| Grant { role: Role::Steward, scope };
    let bolton = Scope::Place { code: "E08000001".into() };
    let both = person("olu", vec![grant(bolton), grant(Scope::Partnership { id })]);
    save_people(&app, std::slice::from_ref(&both));
    let browser = signed_in(&app, &both, None);
    let page = browser.get(&site, "/steward/health").await;
    page.keeps_the_rules();
    assert_eq!(figure(&browser, &site, "listed").await, 3);
    for (path, number) in figures(&page) {
        assert_eq!(names(&browser, &site, &path).await.len(), number, "{path}");
    }
    partnership(&app, "Growing alliance", &["Ring round"]);
    assert_eq!(figure(&browser, &site, "listed").await, 2, "it left the partnership");
    let everywhere = with_role("eve", Role::Steward, None);
    save_people(&app, std::slice::from_ref(&everywhere));
    let eve = signed_in(&app, &everywhere, None);
    let page = eve.get(&site, "/steward/health").await;
    page.keeps_the_rules();
    assert!(page.text().contains("The whole directory, by council area"), "{}", page.text());
    for (path, number) in figures(&page) {
        assert_eq!(names(&eve, &site, &path).await.len(), number, "{path}");
    }
}
