//! What holds for every page of the town.

use std::collections::HashMap;

use hereabouts::domain::{OrganisationId, ServiceId};

use super::super::harness::{CONFIDENTIAL, Site};

/// Every page, in each of its states. A new page belongs here.
pub const PAGES: [&str; 39] = [
    "/",
    "/search",
    "/search?q=lonely&near=WN1+1AA",
    "/search?q=lonely&near=WN1+1AA&elsewhere=1",
    "/search?q=lonely&near=WN1&age=70&who=carer&cost=free&cost=not-stated&open=1&sort=distance",
    "/search?q=walk&page=2",
    "/search?need=walking&place=E08000010",
    "/search?q=lonley+gardning&near=Wigan",
    "/search?q=lonely&words=only&near=Wigan",
    "/search?q=bell+ringing&cost=free&near=WN1+1AA",
    "/search?q=zzzzzz",
    "/search?q=i+want+to+die&near=WN1+1AA",
    "/search?q=lonely&near=Bristle",
    "/search?q=lonely&near=CF10+1AA",
    "/search?q=lonely&near=Newton",
    "/search/map?q=lonely&near=WN1+1AA",
    "/search/map?q=zzzzzz",
    "/search/print?q=lonely&near=WN1+1AA",
    "/needs",
    "/needs/loneliness",
    "/places/E08000010",
    "/commissioning",
    "/commissioning?place=WN1+1AA",
    "/commissioning/E08000010?parts=ward",
    "/commissioning/E08000010/gaps",
    "/commissioning/E08000010/needs/loneliness",
    "/commissioning/E08000010/needs/walking?parts=msoa&order=lonely_pct",
    "/about",
    "/privacy",
    "/accessibility",
    "/help",
    "/api",
    "/sign-in",
    "/sign-in/sent",
    "/confirm/sent",
    "/shortlists",
    "/shortlists?deleted=1",
    "/outbox",
    "/nothing/here",
];

/// What another floor answers.
const ELSEWHERE: [&str; 1] = ["/api/v1/"];

#[tokio::test]
async fn every_page_keeps_the_rules() {
    let site = Site::of_the_town();
    for path in PAGES {
        site.get(path).await.keeps_the_rules();
    }
}

#[tokio::test]
async fn no_two_pages_have_the_same_title() {
    let site = Site::of_the_town();
    let mut titles = HashMap::new();
    for path in PAGES {
        let title = site.get(path).await.title();
        let other = titles.insert(title.clone(), path);
        // Searches that come to the same heading and count are the same page to a reader.
        assert!(
            other.is_none_or(|other| same_search(other, path)),
            "{path} and {other:?}: {title}"
        );
    }
}

fn same_search(one: &str, other: &str) -> bool {
    let words = |path: &str| path.split(['?', '&']).nth(1).map(str::to_owned);
    words(one) == words(other)
}

#[tokio::test]
async fn every_link_leads_to_a_page() {
    let site = Site::of_the_town();
    let mut links: Vec<String> = Vec::new();
    for path in PAGES {
        let page = site.get(path).await;
        let elements = ["a", "link", "script"].into_iter().flat_map(|name| page.all(name));
        let hrefs =
            elements.filter_map(|element| element.attribute("href").or(element.attribute("src")));
        links.extend(hrefs.filter(|href| href.starts_with('/')).map(str::to_owned));
    }
    links.sort();
    links.dedup();
    assert!(links.len() > 50);
    // What is for those who sign in leads there.
    links.retain(|link| !link.starts_with("/manage"));
    for link in
        links.iter().filter(|link| !ELSEWHERE.iter().any(|elsewhere| link.starts_with(elsewhere)))
    {
        let path = link.split('#').next().unwrap();
        assert_eq!(site.get(path).await.status, 200, "{link}");
    }
}

#[tokio::test]
async fn listings_and_organisations_keep_the_rules() {
    let site = Site::of_the_town();
    for name in ["Growing together", "Ring round", "Quiet harbour", "Old bowls"] {
        let service = ServiceId::derive("test", name);
        site.get(&format!("/services/{service}")).await.keeps_the_rules();
        site.get(&format!("/services/{service}/any?near=WN1+1AA")).await.keeps_the_rules();
        let organisation = OrganisationId::derive("test", name);
        site.get(&format!("/organisations/{organisation}")).await.keeps_the_rules();
    }
}

#[tokio::test]
async fn a_hidden_address_stands_on_no_page_of_the_service() {
    let site = Site::of_the_town();
    let service = ServiceId::derive("test", "Quiet harbour");
    let page = site.get(&format!("/services/{service}?near=WN1+1AA")).await;
    for hidden in CONFIDENTIAL {
        assert!(!page.html.contains(hidden), "{hidden}");
    }
    assert!(!page.title().contains("Quiet harbour"), "{}", page.title());
}

#[tokio::test]
async fn what_is_not_there_is_said_not_to_be() {
    let site = Site::of_the_town();
    let unknown = ServiceId::derive("test", "Nobody");
    for path in [
        format!("/services/{unknown}"),
        "/services/x".to_owned(),
        "/places/none".to_owned(),
        "/needs/none".to_owned(),
        "/near/x".to_owned(),
    ] {
        assert_eq!(site.get(&path).await.status, 404, "{path}");
    }
}
