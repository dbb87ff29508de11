//! What is wrong with a row, a sheet or its sender: said, and nothing done.

use super::*;

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
