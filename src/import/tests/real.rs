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
    bristol: "data/directories/bristol_oruk" => "";
    trafford_charities: "data/directories/trafford/charities_operating_in_trafford.csv" => "";
    food_banks: "data/directories/trafford/gm_food_banks.csv" => "";
    libraries: "data/directories/trafford/gm_libraries.csv" => "";
    sports_clubs: "data/directories/trafford/sports_clubs.csv" => "";
    practices: "data/directories/trafford/trafford_general_practices.csv" => "";
    mental_health: "data/directories/trafford/trafford_mental_health_services.csv" => "";
    grants: "data/directories/trafford/trafford_voluntary_sector_grants.csv" => "";
    edinburgh: "data/directories/edinburgh" => "";
    contracts: "data/directories/moj_rehabilitative" => "";
    charities: "data/directories/ukcat_charities.jsonl.gz" => "";
    tables: "standards/hsds-3.1/examples/csv" => "";
    examples_of_oruk: "standards/oruk-3.0/examples" => "";
    examples_of_hsds: "standards/hsds-3.1/examples" => "";
    mocks_default: "standards/oruk-mocks/Default" => "";
    mocks_warn: "standards/oruk-mocks/Warn" => "";
    mocks_fail: "standards/oruk-mocks/Fail" => "";
}

#[test]
fn dump() {
    let Ok(path) = std::env::var("DUMP") else { return };
    let reading = read_path(&shared(&path).unwrap());
    println!("{}", faults(&reading));
    for service in services(&reading) {
        if std::env::var("FULL").is_ok() {
            println!("{}", serde_json::to_string(service).unwrap());
            continue;
        }
        for session in service.all_sessions() {
            let s = &session.schedule;
            println!(
                "T {:?} => {} {:?}-{:?}",
                s.description,
                s.days.iter().map(|d| String::from(*d)).collect::<Vec<_>>().join(","),
                s.opens,
                s.closes
            );
        }
        println!(
            "S {} | {} | ages {:?} | routes {:?} | cost {:?} | phone {:?} | site {:?} | area {:?}",
            service.name,
            service.summary,
            service.eligibility.ages.iter().map(|a| (a.from, a.to)).collect::<Vec<_>>(),
            service.access_routes.routes.iter().map(|r| (r.who, r.way)).collect::<Vec<_>>(),
            service.costs.iter().map(|c| (c.kind, c.pence)).collect::<Vec<_>>(),
            service
                .contacts
                .iter()
                .map(|c| (c.phone.clone(), c.phone_note.clone(), c.email.clone()))
                .collect::<Vec<_>>(),
            service.website,
            service.footprint.as_ref().map(|f| &f.parts)
        );
    }
}
