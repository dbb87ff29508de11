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

/// The sessions that a cell says, where `before` are those that it said.
pub fn sessions(cell: &str, before: &[Session]) -> Result<Vec<Session>, String> {
    checked(cell, LONGEST_PARAGRAPH)?;
    let mut left: Vec<&Session> = before.iter().collect();
    let mut sessions = Vec::new();
    for line in lines(cell) {
        let known = left.iter().position(|session| session_line(session) == line);
        match known {
            Some(at) => sessions.push(left.remove(at).clone()),
            None => sessions.extend(read_sessions(&line)),
        }
    }
    Ok(sessions)
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
    let mut left: Vec<&CostOption> = before.iter().collect();
    let mut costs = Vec::new();
    for line in lines(cell) {
        let known = left.iter().position(|cost| cost_line(cost) == line);
        let read = || money::in_words(&line);
        let Some(cost) = known.map(|at| left.remove(at).clone()).or_else(read) else {
            return Err(format!(
                "Write costs such as “Free”, “£3 a session” or “By donation”; “{line}” is none"
            ));
        };
        costs.push(cost);
    }
    Ok(costs)
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
    fn a_line_that_stands_keeps_all_that_is_known_of_it() {
        let mut before = sessions("Tuesdays 10am to 12pm; Fridays 2pm to 4pm", &[]).unwrap();
        before[0].note = Some("Ring the bell".to_owned());
        before[1].schedule.interval = 2;
        let cell = joined(before.iter().map(session_line));
        assert_eq!(sessions(&cell, &before), Ok(before.clone()));
        let fewer = sessions(&cell.replace("10am", "11am"), &before).unwrap();
        assert_eq!((fewer[0].note.clone(), fewer[1].schedule.interval), (None, 2));
    }

    #[test]
    fn costs_are_read_and_what_is_none_is_said() {
        let read = costs("Free; £3 a session", &[]).unwrap();
        assert_eq!(read[1].pence, Some(300));
        assert_eq!(joined(read.iter().map(cost_line)), "Free; £3 a session");
        assert_eq!(costs("Free; £3 a session", &read), Ok(read.clone()));
        assert!(costs("Ask", &[]).unwrap_err().contains("“Ask” is none"));
        assert!(sessions("Ring Jo, NHS number 943 476 5919", &[]).is_err());
    }
}
