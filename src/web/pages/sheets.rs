//! `/manage/sheets`: many listings at once, in a spreadsheet that goes down and up again.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::health_listings::behind_of;
use crate::{
    app::App,
    domain::{Person, ServiceId},
    keeping::{FormFault, Guest, KeepingError, kept_by, listings_behind},
    search::wording,
    sheets::{self, Desk, MOST_ROWS, as_book, blank_sheet, sheet_of},
    store::Upload,
    table::{Table, to_xlsx},
    web::{
        asked::Pairs,
        cache::Cache,
        download::{WORKBOOK, csv, file},
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{done_banner, error_summary, key_field, message},
            frame::back_link,
        },
        paths,
        typed::fault_of,
        upload::Uploaded,
        work::Web,
    },
};

/// The field of the file.
const FILE: &str = "file";

/// What it takes to look at a sheet for somebody.
pub fn desk<'a>(app: &'a App, person: &'a Person, now: Timestamp) -> Desk<'a> {
    Desk {
        store: &app.store,
        gazetteer: &app.gazetteer,
        vocabulary: app.vocabulary,
        keeping: &app.config.keeping,
        limits: &app.limits,
        person,
        now,
    }
}

/// Answers with where sheets come from and go to.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let page = SheetsPage::find(&web, &guest).await?;
    let said = match pairs.first("done") {
        "dropped" => Some(("Thrown away", "Nothing of that sheet is saved.".to_owned())),
        "gone" => Some((
            "That sheet is no longer here",
            "All of it is saved, or it was thrown away, or it was sent over a week ago.".to_owned(),
        )),
        "saved" => Some(("Saved", "All that the sheet says stands there now.".to_owned())),
        _ => None,
    };
    Ok(web.show(&SheetsPage { said, ..page }, Cache::Private))
}

/// Takes a sheet in, and goes to what it would change.
pub async fn send(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    uploaded: Uploaded,
) -> Result<Response, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let taken = web.work(move |app| {
        if uploaded.bytes.is_empty() {
            return Ok(Err("Choose the file that you filled in".to_owned()));
        }
        sheets::keep(&app.store, &person, (&uploaded.name, &uploaded.bytes), now)
    });
    let how = match taken.await? {
        Ok(id) => return Ok(Redirect::to(&paths::sheet(id)).into_response()),
        Err(how) => how,
    };
    let page = SheetsPage::find(&web, &guest).await?;
    let faults = vec![FormFault::new(FILE, how)];
    Ok(web.show_as(&PageError::Unacceptable(Vec::new()), &SheetsPage { faults, ..page }))
}

/// Answers with listings as CSV.
pub async fn as_csv(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let table = table(&web, &guest, pairs).await?;
    Ok(csv("listings.csv", &table))
}

/// Answers with listings as a workbook.
pub async fn as_workbook(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let table = table(&web, &guest, pairs).await?;
    let book = web.work(move |app| {
        let book = as_book(&table, app.vocabulary);
        to_xlsx(&table, &book).map_err(|error| PageError::Failed(std::sync::Arc::new(error)))
    });
    Ok(file(WORKBOOK, "listings.xlsx", book.await?))
}

/// One's own listings; or those behind a figure, for a steward.
async fn table(web: &Web, guest: &Guest, pairs: Pairs) -> Result<Table, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    web.work(move |app| {
        let ids = match behind_of(&pairs) {
            Some(behind) => {
                let from = (&app.survey, &app.store, &*app.gazetteer);
                let found = listings_behind(from, &person, &behind, (0, MOST_ROWS), now)?;
                found.records.iter().map(|record| record.service.id).collect()
            }
            None => own(app, &person)?,
        };
        let table = sheet_of(&desk(app, &person, now), &ids)?;
        Ok::<_, KeepingError>(if table.rows.is_empty() { blank_sheet() } else { table })
    })
    .await
}

fn own(app: &App, person: &Person) -> Result<Vec<ServiceId>, KeepingError> {
    let kept = kept_by(&app.store, person)?;
    Ok(kept.iter().map(|record| record.service.id).take(MOST_ROWS).collect())
}

#[derive(Clone)]
struct SheetsPage<'a> {
    guest: &'a Guest,
    /// How many listings one's own sheet has.
    own: usize,
    sent: Vec<Upload>,
    /// What was done just now: a title and a sentence.
    said: Option<(&'static str, String)>,
    faults: Vec<FormFault>,
    now: Timestamp,
}

impl<'a> SheetsPage<'a> {
    async fn find(web: &Web, guest: &'a Guest) -> Result<Self, PageError> {
        let (person, now) = (guest.person.clone(), web.now());
        let find = move |app: &App| {
            Ok::<_, KeepingError>((own(app, &person)?.len(), sheets::list(&app.store, &person)?))
        };
        let (own, sent) = web.work(find).await?;
        Ok(Self { guest, own, sent, said: None, faults: Vec::new(), now })
    }
}

impl Page for SheetsPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head::for_guest(format!("{error}Many listings at once"), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::MANAGE, "Your listings")
    }
}

impl Render for SheetsPage<'_> {
    fn render(&self) -> Markup {
        let is_steward = self.guest.person.is(crate::domain::Role::Steward);
        html! {
            (error_summary(&self.faults))
            @if let Some((title, text)) = &self.said { (done_banner(title, text)) }
            h1 class="govuk-heading-l" { "Many listings at once" }
            p class="govuk-body-l" { "Download your listings as a spreadsheet, change what you like, and send it back. You see what would change before anything does." }
            h2 class="govuk-heading-m" { "1. Download" }
            @if self.own > 0 {
                p class="govuk-body" {
                    a class="govuk-link" href=(paths::sheet_of("xlsx", "")) { "Your listings as a workbook (.xlsx)" }
                    ", " (wording::counted(self.own, "listing", "listings")) ". It has the words to choose from and how it works on further sheets."
                }
            } @else {
                p class="govuk-body" { a class="govuk-link" href=(paths::sheet_of("xlsx", "")) { "An empty workbook (.xlsx)" } ", with the words to choose from and how it works on further sheets." }
            }
            p class="govuk-body" { "Or " a class="govuk-link" href=(paths::sheet_of("csv", "")) { "the same as CSV" } "." }
            @if is_steward {
                p class="govuk-body" { "As a steward, you can download any list of listings of your part: open a figure of " a class="govuk-link" href=(paths::HEALTH) { "how the listings stand" } "." }
            }
            (self.upload())
            (self.waiting())
        }
    }
}

impl SheetsPage<'_> {
    fn upload(&self) -> Markup {
        let fault = fault_of(&self.faults, FILE);
        let class = if fault.is_some() {
            "govuk-form-group govuk-form-group--error"
        } else {
            "govuk-form-group"
        };
        html! {
            h2 class="govuk-heading-m" { "2. Send it back" }
            form method="post" action=(paths::SHEETS) enctype="multipart/form-data" novalidate {
                (key_field(&self.guest.form_key))
                div class=(class) {
                    label class="govuk-label govuk-label--s" for=(FILE) { "The file that you filled in" }
                    div id="file-hint" class="govuk-hint" { "A workbook (.xlsx) or CSV of up to 2,000 listings and 5 MB. Nothing is changed yet." }
                    (message(FILE, fault))
                    input class="govuk-file-upload" id=(FILE) name=(FILE) type="file" accept=".xlsx,.csv" aria-describedby="file-hint" aria-invalid=[fault.map(|_| "true")];
                }
                button class="govuk-button" data-module="govuk-button" data-prevent-double-click="true" { "See what would change" }
            }
        }
    }

    fn waiting(&self) -> Markup {
        html! {
            @if !self.sent.is_empty() {
                h2 class="govuk-heading-m" { "Sent, and not all saved" }
                ul class="ha-ways" role="list" {
                    @for upload in &self.sent {
                        li {
                            h3 class="ha-ways__title" { a class="govuk-link" href=(paths::sheet(upload.id)) { (upload.name) } }
                            p { "Sent " (wording::ago(upload.made, self.now)) "." }
                        }
                    }
                }
                p class="govuk-body" { "They are kept for a week." }
            }
        }
    }
}
