//! What commands print: results to standard output, progress to standard error.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

use crate::search::Progress;

/// Prints a line of the result. A reader that went away is no fault of ours.
pub fn print(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Says a line beside the result.
pub fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A bar at a terminal; elsewhere a line at every tenth.
pub struct Bar {
    what: &'static str,
    shown: Option<ProgressBar>,
    tenths: u64,
}

impl Bar {
    /// A bar for work that is called `what`.
    #[must_use]
    pub fn new(what: &'static str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {human_pos} of {human_len}");
            let bar = ProgressBar::new(0).with_message(what);
            style.map_or_else(|_| bar.clone(), |style| bar.clone().with_style(style))
        });
        Self { what, shown: bar, tenths: 0 }
    }
}

impl Progress for Bar {
    fn step(&mut self, done: u64, total: u64) {
        if let Some(bar) = &self.shown {
            bar.set_length(total);
            bar.set_position(done);
            if done >= total {
                bar.finish_and_clear();
            }
            return;
        }
        let tenths = (done * 10).checked_div(total).unwrap_or(10);
        if total >= 5_000 && tenths > self.tenths {
            self.tenths = tenths;
            say(&format!("{}: {done} of {total}", self.what));
        }
    }
}
