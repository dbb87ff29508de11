//! What changed cells make of a listing.

use std::collections::BTreeMap;

use crate::{
    domain::{AccessFeature, Answer, Delivery, ServiceAtLocation},
    keeping::{Edited, Filled, Section, World, access_at, state_access},
    search::{LANGUAGES, Labelled},
    text::tidy,
};

use super::{
    cells::{answer, features, venue_of},
    columns::{Column, FIELDS, Kind, VenueCell},
    lines::{costs, lines, sessions},
    plan::CellFault,
};

/// Puts changed cells into a listing. What is wrong with them, by column.
pub fn hear(
    changed: &BTreeMap<Column, String>,
    edited: &mut Edited,
    world: World<'_>,
    fills_new_venues: bool,
) -> Vec<CellFault> {
    let before = Section::Venues.fill(edited);
    let mut hearing = Hearing { changed, world, faults: Vec::new() };
    for section in Section::ALL {
        hearing.section(section, edited);
    }
    hearing.costs(edited);
    if hearing.faults.is_empty() {
        hearing.at_venues(&before, edited, fills_new_venues);
    }
    if let Some(cell) = changed.get(&Column::Elsewhere) {
        match sessions(cell, &edited.service.sessions) {
            Ok(heard) => edited.service.sessions = heard,
            Err(how) => hearing.fault(Column::Elsewhere, how),
        }
    }
    hearing.faults
}

struct Hearing<'a> {
    changed: &'a BTreeMap<Column, String>,
    world: World<'a>,
    faults: Vec<CellFault>,
}

impl Hearing<'_> {
    fn fault(&mut self, column: Column, how: impl Into<String>) {
        self.faults.push(CellFault::new(column, how));
    }

    /// Fills the form of a section with what changed, and applies it.
    fn section(&mut self, section: Section, edited: &mut Edited) {
        let mut form = section.fill(edited);
        let mut touched = false;
        for (column, cell) in self.changed {
            let typed = match column {
                Column::Field(at) if FIELDS[*at].section == section => {
                    let field = &FIELDS[*at];
                    if field.kind == Kind::Costs {
                        continue;
                    }
                    self.typed(field.kind, field.name, cell, &form)
                }
                Column::Venue(number, of) if section == Section::Venues => {
                    let Some(name) = of.field(*number) else { continue };
                    venue_cell(*of, &name, cell)
                }
                _ => continue,
            };
            match typed {
                Ok(fields) => fields.into_iter().for_each(|(name, values)| form.put(&name, values)),
                Err(how) => self.fault(*column, how),
            }
            touched = true;
        }
        if !touched {
            return;
        }
        if section == Section::Venues {
            take_away_empty(&mut form);
        }
        for fault in section.apply(&form, edited, self.world) {
            let column = Column::of_field(section, &fault.field);
            // What nobody touched stays as it is, be it as a form would have it or not; but of a
            // venue all has to be sound, since a site is another one as soon as anything differs.
            let stands = column.is_some_and(|column| !self.changed.contains_key(&column));
            if stands && section != Section::Venues {
                continue;
            }
            let of_section = |column: &&Column| matches!(column, Column::Field(at) if FIELDS[*at].section == section);
            let first = self.changed.keys().find(of_section).copied();
            let column = column.or(first).unwrap_or(Column::Id);
            self.fault(column, fault.message);
        }
    }

    /// The fields of the form that a cell fills.
    fn typed(
        &self,
        kind: Kind,
        name: &str,
        cell: &str,
        form: &Filled,
    ) -> Result<Vec<(String, Vec<String>)>, String> {
        let one = |value: &str| vec![(name.to_owned(), vec![value.to_owned()])];
        let vocabulary = self.world.vocabulary;
        let options: Vec<(String, String)> = match kind {
            Kind::Text => return Ok(one(cell)),
            Kind::Phone => return Ok(one(&phone(cell))),
            Kind::Lines => return Ok(one(&lines(cell).join("\n"))),
            Kind::Tick | Kind::Answer => return said(kind, cell).map(|value| one(value)),
            Kind::Places => {
                let places = lines(cell);
                let area = if places.is_empty() { "none" } else { "these" };
                return Ok(vec![
                    ("places".to_owned(), vec![places.join("\n")]),
                    ("area".to_owned(), vec![area.to_owned()]),
                ]);
            }
            Kind::NotFor => return Ok(not_for(cell)),
            Kind::Costs => return Ok(Vec::new()),
            Kind::Needs => {
                let needs = vocabulary.needs().iter();
                needs.map(|need| (need.id.to_string(), need.label.clone())).collect()
            }
            Kind::People => {
                let people = vocabulary.circumstances().iter();
                people.map(|whom| (whom.id.to_string(), whom.label.clone())).collect()
            }
            Kind::Delivery => {
                let ways = Delivery::all().into_iter();
                ways.map(|way| (way.key().to_owned(), way.label().to_owned())).collect()
            }
            Kind::Languages => {
                let all = LANGUAGES.iter();
                all.map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned())).collect()
            }
        };
        let chosen = chosen(cell, &options, form.all(name))?;
        Ok(vec![(name.to_owned(), chosen)])
    }

    fn costs(&mut self, edited: &mut Edited) {
        let of_costs = |column: &Column| column.kind() == Some(Kind::Costs);
        let Some((column, cell)) = self.changed.iter().find(|(column, _)| of_costs(column)) else {
            return;
        };
        match costs(cell, &edited.service.costs) {
            Ok(heard) => edited.service.costs = heard,
            Err(how) => self.fault(*column, how),
        }
    }

    /// Sessions and access at the venues, once it is known which venues there are.
    fn at_venues(&mut self, before: &Filled, edited: &mut Edited, fills_new: bool) {
        let known = before.rows('v');
        let was_there = |venue: &ServiceAtLocation| {
            known.iter().any(|row| before.get(&format!("v{row}-was")) == venue.id.to_string())
        };
        let mut new = edited.service.venues.iter().filter(|venue| !was_there(venue)).cloned();
        // New venues follow each other as their columns do.
        let mut venues: BTreeMap<usize, ServiceAtLocation> = BTreeMap::new();
        let numbers = self.changed.keys().filter_map(|column| match column {
            Column::Venue(number, _) => Some(*number),
            _ => None,
        });
        let mut numbers: Vec<usize> = numbers.collect();
        numbers.dedup();
        for number in numbers {
            let found = match known.contains(&number) {
                true => venue_of(edited, before, number).cloned(),
                false => new.next(),
            };
            venues.extend(found.map(|venue| (number, venue)));
        }
        let in_force: Vec<_> = edited.venues_in_force().map(|(_, venue)| venue.id).collect();
        for (column, cell) in self.changed {
            let Column::Venue(number, of) = *column else { continue };
            if of.field(number).is_some() || cell.is_empty() && !venues.contains_key(&number) {
                continue;
            }
            let Some(venue) = venues.get_mut(&number) else {
                self.fault(*column, "Give the venue’s name and postcode too");
                continue;
            };
            if !fills_new && !in_force.contains(&venue.id) {
                self.fault(
                    *column,
                    "A steward looks at the new venue first: fill this in once it is there",
                );
                continue;
            }
            if of == VenueCell::Sessions {
                match sessions(cell, &venue.sessions) {
                    Ok(heard) => venue.sessions = heard,
                    Err(how) => self.fault(*column, how),
                }
            } else if let Err(how) = self.access(number, edited, venue) {
                self.fault(*column, how);
            }
        }
        for venue in venues.into_values() {
            if let Some(known) = edited.service.venues.iter_mut().find(|known| known.id == venue.id)
            {
                *known = venue;
            }
        }
    }

    /// What a venue has and has not, from both of its cells.
    fn access(
        &self,
        number: usize,
        edited: &Edited,
        venue: &mut ServiceAtLocation,
    ) -> Result<(), String> {
        let stood = access_at(edited, venue);
        let mut facts: BTreeMap<AccessFeature, Answer> = BTreeMap::new();
        let options: Vec<(AccessFeature, String)> =
            features().map(|(feature, label)| (feature, label.to_owned())).collect();
        for (cell, wanted) in [(VenueCell::Has, Answer::Yes), (VenueCell::HasNot, Answer::No)] {
            let Some(cell) = self.changed.get(&Column::Venue(number, cell)) else {
                let unchanged = stood.iter().filter(|(_, answer)| **answer == wanted);
                for (feature, answer) in unchanged {
                    facts.entry(*feature).or_insert(*answer);
                }
                continue;
            };
            for feature in chosen(cell, &options, &[])? {
                if facts.insert(feature, wanted).is_some_and(|other| other != wanted) {
                    let label = feature.label();
                    return Err(format!("“{label}” is both in what it has and in what it has not"));
                }
            }
        }
        state_access(edited, venue, &facts);
        Ok(())
    }
}

fn venue_cell(of: VenueCell, name: &str, cell: &str) -> Result<Vec<(String, Vec<String>)>, String> {
    let value = match of {
        VenueCell::Hidden => said(Kind::Tick, cell)?.to_owned(),
        VenueCell::Lines => lines(cell).join("\n"),
        _ => cell.to_owned(),
    };
    Ok(vec![(name.to_owned(), vec![value])])
}

/// A venue of which every cell was emptied is taken away.
fn take_away_empty(form: &mut Filled) {
    for row in form.rows('v') {
        let is_empty = ["name", "lines", "town", "postcode", "hidden"]
            .iter()
            .all(|name| form.get(&format!("v{row}-{name}")).trim().is_empty());
        if is_empty {
            form.put(&format!("v{row}-gone"), ["yes".to_owned()]);
        }
    }
}

fn said(kind: Kind, cell: &str) -> Result<&'static str, String> {
    match (answer(cell), kind) {
        (Some(Answer::Yes), _) => Ok("yes"),
        (Some(_), Kind::Tick) => Ok(""),
        (Some(Answer::No), _) => Ok("no"),
        (Some(Answer::NotStated), _) => Ok("not-stated"),
        (None, Kind::Tick) => Err("Write yes, or leave it empty".to_owned()),
        (None, _) => Err("Write yes or no, or leave it empty where nobody said".to_owned()),
    }
}

fn not_for(cell: &str) -> Vec<(String, Vec<String>)> {
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

/// A phone number with the zero that a spreadsheet took from it.
fn phone(cell: &str) -> String {
    let text = cell.trim();
    let has_lost = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    if has_lost && !text.starts_with('0') { format!("0{text}") } else { text.to_owned() }
}

/// What a list of labels chooses: each by its label or its key; what stood there may stay.
fn chosen<T: Clone + PartialEq + ToText>(
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
trait ToText {
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
