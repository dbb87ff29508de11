//! What changed cells make of the venues of a listing.

use std::collections::BTreeMap;

use crate::{
    domain::{AccessFeature, Answer, ServiceAtLocation},
    keeping::{Edited, Filled, access_at, state_access},
    search::Labelled,
};

use super::{
    cells::{features, venue_of},
    choose::{chosen, said},
    columns::{Column, VenueCell},
    fields::Kind,
    hear::Hearing,
    lines::{lines, sessions},
};

impl Hearing<'_> {
    /// A venue that is new begins with its name.
    pub fn venues_without_names(&mut self, before: &Filled) {
        let known = before.rows('v');
        let nameless = self.changed.iter().filter_map(|(column, text)| match column {
            Column::Venue(number, _) if !known.contains(number) && !text.trim().is_empty() => {
                let name = self.says(Column::Venue(*number, VenueCell::Name));
                name.is_empty().then_some(*column)
            }
            _ => None,
        });
        for column in nameless.collect::<Vec<_>>() {
            self.fault(column, "Give the venue’s name and postcode too");
        }
    }

    /// A venue of which every cell was emptied is taken away. One whose address is not shown has
    /// cells that nobody can fill again, and stays.
    pub fn take_away_empty(&self, form: &mut Filled) {
        for row in form.rows('v') {
            let column = |cell| Column::Venue(row, cell);
            let is_shown = self.now.get(column(VenueCell::Hidden)).is_empty();
            let is_empty =
                VenueCell::ALL.into_iter().all(|cell| self.says(column(cell)).is_empty());
            if is_shown && is_empty {
                form.put(&format!("v{row}-gone"), ["yes".to_owned()]);
            }
        }
    }

    /// Sessions and access at the venues, once it is known which venues there are.
    pub fn at_venues(&mut self, before: &Filled, edited: &mut Edited, fills_new: bool) {
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
            let found = if known.contains(&number) {
                venue_of(edited, before, number).cloned()
            } else {
                new.next()
            };
            venues.extend(found.map(|venue| (number, venue)));
        }
        let in_force: Vec<_> = edited.venues_in_force().map(|(_, venue)| venue.id).collect();
        for (column, cell) in self.changed {
            let Column::Venue(number, of) = *column else { continue };
            if of.field(number).is_some() || cell.is_empty() && !venues.contains_key(&number) {
                continue;
            }
            // A venue that goes takes along what is said of it.
            let Some(venue) = venues.get_mut(&number) else { continue };
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

pub fn venue_cell(
    of: VenueCell,
    name: &str,
    cell: &str,
) -> Result<Vec<(String, Vec<String>)>, String> {
    let value = match of {
        VenueCell::Hidden => said(Kind::Tick, cell)?.to_owned(),
        VenueCell::Lines => lines(cell).join("\n"),
        _ => cell.to_owned(),
    };
    Ok(vec![(name.to_owned(), vec![value])])
}
