//! The columns that are fields of the forms of a listing.

use crate::{
    domain::Part,
    keeping::Section,
    table::Width::{self, Middle, Narrow, Wide},
};

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
