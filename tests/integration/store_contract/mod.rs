//! What any engine of the store has to keep to, as one story; and what a crash may not take.

#![expect(clippy::unwrap_used, reason = "a test says that it cannot go on by panicking")]

mod crash;
mod records;

use hereabouts::{
    domain::{Capacity, IdentifierScheme, Organisation, PlaceCode, Service},
    store::{
        Action, Counts, Page, Reading, Saved, Seq, Store, StoreError, Subject, SubjectKind, Version,
    },
};

use records::{
    ann, at, location, location_id, now, organisation, organisation_id, partnership, place,
    service, service_id, statement,
};

const EVERYTHING: Page = Page { skip: 0, limit: 100 };

#[test]
fn the_story_holds_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    story(&Store::open(folder.path(), at("2026-11-01T00:00:00Z")).unwrap());
}

#[test]
fn the_story_holds_in_memory() {
    story(&Store::in_memory().unwrap());
}

/// The store's promises, told over one that is empty.
fn story(store: &Store) {
    an_empty_store_is_empty(store);
    what_is_saved_is_found_and_logged(store);
    saving_the_same_changes_nothing(store);
    a_service_comes_with_all_that_belongs_to_it(store);
    an_edit_of_what_has_changed_meanwhile_conflicts(store);
    what_is_referred_to_has_to_be_there(store);
    what_is_used_stays(store);
    a_change_is_whole_or_not_at_all(store);
    the_newest_statement_counts_and_none_is_lost(store);
    changes_lead_to_the_services_concerned(store);
    partnerships_are_found_from_both_sides(store);
    imports_find_what_they_brought(store);
    an_operators_place_keeps_its_boundary(store);
    the_log_can_be_followed(store);
    what_is_removed_is_gone(store);
    assert_eq!(store.check(), Ok(vec![]));
}

fn an_empty_store_is_empty(store: &Store) {
    assert_eq!(store.head(), Ok(Seq(0)));
    assert_eq!(store.changes_since(Seq(0), 10), Ok(vec![]));
    assert_eq!(store.counts(), Ok(Counts::default()));
    assert_eq!(store.find_service(service_id("lunch")), Ok(None));
    let missing = StoreError::NotFound(Subject::Service(service_id("lunch")));
    assert_eq!(store.get_service(service_id("lunch")), Err(missing));
}

fn what_is_saved_is_found_and_logged(store: &Store) {
    let saved = save_basics(store);
    assert_eq!(saved, ([Saved::Added; 3], Some(Seq(3))));
    assert_eq!(store.find_organisation(organisation_id("age")), Ok(Some(organisation("age"))));
    assert_eq!(store.find_location(location_id("hall")), Ok(Some(location("hall"))));
    assert_eq!(store.find_service(service_id("lunch")), Ok(Some(service("lunch"))));
    let counts = store.counts().unwrap();
    assert_eq!((counts.services, counts.active_services, counts.services_at_locations), (1, 1, 1));
    let changes = store.changes_since(Seq(0), 10).unwrap();
    let subjects: Vec<Subject> = changes.iter().map(|change| change.subject.clone()).collect();
    let expected = [
        Subject::Organisation(organisation_id("age")),
        Subject::Location(location_id("hall")),
        Subject::Service(service_id("lunch")),
    ];
    assert_eq!(subjects, expected);
    assert!(changes.iter().all(|change| change.action == Action::Added));
    assert!(changes.iter().all(|change| change.actor == ann() && change.at == now()));
}

fn saving_the_same_changes_nothing(store: &Store) {
    assert_eq!(save_basics(store), ([Saved::Unchanged; 3], None));
    assert_eq!(store.head(), Ok(Seq(3)));
    let versioned = store.versioned_service(service_id("lunch")).unwrap().unwrap();
    assert_eq!(versioned.version, Version(1));
}

fn a_service_comes_with_all_that_belongs_to_it(store: &Store) {
    let record = store.service_record(service_id("lunch")).unwrap().unwrap();
    assert_eq!(record.service, service("lunch"));
    assert_eq!(record.organisation, organisation("age"));
    assert_eq!(record.locations, [location("hall")]);
    assert_eq!(record.location(location_id("hall")), Some(&location("hall")));
    let asked = [service_id("none"), service_id("lunch"), service_id("lunch")];
    assert_eq!(store.services_by_ids(&asked), Ok(vec![record.clone()]));
    let mut streamed = Vec::new();
    store
        .for_each_service_record(1, |record| {
            streamed.push(record);
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(streamed, [record]);
    assert_eq!(store.list_services_of(organisation_id("age")), Ok(vec![service("lunch")]));
    assert_eq!(store.list_services_at(location_id("hall")), Ok(vec![service("lunch")]));
}

fn an_edit_of_what_has_changed_meanwhile_conflicts(store: &Store) {
    let read = store.versioned_service(service_id("lunch")).unwrap().unwrap();
    let edit = |summary: &str| {
        let service = Service { summary: summary.to_owned(), ..read.record.clone() };
        let version = read.version;
        store.change(&ann(), now(), move |changes| changes.save_service_if(&service, version))
    };
    assert_eq!(edit("A hot meal").unwrap().value, Saved::Changed);
    let conflict = StoreError::Conflict(Subject::Service(service_id("lunch")));
    assert_eq!(edit("A cold meal"), Err(conflict));
    assert_eq!(store.get_service(service_id("lunch")).unwrap().summary, "A hot meal");
    assert_eq!(edit("A hot meal").unwrap().value, Saved::Unchanged);
}

fn what_is_referred_to_has_to_be_there(store: &Store) {
    let head = store.head();
    let orphan = Service { organisation: organisation_id("none"), ..service("orphan") };
    let refused = store.change(&ann(), now(), move |changes| changes.save_service(&orphan));
    assert_eq!(
        refused.unwrap_err().to_string(),
        format!(
            "service {} refers to organisation {}, which is not in the directory",
            service_id("orphan"),
            organisation_id("none")
        )
    );
    let child = Organisation { parent: Some(organisation_id("none")), ..organisation("child") };
    let refused = store.change(&ann(), now(), move |changes| changes.save_organisation(&child));
    assert!(matches!(refused, Err(StoreError::UnknownReference { .. })));
    assert_eq!(store.head(), head);
    assert_eq!(store.find_organisation(organisation_id("child")), Ok(None));
}

fn what_is_used_stays(store: &Store) {
    let refused =
        store.change(&ann(), now(), |changes| changes.remove_organisation(organisation_id("age")));
    let used = StoreError::StillUsed {
        subject: Subject::Organisation(organisation_id("age")),
        by: SubjectKind::Service,
        count: 1,
    };
    assert_eq!(refused, Err(used));
    let refused =
        store.change(&ann(), now(), |changes| changes.remove_location(location_id("hall")));
    assert!(matches!(refused, Err(StoreError::StillUsed { .. })));
}

fn a_change_is_whole_or_not_at_all(store: &Store) {
    let (head, counts) = (store.head(), store.counts());
    let failed = store.change(&ann(), now(), |changes| {
        changes.save_organisation(&organisation("half"))?;
        changes.save_location(&location("half"))?;
        assert!(changes.find_location(location_id("half"))?.is_some());
        Err::<(), _>(StoreError::Abandoned("the second page was not sent".to_owned()))
    });
    assert!(matches!(failed, Err(StoreError::Abandoned(_))));
    assert_eq!((store.head(), store.counts()), (head, counts));
    assert_eq!(store.find_organisation(organisation_id("half")), Ok(None));
}

fn the_newest_statement_counts_and_none_is_lost(store: &Store) {
    let (old, new) =
        (statement("old", "2026-11-01T09:00:00Z"), statement("new", "2026-11-05T09:00:00Z"));
    for statement in [new.clone(), old.clone(), new.clone()] {
        store.change(&ann(), now(), move |changes| changes.save_capacity(&statement)).unwrap();
    }
    let record = store.service_record(service_id("lunch")).unwrap().unwrap();
    assert_eq!(record.capacity, std::slice::from_ref(&new));
    assert_eq!(store.list_capacity_of(service_id("lunch")), Ok(vec![new.clone(), old]));
    let to_come = statement("to come", "2027-01-01T09:00:00Z");
    store.change(&ann(), now(), move |changes| changes.save_capacity(&to_come)).unwrap();
    let record = store.service_record(service_id("lunch")).unwrap().unwrap();
    let counting: Vec<_> = record.capacity.iter().filter(|said| said.counts_at(now())).collect();
    assert_eq!(counting, [&new]);
    let rewritten = Capacity { note: Some("no".to_owned()), ..new };
    let refused = store.change(&ann(), now(), move |changes| changes.save_capacity(&rewritten));
    assert!(matches!(refused, Err(StoreError::StatementRewritten(_))));
}

fn changes_lead_to_the_services_concerned(store: &Store) {
    let lunch = vec![service_id("lunch")];
    let changes = store.changes_since(Seq(0), 100).unwrap();
    for kind in [SubjectKind::Organisation, SubjectKind::Location, SubjectKind::Capacity] {
        let change = changes.iter().find(|change| change.subject.kind() == kind).unwrap();
        assert_eq!(store.services_touched_by(change).unwrap(), lunch, "{kind}");
    }
}

fn partnerships_are_found_from_both_sides(store: &Store) {
    let alliance = partnership(&["lunch"]);
    let lunch = store.get_service(service_id("lunch")).unwrap();
    let member = Service { partnerships: vec![alliance.id], ..lunch.clone() };
    let saved = alliance.clone();
    store
        .change(&ann(), now(), move |changes| {
            // Each names the other; within one change the order does not matter.
            changes.save_service(&member)?;
            changes.save_partnership(&saved)
        })
        .unwrap();
    let of_service = store.list_partnerships_of_service(service_id("lunch"));
    assert_eq!(of_service, Ok(vec![alliance.clone()]));
    let of_organisation = store.list_partnerships_of_organisation(organisation_id("age"));
    assert_eq!(of_organisation, Ok(vec![alliance.clone()]));
    let without = partnership(&[]);
    store
        .change(&ann(), now(), move |changes| {
            changes.save_service(&lunch)?;
            changes.save_partnership(&without)
        })
        .unwrap();
    let change = &store.changes_of(&Subject::Partnership(alliance.id), 1).unwrap()[0];
    assert_eq!(store.services_touched_by(change), Ok(vec![service_id("lunch")]));
    assert_eq!(store.list_partnerships_of_service(service_id("lunch")), Ok(vec![]));
}

fn imports_find_what_they_brought(store: &Store) {
    let lunch = Subject::Service(service_id("lunch"));
    let to = lunch.clone();
    let change = move || {
        let to = to.clone();
        store.change(&ann(), now(), move |changes| {
            changes.note_import("bristol")?;
            changes.save_key("bristol", "17", &to)
        })
    };
    assert_eq!(change().unwrap().value, Saved::Added);
    assert_eq!(change().unwrap().seq, None);
    assert_eq!(store.find_by_key("bristol", SubjectKind::Service, "17"), Ok(Some(lunch)));
    assert_eq!(store.find_by_key("bath", SubjectKind::Service, "17"), Ok(None));
    assert_eq!(store.keys_of("bristol", SubjectKind::Service).unwrap()[0].key, "17");
    let sources = store.sources().unwrap();
    assert_eq!((sources[0].name.as_str(), sources[0].last_import), ("bristol", Some(now())));
    assert_eq!(sources[0].records[&SubjectKind::Service], 1);
    let age = vec![organisation("age")];
    assert_eq!(
        store.find_organisations_by_identifier(IdentifierScheme::Charity, "107 1234"),
        Ok(age.clone())
    );
    assert_eq!(store.find_organisations_by_name("THE AGE TRUST LTD"), Ok(age.clone()));
    assert_eq!(store.find_organisations_by_name("Elders"), Ok(age.clone()));
    assert_eq!(store.find_organisations_by_website("http://age.example.org/x"), Ok(age));
    assert_eq!(store.find_locations_by_postcode("wn11aa"), Ok(vec![location("hall")]));
}

fn an_operators_place_keeps_its_boundary(store: &Store) {
    let save = |boundary: Option<&'static str>| {
        store.change(&ann(), now(), move |changes| changes.save_place(&place(), boundary))
    };
    let code = PlaceCode::from("custom-1");
    assert_eq!(save(None).unwrap().value, Saved::Added);
    assert_eq!(save(Some("{}")).unwrap().value, Saved::Changed);
    assert_eq!(save(Some("{}")).unwrap().value, Saved::Unchanged);
    assert_eq!(store.find_place_boundary(&code), Ok(Some("{}".to_owned())));
    assert_eq!(store.list_places(EVERYTHING).unwrap().items, [place()]);
    let change = &store.changes_of(&Subject::Place(code), 1).unwrap()[0];
    assert_eq!(store.services_touched_by(change), Ok(vec![service_id("lunch")]));
}

fn the_log_can_be_followed(store: &Store) {
    let head = store.head().unwrap();
    let all = store.changes_since(Seq(0), 1000).unwrap();
    assert_eq!(all.last().unwrap().seq, head);
    assert!(all.is_sorted_by(|a, b| a.seq < b.seq));
    let mut followed = Vec::new();
    while let Some(next) = store
        .changes_since(followed.last().map_or(Seq(0), |seq| *seq), 2)
        .unwrap()
        .last()
        .map(|change| change.seq)
    {
        followed.push(next);
    }
    assert_eq!(followed.last(), Some(&head));
}

fn what_is_removed_is_gone(store: &Store) {
    store
        .change(&ann(), now(), |changes| {
            changes.remove_service(service_id("lunch"))?;
            changes.remove_location(location_id("hall"))
        })
        .unwrap();
    assert_eq!(store.service_record(service_id("lunch")), Ok(None));
    assert_eq!(store.list_capacity_of(service_id("lunch")), Ok(vec![]));
    assert_eq!(store.find_by_key("bristol", SubjectKind::Service, "17"), Ok(None));
    let change = &store.changes_of(&Subject::Service(service_id("lunch")), 1).unwrap()[0];
    assert_eq!(change.action, Action::Removed);
    assert_eq!(store.services_touched_by(change), Ok(vec![service_id("lunch")]));
    let again = store.change(&ann(), now(), |changes| changes.remove_service(service_id("lunch")));
    assert!(matches!(again, Err(StoreError::NotFound(_))));
}

fn save_basics(store: &Store) -> ([Saved; 3], Option<Seq>) {
    let changed = store.change(&ann(), now(), |changes| {
        Ok([
            changes.save_organisation(&organisation("age"))?,
            changes.save_location(&location("hall"))?,
            changes.save_service(&service("lunch"))?,
        ])
    });
    let changed = changed.unwrap();
    (changed.value, changed.seq)
}
