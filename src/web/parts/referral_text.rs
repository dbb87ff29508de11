//! The text about a service that is pasted into a clinical record.

use jiff::Timestamp;

use super::{facts, suits, to_entry};
use crate::{
    app::App,
    domain::{Contact, ContactVisibility},
    search::wording,
    web::handed::HandedService,
};

/// The longest such text, in characters.
pub const LONGEST_REFERRAL_TEXT: usize = 1_000;
/// The most that one line says where all of them are too long.
const LONGEST_LINE: usize = 140;

/// Who it is, whom to contact, when, how to start, what to send, whom it is for and not for, where
/// this was read and when: lines of plain text, without a sign that old systems trip over.
#[must_use]
pub fn referral_text(of: &HandedService, app: &App, now: Timestamp) -> String {
    let lines = lines(of, app, now);
    let whole = plain(&lines.join("\n"));
    if whole.chars().count() <= LONGEST_REFERRAL_TEXT {
        return whole;
    }
    // What names the service and where it was read stays whole; the rest is cut alike.
    let cut: Vec<String> = lines.iter().map(|line| cut(&plain(line))).collect();
    let mut text = String::new();
    let last = cut.last().cloned().unwrap_or_default();
    for line in cut.iter().take(cut.len().saturating_sub(1)) {
        let length = text.chars().count() + line.chars().count() + last.chars().count() + 2;
        if length <= LONGEST_REFERRAL_TEXT {
            text.push_str(line);
            text.push('\n');
        }
    }
    text + &last
}

fn lines(of: &HandedService, app: &App, now: Timestamp) -> Vec<String> {
    let (record, service) = (&of.record, of.service());
    let today = wording::date_of(now);
    let routes = &service.access_routes;
    let next = of.next.as_ref();
    let said = |label: &str, said: Option<String>| said.map(|said| format!("{label}: {said}"));
    let read = format!(
        "Read in {} on {}: {}",
        app.config.directory.name,
        wording::long_date(today),
        to_entry::short_address(service, app)
    );
    let lines = [
        Some(format!("{} ({})", service.name, record.organisation.name)),
        to_entry::warning(of),
        Some(service.summary.clone()).filter(|line| !line.is_empty()),
        said("Contact", contact(of)),
        said(if next.is_some() { "Next" } else { "When" }, Some(to_entry::when(of, today))),
        said("Where", Some(to_entry::whereabouts(of, next.and_then(|(_, venue)| *venue)))),
        said("To start", Some(facts::referral(&routes.routes))),
        said("What to send", routes.what_to_say.clone()),
        said("For", suits::whom(&service.eligibility, app.vocabulary)),
        said("Not suitable for", suits::not_for(&service.eligibility.exclusions, app.vocabulary)),
        said("Cost", Some(facts::cost(service, today))),
        said("Taking people", Some(to_entry::taking(of))),
        Some(format!("{}.", to_entry::sure(service, now))),
        Some(read),
    ];
    lines.into_iter().flatten().collect()
}

fn contact(of: &HandedService) -> Option<String> {
    let record = &of.record;
    let all = record.service.contacts.iter().chain(&record.organisation.contacts);
    let public = all.filter(|contact: &&Contact| contact.visibility == ContactVisibility::Public);
    let mut said: Vec<&str> = Vec::new();
    for contact in public {
        let ways = [contact.phone.as_deref(), contact.email.as_deref()];
        for way in ways.into_iter().flatten() {
            if said.len() < 2 && !said.contains(&way) {
                said.push(way);
            }
        }
    }
    (!said.is_empty()).then(|| said.join(", "))
}

fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST_LINE {
        return line.to_owned();
    }
    let first: String = line.chars().take(LONGEST_LINE - 3).collect();
    format!("{}...", first.rsplit_once(' ').map_or(first.as_str(), |(whole, _)| whole))
}

/// Typographic signs in their plain form.
fn plain(text: &str) -> String {
    let sign = |sign: char| match sign {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' => '-',
        '\u{a0}' | '\t' | '\r' => ' ',
        sign => sign,
    };
    text.chars().map(sign).collect()
}
