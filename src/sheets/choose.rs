//! Cells of closed sets: yes and no, and words to choose.

use crate::{
    domain::{AccessFeature, Answer},
    search::Labelled,
    text::tidy,
};

use super::{
    cells::{answer, with_its_zero},
    fields::Kind,
    lines::lines,
};

pub fn said(kind: Kind, cell: &str) -> Result<&'static str, String> {
    match (answer(cell), kind) {
        (Some(Answer::Yes), _) => Ok("yes"),
        (Some(_), Kind::Tick) => Ok(""),
        (Some(Answer::No), _) => Ok("no"),
        (Some(Answer::NotStated), _) => Ok("not-stated"),
        (None, Kind::Tick) => Err("Write yes, or leave it empty".to_owned()),
        (None, _) => Err("Write yes or no, or leave it empty where nobody said".to_owned()),
    }
}

pub fn not_for(cell: &str) -> Vec<(String, Vec<String>)> {
    let text = cell.trim();
    let kind = match text.to_lowercase().trim_end_matches('.') {
        "" => "not-stated",
        "nobody" | "no one" | "no-one" => "nobody",
        _ => "these",
    };
    vec![
        ("not-for".to_owned(), vec![kind.to_owned()]),
        ("not-for-words".to_owned(), vec![text.to_owned()]),
    ]
}

/// A phone number as it is to be kept.
pub fn phone(cell: &str) -> Result<String, String> {
    if cell.contains("E+") {
        return Err(
            "The spreadsheet made a number of it: type it again, with a space in it".to_owned()
        );
    }
    Ok(with_its_zero(cell).unwrap_or_else(|| cell.trim().to_owned()))
}

/// What a list of labels chooses: each by its label or its key; what stood there may stay.
pub fn chosen<T: Clone + PartialEq + ToText>(
    cell: &str,
    options: &[(T, String)],
    stood: &[T],
) -> Result<Vec<T>, String> {
    let mut chosen: Vec<T> = Vec::new();
    for wanted in lines(cell) {
        let is_it = |key: &T, label: &str| {
            label.eq_ignore_ascii_case(&wanted) || key.text().eq_ignore_ascii_case(&wanted)
        };
        let found = options.iter().find(|(key, label)| is_it(key, label)).map(|(key, _)| key);
        let found = found.or_else(|| stood.iter().find(|key| is_it(key, &key.text())));
        let Some(found) = found else {
            let nearest = nearest(&wanted, options.iter().map(|(_, label)| label.as_str()));
            return Err(format!(
                "“{wanted}” is not among the words to choose. The nearest is “{nearest}”"
            ));
        };
        if !chosen.contains(found) {
            chosen.push(found.clone());
        }
    }
    Ok(chosen)
}

/// What may be chosen, as it may be typed besides its label.
pub trait ToText {
    fn text(&self) -> String;
}

impl ToText for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl ToText for AccessFeature {
    fn text(&self) -> String {
        self.key().to_owned()
    }
}

fn nearest<'a>(wanted: &str, labels: impl Iterator<Item = &'a str>) -> &'a str {
    let wanted = tidy::line(wanted).to_lowercase();
    let alike = |label: &&str| {
        let label = label.to_lowercase();
        let within = if label.contains(&wanted) || wanted.contains(&label) { 1.0 } else { 0.0 };
        within + strsim::jaro_winkler(&label, &wanted)
    };
    labels.max_by(|one, other| alike(one).total_cmp(&alike(other))).unwrap_or_default()
}
