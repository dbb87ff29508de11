//! A listing as the cells of its row.

use std::collections::BTreeMap;

use crate::{
    domain::{
        AccessFeature, Answer, CapacityStatus, Delivery, ServiceAtLocation, ServiceAtLocationId,
    },
    keeping::{Edited, Filled, Section, access_at},
    search::{Labelled, language_name},
    text::tidy,
    vocabulary::Vocabulary,
};

use super::{
    columns::{Column, VenueCell},
    fields::{FIELDS, Kind},
    lines::{cost_line, joined, lines, session_line},
};

/// The cells of a row by their columns; one that is empty is as good as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(pub BTreeMap<Column, String>);

impl Cells {
    /// What a listing says.
    pub fn of(edited: &Edited, vocabulary: &Vocabulary) -> Self {
        let mut cells = Self::default();
        let mut forms: BTreeMap<&'static str, Filled> = BTreeMap::new();
        for (at, field) in FIELDS.iter().enumerate() {
            let form =
                forms.entry(field.section.key()).or_insert_with(|| field.section.fill(edited));
            let text = said(field.kind, field.name, form, edited, vocabulary);
            cells.put(Column::Field(at), text);
        }
        let venues = Section::Venues.fill(edited);
        for number in venues.rows('v') {
            let get = |name: &str| venues.get(&format!("v{number}-{name}")).to_owned();
            cells.put(Column::Venue(number, VenueCell::Name), get("name"));
            cells.put(Column::Venue(number, VenueCell::Lines), joined(lines(&get("lines"))));
            cells.put(Column::Venue(number, VenueCell::Town), get("town"));
            cells.put(Column::Venue(number, VenueCell::Postcode), get("postcode"));
            cells.put(Column::Venue(number, VenueCell::Hidden), yes(get("hidden") == "yes"));
            if let Some(venue) = venue_of(edited, &venues, number) {
                cells.put_venue(number, edited, venue);
            }
        }
        let elsewhere = joined(edited.service.sessions.iter().map(session_line));
        cells.put(Column::Elsewhere, elsewhere);
        cells
    }

    fn put_venue(&mut self, number: usize, edited: &Edited, venue: &ServiceAtLocation) {
        let sessions = joined(venue.sessions.iter().map(session_line));
        self.put(Column::Venue(number, VenueCell::Sessions), sessions);
        let facts = access_at(edited, venue);
        for (cell, wanted) in [(VenueCell::Has, Answer::Yes), (VenueCell::HasNot, Answer::No)] {
            let these = facts.iter().filter(|(_, answer)| **answer == wanted);
            let labels = these.map(|(feature, _)| feature.label().to_owned());
            self.put(Column::Venue(number, cell), joined(labels));
        }
    }

    pub fn put(&mut self, column: Column, text: String) {
        if !text.is_empty() {
            self.0.insert(column, text);
        }
    }

    /// What a cell says; nothing where it is empty.
    pub fn get(&self, column: Column) -> &str {
        self.0.get(&column).map_or("", String::as_str)
    }
}

/// The venue that the form of venues has on a row.
pub fn venue_of<'a>(
    edited: &'a Edited,
    venues: &Filled,
    number: usize,
) -> Option<&'a ServiceAtLocation> {
    let id: ServiceAtLocationId = venues.get(&format!("v{number}-was")).parse().ok()?;
    edited.service.venues.iter().find(|venue| venue.id == id)
}

fn said(kind: Kind, name: &str, form: &Filled, edited: &Edited, vocabulary: &Vocabulary) -> String {
    let value = form.get(name);
    let labelled = |label: &dyn Fn(&str) -> Option<String>| {
        joined(form.all(name).iter().map(|key| label(key).unwrap_or_else(|| key.clone())))
    };
    match kind {
        Kind::Text | Kind::Phone => value.to_owned(),
        Kind::Lines | Kind::Places => joined(lines(value)),
        Kind::Tick => yes(value == "yes"),
        Kind::Answer => match value {
            "yes" => "Yes".to_owned(),
            "no" => "No".to_owned(),
            _ => String::new(),
        },
        Kind::Needs => labelled(&|key| Some(vocabulary.need(key)?.label.clone())),
        Kind::People => labelled(&|key| Some(vocabulary.circumstance(key)?.label.clone())),
        Kind::Delivery => labelled(&|key| Some(Delivery::from_key(key)?.label().to_owned())),
        Kind::Languages => labelled(&|key| Some(language_name(key))),
        Kind::NotFor => match value {
            "nobody" => "Nobody".to_owned(),
            "these" => form.get("not-for-words").to_owned(),
            _ => String::new(),
        },
        Kind::Costs => joined(edited.service.costs.iter().map(cost_line)),
    }
}

fn yes(is_so: bool) -> String {
    if is_so { "Yes".to_owned() } else { String::new() }
}

/// Whether two cells of a column say the same, however a spreadsheet wrote them.
pub fn is_same(column: Column, one: &str, other: &str) -> bool {
    canonical(column, one) == canonical(column, other)
}

/// A cell as it is compared, whatever a spreadsheet did to its spaces and capitals.
pub fn canonical(column: Column, text: &str) -> String {
    let list = || lines(text).join("\n");
    match (column, column.kind()) {
        (_, Some(Kind::Tick)) | (Column::Venue(_, VenueCell::Hidden), _) => match answer(text) {
            Some(Answer::Yes) => "yes".to_owned(),
            Some(_) => String::new(),
            None => text.to_owned(),
        },
        (_, Some(Kind::Answer)) => match answer(text) {
            Some(Answer::Yes) => "yes".to_owned(),
            Some(Answer::No) => "no".to_owned(),
            Some(Answer::NotStated) => String::new(),
            None => text.to_owned(),
        },
        (_, Some(Kind::Phone)) => digits(text),
        (_, Some(Kind::Needs | Kind::People | Kind::Delivery | Kind::Languages))
        | (Column::Venue(_, VenueCell::Has | VenueCell::HasNot), _) => list().to_lowercase(),
        (_, Some(Kind::Lines | Kind::Places | Kind::Costs))
        | (Column::Venue(_, VenueCell::Lines | VenueCell::Sessions) | Column::Elsewhere, _) => {
            list()
        }
        _ => tidy::paragraphs(text),
    }
}

/// Yes, no, or nothing said; none where it is neither.
pub fn answer(text: &str) -> Option<Answer> {
    match text.trim().to_lowercase().as_str() {
        "" | "not stated" | "not said" | "unknown" => Some(Answer::NotStated),
        "yes" | "y" | "true" | "x" => Some(Answer::Yes),
        "no" | "n" | "false" => Some(Answer::No),
        _ => None,
    }
}

/// A phone number as it is compared: however its digits are spaced.
fn digits(text: &str) -> String {
    let plain = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    if !text.chars().all(plain) {
        return tidy::line(text);
    }
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A phone number with the zero that a spreadsheet took from it, where it may have taken one.
pub fn with_its_zero(text: &str) -> Option<String> {
    let text = text.trim();
    let has_lost = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    (has_lost && !text.starts_with('0')).then(|| format!("0{text}"))
}

/// What may be chosen of the words that people read.
pub fn features() -> impl Iterator<Item = (AccessFeature, &'static str)> {
    AccessFeature::ALL.into_iter().map(|feature| (feature, feature.label()))
}

/// Whether people are taken, in the words of the sheet.
pub fn door_status(text: &str) -> Option<CapacityStatus> {
    let wanted = tidy::line(text).to_lowercase();
    let all = CapacityStatus::all();
    all.into_iter().find(|status| status.label().to_lowercase() == wanted || status.key() == wanted)
}
