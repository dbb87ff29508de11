//! Many listings at once: a sheet goes down, is filled in, and comes up again.

use axum::{
    body::Body,
    http::{Request, header},
};
use hereabouts::{
    app::App,
    domain::{
        AccessFeature, Answer, CapacityStatus, Person, Role, Service, ServiceStatus, Weekday,
    },
    store::Reading,
    table::{self, Book, Bounds, Row, Table, to_csv, to_xlsx},
};
use http_body_util::BodyExt;

use super::super::harness::{
    CONFIDENTIAL, Page, Site,
    people::{Browser, provider, service, signed_in, tester, town_with, with_role},
};

const GARDEN: &str = "Growing together";
const RING: &str = "Ring round";
const BOUNDS: Bounds =
    Bounds { rows: 2000, columns: 400, cell: 20_000, all: 20 << 20, unpacked: 32 << 20 };

fn jean() -> Person {
    provider("jean", &[GARDEN, RING])
}

fn ruth() -> Person {
    with_role("ruth", Role::Steward, Some("E08000010"))
}

/// The bytes of a file that a page offers.
async fn fetch(site: &Site, browser: &Browser, path: &str) -> Vec<u8> {
    let cookie = browser.cookie.clone().unwrap_or_default();
    let response = site.answer(Request::get(path).header(header::COOKIE, cookie)).await;
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn down(site: &Site, browser: &Browser, of: &str) -> Table {
    let path = format!("/manage/sheets/listings.csv{of}");
    table::read(&fetch(site, browser, &path).await, BOUNDS).unwrap()
}

/// Sends a file with the key of the page's form, or another one.
async fn send_with(site: &Site, browser: &Browser, key: &str, name: &str, bytes: &[u8]) -> Page {
    let mut body = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{key}\r\n--XX\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let path = "/manage/sheets";
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::COOKIE, browser.cookie.clone().unwrap_or_default());
    Page::read(path, site.answer_to(request.body(Body::from(body)).unwrap()).await).await
}

async fn send(site: &Site, browser: &Browser, bytes: &[u8]) -> Page {
    send_with(site, browser, &browser.key, "our listings.csv", bytes).await
}

/// Sends a sheet, and opens what it would change.
async fn plan(site: &Site, browser: &Browser, table: &Table) -> Page {
    let sent = send(site, browser, to_csv(table).as_bytes()).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = browser.get(site, sent.header(header::LOCATION)).await;
    page.keeps_the_rules();
    page
}

async fn press(site: &Site, browser: &Browser, page: &Page, what: &str) -> Page {
    let path = page.path.split('?').next().unwrap();
    let done = browser.post(site, path, &[("do", what)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    browser.get(site, done.header(header::LOCATION)).await
}

fn at(table: &Table, heading: &str) -> usize {
    table.header.iter().position(|known| known == heading).unwrap()
}

fn row<'a>(table: &'a mut Table, name: &str) -> &'a mut Row {
    let at = at(table, "Name");
    table.rows.iter_mut().find(|row| row.values[at] == name).unwrap()
}

fn set(table: &mut Table, name: &str, cells: &[(&str, &str)]) {
    let columns: Vec<usize> = cells.iter().map(|(heading, _)| at(table, heading)).collect();
    let row = row(table, name);
    for (at, (_, value)) in columns.into_iter().zip(cells) {
        row.values[at] = (*value).to_owned();
    }
}

fn get(table: &mut Table, name: &str, heading: &str) -> String {
    let at = at(table, heading);
    row(table, name).values[at].clone()
}

/// Adds a row with these cells.
fn add(table: &mut Table, cells: &[(&str, &str)]) {
    let mut values = vec![String::new(); table.header.len()];
    for (heading, value) in cells {
        values[at(table, heading)] = (*value).to_owned();
    }
    table.rows.push(Row { line: 0, values });
}

fn stored(app: &App, name: &str) -> Service {
    app.store.get_service(service(name)).unwrap()
}

fn save(app: &App, service: Service) {
    let save = move |changes: &mut hereabouts::store::Changes<'_>| changes.save_service(&service);
    app.store.change(&tester(), app.clock.now(), save).unwrap();
}

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
async fn rows_with_faults_are_left_and_say_what_to_do_by_column() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    set(
        &mut sheet,
        GARDEN,
        &[
            ("In one line", ""),
            ("What it helps with", "Gardning; Loneliness"),
            ("Phone", "ring us"),
            ("Open to everybody", "perhaps"),
            ("Venue 1 postcode", "XX1 1XX"),
            ("Cost", "Ask"),
            ("Takes people now", "sometimes"),
            ("Description", "<script>alert(1)</script>"),
        ]
        .into_iter()
        .filter(|(heading, _)| *heading != "Description")
        .collect::<Vec<_>>(),
    );
    set(&mut sheet, RING, &[("In full", "<script>alert(1)</script> and =1+1")]);
    sheet.header.push("Our own notes".to_owned());
    for row in &mut sheet.rows {
        row.values.resize(sheet.header.len() - 1, String::new());
        row.values.push("x".to_owned());
    }
    let before = stored(&app, GARDEN);
    let page = plan(&site, &jeans, &sheet).await;
    let text = page.text();
    for (column, how) in [
        ("In one line", "Say in one line what it is"),
        (
            "What it helps with",
            "“Gardning” is not among the words to choose. The nearest is “Gardening",
        ),
        ("Phone", "Enter a phone number with its area code"),
        ("Open to everybody", "Write yes or no"),
        ("Venue 1 postcode", "Enter the whole postcode"),
        ("Cost", "“Ask” cannot be read. Write costs such as"),
        ("Takes people now", "Write open, waiting list, full or paused"),
    ] {
        assert!(text.contains(column) && text.contains(how), "{column}: {how}\n{text}");
    }
    assert!(text.contains("Our own notes"), "columns that are not read are named");
    assert!(!page.html.contains("<script>alert"));
    let mend = fetch(&site, &jeans, &format!("{}/to-mend.csv", page.path)).await;
    let mut mend = table::read(&mend, BOUNDS).unwrap();
    assert_eq!(mend.rows.len(), 1);
    assert!(mend.rows[0].values[0].contains("Phone: Enter a phone number"), "{:?}", mend.rows);
    let done = press(&site, &jeans, &page, "save").await;
    done.keeps_the_rules();
    assert!(done.text().contains("1 row is saved"), "{}", done.text());
    assert_eq!(stored(&app, GARDEN), before, "a row is saved whole or not at all");
    assert!(stored(&app, RING).description.contains("=1+1"));
    // The rows to mend, mended.
    set(
        &mut mend,
        GARDEN,
        &[
            ("In one line", "A garden"),
            ("What it helps with", "gardening"),
            ("Phone", "01942 670001"),
            ("Open to everybody", "no"),
            ("Venue 1 postcode", "WN1 1NN"),
            ("Cost", "Free"),
            ("Takes people now", ""),
        ],
    );
    let page = plan(&site, &jeans, &mend).await;
    assert!(page.text().contains("1 listing would change"), "{}", page.text());
    press(&site, &jeans, &page, "save").await;
    assert_eq!(stored(&app, GARDEN).summary, "A garden");
    assert_eq!(app.store.check(), Ok(vec![]));
}

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
async fn a_sheet_does_nothing_that_its_sender_may_not() {
    let mo = provider("mo", &["Old bowls"]);
    let (app, site) = town_with(&[jean(), mo.clone(), ruth()]);
    let (jeans, mos) = (signed_in(&app, &jean(), None), signed_in(&app, &mo, None));
    let mut sheet = down(&site, &jeans, "").await;
    set(&mut sheet, GARDEN, &[("Notice", "Ours now")]);
    let theirs = plan(&site, &mos, &sheet).await;
    assert!(theirs.text().contains("not a listing that you look after"), "{}", theirs.text());
    assert!(!theirs.html.contains("value=\"save\""));
    let own = plan(&site, &jeans, &sheet).await;
    for (browser, path) in [(&mos, &own.path), (&jeans, &theirs.path)] {
        assert_eq!(browser.get(&site, path).await.status, 404, "another’s sheet");
        let pressed = browser.post(&site, path, &[("do", "save")]).await;
        assert_eq!(pressed.header(header::LOCATION), "/manage/sheets?done=gone");
    }
    assert_eq!(jeans.get(&site, "/manage/sheets/listings.csv?what=listed").await.status, 403);
    assert_eq!(jeans.get(&site, "/manage/sheets/7").await.status, 404);
    assert_eq!(jeans.post(&site, &own.path, &[("do", "all")]).await.status, 400);
    // Without the key of the session, or from another one's.
    let bytes = to_csv(&sheet);
    for key in ["", mos.key.as_str()] {
        assert_eq!(send_with(&site, &jeans, key, "a.csv", bytes.as_bytes()).await.status, 401);
    }
    let dropped = press(&site, &jeans, &own, "drop").await;
    assert!(dropped.text().contains("Nothing of that sheet is saved"), "{}", dropped.text());
    assert_eq!(jeans.get(&site, &own.path).await.status, 404);
    // A listing for one link only is no place for sheets.
    let only = signed_in(&app, &jean(), Some(GARDEN));
    assert_eq!(only.get(&site, "/manage/sheets").await.status, 303);
    assert!(stored(&app, GARDEN).alert.is_none());
}

#[tokio::test]
async fn what_is_no_sheet_says_so_and_nothing_is_kept() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let book = Book { name: "Listings", kept_in_sight: 0, ..Book::default() };
    let other = Table {
        header: ["Fruit", "Colour"].map(str::to_owned).to_vec(),
        rows: vec![Row { line: 2, values: ["Apple", "green"].map(str::to_owned).to_vec() }],
    };
    let other = to_xlsx(&other, &book).unwrap();
    let long = format!("ID,Name\n,{}\n", "x".repeat(20_001));
    let many = format!("ID,Name\n{}", ",a\n".repeat(2001));
    for (bytes, says) in [
        (&b""[..], "Choose the file"),
        (b"\x89PNG\r\n\0\0\0", "neither a CSV file nor a workbook"),
        (b"PK\x03\x04 and no more", "neither a CSV file nor a workbook"),
        (b"ID,Name\n", "no row below the headings"),
        (&other, "none of the headings"),
        (long.as_bytes(), "row 2 has a cell of more than 20000 characters"),
        (many.as_bytes(), "more than 2000 rows"),
    ] {
        let page = send(&site, &jeans, bytes).await;
        assert_eq!(page.status, 422, "{says}");
        page.keeps_the_rules();
        assert!(page.text().contains(says), "{says}: {}", page.text());
    }
    assert_eq!(send(&site, &jeans, &vec![b'x'; 6 << 20]).await.status, 413);
    assert!(app.store.list_uploads_of(jean().id).unwrap().is_empty());
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
async fn two_rows_of_one_listing_change_nothing_of_it() {
    let (app, site) = town_with(&[jean()]);
    let jeans = signed_in(&app, &jean(), None);
    let mut sheet = down(&site, &jeans, "").await;
    let mut copy = row(&mut sheet, GARDEN).clone();
    copy.values[at(&sheet, "Name")] = "Another garden".to_owned();
    copy.values[at(&sheet, "In one line")] = "By mistake".to_owned();
    sheet.rows.insert(0, copy);
    set(&mut sheet, RING, &[("Notice", "Closed on 3 May")]);
    let before = stored(&app, GARDEN);
    let page = plan(&site, &jeans, &sheet).await;
    assert_eq!(page.html.matches("keep one of the two").count(), 2, "{}", page.text());
    press(&site, &jeans, &page, "save").await;
    assert_eq!(stored(&app, GARDEN), before);
    assert!(stored(&app, RING).alert.is_some());
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
async fn what_has_no_effect_or_more_than_it_says_is_refused() {
    let (app, site) = town_with(&[jean(), provider("sandra", &["Quiet harbour"])]);
    let jeans = signed_in(&app, &jean(), None);
    let sandras = signed_in(&app, &provider("sandra", &["Quiet harbour"]), None);
    let mut fortnight = stored(&app, GARDEN);
    fortnight.sessions[0].schedule.interval = 2;
    save(&app, fortnight);
    let sheet = down(&site, &jeans, "").await;
    for (name, cells, says) in [
        (GARDEN, &[("Other sessions", "Tuesdays 1pm to 2pm")][..], "more than a line can say"),
        (GARDEN, &[("Organisation", "Another")], "cannot be given to another organisation"),
        (GARDEN, &[("Venue 2 town", "Leigh")], "Give the venue’s name and postcode too"),
        (
            GARDEN,
            &[("Venue 2 sessions", "Mondays 9am to 10am"), ("Venue 2 has", "Parking")],
            "Give the venue’s name and postcode too",
        ),
        (RING, &[("Places it serves", ""), ("About the area", "all of it")], "Name the places"),
        (RING, &[("Takes people now", "Open"), ("Weeks of waiting", "3")], "Empty this, or say"),
        (RING, &[("In one line", "#NAME?")], "The spreadsheet wrote #NAME? here"),
        (RING, &[("Phone", "4.41942E+11")], "The spreadsheet made a number of it"),
    ] {
        let mut sheet = sheet.clone();
        set(&mut sheet, name, cells);
        let page = plan(&site, &jeans, &sheet).await;
        assert!(page.text().contains(says), "{says}: {}", page.text());
        assert!(!page.html.contains("value=\"save\""), "{says}");
    }
    // A venue of which nobody can read where it is, and could not be put back.
    let mut sheet = down(&site, &sandras, "").await;
    set(&mut sheet, "Quiet harbour", &[("Venue 1 hidden", "")]);
    let page = plan(&site, &sandras, &sheet).await;
    assert!(page.text().contains("Enter the name of the venue"), "{}", page.text());
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
