//! `/manage/services/{id}/history.csv`: what was changed in a listing, for who looks after it, as
//! a table: a line for each field, and the same rule as on the page of who sees what.

use axum::{
    Extension,
    extract::{Path, State},
    response::Response,
};

use super::{
    history::{Event, Past, What, label, title, words},
    keep::theirs,
};
use crate::{
    domain::{Role, ServiceId},
    keeping::Guest,
    search::Labelled,
    table::{Row, Table},
    web::{asked::Named, download::csv, error::PageError, work::Web},
};

/// The most changes that are written down.
const MOST: usize = 10_000;
const HEADINGS: [&str; 7] = ["when", "by", "what", "field", "before", "after", "why"];

/// Answers with the table.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let id: ServiceId = named.id()?;
    let (_, by) = theirs(&web, &guest, id).await?;
    let past = web.work(move |app| Past::find(app, id, MOST)).await?;
    let says_why = by.role == Role::Steward;
    let rows = past.events.iter().flat_map(|event| rows(event, says_why));
    let rows = (2..).zip(rows).map(|(line, row)| Row { line, values: row.to_vec() });
    let header = HEADINGS.map(str::to_owned).to_vec();
    Ok(csv("changes.csv", &Table { header, rows: rows.collect() }))
}

/// What was done, on a line for each field.
fn rows(event: &Event, says_why: bool) -> Vec<[String; HEADINGS.len()]> {
    let why = event.why.clone().filter(|_| says_why).unwrap_or_default();
    let row = |what: &str, [field, before, after]: [String; 3]| {
        let at = event.at.to_string();
        [at, event.by.clone(), what.to_owned(), field, before, after, why.clone()]
    };
    match &event.what {
        What::Listed => vec![row("Listed", Default::default())],
        What::Said(said) => {
            let note = said.note.clone().unwrap_or_default();
            let field = "Whether it takes people".to_owned();
            vec![row(
                "Said",
                [field, String::new(), [said.status.label(), &note].join(" ").trim().to_owned()],
            )]
        }
        What::Edited(fields) => {
            let seen = |field: &str, value| words(field, value).unwrap_or_default();
            let named =
                fields.iter().filter_map(|(field, values)| Some((field, label(field)?, values)));
            let mut rows: Vec<_> = named
                .map(|(field, label, (before, after))| {
                    row(title(fields), [label.to_owned(), seen(field, before), seen(field, after)])
                })
                .collect();
            if rows.is_empty() {
                rows.push(row(title(fields), Default::default()));
            }
            rows
        }
    }
}
