//! What nobody types, and somebody sends.

use super::super::harness::Site;

#[tokio::test]
async fn nothing_that_is_sent_brings_a_page_down() {
    let site = Site::of_the_town();
    let queries = [
        format!("q={}", "x".repeat(10_000)),
        format!("q={}", "lonely+".repeat(1_500)),
        format!("near={}", "x".repeat(10_000)),
        "q=a%00b%01%1b%7f&near=%00".to_owned(),
        "q=%ff%fe%c3%28&near=%80".to_owned(),
        "q=%&near=%zz&=&&&".to_owned(),
        (0..500).map(|n| format!("need=n{n}&")).collect(),
        "cost=free&".repeat(500),
        "page=0".to_owned(),
        "page=999999".to_owned(),
        "page=-1&per_page=0&within=0&age=-3".to_owned(),
        "page=18446744073709551616&within=99999999999".to_owned(),
        "per_page=100&page=10".to_owned(),
        "near=0,0".to_owned(),
        "near=NaN,inf&place=E99999999".to_owned(),
        "q=%22unclosed+-&near=Wigan".to_owned(),
        "q=AND+OR+NOT+(*)+%5B%5D&sort=name".to_owned(),
        "q=%F0%9F%98%80%E2%80%8F%D7%A9".to_owned(),
        "place=../../etc/passwd&who=%3Cb%3E&lang=en%0d%0aX:1".to_owned(),
    ];
    for query in &queries {
        for path in ["/search", "/search/map", "/search/print", "/suggest", "/"] {
            let page = site.get(&format!("{path}?{query}")).await;
            let shown: String = query.chars().take(60).collect();
            assert!(
                page.status.is_success() || page.status.is_redirection(),
                "{path}?{shown}: {}",
                page.status
            );
            if path != "/suggest" && page.status.is_success() {
                page.keeps_the_rules();
            }
        }
    }
}

#[tokio::test]
async fn markup_that_is_typed_stays_text() {
    let site = Site::of_the_town();
    let typed = "%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus%3Dalert(1)%20x%3D%22";
    let paths = [
        format!("/search?q={typed}"),
        format!("/search?near={typed}"),
        format!("/search?need={typed}&lang={typed}&age={typed}"),
        format!("/search/map?q=walk&near=WN1+1AA&need={typed}"),
        format!("/search/print?q={typed}"),
        format!("/none?q={typed}&near={typed}"),
        format!("/{typed}"),
    ];
    for path in paths {
        let page = site.get(&path).await;
        assert!(!page.html.contains("<script>alert"), "{path}");
        page.keeps_the_rules();
    }
}

#[tokio::test]
async fn a_name_that_ends_a_script_does_not_end_the_map() {
    use super::super::harness::Listing;
    let listing =
        Listing::new("</script><img src=x>", "Gardening").at("The garden", 53.5475, -2.6290);
    let site = Site::of(&[listing], hereabouts::config::Config::default());
    let page = site.get("/search/map?q=gardening&near=WN1+1AA").await;
    assert!(!page.html.contains("<img"), "{}", page.html);
    page.keeps_the_rules();
}
