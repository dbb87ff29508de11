//! Sessions and costs, each on a line of a cell. A line that stands as it was written keeps all
//! that is known of it; another is read.

use crate::{
    domain::{CostOption, Schedule, Session, tells_of_a_patient},
    keeping::{LONGEST_LINE, LONGEST_PARAGRAPH},
    search::wording,
    text::{money, tidy, times},
};

/// The most lines of a cell.
const MOST: usize = 40;

/// A cell's lines: one each, or with semicolons between them.
pub fn lines(cell: &str) -> Vec<String> {
    let parts = cell.split([';', '\n']).map(tidy::line);
    parts.filter(|line| !line.is_empty()).collect()
}

/// Lines as a cell.
pub fn joined(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().collect::<Vec<_>>().join("; ")
}

/// A session as a line: with what it is called, where it is called anything.
pub fn session_line(session: &Session) -> String {
    let rule = times::said(&session.schedule);
    let when = rule.unwrap_or_else(|| wording::when(&session.schedule)).replace(';', ",");
    match &session.name {
        Some(name) => format!("{}: {}", tidy::line(name).replace(';', ","), tidy::line(&when)),
        None => tidy::line(&when),
    }
}

/// The sessions that a cell says, where `before` are those that it said. A line that stands keeps
/// all that is known of it; one that was changed keeps what a line cannot say, where that can be
/// told.
pub fn sessions(cell: &str, before: &[Session]) -> Result<Vec<Session>, String> {
    checked(cell, LONGEST_PARAGRAPH)?;
    let carried = |line: &str, known: &Session| match read_sessions(line).as_slice() {
        [read] if is_sayable(&known.schedule) && is_same_session(read, known) => Some(Session {
            name: read.name.clone(),
            schedule: read.schedule.clone(),
            ..known.clone()
        }),
        _ => None,
    };
    matched(
        cell,
        before,
        &Lined {
            line: session_line,
            read: |line| Some(read_sessions(line)),
            carried: &carried,
            unread: "",
            beyond: "These sessions have more than a line can say, such as notes or every second week: change them on the listing’s own page",
        },
    )
}

/// Whether a changed line is still of the same session: by its name, or by a day that both have.
fn is_same_session(read: &Session, known: &Session) -> bool {
    let days = |session: &Session| session.schedule.weekdays().collect::<Vec<_>>();
    let is_named = known.name.is_some() && known.name == read.name;
    is_named || days(known).iter().any(|day| days(read).contains(day))
}

/// Whether a line says all of a rule.
fn is_sayable(schedule: &Schedule) -> bool {
    let in_words = Schedule { description: schedule.description.clone(), ..Schedule::default() };
    times::said(schedule).is_some() || *schedule == in_words
}

/// How the records behind the lines of a cell are written and read.
struct Lined<'a, T> {
    line: fn(&T) -> String,
    read: fn(&str) -> Option<Vec<T>>,
    /// A record with what a changed line says, where a line says all that may have changed.
    carried: &'a dyn Fn(&str, &T) -> Option<T>,
    /// What to do where a line cannot be read.
    unread: &'static str,
    /// What to do where a record has more than its line.
    beyond: &'static str,
}

fn matched<T: Clone + PartialEq>(
    cell: &str,
    before: &[T],
    lined: &Lined<'_, T>,
) -> Result<Vec<T>, String> {
    let mut left: Vec<&T> = before.iter().collect();
    let found: Vec<(String, Option<T>)> = lines(cell)
        .into_iter()
        .map(|line| {
            let known = left.iter().position(|known| (lined.line)(known) == line);
            let known = known.map(|at| left.remove(at).clone());
            (line, known)
        })
        .collect();
    let new = found.iter().filter(|(_, known)| known.is_none()).count();
    // One line that changed is of the one record that has none.
    let is_paired = new == 1 && left.len() == 1;
    let is_plain =
        |known: &&T| (lined.read)(&(lined.line)(known)).as_deref() == Some(&[(**known).clone()]);
    if new > 0 && !is_paired && !left.iter().all(is_plain) {
        return Err(lined.beyond.to_owned());
    }
    let mut records = Vec::new();
    let mut left = left.iter().filter(|_| is_paired);
    for (line, known) in found {
        if let Some(known) = known {
            records.push(known);
            continue;
        }
        let read = (lined.read)(&line)
            .ok_or_else(|| format!("“{line}” cannot be read. {}", lined.unread))?;
        match left.next().filter(|old| !is_plain(old)) {
            Some(old) => records.push((lined.carried)(&line, old).ok_or(lined.beyond)?),
            None => records.extend(read),
        }
    }
    Ok(records)
}

/// The sessions of a line: rules where every word of it is understood, else its words.
fn read_sessions(line: &str) -> Vec<Session> {
    let ruled = |name: Option<&str>, rules: Vec<Schedule>| {
        let session =
            |schedule| Session { name: name.map(str::to_owned), schedule, ..Session::default() };
        rules.into_iter().map(session).collect()
    };
    if let Some(rules) = times::schedules(line) {
        return ruled(None, rules);
    }
    let named = line.split_once(": ").filter(|(name, _)| name.chars().count() <= LONGEST_LINE);
    if let Some((name, rules)) =
        named.and_then(|(name, rest)| Some((name, times::schedules(rest)?)))
    {
        return ruled(Some(name), rules);
    }
    let schedule = Schedule { description: Some(line.to_owned()), ..Schedule::default() };
    vec![Session { schedule, ..Session::default() }]
}

/// A cost as a line.
pub fn cost_line(cost: &CostOption) -> String {
    let words = cost.note.clone().filter(|note| money::in_words(note).is_some());
    tidy::line(&words.unwrap_or_else(|| wording::cost(cost))).replace(';', ",")
}

/// The costs that a cell says, where `before` are those that it said.
pub fn costs(cell: &str, before: &[CostOption]) -> Result<Vec<CostOption>, String> {
    checked(cell, LONGEST_LINE)?;
    matched(
        cell,
        before,
        &Lined {
            line: cost_line,
            read: |line| money::in_words(line).map(|cost| vec![cost]),
            carried: &|_, _| None,
            unread: "Write costs such as “Free”, “£3 a session” or “By donation”",
            beyond: "These costs have more than a line can say, such as for whom they are: change them on the listing’s own page",
        },
    )
}

fn checked(cell: &str, longest: usize) -> Result<(), String> {
    let lines = lines(cell);
    if lines.len() > MOST || lines.iter().any(|line| line.chars().count() > longest) {
        return Err(format!("Use up to {MOST} lines of up to {longest} characters each"));
    }
    match tells_of_a_patient(cell) {
        Some(what) => Err(format!("Take out what looks like {what}: everybody can read this")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_rules_where_they_are_understood_and_words_where_not() {
        let read =
            sessions("Tuesdays 10am to 12pm; Chess: Fridays 2pm to 4pm\nBy arrangement", &[]);
        let read = read.unwrap();
        let said: Vec<(Option<&str>, usize, Option<&str>)> = read
            .iter()
            .map(|session| {
                let schedule = &session.schedule;
                (session.name.as_deref(), schedule.days.len(), schedule.description.as_deref())
            })
            .collect();
        assert_eq!(
            said,
            [(None, 1, None), (Some("Chess"), 1, None), (None, 0, Some("By arrangement"))]
        );
        let lines: Vec<String> = read.iter().map(session_line).collect();
        assert_eq!(lines, ["Tuesdays 10am to 12pm", "Chess: Fridays 2pm to 4pm", "By arrangement"]);
    }

    #[test]
    fn a_line_that_stands_keeps_all_that_is_known_of_it_and_one_that_changes_what_it_cannot_say() {
        let mut before =
            sessions("Tuesdays 10am to 12pm; Fridays 2pm to 4pm; Mondays 9am to 10am", &[])
                .unwrap();
        before[0].note = Some("Ring the bell".to_owned());
        before[1].schedule.interval = 2;
        let cell = joined(before.iter().map(session_line));
        assert_eq!(sessions(&cell, &before), Ok(before.clone()));
        let moved = sessions(&cell.replace("10am to 12pm", "11am to 1pm"), &before).unwrap();
        assert_eq!(moved[0].note, before[0].note);
        assert_eq!(moved[0].schedule.opens.map(|time| time.hour()), Some(11));
        assert_eq!(moved[1..], before[1..]);
        // A fortnight cannot be said in a line, so its line cannot be changed.
        assert!(sessions(&cell.replace("2pm", "3pm"), &before).unwrap_err().contains("own page"));
        // To take a line away is plain; to take one and change another is not.
        // Nor is another session in its place, which would have the note of this one.
        let another = cell.replace("Tuesdays 10am to 12pm", "Saturdays 10am to 12pm");
        assert!(sessions(&another, &before).unwrap_err().contains("own page"));
        let fewer = sessions(&cell.replace("Mondays 9am to 10am", ""), &before).unwrap();
        assert_eq!(fewer, before[..2]);
        let both = cell.replace("Mondays 9am to 10am", "").replace("10am to 12pm", "11am to 1pm");
        assert!(sessions(&both, &before).is_err());
        let more = sessions(&format!("{cell}; Sundays 1pm to 2pm"), &before).unwrap();
        assert_eq!(more.len(), 4);
    }

    #[test]
    fn a_cost_that_has_more_than_its_line_is_not_changed_by_it() {
        let gift = CostOption {
            kind: crate::domain::CostKind::Donation,
            pence: Some(200),
            note: Some("In the tin".to_owned()),
            ..CostOption::free()
        };
        let cell = cost_line(&gift);
        assert_eq!(costs(&cell, std::slice::from_ref(&gift)), Ok(vec![gift.clone()]));
        assert!(costs("£3 suggested donation", &[gift]).unwrap_err().contains("own page"));
        let plain = costs("£3 a session", &[]).unwrap();
        assert_eq!(costs("£4 a session", &plain).unwrap()[0].pence, Some(400));
    }

    #[test]
    fn costs_are_read_and_what_is_none_is_said() {
        let read = costs("Free; £3 a session", &[]).unwrap();
        assert_eq!(read[1].pence, Some(300));
        assert_eq!(joined(read.iter().map(cost_line)), "Free; £3 a session");
        assert_eq!(costs("Free; £3 a session", &read), Ok(read.clone()));
        assert!(costs("Ask", &[]).unwrap_err().contains("“Ask” cannot be read"));
        assert!(sessions("Ring Jo, NHS number 943 476 5919", &[]).is_err());
    }
}
