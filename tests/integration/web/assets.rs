//! The files that pages load.

use axum::http::{Request, header};

use super::super::harness::{Page, Site};

async fn css(site: &Site) -> String {
    let page = site.get("/").await;
    let links = page.all("link");
    let style = links.iter().find(|link| link.attribute("rel") == Some("stylesheet")).unwrap();
    style.attribute("href").unwrap().to_owned()
}

#[tokio::test]
async fn a_file_is_named_by_its_content_and_kept_for_ever() {
    let site = Site::of_the_town();
    let page = site.get(&css(site).await).await;
    assert_eq!(page.header(header::CONTENT_TYPE), "text/css; charset=utf-8");
    assert_eq!(page.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert!(page.html.contains(".ha-card"));
}

#[tokio::test]
async fn a_file_is_sent_compressed_to_those_who_can_read_it() {
    let site = Site::of_the_town();
    let path = css(site).await;
    let plain = site.get(&path).await.html.len();
    for (accepts, encoding) in [("gzip, br", "br"), ("gzip", "gzip")] {
        let answer =
            site.answer(Request::get(&path).header(header::ACCEPT_ENCODING, accepts)).await;
        assert_eq!(answer.headers()[header::CONTENT_ENCODING], encoding);
        let length: usize =
            answer.headers()[header::CONTENT_LENGTH].to_str().unwrap().parse().unwrap();
        assert!(length > 1_000 && length * 5 < plain, "{length} of {plain}");
    }
}

#[tokio::test]
async fn a_file_that_is_known_is_not_sent_again() {
    let site = Site::of_the_town();
    let path = css(site).await;
    let tag = site.get(&path).await.header(header::ETAG).to_owned();
    let page = Page::read(
        &path,
        site.answer(Request::get(&path).header(header::IF_NONE_MATCH, tag)).await,
    )
    .await;
    assert_eq!((page.status.as_u16(), page.html.len()), (304, 0));
}

#[tokio::test]
async fn pages_are_compressed_too() {
    let site = Site::of_the_town();
    let answer =
        site.answer(Request::get("/search?q=walk").header(header::ACCEPT_ENCODING, "br")).await;
    assert_eq!(answer.headers()[header::CONTENT_ENCODING], "br");
}
