//! Capacity by program: stated with a key, and asked about by anybody.

use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    domain::{Capacity, CapacityStatus, Program, ServiceId, Units},
    keeping::{FormFault, KeepingError, Stated, Taken, state_by_program},
    search::{Fault, Labelled},
};

use super::error::{ApiError, ErrorBody};

/// Statements of one program in [`SPAN`].
const STATEMENTS: u32 = 6_000;
const SPAN: SignedDuration = SignedDuration::from_mins(10);
/// The most statements of one call.
const MOST: usize = 200;

/// What a program says of a service’s room for people.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementWire {
    /// `open`, `waiting`, `full` or `paused`.
    status: String,
    /// The id of the venue that it is about; left out, the whole service.
    #[serde(default)]
    venue: Option<String>,
    #[serde(default)]
    wait_weeks: Option<u16>,
    #[serde(default)]
    units: Option<UnitsStated>,
    /// The people it is about, where not all: "under 25s". Never one person.
    #[serde(default)]
    for_whom: Option<String>,
    /// Shown beside the answer. Never about one person.
    #[serde(default)]
    note: Option<String>,
    /// The moment that it is about (RFC 3339); left out, now.
    #[serde(default)]
    as_of: Option<String>,
    /// From when on it no longer counts; left out, after as many days as the directory sets.
    #[serde(default)]
    lapses_at: Option<String>,
}

/// Places by number, as far as known.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsStated {
    /// What is counted: places, beds, hours.
    unit: String,
    #[serde(default)]
    available: Option<u32>,
    #[serde(default)]
    maximum: Option<u32>,
    #[serde(default)]
    funded: Option<u32>,
}

/// Several statements.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementsWire {
    /// Up to 200.
    statements: Vec<StatementOfWire>,
}

/// A statement with the service that it is about; for the rest, as one that is sent alone.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementOfWire {
    /// The service’s id.
    service: String,
    /// What makes it the same statement when it is sent again.
    #[serde(default)]
    key: Option<String>,
    /// `open`, `waiting`, `full` or `paused`.
    status: String,
    /// The id of the venue that it is about; left out, the whole service.
    #[serde(default)]
    venue: Option<String>,
    #[serde(default)]
    wait_weeks: Option<u16>,
    #[serde(default)]
    units: Option<UnitsStated>,
    /// The people it is about, where not all: "under 25s". Never one person.
    #[serde(default)]
    for_whom: Option<String>,
    /// Shown beside the answer. Never about one person.
    #[serde(default)]
    note: Option<String>,
    /// The moment that it is about (RFC 3339); left out, now.
    #[serde(default)]
    as_of: Option<String>,
    /// From when on it no longer counts; left out, after as many days as the directory sets.
    #[serde(default)]
    lapses_at: Option<String>,
}

impl StatementOfWire {
    fn statement(&self) -> StatementWire {
        let one = self.clone();
        StatementWire {
            status: one.status,
            venue: one.venue,
            wait_weeks: one.wait_weeks,
            units: one.units,
            for_whom: one.for_whom,
            note: one.note,
            as_of: one.as_of,
            lapses_at: one.lapses_at,
        }
    }
}

/// A statement as it was taken.
#[derive(Serialize, ToSchema)]
pub struct TakenWire {
    id: String,
    service: String,
    status: &'static str,
    as_of: String,
    lapses_at: String,
    by: String,
    /// Whether it had been taken before, so that nothing was changed.
    unchanged: bool,
}

/// What became of each statement, in their order.
#[derive(Serialize, ToSchema)]
pub struct OutcomesWire {
    accepted: usize,
    unchanged: usize,
    refused: usize,
    outcomes: Vec<OutcomeWire>,
}

/// What became of one statement.
#[derive(Serialize, ToSchema)]
pub struct OutcomeWire {
    service: String,
    /// As taken; null where it was refused.
    taken: Option<TakenWire>,
    /// Why it was refused; null where it was taken.
    error: Option<ErrorBody>,
}

/// States whether a service takes people.
#[utoipa::path(
    post,
    path = "/api/v1/services/{id}/capacity",
    params(
        ("id" = String, Path, description = "The service's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same statement, however often it is sent"),
    ),
    request_body = StatementWire,
    responses(
        (status = 201, description = "Taken, durable, and in the next search", body = TakenWire),
        (status = 200, description = "It had been taken before", body = TakenWire),
        (status = 400, description = "Something cannot be read", body = ErrorBody),
        (status = 401, description = "There is no such key", body = ErrorBody),
        (status = 403, description = "The key is not for this service", body = ErrorBody),
        (status = 404, description = "There is no such service", body = ErrorBody),
        (status = 409, description = "Another statement was sent with the same Idempotency-Key", body = ErrorBody),
    ),
    security(("key" = []))
)]
pub async fn state(
    State(app): State<App>,
    Path(id): Path<String>,
    Extension(program): Extension<Program>,
    headers: HeaderMap,
    body: Result<Json<StatementWire>, JsonRejection>,
) -> Result<Response, ApiError> {
    let Json(wire) = body?;
    count(&app, &program, 1)?;
    let once = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let stated = stated(service_id(&id)?, &wire, once.map(str::to_owned))?;
    let taken = app.run(move |app| take(app, &program, &[stated])).await??;
    let taken = taken.into_iter().next().ok_or(ApiError::NotFound { what: "service" })??;
    let status = if taken.unchanged { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(taken)).into_response())
}

/// States it for several services. Each is taken or refused by itself.
#[utoipa::path(
    post,
    path = "/api/v1/capacity",
    request_body = StatementsWire,
    responses(
        (status = 200, description = "What became of each", body = OutcomesWire),
        (status = 400, description = "The body cannot be read, or holds too much", body = ErrorBody),
        (status = 401, description = "There is no such key", body = ErrorBody),
    ),
    security(("key" = []))
)]
pub async fn state_several(
    State(app): State<App>,
    Extension(program): Extension<Program>,
    body: Result<Json<StatementsWire>, JsonRejection>,
) -> Result<Json<OutcomesWire>, ApiError> {
    let Json(StatementsWire { statements }) = body?;
    if statements.len() > MOST {
        let expected = format!("up to {MOST} statements");
        let found = statements.len().to_string();
        return Err(ApiError::BadValues(vec![Fault::new("statements", &found, expected)]));
    }
    count(&app, &program, u32::try_from(statements.len()).unwrap_or(u32::MAX))?;
    let outcomes = app.run(move |app| outcomes(app, &program, &statements)).await??;
    Ok(Json(outcomes))
}

fn outcomes(
    app: &App,
    program: &Program,
    statements: &[StatementOfWire],
) -> Result<OutcomesWire, ApiError> {
    let read = |one: &StatementOfWire| {
        service_id(&one.service).and_then(|id| stated(id, &one.statement(), one.key.clone()))
    };
    let (mut good, mut places) = (Vec::new(), Vec::new());
    for one in statements {
        places.push(read(one).map(|stated| good.push(stated)));
    }
    let mut taken = take(app, program, &good)?.into_iter();
    let missing = || ApiError::NotFound { what: "service" };
    let outcomes = statements.iter().zip(places).map(|(one, read)| {
        let became = read.and_then(|()| taken.next().ok_or_else(missing)?);
        let (taken, error) = match became {
            Ok(taken) => (Some(taken), None),
            Err(error) => (None, Some(error.into_body())),
        };
        OutcomeWire { service: one.service.chars().take(60).collect(), taken, error }
    });
    let outcomes: Vec<OutcomeWire> = outcomes.collect();
    let taken = |unchanged: bool| {
        let taken = outcomes.iter().filter_map(|outcome| outcome.taken.as_ref());
        taken.filter(|taken| taken.unchanged == unchanged).count()
    };
    Ok(OutcomesWire {
        accepted: taken(false),
        unchanged: taken(true),
        refused: outcomes.iter().filter(|outcome| outcome.error.is_some()).count(),
        outcomes,
    })
}

/// Counts so many statements of a program.
fn count(app: &App, program: &Program, statements: u32) -> Result<(), ApiError> {
    let (whom, now) = (program.id.0.as_bytes(), app.clock.now());
    Ok(app.limits.count_several("program", whom, (statements, STATEMENTS), SPAN, now)?)
}

/// What became of each statement, in their order.
fn take(
    app: &App,
    program: &Program,
    stated: &[Stated],
) -> Result<Vec<Result<TakenWire, ApiError>>, ApiError> {
    let (keeping, now) = (&app.config.keeping, app.clock.now());
    let taken = state_by_program(&app.store, &app.gazetteer, program, stated, keeping, now)?;
    let wire = |taken: Taken| match taken {
        Taken::Accepted(said) => TakenWire::of(&said, false),
        Taken::Before(said) => TakenWire::of(&said, true),
    };
    Ok(taken.into_iter().map(|taken| taken.map(wire).map_err(ApiError::from)).collect())
}

impl TakenWire {
    fn of(said: &Capacity, unchanged: bool) -> Self {
        Self {
            id: said.id.to_string(),
            service: said.service.to_string(),
            status: said.status.key(),
            as_of: said.as_of.to_string(),
            lapses_at: said.lapses_at.to_string(),
            by: said.by.name.clone(),
            unchanged,
        }
    }
}

fn service_id(text: &str) -> Result<ServiceId, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound { what: "service" })
}

/// Reads a statement; every value that cannot be read is told.
fn stated(
    service: ServiceId,
    wire: &StatementWire,
    once: Option<String>,
) -> Result<Stated, ApiError> {
    let mut faults = Vec::new();
    let mut say = |field: &str, found: &str, expected: &str| {
        faults.push(Fault::new(field, found, expected.to_owned()));
    };
    let status = CapacityStatus::from_key(&wire.status);
    if status.is_none() {
        say("status", &wire.status, "open, waiting, full or paused");
    }
    let venue = wire.venue.as_ref().map(|venue| venue.parse());
    if matches!(venue, Some(Err(_))) {
        say("venue", wire.venue.as_deref().unwrap_or_default(), "the id of a venue");
    }
    let mut moment = |field: &str, text: Option<&String>| -> Option<Timestamp> {
        let text = text?;
        let read = text.parse().ok();
        if read.is_none() {
            say(field, text, "a moment such as 2026-11-22T09:00:00Z");
        }
        read
    };
    let as_of = moment("as_of", wire.as_of.as_ref());
    let lapses_at = moment("lapses_at", wire.lapses_at.as_ref());
    match status {
        Some(status) if faults.is_empty() => Ok(Stated {
            service,
            venue: venue.and_then(Result::ok),
            status,
            units: wire.units.clone().map(Units::from),
            wait_weeks: wire.wait_weeks,
            for_whom: line(wire.for_whom.as_ref()),
            note: line(wire.note.as_ref()),
            as_of,
            lapses_at,
            once,
        }),
        _ => Err(ApiError::BadValues(faults)),
    }
}

/// A text of one line; nothing where it is empty.
fn line(text: Option<&String>) -> Option<String> {
    let plain: String = text?.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line).filter(|line| !line.is_empty())
}

impl From<UnitsStated> for Units {
    fn from(wire: UnitsStated) -> Self {
        let unit = line(Some(&wire.unit)).unwrap_or_default();
        Self { unit, available: wire.available, maximum: wire.maximum, funded: wire.funded }
    }
}

impl From<KeepingError> for ApiError {
    fn from(error: KeepingError) -> Self {
        match error {
            KeepingError::NotFound(_) => Self::NotFound { what: "service" },
            KeepingError::NotTheirs => Self::NotTheirs,
            KeepingError::ChangedMeanwhile => Self::SentOtherwise,
            KeepingError::Form(faults) => {
                let fault = |fault: FormFault| Fault::new(fault.field, "", fault.message);
                Self::BadValues(faults.into_iter().map(fault).collect())
            }
            error => Self::Keeping(error),
        }
    }
}
