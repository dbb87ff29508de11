//! Claiming: whoever reads the organisation's own mail is let in; of others, a steward decides.

use axum::http::header;
use hereabouts::{
    app::App,
    domain::{Claim, Contact, OrganisationId, Role},
    store::Reading,
};

use super::super::harness::{
    Page, Site,
    people::{
        Browser, at, letters, newest_link, provider, service, signed_in, town_with, with_role,
    },
};

const OWN: &str = "Growing together";
const SENSITIVE: &str = "Quiet harbour";

fn form(name: &str) -> String {
    format!("/services/{}/x/claim", service(name))
}

/// The town, in which an organisation has a website of its own.
fn town(people: &[hereabouts::domain::Person]) -> (App, Site) {
    let (app, site) = town_with(people);
    for name in [OWN, SENSITIVE] {
        let id = OrganisationId::derive("test", name);
        let mut organisation = app.store.get_organisation(id).unwrap();
        organisation.website = Some("https://www.people.example/".to_owned());
        let save = move |changes: &mut hereabouts::store::Changes<'_>| {
            changes.save_organisation(&organisation)
        };
        app.store.change(&super::super::harness::people::tester(), app.clock.now(), save).unwrap();
    }
    (app, site)
}

async fn say(site: &Site, listing: &str, email: &str, words: &str) -> Page {
    let fields = [("name", "Ann"), ("email", email), ("words", words)];
    Browser::default().post_bare(site, &form(listing), &fields).await
}

fn claims(app: &App) -> Vec<Claim> {
    app.store.list_confirmed_claims(10).unwrap()
}

#[tokio::test]
async fn who_reads_the_organisations_own_mail_is_in_with_a_link_and_a_press() {
    let (app, site) = town(&[]);
    let listing = site.get(&format!("/services/{}", service(OWN))).await;
    let page = site.get(&listing.link("say that it is").unwrap()).await;
    page.keeps_the_rules();
    let sent = say(&site, OWN, "ann@people.example", "").await;
    site.get(sent.header(header::LOCATION)).await.keeps_the_rules();
    let link = newest_link(&app, "ann");
    let looked = site.get(&link).await;
    looked.keeps_the_rules();
    assert!(app.store.everybody().unwrap().is_empty(), "looking changes nothing");
    let entered = Browser::default().post_bare(&site, &link, &[]).await;
    assert_eq!(entered.header(header::LOCATION), "/manage");
    let anns = Browser::default().keeping(&entered);
    assert!(anns.get(&site, "/manage").await.text().contains(OWN));
    assert_eq!(site.get(&link).await.status, 410, "a link is good once");
    assert_eq!(Browser::default().post_bare(&site, &link, &[]).await.status, 410);
    assert!(app.store.list_claims_before(jiff::Timestamp::MAX).unwrap().is_empty());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn of_everybody_else_a_steward_decides() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let jean = provider("jean", &[OWN]);
    let cases: [(&str, &str, &[hereabouts::domain::Person]); 5] = [
        // Another's domain; an address that anybody may have; one where somebody is let in
        // already; a listing that is shown with care.
        (OWN, "ann@elsewhere.example", &[]),
        (OWN, "ann@gmail.com", &[]),
        (OWN, "ann@nhs.net", &[]),
        (OWN, "ann@people.example", std::slice::from_ref(&jean)),
        (SENSITIVE, "ann@people.example", &[]),
    ];
    for (listing, email, others) in cases {
        let people = [&[ruth.clone(), rob.clone()], others].concat();
        let (app, site) = town(&people);
        say(&site, listing, email, "I am the treasurer.").await;
        let link = letters(&app).pop().unwrap().1.text();
        assert!(!link.contains("what Quiet"), "{link}");
        let link = link.lines().find(|line| line.starts_with("http")).unwrap().to_owned();
        let link = link.split_once("://").unwrap().1;
        let link = link.split_at(link.find('/').unwrap()).1.to_owned();
        let (ruths, robs) = (signed_in(&app, &ruth, None), signed_in(&app, &rob, None));
        assert!(!ruths.get(&site, "/steward").await.text().contains("it is theirs"));
        let waits = Browser::default().post_bare(&site, &link, &[]).await;
        assert_eq!(waits.heading(), "A steward decides", "{listing} {email}");
        waits.keeps_the_rules();
        assert!(waits.headers.get(header::SET_COOKIE).is_none());
        let path = format!("/steward/claims/{}", claims(&app)[0].id);
        assert!(ruths.get(&site, "/steward").await.text().contains("it is theirs"));
        assert_eq!(robs.get(&site, &path).await.status, 403);
        assert_eq!(robs.post(&site, &path, &[("do", "approve")]).await.status, 403);
        let item = ruths.get(&site, &path).await;
        item.keeps_the_rules();
        assert!(item.text().contains(email) && item.text().contains("I am the treasurer."));
        let silent = ruths.post(&site, &path, &[("do", "refuse")]).await;
        assert_eq!(silent.status, 422);
        silent.keeps_the_rules();
        let given = ruths.post(&site, &path, &[("do", "approve")]).await;
        assert_eq!(given.status, 303, "{}", given.text());
        let id = OrganisationId::derive("test", listing);
        let keepers = app.store.list_people_of(id).unwrap();
        assert!(keepers.iter().any(|person| person.email.as_str() == email), "{listing} {email}");
        assert_eq!(letters(&app).pop().unwrap().0, email);
        assert_eq!(ruths.post(&site, &path, &[("do", "approve")]).await.status, 409);
        assert_eq!(app.store.check(), Ok(vec![]));
    }
}

#[tokio::test]
async fn a_listing_shown_with_care_is_not_reached_by_way_of_another_of_its_organisation() {
    let (app, site) = town(&[]);
    let mut sensitive = app.store.get_service(service(SENSITIVE)).unwrap();
    sensitive.organisation = OrganisationId::derive("test", OWN);
    let save = move |changes: &mut hereabouts::store::Changes<'_>| changes.save_service(&sensitive);
    app.store.change(&super::super::harness::people::tester(), app.clock.now(), save).unwrap();
    say(&site, OWN, "ann@people.example", "").await;
    let waits = Browser::default().post_bare(&site, &newest_link(&app, "ann"), &[]).await;
    assert_eq!(waits.heading(), "A steward decides");
    assert!(app.store.everybody().unwrap().is_empty());
}

#[tokio::test]
async fn an_address_of_a_listings_host_is_no_proof_but_the_published_one_is() {
    for (email, is_in) in [("ann@library.example", false), ("desk@library.example", true)] {
        let (app, site) = town(&[]);
        let mut listing = app.store.get_service(service(OWN)).unwrap();
        listing.website = Some("https://library.example/".to_owned());
        let email_of_the_desk = Some("desk@library.example".to_owned());
        listing.contacts = vec![Contact { email: email_of_the_desk, ..Contact::default() }];
        let save =
            move |changes: &mut hereabouts::store::Changes<'_>| changes.save_service(&listing);
        app.store.change(&super::super::harness::people::tester(), app.clock.now(), save).unwrap();
        say(&site, OWN, email, "").await;
        let text = letters(&app).pop().unwrap().1.text();
        let link = text.lines().find(|line| line.starts_with("http")).unwrap();
        let link = &link[link.find("/claims/").unwrap()..];
        let entered = Browser::default().post_bare(&site, link, &[]).await;
        assert_eq!(entered.status == 303, is_in, "{email}");
    }
}

#[tokio::test]
async fn who_is_refused_is_told_why_and_forgotten() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town(std::slice::from_ref(&ruth));
    say(&site, OWN, "ann@people.example", "").await;
    say(&site, SENSITIVE, "ann@people.example", "").await;
    let link = newest_link(&app, "ann");
    Browser::default().post_bare(&site, &link, &[]).await;
    let path = format!("/steward/claims/{}", claims(&app)[0].id);
    let why = [("do", "refuse"), ("why", "We rang, and nobody knows of it.")];
    let ruths = signed_in(&app, &ruth, None);
    assert_eq!(ruths.post(&site, &path, &why).await.status, 303);
    let (to, letter) = letters(&app).pop().unwrap();
    assert!(to == "ann@people.example" && letter.text().contains("nobody knows of it"));
    assert!(claims(&app).is_empty());
    assert!(
        app.store.list_people_of(OrganisationId::derive("test", SENSITIVE)).unwrap().is_empty()
    );
}

#[tokio::test]
async fn what_was_decided_of_a_claim_is_taken_back_for_two_weeks() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let jean = provider("jean", &["Ring round"]);
    let (app, site) = town(&[ruth.clone(), rob.clone(), jean.clone()]);
    let (ruths, robs) = (signed_in(&app, &ruth, None), signed_in(&app, &rob, None));
    let organisation = OrganisationId::derive("test", "Walk one");
    let keepers = || {
        let people = app.store.list_people_of(organisation).unwrap();
        people.into_iter().map(|person| person.email.to_string()).collect::<Vec<_>>()
    };
    // Somebody new, and somebody who looks after something else.
    for email in ["ann@elsewhere.example", jean.email.as_str()] {
        let people = app.store.everybody().unwrap();
        say(&site, "Walk one", email, "").await;
        let text = letters(&app).pop().unwrap().1.text();
        let link = text.lines().find(|line| line.starts_with("http")).unwrap();
        let link = link[link.find("/claims/").unwrap()..].to_owned();
        Browser::default().post_bare(&site, &link, &[]).await;
        let path = format!("/steward/claims/{}", claims(&app)[0].id);
        let undo = format!("{path}/undo");
        ruths.get(&site, &path).await;
        let done = ruths.post(&site, &path, &[("do", "approve")]).await;
        let queue = ruths.get(&site, done.header(header::LOCATION)).await;
        queue.keeps_the_rules();
        assert!(queue.html.contains(&undo) && claims(&app).is_empty());
        assert_eq!(keepers(), [email]);
        let decided = ruths.get(&site, &path).await;
        decided.keeps_the_rules();
        assert!(decided.text().contains("decided already"), "{}", decided.text());
        assert!(decided.html.contains(&undo), "it is taken back from its own page");
        let later = ruths.get(&site, "/steward").await;
        later.keeps_the_rules();
        assert_eq!(later.link("Walk one").unwrap(), path, "and found from the queue");
        robs.get(&site, "/steward").await;
        assert_eq!(robs.post(&site, &undo, &[]).await.status, 403);
        // Whom they let in meanwhile goes with them, and whom those let in.
        let mut door = email.to_owned();
        for friend in ["friend@evil.example", "another@evil.example"] {
            let people = app.store.everybody().unwrap().into_iter();
            let keeper = people.into_iter().find(|person| person.email.as_str() == door).unwrap();
            let theirs = signed_in(&app, &keeper, None);
            theirs.get(&site, "/manage/people").await;
            let id = organisation.to_string();
            let fields = [("organisation", id.as_str()), ("email", friend), ("name", "A friend")];
            let let_in = theirs.post(&site, "/manage/people/add", &fields).await;
            assert_eq!(let_in.status, 303, "{}", let_in.text());
            door = friend.to_owned();
        }
        assert_eq!(keepers().len(), 3);
        assert_eq!(ruths.post(&site, &undo, &[]).await.status, 303);
        assert_eq!(keepers(), [""; 0]);
        assert_eq!(app.store.everybody().unwrap(), people, "what they had otherwise they keep");
        assert!(letters(&app).pop().unwrap().1.text().contains("looks at it again"));
        assert_eq!(claims(&app).len(), 1, "it waits again");
        // Twice is once; then the other way, and back.
        assert_eq!(ruths.post(&site, &undo, &[]).await.status, 303);
        let refused = [("do", "refuse"), ("why", "We rang.")];
        assert_eq!(ruths.post(&site, &path, &refused).await.status, 303);
        assert!(claims(&app).is_empty());
        assert_eq!(ruths.post(&site, &undo, &[]).await.status, 303);
        assert_eq!(claims(&app).len(), 1);
        assert_eq!(ruths.post(&site, &path, &refused).await.status, 303);
        let id = path.rsplit_once('/').unwrap().1.parse().unwrap();
        assert!(app.store.find_claim(id).unwrap().is_some());
        let too_late = at(&app, "2026-12-20T12:00:00Z");
        let over = signed_in(
            &hereabouts::app::App {
                clock: hereabouts::app::Clock::Fixed("2026-12-20T12:00:00Z".parse().unwrap()),
                ..app.clone()
            },
            &ruth,
            None,
        );
        over.get(&too_late, &path).await;
        assert_eq!(over.post(&too_late, &undo, &[]).await.status, 409, "two weeks are over");
        let later = app.clock.now() + jiff::SignedDuration::from_hours(24 * 15);
        hereabouts::keeping::forget_old(&app.store, later).unwrap();
        assert!(app.store.find_claim(id).unwrap().is_none(), "who asked is forgotten");
    }
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn a_link_is_over_after_two_days_and_what_nobody_confirmed_is_forgotten() {
    let (app, site) = town(&[]);
    say(&site, OWN, "ann@people.example", "").await;
    let link = newest_link(&app, "ann");
    let later = at(&app, "2026-11-24T12:00:01Z");
    assert_eq!(later.get(&link).await.status, 410);
    assert_eq!(Browser::default().post_bare(&later, &link, &[]).await.status, 410);
    assert!(app.store.everybody().unwrap().is_empty());
    let now = "2026-11-24T12:00:01Z".parse().unwrap();
    hereabouts::keeping::forget_old(&app.store, now).unwrap();
    assert!(app.store.list_claims_before(jiff::Timestamp::MAX).unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_be_taken_is_asked_for_again_and_floods_are_stopped() {
    let (app, site) = town(&[]);
    let long = "x".repeat(501);
    for (name, email, words, said) in [
        ("Ann", "nobody", "kept", "Enter your e-mail address"),
        ("", "ann@people.example", "kept", "Enter your name"),
        ("Ann", "ann@people.example", long.as_str(), "500 characters"),
        ("Ann", "ann@people.example", "for 999 123 4519", "NHS number"),
        ("<script>alert(1)</script>", "x", "<img src=x>", "Enter your e-mail address"),
    ] {
        let fields = [("name", name), ("email", email), ("words", words)];
        let page = Browser::default().post_bare(&site, &form(OWN), &fields).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.text().contains(said) && page.title().starts_with("Error: "));
        assert!(!page.html.contains("<script>alert") && !page.html.contains("<img"));
        page.keeps_the_rules();
    }
    assert!(letters(&app).is_empty());
    for other in ["/claims/x", "/claims/0000000000000000000000000000000000000000"] {
        assert_eq!(site.get(other).await.status, 410, "{other}");
    }
    let mut statuses = Vec::new();
    for n in 0..12 {
        statuses.push(say(&site, OWN, &format!("ann{n}@people.example"), "").await.status.as_u16());
    }
    assert!(statuses.contains(&429), "{statuses:?}");
    assert!(letters(&app).len() <= 10);
}
