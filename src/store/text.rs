//! How values are written into columns: times, units of enumerations, and names folded for matching.

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::error::StoreError;

/// Microseconds since 1970 in UTC.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The moment of a time column.
pub(super) fn when(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Damaged)
}

/// The wire name of a unit of an enumeration, such as `waiting-list`.
#[must_use]
pub fn unit_text<T: Serialize>(unit: &T) -> String {
    match serde_json::to_value(unit) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}

/// The unit that has this wire name.
pub(super) fn unit_from_text<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| StoreError::Damaged)
}

/// Words that say what sort of body an organisation is, and not which.
const FORMS: [&str; 5] = ["ltd", "limited", "cic", "cio", "plc"];

/// A name as it is sorted and matched: plain lower-case letters and digits, single spaces,
/// without a leading "the" or a trailing legal form.
#[must_use]
pub fn folded_name(name: &str) -> String {
    let spelt = name.replace('&', " and ").replace(['\'', '’', '.'], "");
    let plain: String = spelt
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| FORMS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

/// The host of a web address without `www.`, such as `example.org.uk`.
#[must_use]
pub fn web_domain(website: &str) -> Option<String> {
    let website = website.trim();
    let with_scheme =
        if website.contains("://") { website.to_owned() } else { format!("https://{website}") };
    let host = url::Url::parse(&with_scheme).ok()?.host_str()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

/// A code without its spaces and punctuation, in capitals: postcodes and registers' numbers.
#[must_use]
pub fn bare_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_form_only_fold_to_the_same() {
        let same = ["The Café & Garden Ltd.", "cafe and garden", "Cafe  &  GARDEN C.I.C."];
        for name in same {
            assert_eq!(folded_name(name), "cafe and garden", "{name}");
        }
        assert_eq!(folded_name("St. John's"), "st johns");
        assert_eq!(folded_name("The"), "the");
        assert_eq!(folded_name("Limited"), "limited");
    }

    #[test]
    fn a_web_domain_is_read_with_or_without_scheme_and_www() {
        for website in ["https://www.example.org.uk/a?b", "example.org.uk", " WWW.Example.org.uk/"]
        {
            assert_eq!(web_domain(website).as_deref(), Some("example.org.uk"), "{website}");
        }
        assert_eq!(web_domain("ask at the desk"), None);
        assert_eq!(web_domain(""), None);
    }

    #[test]
    fn units_are_written_by_their_wire_names() {
        use crate::domain::ServiceStatus;
        assert_eq!(unit_text(&ServiceStatus::TemporarilyClosed), "temporarily-closed");
        assert_eq!(unit_from_text("defunct"), Ok(ServiceStatus::Defunct));
        assert_eq!(unit_from_text::<ServiceStatus>("gone"), Err(StoreError::Damaged));
    }
}
