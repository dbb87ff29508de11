//! Capacity by program, stated with a key.

mod wire;

use axum::{
    Extension, Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;

use crate::{
    app::App,
    domain::{Program, ServiceId},
    keeping::{FormFault, KeepingError, Stated, Taken, state_by_program},
    search::Fault,
};

use self::wire::{
    OutcomeWire, OutcomesWire, StatementOfWire, StatementWire, StatementsWire, TakenWire, stated,
};
use super::error::{ApiError, ErrorBody};

/// Statements of one program in [`SPAN`].
const STATEMENTS: u32 = 6_000;
const SPAN: SignedDuration = SignedDuration::from_mins(10);
/// The most statements of one call.
const MOST: usize = 200;

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
        service_id(&one.service).and_then(|id| stated(id, &one.statement, one.key.clone()))
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

fn service_id(text: &str) -> Result<ServiceId, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound { what: "service" })
}

impl From<KeepingError> for ApiError {
    fn from(error: KeepingError) -> Self {
        match error {
            KeepingError::NotFound(_) => Self::NotFound { what: "service" },
            KeepingError::NotTheirs => Self::NotTheirs,
            KeepingError::ChangedMeanwhile => Self::SentOtherwise,
            KeepingError::Form(faults) => {
                let fault = |fault: FormFault| Fault::new(&fault.field, "", fault.message);
                Self::BadValues(faults.into_iter().map(fault).collect())
            }
            error => Self::Keeping(error),
        }
    }
}
