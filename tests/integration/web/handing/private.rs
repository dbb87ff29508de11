//! Nothing of a person is kept: what looks like one is refused, and is then in no table, file, log
//! line or mail.

use std::{
    fs,
    io::Write,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use hereabouts::{
    app::{App, Clock, Parts},
    config::Config,
    geo::Gazetteer,
    mail,
    referring::tick,
    search::{Keeper, Search, Settings},
    store::Store,
    vocabulary::Vocabulary,
};

use super::{CLUB, GARDEN, club, jean, kwame, location, path_of, picked};
use crate::harness::{
    Site, now,
    people::{Browser, newest_link, save_people, service, signed_in, tester},
    town,
};

/// What is planted: each of a kind that is refused, with what must be found nowhere.
const PLANTED: [(&str, &str); 9] = [
    ("NHS number 999 123 4519", "999 123 4519"),
    ("9991234519", "9991234519"),
    ("born 3/5/1950", "3/5/1950"),
    ("ring 07700 900123", "07700 900123"),
    ("write to planted.person@example.org", "planted.person"),
    ("lives at WN1 2XY", "WN1 2XY"),
    ("Mrs Plantagenet-Khan", "Plantagenet"),
    ("at 12 Zebedee Lane", "Zebedee"),
    ("QQ 12 34 56 C", "QQ 12 34 56 C"),
];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A directory whose store, index and outbox are files in a folder.
fn on_disk(folder: &Path) -> App {
    let store = Store::open(folder, now()).unwrap();
    let mut listings = town();
    listings.push(club());
    let records: Vec<_> = listings.iter().map(|listing| listing.records()).collect();
    store
        .change(&tester(), now(), move |changes| {
            for (organisation, location, service, capacity) in &records {
                changes.save_organisation(organisation)?;
                location.iter().try_for_each(|site| changes.save_location(site).map(|_| ()))?;
                changes.save_service(service)?;
                capacity.iter().try_for_each(|said| changes.save_capacity(said).map(|_| ()))?;
            }
            Ok(())
        })
        .unwrap();
    let gazetteer = Arc::new(Gazetteer::shipped());
    let vocabulary = Vocabulary::shipped();
    let keeper = Keeper::in_memory(&store, gazetteer.clone(), vocabulary).unwrap();
    let settings = Settings::default();
    let search =
        Search::new(store.clone(), gazetteer.clone(), vocabulary, settings, Arc::new(keeper));
    App::new(Parts {
        config: Config::default(),
        store,
        gazetteer,
        search,
        clock: Clock::Fixed(now()),
        demonstration: true,
        outbox: folder.join("outbox"),
    })
    .unwrap()
}

/// Every file under a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|window| window.eq_ignore_ascii_case(secret.as_bytes()))
}

/// Types every planted text into everything that takes words; nothing may take it.
async fn plant(app: &App, site: &Site, text: &str) {
    let visitor = Browser::default();
    let list = picked(site, &visitor, &[GARDEN]).await;
    let path = path_of(site, &list).await;
    let id = service(GARDEN).to_string();
    for (what, field) in [("title", "title"), ("note", "note")] {
        let fields = [("do", what), ("service", id.as_str()), (field, text)];
        let page = list.post_bare(site, &path, &fields).await;
        assert_eq!(page.status, 422, "{what}: {text}");
        assert!(page.text().contains("What you typed was not kept"), "{}", page.text());
    }
    let kwames = signed_in(app, &kwame(), None);
    let form = format!("/services/{}/x/refer", service(CLUB));
    for field in ["reference", "area", "note"] {
        let mut fields = vec![("needs", "loneliness"), ("first", "they-ring"), ("agreed", "yes")];
        fields.extend([("reference", "A1")].iter().filter(|_| field != "reference"));
        fields.push((field, text));
        let page = kwames.post(site, &form, &fields).await;
        assert_eq!(page.status, 422, "{field}: {text}");
    }
    let jeans = signed_in(app, &jean(), None);
    let sent = kwames.post(site, &form, &sound()).await;
    let referral = location(&sent).trim_end_matches("?sent=1").to_owned();
    let declined = [("to", "declined"), ("reason-declined", "other"), ("note-declined", text)];
    assert_eq!(jeans.post(site, &referral, &declined).await.status, 422, "{text}");
    let link = newest_link(app, "jean");
    assert_eq!(visitor.post_bare(site, &link, &declined).await.status, 422, "{text}");
    let ended =
        [("to", "ended-early"), ("reason-ended-early", "other"), ("note-ended-early", text)];
    assert_eq!(kwames.post(site, &referral, &ended).await.status, 422, "{text}");
    let words: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    for path in ["/search?q=", "/suggest?q=", "/search?near=", "/compare?service=", "/s/"] {
        site.get(&format!("{path}{words}")).await;
    }
}

fn sound() -> [(&'static str, &'static str); 4] {
    [("reference", "LW-1"), ("needs", "loneliness"), ("first", "they-ring"), ("agreed", "yes")]
}

#[tokio::test]
async fn planted_personal_details_are_in_no_table_file_log_or_mail() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let folder = tempfile::tempdir().unwrap();
    let app = on_disk(folder.path());
    save_people(&app, &[jean(), kwame()]);
    let site = Site::over(app.clone());
    for (text, _) in PLANTED {
        plant(&app, &site, text).await;
    }
    let later = now() + jiff::SignedDuration::from_hours(24 * 6);
    tick(&app.store, &app.config.directory, later).unwrap();
    while mail::deliver(&app.post, &app.store, later).is_ok_and(|sent| sent > 0) {}
    app.uses.save(&app.store, now()).unwrap();
    app.sought.save(&app.store, now()).unwrap();
    let mut found = files(folder.path());
    let logged = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    found.push(("the log".to_owned(), logged));
    assert!(found.iter().any(|(name, _)| name.contains("outbox")), "mails were looked at");
    assert!(found.iter().any(|(_, bytes)| holds(bytes, "LW-1")), "and the store");
    for (name, bytes) in &found {
        for (_, secret) in PLANTED {
            assert!(!holds(bytes, secret), "{secret} is in {name}");
        }
    }
}
