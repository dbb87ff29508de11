//! Cells of tables that people open in a spreadsheet.

use std::borrow::Cow;

/// A text as a cell that a spreadsheet shows and never works out: what would be a formula to it
/// has an apostrophe before it, and so has what begins with just that.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let is_formula = text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a cell that [`cell`] made.
#[must_use]
pub fn from_cell(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if cell(rest) != rest => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_work_out_is_only_shown() {
        for text in ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\")"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["", "a=b", "01942 123456", "{\"a\":1}", "'a", "'"] {
            assert_eq!(cell(text), text);
            assert_eq!(from_cell(text), text);
        }
        for text in ["=1", "'=1", "''@x", "'-", "+44", "\t"] {
            assert_eq!(from_cell(&cell(text)), text);
        }
    }
}
