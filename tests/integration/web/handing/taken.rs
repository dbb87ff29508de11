//! What is taken along: paper, PDF, text, file and calendar.

use axum::{
    body::Body,
    http::{Request, header},
};
use hereabouts::{paper::LONGEST_MESSAGE, store::Reading};
use http_body_util::BodyExt;

use super::{CLUB, GARDEN, location, path_of, picked, town_that_refers};
use crate::harness::{
    CONFIDENTIAL, Listing, Site,
    people::{Browser, at, directory_with, service, town_with},
};

async fn bytes(site: &Site, path: &str) -> (String, Vec<u8>) {
    let answer = site.answer_to(Request::get(path).body(Body::empty()).unwrap()).await;
    let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    (kind, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn a_leaflet_is_a_pdf_in_two_sizes_and_a_page_that_prints() {
    let (_, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &[GARDEN, "Ring round"]).await;
    let path = path_of(&site, &reader).await;
    let (kind, standard) = bytes(&site, &format!("{path}/leaflet.pdf")).await;
    assert!(kind == "application/pdf" && standard.starts_with(b"%PDF-"));
    let (_, large) = bytes(&site, &format!("{path}/leaflet.pdf?print=large")).await;
    assert!(large.starts_with(b"%PDF-") && large != standard);
    let page = site.get(&format!("{path}/print?print=large")).await;
    page.keeps_the_rules();
    let text = page.text();
    for said in [
        GARDEN,
        "01632 960123",
        "Tue 24 Nov, 10am to noon",
        "Ring before you travel",
        "Confirmed on 10 November 2026",
        "said by the organiser on 3 November 2026",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(page.html.contains("ha-print--large") && page.html.contains("<svg"));
    assert!(!text.contains("days ago"), "what is printed is read later: {text}");
    for part in ["print", "leaflet.pdf", "text", "one-file", "sessions.ics", "qr.svg"] {
        let path = format!("/services/{}/x/{part}", service(GARDEN));
        assert_eq!(site.get(&path).await.status, 200, "{part}");
    }
    let gone = format!("/services/{}/x/leaflet.pdf", service("nothing"));
    assert_eq!(site.get(&gone).await.status, 404);
}

#[tokio::test]
async fn one_file_asks_nobody_for_anything() {
    let (_, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    for part in ["one-file", "team?as=file"] {
        let (kind, bytes) = bytes(&site, &format!("{path}/{part}")).await;
        let text = String::from_utf8(bytes).unwrap();
        assert!(kind.starts_with("text/html") && text.contains(GARDEN), "{text}");
        for outside in ["src=", "href=", "url(", "@import", "<script"] {
            assert!(!text.contains(outside), "{part}: {outside}");
        }
    }
}

#[tokio::test]
async fn a_text_fits_and_the_text_for_a_record_is_short_and_plain() {
    let (_, site) = town_that_refers(&[]);
    let names = [GARDEN, CLUB, "Ring round", "Old bowls", "Walk one", "Walk two"];
    let reader = picked(&site, &Browser::default(), &names).await;
    let page = site.get(&format!("{}/text", path_of(&site, &reader).await)).await;
    page.keeps_the_rules();
    let message = page.by_id("message").unwrap().text();
    assert!(message.chars().count() <= LONGEST_MESSAGE, "{message}");
    assert!(message.contains("01632 960777") && message.contains("All of it: "), "{message}");
    let record = page.by_id("record-2").unwrap().text();
    assert!(record.chars().count() <= 1_000, "{record}");
    for said in [
        "Company club (Company club Association)",
        "Contact: 01632 960777, club@example.org",
        "What to send: Your reference, and whether they need a lift.",
        "on 22 November 2026: ",
    ] {
        assert!(record.contains(said), "{said}: {record}");
    }
}

#[tokio::test]
async fn a_place_that_is_kept_confidential_stays_so_and_is_not_named_in_texts() {
    let (_, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &["Quiet harbour"]).await;
    let path = path_of(&site, &reader).await;
    let list = reader.get(&site, &path).await;
    assert!(list.text().contains("Ask whether it is safe to take paper home"), "{}", list.text());
    for part in ["", "/print", "/text", "/one-file", "/sessions.ics", "/team", "?change=1"] {
        let (_, bytes) = bytes(&site, &format!("{path}{part}")).await;
        let text = String::from_utf8_lossy(&bytes);
        for secret in CONFIDENTIAL {
            assert!(!text.contains(secret), "{secret} in {part}");
        }
    }
    let page = site.get(&format!("{path}/text")).await;
    assert!(!page.by_id("message").unwrap().text().contains("Quiet"), "{}", page.text());
    let mail = list
        .all("a")
        .into_iter()
        .filter_map(|link| link.attribute("href"))
        .find(|to| to.starts_with("mailto:"));
    assert!(!mail.unwrap().contains("Quiet"));
    let compared = site.get(&format!("/compare?service={}", service("Quiet harbour"))).await;
    for secret in CONFIDENTIAL {
        assert!(!compared.html.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_short_address_from_paper_leads_to_its_listing_however_it_is_typed() {
    let site = Site::of_the_town();
    let print = site.get(&format!("/services/{}/x/print", service(GARDEN))).await;
    let text = print.text();
    let code: String = text.split_once("/s/").unwrap().1.chars().take(9).collect();
    for typed in [code.clone(), code.to_uppercase(), code.replace('-', "")] {
        let page = site.get(&format!("/s/{typed}")).await;
        assert!(location(&page).contains("growing-together"), "{typed}");
    }
    for wrong in ["0000-0000", "u", "abc", "%2e%2e", &"0".repeat(500)] {
        assert_eq!(site.get(&format!("/s/{wrong}")).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn dates_for_a_calendar_carry_their_zone_and_rule() {
    let (_, site) = town_with(&[]);
    let path = format!("/services/{}/x/sessions.ics", service(GARDEN));
    let (kind, bytes) = bytes(&site, &path).await;
    let text = String::from_utf8(bytes).unwrap();
    assert!(kind.starts_with("text/calendar"), "{kind}");
    for said in [
        "BEGIN:VTIMEZONE",
        "DTSTART;TZID=Europe/London:20261124T100000",
        "RRULE:FREQ=WEEKLY",
        "SUMMARY:Growing together",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[tokio::test]
async fn what_is_taken_along_counts_once_an_hour_and_never_by_whom() {
    let (app, site) = town_with(&[]);
    let reader = picked(&site, &Browser::default(), &[GARDEN]).await;
    let path = path_of(&site, &reader).await;
    picked(&site, &Browser::default(), &[GARDEN]).await;
    for part in ["print", "text", "leaflet.pdf"] {
        let request = Request::get(format!("{path}/{part}")).header("sec-fetch-dest", "document");
        site.answer(request).await;
    }
    app.uses.save(&app.store, app.clock.now()).unwrap();
    let uses = app.store.uses_of(service(GARDEN), 1).unwrap();
    assert_eq!((uses[0].shortlisted, uses[0].copied, uses[0].referred), (1, 1, 0));
}

#[tokio::test]
async fn a_service_that_is_closed_for_the_time_being_goes_out_with_no_date() {
    let closed = Listing::new("Tea dance", "Dancing to records.").with(serde_json::json!({
        "status": "temporarily-closed",
        "alert": "Back in February.",
        "sessions": [{ "schedule": { "days": ["TH"], "opens": "13:30:00", "closes": "16:00:00" } }],
    }));
    let (_, site) = directory_with(&[closed], &[]);
    for part in ["print", "text", "one-file", "sessions.ics"] {
        let path = format!("/services/{}/x/{part}", service("Tea dance"));
        let (_, bytes) = bytes(&site, &path).await;
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("26 Nov") && !text.contains("20261126"), "{part}: {text}");
        assert!(part == "sessions.ics" || text.contains("Closed for the time being"), "{part}");
    }
    let text = site.get(&format!("/services/{}/x/text", service("Tea dance"))).await;
    assert!(text.by_id("record-1").unwrap().text().contains("Notice: Back in February."));
}

#[tokio::test]
async fn a_session_of_today_that_is_over_is_not_the_next() {
    let (app, _) = town_with(&[]);
    let path = format!("/services/{}/x/print", service(GARDEN));
    let said = async |moment: &str| at(&app, moment).get(&path).await.text();
    assert!(said("2026-11-24T11:59:00Z").await.contains("Tue 24 Nov, 10am to noon"));
    assert!(said("2026-11-24T12:01:00Z").await.contains("Tue 1 Dec, 10am to noon"));
}

#[tokio::test]
async fn the_venue_of_a_session_that_is_hidden_is_not_another() {
    let hidden =
        Listing::new("Two doors", "At one of two doors.").at("The hidden door", 53.54, -2.63);
    let hidden = hidden.where_(serde_json::json!({ "confidential": true }));
    let (_, _, record, _) = hidden.records();
    let venue = serde_json::json!({
        "id": record.venues[0].id,
        "location": record.venues[0].location,
        "sessions": [{ "schedule": { "days": ["MO"], "opens": "09:00:00", "closes": "10:00:00" } }],
    });
    let (_, site) = directory_with(&[hidden.with(serde_json::json!({ "venues": [venue] }))], &[]);
    let text = site.get(&format!("/services/{}/x/print", service("Two doors"))).await.text();
    assert!(text.contains("Mon 23 Nov") && text.contains("Ask when you ring"), "{text}");
}
