//! A shortlist of services on paper: an accessible A4 PDF in black on white.

mod column;
mod draw;
mod font;
mod layout;
mod pages;
mod qr;
mod tags;
#[cfg(test)]
mod tests;
mod units;
mod wrap;

pub use qr::{Qr, qr};

/// What is printed for somebody to take along.
#[derive(Clone, Debug, Default)]
pub struct Leaflet {
    /// The heading of the first page and the title of the document.
    pub title: String,
    /// A paragraph before the first service.
    pub lead: Option<String>,
    /// The services in the order in which they are printed.
    pub entries: Vec<Entry>,
    /// What stands at the bottom of every page.
    pub foot: String,
    /// Whether everything is set in large print.
    pub is_large: bool,
}

/// One service on it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The name of the service.
    pub name: String,
    /// The organisation that runs it.
    pub by: String,
    /// One sentence on what it does; may be empty.
    pub line: String,
    /// Words to the person who takes the leaflet along.
    pub note: Option<String>,
    /// The telephone number as it is read out.
    pub phone: Option<String>,
    /// What there is to know before ringing.
    pub phone_note: Option<String>,
    /// Labels with their values, such as `Where` and an address.
    pub facts: Vec<(String, String)>,
    /// What could send somebody on a wasted journey.
    pub warning: Option<String>,
    /// The short web address, printed as a QR code and in words.
    pub address: String,
}

/// Why a leaflet could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LeafletError {
    /// One of the fonts in the program could not be read.
    #[error("the font {0} could not be read")]
    Font(&'static str),
    /// The library accepts no page of this size.
    #[error("the page size was refused")]
    Page,
    /// The library accepts no document of this kind.
    #[error("the kind of document was refused")]
    Kind,
    /// The library could not write the document.
    #[error("the document could not be written")]
    Write(#[from] krilla::error::KrillaError),
}

/// The leaflet as a PDF. `Err` only where the fonts or the library fail.
pub fn pdf(leaflet: &Leaflet) -> Result<Vec<u8>, LeafletError> {
    let faces = font::Faces::load()?;
    let layout = layout::lay_out(leaflet, &faces);
    draw::write(layout, &faces)
}
