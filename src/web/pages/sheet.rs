//! `/manage/sheets/{id}`: what a sheet would change, before anything does.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::sheets::desk;
use crate::{
    app::App,
    domain::UploadId,
    keeping::{Guest, KeepingError, MOST_BEGUN_A_DAY},
    search::{Labelled, wording},
    sheets::{
        self, CellChange, CellFault, Outcome, Plan, RowPlan, SavedRows, Sent,
        to_mend as rows_to_mend,
    },
    web::{
        asked::{ListPage, Named, Pairs},
        cache::Cache,
        download::csv,
        error::PageError,
        layout::{Head, Page},
        parts::{
            differences::marked,
            fact_list::fact,
            form::{done_banner, hidden, key_field},
            frame::back_link,
            pagination::numbered_pages,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// How many rows that change something stand on a page, and of those that are wrong.
const PER_PAGE: usize = 25;
const MOST_WRONG: usize = 50;

/// Answers with what it would change.
pub async fn show(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let (sent, plan) = planned(&web, &guest, named.id()?).await?;
    let done = SavedRows {
        saved: pairs.first("saved").parse().unwrap_or(0),
        refused: Vec::new(),
        rest_from: pairs.first("from").parse().ok(),
    };
    let list_page = ListPage::of(&pairs, PER_PAGE);
    let shown =
        SheetPage { guest: &guest, sent: &sent, plan: &plan, done, list_page, now: web.now() };
    if list_page.page > 1 && list_page.stretch().0 >= plan.to_save() {
        return Ok(Redirect::to(&paths::sheet(sent.upload.id)).into_response());
    }
    Ok(web.show(&shown, Cache::Private))
}

/// Saves what can be, or throws it away.
pub async fn act(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let id: UploadId = named.id()?;
    let (person, now) = (guest.person.clone(), web.now());
    let drops = match typed.get("do") {
        "save" => false,
        "drop" => true,
        _ => return Err(PageError::Unreadable),
    };
    let from = typed.get("from").parse().unwrap_or(0);
    let work = move |app: &App| {
        let Some(sent) = sheets::find(&app.store, &person, id)? else { return Ok(Pressed::Gone) };
        if drops {
            sheets::forget(&app.store, &sent, now)?;
            return Ok(Pressed::Dropped);
        }
        let desk = desk(app, &person, now);
        let done = sheets::save(&desk, &sent, from)?;
        if done.rest_from.is_some() {
            return Ok(Pressed::Saved(done, None));
        }
        let Some(sent) = sheets::find(&app.store, &person, id)? else { return Ok(Pressed::Gone) };
        let plan = Plan::of(&desk, &sent)?;
        if done.refused.is_empty() && plan.count(|outcome| *outcome != Outcome::Nothing) == 0 {
            sheets::forget(&app.store, &sent, now)?;
            return Ok(Pressed::Whole);
        }
        Ok::<_, KeepingError>(Pressed::Saved(done, Some(Box::new((sent, plan)))))
    };
    let to = match web.work(work).await? {
        // Pressed twice, or when it was forgotten.
        Pressed::Gone => format!("{}?done=gone", paths::SHEETS),
        Pressed::Dropped => format!("{}?done=dropped", paths::SHEETS),
        Pressed::Whole => format!("{}?done=saved", paths::SHEETS),
        Pressed::Saved(done, Some(left)) if !done.refused.is_empty() => {
            let (sent, plan) = *left;
            let list_page = ListPage { page: 1, each: PER_PAGE };
            let page = SheetPage { guest: &guest, sent: &sent, plan: &plan, done, list_page, now };
            return Ok(web.show_as(&PageError::ChangedMeanwhile, &page));
        }
        Pressed::Saved(done, _) => {
            let from = done.rest_from.map(|from| format!("&from={from}")).unwrap_or_default();
            format!("{}?saved={}{from}", paths::sheet(id), done.saved)
        }
    };
    Ok(Redirect::to(&to).into_response())
}

/// What a press came to.
enum Pressed {
    /// There is no such sheet any more.
    Gone,
    Dropped,
    /// All of it stands there.
    Whole,
    /// With what is left, where it is known.
    Saved(SavedRows, Option<Box<(Sent, Plan)>>),
}

/// Answers with the rows that have to be put right, each with what to do.
pub async fn to_mend(
    State(web): State<Web>,
    Path(named): Path<Named>,
    Extension(guest): Extension<Guest>,
) -> Result<Response, PageError> {
    let (sent, plan) = planned(&web, &guest, named.id()?).await?;
    let table = rows_to_mend(&sent, &plan);
    Ok(csv("to-mend.csv", &table))
}

async fn planned(web: &Web, guest: &Guest, id: UploadId) -> Result<(Sent, Plan), PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let found = web.work(move |app| {
        let Some(sent) = sheets::find(&app.store, &person, id)? else { return Ok(None) };
        let plan = Plan::of(&desk(app, &person, now), &sent)?;
        Ok::<_, KeepingError>(Some((sent, plan)))
    });
    found.await?.ok_or(PageError::NotFound)
}

struct SheetPage<'a> {
    guest: &'a Guest,
    sent: &'a Sent,
    plan: &'a Plan,
    done: SavedRows,
    list_page: ListPage,
    now: Timestamp,
}

impl Page for SheetPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest(self.list_page.title("What the sheet would change"), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::SHEETS, "Many listings at once")
    }
}

impl Render for SheetPage<'_> {
    fn render(&self) -> Markup {
        let upload = &self.sent.upload;
        html! {
            (self.banner())
            span class="govuk-caption-l" { (upload.name) ", sent " (wording::ago(upload.made, self.now)) }
            h1 class="govuk-heading-l" { "What the sheet would change" }
            (self.summary())
            form method="post" action=(paths::sheet(upload.id)) novalidate {
                (key_field(&self.guest.form_key))
                @if let Some(from) = self.done.rest_from { (hidden("from", &from.to_string())) }
                div class="govuk-button-group" {
                    @if self.plan.to_save() > 0 {
                        button class="govuk-button" name="do" value="save" data-module="govuk-button" data-prevent-double-click="true" { (self.save()) }
                    }
                    button class="govuk-button govuk-button--secondary" name="do" value="drop" { "Throw the sheet away" }
                }
            }
            @if self.list_page.page == 1 { (self.wrong()) }
            (self.changes())
        }
    }
}

impl SheetPage<'_> {
    fn banner(&self) -> Markup {
        let SavedRows { saved, refused, rest_from } = &self.done;
        let saved = wording::counted(*saved, "row is saved", "rows are saved");
        html! {
            @if rest_from.is_some() { (done_banner("Part of it is saved", &format!("{saved}. Press again for the rest."))) }
            @else if !refused.is_empty() {
                div class="govuk-error-summary" data-module="govuk-error-summary" {
                    div role="alert" {
                        h2 class="govuk-error-summary__title" { (saved) ", and " (wording::counted(refused.len(), "row is not", "rows are not")) }
                        div class="govuk-error-summary__body" {
                            ul class="govuk-list" { @for (line, how) in refused.iter().take(MOST_WRONG) { li { "Row " (line) ": " (how) } } }
                        }
                    }
                }
            }
            @else if self.done.saved > 0 { (done_banner("Saved", &format!("{saved}. What is left has to be put right first."))) }
        }
    }

    fn save(&self) -> String {
        match self.plan.to_save() {
            1 => "Save this row".to_owned(),
            count => format!("Save these {} rows", wording::thousands(count)),
        }
    }

    fn summary(&self) -> Markup {
        let plan = self.plan;
        let changed = plan.count(|outcome| matches!(outcome, Outcome::Changes { .. }));
        let new = plan.count(|outcome| matches!(outcome, Outcome::New(_)));
        let same = plan.count(|outcome| *outcome == Outcome::Nothing);
        let wrong = plan.count(|outcome| matches!(outcome, Outcome::Faults(_)));
        html! {
            ul class="govuk-list govuk-list--bullet" {
                @if changed > 0 { li { (wording::counted(changed, "listing would change", "listings would change")) } }
                @if new > 0 { li { (wording::counted(new, "listing is new: a steward looks at it first", "listings are new: a steward looks at them first")) } }
                @if wrong > 0 { li { (wording::counted(wrong, "row has to be put right first", "rows have to be put right first")) } }
                @if same > 0 { li { (wording::counted(same, "row says what stands there already", "rows say what stands there already")) } }
            }
            @if new > MOST_BEGUN_A_DAY as usize {
                p class="govuk-inset-text" { "You can begin " (MOST_BEGUN_A_DAY) " new listings a day. Press again tomorrow for the others: the sheet is kept for a week." }
            }
            (self.left())
            @if !plan.unread.is_empty() {
                p class="govuk-inset-text" { "Not read, since they are not headings of our sheets: " (wording::listed(&plan.unread)) "." }
            }
        }
    }

    /// What somebody else changed since the sheet was made, and its sender did not.
    fn left(&self) -> Markup {
        let rows: Vec<&RowPlan> =
            self.plan.rows.iter().filter(|row| !row.left.is_empty()).collect();
        html! {
            @if !rows.is_empty() {
                details class="govuk-details" {
                    summary class="govuk-details__summary" {
                        span class="govuk-details__summary-text" {
                            (wording::counted(rows.len(), "listing was changed", "listings were changed")) " by somebody else since the sheet was made"
                        }
                    }
                    div class="govuk-details__text" {
                        p { "What you left as it was stays as it is now:" }
                        ul class="govuk-list govuk-list--bullet" {
                            @for row in rows.iter().take(MOST_WRONG) { li { (row.name) ", row " (row.line) ": " (wording::listed(&row.left)) } }
                        }
                    }
                }
            }
        }
    }

    fn wrong(&self) -> Markup {
        let wrong: Vec<(&RowPlan, &[CellFault])> = self
            .plan
            .rows
            .iter()
            .filter_map(|row| match &row.outcome {
                Outcome::Faults(faults) => Some((row, faults.as_slice())),
                _ => None,
            })
            .collect();
        html! {
            @if !wrong.is_empty() {
                h2 class="govuk-heading-m" { "To be put right first" }
                p class="govuk-body" {
                    "Nothing of these rows is saved. Put them right in your file and send it again, or take "
                    a class="govuk-link" href=(paths::sheet_to_mend(self.sent.upload.id)) { "only these rows, with what to do (CSV)" } "."
                }
                @for (row, faults) in wrong.iter().take(MOST_WRONG) {
                    (title(row))
                    dl class="ha-factlist" { @for fault in *faults { (fact(&fault.heading, &html! { (fault.how) })) } }
                }
                @if wrong.len() > MOST_WRONG { p class="govuk-body" { "These are the first " (MOST_WRONG) ". The file has all of them." } }
            }
        }
    }

    fn changes(&self) -> Markup {
        let is_change =
            |row: &&RowPlan| matches!(row.outcome, Outcome::Changes { .. } | Outcome::New(_));
        let total = self.plan.to_save();
        let (skipped, each) = self.list_page.stretch();
        let rows = self.plan.rows.iter().filter(is_change).skip(skipped).take(each);
        html! {
            @if total > 0 {
                h2 class="govuk-heading-m" { "What would change" }
                @for row in rows { (changed(row)) }
                (numbered_pages(self.list_page.page, self.list_page.pages(total), &|page| paths::sheet_page(self.sent.upload.id, page)))
            }
        }
    }
}

/// Which row it is: its listing, and where it stands in the sheet.
fn title(row: &RowPlan) -> Markup {
    let name = if row.name.is_empty() { "No name" } else { &row.name };
    html! {
        h3 class="govuk-heading-s govuk-!-margin-bottom-1" {
            @match row.service {
                Some(id) => { a class="govuk-link" href=(paths::keep(id)) { (name) } }
                None => { (name) }
            }
            @if matches!(row.outcome, Outcome::New(_)) { " " strong class="govuk-tag govuk-tag--green" { "New" } }
            span class="govuk-visually-hidden" { "," } " " span class="ha-muted" { "row " (row.line) }
        }
    }
}

fn changed(row: &RowPlan) -> Markup {
    html! {
        (title(row))
        dl class="ha-factlist" {
            @match &row.outcome {
                Outcome::Changes { changes, confirms, door } => {
                    @if *confirms { (fact("Still right", &html! { "It is confirmed today" })) }
                    @if let Some(door) = door { (fact("Takes people now", &html! { (door.label()) })) }
                    @for change in changes { (cell(change)) }
                }
                Outcome::New(changes) => { @for change in changes { (fact(&change.heading, &html! { span class="ha-words" { (change.after) } })) } }
                _ => {}
            }
        }
    }
}

fn cell(change: &CellChange) -> Markup {
    fact(
        &change.heading,
        &html! {
            (marked(&change.before, &change.after))
            @if change.waits { p class="ha-note" { "A steward looks at this first." } }
        },
    )
}
