//! By a link in a mail.

use axum::http::header;
use hereabouts::{domain::CapacityStatus, store::Reading};

use crate::harness::people::{
    Browser, at, letters, newest_link, provider, save_people, service, tester, town_with,
};

use super::*;

#[tokio::test]
async fn from_the_mail_it_takes_two_presses() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let before = app.store.counts().unwrap().changes;
    let page = nobody.get(&site, &link).await;
    page.keeps_the_rules();
    assert_eq!(page.heading(), OWN);
    for fact in ["Taking people", "The walled garden", "01632 960123", "Free", "Not stated"] {
        assert!(page.text().contains(fact), "{fact}: {}", page.text());
    }
    assert_eq!(app.store.counts().unwrap().changes, before, "looking changes nothing");
    let fields = [("do", "right"), ("seen", &seen(&page))];
    let done = nobody.post_bare(&site, &link, &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let confirmed = stored(&app, OWN).upkeep.confirmed.unwrap();
    assert_eq!((confirmed.at, confirmed.by.name.as_str()), (app.clock.now(), "the provider"));
    // The door that still counted was said again, for as long as a new one.
    let said = &statements(&app, OWN)[0];
    assert_eq!((said.status, said.as_of), (CapacityStatus::Open, app.clock.now()));
    assert_eq!(said.lapses_at.to_string(), "2026-12-22T12:00:00Z");

    let thanks = nobody.keeping(&done).get(&site, done.header(header::LOCATION)).await;
    assert!(thanks.text().contains("Confirmed today. That is all"), "{}", thanks.text());
    thanks.keeps_the_rules();
    let public = site.get(&format!("/services/{}", service(OWN))).await;
    assert!(public.text().contains("Confirmed today"), "{}", public.text());
}

#[tokio::test]
async fn a_door_that_has_lapsed_is_not_opened_by_a_confirmation() {
    let (app, site) = town_with(&[provider("bob", &["Old bowls"])]);
    let bob = provider("bob", &["Old bowls"]);
    let link = link_for(&app, &bob, "Old bowls");
    let page = Browser::default().get(&site, &link).await;
    let fields = [("do", "right"), ("seen", &seen(&page))];
    Browser::default().post_bare(&site, &link, &fields).await;
    assert_eq!(statements(&app, "Old bowls").len(), 1);
    let public = site.get(&format!("/services/{}", service("Old bowls"))).await;
    assert!(public.text().contains("Not known if taking people"), "{}", public.text());
}

#[tokio::test]
async fn a_link_is_used_once_and_its_page_then_offers_another() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let fields = [("do", "door"), ("status", "full"), ("version", "1")];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 303);
    assert_eq!(statements(&app, OWN)[0].status, CapacityStatus::Full);
    let opened = [("do", "door"), ("status", "open"), ("version", "1")];
    let again = nobody.post_bare(&site, &link, &opened).await;
    assert_eq!((again.status.as_u16(), again.headers.get(header::SET_COOKIE)), (410, None));
    assert_eq!(statements(&app, OWN)[0].status, CapacityStatus::Full);
    let over = nobody.get(&site, &link).await;
    assert_eq!((over.status.as_u16(), over.heading().as_str()), (410, "This link no longer works"));
    over.keeps_the_rules();
    let asked = nobody.post_bare(&site, &format!("{link}/again"), &[]).await;
    assert_eq!(asked.header(header::LOCATION), "/confirm/sent");
    let newer = newest_link(&app, "jean");
    assert_eq!(nobody.get(&site, &newer).await.status, 200);
}

#[tokio::test]
async fn links_end_after_two_weeks_and_forged_ones_never_began() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    assert_eq!(nobody.get(&at(&app, "2026-12-06T11:59:59Z"), &link).await.status, 200);
    let late = at(&app, "2026-12-06T12:00:00Z");
    assert_eq!(nobody.get(&late, &link).await.status, 410);
    let fields = [("do", "right"), ("seen", "1")];
    assert_eq!(nobody.post_bare(&late, &link, &fields).await.status, 410);
    let forged = format!("/confirm/{}", "ab".repeat(20));
    assert_eq!(nobody.get(&site, &forged).await.status, 410);
    assert_eq!(nobody.post_bare(&site, &format!("{forged}/again"), &[]).await.status, 410);
    assert!(letters(&app).is_empty());
}

#[tokio::test]
async fn a_link_about_one_listing_opens_no_other_and_does_not_sign_in() {
    let both = provider("jean", &[OWN, OTHER]);
    let (app, site) = town_with(&[both.clone()]);
    let link = link_for(&app, &both, OWN);
    let fields = [("do", "edit"), ("version", "1")];
    let opened = Browser::default().post_bare(&site, &link, &fields).await;
    assert!(opened.header(header::LOCATION).ends_with("/edit/words"));
    let by_mail = Browser::default().keeping(&opened);
    let own = format!("/manage/services/{}", service(OWN));
    assert_eq!(by_mail.get(&site, &own).await.status, 200);
    let other = format!("/manage/services/{}", service(OTHER));
    assert_eq!(by_mail.get(&site, &other).await.status, 403);
    let door = [("status", "open"), ("version", "1")];
    assert_eq!(by_mail.post(&site, &format!("{other}/door"), &door).await.status, 403);
    assert_eq!(by_mail.get(&site, "/manage").await.status, 303);
    let as_sign_in = link.replace("/confirm/", "/sign-in/");
    assert_eq!(Browser::default().post_bare(&site, &as_sign_in, &[]).await.status, 410);
}

#[tokio::test]
async fn a_link_of_somebody_who_no_longer_looks_after_it_changes_nothing() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    save_people(&app, &[provider("jean", &[OTHER])]);
    let nobody = Browser::default();
    assert_eq!(nobody.get(&site, &link).await.status, 403);
    let fields = [("do", "right"), ("seen", "1")];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 403);
    assert_eq!(nobody.post_bare(&site, &format!("{link}/again"), &[]).await.status, 403);
    assert_eq!(stored(&app, OWN).upkeep.confirmed.unwrap().at.to_string(), "2026-11-10T09:00:00Z");
}

#[tokio::test]
async fn what_changed_after_the_page_was_opened_is_shown_and_not_confirmed_unseen() {
    let (app, site) = town_with(&[jean()]);
    let link = link_for(&app, &jean(), OWN);
    let nobody = Browser::default();
    let page = nobody.get(&site, &link).await;
    let mut service = stored(&app, OWN);
    service.summary = "Something else altogether.".to_owned();
    app.store.change(&tester(), app.clock.now(), move |c| c.save_service(&service)).unwrap();
    let fields = [("do", "right"), ("seen", &seen(&page))];
    let refused = nobody.post_bare(&site, &link, &fields).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Something else altogether."), "{}", refused.text());
    refused.keeps_the_rules();
    let fields = [("do", "right"), ("seen", &seen(&refused))];
    assert_eq!(nobody.post_bare(&site, &link, &fields).await.status, 303);
}

#[tokio::test]
async fn a_hidden_address_stays_hidden_from_a_page_that_came_by_mail() {
    let owner = provider("owner", &["Quiet harbour"]);
    let (app, site) = town_with(&[owner.clone()]);
    let page = Browser::default().get(&site, &link_for(&app, &owner, "Quiet harbour")).await;
    for secret in crate::harness::CONFIDENTIAL {
        assert!(!page.html.contains(secret), "{secret}");
    }
    assert!(!page.title().contains("Quiet harbour"), "{}", page.title());
}
