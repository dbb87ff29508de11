//! Capacity stated by programs, and asked about.

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use hereabouts::{
    api,
    app::{App, Clock},
    config::Config,
    domain::{Grant, OrganisationId, PlaceCode, Program, ProgramId, Role, Scope},
    keeping::Secret,
    store::Reading,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::harness::{
    Site, app, now,
    people::{service, tester},
    town,
};

const OWN: &str = "Growing together";

/// The town with a program that speaks for one listing, and its key.
fn directory() -> (App, String) {
    let scope = Scope::Organisation { id: OrganisationId::derive("test", OWN) };
    with_program(vec![Grant { role: Role::Provider, scope }])
}

fn with_program(grants: Vec<Grant>) -> (App, String) {
    let app = app(&town(), Config::default());
    let key = Secret::new().unwrap();
    let program = Program {
        id: ProgramId::derive("test", "bookings"),
        name: "Booking system".to_owned(),
        key_hash: key.hash(),
        grants,
        added: now(),
        revoked: None,
    };
    app.store.change(&tester(), now(), move |changes| changes.save_program(&program)).unwrap();
    (app, key.reveal().to_owned())
}

async fn send(app: &App, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let router: Router = api::router(app.clone());
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response =
        router.oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&bytes).unwrap())
}

async fn state(app: &App, key: &str, body: Value) -> (u16, Value) {
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    send(app, &path(OWN), &headers, &body.to_string()).await
}

fn path(name: &str) -> String {
    format!("/api/v1/services/{}/capacity", service(name))
}

fn statements(app: &App) -> usize {
    app.store.list_capacity_of(service(OWN)).unwrap().len()
}

/// Whether a body has the shape that the served description gives.
async fn check_shape(app: &App, component: &str, body: &Value) {
    let router: Router = api::router(app.clone());
    let request = Request::get("/api/v1/openapi.json").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let document: Value = serde_json::from_slice(&bytes).unwrap();
    let schema = json!({
        "$ref": format!("#/components/schemas/{component}"), "components": document["components"],
    });
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator.iter_errors(body).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{body}: {faults:#?}");
}

#[tokio::test]
async fn a_statement_is_dated_signed_and_in_the_next_search() {
    let (app, key) = directory();
    let body = json!({
        "status": "waiting", "wait_weeks": 2, "note": "Mornings only",
        "units": { "unit": "places", "available": 0, "maximum": 12 },
        "as_of": "2026-11-22T11:00:00Z", "lapses_at": "2026-11-29T11:00:00Z",
    });
    let (status, taken) = state(&app, &key, body).await;
    assert_eq!(status, 201, "{taken}");
    check_shape(&app, "TakenWire", &taken).await;
    assert_eq!((&taken["by"], &taken["unchanged"]), (&json!("Booking system"), &json!(false)));
    app.search.follow().unwrap();
    let page = Site::over(app.clone()).get(&format!("/services/{}", service(OWN))).await;
    for said in ["Waiting list, about 2 weeks", "said by Booking system, today", "Mornings only"] {
        assert!(page.text().contains(said), "{said}: {}", page.text());
    }
    let lapsed =
        App { clock: Clock::Fixed("2026-11-29T11:00:00Z".parse().unwrap()), ..app.clone() };
    let page = Site::over(lapsed).get(&format!("/services/{}", service(OWN))).await;
    assert!(page.text().contains("Not known if taking people"), "{}", page.text());
}

#[tokio::test]
async fn sent_again_it_is_the_same_statement_and_another_under_its_key_is_refused() {
    let (app, key) = directory();
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str()), ("idempotency-key", "monday")];
    let body = json!({ "status": "full" }).to_string();
    let (first, taken) = send(&app, &path(OWN), &headers, &body).await;
    let later = App { clock: Clock::Fixed("2026-11-22T13:00:00Z".parse().unwrap()), ..app.clone() };
    let (second, again) = send(&later, &path(OWN), &headers, &body).await;
    assert_eq!((first, second), (201, 200));
    assert_eq!((&taken["id"], &taken["as_of"]), (&again["id"], &again["as_of"]));
    assert_eq!(again["unchanged"], true);
    let other = json!({ "status": "open" }).to_string();
    let (third, refused) = send(&later, &path(OWN), &headers, &other).await;
    assert_eq!((third, &refused["error"]), (409, &json!("sent_otherwise")));
    assert_eq!(statements(&app), 2, "as loaded, and once");
}

#[tokio::test]
async fn only_a_good_key_speaks_and_only_for_its_own() {
    let (app, key) = directory();
    let body = json!({ "status": "full" }).to_string();
    let wrong = "0".repeat(40);
    for headers in [
        vec![],
        vec![("authorization", "Bearer ".to_owned() + &wrong)],
        vec![("authorization", format!("Basic {key}"))],
        vec![("authorization", "Bearer x".to_owned())],
    ] {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let (status, refused) = send(&app, &path(OWN), &headers, &body).await;
        assert_eq!((status, &refused["error"]), (401, &json!("no_key")), "{headers:?}");
    }
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    let (status, _) = send(&app, &path("Ring round"), &headers, &body).await;
    assert_eq!(status, 403);
    let unknown = "/api/v1/services/0192f0a4-7c1e-7abc-8def-0123456789ab/capacity";
    assert_eq!(send(&app, unknown, &headers, &body).await.0, 404);
    assert_eq!(send(&app, "/api/v1/services/x/capacity", &headers, &body).await.0, 404);
    let mut program = app.store.programs().unwrap().remove(0);
    program.revoked = Some(now());
    app.store.change(&tester(), now(), move |changes| changes.save_program(&program)).unwrap();
    assert_eq!(state(&app, &key, json!({ "status": "full" })).await.0, 401);
    assert_eq!(statements(&app), 1);
}

#[tokio::test]
async fn a_key_for_a_place_speaks_for_what_is_there() {
    let steward = |code: &str| {
        vec![Grant { role: Role::Steward, scope: Scope::Place { code: PlaceCode::from(code) } }]
    };
    let (app, key) = with_program(steward("E08000010"));
    assert_eq!(state(&app, &key, json!({ "status": "open" })).await.0, 201);
    let (app, key) = with_program(steward("E08000001"));
    assert_eq!(state(&app, &key, json!({ "status": "open" })).await.0, 403);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_field_by_field() {
    let (app, key) = directory();
    let cases = [
        (json!({ "status": "ajar" }), "status"),
        (json!({ "status": "open", "venue": "x" }), "venue"),
        (json!({ "status": "open", "venue": "0192f0a4-7c1e-7abc-8def-0123456789ab" }), "venue"),
        (json!({ "status": "open", "as_of": "yesterday" }), "as_of"),
        (json!({ "status": "open", "as_of": "2026-11-23T00:00:00Z" }), "as_of"),
        (json!({ "status": "open", "as_of": "9999-12-20T00:00:00Z" }), "as_of"),
        (json!({ "status": "open", "note": "for 999 123 4519" }), "note"),
        (json!({ "status": "open", "lapses_at": "2026-11-22T11:59:59Z" }), "lapses_at"),
        (json!({ "status": "open", "lapses_at": "2030-01-01T00:00:00Z" }), "lapses_at"),
        (json!({ "status": "open", "as_of": "2025-01-01T00:00:00Z" }), "lapses_at"),
        (json!({ "status": "waiting", "wait_weeks": 300 }), "wait_weeks"),
        (json!({ "status": "open", "note": "n".repeat(301) }), "note"),
        (json!({ "status": "open", "for_whom": "n".repeat(101) }), "for_whom"),
        (json!({ "status": "open", "units": { "unit": "n".repeat(41) } }), "units.unit"),
    ];
    for (body, field) in cases {
        let (status, refused) = state(&app, &key, body.clone()).await;
        assert_eq!((status, &refused["error"]), (400, &json!("bad_values")), "{body}: {refused}");
        let fields: Vec<&Value> =
            refused["fields"].as_array().unwrap().iter().map(|fault| &fault["field"]).collect();
        assert_eq!(fields, [field], "{body}");
    }
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    let deep = "[".repeat(100_000);
    let large = format!("{{\"status\":\"open\",\"note\":\"{}\"}}", "n".repeat(600_000));
    for body in [
        "",
        "{",
        "null",
        "{\"status\":\"open\",\"patient\":\"x\"}",
        "{\"status\":1}",
        &deep,
        &large,
    ] {
        let (status, refused) = send(&app, &path(OWN), &headers, body).await;
        assert_eq!(
            (status, &refused["error"]),
            (400, &json!("bad_body")),
            "{}",
            &body[..body.len().min(40)]
        );
        check_shape(&app, "ErrorBody", &refused).await;
    }
    assert_eq!(statements(&app), 1);
}

#[tokio::test]
async fn several_are_each_taken_or_refused_by_themselves() {
    let (app, key) = directory();
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    let body = json!({ "statements": [
        { "service": service(OWN), "statement": { "status": "open" }, "key": "a" },
        { "service": service(OWN), "statement": { "status": "open" }, "key": "a" },
        { "service": service("Ring round"), "statement": { "status": "open" } },
        { "service": "x", "statement": { "status": "open" } },
        { "service": service(OWN), "statement": { "status": "ajar" } },
    ] });
    let (status, outcomes) = send(&app, "/api/v1/capacity", &headers, &body.to_string()).await;
    assert_eq!(status, 200, "{outcomes}");
    check_shape(&app, "OutcomesWire", &outcomes).await;
    let counts =
        ["accepted", "unchanged", "refused"].map(|count| outcomes[count].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 3]);
    let errors: Vec<&Value> = outcomes["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|outcome| &outcome["error"]["error"])
        .collect();
    assert_eq!(errors[2..], ["not_theirs", "not_found", "bad_values"]);
    let many = vec![json!({ "service": service(OWN), "statement": { "status": "open" } }); 201];
    let body = json!({ "statements": many }).to_string();
    assert_eq!(send(&app, "/api/v1/capacity", &headers, &body).await.0, 400);
    let misspelt = json!({ "statements": [
        { "service": service(OWN), "statement": { "status": "open", "lapse_at": "2026-11-23T00:00:00Z" } },
    ] });
    let (status, refused) = send(&app, "/api/v1/capacity", &headers, &misspelt.to_string()).await;
    assert_eq!((status, &refused["error"]), (400, &json!("bad_body")));
}

#[tokio::test]
async fn anybody_may_ask_who_takes_people_now() {
    let (app, _) = directory();
    let body = json!({
        "services": [
            service(OWN), service("Ring round"), service("Old bowls"), service("Bolton neighbours"),
            "0192f0a4-7c1e-7abc-8def-0123456789ab",
        ],
        "near": "WN1 1AA", "need": "gardening",
    });
    let (status, checked) = send(&app, "/api/v1/capacity-check", &[], &body.to_string()).await;
    assert_eq!(status, 200, "{checked}");
    check_shape(&app, "CheckedWire", &checked).await;
    let all = checked["services"].as_array().unwrap();
    let of =
        |field: &str| -> Vec<&str> { all.iter().map(|one| one[field].as_str().unwrap()).collect() };
    assert_eq!(of("takes_people"), ["yes", "no", "not_known", "not_known", "not_known"]);
    assert_eq!(of("serves"), ["yes", "yes", "yes", "no", "not_asked"]);
    assert_eq!(of("answers_need")[..2], ["yes", "no"]);
    assert_eq!(all[4]["name"], Value::Null);
    for body in [
        json!({ "services": [] }),
        json!({ "services": ["x"] }),
        json!({ "services": vec![service(OWN); 51] }),
        json!({ "services": [service(OWN)], "near": "Bristle" }),
        json!({ "services": [service(OWN)], "need": "nonsense" }),
    ] {
        let (status, refused) = send(&app, "/api/v1/capacity-check", &[], &body.to_string()).await;
        assert_eq!(status, 400, "{body}: {refused}");
        assert!(!refused.to_string().contains("Bristle"), "what was typed is not said back");
    }
}

#[tokio::test]
async fn a_program_that_calls_without_end_is_told_to_wait() {
    let (app, key) = directory();
    let bearer = format!("Bearer {key}");
    let headers = [("authorization", bearer.as_str())];
    let many = vec![json!({ "service": "x", "statement": { "status": "open" } }); 200];
    let body = json!({ "statements": many }).to_string();
    for call in 0..30 {
        assert_eq!(send(&app, "/api/v1/capacity", &headers, &body).await.0, 200, "{call}");
    }
    assert_eq!(send(&app, "/api/v1/capacity", &headers, &body).await.0, 429);
    assert_eq!(state(&app, &key, json!({ "status": "full" })).await.0, 429);
}
