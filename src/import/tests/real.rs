//! The real files: how much of each is read, and what is said about the rest.

use std::collections::BTreeMap;

use super::*;

fn summary(path: &str) -> Option<String> {
    let reading = read_path(&shared(path)?);
    let drafts = &reading.drafts;
    let organisations: std::collections::BTreeSet<_> = drafts
        .iter()
        .flat_map(|draft| &draft.organisations)
        .map(|organisation| organisation.id)
        .collect();
    let services = services(&reading);
    let timed = services
        .iter()
        .filter(|service| service.all_sessions().any(|session| !session.schedule.days.is_empty()))
        .count();
    let kinds: BTreeMap<&str, usize> =
        reading.log.by_kind().into_iter().map(|(kind, count)| (kind.outcome(), count)).collect();
    Some(format!(
        "read {} organisations {} services {} locations {} partnerships {} timed {timed} refused {} {kinds:?}",
        reading.read,
        organisations.len(),
        services.len(),
        drafts.iter().map(|draft| draft.locations.len()).sum::<usize>(),
        drafts.iter().map(|draft| draft.partnerships.len()).sum::<usize>(),
        reading.refused.len(),
    ))
}

macro_rules! real {
    ($($name:ident: $path:literal => $expect:literal;)*) => {$(
        #[test]
        fn $name() {
            let Some(found) = summary($path) else { return };
            assert_eq!(found, $expect);
        }
    )*};
}

real! {
    bristol: "data/directories/bristol_oruk" => r#"read 4 organisations 3 services 3 locations 0 partnerships 0 timed 0 refused 0 {"personal detail not kept": 6, "same record again": 1}"#;
    trafford_charities: "data/directories/trafford/charities_operating_in_trafford.csv" => r#"read 736 organisations 736 services 717 locations 717 partnerships 0 timed 0 refused 0 {"value left out": 1}"#;
    food_banks: "data/directories/trafford/gm_food_banks.csv" => r"read 171 organisations 116 services 171 locations 171 partnerships 0 timed 112 refused 0 {}";
    libraries: "data/directories/trafford/gm_libraries.csv" => r"read 141 organisations 10 services 141 locations 141 partnerships 0 timed 0 refused 0 {}";
    sports_clubs: "data/directories/trafford/sports_clubs.csv" => r"read 140 organisations 140 services 140 locations 140 partnerships 0 timed 0 refused 0 {}";
    practices: "data/directories/trafford/trafford_general_practices.csv" => r"read 26 organisations 26 services 26 locations 26 partnerships 0 timed 0 refused 0 {}";
    mental_health: "data/directories/trafford/trafford_mental_health_services.csv" => r"read 60 organisations 58 services 60 locations 60 partnerships 0 timed 0 refused 0 {}";
    grants: "data/directories/trafford/trafford_voluntary_sector_grants.csv" => r"read 555 organisations 323 services 323 locations 6 partnerships 0 timed 0 refused 0 {}";
    edinburgh: "data/directories/edinburgh" => r#"read 632 organisations 413 services 435 locations 409 partnerships 0 timed 96 refused 0 {"same record again": 2, "value left out": 5}"#;
    contracts: "data/directories/moj_rehabilitative" => r"read 196 organisations 139 services 196 locations 0 partnerships 129 timed 0 refused 0 {}";
    charities: "data/directories/ukcat_charities.jsonl.gz" => r#"read 5884 organisations 5880 services 5532 locations 3705 partnerships 0 timed 0 refused 4 {"record refused": 4, "value left out": 25}"#;
    tables: "standards/hsds-3.1/examples/csv" => r#"read 2 organisations 1 services 1 locations 1 partnerships 0 timed 1 refused 0 {"personal detail not kept": 1, "row belongs to nothing": 4, "value left out": 1}"#;
    examples_of_oruk: "standards/oruk-3.0/examples" => r#"read 6 organisations 2 services 1 locations 1 partnerships 0 timed 1 refused 0 {"passed over": 3, "personal detail not kept": 1, "same record again": 2, "value left out": 1}"#;
    examples_of_hsds: "standards/hsds-3.1/examples" => r#"read 9 organisations 2 services 2 locations 2 partnerships 0 timed 2 refused 0 {"passed over": 4, "personal detail not kept": 2, "row belongs to nothing": 4, "same record again": 2, "value left out": 2}"#;
    mocks_default: "standards/oruk-mocks/Default" => r#"read 6 organisations 2 services 1 locations 1 partnerships 0 timed 1 refused 0 {"passed over": 40, "personal detail not kept": 1, "same record again": 2, "value left out": 1}"#;
    mocks_warn: "standards/oruk-mocks/Warn" => r#"read 6 organisations 2 services 1 locations 1 partnerships 0 timed 1 refused 0 {"passed over": 4, "personal detail not kept": 1, "same record again": 2, "value left out": 2}"#;
    mocks_fail: "standards/oruk-mocks/Fail" => r#"read 9 organisations 6 services 1 locations 1 partnerships 0 timed 1 refused 2 {"passed over": 4, "personal detail not kept": 1, "record refused": 2, "same record again": 3, "value left out": 4}"#;
}
