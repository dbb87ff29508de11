//! Time zones, worked out from their clock changes.

use jiff::{
    Timestamp,
    civil::{DateTime, date},
    tz::{Offset, TimeZone},
};

use super::lines::Lines;

/// Enough years to tell the last Sunday of a month from the fourth.
const YEARS: i16 = 12;

/// Clock changes of one kind, such as those to summer time.
struct Changes {
    from: Offset,
    to: Offset,
    name: String,
    summer: bool,
    /// By the clock as it was before.
    when: Vec<DateTime>,
}

/// Writes a zone, from the year before a year on.
pub(super) fn write(lines: &mut Lines, name: &str, zone: &TimeZone, year: i16) {
    let year = year.clamp(1970, 9900) - 1;
    let groups = changes(zone, year);
    let rules: Option<Vec<String>> = groups.iter().map(yearly_rule).collect();
    lines.push("BEGIN:VTIMEZONE");
    lines.push(&format!("TZID:{name}"));
    if let Some(rules) = rules.filter(|rules| !rules.is_empty()) {
        for (group, rule) in groups.iter().zip(rules) {
            write_part(lines, group, Some(&rule));
        }
    } else {
        write_part(lines, &before_changes(zone, year), None);
        for group in &groups {
            write_part(lines, group, None);
        }
    }
    lines.push("END:VTIMEZONE");
}

fn first_moment(year: i16) -> Timestamp {
    let start = date(year, 1, 1).at(0, 0, 0, 0).to_zoned(TimeZone::UTC);
    start.map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}

fn changes(zone: &TimeZone, year: i16) -> Vec<Changes> {
    let mut groups: Vec<Changes> = Vec::new();
    let (mut from, end) = (zone.to_offset(first_moment(year)), first_moment(year + YEARS));
    for change in zone.following(first_moment(year)).take_while(|next| next.timestamp() < end) {
        let (to, name, summer) = (change.offset(), change.abbreviation(), change.dst().is_dst());
        let when = from.to_datetime(change.timestamp());
        let same = |group: &&mut Changes| {
            (group.from, group.to, group.name.as_str(), group.summer) == (from, to, name, summer)
        };
        if let Some(group) = groups.iter_mut().find(same) {
            group.when.push(when);
        } else {
            groups.push(Changes { from, to, name: name.to_owned(), summer, when: vec![when] });
        }
        from = to;
    }
    groups
}

/// What the clock said before any change that is written.
fn before_changes(zone: &TimeZone, year: i16) -> Changes {
    let info = zone.to_offset_info(first_moment(year));
    Changes {
        from: info.offset(),
        to: info.offset(),
        name: info.abbreviation().to_owned(),
        summer: info.dst().is_dst(),
        when: vec![date(1970, 1, 1).at(0, 0, 0, 0)],
    }
}

/// The rule that all of these follow, if one does.
fn yearly_rule(changes: &Changes) -> Option<String> {
    let first = changes.when.first()?;
    let alike = |when: &DateTime| {
        (when.month(), when.weekday(), when.time())
            == (first.month(), first.weekday(), first.time())
    };
    if changes.when.len() != usize::try_from(YEARS).ok()? || !changes.when.iter().all(alike) {
        return None;
    }
    let nth = |when: &DateTime| (when.day() - 1) / 7 + 1;
    let is_last = |when: &DateTime| when.day() + 7 > when.days_in_month();
    let nth = if changes.when.iter().all(is_last) {
        -1
    } else {
        changes.when.iter().all(|when| nth(when) == nth(first)).then(|| nth(first))?
    };
    let day = first.strftime("%a").to_string().to_uppercase();
    let day: String = day.chars().take(2).collect();
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={nth}{day}", first.month()))
}

fn write_part(lines: &mut Lines, changes: &Changes, rule: Option<&str>) {
    let part = if changes.summer { "DAYLIGHT" } else { "STANDARD" };
    lines.push(&format!("BEGIN:{part}"));
    let mut dates = changes.when.iter().map(|when| when.strftime("%Y%m%dT%H%M%S").to_string());
    lines.push(&format!("DTSTART:{}", dates.next().unwrap_or_default()));
    let others: Vec<String> = dates.collect();
    if let Some(rule) = rule {
        lines.push(&format!("RRULE:{rule}"));
    } else if !others.is_empty() {
        lines.push(&format!("RDATE:{}", others.join(",")));
    }
    lines.push(&format!("TZOFFSETFROM:{}", written(changes.from)));
    lines.push(&format!("TZOFFSETTO:{}", written(changes.to)));
    lines.push(&format!("TZNAME:{}", changes.name));
    lines.push(&format!("END:{part}"));
}

/// Hours, minutes and, where there are any, seconds.
fn written(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let seconds = offset.seconds().abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let rest = if seconds == 0 { String::new() } else { format!("{seconds:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}
