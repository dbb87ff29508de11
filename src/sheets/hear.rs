//! What changed cells make of a listing.

use std::collections::BTreeMap;

use crate::{
    domain::Delivery,
    keeping::{Edited, Filled, Section, World},
    search::{LANGUAGES, Labelled},
};

use super::{
    cells::Cells,
    choose::{chosen, not_for, phone, said},
    columns::{Column, VenueCell},
    fields::{FIELDS, Kind},
    lines::{costs, lines, sessions},
    plan::CellFault,
    venues::venue_cell,
};

/// Puts changed cells into a listing. What is wrong with them, by column.
pub fn hear(
    (changed, now): (&BTreeMap<Column, String>, &Cells),
    edited: &mut Edited,
    world: World<'_>,
    fills_new_venues: bool,
) -> Vec<CellFault> {
    let before = Section::Venues.fill(edited);
    let mut hearing = Hearing { changed, now, world, faults: Vec::new() };
    hearing.venues_without_names(&before);
    hearing.area_without_places(edited);
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

/// Changed cells on their way into a listing.
pub struct Hearing<'a> {
    pub changed: &'a BTreeMap<Column, String>,
    /// What the listing says.
    pub now: &'a Cells,
    world: World<'a>,
    pub faults: Vec<CellFault>,
}

impl Hearing<'_> {
    pub fn fault(&mut self, column: Column, how: impl Into<String>) {
        self.faults.push(CellFault::new(column, how));
    }

    /// What a cell says, be it changed or not.
    pub fn says(&self, column: Column) -> &str {
        self.changed.get(&column).map_or_else(|| self.now.get(column), String::as_str).trim()
    }

    /// What is said about an area is said about places.
    fn area_without_places(&mut self, edited: &Edited) {
        let column = |name| Column::of_field(Section::Venues, name);
        let says = |name| column(name).is_some_and(|column| !self.says(column).is_empty());
        if says("places") {
            return;
        }
        let except = edited.service.footprint.as_ref().is_some_and(|area| !area.except.is_empty());
        let how = if says("area-note") || says("own-only") {
            "Name the places, or empty “About the area” and “Only people who live there” too"
        } else if except {
            "Places are left out of the area too: change it on the listing’s own page"
        } else {
            return;
        };
        let touched = ["places", "area-note", "own-only"].into_iter().filter_map(column);
        let first = touched.into_iter().find(|column| self.changed.contains_key(column));
        if let Some(first) = first {
            self.fault(first, how);
        }
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
            self.take_away_empty(&mut form);
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
            let more = match column {
                Column::Venue(_, VenueCell::Name) => {
                    "; or, to take it away, empty all of its cells"
                }
                _ => "",
            };
            self.fault(column, format!("{}{more}", fault.message));
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
            Kind::Phone => return phone(cell).map(|phone| one(&phone)),
            Kind::Lines => return Ok(one(&lines(cell).join("\n"))),
            Kind::Tick | Kind::Answer => return said(kind, cell).map(one),
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
}
