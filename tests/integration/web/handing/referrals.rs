//! Referrals by reference, in both directions, with their clock run forward.

use hereabouts::{
    domain::{Referral, ReferralState},
    referring::{Ticked, tick},
    store::Reading,
};
use jiff::Timestamp;

use super::{CLUB, GARDEN, jean, kwame, location, town_that_refers};
use crate::harness::{
    Page, Site,
    people::{
        Browser, at, email, letters, newest_link, person, provider, service, signed_in, with_role,
    },
};
use hereabouts::app::App;

const FILLED: [(&str, &str); 7] = [
    ("reference", "LW-2031"),
    ("needs", "loneliness"),
    ("age", "from65"),
    ("area", "WN1"),
    ("access", "step-free"),
    ("first", "they-ring"),
    ("agreed", "yes"),
];

fn form() -> String {
    format!("/services/{}/x/refer", service(CLUB))
}

/// The town in which Kwame has referred somebody to the club, and the path of that.
async fn referred() -> (App, Site, Browser, String) {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    let kwames = signed_in(&app, &kwame(), None);
    let sent = kwames.post(&site, &form(), &FILLED).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let path = location(&sent).trim_end_matches("?sent=1").to_owned();
    (app, site, kwames, path)
}

fn stored(app: &App) -> Referral {
    app.store.list_referrals_by(kwame().id, 9).unwrap().remove(0)
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_link_worker_refers_and_the_provider_answers_with_one_press_from_the_mail() {
    let (app, site, kwames, path) = referred().await;
    let page = kwames.get(&site, &path).await;
    page.keeps_the_rules();
    assert!(
        page.text().contains("Waiting for an answer since 22 November 2026"),
        "{}",
        page.text()
    );
    let (to, letter) = letters(&app).remove(0);
    assert_eq!(to, email("jean"));
    assert!(letter.text().contains("LW-2031") && !letter.text().contains("WN1"));
    assert_eq!(letter.subject, "A referral is waiting for an answer");
    let link = newest_link(&app, "jean");
    let visitor = Browser::default();
    let opened = visitor.get(&site, &link).await;
    opened.keeps_the_rules();
    let text = opened.text();
    for said in
        ["LW-2031", "65 to 79", "WN1", "Step-free", "kwame@people.example", "Accept", "Decline"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(stored(&app).state(), ReferralState::Requested, "looking changes nothing");
    let accepted = visitor.post_bare(&site, &link, &[("to", "accepted")]).await;
    assert_eq!(accepted.status, 303, "{}", accepted.text());
    let jeans = visitor.keeping(&accepted);
    let after = jeans.get(&site, &path).await;
    after.keeps_the_rules();
    assert!(after.text().contains("Accepted since") && after.text().contains("They have begun"));
    assert_eq!(visitor.post_bare(&site, &link, &[("to", "declined")]).await.status, 410);
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!((to, letter.subject.as_str()), (email("kwame"), "News of a referral"));
    assert!(letter.text().contains("LW-2031: accepted."), "{}", letter.text());
    assert_eq!(jeans.post(&site, &path, &[("to", "in-progress")]).await.status, 303);
    assert_eq!(jeans.post(&site, &path, &[("to", "completed")]).await.status, 303);
    assert_eq!(stored(&app).state(), ReferralState::Completed);
    let over = jeans.post(&site, &path, &[("to", "accepted")]).await;
    assert_eq!(over.status, 409, "{}", over.text());
    let came = kwames.post(&site, &path, &[("do", "came"), ("came", "worked")]).await;
    assert_eq!(came.status, 303);
    let mine = kwames.get(&site, "/referrals").await;
    mine.keeps_the_rules();
    assert!(mine.text().contains("LW-2031") && mine.text().contains("Completed"));
    let csv = kwames.get(&site, "/referrals/export.csv").await;
    assert!(csv.html.contains("LW-2031,Company club,2026-11-22,completed"), "{}", csv.html);
    app.uses.save(&app.store, app.clock.now()).unwrap();
    assert_eq!(app.store.uses_of(service(CLUB), 1).unwrap()[0].referred, 1);
}

#[tokio::test]
async fn a_decline_takes_a_reason_and_offers_what_may_come_next() {
    let (app, site, kwames, path) = referred().await;
    let jeans = signed_in(&app, &jean(), None);
    let bare = jeans.post(&site, &path, &[("to", "declined")]).await;
    assert_eq!(bare.status, 422);
    bare.keeps_the_rules();
    assert!(bare.text().contains("Choose why"), "{}", bare.text());
    let other = [("to", "declined"), ("reason-declined", "other")];
    assert!(jeans.post(&site, &path, &other).await.text().contains("Say in a few words why"));
    let full = [("to", "declined"), ("reason-declined", "full")];
    assert_eq!(jeans.post(&site, &path, &full).await.status, 303);
    let page = kwames.get(&site, &path).await;
    page.keeps_the_rules();
    let text = page.text();
    assert!(text.contains("Declined since") && text.contains("There is no room"), "{text}");
    assert!(text.contains("What may come next") && text.contains(GARDEN), "{text}");
    assert!(!text.contains("Ring round"), "only what takes people now: {text}");
    let jeans_page = jeans.get(&site, &path).await;
    assert!(!jeans_page.text().contains("What may come next"));
}

#[tokio::test]
async fn a_waiting_list_says_how_long_and_is_accepted_later() {
    let (app, site, kwames, path) = referred().await;
    let jeans = signed_in(&app, &jean(), None);
    for wrong in ["0", "261", "soon", "-1"] {
        let page = jeans.post(&site, &path, &[("to", "waitlisted"), ("weeks", wrong)]).await;
        assert_eq!(page.status, 422, "{wrong}");
        page.keeps_the_rules();
    }
    jeans.post(&site, &path, &[("to", "waitlisted"), ("weeks", "6")]).await;
    assert!(kwames.get(&site, &path).await.text().contains("The wait is about 6 weeks"));
    let early = [("to", "ended-early"), ("reason-ended-early", "other-help")];
    assert_eq!(kwames.post(&site, &path, &early).await.status, 303);
    assert_eq!(stored(&app).state(), ReferralState::EndedEarly);
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(to, email("jean"));
    assert!(letter.text().contains("They have other help now"), "{}", letter.text());
}

#[tokio::test]
async fn the_clock_reminds_once_and_then_lapses_and_both_sides_are_told() {
    let (app, site, kwames, path) = referred().await;
    let run = |at: &str| tick(&app.store, &app.config.directory, moment(at)).unwrap();
    let before = letters(&app).len();
    assert_eq!(run("2026-11-27T11:59:59Z"), Ticked::default());
    let first = newest_link(&app, "jean");
    assert_eq!(run("2026-11-27T12:00:00Z"), Ticked { reminded: 1, ..Ticked::default() });
    assert_eq!(run("2026-11-27T12:10:00Z"), Ticked::default(), "once only");
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(
        (to, letter.subject.as_str()),
        (email("jean"), "A referral still waits for an answer")
    );
    let again = newest_link(&app, "jean");
    assert_ne!(first, again);
    assert_eq!(Browser::default().get(&site, &first).await.status, 410);
    assert_eq!(Browser::default().get(&site, &again).await.status, 200);
    assert_eq!(run("2026-12-06T11:59:59Z"), Ticked::default());
    assert_eq!(run("2026-12-06T12:00:00Z"), Ticked { lapsed: 1, ..Ticked::default() });
    assert_eq!(letters(&app).len(), before + 3);
    let later = at(&app, "2026-12-06T12:00:00Z");
    let kwames_later = signed_in(
        &App {
            clock: hereabouts::app::Clock::Fixed(moment("2026-12-06T12:00:00Z")),
            ..app.clone()
        },
        &kwame(),
        None,
    );
    let page = kwames_later.get(&later, &path).await;
    assert!(page.text().contains("Lapsed, as nobody said anything in time"), "{}", page.text());
    assert!(page.text().contains("What may come next"), "{}", page.text());
    assert_eq!(run("2028-12-07T00:00:00Z"), Ticked { forgotten: 1, ..Ticked::default() });
    assert!(app.store.list_referrals_by(kwame().id, 9).unwrap().is_empty());
    assert_eq!(app.store.check(), Ok(vec![]));
    drop(kwames);
}

#[tokio::test]
async fn a_referral_is_seen_by_its_two_sides_only() {
    let (app, site, _, path) = referred().await;
    let others = [
        with_role("mina", hereabouts::domain::Role::LinkWorker, None),
        provider("sandra", &[GARDEN]),
        with_role("ruth", hereabouts::domain::Role::Steward, None),
        with_role("helen", hereabouts::domain::Role::Commissioner, None),
        person("nobody", Vec::new()),
    ];
    crate::harness::people::save_people(&app, &others);
    for other in &others {
        let browser = signed_in(&app, other, None);
        assert_eq!(browser.get(&site, &path).await.status, 403, "{}", other.name);
        let moved = browser.post(&site, &path, &[("to", "accepted")]).await;
        assert_eq!(moved.status, 403, "{}", other.name);
        assert!(!browser.get(&site, "/referrals").await.text().contains("LW-2031"));
    }
    assert_eq!(Browser::default().get(&site, &path).await.status, 303);
    let for_another = signed_in(&app, &jean(), Some(GARDEN));
    assert_eq!(for_another.get(&site, &path).await.status, 403);
    let kwames_by_mail = signed_in(&app, &kwame(), Some(CLUB));
    assert_eq!(kwames_by_mail.get(&site, &path).await.status, 403);
    let made_up = format!("{path}/by/{}", "0".repeat(40));
    assert_eq!(Browser::default().get(&site, &made_up).await.status, 410);
    let link = newest_link(&app, "jean");
    let secret = link.rsplit('/').next().unwrap();
    let elsewhere = format!("/referrals/{}/by/{secret}", service(GARDEN));
    assert_eq!(Browser::default().get(&site, &elsewhere).await.status, 410);
    // Somebody who has left answers nothing more, link or not.
    crate::harness::people::save_people(&app, &[person("jean", Vec::new())]);
    assert_eq!(Browser::default().get(&site, &link).await.status, 403);
}

#[tokio::test]
async fn only_link_workers_refer_and_only_to_services_that_take_it() {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    let kwames = signed_in(&app, &kwame(), None);
    let page = kwames.get(&site, &form()).await;
    page.keeps_the_rules();
    assert!(page.text().contains("Send the referral"), "{}", page.text());
    let garden = format!("/services/{}/x/refer", service(GARDEN));
    let other = kwames.get(&site, &garden).await;
    assert!(other.text().contains("cannot be referred to from here"), "{}", other.text());
    assert_eq!(kwames.post(&site, &garden, &FILLED).await.status, 422);
    let jeans = signed_in(&app, &jean(), None);
    assert_eq!(jeans.post(&site, &form(), &FILLED).await.status, 403);
    assert!(letters(&app).is_empty());
}

#[tokio::test]
async fn every_fault_is_named_at_once_and_what_was_typed_stays() {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    let kwames = signed_in(&app, &kwame(), None);
    let empty = kwames.post(&site, &form(), &[("needs", "")]).await;
    assert_eq!(empty.status, 422);
    empty.keeps_the_rules();
    assert!(empty.title().starts_with("Error: "));
    for field in ["#reference", "#needs", "#first", "#agreed"] {
        assert!(empty.html.contains(&format!("href=\"{field}\"")), "{field}: {}", empty.text());
    }
    let mut fields = FILLED.to_vec();
    fields[3] = ("area", "WN1 1AA");
    let whole = kwames.post(&site, &form(), &fields).await;
    assert!(whole.text().contains("first half of the postcode only"), "{}", whole.text());
    assert!(whole.filled().contains(&("reference".to_owned(), "LW-2031".to_owned())));
    assert!(whole.filled().contains(&("first".to_owned(), "they-ring".to_owned())));
}

#[tokio::test]
async fn the_same_reference_to_the_same_service_is_one_referral() {
    let (app, site, kwames, path) = referred().await;
    let again = kwames.post(&site, &form(), &FILLED).await;
    assert!(location(&again).starts_with(&path), "{}", location(&again));
    assert_eq!(letters(&app).len(), 1);
    assert_eq!(app.store.list_referrals_by(kwame().id, 9).unwrap().len(), 1);
}

#[tokio::test]
async fn two_who_answer_at_once_do_not_undo_each_other() {
    let (app, site, _, path) = referred().await;
    let second = provider("tom", &[CLUB]);
    crate::harness::people::save_people(&app, &[second.clone()]);
    let (jeans, toms) = (signed_in(&app, &jean(), None), signed_in(&app, &second, None));
    assert_eq!(jeans.post(&site, &path, &[("to", "accepted")]).await.status, 303);
    let late: Page = toms.post(&site, &path, &[("to", "waitlisted")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("It was moved on since you opened this page"), "{}", late.text());
    assert_eq!(stored(&app).state(), ReferralState::Accepted);
}

#[tokio::test]
async fn needs_and_languages_are_of_the_list_and_nothing_that_was_made_up() {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    let kwames = signed_in(&app, &kwame(), None);
    let mut fields = FILLED.to_vec();
    fields[1] = ("needs", "Amina Khan, 12 Mill Lane, NHS 999 123 4519");
    fields.push(("language", "Mrs Khan"));
    assert_eq!(kwames.post(&site, &form(), &fields).await.status, 422);
    fields[1] = ("needs", "loneliness");
    assert_eq!(kwames.post(&site, &form(), &fields).await.status, 303);
    assert_eq!(stored(&app).practical.language, None);
}

#[tokio::test]
async fn whoever_refers_to_a_service_of_their_own_answers_as_well() {
    let mut both = jean();
    both.grants.extend(kwame().grants);
    let (app, site) = town_that_refers(&[both.clone()]);
    let jeans = signed_in(&app, &both, None);
    let sent = jeans.post(&site, &form(), &FILLED).await;
    let link = newest_link(&app, "jean");
    assert_eq!(Browser::default().get(&site, &link).await.status, 200);
    let path = location(&sent).trim_end_matches("?sent=1").to_owned();
    assert_eq!(jeans.post(&site, &path, &[("to", "accepted")]).await.status, 303);
    assert!(jeans.get(&site, &path).await.text().contains("What came of it?"));
}

#[tokio::test]
async fn a_stale_press_from_the_mail_says_how_it_stands() {
    let (app, site, _, path) = referred().await;
    let link = newest_link(&app, "jean");
    let jeans = signed_in(&app, &jean(), None);
    jeans.post(&site, &path, &[("to", "accepted")]).await;
    let late = Browser::default().post_bare(&site, &link, &[("to", "waitlisted")]).await;
    assert_eq!(late.status, 409);
    late.keeps_the_rules();
    let text = late.text();
    assert!(text.contains("It was moved on since") && text.contains("Accepted since"), "{text}");
}

#[tokio::test]
async fn where_nobody_is_left_who_answers_the_referrer_learns_it() {
    let (app, _, _, _) = referred().await;
    crate::harness::people::save_people(&app, &[person("jean", Vec::new())]);
    let at = moment("2026-11-27T12:00:00Z");
    tick(&app.store, &app.config.directory, at).unwrap();
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!((to, letter.subject.as_str()), (email("kwame"), "Nobody answers a referral"));
}

#[tokio::test]
async fn saying_that_it_still_stands_so_winds_the_clock_up() {
    let (app, site, _, path) = referred().await;
    let jeans = signed_in(&app, &jean(), None);
    jeans.post(&site, &path, &[("to", "waitlisted"), ("weeks", "60")]).await;
    let page = jeans.get(&site, &path).await;
    assert!(page.text().contains("Still on the waiting list"), "{}", page.text());
    assert!(page.text().contains("it lapses on 12 March 2028"), "{}", page.text());
    assert_eq!(jeans.post(&site, &path, &[("to", "waitlisted"), ("weeks", "4")]).await.status, 303);
    assert_eq!(stored(&app).steps.len(), 3);
}
