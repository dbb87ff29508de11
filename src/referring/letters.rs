//! What is mailed about referrals: a reference, where it stands, and one press. Nothing of whom it
//! is for.

use jiff::{SignedDuration, Timestamp};

use crate::{
    config::Directory,
    domain::{News, Person, Referral, ReferralState, Service, ServiceId, Step, date_in_england},
    keeping::Secret,
    mail::{Letter, Part, greeting, to_post},
};

use super::words::{reason_in_words, state_in_words};

/// How long news of a referral is worth sending.
pub const NEWS_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The most news in one letter.
const MOST_NEWS: usize = 40;

/// The letter to a provider about a referral that waits for them; `again` where it is not the first.
pub fn waits(
    directory: &Directory,
    person: &Person,
    (service, referral): (&Service, &Referral),
    link: &Secret,
    again: bool,
) -> String {
    let asks = match referral.state() {
        ReferralState::Requested if again => "A referral still waits for an answer",
        ReferralState::Requested => "A referral is waiting for an answer",
        _ => "How does a referral stand?",
    };
    let said = what_waits(referral);
    let href = directory.link(&format!("/referrals/{}/by/{}", referral.id, link.reveal()));
    to_post(&Letter {
        subject: asks.to_owned(),
        parts: vec![
            Part::Paragraph(greeting(person)),
            Part::Heading(service.name.clone()),
            Part::Paragraph(said),
            Part::Press { label: "Look at it and answer".to_owned(), href },
            Part::Paragraph(format!(
                "Please write nothing about the person in answer to this mail. You have it because you look after this listing in {}.",
                directory.name
            )),
        ],
        unsubscribe: None,
    })
}

fn what_waits(referral: &Referral) -> String {
    let (reference, until) = (&referral.reference, referral.lapses().map(day));
    let until = until.unwrap_or_default();
    match referral.state() {
        ReferralState::Requested => format!(
            "A link worker refers somebody, with the reference {reference}. Who it is, is not told here. It waits until {until}."
        ),
        state => format!(
            "The referral {reference} has stood as “{}” since {}. Say where it stands now, if only that it is still so, or it lapses on {until}.",
            state_in_words(state),
            day(referral.since())
        ),
    }
}

/// The letter that tells whoever refers that nobody is left who answers.
pub fn nobody_answers(directory: &Directory, person: &Person, referral: &Referral) -> String {
    let href = directory.link(&format!("/referrals/{}", referral.id));
    to_post(&Letter {
        subject: "Nobody answers a referral".to_owned(),
        parts: vec![
            Part::Paragraph(greeting(person)),
            Part::Paragraph(format!(
                "{}: nobody looks after that service here any more who could answer. Ring it, or choose another.",
                referral.reference
            )),
            Part::Press { label: "Open the referral".to_owned(), href },
        ],
        unsubscribe: None,
    })
}

/// The letter that tells somebody on either side of a step that was taken.
pub fn moved(
    directory: &Directory,
    person: &Person,
    (service, referral): (&str, &Referral),
    step: &Step,
) -> String {
    let mut parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(service.to_owned()),
        Part::Paragraph(format!("{}: {}.", referral.reference, state_in_words(step.to))),
    ];
    parts
        .extend(step.reason.map(|reason| Part::Paragraph(format!("{}.", reason_in_words(reason)))));
    parts.extend(step.wait_weeks.map(|weeks| {
        let unit = if weeks == 1 { "week" } else { "weeks" };
        Part::Paragraph(format!("The wait is about {weeks} {unit}."))
    }));
    if step.to == ReferralState::Declined {
        parts.push(Part::Paragraph("Its page names services that may come next.".to_owned()));
    }
    let href = directory.link(&format!("/referrals/{}", referral.id));
    parts.push(Part::Press { label: "Open the referral".to_owned(), href });
    to_post(&Letter { subject: "News of a referral".to_owned(), parts, unsubscribe: None })
}

/// The letter that asks whether somebody wants to follow something.
pub fn to_confirm(directory: &Directory, name: &str, token: &str) -> String {
    to_post(&Letter {
        subject: format!("Do you want mails from {}?", directory.name),
        parts: vec![
            Part::Paragraph("Hello,".to_owned()),
            Part::Paragraph(format!(
                "Somebody entered this address to hear of changes: {name}. Nothing is sent unless you press here within a week."
            )),
            Part::Press { label: "Yes, tell me".to_owned(), href: follow_link(directory, token) },
            Part::Paragraph(
                "If it was not you, you need do nothing: the address is forgotten then.".to_owned(),
            ),
        ],
        unsubscribe: None,
    })
}

/// The letter that tells what is different.
pub fn news(directory: &Directory, name: &str, news: &[News], token: &str) -> String {
    let link = |id: &ServiceId| directory.link(&format!("/services/{id}"));
    let mut parts = vec![
        Part::Paragraph("Hello,".to_owned()),
        Part::Paragraph(format!("This is different in what you follow: {name}.")),
    ];
    for of in news.iter().take(MOST_NEWS) {
        parts.push(match of {
            News::New(id, name) => Part::Aside { label: format!("New: {name}"), href: link(id) },
            News::Opened(id, name) => {
                Part::Aside { label: format!("Takes people now: {name}"), href: link(id) }
            }
            News::Closed(id, name) => Part::Aside {
                label: format!("Does not say any more that it takes people: {name}"),
                href: link(id),
            },
            News::Gone(name) => Part::Paragraph(format!("No longer listed here: {name}")),
        });
    }
    if news.len() > MOST_NEWS {
        parts.push(Part::Paragraph(format!("And {} more.", news.len() - MOST_NEWS)));
    }
    parts.push(Part::Paragraph("Ring before you send anybody.".to_owned()));
    let stop = follow_link(directory, token);
    parts.push(Part::Aside { label: "Stop these mails, or go on".to_owned(), href: stop.clone() });
    to_post(&Letter {
        subject: format!("News from {}", directory.name),
        parts,
        unsubscribe: Some(stop),
    })
}

fn follow_link(directory: &Directory, token: &str) -> String {
    directory.link(&format!("/follow/{token}"))
}

fn day(at: Timestamp) -> String {
    date_in_england(at).strftime("%-d %B").to_string()
}
