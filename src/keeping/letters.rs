//! What is mailed. Each letter says one thing and has one press for each listing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::secret::Secret;
use crate::{
    config::Directory,
    domain::{Organisation, Part as ListingPart, Person, Service, ServiceId, date_in_england},
    mail::{Letter, Part, greeting, to_post},
    store::ServiceRecord,
};

/// How long news of what was decided is worth sending.
pub const NEWS_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The letter with a link to sign in.
pub fn sign_in(directory: &Directory, person: &Person, link: &Secret, next: &str) -> String {
    let query = if next.is_empty() { String::new() } else { format!("?next={next}") };
    let href = directory.link(&format!("/sign-in/{}{query}", link.reveal()));
    to_post(&Letter {
        subject: format!("Sign in to {}", directory.name),
        parts: vec![
            Part::Paragraph(greeting(person)),
            Part::Paragraph("Here is the link that you asked for. It works once, within an hour.".to_owned()),
            Part::Press { label: "Sign in".to_owned(), href },
            Part::Paragraph("If you did not ask for it, you need do nothing: nobody can sign in without this mail.".to_owned()),
        ],
        unsubscribe: None,
    })
}

/// The letter about listings that are due to be looked at, with a link for each.
pub fn reminder(
    directory: &Directory,
    person: &Person,
    (due, opened): (&[(&ServiceRecord, Secret)], &BTreeMap<ServiceId, u64>),
    stop: &str,
    now: Timestamp,
) -> String {
    let mut parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Paragraph(format!(
            "You look after {} in {}. {} It takes a minute: open the page, and press “All still right”, or say what changed.",
            if due.len() == 1 { "a listing".to_owned() } else { format!("{} listings", due.len()) },
            directory.name,
            if due.len() == 1 { "Is it still right?" } else { "Are they still right?" },
        )),
    ];
    for (record, link) in due {
        parts.extend(about(directory, record, link, now));
        let opened = opened.get(&record.service.id).filter(|opened| **opened > 1);
        parts.extend(opened.map(|opened| {
            Part::Paragraph(format!("People opened it {opened} times in the last three months."))
        }));
    }
    parts.push(Part::Paragraph(closing(directory)));
    let stop = directory.link(&format!("/reminders/{stop}"));
    parts.push(Part::Aside { label: "No more of these mails".to_owned(), href: stop.clone() });
    let subject = if due.len() == 1 {
        "Is your listing still right?".to_owned()
    } else {
        format!("Are your {} listings still right?", due.len())
    };
    to_post(&Letter { subject, parts, unsubscribe: Some(stop) })
}

/// The letter that tells somebody that a colleague let them in.
pub fn let_in(directory: &Directory, name: &str, organisation: &str) -> String {
    let hello = if name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") };
    to_post(&Letter {
        subject: format!("You may look after listings in {}", directory.name),
        parts: vec![
            Part::Paragraph(hello),
            Part::Paragraph(format!(
                "A colleague has let you look after what {organisation} offers in {}: whether it is right, and whether it takes people now.",
                directory.name
            )),
            Part::Press { label: "Sign in".to_owned(), href: directory.link("/sign-in") },
            Part::Paragraph("Signing in needs this address and no password. If this is a mistake, you need do nothing but tell your colleague.".to_owned()),
        ],
        unsubscribe: None,
    })
}

/// The letter with a new link about one listing, because an earlier one was over.
pub fn look_again(
    directory: &Directory,
    person: &Person,
    record: &ServiceRecord,
    link: &Secret,
    now: Timestamp,
) -> String {
    let mut parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Paragraph("Here is the new link that was asked for.".to_owned()),
    ];
    parts.extend(about(directory, record, link, now));
    to_post(&Letter { subject: "A new link for your listing".to_owned(), parts, unsubscribe: None })
}

/// The letter about what a steward decided of changes that somebody sent.
pub fn decided(
    directory: &Directory,
    person: &Person,
    service: &Service,
    (approved, all): (&[ListingPart], &[ListingPart]),
    why: Option<&str>,
) -> String {
    let refused: Vec<ListingPart> =
        all.iter().copied().filter(|part| !approved.contains(part)).collect();
    let mut parts = vec![Part::Paragraph(greeting(person)), Part::Heading(service.name.clone())];
    if all == [ListingPart::Status] {
        let said = if approved.is_empty() {
            "A steward looked at your new listing. It is not shown yet."
        } else {
            "A steward looked at your new listing. It is shown to everybody now."
        };
        parts.push(Part::Paragraph(said.to_owned()));
    } else if !approved.is_empty() {
        let said =
            format!("A steward looked at what you sent. This is live now: {}.", named(approved));
        parts.push(Part::Paragraph(said));
    }
    if !refused.is_empty() && all != [ListingPart::Status] {
        let said = format!("This was left as it is: {}.", named(&refused));
        parts.push(Part::Paragraph(said));
    }
    parts.extend(why.map(|why| Part::Paragraph(format!("The steward says: {why}"))));
    parts.push(to_the_listing(directory, service));
    to_post(&Letter { subject: "What you sent was looked at".to_owned(), parts, unsubscribe: None })
}

/// The letter that asks somebody about changes that they sent.
pub fn asked(directory: &Directory, person: &Person, service: &Service, question: &str) -> String {
    let parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(service.name.clone()),
        Part::Paragraph("A steward looked at what you sent, and asks:".to_owned()),
        Part::Paragraph(question.to_owned()),
        Part::Paragraph("Open the listing to answer, or to change what you sent. It waits until then, and the listing stands as it was.".to_owned()),
        to_the_listing(directory, service),
    ];
    to_post(&Letter {
        subject: "A question about your listing".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter that asks somebody about what was reported of a listing that they look after.
pub fn asked_of_a_report(
    directory: &Directory,
    person: &Person,
    record: &ServiceRecord,
    question: &str,
) -> String {
    let service = &record.service;
    // A mail may be read by somebody else: of a listing that is shown with care it says nothing.
    let heading = if record.needs_care() { "One of your listings" } else { &service.name };
    let parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(heading.to_owned()),
        Part::Paragraph(format!(
            "Somebody told us that something may be wrong with this listing. A steward of {} asks:",
            directory.name
        )),
        Part::Paragraph(question.to_owned()),
        Part::Paragraph("Open the listing to put it right, or to say that it is still right as it stands. That answers it.".to_owned()),
        to_the_listing(directory, service),
    ];
    to_post(&Letter {
        subject: "A question about your listing".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter with which somebody proves that an address is theirs, who says that listings are.
pub fn claim(
    directory: &Directory,
    name: &str,
    organisation: Option<&str>,
    link: &Secret,
) -> String {
    let href = directory.link(&format!("/claims/{}", link.reveal()));
    let what =
        organisation.map_or_else(|| "a listing".to_owned(), |name| format!("what {name} offers"));
    let parts = vec![
        Part::Paragraph(format!("Hello {name},")),
        Part::Paragraph(format!(
            "You said that you should look after {what} in {}. Open the page and press the button, to show that this address is yours. The link works once, within two days.",
            directory.name
        )),
        Part::Press { label: "Go on".to_owned(), href },
        Part::Paragraph(
            "If it was not you, you need do nothing: nothing changes without this mail.".to_owned(),
        ),
    ];
    to_post(&Letter { subject: "Is this address yours?".to_owned(), parts, unsubscribe: None })
}

/// The letter that tells somebody that they are not let in.
pub fn claim_refused(directory: &Directory, name: &str, organisation: &str, why: &str) -> String {
    let parts = vec![
        Part::Paragraph(format!("Hello {name},")),
        Part::Paragraph(format!(
            "A steward of {} looked at what you sent, and did not let you look after what {organisation} offers.",
            directory.name
        )),
        Part::Paragraph(format!("The steward says: {why}")),
        Part::Paragraph("Your address is forgotten in two weeks. You may ask again.".to_owned()),
    ];
    to_post(&Letter {
        subject: "About the listings that you asked for".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter that tells somebody that what was decided of their claim is looked at again.
pub fn claim_looked_at_again(directory: &Directory, name: &str, organisation: &str) -> String {
    let parts = vec![
        Part::Paragraph(format!("Hello {name},")),
        Part::Paragraph(format!(
            "A steward of {} took back what was decided of your wish to look after what {organisation} offers, and looks at it again. You will hear from us.",
            directory.name
        )),
    ];
    to_post(&Letter {
        subject: "What you asked for is looked at again".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter that takes back the one before it.
pub fn looked_at_again(directory: &Directory, person: &Person, service: &Service) -> String {
    let parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(service.name.clone()),
        Part::Paragraph("A steward took back what was decided of what you sent, and looks at it again. You will hear from us.".to_owned()),
        to_the_listing(directory, service),
    ];
    to_post(&Letter {
        subject: "What you sent is looked at again".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter that tells somebody that two listings were one, and were joined.
pub fn joined(
    directory: &Directory,
    person: &Person,
    (stays, goes): (&Service, &Service),
    may_open: bool,
) -> String {
    let mut parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(stays.name.clone()),
        Part::Paragraph(format!(
            "A steward of {} found that “{}” and “{}” are the same, and made one listing of the two. Both addresses lead to it.",
            directory.name, stays.name, goes.name
        )),
        Part::Paragraph(
            "If they are two, tell us: say on the listing that something is wrong. It can be taken back.".to_owned(),
        ),
    ];
    if may_open {
        parts.push(to_the_listing(directory, stays));
    } else {
        let href = directory.link(&format!("/services/{}", stays.id));
        parts.push(Part::Press { label: "Look at it".to_owned(), href });
    }
    to_post(&Letter { subject: "Two listings are one now".to_owned(), parts, unsubscribe: None })
}

/// The letter that tells somebody that two organisations were one, and were joined.
pub fn joined_organisations(
    directory: &Directory,
    person: &Person,
    (stays, goes): (&Organisation, &Organisation),
) -> String {
    let parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(stays.name.clone()),
        Part::Paragraph(format!(
            "A steward of {} found that “{}” and “{}” are the same organisation, and made one of the two. Whoever looked after the listings of either looks after all of them now.",
            directory.name, stays.name, goes.name
        )),
        Part::Paragraph(
            "If they are two, tell us: say on one of the listings that something is wrong. It can be taken back.".to_owned(),
        ),
        Part::Press { label: "Your listings".to_owned(), href: directory.link("/manage") },
    ];
    to_post(&Letter {
        subject: "Two organisations are one now".to_owned(),
        parts,
        unsubscribe: None,
    })
}

/// The letter that tells somebody that two organisations that were joined stand by themselves again.
pub fn parted_organisations(
    directory: &Directory,
    person: &Person,
    (stays, goes): (&Organisation, &Organisation),
) -> String {
    let parts = vec![
        Part::Paragraph(greeting(person)),
        Part::Heading(stays.name.clone()),
        Part::Paragraph(format!(
            "A steward of {} set “{}” and “{}” apart again. Whoever looked after the listings of one before they were joined looks after those again.",
            directory.name, stays.name, goes.name
        )),
        Part::Press { label: "Your listings".to_owned(), href: directory.link("/manage") },
    ];
    to_post(&Letter {
        subject: "Two organisations are two again".to_owned(),
        parts,
        unsubscribe: None,
    })
}

fn named(parts: &[ListingPart]) -> String {
    let labels: Vec<String> = parts.iter().map(|part| part.label().to_lowercase()).collect();
    labels.join(", ")
}

fn to_the_listing(directory: &Directory, service: &Service) -> Part {
    let href = directory.link(&format!("/manage/services/{}", service.id));
    Part::Press { label: "Open the listing".to_owned(), href }
}

fn about(
    directory: &Directory,
    record: &ServiceRecord,
    link: &Secret,
    now: Timestamp,
) -> [Part; 3] {
    let said = match &record.service.upkeep.confirmed {
        Some(confirmed) => {
            format!("Last confirmed on {}.", date_in_england(confirmed.at).strftime("%-d %B %Y"))
        }
        None => "Nobody has confirmed it yet.".to_owned(),
    };
    let ends = date_in_england(now + super::sign_in::LINK_LASTS).strftime("%-d %B");
    let href = directory.link(&format!("/confirm/{}", link.reveal()));
    [
        Part::Heading(record.service.name.clone()),
        Part::Paragraph(format!("{said} The link works until {ends}, once.")),
        Part::Press { label: "Look at it".to_owned(), href },
    ]
}

fn closing(directory: &Directory) -> String {
    format!(
        "You have this mail because you look after these listings in {}. There is at most one such mail a month. If somebody else should have it, sign in and let them look after the listings.",
        directory.name
    )
}
