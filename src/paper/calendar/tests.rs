use super::*;
use crate::domain::{DayRule, Freq, Schedule};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn days(rules: &[&str]) -> Vec<DayRule> {
    rules.iter().map(|rule| DayRule::parse(rule).unwrap()).collect()
}

fn ten_to_twelve() -> Schedule {
    Schedule {
        opens: Some(jiff::civil::time(10, 0, 0, 0)),
        closes: Some(jiff::civil::time(12, 0, 0, 0)),
        ..Schedule::default()
    }
}

fn entry(schedule: &Schedule) -> CalendarEntry<'_> {
    CalendarEntry {
        uid: "s1@hereabouts".to_owned(),
        title: "Walking group".to_owned(),
        place: Some("Mill Hall, Wigan".to_owned()),
        description: "Free".to_owned(),
        address: "https://example.org/s/1".to_owned(),
        schedule,
    }
}

fn written(schedule: &Schedule) -> String {
    let at = "2026-11-22T09:30:00Z".parse().unwrap();
    calendar(&[entry(schedule)], date("2026-11-22"), at)
}

/// The lines that begin with one of these names, unfolded.
fn lines(schedule: &Schedule, properties: &[&str]) -> Vec<String> {
    let text = written(schedule).replace("\r\n ", "");
    let events = text.split_once("BEGIN:VEVENT").map_or("", |(_, events)| events);
    let wanted = |line: &&str| properties.iter().any(|name| line.starts_with(name));
    events.lines().filter(wanted).map(str::to_owned).collect()
}

fn dates(schedule: &Schedule) -> Vec<String> {
    lines(schedule, &["DTSTART", "DTEND", "RRULE", "EXDATE", "RDATE"])
}

#[test]
fn a_weekly_session_is_written_with_its_zone() {
    let schedule = Schedule { days: days(&["TU"]), ..ten_to_twelve() };
    let expect = "BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Hereabouts//EN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:20250330T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20251026T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:s1@hereabouts
DTSTAMP:20261122T093000Z
DTSTART;TZID=Europe/London:20261124T100000
DTEND;TZID=Europe/London:20261124T120000
RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=MO
SUMMARY:Walking group
LOCATION:Mill Hall\\, Wigan
DESCRIPTION:Free
URL:https://example.org/s/1
END:VEVENT
END:VCALENDAR
";
    assert_eq!(written(&schedule), expect.replace('\n', "\r\n"));
}

#[test]
fn a_fortnightly_session_starts_in_a_week_of_its_own() {
    let schedule = Schedule {
        days: days(&["MO", "FR"]),
        interval: 2,
        starts: Some(date("2026-11-06")),
        until: Some(date("2027-06-30")),
        except: vec![date("2026-12-18"), date("2026-12-19"), date("2026-11-06")],
        ..ten_to_twelve()
    };
    assert_eq!(
        dates(&schedule),
        [
            "DTSTART;TZID=Europe/London:20261130T100000",
            "DTEND;TZID=Europe/London:20261130T120000",
            "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO;UNTIL=20270630T225959Z",
            "EXDATE;TZID=Europe/London:20261218T100000",
        ]
    );
}

#[test]
fn a_monthly_session_without_hours_takes_whole_days() {
    let schedule = Schedule {
        freq: Freq::Monthly,
        days: days(&["-1FR", "1SA"]),
        until: Some(date("2027-02-28")),
        except: vec![date("2027-01-29")],
        ..Schedule::default()
    };
    assert_eq!(
        dates(&schedule),
        [
            "DTSTART;VALUE=DATE:20261127",
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR,1SA;UNTIL=20270228",
            "EXDATE;VALUE=DATE:20270129",
        ]
    );
    assert!(!written(&schedule).contains("VTIMEZONE"));
}

#[test]
fn every_friday_beside_a_first_monday_is_spelled_out() {
    let schedule =
        Schedule { freq: Freq::Monthly, days: days(&["1MO", "FR"]), ..Schedule::default() };
    let rules = lines(&schedule, &["RRULE"]);
    assert_eq!(rules, ["RRULE:FREQ=MONTHLY;BYDAY=1FR,1MO,2FR,3FR,4FR,5FR"]);
}

#[test]
fn dates_besides_are_events_of_their_own() {
    let schedule = Schedule {
        days: days(&["TU"]),
        extra: vec![date("2026-12-17"), date("2026-11-24"), date("2026-11-23"), date("2026-01-01")],
        ..Schedule::default()
    };
    assert_eq!(
        lines(&schedule, &["UID", "DTSTART"]),
        [
            "UID:s1@hereabouts",
            "DTSTART;VALUE=DATE:20261124",
            "UID:20261123-s1@hereabouts",
            "DTSTART;VALUE=DATE:20261123",
            "UID:20261217-s1@hereabouts",
            "DTSTART;VALUE=DATE:20261217",
        ]
    );
}

#[test]
fn what_is_in_term_time_only_is_listed_for_a_year_and_says_so() {
    let schedule = Schedule { days: days(&["TU"]), term_time_only: true, ..Schedule::default() };
    assert_eq!(lines(&schedule, &["DTSTART"]).len(), 52);
    assert_eq!(lines(&schedule, &["RRULE", "RDATE"]), [""; 0]);
    assert_eq!(
        lines(&schedule, &["DESCRIPTION"])[0],
        "DESCRIPTION:Free\\nIn term time only: ring to check\\nDates are listed until 22 November 2027"
    );
}

#[test]
fn every_second_week_of_nobody_knows_which_says_to_ring() {
    let schedule = Schedule { days: days(&["TU"]), interval: 2, ..Schedule::default() };
    let said = &lines(&schedule, &["DESCRIPTION"])[0];
    assert!(said.contains("Every 2 weeks: ring to check which"), "{said}");
}

#[test]
fn days_by_name_and_by_number_together_are_listed() {
    let schedule = Schedule {
        freq: Freq::Monthly,
        days: days(&["1TU"]),
        month_days: vec![15],
        until: Some(date("2026-12-31")),
        ..Schedule::default()
    };
    assert_eq!(dates(&schedule), ["DTSTART;VALUE=DATE:20261201", "DTSTART;VALUE=DATE:20261215"]);
    assert_eq!(lines(&schedule, &["DESCRIPTION"]), ["DESCRIPTION:Free"; 2]);
}

#[test]
fn a_session_over_midnight_ends_on_the_next_day() {
    let schedule = Schedule {
        freq: Freq::Once,
        starts: Some(date("2027-03-27")),
        opens: Some(jiff::civil::time(22, 0, 0, 0)),
        closes: Some(jiff::civil::time(6, 30, 0, 0)),
        ..Schedule::default()
    };
    assert_eq!(
        dates(&schedule),
        ["DTSTART;TZID=Europe/London:20270327T220000", "DTEND;TZID=Europe/London:20270328T063000",]
    );
}

#[test]
fn a_zone_that_nobody_knows_gives_floating_time() {
    for zone in ["Mars/Base", "", "Etc/Unknown", "x\r\nX:1"] {
        let schedule = Schedule {
            days: days(&["TU"]),
            zone: zone.to_owned(),
            closes: None,
            until: Some(date("2027-01-01")),
            ..ten_to_twelve()
        };
        assert_eq!(
            dates(&schedule),
            ["DTSTART:20261124T100000", "RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20270101T235959",],
            "{zone:?}"
        );
    }
}

#[test]
fn a_schedule_without_dates_gives_no_event() {
    let over = Schedule { until: Some(date("2026-11-01")), days: days(&["TU"]), ..ten_to_twelve() };
    for schedule in [Schedule::default(), over] {
        let text = written(&schedule);
        assert!(!text.contains("VEVENT") && !text.contains("VTIMEZONE"), "{text}");
    }
}

#[test]
fn lines_are_folded_between_characters_and_text_cannot_end_them() {
    let schedule = Schedule { days: days(&["TU"]), ..Schedule::default() };
    let strange = CalendarEntry {
        title: "é😀".repeat(50),
        description: "a;b,c\\d\r\nEND:VEVENT\rX\u{0}".to_owned(),
        address: "https://example.org/\r\nX-EVIL:1".to_owned(),
        ..entry(&schedule)
    };
    let text = calendar(&[strange], date("2026-11-22"), Timestamp::UNIX_EPOCH);
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let whole = text.replace("\r\n ", "");
    assert!(whole.contains(&"é😀".repeat(50)));
    assert!(whole.contains("\r\nDESCRIPTION:a\\;b\\,c\\\\d\\nEND:VEVENT\\nX \r\n"));
    assert!(whole.contains("\r\nURL:https://example.org/X-EVIL:1\r\n"));
}
