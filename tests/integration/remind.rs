//! Asking whether listings are right, through the years in a moment.

use std::collections::BTreeMap;

use hereabouts::{
    app::App,
    config::Config,
    domain::{Confirmation, Person, Role},
    keeping::{Network, due_reminders, is_a_good_hour, remind, send_reminders},
    store::Reading,
};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::TimeZone};
use serde_json::json;

use super::harness::{
    Listing, app, now,
    people::{letters, provider, save_people, service, tester, with_role},
};

/// A directory in which each of these listings was confirmed on this day.
fn directory(listings: &[(&'static str, &str)], people: &[Person]) -> App {
    let listing = |(name, confirmed): &(&'static str, &str)| {
        Listing::new(name, "A listing.").with(json!({
            "upkeep": { "confirmed": { "at": confirmed, "by": { "role": "provider", "name": "x" } } },
        }))
    };
    let listings: Vec<Listing> = listings.iter().map(listing).collect();
    let app = app(&listings, Config::default());
    save_people(&app, people);
    app
}

fn ask(app: &App, at: Timestamp) {
    let (directory, keeping) = (&app.config.directory, &app.config.keeping);
    remind(&app.store, &app.gazetteer, directory, keeping, at).unwrap();
}

/// Whom the letters of these days go to, with the day of each counted from the first.
fn asked(app: &App, from: Timestamp, days: i64) -> Vec<(i64, String)> {
    let mut seen = letters(app).len();
    let mut asked = Vec::new();
    for day in 0..days {
        ask(app, from + SignedDuration::from_hours(24 * day));
        let all = letters(app);
        asked.extend(
            all[seen..].iter().map(|(to, _)| (day, to.split('@').next().unwrap().to_owned())),
        );
        seen = all.len();
    }
    asked
}

fn confirm(app: &App, listing: &str, at: Timestamp) {
    let mut service = app.store.get_service(service(listing)).unwrap();
    let by = hereabouts::domain::Author::steward("x");
    service.upkeep.confirmed = Some(Confirmation { at, by });
    app.store.change(&tester(), at, move |changes| changes.save_service(&service)).unwrap();
}

fn day(text: &str) -> Timestamp {
    format!("{text}T10:00:00Z").parse().unwrap()
}

#[test]
fn a_listing_is_asked_about_at_three_months_and_twice_more_and_then_left_for_half_a_year() {
    let people = [
        provider("first", &["Chess"]),
        provider("second", &["Chess"]),
        with_role("ruth", Role::Steward, Some("E08000010")),
    ];
    let app = directory(&[("Chess", "2026-01-10T10:00:00Z")], &people);
    let asked = asked(&app, day("2026-01-10"), 365);
    let expected = [
        (90, "first"),
        (104, "second"),
        (118, "ruth"),
        (301, "first"),
        (315, "second"),
        (329, "ruth"),
    ];
    let expected: Vec<(i64, String)> =
        expected.iter().map(|(day, name)| (*day, (*name).to_owned())).collect();
    assert_eq!(asked, expected);
}

#[test]
fn an_answer_ends_the_asking_until_the_next_time() {
    let app = directory(&[("Chess", "2026-01-10T10:00:00Z")], &[provider("ann", &["Chess"])]);
    assert_eq!(asked(&app, day("2026-04-10"), 5), [(0, "ann".to_owned())]);
    confirm(&app, "Chess", day("2026-04-15"));
    let next = asked(&app, day("2026-04-15"), 120);
    assert_eq!(next, [(91, "ann".to_owned())]);
}

#[test]
fn nobody_has_more_than_one_mail_a_month_and_all_that_is_due_stands_in_it() {
    let names = ["A", "B", "C", "D", "E", "F"];
    let days = ["2026-01-01", "2026-01-04", "2026-01-09", "2026-01-20", "2026-02-01", "2026-03-01"];
    let listings: Vec<(&'static str, String)> =
        names.into_iter().zip(days.map(|day| format!("{day}T10:00:00Z"))).collect();
    let listings: Vec<(&'static str, &str)> =
        listings.iter().map(|(name, day)| (*name, day.as_str())).collect();
    let app = directory(&listings, &[provider("ann", &names)]);
    let asked = asked(&app, day("2026-01-01"), 365);
    let mut last: Option<Timestamp> = None;
    for (on, _) in &asked {
        let at = day("2026-01-01") + SignedDuration::from_hours(24 * on);
        if let Some(last) = last {
            let month_later = last.to_zoned(TimeZone::UTC).checked_add(1.month()).unwrap();
            assert!(at >= month_later.timestamp(), "{asked:?}");
        }
        last = Some(at);
    }
    // The first letter holds what is due then, and what is due within two weeks.
    let first = &letters(&app)[0].1;
    let text = first.text();
    assert!(
        text.contains("3 listings") && text.contains("A\n-") && text.contains("C\n-"),
        "{text}"
    );
    assert_eq!(text.matches("/confirm/").count(), 3);
}

#[test]
fn what_was_never_confirmed_is_asked_about_at_once() {
    let listing = Listing::new("Chess", "Chess.").with(json!({ "upkeep": {} }));
    let app = app(&[listing], Config::default());
    save_people(&app, &[provider("ann", &["Chess"])]);
    assert_eq!(asked(&app, now(), 1), [(0, "ann".to_owned())]);
}

#[test]
fn what_has_ended_or_has_nobody_is_not_asked_about() {
    let ended = Listing::new("Ended", "x").with(json!({ "status": "defunct", "upkeep": {} }));
    let nobodys = Listing::new("Nobodys", "x").with(json!({ "upkeep": {} }));
    let app = app(&[ended, nobodys], Config::default());
    save_people(&app, &[provider("ann", &["Ended"]), with_role("ruth", Role::Steward, None)]);
    assert_eq!(asked(&app, now(), 60), []);
}

#[test]
fn stopping_and_starting_mails_nobody_twice() {
    let app = directory(&[("Chess", "2026-01-10T10:00:00Z")], &[provider("ann", &["Chess"])]);
    let at = day("2026-04-20");
    // Each call works it out anew from the store, as after a restart.
    for _ in 0..5 {
        ask(&app, at);
    }
    assert_eq!(letters(&app).len(), 1);
}

#[test]
fn a_dry_run_posts_nothing() {
    let app = directory(&[("Chess", "2026-01-10T10:00:00Z")], &[provider("ann", &["Chess"])]);
    let before = app.store.outbox_counts().unwrap();
    let due = due_reminders(&app.store, &app.gazetteer, &app.config.keeping, day("2026-04-20"));
    assert_eq!(due.unwrap()[0].listings[0].service.name, "Chess");
    assert_eq!(app.store.outbox_counts().unwrap(), before);
}

#[test]
fn those_longest_unconfirmed_go_first() {
    let listings = [("New", "2026-03-10T10:00:00Z"), ("Old", "2025-03-10T10:00:00Z")];
    let people = [provider("new", &["New"]), provider("old", &["Old"])];
    let app = directory(&listings, &people);
    let due = due_reminders(&app.store, &app.gazetteer, &app.config.keeping, day("2026-07-01"));
    let names: Vec<String> = due.unwrap().into_iter().map(|due| due.person.name).collect();
    assert_eq!(names, ["old", "new"]);
}

#[test]
fn a_year_of_a_whole_town_keeps_every_rule() {
    let names: Vec<&'static str> =
        (0..60).map(|n| &*Box::leak(format!("Listing {n}").into_boxed_str())).collect();
    let listings: Vec<(&'static str, String)> = names
        .iter()
        .enumerate()
        .map(|(n, name)| (*name, format!("2026-{:02}-{:02}T10:00:00Z", n % 3 + 1, n % 28 + 1)))
        .collect();
    let listings: Vec<(&'static str, &str)> =
        listings.iter().map(|(name, day)| (*name, day.as_str())).collect();
    let people: Vec<Person> = (0..12)
        .map(|n| provider(&format!("p{n}"), &names[n * 5..(n * 5 + 8).min(60)]))
        .chain([with_role("ruth", Role::Steward, None)])
        .collect();
    let app = directory(&listings, &people);
    let mut months: BTreeMap<(String, i64), usize> = BTreeMap::new();
    for (on, whom) in asked(&app, day("2026-01-01"), 365) {
        *months.entry((whom, on / 31)).or_default() += 1;
    }
    assert!(months.len() > 40, "{}", months.len());
    assert!(months.values().all(|mails| *mails <= 2), "{months:?}");
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[test]
fn mails_come_by_day_and_not_on_a_weekend() {
    let at = |text: &str| is_a_good_hour(text.parse().unwrap());
    assert!(at("2026-11-23T09:00:00Z"));
    assert!(!at("2026-11-23T08:59:00Z") && !at("2026-11-23T16:00:00Z"));
    assert!(!at("2026-11-22T12:00:00Z"), "a Sunday");
    assert!(at("2026-07-01T08:00:00Z"), "nine in summer");
}

#[test]
fn those_that_are_used_go_before_those_that_are_only_a_little_older() {
    let days = [("Old", "2026-01-01T10:00:00Z"), ("Used", "2026-02-01T10:00:00Z")];
    let people = [provider("ann", &["Old"]), provider("ben", &["Used"])];
    let app = directory(&days, &people);
    let at = day("2026-06-01");
    let first = |app: &App| {
        let due = due_reminders(&app.store, &app.gazetteer, &app.config.keeping, at).unwrap();
        due[0].person.name.clone()
    };
    assert_eq!(first(&app), "ann");
    for last in 0..5 {
        let network = Network::of(std::net::Ipv4Addr::new(192, 0, 2, last).into());
        app.uses.opened(service("Used"), network, day("2026-05-20"));
    }
    app.uses.save(&app.store, at).unwrap();
    assert_eq!(first(&app), "ben");
    ask(&app, at);
    let letters = letters(&app);
    assert!(letters[0].1.text().contains("People opened it 5 times in the last three months"));
    assert!(!letters[1].1.text().contains("People opened it"));
    // What was opened long ago counts no more.
    let later = day("2026-12-01");
    let due = due_reminders(&app.store, &app.gazetteer, &app.config.keeping, later).unwrap();
    assert_eq!(due[0].person.name, "ann");
}

#[test]
fn whoever_wants_no_reminders_is_passed_over_and_somebody_else_is_asked() {
    let people = [
        provider("first", &["Chess"]),
        provider("second", &["Chess"]),
        with_role("ruth", Role::Steward, Some("E08000010")),
    ];
    let app = directory(&[("Chess", "2026-01-10T10:00:00Z")], &people);
    let stop = |person: &Person, wanted| {
        send_reminders(&app.store, person.id, wanted, day("2026-01-11")).unwrap();
    };
    stop(&people[0], false);
    assert_eq!(asked(&app, day("2026-04-10"), 1), [(0, "second".to_owned())]);
    confirm(&app, "Chess", day("2026-04-15"));
    stop(&people[1], false);
    assert_eq!(asked(&app, day("2026-04-15"), 100), [(91, "ruth".to_owned())]);
    confirm(&app, "Chess", day("2026-08-01"));
    stop(&people[2], false);
    assert_eq!(asked(&app, day("2026-08-01"), 400), []);
    stop(&people[0], true);
    assert_eq!(asked(&app, day("2027-10-01"), 1), [(0, "first".to_owned())]);
}
