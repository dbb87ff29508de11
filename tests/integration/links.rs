//! Whether pages answer: asked in the server's own time, and never of a machine that is nobody's to
//! call.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use hereabouts::{
    app::App,
    domain::{LinkOutcome, Role},
    links::{Checker, Round, look_at_links},
    store::Reading,
};
use jiff::{SignedDuration, Timestamp};

use super::harness::{
    now,
    people::{service, signed_in, tester, town_with, with_role},
};

/// A machine that answers for every site. What it was asked is written down.
fn everybody() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 2048];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let line = text.lines().next().unwrap_or_default().to_owned();
            let answer = match line.split(' ').nth(1).unwrap_or_default() {
                "/gone" => "404 Not Found\r\n",
                "/moved" => "301 Moved\r\nLocation: /there\r\n",
                "/loop" => "302 Found\r\nLocation: /loop\r\n",
                "/inside" => "302 Found\r\nLocation: ftp://127.0.0.1/\r\n",
                "/private" => "403 Forbidden\r\n",
                "/robots" => "999 Denied\r\n",
                "/down" => "503 Unavailable\r\n",
                "/page" if line.starts_with("HEAD") => "405 Not Allowed\r\n",
                "/cut" => "",
                _ => "200 OK\r\n",
            };
            log.lock().unwrap().push(line);
            if !answer.is_empty() {
                let whole =
                    format!("HTTP/1.1 {answer}Content-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(whole.as_bytes());
            }
        }
    });
    (address, asked)
}

#[test]
fn a_page_is_asked_kindly_and_its_answer_understood() {
    let (address, asked) = everybody();
    let checker = Checker::of_a_test(address);
    for (path, expect) in [
        ("", LinkOutcome::Answers),
        ("/moved", LinkOutcome::Answers),
        ("/page", LinkOutcome::Answers),
        ("/private", LinkOutcome::Answers),
        ("/gone", LinkOutcome::NotFound),
        ("/down", LinkOutcome::Fails),
        ("/loop", LinkOutcome::Answers),
        ("/robots", LinkOutcome::Answers),
        ("/cut", LinkOutcome::Silent),
        ("/inside", LinkOutcome::Unknown),
    ] {
        assert_eq!(checker.check(&format!("http://shed.example{path}")), expect, "{path}");
    }
    let asked = asked.lock().unwrap();
    assert!(asked.len() < 30, "{asked:?}");
    assert!(asked.contains(&"GET /page HTTP/1.1".to_owned()), "{asked:?}");
}

#[test]
fn no_machine_that_is_not_public_is_called() {
    let (address, asked) = everybody();
    let checker = Checker::new("http://hereabouts.example");
    let port = address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://localhost/".to_owned(),
        "http://127.0.0.1/".to_owned(),
        "http://2130706433/".to_owned(),
        "http://0x7f.1/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://10.0.0.1/".to_owned(),
        "http://user:secret@shed.example/".to_owned(),
        "https://shed.example:22/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "gopher://shed.example/".to_owned(),
    ] {
        assert_eq!(checker.check(&url), LinkOutcome::Unknown, "{url}");
    }
    assert!(asked.lock().unwrap().is_empty());
    assert_eq!(checker.check("not an address"), LinkOutcome::NoAddress);
}

#[test]
fn where_nobody_at_all_answers_it_is_this_machine_that_is_cut_off() {
    let (app, _) = town_with(&[]);
    name_page(&app, "Growing together", "http://shed.example/", now());
    name_page(&app, "Ring round", "http://ring.example/", now());
    let (address, _) = everybody();
    let days = |day: i64| now() + SignedDuration::from_hours(24 * day);
    let rounds = |checker: &Checker, day: i64| {
        look_at_links(&app.store, checker, (100, Duration::ZERO), days(day)).unwrap()
    };
    assert_eq!(rounds(&Checker::of_a_test(address), 0).listings, 17);
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for day in [31, 33, 35, 37, 39] {
        let round = rounds(&Checker::of_a_test(nobody), day);
        assert!(round.is_cut_off && round.listings == 0, "{round:?}");
    }
    assert!(app.store.failing_links().unwrap().is_empty());
    assert_eq!(rounds(&Checker::of_a_test(address), 40).listings, 17);
}

fn name_page(app: &App, name: &str, page: &str, at: Timestamp) {
    let mut listing = app.store.get_service(service(name)).unwrap();
    listing.website = Some(page.to_owned());
    app.store.change(&tester(), at, move |changes| changes.save_service(&listing)).unwrap();
}

#[tokio::test]
async fn a_page_that_fails_for_a_week_is_shown_to_the_steward_until_it_is_mended() {
    let ruth = with_role("ruth", Role::Steward, Some("E08000010"));
    let rob = with_role("rob", Role::Steward, Some("E08000001"));
    let (app, site) = town_with(&[ruth.clone(), rob.clone()]);
    name_page(&app, "Growing together", "http://shed.example/gone", now());
    name_page(&app, "Ring round", "http://shed.example/", now());
    name_page(&app, "Old bowls", "http://localhost/", now());
    let (address, asked) = everybody();
    let checker = Checker::of_a_test(address);
    let look = |app: &App, day: i64| {
        let at = now() + SignedDuration::from_hours(24 * day);
        look_at_links(&app.store, &checker, (100, Duration::ZERO), at).unwrap()
    };
    let head = app.store.head().unwrap();
    assert_eq!(look(&app, 0), Round { listings: 17, asked: 2, is_cut_off: false });
    assert_eq!(look(&app, 0), Round::default(), "each in its time");
    let ruths = signed_in(&app, &ruth, None);
    let page = ruths.get(&site, "/steward/links").await;
    page.keeps_the_rules();
    assert!(page.text().contains("1 listing names a page"), "{}", page.text());
    assert!(page.text().contains("It is not the address of a page"), "{}", page.text());
    for day in [2, 4, 6] {
        // The one that fails, and the one that is no address.
        assert_eq!(look(&app, day), Round { listings: 2, asked: 1, is_cut_off: false }, "{day}");
    }
    let page = ruths.get(&site, "/steward/links").await;
    page.keeps_the_rules();
    assert!(page.text().contains("2 listings name a page"), "{}", page.text());
    assert!(page.text().contains("is not, since 22 November 2026"), "{}", page.text());
    let queue = ruths.get(&site, "/steward").await;
    queue.keeps_the_rules();
    assert!(queue.text().contains("2 listings name a page"), "{}", queue.text());
    let path = format!("/manage/services/{}", service("Growing together"));
    let kept = ruths.get(&site, &path).await;
    kept.keeps_the_rules();
    assert!(kept.text().contains("Its website does not open"), "{}", kept.text());
    let robs = signed_in(&app, &rob, None);
    assert!(!robs.get(&site, "/steward/links").await.text().contains("shed.example"));
    assert_eq!(app.store.head().unwrap(), head, "what answers is in no log");
    // Mended by hand, it is off the list at once; answering again takes it off too.
    name_page(&app, "Growing together", "http://shed.example/there", now());
    assert!(ruths.get(&site, "/steward/links").await.text().contains("1 listing names a page"));
    let before = asked.lock().unwrap().len();
    look(&app, 8);
    assert_eq!(asked.lock().unwrap().len(), before + 1);
    let failing = app.store.failing_links().unwrap();
    assert!(failing.iter().all(|check| check.outcome == LinkOutcome::NoAddress), "{failing:?}");
    assert_eq!(app.store.check(), Ok(vec![]));
}
