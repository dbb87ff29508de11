//! Templates: `{Column}` with filters, and the words around it.

use std::collections::HashMap;

use crate::text::{html, tidy, web};

/// A row by its columns, with the words that stand for nothing taken as nothing.
pub(super) struct Cells<'a> {
    values: HashMap<String, &'a str>,
}

impl<'a> Cells<'a> {
    pub fn new(header: &[String], values: &'a [String], empty: &[String]) -> Self {
        let is_empty = |value: &str| {
            value.is_empty() || empty.iter().any(|word| word.eq_ignore_ascii_case(value))
        };
        let cells = header.iter().zip(values).map(|(column, value)| (plain(column), value.trim()));
        Self { values: cells.filter(|(_, value)| !is_empty(value)).collect() }
    }

    /// What a column says.
    pub fn get(&self, column: &str) -> Option<&'a str> {
        self.values.get(&plain(column)).copied()
    }

    /// A template filled in; none where any of its columns says nothing.
    pub fn fill(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (field, after) = after.split_once('}')?;
            filled.push_str(before);
            filled.push_str(&self.field(field)?);
            rest = after;
        }
        filled.push_str(rest);
        let filled = filled.trim();
        (!filled.is_empty()).then(|| filled.to_owned())
    }

    fn field(&self, field: &str) -> Option<String> {
        let mut parts = field.split('|');
        let column = parts.next()?;
        let mut value = self.get(column)?.to_owned();
        for filter in parts {
            value = filtered(&value, filter.trim());
        }
        (!value.trim().is_empty()).then_some(value)
    }

    /// The first of the templates that says something.
    pub fn first<'t>(&self, mut templates: impl Iterator<Item = &'t str>) -> Option<String> {
        templates.find_map(|template| self.fill(template))
    }

    /// All of the templates that say something.
    pub fn all<'t>(&self, templates: impl Iterator<Item = &'t str>) -> Vec<String> {
        templates.filter_map(|template| self.fill(template)).collect()
    }
}

/// The columns that a template names.
pub(super) fn columns_of(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.filter_map(|(field, _)| field.split('|').next())
}

/// The filters that templates may use.
pub(super) const FILTERS: [&str; 5] = ["first", "link", "title", "text", "line"];

/// The filters that a template names.
pub(super) fn filters_of(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.flat_map(|(field, _)| field.split('|').skip(1).map(str::trim))
}

fn filtered(value: &str, filter: &str) -> String {
    match filter {
        "first" => value
            .split([',', '\n'])
            .map(str::trim)
            .find(|part| !part.is_empty())
            .unwrap_or_default()
            .to_owned(),
        "link" => web::href(value).unwrap_or(value).to_owned(),
        "title" => tidy::title_case(&html::to_line(value)),
        "text" => html::to_text(value),
        "line" => html::to_line(value),
        _ => value.to_owned(),
    }
}

fn plain(column: &str) -> String {
    column.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_or_nothing() {
        let header = ["Service ", "Postcode", "Web", "Town"].map(str::to_owned);
        let values =
            ["FOOD BANK", "NA", "<a href=\"http://x.org\">X</a>", "a, b"].map(str::to_owned);
        let cells = Cells::new(&header, &values, &["NA".to_owned()]);
        assert_eq!(cells.fill("{service|title} here").as_deref(), Some("Food Bank here"));
        assert_eq!(cells.fill("at {Postcode}"), None);
        assert_eq!(cells.fill("{Web|link}").as_deref(), Some("http://x.org"));
        assert_eq!(cells.fill("{Town|first}").as_deref(), Some("a"));
        assert_eq!(cells.fill("{Nowhere}"), None);
        assert_eq!(cells.fill("constant").as_deref(), Some("constant"));
        assert_eq!(cells.fill("{broken"), None);
    }
}
