//! The columns of a sheet.

use std::{collections::HashMap, sync::LazyLock};

use crate::{
    domain::Part,
    keeping::Section,
    table::Width::{self, Middle, Narrow},
};

use super::fields::{FIELDS, Kind};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Id,
    Version,
    Organisation,
    StillRight,
    Door(DoorCell),
    /// By its number in [`FIELDS`].
    Field(usize),
    /// Of a venue, counted from 0.
    Venue(usize, VenueCell),
    /// Sessions that are at no venue.
    Elsewhere,
}

/// What is said of whether people are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoorCell {
    Status,
    Weeks,
    Until,
    Note,
}

/// What is said of a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VenueCell {
    Name,
    Lines,
    Town,
    Postcode,
    Hidden,
    Sessions,
    Has,
    HasNot,
}

const DOORS: [(DoorCell, &str, &str); 4] = [
    (
        DoorCell::Status,
        "Takes people now",
        "Open, waiting list, full or paused. Leave it empty to say nothing new.",
    ),
    (DoorCell::Weeks, "Weeks of waiting", "With a waiting list: how many weeks."),
    (DoorCell::Until, "Paused until", "Where paused: the last day, such as 25/12/2026."),
    (DoorCell::Note, "About taking people", "Anything to add that everybody may read."),
];

const VENUES: [(VenueCell, &str, Width, &str); 8] = [
    (
        VenueCell::Name,
        "name",
        Middle,
        "Such as St Mary’s Hall. Empty every cell of a venue to take it away.",
    ),
    (VenueCell::Lines, "address", Middle, "Without town and postcode."),
    (VenueCell::Town, "town", Narrow, ""),
    (VenueCell::Postcode, "postcode", Narrow, "The whole postcode."),
    (VenueCell::Hidden, "hidden", Narrow, "Yes where nobody may read where it is."),
    (
        VenueCell::Sessions,
        "sessions",
        Middle,
        "Such as “Tuesdays 10am to 12pm; Fridays 2pm to 4pm”.",
    ),
    (VenueCell::Has, "has", Middle, "Access that there is, from the sheet “Words to choose”."),
    (
        VenueCell::HasNot,
        "has not",
        Middle,
        "Access that there is not. What is in neither, nobody said.",
    ),
];

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The most venues that a sheet has columns for.
pub const MOST_VENUES: usize = 12;

impl Column {
    /// Every column of a sheet with room for so many venues.
    pub fn all(venues: usize) -> Vec<Self> {
        let doors = DOORS.iter().map(|(door, ..)| Self::Door(*door));
        let (names, rest): (Vec<_>, Vec<_>) =
            (0..FIELDS.len()).partition(|at| FIELDS[*at].section == Section::Needs);
        let of_venues = (0..venues.min(MOST_VENUES))
            .flat_map(|number| VENUES.iter().map(move |(cell, ..)| Self::Venue(number, *cell)));
        let mut all = vec![Self::Id, Self::Organisation];
        all.extend(names.into_iter().map(Self::Field));
        all.push(Self::StillRight);
        all.extend(doors);
        all.extend(rest.into_iter().map(Self::Field));
        all.extend(of_venues);
        all.extend([Self::Elsewhere, Self::Version]);
        all
    }

    /// The column with this heading, however it is spaced and in whatever letters.
    pub fn of_heading(heading: &str) -> Option<Self> {
        static ALL: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let all = Column::all(MOST_VENUES).into_iter();
            all.map(|column| (folded(&column.heading()), column)).collect()
        });
        ALL.get(&folded(heading)).copied()
    }

    /// What it is called where a row is sealed. Never to be given to another column.
    pub fn code(self) -> String {
        match self {
            Self::Field(at) => FIELDS[at].name.to_owned(),
            Self::Venue(number, of) => {
                let name = VENUES.iter().find(|(cell, ..)| *cell == of).map_or("", |cell| cell.1);
                format!("v{number}-{}", name.replace(' ', "-"))
            }
            Self::Elsewhere => "sessions".to_owned(),
            other => folded(&other.heading()).replace(' ', "-"),
        }
    }

    /// What stands above it.
    pub fn heading(self) -> String {
        match self {
            Self::Id => "ID".to_owned(),
            Self::Version => "Version".to_owned(),
            Self::Organisation => "Organisation".to_owned(),
            Self::StillRight => "Still right".to_owned(),
            Self::Elsewhere => "Other sessions".to_owned(),
            Self::Door(wanted) => {
                DOORS.iter().find(|(door, ..)| *door == wanted).map_or("", |door| door.1).to_owned()
            }
            Self::Field(at) => FIELDS[at].heading.to_owned(),
            Self::Venue(number, wanted) => {
                let name =
                    VENUES.iter().find(|(cell, ..)| *cell == wanted).map_or("", |cell| cell.1);
                format!("Venue {} {name}", number + 1)
            }
        }
    }

    /// What to write in it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Id => "Leave it as it is. Empty in a new row: a new listing.",
            Self::Version => {
                "Leave it as it is: it shows what was changed since, and by which of you."
            }
            Self::Organisation => "Whose it is. To be filled in where the row is new.",
            Self::StillRight => {
                "Yes where all of the row is still right: it counts as confirmed today."
            }
            Self::Elsewhere => "Sessions at no venue in particular, such as “Mondays 7pm to 8pm”.",
            Self::Door(wanted) => {
                DOORS.iter().find(|(door, ..)| *door == wanted).map_or("", |door| door.2)
            }
            Self::Field(at) => FIELDS[at].hint,
            Self::Venue(_, wanted) => {
                VENUES.iter().find(|(cell, ..)| *cell == wanted).map_or("", |cell| cell.3)
            }
        }
    }

    pub fn width(self) -> Width {
        match self {
            Self::Organisation | Self::Elsewhere => Middle,
            Self::Version => Width::Hidden,
            Self::Id | Self::StillRight | Self::Door(_) => Narrow,
            Self::Field(at) => FIELDS[at].width,
            Self::Venue(_, wanted) => {
                VENUES.iter().find(|(cell, ..)| *cell == wanted).map_or(Middle, |cell| cell.2)
            }
        }
    }

    /// The parts of a listing that it says something of.
    pub fn part(self) -> Option<Part> {
        match self {
            Self::Field(at) => Some(FIELDS[at].part),
            Self::Venue(_, VenueCell::Sessions) | Self::Elsewhere => Some(Part::Hours),
            Self::Venue(_, VenueCell::Has | VenueCell::HasNot) => Some(Part::Access),
            Self::Venue(..) => Some(Part::Sites),
            _ => None,
        }
    }

    /// How its cells are read, where it is a field of a form.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Field(at) => Some(FIELDS[at].kind),
            _ => None,
        }
    }

    /// The column of a field of a section's form.
    pub fn of_field(section: Section, name: &str) -> Option<Self> {
        let name = if name == "not-for-words" { "not-for" } else { name };
        let name = if name == "area" { "places" } else { name };
        let at = FIELDS.iter().position(|field| field.section == section && field.name == name);
        at.map(Self::Field).or_else(|| {
            let (number, rest) = name.strip_prefix('v')?.split_once('-')?;
            let cell = match rest {
                "name" | "was" | "gone" => VenueCell::Name,
                "lines" => VenueCell::Lines,
                "town" => VenueCell::Town,
                "postcode" => VenueCell::Postcode,
                "hidden" => VenueCell::Hidden,
                _ => return None,
            };
            Some(Self::Venue(number.parse().ok()?, cell))
        })
    }
}

impl VenueCell {
    /// Every cell of a venue.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Lines,
        Self::Town,
        Self::Postcode,
        Self::Hidden,
        Self::Sessions,
        Self::Has,
        Self::HasNot,
    ];

    /// The field of the form of venues that it is.
    pub fn field(self, number: usize) -> Option<String> {
        let name = match self {
            Self::Name => "name",
            Self::Lines => "lines",
            Self::Town => "town",
            Self::Postcode => "postcode",
            Self::Hidden => "hidden",
            Self::Sessions | Self::Has | Self::HasNot => return None,
        };
        Some(format!("v{number}-{name}"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_column_is_found_by_its_heading_and_no_two_have_one() {
        let all = Column::all(MOST_VENUES);
        let codes: HashSet<String> = all.iter().map(|column| column.code()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(codes.iter().all(|code| !code.is_empty() && !code.contains([' ', '='])));
        let headings: HashSet<String> = all.iter().map(|column| column.heading()).collect();
        assert_eq!(headings.len(), all.len());
        for column in all {
            let heading = column.heading();
            assert!(!heading.is_empty());
            assert_eq!(Column::of_heading(&format!(" {}", heading.to_uppercase())), Some(column));
        }
        assert_eq!(Column::of_heading("Venue 13 name"), None);
    }

    #[test]
    fn every_field_is_one_of_its_section() {
        for (at, field) in FIELDS.iter().enumerate() {
            assert!(field.section.parts().contains(&field.part), "{}", field.heading);
            let names = FIELDS.iter().filter(|other| other.name == field.name).count();
            assert_eq!(names, 1, "{}", field.name);
            assert_eq!(Column::of_field(field.section, field.name), Some(Column::Field(at)));
        }
    }
}
