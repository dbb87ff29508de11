//! Who may call what: every route with every kind of visitor.

use hereabouts::{
    domain::Role,
    web::{Who, lines},
};

use super::super::harness::{
    Page, Site,
    people::{Browser, provider, service, signed_in, town_with, with_role},
};

const OWN: &str = "Growing together";
const OTHER: &str = "Ring round";

/// Whether somebody got past the door, whatever was behind it.
fn got_in(page: &Page) -> &'static str {
    let to = page.headers.get("location").map_or("", |to| to.to_str().unwrap());
    match page.status.as_u16() {
        401 => "signed out",
        403 => "no",
        303 if to.starts_with("/sign-in?") || to == "/sign-in" => "sign in",
        _ => "yes",
    }
}

/// The table that the routes come to: a line for each route and method, a column for each visitor.
#[tokio::test]
async fn every_route_lets_in_those_whom_it_declares_and_nobody_else() {
    let people = [
        ("link worker", with_role("kwame", Role::LinkWorker, None)),
        ("provider", provider("jean", &[OWN])),
        ("another provider", provider("sandra", &[OTHER])),
        ("steward", with_role("ruth", Role::Steward, Some("E08000010"))),
        ("steward elsewhere", with_role("rob", Role::Steward, Some("E08000001"))),
        ("commissioner", with_role("helen", Role::Commissioner, None)),
        ("administrator", with_role("idris", Role::Administrator, None)),
    ];
    let all: Vec<_> = people.iter().map(|(_, person)| person.clone()).collect();
    let mut table = Vec::new();
    for line in lines() {
        for method in ["GET", "POST"] {
            let mut cells = Vec::new();
            // A directory for each cell, since some of the routes sign out or change what is there.
            let (app, site) = town_with(&all);
            cells.push(("nobody", call(&site, &Browser::default(), method, line.path).await));
            for (name, person) in &people {
                let browser = signed_in(&app, person, None);
                cells.push((*name, call(&site, &browser, method, line.path).await));
            }
            let by_mail = signed_in(&app, &all[1], Some(OWN));
            cells.push(("by mail", call(&site, &by_mail, method, line.path).await));
            let by_mail = signed_in(&app, &all[1], Some(OTHER));
            cells.push(("by mail for another", call(&site, &by_mail, method, line.path).await));
            if cells.iter().any(|(_, cell)| *cell != "none") {
                check(line.who, line.path, method, &cells);
                table.push(format!("{method:4} {:38} {}", line.path, in_short(&cells)));
            }
        }
    }
    insta::assert_snapshot!("route_by_role", table.join("\n"));
}

async fn call(site: &Site, browser: &Browser, method: &str, path: &str) -> &'static str {
    let path = path.replace("{id}", &service(OWN).to_string());
    let path = path.replace("{link}", &"0".repeat(40)).replace("{number}", "1");
    let path = path.replace("{slug}", "x").replace("{outcode}", "WN1").replace("{name}", "x");
    let path = path.replace("{section}", "words");
    let page = match method {
        "GET" => browser.get(site, &path).await,
        _ => browser.post(site, &path, &[]).await,
    };
    if page.status == 405 { "none" } else { got_in(&page) }
}

/// What the declaration of a route comes to for each visitor.
fn check(who: Who, path: &str, method: &str, cells: &[(&str, &str)]) {
    for (visitor, cell) in cells {
        let out = if method == "GET" { "sign in" } else { "signed out" };
        let is_by_mail = visitor.starts_with("by mail");
        let keeps = ["provider", "steward", "by mail"].contains(visitor);
        let expected = match who {
            Who::Anyone | Who::Demonstration => "yes",
            _ if *visitor == "nobody" => out,
            Who::Members | Who::Stewards | Who::LinkWorkers if is_by_mail => out,
            Who::LinkWorkers if *visitor != "link worker" => "no",
            Who::Stewards if !visitor.starts_with("steward") => "no",
            Who::Guests if path.starts_with("/manage/services/") && !keeps => "no",
            // The one page of stewards here that is about a listing by its id.
            Who::Stewards if path.ends_with("/with/{id}") && !keeps => "no",
            // Whoever looks after no organisation has none to add a listing to.
            _ if (method, path) == ("POST", "/add") && !visitor.ends_with("provider") => "no",
            _ => "yes",
        };
        assert_eq!(*cell, expected, "{visitor}: {method} {path}");
    }
}

fn in_short(cells: &[(&str, &str)]) -> String {
    let in_words: Vec<String> =
        cells.iter().map(|(visitor, cell)| format!("{visitor}: {cell}")).collect();
    if cells.iter().all(|(_, cell)| *cell == "yes") {
        return "everybody".to_owned();
    }
    in_words.join(", ")
}

#[tokio::test]
async fn a_real_directory_has_no_outbox_to_look_into() {
    let (app, _) = town_with(&[]);
    let site = Site::over(hereabouts::app::App { demonstration: false, ..app });
    for path in ["/outbox", "/outbox/1"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    let page = site.get("/sign-in").await;
    assert!(!page.text().contains("demonstration"));
}
