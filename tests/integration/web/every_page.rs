//! What holds for every page of the town.

use std::collections::HashMap;

use super::super::harness::Site;

/// Every page, in each of its states. A new page belongs here.
pub const PAGES: [&str; 19] = [
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
    "/nothing/here",
];

/// Pages that another part of the site brings.
const COMING: [&str; 7] =
    ["/services/", "/organisations/", "/places/", "/partnerships/", "/needs", "/about", "/api"];

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
    // Links that differ only in values lead to the same page in another state.
    links.sort_by_cached_key(|link| route(link));
    links.dedup_by_key(|link| route(link));
    assert!(links.len() > 20);
    for link in links.iter().filter(|link| !COMING.iter().any(|coming| link.starts_with(coming))) {
        let path = link.split('#').next().unwrap();
        assert_eq!(site.get(path).await.status, 200, "{link}");
    }
}

/// The path of a link and the keys of its query.
fn route(link: &str) -> String {
    let (path, query) = link.split_once('?').unwrap_or((link, ""));
    let keys = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
    format!("{path} {}", keys.collect::<Vec<_>>().join(" "))
}
