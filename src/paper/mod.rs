//! What is taken along: leaflets on A4, QR codes, text messages and calendars. Nothing here knows
//! the directory: what it sets is given to it in words.

mod calendar;
mod leaflet;
mod message;

pub use calendar::{CalendarEntry, calendar};
pub use leaflet::{Entry, Leaflet, LeafletError, Qr, pdf, qr};
pub use message::{LONGEST_MESSAGE, MessageLine, longest_message, mail, message, signs};
