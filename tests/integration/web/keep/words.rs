//! Words: changed, refused, taken back, and their history.

use axum::http::header;

use hereabouts::domain::Role;

use crate::harness::people::{provider, service, signed_in, tester, town_with, with_role};

use super::*;

#[tokio::test]
async fn words_are_live_at_once_and_scripts_in_them_are_only_words() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/edit/words", service(OWN));
    let form = browser.get(&site, &path).await;
    form.keeps_the_rules();
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let fields = [
        ("shown", shown(&form)),
        ("summary", format!("Digging {script}")),
        ("description", format!("One.\r\n\r\n{script}")),
        ("alert", script.to_owned()),
        ("phone", "01942 123456".to_owned()),
        ("email", "dig@garden.example".to_owned()),
        ("website", "garden.example".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let saved = browser.post(&site, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    app.search.follow().unwrap();
    let pages = [
        site.get(&format!("/services/{}", service(OWN))).await,
        site.get("/search?q=digging").await,
        browser.get(&site, &format!("/manage/services/{}?done=live", service(OWN))).await,
        browser.get(&site, &path).await,
    ];
    for page in pages {
        assert!(page.text().contains("Digging"), "{}", page.path);
        assert!(
            !page.html.contains("<script>alert") && !page.html.contains("<img"),
            "{}",
            page.path
        );
        page.keeps_the_rules();
    }
    let service = stored(&app, OWN);
    assert_eq!(service.website.as_deref(), Some("https://garden.example"));
    assert_eq!(service.contacts[0].phone.as_deref(), Some("01942 123456"));
    assert!(service.provenance.fields.contains_key("summary"));
    assert_eq!(service.upkeep.edited, Some(app.clock.now()));
    assert_eq!(service.upkeep.confirmed.unwrap().at.to_string(), "2026-11-10T09:00:00Z");
}

#[tokio::test]
async fn an_edit_with_faults_keeps_what_was_typed() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}/edit/words", service(OWN));
    let long = "a".repeat(161);
    let fields = [
        ("shown", "1"),
        ("summary", long.as_str()),
        ("description", "Kept as typed"),
        ("phone", "ring the bell"),
        ("website", "javascript:alert(1)"),
    ];
    let page = browser.post(&site, &path, &fields).await;
    assert_eq!(page.status, 422);
    for said in ["this has 161", "area code", "Kept as typed", "such as https://example.org"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    assert!(page.html.contains(&long) && page.title().starts_with("Error: "));
    page.keeps_the_rules();
    assert_eq!(stored(&app, OWN).description, "");
}

#[tokio::test]
async fn of_two_who_edit_at_once_the_second_sees_what_the_first_saved() {
    let ann = provider("ann", &[OWN]);
    let (app, site) = town_with(&[jean(), ann.clone()]);
    let path = format!("/manage/services/{}/edit/words", service(OWN));
    let (jeans, anns) = (signed_in(&app, &jean(), None), signed_in(&app, &ann, None));
    let form = jeans.get(&site, &path).await;
    let then = shown(&form);
    let of = |summary: &'static str| [("shown", then.as_str()), ("summary", summary)];
    assert_eq!(anns.post(&site, &path, &of("Ann was first.")).await.status, 303);
    let second = jeans.post(&site, &path, &of("Jean was second.")).await;
    assert_eq!(second.status, 409);
    assert!(second.text().contains("Ann was first.") && second.text().contains("Jean was second."));
    second.keeps_the_rules();
    assert_eq!(stored(&app, OWN).summary, "Ann was first.");
    let seen = shown(&second);
    let over = [("shown", seen.as_str()), ("summary", "Jean was second.")];
    assert_eq!(jeans.post(&site, &path, &over).await.status, 303);
    assert_eq!(stored(&app, OWN).summary, "Jean was second.");
}

#[tokio::test]
async fn hostile_forms_are_refused_with_a_page() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let huge = "x".repeat(100_000);
    let too_large = browser.post(&site, &format!("{path}/edit/words"), &[("summary", &huge)]).await;
    assert_eq!(too_large.status, 413);
    too_large.keeps_the_rules();
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("status", "ajar")],
        &[("status", "open"), ("venue", "not-an-id")],
        &[("status", "open"), ("venue", "0192f0a4-7c1e-7abc-8def-0123456789ab")],
        &[("status", "waiting-list"), ("weeks", "99999")],
        &[("status", "open"), ("note", &"n".repeat(301))],
    ];
    for fields in cases {
        let page = browser.post(&site, &format!("{path}/door"), fields).await;
        assert_eq!(page.status, 422, "{fields:?}");
        page.keeps_the_rules();
    }
    for other in ["x", "0192f0a4-7c1e-7abc-8def-0123456789ab", "..%2f..%2fetc"] {
        let page = browser.get(&site, &format!("/manage/services/{other}")).await;
        assert_eq!(page.status, 404, "{other}");
    }
    assert_eq!(statements(&app, OWN).len(), 1);
}

#[tokio::test]
async fn a_change_of_words_can_be_taken_back_by_who_made_it_and_by_nobody_else() {
    let ann = provider("ann", &[OWN]);
    let (app, site) = town_with(&[jean(), ann.clone()]);
    let (jeans, anns) = (signed_in(&app, &jean(), None), signed_in(&app, &ann, None));
    let path = format!("/manage/services/{}", service(OWN));
    let before = stored(&app, OWN);
    let form = jeans.get(&site, &format!("{path}/edit/words")).await;
    let (version_then, then) = (stored_version(&app, OWN), shown(&form));
    let fields = [("shown", then.as_str()), ("summary", "A slip."), ("phone", "01942 1234")];
    let saved = jeans.post(&site, &format!("{path}/edit/words"), &fields).await;
    let thanks = jeans.get(&site, saved.header(header::LOCATION)).await;
    thanks.keeps_the_rules();
    assert!(thanks.text().contains("Undo: as it was before"));
    let version_now = version(&thanks);
    let undo = format!("{path}/undo");
    assert_eq!(anns.post(&site, &undo, &[("version", &version_now)]).await.status, 409);
    assert_eq!(jeans.post(&site, &undo, &[("version", &version_then)]).await.status, 409);
    assert_eq!(jeans.post(&site, &undo, &[("version", &version_now)]).await.status, 303);
    assert_eq!(stored(&app, OWN), before);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn the_history_shows_what_was_and_became_and_nobody_by_name() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let page = browser.get(&site, &path).await;
    browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    let form = browser.get(&site, &format!("{path}/edit/words")).await;
    let fields = [
        ("shown", shown(&form)),
        ("summary", "Digging, and <b>tea</b>.".to_owned()),
        ("email", "private@garden.example".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    browser.post(&site, &format!("{path}/edit/words"), &fields).await;
    let public = site.get(&format!("/services/{}", service(OWN))).await;
    let link = public.link("What was changed").unwrap();
    let history = site.get(&link).await;
    history.keeps_the_rules();
    let text = history.text();
    for said in [
        "Confirmed",
        "by the provider",
        "In one line changed",
        "Contacts changed",
        "Taking people",
        "Listed",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(
        !text.contains("jean") && !text.contains("private@") && !history.html.contains("<b>tea")
    );
    assert!(!text.contains("Upkeep") && !text.contains("Provenance"));
    // What was taken out may have been taken out for a reason.
    assert!(!text.contains("A weekly gardening group"), "{text}");
    let theirs = browser.get(&site, &format!("{path}/history")).await;
    theirs.keeps_the_rules();
    for said in ["was A weekly gardening group", "became Digging, and"] {
        assert!(theirs.text().contains(said), "{said}: {}", theirs.text());
    }
    assert!(!theirs.html.contains("<b>tea"));
}

#[tokio::test]
async fn a_confirmation_is_not_taken_back_with_words_nor_an_undo_undone() {
    let (app, site) = town_with(&[jean()]);
    let browser = signed_in(&app, &jean(), None);
    let path = format!("/manage/services/{}", service(OWN));
    let form = browser.get(&site, &format!("{path}/edit/words")).await;
    let then = shown(&form);
    let fields = [("shown", then.as_str()), ("summary", "New words.")];
    browser.post(&site, &format!("{path}/edit/words"), &fields).await;
    let page = browser.get(&site, &path).await;
    browser.post(&site, &format!("{path}/confirm"), &[("seen", &seen(&page))]).await;
    // An old address offers nothing that is no longer so.
    let reopened = browser.get(&site, &format!("{path}?done=live")).await;
    assert!(!reopened.text().contains("Undo"), "{}", reopened.text());
    let now = stored(&app, OWN);
    let at_version = |n: u64| n.to_string();
    for n in 1..5 {
        let status = browser
            .post(&site, &format!("{path}/undo"), &[("version", &at_version(n))])
            .await
            .status;
        assert_eq!(status, 409, "{n}");
    }
    assert_eq!(stored(&app, OWN), now);
}

#[tokio::test]
async fn the_history_leaves_as_a_table_for_those_who_keep_it_and_holds_no_formula() {
    let ruth = with_role("ruth", Role::Steward, None);
    let (app, site) = town_with(&[jean(), ruth.clone(), provider("sandra", &[OTHER])]);
    let mut changed = stored(&app, OWN);
    changed.summary = "=HYPERLINK(\"http://evil.example\"), \"quoted\"".to_owned();
    let contacts = serde_json::json!([{ "phone": "01942 999", "visibility": "stewards" }]);
    changed.contacts = serde_json::from_value(contacts).unwrap();
    let why = tester().because("a neighbour rang");
    app.store.change(&why, app.clock.now(), move |c| c.save_service(&changed)).unwrap();
    let path = format!("/manage/services/{}/history", service(OWN));
    let jeans = signed_in(&app, &jean(), None);
    let page = jeans.get(&site, &path).await;
    page.keeps_the_rules();
    let link = page.link("Download as CSV").unwrap();
    let table = jeans.get(&site, &link).await;
    assert_eq!(table.header(header::CONTENT_TYPE), "text/csv; charset=utf-8; header=present");
    assert_eq!(table.header(header::CACHE_CONTROL), "no-store");
    let text = table.html.trim_start_matches('\u{feff}');
    let cell = r#""'=HYPERLINK(""http://evil.example""), ""quoted""""#;
    assert!(text.contains(cell), "{text}");
    assert!(text.contains(",Contacts,,") && !text.contains("01942 999"), "{text}");
    assert!(
        text.contains(",Whether it takes people,,Taking people") && !text.contains("neighbour")
    );
    let stewards = signed_in(&app, &ruth, None).get(&site, &link).await;
    assert!(stewards.html.contains("a neighbour rang"));
    let other = signed_in(&app, &provider("sandra", &[OTHER]), None);
    assert_eq!(other.get(&site, &link).await.status, 403);
    assert_eq!(signed_in(&app, &jean(), Some(OTHER)).get(&site, &link).await.status, 403);
    let public = site.get(&format!("/services/{}/x/history", service(OWN))).await;
    assert!(public.link("Download as CSV").is_none());
}
