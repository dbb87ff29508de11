use super::*;
use crate::{
    domain::{AreaPart, Footprint, Point},
    store::{Page, Reading, Saved, Seq, Subject, Version},
};

#[test]
fn many_who_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let store = store.clone();
            scope.spawn(move || {
                for n in 0..40 {
                    let made = organisation(&format!("{thread}-{n}"));
                    change(&store, move |changes| changes.save_organisation(&made)).unwrap();
                }
            });
        }
    });
    drop(store);
    let store = open(folder.path()).unwrap();
    assert_eq!(store.counts().unwrap().organisations, 320);
    assert_eq!(store.head(), Ok(Seq(320)));
    assert_eq!(store.check(), Ok(vec![]));
}

#[test]
fn one_who_fails_takes_nobody_along() {
    let store = Store::in_memory().unwrap();
    std::thread::scope(|scope| {
        for n in 0..60 {
            let store = store.clone();
            scope.spawn(move || {
                let made = organisation(&n.to_string());
                let outcome = change(&store, move |changes| {
                    changes.save_organisation(&made)?;
                    if n % 3 == 0 { Err(StoreError::Abandoned("no".to_owned())) } else { Ok(()) }
                });
                assert_eq!(outcome.is_err(), n % 3 == 0);
            });
        }
    });
    assert_eq!(store.counts().unwrap().organisations, 40);
    assert_eq!(store.head(), Ok(Seq(40)));
}

#[test]
fn a_panic_in_a_change_leaves_nothing_and_the_store_goes_on() {
    let store = with_lunch();
    let head = store.head();
    let panicked = change(&store, |changes| {
        changes.save_organisation(&organisation("half"))?;
        assert!(changes.head()? == Seq(0), "on purpose");
        Ok(())
    });
    assert_eq!(panicked, Err(StoreError::Panicked));
    assert_eq!(store.head(), head);
    assert!(change(&store, |changes| changes.save_organisation(&organisation("next"))).is_ok());
}

#[test]
fn a_change_inside_a_change_is_refused_rather_than_waited_for() {
    let store = with_lunch();
    let inner = store.clone();
    let outcome = change(&store, move |_| change(&inner, |_| Ok(())));
    assert_eq!(outcome.err(), Some(StoreError::Nested));
    let inner = store.clone();
    let outcome = change(&store, move |_| inner.counts());
    assert_eq!(outcome.err(), Some(StoreError::Nested));
}

#[test]
fn a_store_that_goes_inside_its_own_change_ends_quietly() {
    let store = Store::in_memory().unwrap();
    let last = store.clone();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            change(&store, move |_| {
                drop(last);
                Ok(())
            })
        });
    });
}

#[test]
fn a_change_may_go_on_after_a_refusal() {
    let store = with_lunch();
    let saved = change(&store, |changes| {
        let orphan = Service { organisation: organisation_id("none"), ..service("orphan") };
        assert!(changes.save_service(&orphan).is_err());
        assert!(changes.remove_organisation(organisation_id("age")).is_err());
        changes.save_organisation(&organisation("next"))
    });
    assert_eq!(saved.map(|changed| changed.value), Ok(Saved::Added));
}

#[test]
fn the_same_read_and_saved_again_is_the_same() {
    let store = with_lunch();
    let point = Point { lat: 53.545_678_901_234_56, lon: -2.631_234_567_890_123 };
    let hall = Location { point: Some(point), ..location("hall") };
    change(&store, move |changes| changes.save_location(&hall)).unwrap();
    let read = store.get_location(location("hall").id).unwrap();
    let again = change(&store, move |changes| changes.save_location(&read)).unwrap();
    assert_eq!((again.value, again.seq), (Saved::Unchanged, None));
}

#[test]
fn a_record_that_should_be_new_conflicts_with_one_that_is_there() {
    let store = with_lunch();
    let renamed = Service { summary: "other".to_owned(), ..service("lunch") };
    let refused = change(&store, move |changes| changes.save_service_if(&renamed, Version(0)));
    assert_eq!(refused.err(), Some(StoreError::Conflict(Subject::Service(service_id("lunch")))));
    let tea = change(&store, |changes| changes.save_service_if(&service("tea"), Version(0)));
    assert_eq!(tea.map(|changed| changed.value), Ok(Saved::Added));
}

#[test]
fn two_venues_do_not_share_an_id() {
    let store = with_lunch();
    let tea = Service { venues: service("lunch").venues, ..service("tea") };
    let taken = StoreError::VenueTaken(Subject::Service(tea.id));
    assert_eq!(change(&store, move |changes| changes.save_service(&tea)).err(), Some(taken));
    let mut twice = service("lunch");
    twice.venues.extend(service("lunch").venues);
    let taken = StoreError::VenueTaken(Subject::Service(twice.id));
    assert_eq!(change(&store, move |changes| changes.save_service(&twice)).err(), Some(taken));
}

#[test]
fn what_cannot_be_kept_is_refused() {
    let store = with_lunch();
    let nowhere = Point { lat: f64::NAN, lon: 0.0 };
    let hall = Location { point: Some(nowhere), ..location("hall") };
    let refused = change(&store, move |changes| changes.save_location(&hall)).err();
    assert!(matches!(refused, Some(StoreError::NotFinite(_))));
    let empty = Service { footprint: Some(Footprint::default()), ..service("lunch") };
    let refused = change(&store, move |changes| changes.save_service(&empty)).err();
    assert!(matches!(refused, Some(StoreError::EmptyFootprint(_))));
    let polygons = vec![vec![vec![[f64::INFINITY, 0.0]]]];
    let parts = vec![AreaPart::Drawn { name: String::new(), polygons }];
    let drawn = Footprint { parts, ..Footprint::default() };
    let endless = Service { footprint: Some(drawn), ..service("lunch") };
    let refused = change(&store, move |changes| changes.save_service(&endless)).err();
    assert!(matches!(refused, Some(StoreError::NotFinite(_))));
}

#[test]
fn an_import_in_batches_keeps_the_batches_before_a_fault() {
    let store = Store::in_memory().unwrap();
    let import = |last_good: i32| {
        store.change_in_batches(&ann(), now(), 10, 0..35, move |changes, n| {
            if n > last_good {
                return Err(StoreError::Abandoned("line 26".to_owned()));
            }
            changes.save_organisation(&organisation(&n.to_string())).map(|_| ())
        })
    };
    assert!(import(25).is_err());
    assert_eq!(store.counts().unwrap().organisations, 20);
    assert_eq!(import(99), Ok(Some(Seq(35))));
    assert_eq!(import(99), Ok(None));
}

#[test]
fn a_state_that_is_looked_at_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    let (before, after) = store
        .read(|state| {
            let before = state.head()?;
            change(&store, |changes| changes.save_organisation(&organisation("age")))?;
            Ok((before, state.head()?))
        })
        .unwrap();
    assert_eq!((before, after, store.head()), (Seq(0), Seq(0), Ok(Seq(1))));
}

#[test]
fn pages_of_a_list_are_in_the_order_of_names() {
    let store = Store::in_memory().unwrap();
    change(&store, |changes| {
        ["The Éclair", "zebra", "Apple", "eagle"]
            .into_iter()
            .try_for_each(|name| changes.save_organisation(&organisation(name)).map(|_| ()))
    })
    .unwrap();
    let page = store.list_organisations(Page { skip: 1, limit: 2 }).unwrap();
    let names: Vec<&str> = page.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!((names, page.total), (vec!["eagle", "The Éclair"], 4));
}

#[test]
fn more_services_than_one_statement_takes_come_in_the_order_asked_for() {
    let store = with_lunch();
    let names: Vec<String> = (0..1203).map(|n| n.to_string()).collect();
    let saved = names.clone();
    change(&store, move |changes| {
        saved.iter().try_for_each(|name| changes.save_service(&service(name)).map(|_| ()))
    })
    .unwrap();
    let ids: Vec<ServiceId> = names.iter().rev().map(|name| service_id(name)).collect();
    let records = store.services_by_ids(&ids).unwrap();
    assert!(records.iter().map(|record| record.service.id).eq(ids));
    assert!(records.iter().all(|record| record.locations.len() == 1));
    assert_eq!(store.services_by_ids(&[]), Ok(vec![]));
}

#[test]
fn neither_actors_nor_errors_show_who_they_are_about() {
    assert!(!format!("{:?}", ann()).contains("example.org"));
    let store = with_lunch();
    let broken = store.look(|tx| tx.exec("SELECT secret FROM nothing", &[])).unwrap_err();
    assert!(!format!("{broken} {broken:?}").contains("SELECT"));
    assert_eq!(broken.to_string(), "the database failed (code 1)");
}
