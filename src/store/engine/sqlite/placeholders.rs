//! `$n` placeholders for `SQLite`, which numbers `$1` by first appearance and `?1` by its number.

use std::borrow::Cow;

/// The statement with `?n` for every `$n` outside quotes.
pub(super) fn numbered(sql: &str) -> Cow<'_, str> {
    let mut pieces = sql.split('$');
    let mut rewritten = String::with_capacity(sql.len());
    rewritten.push_str(pieces.next().unwrap_or_default());
    let mut quote = open_quote(None, &rewritten);
    for piece in pieces {
        let number = quote.is_none() && piece.starts_with(|c: char| c.is_ascii_digit());
        rewritten.push(if number { '?' } else { '$' });
        rewritten.push_str(piece);
        quote = open_quote(quote, piece);
    }
    if rewritten == sql { Cow::Borrowed(sql) } else { Cow::Owned(rewritten) }
}

/// The quote that is still open after a piece of a statement.
fn open_quote(before: Option<u8>, piece: &str) -> Option<u8> {
    piece.bytes().fold(before, |quote, byte| match (byte, quote) {
        (b'\'' | b'"', None) => Some(byte),
        (_, Some(open)) if byte == open => None,
        _ => quote,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_keep_their_numbers() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        let sql = numbered("SELECT $2 || $1 || '$1'");
        let text: String = connection.query_row(&sql, ["a", "b"], |row| row.get(0)).unwrap();
        assert_eq!(text, "ba$1");
    }

    #[test]
    fn quoted_dollars_and_lone_dollars_are_left_alone() {
        assert_eq!(numbered("a = '$1' AND \"$2\" = $3 AND $x"), "a = '$1' AND \"$2\" = ?3 AND $x");
        assert_eq!(numbered("'it''s $1' = $1"), "'it''s $1' = ?1");
        assert!(matches!(numbered("SELECT 1"), Cow::Borrowed(_)));
    }
}
