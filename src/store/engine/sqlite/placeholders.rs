//! `$n` placeholders for `SQLite`, which numbers `$1` by first appearance and `?1` by its number.

use std::borrow::Cow;

/// The statement with `?n` for every `$n` outside quotes.
pub(super) fn numbered(sql: &str) -> Cow<'_, str> {
    if !sql.contains('$') {
        return Cow::Borrowed(sql);
    }
    let mut quote = None;
    let mut rewritten = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, quote) {
            ('\'' | '"', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            _ => {}
        }
        let mark = c == '$' && quote.is_none() && rest.peek().is_some_and(char::is_ascii_digit);
        rewritten.push(if mark { '?' } else { c });
    }
    Cow::Owned(rewritten)
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
