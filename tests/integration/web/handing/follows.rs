//! Following by mail: asked for, confirmed from the mail, told what is different, stopped.

use hereabouts::{
    app::App,
    domain::{Capacity, CapacityId, CapacityStatus},
    referring::tell_news,
    store::Reading,
};
use jiff::Timestamp;

use super::location;
use crate::harness::{
    Site,
    people::{Browser, email, letters, newest_link, service, tester, town_with},
};

fn tell(app: &App, at: &str) -> usize {
    let now: Timestamp = at.parse().unwrap();
    tell_news(&app.store, &app.search, &app.config.directory, now).unwrap()
}

fn states(app: &App, name: &str, status: CapacityStatus, at: &str) {
    let known = app.store.service_record(service(name)).unwrap().unwrap();
    let as_of: Timestamp = at.parse().unwrap();
    let before = known.capacity.first().cloned().unwrap();
    let said = Capacity {
        id: CapacityId::derive("test", at),
        status,
        as_of,
        lapses_at: as_of + jiff::SignedDuration::from_hours(24 * 60),
        ..before
    };
    app.store.change(&tester(), as_of, move |changes| changes.save_capacity(&said)).unwrap();
    app.search.follow().unwrap();
}

async fn asked(site: &Site, what: &[(&str, &str)]) {
    let mut fields = what.to_vec();
    let address = email("mina");
    fields.push(("email", &address));
    let sent = Browser::default().post_bare(site, "/follow", &fields).await;
    assert_eq!((sent.status.as_u16(), location(&sent)), (303, "/follow?sent=1".into()));
}

#[tokio::test]
async fn somebody_is_told_when_a_service_takes_people_again_and_only_then() {
    let (app, site) = town_with(&[]);
    let visitor = Browser::default();
    let id = service("Ring round").to_string();
    let listing = visitor.get(&site, &format!("/services/{id}/x")).await;
    let form = listing.link("Tell me when it takes people").unwrap();
    visitor.get(&site, &form).await.keeps_the_rules();
    asked(&site, &[("service", &id)]).await;
    assert_eq!(letters(&app).len(), 1);
    let link = newest_link(&app, "mina");
    let page = visitor.get(&site, &link).await;
    page.keeps_the_rules();
    assert!(page.text().contains("Nothing is sent yet"), "{}", page.text());
    states(&app, "Ring round", CapacityStatus::Open, "2026-11-22T13:00:00Z");
    assert_eq!(tell(&app, "2026-11-22T14:00:00Z"), 0, "nothing before it is confirmed");
    states(&app, "Ring round", CapacityStatus::Full, "2026-11-22T15:00:00Z");
    assert_eq!(visitor.post_bare(&site, &link, &[("do", "go-on")]).await.status, 303);
    states(&app, "Ring round", CapacityStatus::Paused, "2026-11-23T09:00:00Z");
    assert_eq!(tell(&app, "2026-11-23T10:00:00Z"), 0);
    states(&app, "Ring round", CapacityStatus::Open, "2026-11-23T11:00:00Z");
    assert_eq!(tell(&app, "2026-11-23T11:10:00Z"), 1);
    assert_eq!(tell(&app, "2026-11-23T11:20:00Z"), 0, "once");
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(to, email("mina"));
    assert!(letter.text().contains("Takes people now: Ring round"), "{}", letter.text());
    assert!(letter.unsubscribe.is_some_and(|stop| stop.ends_with(&link)));
}

#[tokio::test]
async fn a_need_is_told_of_once_a_week_and_not_where_nothing_is_different() {
    let (app, site) = town_with(&[]);
    let visitor = Browser::default();
    let results = visitor.get(&site, "/search?q=lonely&near=WN1+1AA").await;
    let form = results.link("Tell me of changes").unwrap();
    assert!(!form.contains("1AA"), "the area only: {form}");
    asked(&site, &[("need", "loneliness"), ("area", "WN1")]).await;
    let link = newest_link(&app, "mina");
    visitor.post_bare(&site, &link, &[("do", "go-on")]).await;
    assert_eq!(tell(&app, "2026-11-29T12:00:00Z"), 0, "nothing is different");
    states(&app, "Ring round", CapacityStatus::Open, "2026-11-30T09:00:00Z");
    assert_eq!(tell(&app, "2026-12-01T12:00:00Z"), 0, "less than a week after the last look");
    assert_eq!(tell(&app, "2026-12-06T12:00:00Z"), 1);
    let (_, letter) = letters(&app).pop().unwrap();
    let text = letter.text();
    assert!(text.contains("Takes people now: Ring round"), "{text}");
    // The garden's own word has lapsed meanwhile.
    assert!(
        text.contains("Does not say any more that it takes people: Growing together"),
        "{text}"
    );
    assert!(!text.contains("Quiet harbour"), "what is kept confidential is in no mail: {text}");
    assert_eq!(tell(&app, "2026-12-06T13:00:00Z"), 0);
}

#[tokio::test]
async fn one_press_stops_and_the_address_is_forgotten() {
    let (app, site) = town_with(&[]);
    asked(&site, &[("need", "loneliness"), ("area", "WN1")]).await;
    let link = newest_link(&app, "mina");
    let visitor = Browser::default();
    visitor.post_bare(&site, &link, &[("do", "go-on")]).await;
    let looked = visitor.get(&site, &format!("{link}?begun=1")).await;
    assert!(looked.text().contains("Stop these mails"), "{}", looked.text());
    let one_click = [("List-Unsubscribe", "One-Click")];
    let stopped = visitor.post_bare(&site, &link, &one_click).await;
    visitor.get(&site, &location(&stopped)).await.keeps_the_rules();
    assert_eq!(app.store.follows_of(&email("mina").parse().unwrap()).unwrap(), 0);
    assert_eq!(visitor.get(&site, &link).await.status, 410);
    assert_eq!(visitor.post_bare(&site, &link, &[("do", "go-on")]).await.status, 410);
    assert_eq!(visitor.post_bare(&site, &link, &one_click).await.status, 303, "twice is no fault");
}

#[tokio::test]
async fn what_nobody_confirms_is_forgotten_and_nobody_is_flooded() {
    let (app, site) = town_with(&[]);
    for _ in 0..8 {
        asked(&site, &[("need", "loneliness"), ("area", "WN1")]).await;
    }
    assert_eq!(letters(&app).len(), 5, "an address is mailed five times a day at the most");
    tell(&app, "2026-11-29T12:00:00Z");
    assert_eq!(app.store.follows_of(&email("mina").parse().unwrap()).unwrap(), 0);
    let visitor = Browser::default();
    let wrong = [("need", "loneliness"), ("area", "WN1"), ("email", "nobody")];
    let page = visitor.post_bare(&site, "/follow", &wrong).await;
    assert_eq!(page.status, 422);
    page.keeps_the_rules();
    for path in ["/follow", "/follow?service=x", "/follow?need=loneliness&area=%2e", "/follow/x"] {
        assert!([404, 410].contains(&visitor.get(&site, path).await.status.as_u16()), "{path}");
    }
    assert_eq!(app.store.check(), Ok(vec![]));
}
