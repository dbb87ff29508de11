//! Tables to files.

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, Workbook, XlsxError};

use super::{Table, line_of};
use crate::domain::cell;

/// What tells a spreadsheet that a CSV file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How wide a column is shown, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    Narrow,
    Middle,
    Wide,
    /// Not shown, and there all the same.
    Hidden,
    /// Narrow, and what is a number there is one to the spreadsheet.
    Number,
}

/// A workbook: the table with how it is shown, and further sheets of plain lines.
#[derive(Clone, Debug, Default)]
pub struct Book<'a> {
    /// The name of the sheet with the table.
    pub name: &'a str,
    /// For each column, how wide it is, and what may be chosen in it; anything where nothing.
    pub columns: Vec<(Width, Vec<String>)>,
    /// Sheets before it, as those in `besides`.
    pub ahead: Vec<(&'a str, Vec<Vec<String>>)>,
    /// How many columns stay in sight.
    pub kept_in_sight: u16,
    /// Further sheets, each with its name, its lines of cells, the first of them headings.
    pub besides: Vec<(&'a str, Vec<Vec<String>>)>,
}

/// A table as CSV that a spreadsheet opens as it is: no cell is a formula to it.
#[must_use]
pub fn to_csv(table: &Table) -> String {
    let rows = table.rows.iter().map(|row| &row.values);
    let mut text = BYTE_ORDER_MARK.to_owned();
    for values in std::iter::once(&table.header).chain(rows) {
        let safe: Vec<String> = values.iter().map(|value| cell(value).into_owned()).collect();
        text.push_str(&line_of(&safe));
        text.push_str("\r\n");
    }
    text
}

/// A table as a sheet of a workbook. Every cell is text, so that nothing is worked out and no number
/// loses its first zero; but for columns of numbers.
pub fn to_xlsx(table: &Table, book: &Book<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let plain = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
    let bold = plain.clone().set_bold();
    add_plain(&mut file, &book.ahead, (&plain, &bold))?;
    let sheet = file.add_worksheet().set_name(book.name)?;
    for (at, (width, choices)) in (0..).zip(&book.columns) {
        sheet.set_column_format(at, &plain)?;
        match width {
            Width::Hidden => sheet.set_column_hidden(at)?,
            width => sheet.set_column_width(at, characters(*width))?,
        };
        if !choices.is_empty() {
            let list = DataValidation::new().allow_list_strings(choices)?.ignore_blank(true);
            sheet.add_data_validation(1, at, LAST_CHOSEN, at, &list)?;
        }
    }
    let rows = table.rows.iter().map(|row| &row.values);
    for (line, values) in (0..).zip(std::iter::once(&table.header).chain(rows)) {
        let format = if line == 0 { &bold } else { &plain };
        for (column, value) in (0..).zip(values).filter(|(_, value)| !value.is_empty()) {
            let is_number = book
                .columns
                .get(usize::from(column))
                .is_some_and(|(width, _)| *width == Width::Number);
            match value.parse::<f64>().ok().filter(|_| is_number && line > 0) {
                Some(number) => sheet.write_number(line, column, number)?,
                None => sheet.write_string_with_format(line, column, fitting(value), format)?,
            };
        }
    }
    sheet.set_freeze_panes(1, book.kept_in_sight)?;
    add_plain(&mut file, &book.besides, (&plain, &bold))?;
    file.save_to_buffer()
}

/// Adds sheets of plain lines, each under headings.
fn add_plain(
    file: &mut Workbook,
    sheets: &[(&str, Vec<Vec<String>>)],
    (plain, bold): (&Format, &Format),
) -> Result<(), XlsxError> {
    for (name, lines) in sheets {
        let sheet = file.add_worksheet().set_name(*name)?;
        for (line, values) in (0..).zip(lines) {
            let format = if line == 0 { bold } else { plain };
            for (column, value) in (0..).zip(values) {
                sheet.write_string_with_format(line, column, fitting(value), format)?;
            }
        }
        let widest = lines.iter().map(Vec::len).max().unwrap_or_default();
        for column in (0..).take(widest) {
            sheet.set_column_width(column, characters(Width::Wide))?;
        }
    }
    Ok(())
}

/// The last row in which a choice is offered.
const LAST_CHOSEN: u32 = 5000;
/// The most characters that a cell of a workbook takes (ECMA-376 readers refuse more).
const LONGEST_CELL: usize = 32_767;

fn fitting(text: &str) -> String {
    text.chars().take(LONGEST_CELL).collect()
}

fn characters(width: Width) -> f64 {
    match width {
        Width::Narrow | Width::Hidden | Width::Number => 12.0,
        Width::Middle => 24.0,
        Width::Wide => 48.0,
    }
}
