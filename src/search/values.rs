//! Values of a question that are not nouns of the directory themselves.

use crate::domain::AccessFeature;

/// A value, or the statement that none was given, which is an answer of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answerable<T> {
    Stated(T),
    NotStated,
}

/// A day of the week to go on.
pub type Day = crate::domain::Weekday;

/// A part of the day to go in.
pub type PartOfTheDay = crate::domain::PartOfDay;

/// Something that somebody cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Must {
    Access(AccessFeature),
    /// Somebody may come along the first time.
    Company,
}

/// Who would make the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Referrer {
    /// The person can turn up.
    DropIn,
    /// The person asks for it.
    Own,
    LinkWorker,
    Professional,
    Gp,
    NotStated,
}

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    #[default]
    Best,
    Distance,
    Name,
    Confirmed,
}
