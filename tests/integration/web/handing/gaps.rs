//! Saying that something is missing: one press, counted, never by whom.

use hereabouts::{domain::Role, store::Reading};

use super::location;
use crate::harness::people::{Browser, signed_in, town_with, with_role};

#[tokio::test]
async fn a_gap_is_reported_with_one_press_from_results_and_counts_once_a_day() {
    let (app, site) = town_with(&[with_role("ruth", Role::Steward, Some("E08000010"))]);
    let visitor = Browser::default();
    let results = visitor.get(&site, "/search?q=lonely&near=WN1+1AA").await;
    results.keeps_the_rules();
    assert!(results.text().contains("Loneliness is missing in WN1"), "{}", results.text());
    let head = app.store.head().unwrap();
    for _ in 0..3 {
        let fields = [("need", "loneliness"), ("area", "WN1")];
        let sent = visitor.post_bare(&site, "/gap", &fields).await;
        assert_eq!((sent.status.as_u16(), location(&sent)), (303, "/gap?counted=1".into()));
    }
    let counted = app.store.gaps_since("2026-11").unwrap();
    assert_eq!((counted.len(), counted[0].times, counted[0].area.as_str()), (1, 1, "WN1"));
    assert_eq!(app.store.head().unwrap(), head, "it is in no log");
    visitor.get(&site, "/gap?counted=1").await.keeps_the_rules();
    let ruths = signed_in(&app, &with_role("ruth", Role::Steward, Some("E08000010")), None);
    let page = ruths.get(&site, "/steward/gaps").await;
    page.keeps_the_rules();
    assert!(
        page.text().contains("1 need in an area was reported by fewer than 5"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("WN1"), "few are not told");
}

#[tokio::test]
async fn what_is_not_known_is_chosen_and_a_whole_postcode_is_cut() {
    let (app, site) = town_with(&[]);
    let visitor = Browser::default();
    for path in ["/gap", "/gap?need=debt&area=WN1", "/gap?need=zzz&area=%3Cscript%3E"] {
        visitor.get(&site, path).await.keeps_the_rules();
    }
    let nothing = visitor.get(&site, "/search?q=zzzzzz").await;
    assert_eq!(nothing.link("Say what is missing").as_deref(), Some("/gap"));
    for (need, area) in [("", "WN1"), ("debt", ""), ("nothing", "Mrs Khan"), ("debt", "9991234519")]
    {
        let page = visitor.post_bare(&site, "/gap", &[("need", need), ("area", area)]).await;
        assert_eq!(page.status, 422, "{need} {area}");
        page.keeps_the_rules();
    }
    visitor.post_bare(&site, "/gap", &[("need", "debt"), ("area", "wn1 1aa")]).await;
    visitor.post_bare(&site, "/gap", &[("need", "debt"), ("area", "E08000010")]).await;
    let counted = app.store.gaps_since("2026-11").unwrap();
    let areas: Vec<&str> = counted.iter().map(|gap| gap.area.as_str()).collect();
    assert_eq!(areas, ["E08000010", "WN1"]);
}
