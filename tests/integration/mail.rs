//! Mail: sent once, over a real connection, and lost by nothing.

use hereabouts::{
    config,
    mail::{Letter, Part, Post, deliver, newest},
    store::{OutboxCounts, Reading, Store},
};
use jiff::{SignedDuration, Timestamp};

use super::harness::{
    now,
    people::{email, tester},
    post_office::{Mood, PostOffice},
};

fn letter(subject: &str) -> String {
    let parts = vec![
        Part::Paragraph("Hello Zoë,".to_owned()),
        Part::Press { label: "Look".to_owned(), href: "http://a.example/confirm/abc".to_owned() },
    ];
    let unsubscribe = Some("http://a.example/unsubscribe/abc".to_owned());
    serde_json::to_string(&Letter { subject: subject.to_owned(), parts, unsubscribe }).unwrap()
}

/// A store with a letter to each of these people, worth sending for a day.
fn posted(names: &[&str]) -> Store {
    let store = Store::in_memory().unwrap();
    let names: Vec<String> = names.iter().map(|name| email(name)).collect();
    let post = move |changes: &mut hereabouts::store::Changes<'_>| {
        let until = now() + SignedDuration::from_hours(24);
        names.iter().try_for_each(|to| {
            changes.post_mail(&to.parse().unwrap(), &letter("A café’s listing"), until)
        })
    };
    store.change(&tester(), now(), post).unwrap();
    store
}

fn by_smtp(address: &str, certificate: &str) -> Post {
    let settings = format!(
        "smtp = {address:?}\nsmtp_certificate = {certificate:?}\nfrom = \"Directory <post@a.example>\""
    );
    let mail: config::Mail = toml::from_str(&settings).unwrap();
    Post::new(&mail, std::env::temp_dir()).unwrap()
}

fn to(office: &PostOffice) -> Post {
    by_smtp(&format!("smtp://{}", office.address), "")
}

fn in_minutes(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn counts(waiting: u64, sent: u64, given_up: u64) -> OutboxCounts {
    OutboxCounts { waiting, sent, given_up }
}

#[test]
fn a_letter_arrives_in_both_forms_and_is_then_forgotten() {
    let (office, store) = (PostOffice::open(), posted(&["jean", "sandra"]));
    assert_eq!(deliver(&to(&office), &store, now()), Ok(2));
    let taken = office.taken();
    let recipients: Vec<&str> = taken.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(recipients, ["jean@people.example", "sandra@people.example"]);
    let data = &taken[0].data;
    for part in [
        "From: Directory <post@a.example>",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/html; charset=utf-8",
        "Auto-Submitted: auto-generated",
        "List-Unsubscribe: <http://a.example/unsubscribe/abc>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Message-ID: <",
        "Date: Sun, 22 Nov 2026 12:00:00 +0000",
        "http://a.example/confirm/abc",
    ] {
        assert!(data.contains(part), "{part}\n{data}");
    }
    assert_eq!(deliver(&to(&office), &store, in_minutes(60)), Ok(0));
    assert_eq!(store.outbox_counts(), Ok(counts(0, 2, 0)));
    assert!(office.taken().is_empty());
}

#[test]
fn an_encrypted_connection_is_used_and_its_certificate_checked() {
    let (office, store) = (PostOffice::encrypted(), posted(&["jean"]));
    let url = format!("smtp://localhost:{}?tls=required", office.address.port());
    // Nobody vouches for the certificate yet.
    assert_eq!(deliver(&by_smtp(&url, ""), &store, now()), Ok(0));
    assert_eq!(store.outbox_counts(), Ok(counts(1, 0, 0)));
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("trusted.pem");
    std::fs::write(&pem, office.certificate.as_ref().unwrap()).unwrap();
    let post = by_smtp(&url, pem.to_str().unwrap());
    assert_eq!(deliver(&post, &store, in_minutes(1)), Ok(1));
    assert!(office.taken()[0].was_encrypted);
}

#[test]
fn a_server_that_is_down_loses_nothing() {
    let store = posted(&["jean", "sandra"]);
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        by_smtp(&format!("smtp://{}", listener.local_addr().unwrap()), "")
    };
    for minute in 0..30 {
        assert_eq!(deliver(&nobody, &store, in_minutes(minute)), Ok(0));
    }
    assert_eq!(store.outbox_counts(), Ok(counts(2, 0, 0)));
    let office = PostOffice::open();
    assert_eq!(deliver(&to(&office), &store, in_minutes(120)), Ok(2));
    assert_eq!(office.taken().len(), 2);
}

#[test]
fn what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not() {
    let (office, store) = (PostOffice::open(), posted(&["jean"]));
    for mood in [Mood::Busy, Mood::HangsUp] {
        office.is(mood);
        let later = if mood == Mood::Busy { 0 } else { 1 };
        assert_eq!(deliver(&to(&office), &store, in_minutes(later)), Ok(0), "{mood:?}");
        assert_eq!(store.outbox_counts(), Ok(counts(1, 0, 0)), "{mood:?}");
    }
    office.is(Mood::Takes);
    assert_eq!(deliver(&to(&office), &store, in_minutes(2)), Ok(0), "not before its time");
    assert_eq!(deliver(&to(&office), &store, in_minutes(30)), Ok(1));

    let store = posted(&["gone"]);
    office.is(Mood::Unknown);
    assert_eq!(deliver(&to(&office), &store, now()), Ok(0));
    assert_eq!(store.outbox_counts(), Ok(counts(0, 0, 1)));
}

#[test]
fn what_comes_too_late_is_not_sent() {
    let (office, store) = (PostOffice::open(), posted(&["jean"]));
    assert_eq!(deliver(&to(&office), &store, in_minutes(24 * 60)), Ok(0));
    assert_eq!(store.outbox_counts(), Ok(counts(0, 0, 1)));
    assert!(office.taken().is_empty());
}

#[test]
fn a_letter_that_cannot_be_read_does_not_hold_up_the_others() {
    let store = Store::in_memory().unwrap();
    let post = |changes: &mut hereabouts::store::Changes<'_>| {
        let until = now() + SignedDuration::from_hours(24);
        for text in ["", "{}", &letter("x")] {
            changes.post_mail(&email("jean").parse().unwrap(), text, until)?;
        }
        Ok(())
    };
    store.change(&tester(), now(), post).unwrap();
    let office = PostOffice::open();
    assert_eq!(deliver(&to(&office), &store, now()), Ok(1));
    assert_eq!(store.outbox_counts(), Ok(counts(0, 1, 2)));
}

#[test]
fn without_a_server_letters_become_files_that_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox");
    let post = Post::new(&config::Mail::default(), outbox.clone()).unwrap();
    assert_eq!(newest(&outbox, 10).unwrap(), []);
    let store = posted(&["jean", "sandra"]);
    assert_eq!(deliver(&post, &store, now()), Ok(2));
    let letters = newest(&outbox, 10).unwrap();
    assert_eq!(letters[0].to, "sandra@people.example");
    assert_eq!(letters[1].subject, "A café’s listing");
    assert!(letters[1].text.contains("Hello Zoë,"), "{}", letters[1].text);
    assert_eq!(newest(&outbox, 1).unwrap().len(), 1);
}

#[test]
fn a_setting_that_cannot_be_used_is_refused_without_its_password() {
    for smtp in ["mail.example", "smtps://", "http://me:hunter2@mail.example", "smtp://me:hunter2@"]
    {
        let mail: config::Mail = toml::from_str(&format!("smtp = {smtp:?}")).unwrap();
        let error = Post::new(&mail, std::env::temp_dir()).unwrap_err().to_string();
        assert!(
            error.starts_with("mail.smtp cannot be used") && !error.contains("hunter2"),
            "{error}"
        );
    }
    let mail: config::Mail = toml::from_str("from = \"nobody\"").unwrap();
    assert!(Post::new(&mail, std::env::temp_dir()).unwrap_err().to_string().contains("mail.from"));
}

#[test]
fn a_server_that_shuts_us_out_loses_nothing_either() {
    let (office, store) = (PostOffice::open(), posted(&["jean", "sandra"]));
    office.is(Mood::ShutsOut);
    for minute in 0..60 {
        assert_eq!(deliver(&to(&office), &store, in_minutes(minute)), Ok(0));
    }
    assert_eq!(store.outbox_counts(), Ok(counts(2, 0, 0)));
    office.is(Mood::Takes);
    assert_eq!(deliver(&to(&office), &store, in_minutes(600)), Ok(2));
}

#[test]
fn of_two_who_deliver_at_once_only_one_sends_a_letter() {
    let names: Vec<String> = (0..15).map(|n| format!("p{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (office, store) = (PostOffice::open(), posted(&names));
    let sent: usize = std::thread::scope(|scope| {
        let both: Vec<_> =
            (0..2).map(|_| scope.spawn(|| deliver(&to(&office), &store, now()).unwrap())).collect();
        both.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!((sent, office.taken().len()), (15, 15));
}

#[test]
fn a_recipient_that_the_server_cannot_write_to_holds_up_nobody() {
    let (office, store) = (PostOffice::open(), posted(&["zoë", "jean"]));
    assert_eq!(deliver(&to(&office), &store, now()), Ok(1));
    assert_eq!(store.outbox_counts(), Ok(counts(0, 1, 1)));
}
