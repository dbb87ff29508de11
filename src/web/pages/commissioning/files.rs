//! `/commissioning/{code}/supply.csv` and `.xlsx`: every figure of a place, and what each means.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{Known, view_of};
use crate::{
    assessing::{definitions_sheet, supply_table},
    domain::PlaceCode,
    table::{Book, Width, to_xlsx},
    web::{
        asked::{Named, Pairs},
        download::{WORKBOOK, csv, file},
        error::PageError,
        paths::{self, View},
        work::Web,
    },
};

/// Answers with the table.
pub async fn as_csv(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let known = Known::find(&web, PlaceCode(named.id), view_of(&pairs).parts).await?;
    let table =
        web.work(move |app| Ok::<_, PageError>(supply_table(&known.assessment, app.vocabulary)));
    Ok(csv("supply.csv", &table.await?))
}

/// Answers with a workbook, what the figures mean on its first sheet.
pub async fn as_workbook(
    State(web): State<Web>,
    Path(named): Path<Named>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let view = view_of(&pairs);
    let known = Known::find(&web, PlaceCode(named.id), view.parts).await?;
    let plain = View { parts: known.assessment.kind, ..View::default() };
    let address = web.app.config.directory.link(&paths::assessment(known.code(), &plain));
    let book = web.work(move |app| {
        let table = supply_table(&known.assessment, app.vocabulary);
        let book = Book {
            name: "What there is",
            ahead: vec![("What this is", definitions_sheet(&known.assessment, &address))],
            columns: COLUMNS.map(|width| (width, Vec::new())).to_vec(),
            kept_in_sight: 2,
            ..Book::default()
        };
        to_xlsx(&table, &book).map_err(|error| PageError::Failed(Arc::new(error)))
    });
    Ok(file(WORKBOOK, "supply.xlsx", book.await?))
}

const COLUMNS: [Width; 14] = {
    use Width::{Middle, Narrow, Number};
    [
        Narrow, Middle, Middle, Narrow, Middle, Middle, Number, Number, Number, Number, Number,
        Number, Number, Narrow,
    ]
};
