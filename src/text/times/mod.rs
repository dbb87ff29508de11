//! Opening times in words, turned into rules where nothing is left to guess.

mod grammar;
mod say;
mod tokens;

pub use say::said;

use crate::{
    domain::{Schedule, Session},
    text::tidy,
};

/// The sessions of a text. Where every part of it is understood there is a rule for each;
/// otherwise one session says what the source says, and no more.
#[must_use]
pub fn sessions(text: &str) -> Vec<Session> {
    let said = tidy::paragraphs(text);
    if said.is_empty() {
        return Vec::new();
    }
    let short = said.len() <= 600;
    let mut schedules =
        short.then(|| schedules(&said)).flatten().unwrap_or_else(|| vec![Schedule::default()]);
    if let Some(first) = schedules.first_mut() {
        first.description = Some(said);
    }
    schedules.into_iter().map(|schedule| Session { schedule, ..Session::default() }).collect()
}

/// The rules that a text states, or none where any word of it is not understood.
#[must_use]
pub fn schedules(text: &str) -> Option<Vec<Schedule>> {
    let tokens = tokens::read(text)?;
    grammar::schedules(&tokens).filter(|schedules| !schedules.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Freq;

    fn said(schedule: &Schedule) -> String {
        let days: Vec<String> = schedule.days.iter().map(|day| String::from(*day)).collect();
        let hour = |time: Option<jiff::civil::Time>| {
            time.map_or("?".into(), |time| time.strftime("%H:%M").to_string())
        };
        let freq = if schedule.freq == Freq::Monthly { "monthly " } else { "" };
        let term = if schedule.term_time_only { " term" } else { "" };
        format!("{freq}{} {}-{}{term}", days.join(","), hour(schedule.opens), hour(schedule.closes))
    }

    fn check(text: &str, expect: &[&str]) {
        let found: Vec<String> = schedules(text).unwrap_or_default().iter().map(said).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn the_commonest_ways_to_say_it_are_understood() {
        check("Monday 12noon - 2pm", &["MO 12:00-14:00"]);
        check("Tuesdays and Wednesdays 9.30am - 3.30pm", &["TU,WE 09:30-15:30"]);
        check(
            "Mon-Thu, 9am-1pm. Mon-Thu, 1.30pm-4:30pm. Fri, 9am-12:30pm",
            &["MO,TU,WE,TH 09:00-13:00", "MO,TU,WE,TH 13:30-16:30", "FR 09:00-12:30"],
        );
        check("Tuesday - Friday 12noon - 2pm", &["TU,WE,TH,FR 12:00-14:00"]);
        check("Monday to Friday,  9am till 3.15pm", &["MO,TU,WE,TH,FR 09:00-15:15"]);
        check("Thursday 1.30 - 3.30pm", &["TH 13:30-15:30"]);
        check("Friday 11-1pm", &["FR 11:00-13:00"]);
        check(
            "Mon-Fri, 9am-5pm and 6pm-9pm. Sun, 12pm-2pm",
            &["MO,TU,WE,TH,FR 09:00-17:00", "MO,TU,WE,TH,FR 18:00-21:00", "SU 12:00-14:00"],
        );
        check("Mondays", &["MO ?-?"]);
        check("7.30am - 6.30pm every day", &["MO,TU,WE,TH,FR,SA,SU 07:30-18:30"]);
        check("Friday from 6pm", &["FR 18:00-?"]);
        check("Saturday: 9am - 7pm\nSunday: 9am - 9pm", &["SA 09:00-19:00", "SU 09:00-21:00"]);
        check("Mon - Sat 10.00 - 4.00", &["MO,TU,WE,TH,FR,SA 10:00-16:00"]);
        check("Mon & Thur 1-3pm (except bank holidays)", &["MO,TH 13:00-15:00"]);
        check("Mon- Thursday 10 - 12noon (term-time only)", &["MO,TU,WE,TH 10:00-12:00 term"]);
        check("Thursdays & Saturdays 10:30am - 12:30pm", &["TH,SA 10:30-12:30"]);
        check("Tues/Weds 10am - 12pm. Thurs 10am - 2pm", &["TU,WE 10:00-12:00", "TH 10:00-14:00"]);
        check(
            "Mon 12:30pm - 2:30pm, Wed 11am - 1pm and Fri 11:30am - 2:30pm",
            &["MO 12:30-14:30", "WE 11:00-13:00", "FR 11:30-14:30"],
        );
        check("Mon-Sun, 7.30am-10pm", &["MO,TU,WE,TH,FR,SA,SU 07:30-22:00"]);
        check("Monday - Friday 8.30 am -10 pm", &["MO,TU,WE,TH,FR 08:30-22:00"]);
        check("Mondays 17.00pm-22.00pm", &["MO 17:00-22:00"]);
    }

    #[test]
    fn days_of_the_month_are_understood() {
        check(
            "Last Tuesday of the month 3.00pm - 4.30pm. First Wednesday of the month 2.00pm - 4.00pm.",
            &["monthly -1TU 15:00-16:30", "monthly 1WE 14:00-16:00"],
        );
        check(
            "First, third and fourth Saturdays of the month, 10am - 4pm",
            &["monthly 1SA,3SA,4SA 10:00-16:00"],
        );
        check(
            "Tuesdays & Fridays 12pm - 3pm; 1st Saturday of month 10am - 12noon",
            &["TU,FR 12:00-15:00", "monthly 1SA 10:00-12:00"],
        );
    }

    #[test]
    fn what_leaves_something_to_guess_stays_words() {
        for text in [
            "One morning per week",
            "Not known",
            "Various times",
            "Wednesday evening",
            "Monday 1-3",
            "Monday - Friday 10am - 4pm except Thursday 10 - 12 only",
            "24/7 upon request",
            "Every 2 weeks on Wednesday, 6 - 8pm",
            "Winter: Dawn-10pm",
            "Monday 5pm - 3pm",
            "9am - 5pm",
        ] {
            assert_eq!(schedules(text), None, "{text}");
            assert_eq!(sessions(text)[0].schedule.description.as_deref(), Some(text));
        }
        assert_eq!(sessions("  "), []);
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "(mon|tuesdays|daily|first|last|9|12.30|am|pm|noon| |-|,|to|and|é|&|of the month|99|:){0,20}") {
            let _ = sessions(&text);
        }
    }
}
