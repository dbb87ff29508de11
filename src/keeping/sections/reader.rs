//! Reading what was typed: every value within its bounds, every fault with what to do about it.

use jiff::civil::{Date, Time};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::filled::Filled;
use crate::{
    domain::{Answer, Email, tells_of_a_patient},
    keeping::error::FormFault,
    text::{dates, tidy, web},
};

/// The longest texts, in characters.
pub const LONGEST_LINE: usize = 160;
pub const LONGEST_TEXT: usize = 5000;
pub const LONGEST_PARAGRAPH: usize = 500;

/// A form that is being read, with what is wrong in it so far.
pub struct Reader<'a> {
    pub filled: &'a Filled,
    pub faults: Vec<FormFault>,
}

impl<'a> Reader<'a> {
    pub fn new(filled: &'a Filled) -> Self {
        Self { filled, faults: Vec::new() }
    }

    pub fn fault(&mut self, field: &str, how: impl Into<String>) {
        self.faults.push(FormFault::new(field.to_owned(), how));
    }

    /// A text of one line; nothing where it is empty.
    pub fn line(&mut self, field: &str, longest: usize) -> Option<String> {
        let line = tidy::line(self.filled.get(field));
        self.text_of(field, line, longest)
    }

    /// A text of paragraphs; nothing where it is empty.
    pub fn text(&mut self, field: &str, longest: usize) -> Option<String> {
        let text = tidy::paragraphs(self.filled.get(field));
        self.text_of(field, text, longest)
    }

    /// Each line by itself, without those that are empty.
    pub fn lines(&mut self, field: &str, most: usize, longest: usize) -> Vec<String> {
        let text = tidy::paragraphs(self.filled.get(field));
        let lines: Vec<String> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        if lines.len() > most || lines.iter().any(|line| line.chars().count() > longest) {
            let how = format!("Use up to {most} lines of up to {longest} characters each");
            self.fault(field, how);
        }
        self.text_of(field, lines.join("\n"), most * (longest + 1));
        lines
    }

    fn text_of(&mut self, field: &str, text: String, longest: usize) -> Option<String> {
        let count = text.chars().count();
        if count > longest {
            self.fault(field, format!("Use {longest} characters or fewer; this has {count}"));
        }
        if let Some(what) = tells_of_a_patient(&text) {
            let how = format!("Take out what looks like {what}: everybody can read this");
            self.fault(field, how);
        }
        Some(text).filter(|text| !text.is_empty())
    }

    pub fn phone(&mut self, field: &str) -> Option<String> {
        let phone = self.line(field, 40)?;
        if !is_phone(&phone) {
            self.fault(field, "Enter a phone number with its area code, such as 01942 123456");
        }
        Some(phone)
    }

    pub fn email(&mut self, field: &str) -> Option<String> {
        let email = self.line(field, 254)?;
        if email.parse::<Email>().is_err() {
            self.fault(field, "Enter an e-mail address such as name@example.org");
        }
        Some(email)
    }

    pub fn website(&mut self, field: &str) -> Option<String> {
        let website = self.line(field, 300)?;
        let full = in_full(&website);
        if full.is_none() {
            self.fault(field, "Enter a web address such as https://example.org");
        }
        full
    }

    /// A whole number up to a largest.
    pub fn number(&mut self, field: &str, largest: u16, such_as: &str) -> Option<u16> {
        let text = self.filled.get(field).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let number = text.parse::<u16>().ok().filter(|number| *number <= largest);
        if number.is_none() {
            self.fault(field, format!("Enter a whole number up to {largest}, such as {such_as}"));
        }
        number
    }

    /// Yes, no, or nobody said.
    pub fn answer(&self, field: &str) -> Answer {
        self.choice(field).unwrap_or_default()
    }

    /// A value of a closed set; one that is not in it is as good as none.
    pub fn choice<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        read_key(self.filled.get(field))
    }

    /// Every value of a closed set that was ticked.
    pub fn choices<T: DeserializeOwned>(&self, field: &str) -> Vec<T> {
        self.filled.all(field).iter().filter_map(|key| read_key(key)).collect()
    }

    /// A time of the day.
    pub fn time(&mut self, field: &str) -> Option<Time> {
        let text = self.filled.get(field).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let time = time(&text);
        if time.is_none() {
            self.fault(field, "Enter a time such as 10am, 2:30pm or 14:30");
        }
        time
    }

    /// Dates with commas between them.
    pub fn dates(&mut self, field: &str) -> Vec<Date> {
        let text = self.filled.get(field).to_owned();
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let dates: Vec<Option<Date>> = parts.map(date).collect();
        if dates.contains(&None) || dates.len() > 60 {
            self.fault(field, "Enter dates such as 25/12/2026, with commas between them");
        }
        dates.into_iter().flatten().collect()
    }
}

fn read_key<T: DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_value(Value::String(key.to_owned())).ok()
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_digit() || "+() -.".contains(c) || c.is_alphabetic();
    (3..=15).contains(&digits) && text.chars().all(plain)
}

/// A web address in full, where it is one that a browser can open safely.
fn in_full(text: &str) -> Option<String> {
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    web::page(&full)
}

/// A time as people write it. An hour that may be of the morning or the afternoon is none: "2" and
/// "2:30" are said of afternoons, "02:30" is of the night.
fn time(text: &str) -> Option<Time> {
    let time = dates::time_of_day(text)?;
    let is_bare = text.trim().chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let is_unsure = is_bare && !text.trim().starts_with('0') && (1..7).contains(&time.hour());
    (!is_unsure).then_some(time)
}

/// A date as people write it: day, month, year, of which the century may be left out.
pub fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let text = parts.join("/");
    let short = text.rsplit_once(['/', '.']).filter(|(_, year)| year.len() == 2);
    match short {
        Some((day, year)) => dates::date(&format!("{day}/20{year}").replace('.', "/")),
        None => dates::date(&text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(read: fn(&mut Reader<'_>), text: &str) -> usize {
        let filled = Filled::read(&[("f".to_owned(), text.to_owned())]);
        let mut reader = Reader::new(&filled);
        read(&mut reader);
        reader.faults.len()
    }

    #[test]
    fn what_cannot_be_reached_is_not_taken_for_an_address() {
        let website = |text| faults(|reader| drop(reader.website("f")), text);
        for bad in ["javascript:alert(1)", "ask at the desk", "https://me:secret@example.org"] {
            assert_eq!(website(bad), 1, "{bad}");
        }
        assert_eq!(website("example.org.uk/a") + website("http://garden.example"), 0);
        let phone = |text| faults(|reader| drop(reader.phone("f")), text);
        assert_eq!((phone("ring us"), phone("01942 1234567890123")), (1, 1));
        assert_eq!(phone("+44 (0)1942 123456 ext 2") + phone("111"), 0);
        assert_eq!(faults(|reader| drop(reader.email("f")), "nobody"), 1);
    }

    #[test]
    fn texts_have_bounds_and_tell_of_nobody() {
        let line = |text: &str| faults(|reader| drop(reader.line("f", 5)), text);
        assert_eq!((line(" a  b\n c "), line("abcdef")), (0, 1));
        assert_eq!(faults(|reader| drop(reader.text("f", 50)), "Ask for 999 123 4519"), 1);
        assert_eq!(faults(|reader| drop(reader.lines("f", 2, 5)), "a\nb\nc"), 1);
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let at = |text| time(text).map(|time| (time.hour(), time.minute()));
        for (text, hour, minute) in [
            ("10", 10, 0),
            ("10am", 10, 0),
            ("10.30", 10, 30),
            ("2.30 pm", 14, 30),
            ("12pm", 12, 0),
            ("12 am", 0, 0),
            ("noon", 12, 0),
            ("14:05", 14, 5),
            ("02:30", 2, 30),
        ] {
            assert_eq!(at(text), Some((hour, minute)), "{text}");
        }
        for text in ["2", "2:30", "25:00", "soon", "10:99", "-1"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let christmas = Date::new(2026, 12, 25).ok();
        for text in ["25/12/2026", "25.12.26", "25 12 2026", "2026-12-25"] {
            assert_eq!(date(text), christmas, "{text}");
        }
        assert_eq!((date("12/25/2026"), date("Christmas")), (None, None));
    }
}
