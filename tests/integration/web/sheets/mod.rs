//! Many listings at once: a sheet goes down, is filled in, and comes up again.

mod filled;
mod meanwhile;
mod refused;

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

use crate::harness::{
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
