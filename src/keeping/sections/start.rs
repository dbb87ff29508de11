//! How somebody begins: who may ask and how, what it costs, and what happens the first time.

use super::{
    filled::Filled,
    reader::{LONGEST_LINE, LONGEST_PARAGRAPH, Reader},
};
use crate::{
    domain::{CostOption, ReferralRoute, Service},
    text::money,
};

/// The longest time until somebody answers, in days; and the most rows of a kind.
const LONGEST_REPLY: u16 = 365;
const MOST: usize = 12;

pub fn fill(service: &Service, filled: &mut Filled) {
    let routes = &service.access_routes;
    for (row, route) in routes.routes.iter().enumerate() {
        filled.add_key(&format!("r{row}-who"), route.who);
        filled.add_key(&format!("r{row}-way"), route.way);
        filled.add_maybe(&format!("r{row}-to"), route.to.as_ref());
        filled.add_maybe(&format!("r{row}-note"), route.note.as_ref());
    }
    filled.add_maybe("say", routes.what_to_say.as_ref());
    filled.add_maybe("reply-days", routes.reply_days.map(|days| days.to_string()).as_ref());
    filled.add_maybe("replies", routes.who_replies.as_ref());
    filled.add("shows-replies", if routes.shows_replies { "yes" } else { "" });
    for (row, cost) in service.costs.iter().enumerate() {
        filled.add_key(&format!("c{row}-kind"), cost.kind);
        filled.add_maybe(&format!("c{row}-pounds"), cost.pence.map(pounds).as_ref());
        filled.add_maybe(&format!("c{row}-per"), cost.per.as_ref());
        filled.add_maybe(&format!("c{row}-whom"), cost.for_whom.as_ref());
        filled.add_maybe(&format!("c{row}-note"), cost.note.as_ref());
    }
    let first = &service.first_visit;
    filled.add_maybe("first", first.what_happens.as_ref());
    filled.add_maybe("meets", first.who_meets_you.as_ref());
    filled.add_maybe("bring", first.bring.as_ref());
    filled.add_key("come-along", first.someone_can_come);
}

pub fn apply(reader: &mut Reader<'_>, service: &mut Service) {
    let routes = &mut service.access_routes;
    let stood = routes.routes.len();
    routes.routes =
        reader.filled.rows('r').into_iter().filter_map(|row| route(reader, row)).collect();
    if routes.routes.len() > MOST.max(stood) {
        reader.fault("r0-who", format!("Keep to {MOST} ways"));
    }
    routes.what_to_say = reader.text("say", LONGEST_PARAGRAPH);
    routes.reply_days = reader.number("reply-days", LONGEST_REPLY, "5");
    routes.who_replies = reader.line("replies", LONGEST_LINE);
    routes.shows_replies = reader.filled.has("shows-replies", "yes");
    service.costs = costs(reader, &service.costs);
    let first = &mut service.first_visit;
    first.what_happens = reader.text("first", LONGEST_PARAGRAPH);
    first.who_meets_you = reader.line("meets", LONGEST_LINE);
    first.bring = reader.text("bring", LONGEST_PARAGRAPH);
    first.someone_can_come = reader.answer("come-along");
}

/// A row of which nobody said who is taken away.
fn route(reader: &mut Reader<'_>, row: usize) -> Option<ReferralRoute> {
    let field = |name: &str| format!("r{row}-{name}");
    let (to, note) =
        (reader.line(&field("to"), 300), reader.line(&field("note"), LONGEST_PARAGRAPH));
    let who = reader.choice(&field("who"));
    let way = reader.choice(&field("way"));
    match (who, way) {
        (Some(who), Some(way)) => Some(ReferralRoute { who, way, to, note }),
        (Some(_), None) => {
            reader.fault(&field("way"), "Choose how they begin");
            None
        }
        (None, _) if to.is_some() || note.is_some() => {
            reader.fault(&field("who"), "Choose who may begin this way");
            None
        }
        (None, _) => None,
    }
}

fn costs(reader: &mut Reader<'_>, before: &[CostOption]) -> Vec<CostOption> {
    let mut costs = Vec::new();
    for row in reader.filled.rows('c') {
        let field = |name: &str| format!("c{row}-{name}");
        let Some(kind) = reader.choice(&field("kind")) else { continue };
        // What a form does not show of a row stays as it was.
        let bare = CostOption::free();
        let known = before.get(row).unwrap_or(&bare).clone();
        let pence = pence(reader, &field("pounds"));
        // Another price is not of the days of the one before.
        let stands = (known.kind, known.pence) == (kind, pence);
        let known = if stands { known } else { bare };
        costs.push(CostOption {
            kind,
            pence,
            per: reader.line(&field("per"), 40),
            for_whom: reader.line(&field("whom"), LONGEST_LINE),
            note: reader.line(&field("note"), LONGEST_PARAGRAPH),
            ..known
        });
    }
    if costs.len() > MOST.max(before.len()) {
        reader.fault("c0-kind", format!("Keep to {MOST} costs"));
    }
    costs
}

fn pence(reader: &mut Reader<'_>, field: &str) -> Option<u32> {
    let text = reader.filled.get(field).trim();
    if text.is_empty() {
        return None;
    }
    let pence = money::amount(text);
    if pence.is_none() {
        reader.fault(field, "Enter an amount in pounds, such as 3 or 2.50");
    }
    pence
}

fn pounds(pence: u32) -> String {
    if pence.is_multiple_of(100) {
        (pence / 100).to_string()
    } else {
        format!("{}.{:02}", pence / 100, pence % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_as_they_are_read() {
        for (text, pence) in [("3", 300), ("2.50", 250), ("0", 0)] {
            assert_eq!(money::amount(text), Some(pence), "{text}");
            assert_eq!(pounds(pence), text);
        }
    }
}
