//! What works: link workers say how it went, those who run a service see how many say what, and the
//! order of results weighs it until it is forgotten. How referrals are answered, in bands.

use hereabouts::{
    app::App,
    domain::{
        FirstStep, Person, PersonId, Practical, Referral, ReferralId, ReferralState, Role, Side,
        Step, Worked,
    },
    referring::{say_how_it_went, tick},
    search::Question,
    store::Reading,
};
use jiff::{SignedDuration, Timestamp};

use super::{CLUB, jean, kwame, town_that_refers};
use crate::harness::people::{at, save_people, service, signed_in, tester, with_role};

fn worker(name: &str) -> Person {
    with_role(name, Role::LinkWorker, None)
}

fn path() -> String {
    format!("/services/{}/x/how-it-went", service(CLUB))
}

fn steward() -> Person {
    with_role("sue", Role::Steward, None)
}

/// What the club is sure of, and why, when somebody asks for company.
fn sure(app: &App) -> (f32, String) {
    app.search.follow().unwrap();
    let question =
        Question { words: CLUB.to_owned(), page: 1, per_page: 10, ..Question::default() };
    let findings = app.search.ask(&question, Vec::new(), app.clock.now()).unwrap();
    let found = &findings.results[0];
    assert_eq!(found.record.service.name, CLUB);
    let factor = found.factors.iter().find(|factor| factor.key == "confidence").unwrap();
    (factor.value, factor.reason.clone())
}

#[tokio::test]
async fn a_link_worker_says_how_it_went_once_a_month_and_nobody_learns_who() {
    let (app, site) = town_that_refers(&[jean(), kwame(), steward(), worker("ann"), worker("ben")]);
    let kwames = signed_in(&app, &kwame(), None);
    let form = kwames.get(&site, &path()).await;
    form.keeps_the_rules();
    assert_eq!(form.heading(), "Say how it went");
    let nothing = kwames.post(&site, &path(), &[]).await;
    assert_eq!(nothing.status, 422);
    nothing.keeps_the_rules();
    assert!(nothing.text().contains("Choose how it went"), "{}", nothing.text());
    assert_eq!(kwames.post(&site, &path(), &[("came", "perfect")]).await.status, 422);
    for came in ["worked", "did-not-reply"] {
        assert_eq!(kwames.post(&site, &path(), &[("came", came)]).await.status, 303);
    }
    let again = kwames.get(&site, &format!("{}?said=1", path())).await;
    again.keeps_the_rules();
    assert!(again.text().contains("What you say is saved"), "{}", again.text());
    assert!(again.by_id("came-did-not-reply").unwrap().attribute("checked").is_some());
    let record = app.store.service_record(service(CLUB)).unwrap().unwrap();
    assert_eq!((record.experiences.count(), record.experiences.did_not_reply), (1, 1));
    for person in [jean(), steward()] {
        let keeps = signed_in(&app, &person, None);
        let page = keeps.get(&site, &format!("/manage/services/{}", service(CLUB))).await;
        page.keeps_the_rules();
        let text = page.text();
        assert!(text.contains("Fewer than 3 link workers have said"), "{text}");
        assert!(!text.contains("They did not reply") && !text.contains("kwame"), "{text}");
    }
    for name in ["ann", "ben"] {
        let who = (service(CLUB), &worker(name));
        say_how_it_went(&app.store, who, Worked::Worked, app.clock.now()).unwrap();
    }
    let page = signed_in(&app, &jean(), None)
        .get(&site, &format!("/manage/services/{}", service(CLUB)))
        .await;
    let text = page.text();
    assert!(text.contains("It worked: 2") && text.contains("They did not reply: 1"), "{text}");
    let everybody = site.get(&format!("/services/{}", service(CLUB))).await;
    assert!(!everybody.text().contains("They did not reply"));
    assert!(everybody.link("Say how it went").is_some());
}

#[tokio::test]
async fn those_who_run_a_service_say_nothing_of_it_and_others_are_not_asked() {
    let mut both = jean();
    both.grants.extend(kwame().grants);
    let (app, site) = town_that_refers(&[both.clone(), steward()]);
    let page = signed_in(&app, &both, None).post(&site, &path(), &[("came", "worked")]).await;
    assert_eq!(page.status, 403, "{}", page.text());
    assert_eq!(signed_in(&app, &steward(), None).get(&site, &path()).await.status, 403);
    assert_eq!(site.get(&path()).await.status, 303, "strangers are asked to sign in");
    let gone = signed_in(&app, &both, None).get(&site, "/services/x/x/how-it-went").await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn three_who_say_that_it_did_not_work_lower_what_we_are_sure_of_until_it_is_forgotten() {
    let workers = ["ann", "ben", "col", "dee"].map(worker);
    let (app, _) = town_that_refers(&[&[jean()], &workers[..]].concat());
    let (before, reason) = sure(&app);
    assert!(reason.ends_with("; too few link workers have said how it went"), "{reason}");
    let now = app.clock.now();
    let say = |who: &Person, what: Worked, at: Timestamp| {
        say_how_it_went(&app.store, (service(CLUB), who), what, at).unwrap();
    };
    say(&workers[0], Worked::DidNotReply, now);
    say(&workers[1], Worked::NotTakingPeople, now);
    // Whoever speaks twice is one voice.
    say(&workers[1], Worked::DidNotReply, now - SignedDuration::from_hours(24 * 40));
    assert!((sure(&app).0 - before).abs() < 1e-6, "two are too few");
    say(&workers[2], Worked::NotRight, now);
    let (after, reason) = sure(&app);
    assert!(after < before * 0.7, "{before} {after}");
    assert!(reason.ends_with("; link workers say that of late it mostly did not work"), "{reason}");
    for who in &workers[..] {
        say(who, Worked::Worked, now);
    }
    let (good, reason) = sure(&app);
    assert!(good > before, "{before} {good}");
    assert!(reason.ends_with("; link workers say that of late it mostly worked"), "{reason}");
    let later = now + SignedDuration::from_hours(24 * 184);
    assert_eq!(tick(&app.store, &app.config.directory, later).unwrap().forgotten, 5);
    assert!((sure(&app).0 - before).abs() < 1e-6, "half a year later it is as it was");
    assert_eq!(app.store.check().unwrap(), []);
}

#[tokio::test]
async fn who_is_no_link_worker_any_more_or_runs_the_service_by_now_no_longer_counts() {
    let workers = ["ann", "ben", "col"].map(worker);
    let (app, _) = town_that_refers(&[&[jean()], &workers[..]].concat());
    let now = app.clock.now();
    for who in &workers {
        say_how_it_went(&app.store, (service(CLUB), who), Worked::Worked, now).unwrap();
    }
    let counted = || app.store.service_record(service(CLUB)).unwrap().unwrap().experiences.count();
    let ticked = || tick(&app.store, &app.config.directory, now).unwrap().forgotten;
    assert_eq!((ticked(), counted()), (0, 3));
    let mut runs = workers[0].clone();
    runs.grants.extend(jean().grants);
    let let_go = Person { grants: Vec::new(), ..workers[1].clone() };
    save_people(&app, &[runs, let_go]);
    assert_eq!((ticked(), counted()), (2, 1));
    let gone = workers[2].id;
    app.store.change(&tester(), now, move |changes| changes.remove_person(gone)).unwrap();
    assert_eq!((ticked(), counted()), (1, 0));
}

#[tokio::test]
async fn what_came_of_a_referral_is_what_its_referrer_says_of_the_service() {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    save_referrals(&app, 1, Some((1, ReferralState::Accepted)));
    let referral = app.store.list_referrals_by(kwame().id, 1).unwrap().remove(0);
    let path = format!("/referrals/{}", referral.id);
    let kwames = signed_in(&app, &kwame(), None);
    let came = kwames.post(&site, &path, &[("do", "came"), ("came", "worked")]).await;
    assert_eq!(came.status, 303, "{}", came.text());
    let said = app.store.service_record(service(CLUB)).unwrap().unwrap().experiences;
    assert_eq!((said.worked, said.count()), (1, 1));
}

#[tokio::test]
async fn how_referrals_are_answered_is_for_those_who_run_it_unless_they_let_everybody_know() {
    let (app, site) = town_that_refers(&[jean(), kwame()]);
    let jeans = signed_in(&app, &jean(), None);
    let keep = format!("/manage/services/{}", service(CLUB));
    save_referrals(&app, 4, Some((1, ReferralState::Accepted)));
    assert!(!jeans.get(&site, &keep).await.text().contains("Referrals from here"));
    save_referrals(&app, 6, Some((1, ReferralState::Accepted)));
    let page = jeans.get(&site, &keep).await;
    page.keeps_the_rules();
    let says = "Referrals from here are usually answered within two days, and most are taken";
    let text = page.text();
    assert!(text.contains(says) && text.contains("of 6 within a year"), "{text}");
    assert!(text.contains("Only you and stewards see this"), "{text}");
    let listing = format!("/services/{}", service(CLUB));
    assert!(!site.get(&listing).await.text().contains(says));
    let section = format!("{keep}/edit/start");
    let form = jeans.get(&site, &section).await;
    let mut fields = form.filled();
    fields.push(("shows-replies".to_owned(), "yes".to_owned()));
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = jeans.post(&site, &section, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    let shown = site.get(&listing).await;
    shown.keeps_the_rules();
    assert!(shown.text().contains(says), "{}", shown.text());
    assert!(jeans.get(&site, &keep).await.text().contains("Everybody may know so"));
    // What somebody refers to a service of their own says nothing of it.
    let mut own = kwame();
    own.grants.extend(jean().grants);
    save_people(&app, &[own]);
    assert!(!site.get(&listing).await.text().contains(says));
    save_people(&app, &[kwame()]);
    let year = at(&app, "2027-12-22T12:00:00Z").get(&listing).await;
    assert!(!year.text().contains(says), "what is a year old is not told");
}

/// So many referrals of Kwame to the club, a week ago, each answered after so many days.
fn save_referrals(app: &App, count: usize, answer: Option<(i64, ReferralState)>) {
    let asked = app.clock.now() - SignedDuration::from_hours(24 * 7);
    let step = |days: i64, by: Side, to: ReferralState| Step {
        at: asked + SignedDuration::from_hours(24 * days),
        by,
        to,
        reason: None,
        wait_weeks: None,
        note: None,
    };
    let mut steps = vec![step(0, Side::Referrer, ReferralState::Requested)];
    steps.extend(answer.map(|(days, to)| step(days, Side::Provider, to)));
    let referral = |number: usize| Referral {
        id: ReferralId::derive("test", &number.to_string()),
        service: service(CLUB),
        by: PersonId::derive("test", ["kwame", "ann", "ben"][number % 3]),
        reference: format!("LW-{number}"),
        needs: Vec::new(),
        practical: Practical::default(),
        first_step: FirstStep::TheyRing,
        steps: steps.clone(),
        reminded: None,
        worked: None,
    };
    let referrals: Vec<Referral> = (0..count).map(referral).collect();
    let save = move |changes: &mut hereabouts::store::Changes<'_>| {
        referrals.iter().try_for_each(|referral| changes.save_referral(referral).map(|_| ()))
    };
    app.store.change(&tester(), app.clock.now(), save).unwrap();
}
