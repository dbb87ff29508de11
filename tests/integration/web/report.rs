//! Problems with listings: said by anybody, ended by a steward.

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{Outcome, Report, Role, Route, ServiceStatus},
    store::Reading,
};

use super::super::harness::{
    Site,
    people::{Browser, letters, provider, service, signed_in, tester, town_with, with_role},
};

const OWN: &str = "Growing together";

fn path(name: &str) -> String {
    format!("/services/{}/x/report", service(name))
}

fn reports(app: &App) -> Vec<Report> {
    app.store.list_open_reports(100).unwrap()
}

async fn say(site: &Site, name: &str, reason: &str, words: &str) -> super::super::harness::Page {
    Browser::default().post_bare(site, &path(name), &[("reason", reason), ("words", words)]).await
}

#[tokio::test]
async fn anybody_reports_a_problem_in_a_press_and_is_told_what_happens() {
    let (app, site) = town_with(&[]);
    let listing = site.get(&format!("/services/{}", service(OWN))).await;
    let form = site.get(&listing.link("Report a problem").unwrap()).await;
    assert_eq!(form.heading(), "Report a problem with this listing");
    form.keeps_the_rules();
    let sent = say(&site, OWN, "closed", "").await;
    let thanks = site.get(sent.header(header::LOCATION)).await;
    assert!(thanks.text().contains("A steward looks at it"), "{}", thanks.text());
    thanks.keeps_the_rules();
    assert_eq!(reports(&app).len(), 1);
    let urgent = say(&site, OWN, "unsafe", "The door was open all night.").await;
    let urgent = site.get(urgent.header(header::LOCATION)).await;
    assert!(urgent.text().contains("in danger now, ring 999"), "{}", urgent.text());
    urgent.keeps_the_rules();
}

#[tokio::test]
async fn what_cannot_be_taken_is_asked_for_again_as_it_was_typed() {
    let (app, site) = town_with(&[]);
    let long = "x".repeat(501);
    for (reason, words, said) in [
        ("", "kept", "Choose what is wrong"),
        ("nonsense", "kept", "Choose what is wrong"),
        ("other", long.as_str(), "500 characters or fewer"),
        ("other", "Mrs P, 999 123 4519, was turned away", "what looks like an NHS number"),
    ] {
        let page = say(&site, OWN, reason, words).await;
        assert_eq!(page.status, 422, "{reason} {said}");
        assert!(page.text().contains(said), "{said}: {}", page.text());
        assert!(page.text().contains(words) && page.title().starts_with("Error: "));
        page.keeps_the_rules();
    }
    assert!(reports(&app).is_empty());
    assert_eq!(say(&site, "Nobody", "closed", "").await.status, 404);
}

#[tokio::test]
async fn the_queue_has_the_most_harmful_first_and_of_ones_own_part_only() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = town_with(&[ruth.clone(), rob.clone()]);
    for (name, reason) in [
        (OWN, "wrong-time"),
        ("Ring round", "other"),
        ("Old bowls", "unsafe"),
        ("Bolton neighbours", "closed"),
        ("Walk one", "wrong-contact"),
    ] {
        say(&site, name, reason, "").await;
    }
    let titles = |page: &super::super::harness::Page| -> Vec<String> {
        page.with_class("ha-ways__title").iter().map(|title| title.text()).collect()
    };
    let queue = signed_in(&app, &ruth, None).get(&site, "/steward").await;
    queue.keeps_the_rules();
    let expected = [
        "Somebody may not be safe: Old bowls",
        "The phone, e-mail or address is wrong: Walk one",
        // It is for the people of Bolton, and happens in Wigan.
        "It has closed, or takes nobody: Bolton neighbours",
        "The day or time is wrong: Growing together",
        "Something else: Ring round",
    ];
    assert_eq!(titles(&queue), expected);
    let other = signed_in(&app, &rob, None).get(&site, "/steward").await;
    assert_eq!(titles(&other), ["It has closed, or takes nobody: Bolton neighbours"]);
    let theirs = reports(&app).into_iter().find(|report| report.service == service(OWN)).unwrap();
    let item = format!("/steward/reports/{}", theirs.id);
    assert_eq!(signed_in(&app, &rob, None).get(&site, &item).await.status, 403);
    let act = [("do", "nothing-wrong")];
    assert_eq!(signed_in(&app, &rob, None).post(&site, &item, &act).await.status, 403);
}

#[tokio::test]
async fn a_listing_that_is_hidden_is_gone_everywhere_and_comes_back_with_undo() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town_with(&[ruth.clone()]);
    say(&site, OWN, "unsafe", "<script>alert(1)</script> and words").await;
    let id = reports(&app)[0].id;
    let browser = signed_in(&app, &ruth, None);
    let item = format!("/steward/reports/{id}");
    let page = browser.get(&site, &item).await;
    page.keeps_the_rules();
    assert!(
        page.text().contains("<script>alert(1)</script> and words")
            && !page.html.contains("<script>alert")
    );
    let without = browser.post(&site, &item, &[("do", "hide")]).await;
    assert_eq!(without.status, 422);
    assert!(without.text().contains("Say why the listing is hidden"));
    without.keeps_the_rules();
    let hide = [("do", "hide"), ("why", "The police asked us to")];
    let done = browser.post(&site, &item, &hide).await;
    assert_eq!(done.header(header::LOCATION), format!("/steward?done={id}"));
    app.search.follow().unwrap();
    let listing = format!("/services/{}", service(OWN));
    assert_eq!(site.get(&listing).await.status, 410);
    assert!(!site.get("/search?q=gardening").await.cards().contains(&OWN.to_owned()));
    // No feed says of it from now on that it goes on.
    let said = app.store.get_service(service(OWN)).unwrap().provenance.fields;
    assert_eq!(said["status"].route, Route::Steward);
    let ended = app.store.get_report(id).unwrap();
    assert_eq!(ended.closed.unwrap().outcome, Outcome::Hidden);
    assert_eq!(ended.words, None, "words of the public have done their work");
    assert_eq!(browser.post(&site, &item, &hide).await.status, 409, "once");
    let queue = browser.get(&site, done.header(header::LOCATION)).await;
    queue.keeps_the_rules();
    assert!(queue.text().contains("Undo"));
    browser.post(&site, &format!("{item}/undo"), &[]).await;
    app.search.follow().unwrap();
    assert_eq!(site.get(&listing).await.status, 200);
    assert_eq!(reports(&app).len(), 1);
    // Why it was hidden is for stewards, and on no public page.
    let theirs = browser.get(&site, &format!("/manage/services/{}/history", service(OWN))).await;
    assert!(theirs.text().contains("Why: The police asked us to"), "{}", theirs.text());
    let public = site.get(&format!("/services/{}/x/history", service(OWN))).await;
    assert!(!public.text().contains("police"), "{}", public.text());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn two_stewards_at_once_end_a_report_once() {
    let (ruth, rob) =
        (with_role("ruth", Role::Steward, None), with_role("rob", Role::Steward, None));
    let (app, site) = town_with(&[ruth.clone(), rob.clone(), provider("jean", &[OWN])]);
    say(&site, OWN, "other", "").await;
    let item = format!("/steward/reports/{}", reports(&app)[0].id);
    let act = [("do", "put-right")];
    assert_eq!(signed_in(&app, &ruth, None).post(&site, &item, &act).await.status, 303);
    let second = signed_in(&app, &rob, None).post(&site, &item, &act).await;
    assert_eq!(second.status, 409);
    second.keeps_the_rules();
    // Who looks after the listing as its provider is no steward of it.
    let jean = signed_in(&app, &provider("jean", &[OWN]), None);
    let refused = jean.get(&site, "/steward").await;
    assert_eq!(
        (refused.status.as_u16(), refused.heading().as_str()),
        (403, "This is for stewards")
    );
    refused.keeps_the_rules();
}

#[tokio::test]
async fn nobody_floods_the_queue() {
    let (app, site) = town_with(&[]);
    let mut last = 0;
    for _ in 0..11 {
        last = say(&site, OWN, "other", "").await.status.as_u16();
    }
    assert_eq!((last, reports(&app).len()), (429, 10));
}

#[tokio::test]
async fn what_was_closed_for_the_time_being_is_so_again_after_undo() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town_with(&[ruth.clone()]);
    let mut closed = app.store.get_service(service(OWN)).unwrap();
    closed.status = ServiceStatus::TemporarilyClosed;
    app.store.change(&tester(), app.clock.now(), move |c| c.save_service(&closed)).unwrap();
    say(&site, OWN, "unsafe", "").await;
    let item = format!("/steward/reports/{}", reports(&app)[0].id);
    let browser = signed_in(&app, &ruth, None);
    browser.post(&site, &item, &[("do", "hide"), ("why", "x")]).await;
    assert_eq!(app.store.get_service(service(OWN)).unwrap().status, ServiceStatus::Inactive);
    browser.post(&site, &format!("{item}/undo"), &[]).await;
    let back = app.store.get_service(service(OWN)).unwrap().status;
    assert_eq!(back, ServiceStatus::TemporarilyClosed);
}

#[tokio::test]
async fn those_who_look_after_a_listing_are_asked_about_a_report_and_answer_by_putting_it_right() {
    let ruth = with_role("ruth", Role::Steward, None);
    let jean = provider("jean", &[OWN]);
    let (app, site) = town_with(&[ruth.clone(), jean.clone()]);
    say(&site, OWN, "wrong-time", "It is on Thursdays, says Ann.").await;
    say(&site, "Ring round", "other", "").await;
    let (ruths, jeans) = (signed_in(&app, &ruth, None), signed_in(&app, &jean, None));
    let item_of = |name: &str| {
        let report = reports(&app).into_iter().find(|report| report.service == service(name));
        format!("/steward/reports/{}", report.unwrap().id)
    };
    let item = item_of(OWN);
    ruths.get(&site, &item).await.keeps_the_rules();
    let silent = ruths.post(&site, &item, &[("do", "ask")]).await;
    assert_eq!(silent.status, 422);
    silent.keeps_the_rules();
    assert!(silent.text().contains("Write what you ask them"), "{}", silent.text());
    let question = "Is it still on Tuesdays <b>?";
    let done = ruths.post(&site, &item, &[("do", "ask"), ("why", question)]).await;
    let queue = ruths.get(&site, done.header(header::LOCATION)).await;
    queue.keeps_the_rules();
    let text = queue.text();
    assert!(text.contains("Waits for an answer"), "{text}");
    assert!(text.find("Ring round").unwrap() < text.find(OWN).unwrap(), "last: {text}");
    let (to, letter) = letters(&app).pop().unwrap();
    assert_eq!(to, jean.email.as_str());
    assert!(letter.text().contains("Is it still on Tuesdays"), "{}", letter.text());
    assert!(!letter.text().contains("Ann"), "what the public wrote stays with the steward");
    // They see the question where they look after it, and saying that it is right answers it.
    let own = format!("/manage/services/{}", service(OWN));
    let page = jeans.get(&site, &own).await;
    page.keeps_the_rules();
    assert!(page.html.contains("Is it still on Tuesdays &lt;b&gt;?"), "{}", page.text());
    let seen: Vec<(String, String)> = page.filled();
    let seen: Vec<(&str, &str)> =
        seen.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let confirmed = jeans.post(&site, &format!("{own}/confirm"), &seen).await;
    assert_eq!(confirmed.status, 303, "{}", confirmed.text());
    assert!(!jeans.get(&site, &own).await.text().contains("a steward asks"));
    let text = ruths.get(&site, "/steward").await.text();
    assert!(!text.contains("Waits for an answer"), "it is the steward's again: {text}");
    let page = ruths.get(&site, &item).await;
    page.keeps_the_rules();
    assert!(page.text().contains("was changed or confirmed since"), "{}", page.text());
    // Nobody to ask, and one that is ended.
    let other = item_of("Ring round");
    let nobody = ruths.post(&site, &other, &[("do", "ask"), ("why", "Is it?")]).await;
    assert_eq!(nobody.status, 422);
    assert!(nobody.text().contains("ring its provider"), "{}", nobody.text());
    ruths.post(&site, &other, &[("do", "nothing-wrong")]).await;
    assert_eq!(ruths.post(&site, &other, &[("do", "ask"), ("why", "Is it?")]).await.status, 409);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn of_what_is_unsafe_nobody_is_written_to_and_a_question_waits_four_days() {
    let ruth = with_role("ruth", Role::Steward, None);
    let jean = provider("jean", &[OWN]);
    let (app, site) = town_with(&[ruth.clone(), jean]);
    say(&site, OWN, "unsafe", "").await;
    let ruths = signed_in(&app, &ruth, None);
    let item = format!("/steward/reports/{}", reports(&app)[0].id);
    let page = ruths.get(&site, &item).await;
    assert!(!page.text().contains("Ask its provider"), "{}", page.text());
    let asked = ruths.post(&site, &item, &[("do", "ask"), ("why", "What happened?")]).await;
    assert_eq!(asked.status, 422);
    asked.keeps_the_rules();
    assert!(asked.text().contains("do not write to the provider"), "{}", asked.text());
    assert!(letters(&app).is_empty());
    ruths.post(&site, &item, &[("do", "nothing-wrong")]).await;
    // Asked once in a day, and the steward's again after four.
    say(&site, OWN, "closed", "").await;
    let item = format!("/steward/reports/{}", reports(&app)[0].id);
    ruths.get(&site, &item).await;
    let ask = [("do", "ask"), ("why", "Is it?")];
    assert_eq!(ruths.post(&site, &item, &ask).await.status, 303);
    let again = ruths.post(&site, &item, &ask).await;
    assert_eq!(again.status, 422);
    assert!(again.text().contains("less than a day ago"), "{}", again.text());
    assert_eq!(letters(&app).len(), 1);
    let report = &reports(&app)[0];
    let upkeep = app.store.get_service(service(OWN)).unwrap().upkeep;
    let days = |of: i64| app.clock.now() + jiff::SignedDuration::from_hours(24 * of);
    assert!(report.waits_for_an_answer(&upkeep, days(3)));
    assert!(!report.waits_for_an_answer(&upkeep, days(4)));
}
