//! What somebody asks, read from the address of a page or a call.

use crate::domain::{AccessFeature, CircumstanceId, CostKind, Delivery, NeedId, PlaceCode, Sector};

use super::{
    fault::Fault,
    labels::Labelled,
    values::{Answerable, Day, Must, Order, PartOfTheDay, Referrer},
};

/// A question, with every value known to be sound. Reading one gives what could be read and each fault.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own in the address")]
pub struct Question {
    pub words: String,
    /// Do not widen the words by the vocabulary.
    pub exactly: bool,
    /// Do not correct the spelling.
    pub as_spelt: bool,
    /// What is to be left out, in anybody's words.
    pub avoid: String,
    /// What somebody cannot do without: each of them has to be stated.
    pub must: Vec<Must>,
    pub needs: Vec<NeedId>,
    /// A postcode, part of one, a place name, or `lat,lon`, as typed.
    pub near: String,
    /// What was taken out of the words as the place, as it was typed.
    pub place_said: String,
    /// How far a venue may be, in metres.
    pub within_metres: Option<u32>,
    pub place: Option<PlaceCode>,
    pub age: Option<u8>,
    pub who: Vec<CircumstanceId>,
    pub days: Vec<Answerable<Day>>,
    pub times: Vec<Answerable<PartOfTheDay>>,
    pub costs: Vec<Answerable<CostKind>>,
    pub how: Vec<Answerable<Delivery>>,
    pub access: Vec<Answerable<AccessFeature>>,
    pub languages: Vec<String>,
    pub refer: Vec<Referrer>,
    pub sectors: Vec<Answerable<Sector>>,
    /// Only what takes people now.
    pub open: bool,
    /// Only what was confirmed within six months.
    pub confirmed: bool,
    /// Of a place, only what has a venue inside it.
    pub inside: bool,
    /// Show the services for other areas that were left out.
    pub elsewhere: bool,
    pub order: Order,
    /// From 1.
    pub page: usize,
    pub per_page: usize,
}

/// The longest words, and the longest place, that are read; the rest is a fault.
pub const LONGEST_WORDS: usize = 200;
/// The most values of one key that are read.
const MOST_VALUES: usize = 20;
/// The furthest that `within` may ask for: beyond it lies all of England.
const FURTHEST_METRES: u32 = 1_000_000;
/// Results a page, unless asked otherwise, and at the most.
pub const PER_PAGE: usize = 10;
/// The most results that one page may hold.
pub const MOST_PER_PAGE: usize = 100;
/// The furthest result that can be paged to: beyond it, narrowing helps more than paging.
pub const FURTHEST_RESULT: usize = 1_000;

impl Question {
    /// Reads a question from the keys and values of a query string. Keys that are not known are passed over.
    #[must_use]
    pub fn read(pairs: &[(String, String)]) -> (Self, Vec<Fault>) {
        let mut question = Self { page: 1, per_page: PER_PAGE, ..Self::default() };
        let mut faults = Vec::new();
        for (key, value) in pairs.iter().take(400) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            if let Err(fault) = question.take(key, value) {
                faults.push(fault);
            }
        }
        question.keep_within_reach(&mut faults);
        (question, faults)
    }

    /// Whether anything was asked at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let bare = Self { page: self.page, per_page: self.per_page, ..Self::default() };
        Self { order: Order::default(), ..self.clone() } == bare
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        match key {
            "q" => self.words = bounded(key, value)?,
            "avoid" => self.avoid = bounded(key, value)?,
            "near" => self.near = bounded(key, value)?,
            "words" => self.exactly = value == "only",
            "spell" => self.as_spelt = value == "0",
            "need" => push(&mut self.needs, key, NeedId(bounded(key, value)?))?,
            "who" => push(&mut self.who, key, CircumstanceId(bounded(key, value)?))?,
            "lang" => push(&mut self.languages, key, language(key, value)?)?,
            "place" => self.place = Some(PlaceCode(bounded(key, value)?)),
            "within" => self.within_metres = Some(number(key, value, 1, FURTHEST_METRES)?),
            "age" => self.age = Some(number(key, value, 0, 130)?),
            "open" => self.open = yes(key, value)?,
            "confirmed" => self.confirmed = yes(key, value)?,
            "inside" => self.inside = yes(key, value)?,
            "elsewhere" => self.elsewhere = yes(key, value)?,
            "page" => self.page = number(key, value, 1, 1_000_000)?,
            "per_page" | "perPage" => self.per_page = number(key, value, 1, MOST_PER_PAGE)?,
            _ => self.take_choice(key, value)?,
        }
        Ok(())
    }

    fn take_choice(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        match key {
            "day" => push(&mut self.days, key, one_of(key, value)?),
            "time" => push(&mut self.times, key, one_of(key, value)?),
            "cost" => push(&mut self.costs, key, one_of(key, value)?),
            "how" => push(&mut self.how, key, one_of(key, value)?),
            "access" => push(&mut self.access, key, one_of(key, value)?),
            "must" => push(&mut self.must, key, one_of(key, value)?),
            "refer" => push(&mut self.refer, key, one_of(key, value)?),
            "sector" => push(&mut self.sectors, key, one_of(key, value)?),
            "sort" => {
                self.order = one_of(key, value)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn keep_within_reach(&mut self, faults: &mut Vec<Fault>) {
        if (self.page - 1).saturating_mul(self.per_page) >= FURTHEST_RESULT {
            let most = FURTHEST_RESULT / self.per_page;
            faults.push(Fault::new(
                "page",
                &self.page.to_string(),
                format!("a page from 1 to {most}; beyond that, ask for something narrower"),
            ));
            self.page = 1;
        }
    }
}

fn bounded(key: &str, value: &str) -> Result<String, Fault> {
    if value.chars().count() <= LONGEST_WORDS {
        return Ok(value.to_owned());
    }
    Err(Fault::new(key, value, format!("at most {LONGEST_WORDS} characters")))
}

fn number<N>(key: &str, value: &str, least: N, most: N) -> Result<N, Fault>
where
    N: std::str::FromStr + PartialOrd + std::fmt::Display + Copy,
{
    let number = value.parse().ok().filter(|number| (&least..=&most).contains(&number));
    number.ok_or_else(|| Fault::new(key, value, format!("a whole number from {least} to {most}")))
}

fn yes(key: &str, value: &str) -> Result<bool, Fault> {
    match value {
        "1" | "true" | "yes" => Ok(true),
        "0" | "false" | "no" => Ok(false),
        _ => Err(Fault::new(key, value, "1 or 0".to_owned())),
    }
}

/// A BCP 47 tag as far as letters go: `en`, `ckb`, `pt-BR`.
fn language(key: &str, value: &str) -> Result<String, Fault> {
    let sound = (2..=12).contains(&value.len())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if sound || value == "not-stated" {
        return Ok(value.to_owned());
    }
    Err(Fault::new(key, value, "a language code such as pl or ckb".to_owned()))
}

fn one_of<T: Labelled>(key: &str, value: &str) -> Result<T, Fault> {
    T::from_key(value).ok_or_else(|| {
        let known: Vec<&str> = T::all().into_iter().map(super::labels::Labelled::key).collect();
        Fault::new(key, value, format!("one of {}", known.join(", ")))
    })
}

fn push<T: PartialEq>(values: &mut Vec<T>, key: &str, value: T) -> Result<(), Fault> {
    if values.contains(&value) {
        return Ok(());
    }
    if values.len() == MOST_VALUES {
        return Err(Fault::new(key, "…", format!("at most {MOST_VALUES} values")));
    }
    values.push(value);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
    }

    fn faults(text: &str) -> Vec<String> {
        Question::read(&pairs(text)).1.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn repeated_keys_are_several_values() {
        let (question, faults) =
            Question::read(&pairs("cost=free&cost=not-stated&day=tue&cost=free"));
        assert_eq!(question.costs, [Answerable::Stated(CostKind::Free), Answerable::NotStated]);
        assert_eq!(question.days, [Answerable::Stated(Day::Tue)]);
        assert_eq!(faults, []);
    }

    #[test]
    fn keys_that_are_not_known_and_empty_values_are_passed_over() {
        let (question, faults) = Question::read(&pairs("q=&utm_source=x&near=+&day="));
        assert!(question.is_empty());
        assert_eq!(faults, []);
    }

    #[test]
    fn each_bad_value_is_named_with_what_was_expected() {
        insta::assert_snapshot!(
            faults("age=old&day=tues&cost=cheap&within=-5&open=maybe&lang=%3Cscript%3E&sort=random&page=0").join("\n"),
            @r"
        age: found “old”, expected a whole number from 0 to 130
        day: found “tues”, expected one of mon, tue, wed, thu, fri, sat, sun, not-stated
        cost: found “cheap”, expected one of free, donation, concession, paid, assessed, not-stated
        within: found “-5”, expected a whole number from 1 to 1000000
        open: found “maybe”, expected 1 or 0
        lang: found “<script>”, expected a language code such as pl or ckb
        sort: found “random”, expected one of best, distance, name, confirmed
        page: found “0”, expected a whole number from 1 to 1000000
        "
        );
    }

    #[test]
    fn what_is_too_long_too_many_or_too_far_is_refused_and_the_rest_is_read() {
        let long = "x".repeat(10_000);
        let (question, faults) = Question::read(&pairs(&format!("q={long}&near=WN1&page=9999")));
        assert_eq!(
            (question.words.as_str(), question.near.as_str(), question.page),
            ("", "WN1", 1)
        );
        assert_eq!(faults.len(), 2);
        assert!(faults[0].to_string().len() < 200);
        let many: String = (0..500).map(|n| format!("need=n{n}&")).collect();
        assert_eq!(Question::read(&pairs(&many)).0.needs.len(), 20);
    }
}
