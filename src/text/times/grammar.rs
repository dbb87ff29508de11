//! Which days go with which hours.

use jiff::civil::Time;

use super::tokens::{Half, Token};
use crate::domain::{DayRule, Freq, Schedule, Weekday};

/// A rule for each stretch of days and each of its stretches of hours.
pub(super) fn schedules(tokens: &[Token]) -> Option<Vec<Schedule>> {
    let mut reader = Reader { tokens, at: 0 };
    let mut groups: Vec<Group> = Vec::new();
    let mut term_time = false;
    while let Some(token) = reader.peek() {
        match token {
            Token::Stop | Token::And => reader.at += 1,
            Token::TermTime => {
                term_time = true;
                reader.at += 1;
            }
            Token::Hour(..) | Token::From => reader.hours_first_or_more(&mut groups)?,
            _ => groups.push(reader.group()?),
        }
    }
    let mut schedules: Vec<Schedule> = groups.iter().flat_map(Group::schedules).collect();
    for schedule in &mut schedules {
        schedule.term_time_only = term_time;
    }
    Some(schedules)
}

#[derive(Default)]
struct Group {
    days: Vec<DayRule>,
    hours: Vec<(Time, Option<Time>)>,
}

impl Group {
    fn schedules(&self) -> Vec<Schedule> {
        let monthly = self.days.iter().any(|day| day.nth.is_some());
        let freq = if monthly { Freq::Monthly } else { Freq::Weekly };
        let rule = || Schedule { freq, days: self.days.clone(), ..Schedule::default() };
        if self.hours.is_empty() {
            return vec![rule()];
        }
        let at = |(opens, closes): &(Time, Option<Time>)| Schedule {
            opens: Some(*opens),
            closes: *closes,
            ..rule()
        };
        self.hours.iter().map(at).collect()
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn ahead(&self, by: usize) -> Option<Token> {
        self.tokens.get(self.at + by).copied()
    }

    fn take(&mut self, token: Token) -> bool {
        let is_next = self.peek() == Some(token);
        self.at += usize::from(is_next);
        is_next
    }

    /// Days, then any hours that follow them.
    fn group(&mut self) -> Option<Group> {
        let days = self.days()?;
        self.take(Token::And);
        let hours = if self.is_hours() { self.hours()? } else { Vec::new() };
        Some(Group { days, hours })
    }

    fn is_hours(&self) -> bool {
        matches!(self.peek(), Some(Token::Hour(..) | Token::From))
    }

    /// Hours at the start belong to the days after them; hours after a stop to nobody.
    fn hours_first_or_more(&mut self, groups: &mut Vec<Group>) -> Option<()> {
        if !groups.is_empty() {
            return None;
        }
        let hours = self.hours()?;
        self.take(Token::And);
        let days = self.days()?;
        groups.push(Group { days, hours });
        Some(())
    }

    /// `Mon - Thu`, `Tuesdays and Wednesdays`, `first and third Saturday of the month`.
    fn days(&mut self) -> Option<Vec<DayRule>> {
        let mut nths: Vec<i8> = Vec::new();
        let mut days: Vec<Weekday> = Vec::new();
        loop {
            match self.peek()? {
                Token::Nth(nth) if days.is_empty() => {
                    nths.push(nth);
                    self.at += 1;
                }
                Token::Day(first) => {
                    self.at += 1;
                    days.extend(self.run_from(first)?);
                }
                Token::Days(all) => {
                    self.at += 1;
                    days.extend(all);
                }
                _ => return None,
            }
            let more = matches!(self.ahead(1), Some(Token::Day(_) | Token::Days(_)))
                || (days.is_empty() && matches!(self.ahead(1), Some(Token::Nth(_))));
            match self.peek() {
                Some(Token::And) if more => self.at += 1,
                Some(Token::Day(_) | Token::Nth(_)) if days.is_empty() => {}
                _ => break,
            }
        }
        let of_the_month = self.take(Token::OfTheMonth);
        rules(&nths, &days, of_the_month)
    }

    /// A day, or all days up to the one that it runs to.
    fn run_from(&mut self, first: Weekday) -> Option<Vec<Weekday>> {
        let (Some(Token::To), Some(Token::Day(last))) = (self.peek(), self.ahead(1)) else {
            return Some(vec![first]);
        };
        self.at += 2;
        (first < last).then(|| {
            let all = Weekday::ALL.into_iter();
            all.filter(|day| (first..=last).contains(day)).collect()
        })
    }

    /// One or more stretches of hours.
    fn hours(&mut self) -> Option<Vec<(Time, Option<Time>)>> {
        let mut hours = vec![self.stretch()?];
        while self.peek() == Some(Token::And) && matches!(self.ahead(1), Some(Token::Hour(..))) {
            self.at += 1;
            hours.push(self.stretch()?);
        }
        Some(hours)
    }

    fn stretch(&mut self) -> Option<(Time, Option<Time>)> {
        self.take(Token::From);
        let Token::Hour(hour, minute, half) = self.peek()? else { return None };
        self.at += 1;
        if !self.take(Token::To) {
            let is_sure = half.is_some() || hour > 12;
            return time(hour, minute, half).filter(|_| is_sure).map(|opens| (opens, None));
        }
        let Token::Hour(to_hour, to_minute, to_half) = self.peek()? else { return None };
        self.at += 1;
        let closes = closing((hour, minute, half), (to_hour, to_minute, to_half))?;
        let opens = opening((hour, minute, half), to_half, closes)?;
        (opens < closes).then_some((opens, Some(closes)))
    }
}

type Said = (i8, i8, Option<Half>);

/// `9 - 4` closes at four in the afternoon; `1 - 3` might be anything.
fn closing(from: Said, to: Said) -> Option<Time> {
    let bare = to.2.is_none() && to.0 <= 12;
    match (bare, from.2) {
        (false, _) => time(to.0, to.1, to.2),
        (true, None) if !(7..=12).contains(&from.0) => None,
        (true, Some(Half::Pm)) => time(to.0, to.1, Some(Half::Pm)),
        (true, _) => {
            let same_half =
                time(to.0, to.1, None).filter(|closes| Some(*closes) > time(from.0, from.1, None));
            same_half.or_else(|| time(to.0, to.1, Some(Half::Pm)))
        }
    }
}

/// `2 - 4pm` opens in the afternoon, `11 - 1pm` in the morning.
fn opening(from: Said, to_half: Option<Half>, closes: Time) -> Option<Time> {
    if from.2.is_some() || from.0 > 12 {
        return time(from.0, from.1, from.2);
    }
    let same_half = to_half.and_then(|half| time(from.0, from.1, Some(half)));
    same_half.filter(|opens| *opens < closes).or_else(|| time(from.0, from.1, None))
}

fn time(hour: i8, minute: i8, half: Option<Half>) -> Option<Time> {
    let hour = match half {
        Some(Half::Pm) if hour < 12 => hour + 12,
        Some(Half::Am) if hour == 12 => 0,
        Some(Half::Am) if hour > 12 => return None,
        _ => hour,
    };
    if hour == 24 && minute == 0 {
        Time::new(23, 59, 0, 0).ok()
    } else {
        Time::new(hour, minute, 0, 0).ok()
    }
}

fn rules(nths: &[i8], days: &[Weekday], of_the_month: bool) -> Option<Vec<DayRule>> {
    let every = |day: &Weekday| DayRule::every(*day);
    match (nths, days) {
        (_, []) => None,
        ([], days) if !of_the_month => Some(days.iter().map(every).collect()),
        ([_, ..], [day]) if of_the_month => {
            Some(nths.iter().map(|nth| DayRule { nth: Some(*nth), day: *day }).collect())
        }
        _ => None,
    }
}
