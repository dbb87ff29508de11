//! Dates in full, and which of them are likely dates of birth.

use jiff::civil::Date;

use super::token::Scan;
use super::words::{MEASURES, month_of};

const LABELS: [&str; 6] = ["bday", "birth", "birthdate", "birthday", "born", "dob"];
const AFTER_LABEL: [&str; 8] = ["date", "in", "is", "of", "on", "the", "was", "year"];
const IN_FIGURES: [char; 7] = ['-', '/', '.', ',', ':', '_', '|'];
const BETWEEN_PARTS: [char; 5] = ['-', '/', '.', ',', '\''];

/// A year as it was written.
#[derive(Clone, Copy)]
enum Year {
    Full(i16),
    Short(i16),
    /// Two digits that may be an hour, a count or anything else.
    Doubtful(i16),
}

impl Year {
    fn read(text: &str) -> Option<Self> {
        let year = text.get(..4).unwrap_or(text).parse().ok()?;
        match text.len() {
            2 => Some(Self::Short(year)),
            4 => Some(Self::Full(year)),
            _ => None,
        }
    }

    fn doubtful(self) -> Self {
        if let Self::Short(year) = self { Self::Doubtful(year) } else { self }
    }

    fn full(self) -> i16 {
        match self {
            Self::Full(year) => year,
            Self::Short(year) | Self::Doubtful(year) if year < 30 => 2000 + year,
            Self::Short(year) | Self::Doubtful(year) => 1900 + year,
        }
    }

    /// Practical dates are of these years; people who use services were mostly born before.
    fn is_of_birth(self) -> bool {
        !matches!(self, Self::Doubtful(_)) && (1900..=2019).contains(&self.full())
    }
}

/// A date of birth: a full date that is called so or lies before 2020.
pub(super) fn birth_at(scan: &Scan, at: usize) -> bool {
    let Some(year) = year_of_date(scan, at) else {
        return is_six_digit_date(scan, at) && is_called_birth(scan, at);
    };
    year.is_of_birth() || is_called_birth(scan, at)
}

/// "Born in 1985", "born March 1985": a year, with a month or not, that somebody was born in.
pub(super) fn birth_year_at(scan: &Scan, at: usize) -> bool {
    if !scan.is_word(at, &LABELS) {
        return false;
    }
    let between = |at: &usize| {
        scan.is_word(*at, &AFTER_LABEL)
            || scan.word(*at).is_some_and(|word| month_of(word).is_some())
            || scan.mark(*at).is_some_and(|mark| ":.,".contains(mark))
    };
    let after = (at + 1..at + 7).find(|at| !between(at)).unwrap_or(at);
    let year = scan.number(after).filter(|year| year.len() == 4);
    year.and_then(|year| year.parse().ok()).is_some_and(|year: i16| (1900..2100).contains(&year))
}

/// Any full date of the last or this century, also as six digits.
pub(super) fn date_at(scan: &Scan, at: usize) -> bool {
    year_of_date(scan, at).is_some_and(|year| (1900..2100).contains(&year.full()))
        || is_six_digit_date(scan, at)
}

fn year_of_date(scan: &Scan, at: usize) -> Option<Year> {
    in_figures(scan, at)
        .or_else(|| together(scan.number(at)?))
        .or_else(|| day_first(scan, at))
        .or_else(|| month_first(scan, at))
        .or_else(|| year_first(scan, at))
}

fn checked(year: Year, month: &str, day: &str) -> Option<Year> {
    let month = month.parse().ok()?;
    Date::new(year.full(), month, day.parse().ok()?).ok().map(|_| year)
}

fn in_figures(scan: &Scan, at: usize) -> Option<Year> {
    let first = scan.number(at).filter(|_| !continues(scan, at))?;
    let (second_at, gap) = scan.next_number(at, &IN_FIGURES, 1)?;
    let (third_at, next_gap) = scan.next_number(second_at, &IN_FIGURES, 1)?;
    let (second, third) = (scan.number(second_at)?, scan.number(third_at)?);
    if gap.mark != next_gap.mark || second.len() > 2 {
        return None;
    }
    if first.len() == 4 && third.len() <= 2 {
        return checked(Year::read(first)?, second, third);
    }
    let year = Year::read(third).filter(|_| first.len() <= 2)?;
    let year = if "-/.".contains(gap.mark) { year } else { year.doubtful() };
    checked(year, second, first).or_else(|| checked(year, first, second))
}

/// Whether a number goes on from one before it, so that no date begins here.
fn continues(scan: &Scan, at: usize) -> bool {
    let marked =
        scan.is_joined(at) && scan.mark_before(at).is_some_and(|mark| "-/.".contains(mark));
    marked
        && at.checked_sub(2).is_some_and(|before| {
            scan.number(before).is_some_and(|number| number.len() != 4)
                && scan.is_joined(before + 1)
        })
}

fn together(digits: &str) -> Option<Year> {
    let (Some((head, tail)), 8) = (digits.split_at_checked(4), digits.len()) else { return None };
    let (day, month) = head.split_at_checked(2)?;
    let (late_month, late_day) = tail.split_at_checked(2)?;
    let likely = |year: &Year| (1900..2100).contains(&year.full());
    checked(Year::read(tail)?, month, day)
        .filter(likely)
        .or_else(|| checked(Year::read(head)?, late_month, late_day).filter(likely))
}

fn is_six_digit_date(scan: &Scan, at: usize) -> bool {
    let Some(digits) = scan.number(at).filter(|digits| digits.len() == 6) else { return false };
    let parts = (digits.get(..2), digits.get(2..4), digits.get(4..));
    let (Some(first), Some(month), Some(last)) = parts else { return false };
    let reads = |year: &str, day: &str| Year::read(year).and_then(|year| checked(year, month, day));
    reads(last, first).or_else(|| reads(first, last)).is_some()
}

fn day_first(scan: &Scan, at: usize) -> Option<Year> {
    let day = scan.number(at).filter(|day| day.len() <= 2)?;
    let month_at = skip_between(scan, skip_ordinal(scan, at + 1));
    let month = month_of(scan.word(month_at)?)?;
    let year = year_in_words(scan, month_at + 1)?;
    checked(year, month, day)
}

fn month_first(scan: &Scan, at: usize) -> Option<Year> {
    let month = month_of(scan.word(at)?)?;
    let day_at = skip_between(scan, at + 1);
    let day = scan.number(day_at).filter(|day| day.len() <= 2)?;
    let after = skip_ordinal(scan, day_at + 1);
    let year = year_in_words(scan, after)?;
    // "May 10.30" and "May 10-30" are an hour and a span of days.
    let goes_on = scan.mark(after).is_some_and(|mark| ".-/".contains(mark));
    checked(if goes_on { year.doubtful() } else { year }, month, day)
}

fn year_first(scan: &Scan, at: usize) -> Option<Year> {
    let year = scan.number(at).filter(|year| year.len() == 4).and_then(Year::read)?;
    let month_at = skip_between(scan, at + 1);
    let month = month_of(scan.word(month_at)?)?;
    let day = scan.number(skip_between(scan, month_at + 1)).filter(|day| day.len() <= 2)?;
    checked(year, month, day)
}

fn skip_ordinal(scan: &Scan, at: usize) -> usize {
    at + usize::from(scan.is_joined(at) && scan.is_word(at, &["nd", "rd", "st", "th"]))
}

fn skip_between(scan: &Scan, from: usize) -> usize {
    let is_between = |at: &usize| {
        scan.is_word(*at, &["of"])
            || scan.mark(*at).is_some_and(|mark| BETWEEN_PARTS.contains(&mark))
    };
    from + (from..from + 3).take_while(is_between).count()
}

fn year_in_words(scan: &Scan, from: usize) -> Option<Year> {
    let at = skip_between(scan, from);
    let year = Year::read(scan.number(at)?)?;
    let abbreviated = scan.mark_before(at) == Some('\'');
    let doubtful =
        !abbreviated && (year.full() < 1930 || year.full() >= 2000 || is_count(scan, from, at));
    Some(if doubtful { year.doubtful() } else { year })
}

/// Whether two digits after a month are rather a count or a day of another month.
fn is_count(scan: &Scan, from: usize, at: usize) -> bool {
    let marked = at > from && scan.get(at).is_some_and(|token| token.spaced);
    let goes_on = scan.get(at + 1).is_some()
        && (scan.is_joined(at + 1) && scan.mark(at + 1).is_none_or(|mark| "%:-/".contains(mark)));
    let counted = scan.word(at + 1).is_some_and(|word| MEASURES.contains(&word));
    marked || goes_on || counted || scan.word(at + 1).and_then(month_of).is_some()
}

/// Whether what stands before a date calls it one of birth.
fn is_called_birth(scan: &Scan, date: usize) -> bool {
    let is_between = |at: &usize| {
        scan.is_word(*at, &AFTER_LABEL)
            || scan.mark(*at).is_some_and(|mark| ":-.=(),'\"".contains(mark))
    };
    let label = (0..date).rev().take(8).find(|at| !is_between(at));
    label.is_some_and(|at| scan.is_word(at, &LABELS) || is_initials(scan, at))
}

/// D.O.B. and d o b.
fn is_initials(scan: &Scan, last: usize) -> bool {
    let letters: Vec<&str> =
        (0..=last).rev().take(5).filter_map(|at| scan.word(at)).take(3).collect();
    letters == ["b", "o", "d"]
}
