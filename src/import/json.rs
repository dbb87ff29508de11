//! JSON files to records: a page, a list, a single record, or a record on each line.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{draft::Reading, fault::Origin, input::InputFile, oruk::Item};

/// The records of a file. A file that is not JSON is a fault; so is a line that is not.
pub(super) fn items(file: &InputFile, reading: &mut Reading) -> Vec<Item> {
    let name: Arc<str> = file.name.as_str().into();
    match serde_json::from_str::<Value>(&file.text) {
        Ok(value) => located(records(value), &name, &file.text, reading),
        Err(_) if is_by_lines(&file.text) => by_lines(&name, &file.text, reading),
        Err(error) => {
            reading.log.file(&file.name, "JSON", &error.to_string());
            Vec::new()
        }
    }
}

/// The names under which pages keep their records.
const CONTENTS: [&str; 8] = [
    "contents",
    "content",
    "items",
    "results",
    "data",
    "services",
    "organizations",
    "organisations",
];

fn records(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(mut fields) => {
            let is_page = !fields.contains_key("id") && !fields.contains_key("name");
            let list = CONTENTS.iter().find(|key| fields.get(**key).is_some_and(Value::is_array));
            match list.filter(|_| is_page).and_then(|key| fields.remove(*key)) {
                Some(Value::Array(items)) => items,
                _ => vec![Value::Object(fields)],
            }
        }
        other => vec![other],
    }
}

/// Finds the line of each record by looking for its id further on from the last.
fn located(values: Vec<Value>, file: &Arc<str>, text: &str, reading: &mut Reading) -> Vec<Item> {
    let (mut at, mut line) = (0, 1);
    let mut items = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let Value::Object(fields) = value else {
            let origin =
                Origin { file: Arc::clone(file), record: format!("[{index}]"), line: None };
            reading.read += 1;
            reading.refuse(&origin, ("", "an object", "something else"), value.to_string());
            continue;
        };
        let record = record_name(&fields).unwrap_or_else(|| format!("[{index}]"));
        let quoted = format!("\"{record}\"");
        let found = text[at..].find(&quoted).map(|offset| at + offset);
        if let Some(found) = found {
            line += text[at..found].matches('\n').count() as u64;
            at = found + quoted.len();
        }
        let origin = Origin { file: Arc::clone(file), record, line: found.map(|_| line) };
        items.push(Item { fields, origin });
    }
    items
}

fn record_name(fields: &Map<String, Value>) -> Option<String> {
    ["id", "contract_reference", "name"].iter().find_map(|key| match fields.get(*key) {
        Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    })
}

fn is_by_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| {
        line.trim_start().starts_with('{') && serde_json::from_str::<Value>(line).is_ok()
    };
    lines.next().is_some_and(is_object) && lines.next().is_some()
}

fn by_lines(file: &Arc<str>, text: &str, reading: &mut Reading) -> Vec<Item> {
    let mut items = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let origin = |record| Origin { file: Arc::clone(file), record, line: Some(line) };
        match serde_json::from_str::<Value>(text) {
            Ok(Value::Object(fields)) => {
                let record = record_name(&fields).unwrap_or_default();
                items.push(Item { fields, origin: origin(record) });
            }
            other => {
                let found =
                    other.map_or_else(|error| error.to_string(), |_| "something else".to_owned());
                reading.read += 1;
                reading.refuse(
                    &origin(String::new()),
                    ("", "an object on each line", &found),
                    text.to_owned(),
                );
            }
        }
    }
    items
}
