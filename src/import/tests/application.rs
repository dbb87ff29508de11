//! What is written, what is not, and that the second time nothing is.

use super::*;
use crate::{
    domain::{AreaPart, FieldSource, Organisation, PointSource, Route, Service},
    geo::Gazetteer,
    store::{Actor, Reading as _, Store},
    vocabulary::Vocabulary,
};

const FEED: &str = include_str!("../../../tests/fixtures/import/feed.json");

fn import_with(
    store: &Store,
    name: &str,
    files: &[InputFile],
    options: Options,
) -> Vec<ImportReport> {
    let gazetteer = Gazetteer::shipped();
    let world = World { gazetteer: &gazetteer, vocabulary: Vocabulary::shipped() };
    let plan = Plan { otherwise: name, now: now(), ..Plan::default() };
    let portions = read(files, plan);
    let import = |mut portion: Portion| {
        settle(&mut portion.reading, world);
        let feeds = Feeds::of(std::slice::from_ref(&portion));
        apply(portion, &feeds, store, options, now(), &mut |_, _| {}).unwrap()
    };
    portions.into_iter().map(import).collect()
}

fn import(store: &Store, name: &str, file: &str, text: &str) -> ImportReport {
    let files = [InputFile { name: file.to_owned(), text: text.to_owned() }];
    import_with(store, name, &files, Options::default()).remove(0)
}

fn feed_of(services: usize) -> String {
    let service = |at: usize| {
        format!(
            r#"{{"id": "s{at}", "name": "Service {at}", "status": "active", "organization": {{"id": "o", "name": "Hub"}}}}"#
        )
    };
    format!("[{}]", (0..services).map(service).collect::<Vec<_>>().join(","))
}

fn service(store: &Store, source: &str, key: &str) -> Service {
    let subject = store.find_by_key(source, crate::store::SubjectKind::Service, key).unwrap();
    let Some(crate::store::Subject::Service(id)) = subject else { panic!("{key} is not there") };
    store.get_service(id).unwrap()
}

#[test]
fn the_same_feed_twice_changes_nothing() {
    let store = Store::in_memory().unwrap();
    let first = import(&store, "hub", "feed.json", FEED);
    assert_eq!((first.read, first.loaded, first.refused, first.added), (2, 2, 0, 4), "{first}");
    let head = store.head().unwrap();
    let again = import(&store, "hub", "feed.json", FEED);
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 4), "{again}");
    assert_eq!(store.head().unwrap(), head);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn what_a_feed_says_arrives_placed_and_in_our_words() {
    let store = Store::in_memory().unwrap();
    let report = import(&store, "hub", "feed.json", FEED);
    let lunch = service(&store, "hub", "s1");
    assert_eq!(lunch.needs, [crate::domain::NeedId::from("lunch-clubs")]);
    assert!(
        matches!(&lunch.footprint.as_ref().unwrap().parts[0], AreaPart::Place { name, .. } if name == "Wigan")
    );
    assert_eq!(store.list_capacity_of(lunch.id).unwrap().len(), 1);
    let calls = service(&store, "hub", "s2");
    let parts = &calls.footprint.as_ref().unwrap().parts;
    assert_eq!(*parts, [AreaPart::Named { name: "Nowhere in Particular".to_owned() }]);
    assert_eq!(report.faults_by_kind.get("area-not-known"), Some(&1));
    assert_eq!(lunch.upkeep.imported, Some(now()));
    assert_eq!(lunch.provenance.keys["hub"], "s1");
}

#[test]
fn a_venue_that_cannot_be_placed_is_loaded_and_reported() {
    let store = Store::in_memory().unwrap();
    let text = "name,category,address,postcode\nA,Golf,1 High Street,ZZ99 9ZZ\nB,Golf,2 High Street,\nC,Golf,3 High Street,WN1 1YF\n";
    let report = import(&store, "clubs", "clubs.csv", text);
    assert_eq!((report.loaded, report.not_placed), (3, 2), "{report}");
    let placed = |name: &str| {
        let venue = service(&store, "trafford-sports-clubs", name).venues[0].location;
        let location = store.get_location(venue).unwrap();
        (location.point.is_some(), location.point_source != PointSource::None)
    };
    assert_eq!(placed("a|zz99 9zz"), (false, false));
    assert_eq!(placed("b"), (false, false));
    assert_eq!(placed("c|wn1 1yf"), (true, true));
}

#[test]
fn a_service_gone_from_a_feed_is_marked_and_comes_back() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", &feed_of(20));
    let report = import(&store, "hub", "feed.json", &feed_of(19));
    assert_eq!((report.held, report.missing), (false, 1));
    assert_eq!(service(&store, "hub", "s19").provenance.missing_since, Some(now()));
    let head = store.head().unwrap();
    assert_eq!(import(&store, "hub", "feed.json", &feed_of(19)).changed, 0);
    assert_eq!(store.head().unwrap(), head);
    assert_eq!(import(&store, "hub", "feed.json", &feed_of(20)).changed, 1);
    assert_eq!(service(&store, "hub", "s19").provenance.missing_since, None);
}

#[test]
fn a_feed_that_drops_over_a_tenth_is_held_until_it_is_allowed() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", &feed_of(20));
    let head = store.head().unwrap();
    let report = import(&store, "hub", "feed.json", &feed_of(17));
    assert!(report.held);
    assert_eq!((report.exit_code(), report.missing), (2, 3));
    assert_eq!(store.head().unwrap(), head);
    let files = [InputFile { name: "feed.json".to_owned(), text: feed_of(17) }];
    let allowed =
        import_with(&store, "hub", &files, Options { allow_drop: true, ..Options::default() })
            .remove(0);
    assert_eq!((allowed.held, allowed.missing), (false, 3));
}

#[test]
fn a_source_in_several_portions_misses_only_what_none_of_them_has() {
    let store = Store::in_memory().unwrap();
    let portions = |first: &str, second: &str| {
        [("feed", first, None), ("feed", second, Some("OGL 3.0"))].map(|(name, text, licence)| {
            let files = [InputFile { name: "feed.json".to_owned(), text: text.to_owned() }];
            let plan = Plan { source: Some(name), otherwise: name, now: now(), ..Plan::default() };
            let mut portion = read(&files, plan).remove(0);
            portion.source.licence = licence.map(str::to_owned);
            portion
        })
    };
    let run = |portions: [Portion; 2]| {
        let feeds = Feeds::of(&portions);
        portions.map(|portion| {
            apply(portion, &feeds, &store, Options::default(), now(), &mut |_, _| {}).unwrap()
        })
    };
    let (twenty, other) =
        (feed_of(20), feed_of(1).replace("s0", "other").replace("Service 0", "Other"));
    for report in run(portions(&twenty, &other)) {
        assert!(!report.held && report.missing == 0, "{report}");
    }
    for report in run(portions(&feed_of(19), &other)) {
        assert!(!report.held && report.missing == 1, "{report}");
    }
    for report in run(portions(&feed_of(2), &other)) {
        assert!(report.held && report.loaded == 0, "{report}");
    }
}

#[test]
fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let store = Store::in_memory().unwrap();
    let files = [InputFile { name: "feed.json".to_owned(), text: FEED.to_owned() }];
    let head = store.head().unwrap();
    let report =
        import_with(&store, "hub", &files, Options { dry_run: true, ..Options::default() })
            .remove(0);
    assert_eq!(report.added, 4);
    assert_eq!(store.head().unwrap(), head);
}

#[test]
fn a_providers_own_newer_value_stays_and_is_said() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let mut lunch = service(&store, "hub", "s1");
    lunch.description = "Now with soup.".to_owned();
    let said = FieldSource {
        source: "provider".to_owned(),
        route: Route::Owner,
        at: now(),
        licence: None,
    };
    lunch.provenance.fields.insert("description".to_owned(), said);
    let actor = Actor::new("jo", Route::Owner);
    store.change(&actor, now(), move |changes| changes.save_service(&lunch)).unwrap();
    let report = import(&store, "hub", "feed.json", FEED);
    assert_eq!(service(&store, "hub", "s1").description, "Now with soup.");
    assert_eq!((report.changed, report.faults_by_kind.get("conflict")), (0, Some(&1)));
    // It is kept for a steward, once however often it comes, until the two agree.
    import(&store, "hub", "feed.json", FEED);
    let open = store.open_conflicts().unwrap();
    let said: Vec<(&str, &str)> =
        open.iter().map(|conflict| (conflict.source.as_str(), conflict.field.as_str())).collect();
    assert_eq!(said, [("hub", "description")]);
    assert!(FEED.contains(open[0].stated.as_str().unwrap()));
    let mut agreed = service(&store, "hub", "s1");
    agreed.description = open[0].stated.as_str().unwrap().to_owned();
    store.change(&actor, now(), move |changes| changes.save_service(&agreed)).unwrap();
    import(&store, "hub", "feed.json", FEED);
    assert_eq!(store.open_conflicts().unwrap(), []);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn what_a_provider_took_out_no_feed_puts_back() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let mut lunch = service(&store, "hub", "s1");
    assert!(!lunch.description.is_empty());
    lunch.description = String::new();
    let source = "provider".to_owned();
    let said = FieldSource { source, route: Route::Owner, at: now(), licence: None };
    lunch.provenance.fields.insert("description".to_owned(), said);
    let actor = Actor::new("jo", Route::Owner);
    store.change(&actor, now(), move |changes| changes.save_service(&lunch)).unwrap();
    let report = import(&store, "hub", "feed.json", FEED);
    assert_eq!(service(&store, "hub", "s1").description, "");
    assert_eq!(report.faults_by_kind.get("conflict"), Some(&1));
}

#[test]
fn two_sources_of_one_organisation_meet_by_its_number() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let other = r#"[{"id": "x", "name": "Thursday lunch", "status": "active", "url": "https://lunch.example.test/a",
        "organization": {"id": "y", "name": "Hub (Wigan)", "organization_identifiers": [{"identifier_scheme": "GB-CHC", "identifier": "1999999"}]}}]"#;
    import(&store, "council", "feed.json", other);
    let (ours, theirs) = (service(&store, "hub", "s1"), service(&store, "council", "x"));
    assert_eq!(ours.id, theirs.id);
    assert_eq!(ours.name, "Thursday Lunch", "the first source's words stay");
    assert_eq!(store.counts().unwrap().organisations, 1);
    let head = store.head().unwrap();
    import(&store, "council", "feed.json", other);
    import(&store, "hub", "feed.json", FEED);
    assert_eq!(store.head().unwrap(), head, "two feeds of one record do not take turns");
}

#[test]
fn two_organisations_of_one_name_both_survive() {
    let store = Store::in_memory().unwrap();
    let hub = |id: &str, site: &str| {
        format!(
            r#"[{{"id": "s{id}", "name": "Tea", "status": "active", "organization": {{"id": "{id}", "name": "The Hub", "website": "{site}"}}}}]"#
        )
    };
    import(&store, "a", "feed.json", &hub("1", "https://hub-wigan.example.test"));
    import(&store, "b", "feed.json", &hub("2", "https://hub-leigh.example.test"));
    import(&store, "c", "feed.json", &hub("3", ""));
    assert_eq!(store.counts().unwrap().organisations, 3);
    import(&store, "d", "feed.json", &hub("4", "https://www.hub-leigh.example.test/about"));
    assert_eq!(
        store.counts().unwrap().organisations,
        3,
        "the same name and domain are the same organisation"
    );
}

#[test]
fn a_refuge_is_kept_confidential_whatever_its_feed_does() {
    let store = Store::in_memory().unwrap();
    let text = "Name,Description,Address,Postcode,Telephone,Email,Website\n\
        Safe,Women's refuge for those fleeing domestic abuse.,1 Secret Road,EH1 1AA,0131 000 0000,,\n";
    import(&store, "safe", "safe.csv", text);
    let refuge = service(&store, "edinburgh-sport-and-culture", "safe|eh1 1aa");
    assert!(store.get_location(refuge.venues[0].location).unwrap().confidential);
}

/// Every real directory is loaded whole, and again without any change.
fn loads_twice(path: &str) {
    let Some(path) = shared(path) else { return };
    let files = open(&path, Limits::default(), &mut Log::default());
    let store = Store::in_memory().unwrap();
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let first = import_with(&store, &name, &files, Options::default());
    for report in &first {
        println!("{path:?}\n{report}");
    }
    let head = store.head().unwrap();
    for report in import_with(&store, &name, &files, Options::default()) {
        assert_eq!((report.held, report.added, report.changed), (false, 0, 0), "{report}");
    }
    assert_eq!(store.head().unwrap(), head);
    assert_eq!(store.check().unwrap(), []);
}

macro_rules! twice {
    ($($name:ident: $path:literal;)*) => {$(
        #[test]
        fn $name() {
            loads_twice($path);
        }
    )*};
}

twice! {
    bristol_loads_twice: "data/directories/bristol_oruk";
    trafford_loads_twice: "data/directories/trafford";
    edinburgh_loads_twice: "data/directories/edinburgh";
    contracts_load_twice: "data/directories/moj_rehabilitative";
    charities_load_twice: "data/directories/ukcat_charities.jsonl.gz";
    tables_load_twice: "standards/hsds-3.1/examples/csv";
    failing_mocks_load_twice: "standards/oruk-mocks/Fail";
}

#[test]
fn what_a_feed_says_of_a_listing_that_was_joined_goes_nowhere() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let (lunch, calls) = (service(&store, "hub", "s1"), service(&store, "hub", "s2"));
    let joined = crate::domain::Joined {
        into: calls.id,
        at: now(),
        by: crate::domain::PersonId::derive("t", "ruth"),
        was: lunch.status,
        gave: Vec::new(),
        venues: Vec::new(),
        partnerships: Vec::new(),
    };
    let gone = Service {
        status: crate::domain::ServiceStatus::Inactive,
        joined: Some(joined),
        ..lunch.clone()
    };
    let save = gone.clone();
    store.change(&Actor::new("t", Route::Steward), now(), move |c| c.save_service(&save)).unwrap();
    let said_before = store.list_capacity_of(lunch.id).unwrap().len();
    let newer = FEED.replace("Lunch", "Supper");
    assert_ne!(newer, FEED);
    let report = import(&store, "hub", "feed.json", &newer);
    assert_eq!(report.missing, 0, "{report}");
    assert_eq!(report.faults_by_kind.get("joined"), Some(&1), "{report}");
    assert!(report.to_string().contains("stands for it too"), "{report}");
    assert_eq!(store.get_service(lunch.id).unwrap(), gone);
    assert_eq!(store.get_service(calls.id).unwrap().name, calls.name);
    assert_eq!(store.list_capacity_of(lunch.id).unwrap().len(), said_before);
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn what_a_feed_says_of_an_organisation_that_was_joined_goes_nowhere() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let lunch = service(&store, "hub", "s1");
    let goes = store.get_organisation(lunch.organisation).unwrap();
    let stays =
        Organisation::named(crate::domain::OrganisationId::derive("t", "stays"), "Stays".into());
    let joined = crate::domain::JoinedOrganisation {
        into: stays.id,
        at: now(),
        by: crate::domain::PersonId::derive("t", "ruth"),
        gave: Vec::new(),
        services: Vec::new(),
        children: Vec::new(),
        people: Vec::new(),
        programs: Vec::new(),
        memberships: Vec::new(),
    };
    let gone = Organisation { joined: Some(joined), ..goes.clone() };
    let (to_save, kept) = (gone.clone(), stays.clone());
    let join = move |changes: &mut crate::store::Changes<'_>| {
        changes.save_organisation(&kept)?;
        for service in changes.list_services_of(to_save.id)? {
            changes.save_service(&Service { organisation: kept.id, ..service })?;
        }
        changes.save_organisation(&to_save)
    };
    store.change(&Actor::new("t", Route::Steward), now(), join).unwrap();
    let newer = FEED.replace("Lunch", "Supper").replace(&goes.name, "Another name");
    let report = import(&store, "hub", "feed.json", &newer);
    assert!(report.faults_by_kind.contains_key("joined"), "{report}");
    assert_eq!(store.get_organisation(goes.id).unwrap(), gone);
    assert_eq!(store.get_organisation(stays.id).unwrap(), stays);
    let after = store.get_service(lunch.id).unwrap();
    assert_ne!(after.name, lunch.name, "what it says of the listing still counts");
    assert_eq!(after.organisation, stays.id);
    let again = import(&store, "hub", "feed.json", &newer);
    assert_eq!((again.added, again.changed), (0, 0), "{again}");
    assert_eq!(store.check().unwrap(), []);
}

#[test]
fn what_a_steward_hid_stays_hidden_when_its_feed_comes_again() {
    let store = Store::in_memory().unwrap();
    import(&store, "hub", "feed.json", FEED);
    let mut hidden = service(&store, "hub", "s1");
    hidden.status = crate::domain::ServiceStatus::Inactive;
    let said = FieldSource {
        source: "a steward".to_owned(),
        route: Route::Steward,
        at: now(),
        licence: None,
    };
    hidden.provenance.fields.insert("status".to_owned(), said);
    let save = hidden.clone();
    store.change(&Actor::new("t", Route::Steward), now(), move |c| c.save_service(&save)).unwrap();
    let again = import(&store, "hub", "feed.json", FEED);
    assert_eq!((again.changed, again.missing), (0, 0), "{again}");
    assert_eq!(service(&store, "hub", "s1"), hidden);
}
