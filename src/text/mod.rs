//! Reads what people type: into the fields of a feed, and into our own forms.

pub mod ages;
pub mod code;
pub mod dates;
pub mod html;
pub mod money;
pub mod people;
pub mod tidy;
pub mod times;
pub mod web;
pub mod words;
