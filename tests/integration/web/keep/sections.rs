//! The forms of a listing, section by section: what is shown is kept, what is typed is saved.

use axum::http::header;
use hereabouts::domain::{Answer, Exclusions, Role, Weekday};

use crate::harness::{
    Page, Site,
    people::{Browser, service, signed_in, town_with, with_role},
};

use super::*;

const SECTIONS: [&str; 8] =
    ["words", "needs", "who", "when", "venues", "start", "access", "contacts"];

fn path(section: &str) -> String {
    format!("/manage/services/{}/edit/{section}", service(OWN))
}

/// Opens a section, changes these fields, and sends it.
pub(super) async fn send(
    site: &Site,
    browser: &Browser,
    path: &str,
    with: &[(&str, &str)],
) -> Page {
    let mut fields = browser.get(site, path).await.filled();
    fields.retain(|(name, _)| with.iter().all(|(other, _)| other != name));
    fields.extend(with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    browser.post(site, path, &fields).await
}

pub(super) fn done(page: &Page) -> &str {
    page.header(header::LOCATION).split_once("done=").map_or("", |(_, done)| done)
}

#[tokio::test]
async fn a_form_that_is_sent_as_it_was_shown_changes_nothing() {
    let ruth = with_role("ruth", Role::Steward, None);
    for listing in ["Growing together", "Quiet harbour", "Ring round", "Walk one"] {
        let (app, site) = town_with(&[ruth.clone()]);
        let browser = signed_in(&app, &ruth, None);
        let before = stored(&app, listing);
        for section in SECTIONS {
            let path = format!("/manage/services/{}/edit/{section}", service(listing));
            let form = browser.get(&site, &path).await;
            form.keeps_the_rules();
            let sent = send(&site, &browser, &path, &[("do", "save")]).await;
            assert_eq!(sent.status, 303, "{listing} {section}: {}", sent.text());
            assert_eq!(done(&sent), "", "{listing} {section}");
        }
        assert_eq!(stored(&app, listing), before, "{listing}");
    }
}

#[tokio::test]
async fn what_is_safe_is_live_at_once_and_can_be_taken_back() {
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("needs", &[("needs", "loneliness")]),
        ("when", &[("s0-days", "thu"), ("s0-opens", "10am"), ("s0-closes", "noon")]),
        ("start", &[("c0-kind", "paid"), ("c0-pounds", "2.50"), ("say", "Your first name.")]),
        ("access", &[("a-all-step-free", "yes"), ("languages", "pl")]),
        (
            "contacts",
            &[("k5-name", "Ann"), ("k5-phone", "01942 111222"), ("k5-seen-by", "stewards")],
        ),
    ];
    for (section, with) in cases {
        let (app, site) = town_with(&[jean()]);
        let browser = signed_in(&app, &jean(), None);
        let before = stored(&app, OWN);
        let sent = send(&site, &browser, &path(section), with).await;
        assert_eq!(done(&sent), "live", "{section}: {}", sent.text());
        let after = stored(&app, OWN);
        assert_ne!(after, before, "{section}");
        assert_eq!(after.upkeep.edited, Some(app.clock.now()));
        let thanks = browser.get(&site, sent.header(header::LOCATION)).await;
        thanks.keeps_the_rules();
        let undo = format!("/manage/services/{}/undo", service(OWN));
        let undone = browser.post(&site, &undo, &[("version", &stored_version(&app, OWN))]).await;
        assert_eq!(undone.status, 303, "{section}");
        assert_eq!(stored(&app, OWN), before, "{section}");
    }
}

#[tokio::test]
async fn what_was_typed_is_what_is_saved() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town_with(&[ruth.clone()]);
    let browser = signed_in(&app, &ruth, None);
    let sent = |section: &'static str, with: &'static [(&str, &str)]| {
        let (site, browser) = (&site, &browser);
        async move {
            let page = send(site, browser, &path(section), with).await;
            assert_eq!(done(&page), "live", "{section}: {}", page.text());
        }
    };
    sent(
        "who",
        &[
            ("for", "Adults who like soil"),
            ("ages", "18 and over, up to 5"),
            ("people", "carer"),
            ("not-for", "these"),
            ("not-for-words", "Anybody who needs personal care"),
        ],
    )
    .await;
    sent(
        "when",
        &[
            ("s7-days", "tue"),
            ("s7-every", "m-1"),
            ("s7-opens", "2.30pm"),
            ("s7-except", "25/12/2026"),
        ],
    )
    .await;
    sent("venues", &[("area", "these"), ("places", "Wigan\nWN7"), ("delivery", "home-visit")])
        .await;
    let service = stored(&app, OWN);
    assert_eq!(service.eligibility.ages.len(), 2);
    assert_eq!(service.eligibility.for_people[0].as_str(), "carer");
    assert!(matches!(&service.eligibility.exclusions, Exclusions::These { description, .. }
        if description == "Anybody who needs personal care"));
    let session = service.all_sessions().last().unwrap();
    assert_eq!(session.schedule.days[0].day, Weekday::Tue);
    assert_eq!(session.schedule.days[0].nth, Some(-1));
    assert_eq!(session.schedule.except.len(), 1);
    assert_eq!(session.booking, Answer::NotStated);
    let footprint = service.footprint.unwrap();
    assert_eq!(footprint.parts.len(), 2, "{footprint:?}");
    assert!(service.delivery.contains(&hereabouts::domain::Delivery::HomeVisit));
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn what_cannot_be_taken_is_asked_for_again_as_it_was_typed() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let before = stored(&app, OWN);
    let cases: [(&str, &[(&str, &str)], &str); 9] = [
        ("needs", &[("name", "")], "Enter the name"),
        ("who", &[("ages", "grown-ups kept")], "Enter ages such as"),
        ("who", &[("not-for", "these"), ("not-for-words", "")], "Say who it is not suitable for"),
        ("when", &[("s9-days", "mon"), ("s9-opens", "2")], "Enter a time such as"),
        ("when", &[("s9-every", "2"), ("s9-days", "mon")], "Enter one date"),
        ("venues", &[("v9-name", "Kept Hall"), ("v9-postcode", "ZZ1 1ZZ")], "whole postcode"),
        ("venues", &[("area", "these"), ("places", "Atlantis kept")], "do not know"),
        ("start", &[("c0-kind", "paid"), ("c0-pounds", "a fiver")], "Enter an amount in pounds"),
        ("contacts", &[("k0-phone", "ring")], "Enter a phone number"),
    ];
    for (section, with, said) in cases {
        let page = send(&site, &browser, &path(section), with).await;
        assert_eq!(page.status, 422, "{section} {said}: {}", page.text());
        assert!(page.text().contains(said), "{section} {said}: {}", page.text());
        assert!(page.title().starts_with("Error: "));
        for (_, typed) in with.iter().filter(|(name, _)| !name.contains("days")) {
            assert!(page.html.contains(typed), "{section}: {typed} was lost");
        }
        page.keeps_the_rules();
    }
    assert_eq!(stored(&app, OWN), before);
}

#[tokio::test]
async fn facts_are_said_of_the_venue_that_was_shown() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let venue = stored(&app, OWN).venues[0].id;
    let field = format!("a-{venue}-hearing-loop");
    let sent = send(&site, &browser, &path("access"), &[(&field, "yes")]).await;
    assert_eq!(done(&sent), "live", "{}", sent.text());
    let facts = &stored(&app, OWN).venues[0].access;
    assert_eq!(facts[&hereabouts::domain::AccessFeature::HearingLoop], Answer::Yes);
    let other = "a-0192f0a4-7c1e-7abc-8def-0123456789ab-hearing-loop";
    let sent = send(&site, &browser, &path("access"), &[(other, "yes")]).await;
    assert_eq!(done(&sent), "");
}

#[tokio::test]
async fn a_form_of_more_fields_than_are_read_changes_nothing() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let before = stored(&app, OWN);
    let many: Vec<(String, String)> = (0..4100).map(|n| (format!("x{n}"), String::new())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let page = browser.post(&site, &path("when"), &many).await;
    assert_eq!(page.status, 413);
    assert_eq!(stored(&app, OWN), before);
}

#[tokio::test]
async fn a_section_that_is_not_there_is_no_page() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    for other in ["", "x", "..%2f", "words%00"] {
        assert_eq!(browser.get(&site, &path(other)).await.status, 404, "{other:?}");
    }
}

#[tokio::test]
async fn hostile_rows_are_bounded() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let before = stored(&app, OWN);
    let many: Vec<(String, String)> =
        (0..390).map(|row| (format!("s{row}-words"), "x".to_owned())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let page = browser.post(&site, &path("when"), &many).await;
    assert_eq!(page.status, 422);
    let huge = [("s99999999999999999999-words", "x"), ("v18446744073709551615-name", "x")];
    for section in ["when", "venues"] {
        let page = browser.post(&site, &path(section), &huge).await;
        assert!(matches!(page.status.as_u16(), 303 | 409 | 422), "{section}: {}", page.status);
    }
    assert_eq!(stored(&app, OWN).name, before.name);
}

#[tokio::test]
async fn where_a_hidden_venue_is_stands_in_no_form() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town_with(&[ruth.clone()]);
    let browser = signed_in(&app, &ruth, None);
    let path = format!("/manage/services/{}", service("Quiet harbour"));
    for part in ["/edit/venues", "/edit/when", "/edit/access", "/preview", ""] {
        let page = browser.get(&site, &format!("{path}{part}")).await;
        assert_eq!(page.status, 200, "{part}");
        for secret in crate::harness::CONFIDENTIAL {
            assert!(!page.html.contains(secret), "{part} tells {secret}");
        }
    }
    // Not even where it would be shown with care no longer, kept for later or in force.
    let venues = format!("{path}/edit/venues");
    for what in ["later", "save"] {
        let sent = send(&site, &browser, &venues, &[("care", ""), ("do", what)]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        app.search.follow().unwrap();
        let public = site.get(&format!("/services/{}", service("Quiet harbour"))).await;
        assert!(crate::harness::CONFIDENTIAL.iter().all(|secret| !public.html.contains(secret)));
        for part in ["/edit/venues", "/edit/when", "/edit/access", "/preview", ""] {
            let page = browser.get(&site, &format!("{path}{part}")).await;
            for secret in crate::harness::CONFIDENTIAL {
                assert!(!page.html.contains(secret), "{what} {part} tells {secret}");
            }
        }
    }
    let before = stored(&app, "Quiet harbour");
    let sent = send(&site, &browser, &venues, &[("delivery", "phone")]).await;
    assert_eq!(done(&sent), "live", "{}", sent.text());
    assert_eq!(stored(&app, "Quiet harbour").venues, before.venues);
}
