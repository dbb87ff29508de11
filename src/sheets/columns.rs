//! The columns of a sheet.

use crate::{
    domain::Part,
    keeping::Section,
    table::Width::{self, Middle, Narrow, Wide},
};

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

/// How the cells of a column are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Several texts, with semicolons or new lines between them.
    Lines,
    Phone,
    /// Yes, or nothing.
    Tick,
    /// Yes, no, or nobody said.
    Answer,
    Needs,
    People,
    Delivery,
    Languages,
    NotFor,
    Places,
    Costs,
}

/// A column that is a field of a section's form.
#[derive(Debug)]
pub struct Field {
    pub heading: &'static str,
    pub section: Section,
    /// The name of the field in the form.
    pub name: &'static str,
    pub kind: Kind,
    pub part: Part,
    pub width: Width,
    /// What to write.
    pub hint: &'static str,
}

macro_rules! fields {
    ($($heading:literal: $section:ident $name:literal $kind:ident $part:ident $width:ident $hint:literal;)*) => {
        /// Every column that is a field of a form, in the order of the sheet.
        pub const FIELDS: &[Field] = &[$(Field {
            heading: $heading,
            section: Section::$section,
            name: $name,
            kind: Kind::$kind,
            part: Part::$part,
            width: $width,
            hint: $hint,
        },)*];
    };
}

fields! {
    "Name": Needs "name" Text Name Middle "As people know it. Never empty.";
    "Other names": Needs "aliases" Lines Aliases Middle "With semicolons between them.";
    "What it helps with": Needs "needs" Needs Needs Wide "From the sheet “Words to choose”, with semicolons between them.";
    "In one line": Words "summary" Text Summary Wide "What it is, in up to 160 characters.";
    "In full": Words "description" Text Description Wide "Up to 5,000 characters.";
    "In short": Words "in-short" Lines InShort Wide "Short plain sentences for an easy summary, with semicolons between them.";
    "Notice": Words "alert" Text Alert Middle "Something passing, such as “Closed on 3 May”.";
    "Phone": Words "phone" Phone Contacts Narrow "With its area code.";
    "E-mail": Words "email" Text Contacts Middle "Such as name@example.org.";
    "Website": Words "website" Text Website Middle "Such as https://example.org.";
    "Who it is for": Who "for" Text Eligibility Wide "In your words.";
    "Ages": Who "ages" Text Eligibility Narrow "Such as “18 and over”, “11 to 18” or “up to 25”.";
    "Open to everybody": Who "open" Answer Eligibility Narrow "Yes, no, or empty where nobody said.";
    "For people who": Who "people" People Eligibility Middle "From the sheet “Words to choose”, with semicolons between them.";
    "Only for these": Who "only" Answer Eligibility Narrow "Yes, no, or empty where nobody said.";
    "Not suitable for": Who "not-for" NotFor Eligibility Middle "Whom it cannot help; “nobody” where it can help everybody; empty where nobody said.";
    "How it reaches people": Venues "delivery" Delivery Delivery Middle "From the sheet “Words to choose”, with semicolons between them.";
    "Places it serves": Venues "places" Places Footprint Middle "Such as “Wigan; WN7”. Empty where anybody may come.";
    "About the area": Venues "area-note" Text Footprint Middle "Anything to add about the places.";
    "Only people who live there": Venues "own-only" Tick Footprint Narrow "Yes, or empty.";
    "Show with care": Venues "care" Tick Sensitivity Narrow "Yes where nobody may read where any of it is, such as a refuge.";
    "Cost": Start "cost" Costs Costs Middle "Such as “Free” or “£3 a session”, with semicolons between them.";
    "What to say": Start "say" Text AccessRoutes Middle "What to say or send to begin.";
    "Answers within days": Start "reply-days" Text AccessRoutes Narrow "A whole number.";
    "Who answers": Start "replies" Text AccessRoutes Middle "";
    "The first time": Start "first" Text FirstVisit Wide "What happens when somebody comes for the first time.";
    "Who meets you": Start "meets" Text FirstVisit Middle "";
    "What to bring": Start "bring" Text FirstVisit Middle "";
    "Somebody may come along": Start "come-along" Answer FirstVisit Narrow "Yes, no, or empty where nobody said.";
    "Languages": Access "languages" Languages Languages Middle "From the sheet “Words to choose”, with semicolons between them.";
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

/// The most venues that a sheet has columns for.
pub const MOST_VENUES: usize = 12;

impl Column {
    /// Every column of a sheet with room for so many venues.
    pub fn all(venues: usize) -> Vec<Self> {
        let first = [Self::Id, Self::Version, Self::Organisation, Self::StillRight];
        let doors = DOORS.iter().map(|(door, ..)| Self::Door(*door));
        let (names, rest): (Vec<_>, Vec<_>) =
            (0..FIELDS.len()).partition(|at| FIELDS[*at].section == Section::Needs);
        let of_venues = (0..venues.min(MOST_VENUES))
            .flat_map(|number| VENUES.iter().map(move |(cell, ..)| Self::Venue(number, *cell)));
        let mut all: Vec<Self> = first[..3].to_vec();
        all.extend(names.into_iter().map(Self::Field));
        all.push(first[3]);
        all.extend(doors);
        all.extend(rest.into_iter().map(Self::Field));
        all.extend(of_venues);
        all.push(Self::Elsewhere);
        all
    }

    /// The column with this heading, however it is spaced and in whatever letters.
    pub fn of_heading(heading: &str) -> Option<Self> {
        let plain =
            |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let wanted = plain(heading);
        Self::all(MOST_VENUES).into_iter().find(|column| plain(&column.heading()) == wanted)
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
                "Leave it as it is: it shows whether somebody changed the listing since."
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
            Self::Id | Self::Version | Self::StillRight | Self::Door(_) => Narrow,
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
