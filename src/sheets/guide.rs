//! Making a sheet: its rows, and what its reader needs to know.

use crate::{
    domain::{CapacityStatus, Delivery, Role, ServiceId},
    keeping::{Caretaker, Edited, KeepingError, Kept, Pending, find_kept},
    search::{LANGUAGES, Labelled},
    store::folded_name,
    table::{Book, Row, Table},
    vocabulary::Vocabulary,
};

use super::{
    cells::{Cells, features},
    columns::{Column, DoorCell, MOST_VENUES, VenueCell},
    desk::Desk,
    fields::Kind,
    mark::Mark,
};

/// The name of the sheet with the listings.
const NAME: &str = "Listings";

/// A sheet without rows, for listings that are new.
#[must_use]
pub fn blank_sheet() -> Table {
    let header = Column::all(2).into_iter().map(Column::heading).collect();
    Table { header, rows: Vec::new() }
}

/// A sheet of listings as they stand, with what waits of them: those of the person among these.
pub fn sheet_of(desk: &Desk<'_>, ids: &[ServiceId]) -> Result<Table, KeepingError> {
    let mut found: Vec<(String, Cells)> = Vec::new();
    let mut venues = 1;
    for id in ids {
        let kept = find_kept(desk.store, desk.gazetteer, *id)?;
        let by = match kept.by(desk.person) {
            Ok(by) if kept.record.service.joined.is_none() => by,
            Ok(_) | Err(KeepingError::NotTheirs) => continue,
            Err(error) => return Err(error),
        };
        let edited = shown(&kept, &by, &Pending::of(desk.store, &kept, &by)?);
        venues = venues.max(edited.service.venues.len());
        let mut cells = Cells::of(&edited, desk.vocabulary);
        cells.put(Column::Version, Mark::of(kept.version, &cells).written());
        cells.put(Column::Id, id.to_string());
        cells.put(Column::Organisation, kept.record.organisation.name.clone());
        let order = [&kept.record.organisation.name, &kept.record.service.name];
        found.push((order.map(|name| folded_name(name)).join("\n"), cells));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    // Room for one venue more than there is.
    let columns = Column::all((venues + 1).min(MOST_VENUES));
    let row = |(line, (_, cells)): (u64, (String, Cells))| {
        let values = columns.iter().map(|column| cells.get(*column).to_owned());
        Row { line, values: values.collect() }
    };
    let rows = (2..).zip(found).map(row).collect();
    Ok(Table { header: columns.iter().map(|column| column.heading()).collect(), rows })
}

/// A listing as its row shows it: with what waits for a steward, to those who sent it. A steward
/// sees what stands, since what he saves is live; what is kept for later is nobody's to save here.
pub fn shown(kept: &Kept, by: &Caretaker, pending: &Pending) -> Edited {
    if by.role == Role::Steward {
        return Edited::of(&kept.record);
    }
    Pending { draft: None, ..pending.clone() }.over(&kept.record)
}

/// How a sheet is shown as a workbook: what may be chosen, how it works, and the words to choose.
#[must_use]
pub fn as_book(table: &Table, vocabulary: &Vocabulary) -> Book<'static> {
    let columns: Vec<Column> =
        table.header.iter().filter_map(|heading| Column::of_heading(heading)).collect();
    let shown = columns.iter().map(|column| (column.width(), choices(*column))).collect();
    let besides =
        vec![("How it works", how_it_works(&columns)), ("Words to choose", words(vocabulary))];
    Book { name: NAME, columns: shown, kept_in_sight: 3, besides, ..Book::default() }
}

fn choices(column: Column) -> Vec<String> {
    let all: &[&str] = match (column, column.kind()) {
        (Column::StillRight | Column::Venue(_, VenueCell::Hidden), _) | (_, Some(Kind::Tick)) => {
            &["Yes"]
        }
        (_, Some(Kind::Answer)) => &["Yes", "No"],
        (Column::Door(DoorCell::Status), _) => {
            let labels = CapacityStatus::all().into_iter().map(|status| status.label().to_owned());
            return labels.collect();
        }
        _ => &[],
    };
    all.iter().map(|text| (*text).to_owned()).collect()
}

fn how_it_works(columns: &[Column]) -> Vec<Vec<String>> {
    let line = |heading: &str, text: &str| vec![heading.to_owned(), text.to_owned()];
    let mut lines = vec![
        line("Column", "What to write"),
        line(
            "A row",
            "One listing. Change what you like, leave the rest as it is, and send the file back. You see what would change before anything does.",
        ),
        line(
            "A new row",
            "A new listing: leave its ID and version empty. A steward looks at it first.",
        ),
        line(
            "A row that is missing",
            "Nothing happens to its listing. To take a listing down, use its own page.",
        ),
    ];
    let is_first = |column: &&Column| !matches!(column, Column::Venue(1.., _));
    lines.extend(
        columns.iter().filter(is_first).map(|column| line(&column.heading(), column.hint())),
    );
    lines.push(line(
        "Not in this sheet",
        "Ways to begin, further contacts and costs of single days: on each listing’s own page.",
    ));
    lines
}

/// The words of each closed set, side by side.
fn words(vocabulary: &Vocabulary) -> Vec<Vec<String>> {
    let mut needs: Vec<String> = vocabulary.needs().iter().map(|need| need.label.clone()).collect();
    needs.sort_by_key(|label| label.to_lowercase());
    let people = vocabulary.circumstances().iter().map(|whom| whom.label.clone());
    let ways = Delivery::all().into_iter().map(|way| way.label().to_owned());
    let access = features().map(|(_, label)| label.to_owned());
    let mut languages: Vec<String> = LANGUAGES.iter().map(|(_, name)| (*name).to_owned()).collect();
    languages.sort();
    let lists: [(&str, Vec<String>); 5] = [
        ("What it helps with", needs),
        ("For people who", people.collect()),
        ("How it reaches people", ways.collect()),
        ("Has, and has not", access.collect()),
        ("Languages", languages),
    ];
    let longest = lists.iter().map(|(_, list)| list.len()).max().unwrap_or_default();
    let mut lines = vec![lists.iter().map(|(heading, _)| (*heading).to_owned()).collect()];
    lines.extend((0..longest).map(|at| {
        lists.iter().map(|(_, list)| list.get(at).cloned().unwrap_or_default()).collect()
    }));
    lines
}
