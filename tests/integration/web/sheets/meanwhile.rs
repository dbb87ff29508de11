//! What others did since a sheet was made: never undone by it.

use super::*;

#[tokio::test]
async fn what_somebody_else_changed_meanwhile_is_never_written_over() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    let other = Service { summary: "By another".to_owned(), ..stored(&app, GARDEN) };
    save(&app, other);
    // What was not touched stays as the other left it.
    set(&mut sheet, GARDEN, &[("Notice", "Closed on 3 May")]);
    let page = plan(&site, &jeans, &sheet).await;
    assert!(page.text().contains("1 listing would change"), "{}", page.text());
    press(&site, &jeans, &page, "save").await;
    let after = stored(&app, GARDEN);
    assert_eq!(after.alert.as_deref(), Some("Closed on 3 May"));
    assert_eq!(after.summary, "By another");
    // What both touched is said, and stays.
    set(&mut sheet, GARDEN, &[("In one line", "By jean"), ("Still right", "yes")]);
    let page = plan(&site, &jeans, &sheet).await;
    let text = page.text();
    assert!(text.contains("it is “By another” now"), "{text}");
    assert!(text.contains("The listing was changed since the sheet was made"), "{text}");
    assert!(!page.html.contains("value=\"save\""));
    // Without its version, nobody can tell.
    set(&mut sheet, GARDEN, &[("Version", "7 and more")]);
    let page = plan(&site, &jeans, &sheet).await;
    assert!(page.text().contains("Put back what stood here"), "{}", page.text());
    assert_eq!(stored(&app, GARDEN), after);
}

#[tokio::test]
async fn what_a_provider_sent_is_not_made_live_by_a_stewards_sheet() {
    let (app, site) = town_with(&[jean(), ruth()]);
    let (jeans, ruths) = (signed_in(&app, &jean(), None), signed_in(&app, &ruth(), None));
    let mut early = down(&site, &ruths, "?what=listed").await;
    let mut own = down(&site, &jeans, "").await;
    set(&mut own, GARDEN, &[("Ages", "16 and over"), ("Name", "Growing closer")]);
    let page = plan(&site, &jeans, &own).await;
    press(&site, &jeans, &page, "save").await;
    // A sheet from before, and one from after: neither shows what waits.
    let mut late = down(&site, &ruths, "?what=listed").await;
    assert_eq!(get(&mut late, GARDEN, "Ages"), "");
    for sheet in [&mut early, &mut late] {
        set(sheet, GARDEN, &[("Not suitable for", "Nobody")]);
        let page = plan(&site, &ruths, sheet).await;
        press(&site, &ruths, &page, "save").await;
        let after = stored(&app, GARDEN);
        assert!(after.eligibility.ages.is_empty(), "nobody approved it");
        assert_eq!(after.name, GARDEN);
    }
    assert_eq!(app.store.list_waiting_proposals(9).unwrap().len(), 1);
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn what_became_of_a_site_meanwhile_is_not_undone_by_a_sheet() {
    let (app, site) = town_with(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let mut sheet = down(&site, &ruths, "?what=listed").await;
    // A feed moves the one site and hides the other, in their places.
    let change = |name: &str, change: fn(&mut hereabouts::domain::Location)| {
        let mut location = app.store.get_location(stored(&app, name).venues[0].location).unwrap();
        change(&mut location);
        let save =
            move |changes: &mut hereabouts::store::Changes<'_>| changes.save_location(&location);
        app.store.change(&tester(), app.clock.now(), save).unwrap();
    };
    change(GARDEN, |location| location.name = "The new garden".to_owned());
    change("Old bowls", |location| location.confidential = true);
    let venues = |name: &str| stored(&app, name).venues;
    let before = (venues(GARDEN), venues("Old bowls"));
    set(&mut sheet, GARDEN, &[("Notice", "x")]);
    set(&mut sheet, "Old bowls", &[("Notice", "x")]);
    let page = plan(&site, &ruths, &sheet).await;
    let text = page.text();
    assert!(text.contains("2 listings were changed by somebody else"), "{text}");
    assert!(text.contains("Growing together, row") && text.contains("Venue 1 name"), "{text}");
    press(&site, &ruths, &page, "save").await;
    assert_eq!((venues(GARDEN), venues("Old bowls")), before);
    // What is said of a venue that is another one by now is refused.
    set(&mut sheet, GARDEN, &[("Venue 1 sessions", "Mondays 9am to 10am")]);
    let page = plan(&site, &ruths, &sheet).await;
    assert!(
        page.text().contains("Somebody changed this since the sheet was made"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn rows_that_were_saved_are_no_longer_part_of_the_sheet() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    set(&mut sheet, GARDEN, &[("Notice", "Closed on 3 May"), ("Takes people now", "Full")]);
    set(&mut sheet, RING, &[("Phone", "ring us")]);
    let page = plan(&site, &jeans, &sheet).await;
    press(&site, &jeans, &page, "save").await;
    // Somebody else takes it back, and the door changes again.
    let own = Service { alert: None, ..stored(&app, GARDEN) };
    save(&app, own);
    let before = app.store.list_capacity_of(service(GARDEN)).unwrap();
    let again = jeans.get(&site, &page.path).await;
    assert!(!again.html.contains("value=\"save\""), "{}", again.text());
    press(&site, &jeans, &page, "save").await;
    assert!(stored(&app, GARDEN).alert.is_none());
    assert_eq!(app.store.list_capacity_of(service(GARDEN)).unwrap(), before);
}
