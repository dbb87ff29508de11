//! What browsers and crawlers ask of every site.

use axum::http::header;

use super::super::harness::Site;

#[tokio::test]
async fn crawlers_are_told_what_to_leave_alone() {
    let page = Site::of_the_town().get("/robots.txt").await;
    assert_eq!(
        page.html,
        "User-agent: *\nDisallow: /search\nDisallow: /suggest\nDisallow: /shortlists\n\
         Disallow: /compare\nDisallow: /follow\nDisallow: /gap\nDisallow: /referrals\nDisallow: /commissioning/*/needs/\n\
         Sitemap: http://127.0.0.1:8080/sitemap.xml\n"
    );
}

#[tokio::test]
async fn those_who_find_a_hole_are_told_whom_to_tell_for_half_a_year() {
    let page = Site::of_the_town().get("/.well-known/security.txt").await;
    assert_eq!(
        page.html,
        "Contact: http://127.0.0.1:8080/about\nExpires: 2027-05-21T12:00:00Z\nPreferred-Languages: en\n"
    );
}

#[tokio::test]
async fn the_manifest_names_icons_that_are_there() {
    let site = Site::of_the_town();
    let page = site.get("/manifest.webmanifest").await;
    assert_eq!(page.header(header::CONTENT_TYPE), "application/manifest+json");
    let manifest: serde_json::Value = serde_json::from_str(&page.html).unwrap();
    let icon = site.get(manifest["icons"][0]["src"].as_str().unwrap()).await;
    assert_eq!((icon.status.as_u16(), icon.header(header::CONTENT_TYPE)), (200, "image/png"));
    assert_eq!(site.get("/favicon.ico").await.status, 200);
}

#[tokio::test]
async fn the_site_map_lists_its_parts() {
    let page = Site::of_the_town().get("/sitemap.xml").await;
    assert!(page.html.contains("<loc>http://127.0.0.1:8080/sitemap/0</loc>"), "{}", page.html);
    assert!(!page.html.contains("/sitemap/1<"));
}
