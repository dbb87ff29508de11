//! The calls: their shapes are those that the served description gives, and their errors lead on.

use std::sync::LazyLock;

use axum::{Router, body::Body, http::Request};
use hereabouts::{api, app::App, config::Config};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{app, town};

static APP: LazyLock<App> = LazyLock::new(|| app(&town(), Config::default()));

async fn call(path: &str) -> (u16, Value) {
    let router: Router = api::router(APP.clone());
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap())
}

/// The schema of a component of the served description, with all others beside it.
async fn schema(component: &str) -> Value {
    let (_, description) = call("/api/v1/openapi.json").await;
    json!({
        "$ref": format!("#/components/schemas/{component}"),
        "components": description["components"],
    })
}

async fn check_shape(path: &str, component: &str) -> Value {
    let (status, body) = call(path).await;
    assert_eq!(status, 200, "{path}: {body}");
    let schema = schema(component).await;
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(&body).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{path}: {faults:#?}");
    body
}

#[tokio::test]
async fn a_search_answers_in_the_shape_that_is_described() {
    let body = check_shape("/api/v1/search?q=lonely&near=WN1+1YF", "SearchWire").await;
    assert_eq!(body["understood"]["precision"], "postcode");
    assert_eq!(body["understood"]["needs"][0]["id"], "loneliness");
    assert!(body["total"].as_u64().unwrap() >= 2);
    assert_eq!(body["elsewhere"], 1);
    let first = &body["results"][0];
    assert_eq!(first["serves"]["how"], "inside");
    assert!(first["factors"].as_array().unwrap().len() >= 5);
    assert!(body["facets"]["cost"].is_array());
}

#[tokio::test]
async fn the_factors_make_up_the_score() {
    let body = check_shape("/api/v1/search?q=lonely&near=WN1+1YF&age=70", "SearchWire").await;
    for result in body["results"].as_array().unwrap() {
        let factors = result["factors"].as_array().unwrap();
        let log: f64 = factors
            .iter()
            .map(|factor| {
                factor["weight"].as_f64().unwrap() * factor["value"].as_f64().unwrap().ln()
            })
            .sum();
        let score = result["score"].as_f64().unwrap();
        assert!((log.exp() - score).abs() < 1e-3, "{} is not {score}", log.exp());
    }
}

#[tokio::test]
async fn a_confidential_address_is_in_no_call() {
    let (_, found) = call("/api/v1/search?q=lonely&near=WN1+1YF&per_page=100").await;
    let refuge = found["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["name"] == "Quiet harbour")
        .unwrap();
    assert_eq!(refuge["distance_metres"], Value::Null);
    assert_eq!(refuge["distance_band"], Value::Null);
    assert_eq!(refuge["venue"], Value::Null);
    let id = refuge["id"].as_str().unwrap();
    let whole = check_shape(&format!("/api/v1/services/{id}"), "ServiceWire").await;
    assert_eq!(whole["hidden_venues"], 1);
    let text = format!("{found}{whole}");
    for secret in crate::harness::CONFIDENTIAL {
        assert!(!text.contains(secret), "{secret} is in a call");
    }
}

#[tokio::test]
async fn listings_places_needs_and_suggestions_have_their_shapes() {
    let (_, found) = call("/api/v1/search?q=gardening").await;
    let service = found["results"][0]["id"].as_str().unwrap().to_owned();
    let organisation = found["results"][0]["organisation"]["id"].as_str().unwrap().to_owned();
    check_shape(&format!("/api/v1/services/{service}"), "ServiceWire").await;
    check_shape(&format!("/api/v1/organisations/{organisation}"), "OrganisationWire").await;
    let place = check_shape("/api/v1/places/E08000010", "PlaceWire").await;
    assert_eq!(place["name"], "Wigan");
    assert!(place["services"].as_u64().unwrap() > 0);
    check_shape("/api/v1/places?q=leigh", "PlacesWire").await;
    check_shape("/api/v1/needs", "NeedsWire").await;
    let suggest = check_shape("/api/v1/suggest?q=lone", "SuggestWire").await;
    assert_eq!(suggest["suggestions"][0]["id"], "loneliness");
}

#[tokio::test]
async fn errors_name_each_value_and_what_would_do() {
    let (status, body) = call("/api/v1/search?age=old&day=tues").await;
    assert_eq!(status, 400);
    assert_eq!(body["error"], "bad_values");
    assert_eq!(body["fields"][0]["field"], "age");
    assert_eq!(
        body["fields"][1]["expected"],
        "one of mon, tue, wed, thu, fri, sat, sun, not-stated"
    );
    for path in [
        "/api/v1/services/7",
        "/api/v1/services/00000000-0000-0000-0000-000000000000",
        "/api/v1/organisations/x",
        "/api/v1/places/E99",
        "/api/v1/nothing",
    ] {
        let (status, body) = call(path).await;
        assert_eq!((status, body["error"].as_str()), (404, Some("not_found")), "{path}");
    }
}

#[tokio::test]
async fn hostile_calls_get_an_answer() {
    let long = "x".repeat(20_000);
    for query in [
        "q=%00%ff",
        "near=%F0%9F%92%A9",
        "per_page=0",
        "per_page=101",
        "page=99999999999999999999",
        "within=NaN",
        "place=../../etc",
        &format!("q={long}"),
        &"need=a&".repeat(900),
    ] {
        let (status, _) = call(&format!("/api/v1/search?{query}")).await;
        assert!(status == 200 || status == 400, "{query:.40}: {status}");
    }
}
