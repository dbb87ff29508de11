//! Charities and commissioned contracts.

use super::*;
use crate::domain::{Answer, MemberRole};

#[test]
fn a_charity_that_says_what_it_does_can_be_found_and_one_that_does_not_is_known() {
    let lines = r#"{"id": "GB-CHC-1000003", "name": "SOUTHERN HUB", "postcode": "BS3 2BN", "activities": "TEA AND COMPANY.", "objects": "", "web": "", "ukcat": ["SW106"]}
{"id": "GB-CHC-1000004", "name": "QUIET FUND", "postcode": "", "activities": "", "objects": "GRANTS", "web": "", "ukcat": []}"#;
    let reading = read_text("charities.jsonl", lines);
    let found = services(&reading);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].name.as_str(), found[0].description.as_str()),
        ("Southern Hub", "Tea and company.")
    );
    assert_eq!(reading.drafts.iter().flat_map(|draft| &draft.organisations).count(), 2);
    assert_eq!(reading.drafts[0].services[0].codes[0].code, "SW106");
}

#[test]
fn a_contract_is_a_service_of_a_consortium() {
    let json = r#"{"contract_reference": "PRJ_1", "contract_type_id": "ACC", "region": {"nps_region_code": "L"},
        "eligibility": {"allows_female": true, "allows_male": false, "minimum_age": 18, "maximum_age": null},
        "scheduling": {"hide_before": "2021-01-01"}, "intervention_title": "Accommodation Services in Bolton",
        "providers": {"prime_provider_code": "ST_GILES_TRUST", "subcontractor_codes": ["SHELTER", "NACRO", "SHELTER"]},
        "short_description": "A home.", "activities": [{"need_area": "Accommodation", "activity": "Advice",
        "delivery_method": "One to one (face-to-face, telephone)", "delivery_location": "Bolton"}]}"#;
    let reading = read_text("PRJ_1.json", json);
    let service = services(&reading)[0];
    assert_eq!(service.eligibility.only_for_these, Answer::Yes);
    assert_eq!(service.eligibility.for_people.len(), 2);
    assert_eq!(service.delivery.len(), 2);
    let draft = &reading.drafts[0];
    assert_eq!(draft.organisations[0].name, "St Giles Trust");
    let roles: Vec<MemberRole> =
        draft.partnerships[0].members.iter().map(|member| member.role).collect();
    assert_eq!(roles, [MemberRole::Leads, MemberRole::Subcontracts, MemberRole::Subcontracts]);
    assert_eq!(service.partnerships, [draft.partnerships[0].id]);
}
