//! What went wrong is said, with a way on.

use axum::http::{Request, header};

use super::super::harness::{Page, Site};

#[tokio::test]
async fn an_address_with_nothing_at_it_offers_the_search_box() {
    let page = Site::of_the_town().get("/nowhere?q=debt&near=Leigh").await;
    assert_eq!((page.status.as_u16(), page.heading().as_str()), (404, "Page not found"));
    assert_eq!(page.by_id("what").unwrap().attribute("value"), Some("debt"));
    assert_eq!(page.by_id("where").unwrap().attribute("value"), Some("Leigh"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    page.keeps_the_rules();
}

#[tokio::test]
async fn a_method_that_a_page_does_not_take_is_refused_with_those_it_does() {
    let site = Site::of_the_town();
    for path in ["/", "/search", "/suggest", "/robots.txt"] {
        let page = Page::read(path, site.answer(Request::post(path)).await).await;
        assert_eq!(page.status, 405, "{path}");
        assert_eq!(page.header(header::ALLOW), "GET,HEAD");
        page.keeps_the_rules();
    }
}

#[tokio::test]
async fn a_damaged_address_is_a_page_too() {
    let site = Site::of_the_town();
    for (path, status) in
        [("/assets/%FF", 400), ("/sitemap/x", 400), ("/assets/none.css", 404), ("/sitemap/9", 404)]
    {
        let page = site.get(path).await;
        assert_eq!(page.status, status, "{path}");
        page.keeps_the_rules();
    }
}

#[tokio::test]
async fn a_head_request_is_answered_without_a_body() {
    let page = Page::read("/", Site::of_the_town().answer(Request::head("/")).await).await;
    assert_eq!((page.status.as_u16(), page.html.len()), (200, 0));
}
