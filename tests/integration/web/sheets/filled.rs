//! What is filled in: saved at once, waiting, or new.

use super::*;

#[tokio::test]
async fn a_sheet_that_comes_back_as_it_went_changes_nothing() {
    let (app, site) = town_with(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let head = app.store.head().unwrap();
    let all = "?what=listed";
    let sheet = down(&site, &ruths, all).await;
    assert_eq!(sheet.rows.len(), 17, "{:?}", sheet.header);
    let page = plan(&site, &ruths, &sheet).await;
    assert!(page.text().contains("17 rows say what stands there already"), "{}", page.text());
    assert!(!page.html.contains("value=\"save\""));
    // And as a workbook, with its further sheets.
    let book = fetch(&site, &ruths, &format!("/manage/sheets/listings.xlsx{all}")).await;
    let same = table::read(&book, BOUNDS).unwrap();
    let cells = |table: &Table| {
        table.rows.iter().flat_map(|row| row.values.clone()).filter(|cell| !cell.is_empty()).count()
    };
    assert_eq!((&same.header, cells(&same)), (&sheet.header, cells(&sheet)));
    let sent = send(&site, &ruths, &book).await;
    let page = ruths.get(&site, sent.header(header::LOCATION)).await;
    assert!(page.text().contains("17 rows say what stands there already"), "{}", page.text());
    assert_eq!(app.store.head().unwrap(), head, "looking changes nothing");
    for secret in CONFIDENTIAL {
        assert!(!to_csv(&sheet).contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn what_is_filled_in_goes_live_or_waits_as_on_the_pages() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    assert_eq!(get(&mut sheet, GARDEN, "Other sessions"), "Tuesdays 10am to 12pm");
    set(
        &mut sheet,
        GARDEN,
        &[
            ("Name", "Growing closer"),
            ("Phone", "1942670001"),
            ("Other sessions", "Tuesdays 10am to 12pm; Fridays 2pm to 4pm"),
            ("Cost", "Free; £3 a session"),
            ("Venue 1 has", "Step-free; Parking"),
            ("Takes people now", "waiting list"),
            ("Weeks of waiting", "6"),
            ("Still right", "yes"),
            ("Ages", "18 and over"),
        ],
    );
    let page = plan(&site, &jeans, &sheet).await;
    let text = page.text();
    assert!(text.contains("1 listing would change") && text.contains("1 row says"), "{text}");
    assert!(text.contains("It is confirmed today") && text.contains("Waiting list"), "{text}");
    assert_eq!(page.html.matches("A steward looks at this first").count(), 2, "name, ages");
    let done = press(&site, &jeans, &page, "save").await;
    done.keeps_the_rules();
    assert!(done.text().contains("All that the sheet says stands there now"), "{}", done.text());
    let after = stored(&app, GARDEN);
    assert_eq!(after.name, GARDEN, "a name waits");
    assert_eq!(after.contacts[0].phone.as_deref(), Some("01942670001"), "with its lost zero");
    let days = after.sessions.iter().flat_map(|one| one.schedule.weekdays());
    assert_eq!(days.collect::<Vec<_>>(), [Weekday::Tue, Weekday::Fri]);
    assert_eq!(after.costs[1].pence, Some(300));
    assert_eq!(after.venues[0].access.get(&AccessFeature::Parking), Some(&Answer::Yes));
    assert_eq!(after.upkeep.confirmed.as_ref().unwrap().at, app.clock.now());
    let said = &app.store.list_capacity_of(after.id).unwrap()[0];
    assert_eq!((said.status, said.wait_weeks), (CapacityStatus::WaitingList, Some(6)));
    let waiting = app.store.list_waiting_proposals(9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].changes.len(), 2);
    // Sent again, it says what stands there and what waits already; but for the door, which is a
    // statement of its own day.
    set(
        &mut sheet,
        "Growing closer",
        &[("Takes people now", ""), ("Weeks of waiting", ""), ("Still right", "")],
    );
    let again = plan(&site, &jeans, &sheet).await;
    assert!(again.text().contains("2 rows say what stands there already"), "{}", again.text());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn new_rows_are_listings_that_a_steward_looks_at_and_none_is_made_twice() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    sheet.rows.clear();
    let whole = [
        ("Organisation", "growing together association"),
        ("Name", "Seed swap"),
        ("In one line", "Bring seeds, take seeds"),
        ("What it helps with", "Gardening"),
        ("How it reaches people", "In person"),
        ("Phone", "01942 670001"),
        ("Venue 1 name", "The shed"),
        ("Venue 1 postcode", "WN1 1NN"),
        ("Venue 1 sessions", "Saturdays 2pm to 4pm"),
        ("Venue 1 has", "Step-free"),
        ("Languages", "English; Polish"),
    ];
    add(&mut sheet, &whole);
    add(&mut sheet, &[("Organisation", "Ring round Association"), ("Name", "Ring round")]);
    add(&mut sheet, &[("Name", "Nobody’s")]);
    add(&mut sheet, &[("Organisation", "Ring round Association"), ("Name", "Too little")]);
    let page = plan(&site, &jeans, &sheet).await;
    let text = page.text();
    assert!(text.contains("1 listing is new"), "{text}");
    assert!(text.contains("There is a listing of this name already"), "{text}");
    assert!(text.contains("Write the name of an organisation"), "{text}");
    assert!(text.contains("Choose at least one thing that it helps with"), "{text}");
    let count = app.store.counts().unwrap().services;
    press(&site, &jeans, &page, "save").await;
    press(&site, &jeans, &page, "save").await;
    assert_eq!(app.store.counts().unwrap().services, count + 1, "pressing twice makes one");
    let new = app.store.list_services_of(stored(&app, GARDEN).organisation).unwrap();
    let new = new.iter().find(|known| known.name == "Seed swap").unwrap();
    assert_eq!(new.status, ServiceStatus::Draft);
    assert_eq!(new.venues[0].sessions[0].schedule.weekdays().collect::<Vec<_>>(), [Weekday::Sat]);
    assert_eq!(new.venues[0].access.get(&AccessFeature::StepFree), Some(&Answer::Yes));
    assert_eq!(new.languages, ["en", "pl"]);
    assert_eq!(app.store.list_waiting_proposals(9).unwrap().len(), 1, "sent to a steward");
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn venues_come_move_and_go_and_hidden_ones_stay_hidden() {
    let (app, site) = town_with(&[ruth()]);
    let ruths = signed_in(&app, &ruth(), None);
    let mut sheet = down(&site, &ruths, "?what=listed").await;
    let refuge = "Quiet harbour";
    assert_eq!(get(&mut sheet, refuge, "Venue 1 hidden"), "Yes");
    assert_eq!(get(&mut sheet, refuge, "Venue 1 name"), "");
    let hidden = stored(&app, refuge).venues;
    set(&mut sheet, refuge, &[("Notice", "Ring first")]);
    set(
        &mut sheet,
        GARDEN,
        &[
            ("Venue 2 name", "The hall"),
            ("Venue 2 postcode", "WN1 1NN"),
            ("Venue 2 sessions", "Mondays 2pm to 4pm"),
        ],
    );
    let gone = ["name", "address", "town", "postcode", "has", "has not"];
    let gone = gone.map(|cell| format!("Venue 1 {cell}"));
    let gone: Vec<(&str, &str)> = gone.iter().map(|heading| (heading.as_str(), "")).collect();
    set(&mut sheet, "Walk one", &gone);
    set(&mut sheet, "Walk two", &gone[..4]);
    let page = plan(&site, &ruths, &sheet).await;
    assert!(page.text().contains("3 listings would change"), "{}", page.text());
    assert!(page.text().contains("to take it away, empty all of its cells"), "{}", page.text());
    press(&site, &ruths, &page, "save").await;
    assert_eq!(stored(&app, "Walk two").venues.len(), 1);
    assert_eq!(stored(&app, refuge).venues, hidden);
    let garden = stored(&app, GARDEN);
    assert_eq!(garden.venues.len(), 2);
    assert_eq!(garden.venues[1].sessions.len(), 1);
    assert!(stored(&app, "Walk one").venues.is_empty());
    assert_eq!(app.store.check(), Ok(vec![]));
}

#[tokio::test]
async fn what_is_typed_in_other_words_is_saved_once() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    set(
        &mut sheet,
        RING,
        &[
            ("Other sessions", "Tue 10am-12pm"),
            ("Website", "ring.example/x"),
            ("Cost", "free"),
            ("Phone", "01942 670 001"),
        ],
    );
    let page = plan(&site, &jeans, &sheet).await;
    let done = press(&site, &jeans, &page, "save").await;
    assert!(done.text().contains("All that the sheet says stands there now"), "{}", done.text());
    set(&mut sheet, RING, &[("Notice", "Closed on 3 May")]);
    let again = plan(&site, &jeans, &sheet).await;
    assert!(again.text().contains("1 listing would change"), "{}", again.text());
    assert_eq!(again.html.matches("<ins>").count(), 1, "{}", again.text());
}

#[tokio::test]
async fn confirming_by_a_sheet_says_nothing_of_the_door() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    set(&mut sheet, GARDEN, &[("Still right", "yes")]);
    let before = app.store.list_capacity_of(service(GARDEN)).unwrap();
    let page = plan(&site, &jeans, &sheet).await;
    press(&site, &jeans, &page, "save").await;
    assert_eq!(app.store.list_capacity_of(service(GARDEN)).unwrap(), before);
    let confirmed = stored(&app, GARDEN).upkeep.confirmed.unwrap();
    assert_eq!(confirmed.at, app.clock.now());
}

#[tokio::test]
async fn more_new_listings_than_a_day_takes_go_on_another_day() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    sheet.rows.clear();
    for nth in 0..42 {
        let name = format!("Group {nth}");
        add(
            &mut sheet,
            &[
                ("Organisation", "Ring round Association"),
                ("Name", &name),
                ("In one line", "A group"),
                ("What it helps with", "Loneliness"),
                ("How it reaches people", "By phone"),
                ("Places it serves", "Wigan"),
                ("Phone", "01942 670001"),
            ],
        );
    }
    let page = plan(&site, &jeans, &sheet).await;
    assert!(page.text().contains("You can begin 40 new listings a day"), "{}", page.text());
    let done = jeans.post(&site, &page.path, &[("do", "save")]).await;
    assert_eq!(done.status, 409);
    done.keeps_the_rules();
    let text = done.text();
    assert!(text.contains("40 rows are saved, and 2 rows are not"), "{text}");
    assert!(text.contains("That is enough new listings for one day"), "{text}");
    let tomorrow = hereabouts::app::Clock::Fixed("2026-11-23T13:00:00Z".parse().unwrap());
    let later = Site::over(App { clock: tomorrow, ..app.clone() });
    let secret = signed_in(&App { clock: tomorrow, ..app.clone() }, &jean(), None);
    let done = press(&later, &secret, &page, "save").await;
    assert!(done.text().contains("All that the sheet says stands there now"), "{}", done.text());
}

#[tokio::test]
async fn what_a_file_does_to_letters_and_apostrophes_changes_nothing() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut own = stored(&app, GARDEN);
    own.summary = "'@home' in Łódź ✓ with 🌻".to_owned();
    own.description = "''=1".to_owned();
    save(&app, own);
    let sheet = down(&site, &jeans, "").await;
    let page = plan(&site, &jeans, &sheet).await;
    assert!(page.text().contains("2 rows say what stands there already"), "{}", page.text());
    let mut lost = sheet.clone();
    set(&mut lost, GARDEN, &[("In one line", "'@home' in ?ód? ? with ??")]);
    let page = plan(&site, &jeans, &lost).await;
    assert!(page.text().contains("saved in a way that lost letters"), "{}", page.text());
    assert!(!page.html.contains("value=\"save\""));
}
