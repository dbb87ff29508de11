use super::*;
use crate::{
    domain::{Capacity, CapacityId},
    store::{Reading, Saved, Subject},
};

fn statement(name: &str, as_of: &str, for_whom: Option<&str>) -> Capacity {
    let said = json!({
        "id": CapacityId::derive("test", name),
        "service": service_id("lunch"),
        "status": "open",
        "for_whom": for_whom,
        "as_of": as_of,
        "by": {"role": "provider", "name": "the manager"},
        "source": "page",
        "lapses_at": "2027-02-01T00:00:00Z",
    });
    serde_json::from_value(said).unwrap()
}

fn save(store: &Store, statement: Capacity) -> Result<Saved, StoreError> {
    change(store, move |changes| changes.save_capacity(&statement)).map(|changed| changed.value)
}

fn counting(store: &Store) -> Vec<CapacityId> {
    let record = store.service_record(service_id("lunch")).unwrap().unwrap();
    record.capacity.iter().map(|statement| statement.id).collect()
}

#[test]
fn statements_about_different_people_stand_side_by_side() {
    let store = with_lunch();
    let all = statement("all", "2026-11-01T00:00:00Z", None);
    let young = statement("young", "2026-11-02T00:00:00Z", Some("under 25s"));
    let younger = statement("younger", "2026-11-03T00:00:00Z", Some("under 25s"));
    let ids = [younger.id, all.id];
    for statement in [all, young, younger] {
        assert_eq!(save(&store, statement), Ok(Saved::Added));
    }
    assert_eq!(counting(&store), ids);
}

#[test]
fn of_two_statements_of_one_moment_the_later_saved_counts() {
    let store = with_lunch();
    save(&store, statement("first", "2026-11-01T00:00:00Z", None)).unwrap();
    save(&store, statement("second", "2026-11-01T00:00:00Z", None)).unwrap();
    assert_eq!(counting(&store), [CapacityId::derive("test", "second")]);
}

#[test]
fn a_statement_that_names_nothing_known_is_refused() {
    let store = with_lunch();
    let said = || statement("a", "2026-11-01T00:00:00Z", None);
    let nowhere = Capacity { venue: Some(ServiceAtLocationId::derive("test", "none")), ..said() };
    assert!(matches!(save(&store, nowhere), Err(StoreError::UnknownReference { .. })));
    let nothing = Capacity { service: service_id("none"), ..said() };
    assert!(matches!(save(&store, nothing), Err(StoreError::UnknownReference { .. })));
    let backwards = Capacity { lapses_at: said().as_of, ..said() };
    let id = Subject::Capacity(said().id);
    assert_eq!(save(&store, backwards), Err(StoreError::EndsBeforeItBegins(id)));
    let here = Capacity { venue: Some(service("lunch").venues[0].id), ..said() };
    assert_eq!(save(&store, here), Ok(Saved::Added));
}
