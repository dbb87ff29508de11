//! A QR code as a picture that prints sharply.

use std::fmt::Write;

use maud::{Markup, html};

use crate::paper::Qr;

/// The light margin that readers need, in modules (ISO/IEC 18004).
const MARGIN: usize = 4;

/// The code in black on white; `says` is what it stands for.
#[must_use]
pub fn qr_code(code: &Qr, says: &str) -> Markup {
    let side = code.size + 2 * MARGIN;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(if says.is_empty() { "QR code" } else { says }) {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(outline(code)) fill="#000" {}
        }
    }
}

/// A run of squares for each run of dark modules.
fn outline(code: &Qr) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|x| code.is_dark(*x, y)).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + MARGIN, y + MARGIN);
            }
            x += run + 1;
        }
    }
    path
}
