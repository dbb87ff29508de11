//! An object of a feed, read leniently: every way a real feed writes a field, and a fault for the rest.

use std::cell::RefCell;

use jiff::{Timestamp, civil::Date};
use serde_json::{Map, Value};

use crate::{
    import::fault::{Kind, Log, Origin},
    text::{dates, html, web},
};

/// The longest value that is read.
const LONGEST: usize = 1_000_000;

/// An object with the path that led to it and the record that it is part of.
#[derive(Clone, Copy)]
pub(in crate::import) struct Node<'a> {
    fields: &'a Map<String, Value>,
    path: &'a Path<'a>,
    record: &'a Record,
}

/// The record that is being read, and what was wrong with it so far.
#[derive(Debug, Default)]
pub(in crate::import) struct Record {
    pub origin: Origin,
    log: RefCell<Log>,
}

/// The way from the record to an object, worked out as text only for a fault.
#[derive(Clone, Copy)]
pub(in crate::import) enum Path<'a> {
    Top,
    Below(&'a Path<'a>, &'a str, Option<usize>),
}

impl Path<'_> {
    fn text(&self) -> String {
        match self {
            Self::Top => String::new(),
            Self::Below(above, key, at) => {
                let at = at.map(|at| format!("[{at}]")).unwrap_or_default();
                format!("{}{key}{at}.", above.text())
            }
        }
    }
}

impl Record {
    pub fn new(origin: Origin) -> Self {
        Self { origin, log: RefCell::default() }
    }

    pub fn into_log(self) -> Log {
        self.log.into_inner()
    }

    pub fn add(&self, kind: Kind, field: &str, expected: &str, found: &str) {
        self.log.borrow_mut().add(kind, &self.origin, field, expected, found);
    }
}

impl<'a> Node<'a> {
    pub fn top(fields: &'a Map<String, Value>, record: &'a Record) -> Self {
        Self { fields, path: &Path::Top, record }
    }

    /// A value that says something, under the standard's name or its camel-case twin.
    pub fn get(&self, key: &str) -> Option<&'a Value> {
        let value = self.fields.get(key).or_else(|| self.fields.get(&camel(key)))?;
        let is_empty = match value {
            Value::Null => true,
            Value::String(text) => is_blank(text),
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        (!is_empty).then_some(value)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn fault(&self, kind: Kind, field: &str, expected: &str, found: &str) {
        self.record.add(kind, &format!("{}{field}", self.path.text()), expected, found);
    }

    fn left_out(&self, field: &str, expected: &str, found: &Value) {
        self.fault(Kind::ValueLeftOut, field, expected, &shown(found));
    }

    fn raw(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Value::String(text) if text.len() > LONGEST => {
                self.fault(Kind::ValueLeftOut, key, "at most 1,000,000 characters", "more");
                None
            }
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                self.left_out(key, "text", other);
                None
            }
        }
    }

    /// One line of plain text.
    pub fn line(&self, key: &str) -> Option<String> {
        self.raw(key).map(|text| html::to_line(&text)).filter(|text| !text.is_empty())
    }

    /// Paragraphs of plain text.
    pub fn prose(&self, key: &str) -> Option<String> {
        self.raw(key).map(|text| html::to_text(&text)).filter(|text| !text.is_empty())
    }

    /// A number, also as text. What is not one is a fault.
    pub fn number(&self, key: &str) -> Option<f64> {
        let value = self.get(key)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.left_out(key, "a number", value);
        }
        number
    }

    /// Yes or no, also as text or as 0 and 1.
    pub fn yes(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(yes) => Some(*yes),
            Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            Value::String(text) => match text.trim().to_lowercase().as_str() {
                "true" | "yes" | "y" | "1" => Some(true),
                "false" | "no" | "n" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn date(&self, key: &str) -> Option<Date> {
        self.read(key, "a date such as 2026-11-22", dates::date)
    }

    pub fn moment(&self, key: &str) -> Option<Timestamp> {
        self.read(key, "a moment such as 2026-11-22T09:30:00.000Z", dates::moment)
    }

    pub fn hour(&self, key: &str) -> Option<jiff::civil::Time> {
        let hour = self.read(key, "a time such as 09:30", dates::hour)?;
        if hour.says_utc {
            self.fault(
                Kind::SuspectTime,
                key,
                "the time on the clock without Z",
                &shown(self.get(key)?),
            );
        }
        Some(hour.time)
    }

    /// A page's address; one that only fills the field is none, without a fault.
    pub fn page(&self, key: &str) -> Option<String> {
        if self
            .get(key)
            .and_then(Value::as_str)
            .is_some_and(|text| web::is_placeholder(text.trim()))
        {
            return None;
        }
        self.read(key, "an address such as https://www.example.org/page", web::page)
    }

    pub fn email(&self, key: &str) -> Option<String> {
        let is_blank = |text: &str| text.trim().to_lowercase().starts_with("redacted@");
        if self.get(key).and_then(Value::as_str).is_some_and(is_blank) {
            return None;
        }
        self.read(key, "an e-mail address", web::email)
    }

    fn read<T>(&self, key: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.get(key)?;
        let read = match value {
            Value::String(text) => parse(text),
            Value::Number(number) => parse(&number.to_string()),
            _ => None,
        };
        if read.is_none() {
            self.left_out(key, expected, value);
        }
        read
    }

    /// The values of a comma list, also as a JSON list.
    pub fn list(&self, key: &str) -> Vec<String> {
        let parts = |text: &str| -> Vec<String> {
            let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        match self.get(key) {
            Some(Value::String(text)) => parts(text),
            Some(Value::Number(number)) => vec![number.to_string()],
            Some(Value::Array(items)) => items
                .iter()
                .flat_map(|item| match item {
                    Value::String(text) => parts(text),
                    Value::Number(number) => vec![number.to_string()],
                    _ => Vec::new(),
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Reads the object under `key`.
    pub fn child<T>(&self, key: &'a str, read: impl FnOnce(Node<'_>) -> T) -> Option<T> {
        match self.get(key)? {
            Value::Object(fields) => {
                let path = Path::Below(self.path, key, None);
                Some(read(Node { fields, path: &path, record: self.record }))
            }
            Value::String(_) => None,
            other => {
                self.left_out(key, "an object", other);
                None
            }
        }
    }

    /// Reads each object of the list under `key`; an object on its own is a list of one.
    pub fn each<T>(&self, key: &'a str, mut read: impl FnMut(Node<'_>) -> Option<T>) -> Vec<T> {
        let items = match self.get(key) {
            Some(Value::Array(items)) => items.as_slice(),
            Some(one @ Value::Object(_)) => std::slice::from_ref(one),
            Some(other) => {
                self.left_out(key, "a list", other);
                return Vec::new();
            }
            None => return Vec::new(),
        };
        let mut found = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match item {
                Value::Object(fields) => {
                    let path = Path::Below(self.path, key, Some(at));
                    found.extend(read(Node { fields, path: &path, record: self.record }));
                }
                Value::Null => {}
                other => self.left_out(key, "a list of objects", other),
            }
        }
        found
    }
}

/// Nothing, or a word that stands for it.
fn is_blank(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["null", "none", "n/a", "undefined", "nil"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// `service_id` as `serviceId`.
fn camel(key: &str) -> String {
    let mut parts = key.split('_');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("a list of {}", items.len()),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => format!("\"{}\"", text.chars().take(80).collect::<String>()),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
