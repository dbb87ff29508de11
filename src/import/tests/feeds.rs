//! What the readers of feeds survive and what they keep.

use super::*;
use crate::domain::{
    AccessFeature, Answer, AreaPart, CostKind, Delivery, Freq, ServiceStatus, Who,
};

fn one(json: &str) -> (crate::domain::Service, String) {
    let reading = read_text("feed.json", json);
    let found = services(&reading);
    assert_eq!(found.len(), 1, "{}", faults(&reading));
    (found[0].clone(), faults(&reading))
}

#[test]
fn a_service_of_bristol_is_read_as_it_is_sent() {
    let json = r#"{"id": "2a3483ea", "name": "1625 <b>Independent</b> People", "description": "<p>We help&nbsp;people.</p>",
        "url": "http://1625ip.co.uk", "email": "redacted@example.org", "status": "active", "assured_date": "2025-09-02",
        "service_areas": [{"id": "6", "name": "Bristol", "serviceId": "2a3483ea", "uri": "http://www.example.com"},
            {"name": "Elsewhere", "uri": "http://statistics.data.gov.uk/id/statistical-geography/E06000023"}],
        "organization": {"id": "42", "name": "1625ip", "description": "", "uri": "http://1625ip.co.uk"},
        "contacts": [{"phones": [{"number": "Bristol Youth MAPS: 0117 332 7111"}]}],
        "pc_metadata": {"assured_by": "jo@bristol.gov.uk", "date_created": "2020-06-05"},
        "pc_targetAudience": [{"audienceType": "Care leavers", "id": "80425"}],
        "assurer_email": "jo@bristol.gov.uk", "last_modified": "2025-09-02T12:06:15.654",
        "minimum_age": -1, "maximum_age": -1}"#;
    let (service, faults) = one(json);
    assert_eq!(service.name, "1625 Independent People");
    assert_eq!(service.description, "We help people.");
    assert_eq!(service.eligibility.ages, []);
    assert_eq!(service.eligibility.description.as_deref(), Some("Care leavers"));
    assert_eq!(service.contacts[0].phone.as_deref(), Some("0117 332 7111"));
    assert_eq!(service.contacts[0].phone_note.as_deref(), Some("Bristol Youth MAPS"));
    assert_eq!(service.upkeep.edited.unwrap().to_string(), "2025-09-02T11:06:15.654Z");
    let confirmed = service.upkeep.confirmed.as_ref().unwrap();
    assert_eq!(confirmed.at.to_string(), "2025-09-02T11:00:00Z");
    let parts = &service.footprint.as_ref().unwrap().parts;
    assert_eq!(parts[0], AreaPart::Named { name: "Bristol".to_owned() });
    assert!(matches!(&parts[1], AreaPart::Place { code, .. } if code.as_str() == "E06000023"));
    assert!(
        !serde_json::to_string(&service).unwrap().contains("jo@"),
        "the assurer stays with the feed"
    );
    insta::assert_snapshot!(faults, @r"
    feed.json, line 1, record 2a3483ea, assurer_email: expected nothing that names who keeps the record, found an e-mail address or a name (personal detail not kept)
    feed.json, line 1, record 2a3483ea, pc_metadata: expected nothing that names who keeps the record, found an e-mail address or a name (personal detail not kept)
    ");
}

#[test]
fn the_older_shape_gives_the_same_facts() {
    let json = r#"{"totalElements": 1, "content": [{"id": 7, "name": "Tea Room", "status": "active",
        "organization": {"id": "9", "name": "Hub", "url": "http://hub.org"},
        "attending_access": "drop-in", "attending_type": "venue",
        "eligibilitys": [{"minimum_age": 11, "maximum_age": 18}, {"minimum_age": "65"}],
        "regular_schedules": [{"byday": "MO,TU", "freq": "WEEKLY", "opens_at": "09:00:00", "closes_at": "12:30:00"}],
        "holiday_schedules": [{"closed": true, "start_date": "2026-12-24", "end_date": "2026-12-26"}],
        "cost_options": [{"amount": "2.50", "amount_description": "per session"}],
        "languages": [{"language": "Polish"}],
        "service_at_locations": [{"id": "3", "location": {"id": "4", "name": "The Old Hall", "latitude": "53.54", "longitude": "-2.63",
            "physical_addresses": [{"address_1": "1 High St, Hindley", "city": "Wigan", "postal_code": "wn23aa"}],
            "accessibility_for_disabilities": [{"accessibility": "Wheelchair access. No parking."}]}}],
        "service_taxonomys": [{"taxonomy": {"id": "esdServiceType:298", "name": "Carers support groups", "vocabulary": "esdServiceType"}}],
        "service_areas": [{"service_area": "Wigan"}]}]}"#;
    let reading = read_text("feed.json", json);
    let service = services(&reading)[0];
    assert_eq!(service.access_routes.routes[0].who, Who::DropIn);
    assert!(service.delivery.contains(&Delivery::InPerson));
    assert_eq!(service.eligibility.ages.len(), 2);
    assert_eq!(service.sessions[0].schedule.except.len(), 3);
    assert_eq!(service.sessions[0].schedule.opens.unwrap().to_string(), "09:00:00");
    assert_eq!((service.costs[0].kind, service.costs[0].pence), (CostKind::Paid, Some(250)));
    assert_eq!(service.languages, ["pl"]);
    let location =
        &reading.drafts.iter().find(|draft| !draft.locations.is_empty()).unwrap().locations[0];
    assert!((location.point.unwrap().lat - 53.54).abs() < 1e-9);
    assert_eq!(location.address.as_ref().unwrap().postcode.as_deref(), Some("WN2 3AA"));
    assert_eq!(location.access.get(&AccessFeature::Parking), Some(&Answer::No));
    let codes = &reading.drafts.iter().flat_map(|draft| &draft.services).next().unwrap().codes;
    assert_eq!(codes[0].label, "Carers support groups");
    assert_eq!(faults(&reading), "");
}

#[test]
fn every_fault_is_said_and_the_rest_is_loaded() {
    let json = r#"{"contents": [
        {"id": "1", "name": "Good", "status": "sleeping", "minimum_age": "many", "email": false, "url": "nowhere",
         "organization": {"id": "o", "name": "Hub"}, "assured_date": "2099-01-01",
         "schedules": [{"freq": "YEARLY", "byday": "XX", "opens_at": "09:00:00Z", "closes_at": "late"}],
         "service_at_locations": [{"location": {"name": "Swapped", "latitude": -2.63, "longitude": 53.54}}, {"location_id": "gone"}],
         "cost_options": [{"option": "Adults", "amount": "lots"}], "contacts": [{"phones": [{"number": "ask Jo"}]}]},
        {"id": "2", "organization": {"id": "o", "name": "Hub"}, "status": "active"},
        {"id": "1", "name": "Good", "status": "active"}, 3]}"#;
    let reading = read_text("feed.json", json);
    assert_eq!((reading.read, reading.refused.len(), services(&reading).len()), (4, 2, 1));
    assert_eq!(services(&reading)[0].status, ServiceStatus::Active);
    assert_eq!(
        reading
            .drafts
            .iter()
            .flat_map(|draft| &draft.locations)
            .filter(|site| site.point.is_some())
            .count(),
        0
    );
    insta::assert_snapshot!(faults(&reading));
}

#[test]
fn opening_times_of_feeds_are_kept_in_the_time_on_the_clock() {
    let schedule = |fields: &str| {
        let json = format!(
            r#"{{"id": "1", "name": "A", "organization_id": "o", "schedules": [{{{fields}}}]}}"#
        );
        let (service, _) = one(&json);
        service.sessions[0].schedule.clone()
    };
    let monthly = schedule(
        r#""freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "10:00+01:00", "closes_at": "11:00:00Z""#,
    );
    assert_eq!((monthly.freq, monthly.days.len()), (Freq::Monthly, 2));
    assert_eq!(monthly.opens.unwrap().to_string(), "10:00:00");
    assert_eq!(monthly.closes.unwrap().to_string(), "11:00:00");
    let by_date = schedule(r#""freq": "MONTHLY", "bymonthday": "1,-1""#);
    assert_eq!(by_date.month_days, [1, -1]);
    let fortnightly = schedule(
        r#""freq": "WEEKLY", "interval": "2", "byday": "MO", "dtstart": "2026-11-02", "valid_to": "2027-01-31""#,
    );
    assert_eq!(
        (fortnightly.interval, fortnightly.until.unwrap().to_string()),
        (2, "2027-01-31".to_owned())
    );
    let words = schedule(r#""description": "Evenings in term time""#);
    assert_eq!(words.description.as_deref(), Some("Evenings in term time"));
}

#[test]
fn capacity_counts_only_with_its_date() {
    let reading = read_text(
        "feed.json",
        r#"{"id": "1", "name": "Beds", "organization_id": "o", "capacities": [
        {"id": "c", "available": 3, "maximum": "12", "unit": {"name": "beds"}, "updated": "2026-11-20T09:00:00Z"},
        {"id": "d", "available": 1}, {"id": "e", "available": 0, "updated": "2026-11-21T09:00:00Z"}]}"#,
    );
    let capacities: Vec<_> = reading.drafts.iter().flat_map(|draft| &draft.capacities).collect();
    assert_eq!(capacities.len(), 2);
    assert_eq!(capacities[0].units.as_ref().unwrap().maximum, Some(12));
    assert!(capacities[0].counts_at(now()));
    assert_eq!(capacities[1].status, crate::domain::CapacityStatus::Full);
}

#[test]
fn organisations_are_found_by_id_wherever_they_stand() {
    let files = [
        ("a.json", r#"[{"id": "s", "name": "Club", "organization_id": "O1", "status": "active"}]"#),
        (
            "b.json",
            r#"{"contents": [{"id": "o1", "name": "Hub", "description": "x", "website": "http://hub.org",
            "organization_identifiers": [{"identifier_scheme": "GB-CHC", "identifier": "1000003"}],
            "services": [{"id": "t", "name": "Tea"}]}]}"#,
        ),
        (
            "c.json",
            r#"{"id": "sal", "service": {"id": "s"}, "location": {"id": "l", "name": "Hall", "location_type": "physical"}}"#,
        ),
    ];
    let files =
        files.map(|(name, text)| InputFile { name: name.to_owned(), text: text.to_owned() });
    let reading = portion(&files);
    let found = services(&reading);
    assert_eq!(found.len(), 2, "{}", faults(&reading));
    assert_eq!(found[0].organisation, found[1].organisation);
    assert!(found.iter().any(|service| service.name == "Club" && service.venues.len() == 1));
    assert_eq!(faults(&reading), "");
}

#[test]
fn tables_in_either_spelling_are_joined() {
    let files = [
        ("service.csv", "id,name,organization_id,minimum_age\ns1,Club,o1,18\ns2,,o1,\n"),
        ("organizations.csv", "id,name,description\no1,Hub,A hub\n"),
        ("locations.csv", "id,name,location_type,latitude,longitude\nl1,Hall,physical,53.5,-2.6\n"),
        ("service_at_location.csv", "id,service_id,location_id\nx1,s1,l1\nx2,s9,l1\n"),
        (
            "address.csv",
            "id,location_id,address_1,city,postal_code\na1,l1,1 High St,Wigan,WN1 1YF\n",
        ),
        (
            "schedules.csv",
            "id,service_at_location_id,freq,byday,opens_at\nt1,x1,WEEKLY,\"MO,TU\",09:00\n",
        ),
        ("phones.csv", "id,service_id,number\np1,s1,01942 000000\n"),
    ];
    let files =
        files.map(|(name, text)| InputFile { name: name.to_owned(), text: text.to_owned() });
    let reading = portion(&files);
    let found = services(&reading);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].venues[0].sessions[0].schedule.days.len(), 2);
    assert_eq!(found[0].contacts[0].phone.as_deref(), Some("01942 000000"));
    assert_eq!(found[0].eligibility.ages[0].from, 18);
    insta::assert_snapshot!(faults(&reading), @r"
    service_at_location.csv, line 3, record x2, service_id: expected the id of a row of service, found s9 (row belongs to nothing)
    service.csv, line 3, record s2, name: expected the name of the service, found nothing (record refused)
    ");
}
