//! A part of a listing in words, so that what was and what would be can be read side by side.

use crate::{
    domain::{
        AccessFeature, Answer, AtVenues, Contact, ContactVisibility, Footprint, LocationId,
        PartValue, Sensitivity, ServiceAtLocationId, ServiceStatus, Session,
    },
    keeping::Edited,
    search::{Labelled, part_name, wording},
    vocabulary::Vocabulary,
    web::{
        parts::{facts, suits},
        work::Web,
    },
};

/// What it takes to say the parts of one listing in words.
pub struct InWords<'a> {
    vocabulary: &'static Vocabulary,
    edited: &'a Edited,
}

impl<'a> InWords<'a> {
    /// For a listing with every site that its parts name.
    #[must_use]
    pub fn new(web: &Web, edited: &'a Edited) -> Self {
        Self { vocabulary: web.app.vocabulary, edited }
    }

    /// What a part says; empty where it says nothing.
    #[must_use]
    pub fn of(&self, value: &PartValue) -> String {
        match value {
            PartValue::Name(text) | PartValue::Summary(text) | PartValue::Description(text) => {
                text.clone()
            }
            PartValue::Alert(text) | PartValue::Website(text) => text.clone().unwrap_or_default(),
            PartValue::Aliases(texts) | PartValue::InShort(texts) => texts.join("\n"),
            PartValue::Languages(tags) => {
                lines(tags.iter().map(|tag| crate::search::language_name(tag)))
            }
            PartValue::Needs(needs) => lines(needs.iter().map(|need| {
                let known = self.vocabulary.need(need.as_str());
                known.map_or_else(|| need.to_string(), |known| known.label.clone())
            })),
            PartValue::Eligibility(whom) => {
                let is_for = suits::whom(whom, self.vocabulary);
                let not_for = suits::not_for(&whom.exclusions, self.vocabulary);
                let not_for = not_for.map(|not_for| format!("Not suitable for: {not_for}"));
                lines(is_for.into_iter().chain(not_for))
            }
            PartValue::Delivery(ways) => lines(ways.iter().map(|way| way.label().to_owned())),
            PartValue::Contacts(contacts) => lines(contacts.iter().map(contact)),
            PartValue::Sensitivity(Sensitivity::Sensitive) => "Shown with care".to_owned(),
            PartValue::Sensitivity(Sensitivity::Ordinary) => "Shown like any other".to_owned(),
            PartValue::Status(status) => state(*status).to_owned(),
            other => self.of_structure(other),
        }
    }

    fn of_structure(&self, value: &PartValue) -> String {
        match value {
            PartValue::Footprint(footprint) => footprint.as_ref().map(area).unwrap_or_default(),
            PartValue::Sites(sites) => lines(sites.iter().map(|site| self.site(site.location))),
            PartValue::Hours(hours) => self.hours(hours),
            PartValue::Access(facts) => self.access(facts),
            PartValue::AccessRoutes(routes) => lines(
                [facts::referral(&routes.routes)]
                    .into_iter()
                    .chain(routes.what_to_say.clone())
                    .chain(routes.reply_days.map(|days| format!("Answers within {days} days")))
                    .chain(routes.who_replies.clone())
                    .chain(routes.shows_replies.then(|| {
                        "Tells everybody how referrals from here are answered".to_owned()
                    })),
            ),
            PartValue::Costs(costs) => lines(costs.iter().map(wording::cost)),
            PartValue::FirstVisit(first) => lines(
                [&first.what_happens, &first.who_meets_you, &first.bring]
                    .into_iter()
                    .flatten()
                    .cloned()
                    .chain(come_along(first.someone_can_come)),
            ),
            _ => String::new(),
        }
    }

    /// A site, where it may be shown. Nobody reads where a hidden one is, not even a steward.
    fn site(&self, id: LocationId) -> String {
        let known = self.edited.sites.iter().find(|site| site.id == id);
        match known {
            Some(site) if self.edited.shows_where(site) => facts::site(site),
            Some(_) => "A venue whose address is not shown".to_owned(),
            None => "A venue that is not known".to_owned(),
        }
    }

    fn at(&self, venue: ServiceAtLocationId) -> String {
        let known = self.edited.service.venues.iter().find(|known| known.id == venue);
        let site =
            known.and_then(|known| self.edited.sites.iter().find(|site| site.id == known.location));
        let shown = site.filter(|site| self.edited.shows_where(site));
        shown.map_or_else(|| "A venue".to_owned(), |site| site.name.clone())
    }

    fn hours(&self, hours: &AtVenues<Vec<Session>>) -> String {
        let several = hours.at.len() > 1;
        let at_venues = hours.at.iter().flat_map(|(venue, sessions)| {
            let at = if several { format!(", {}", self.at(*venue)) } else { String::new() };
            sessions.iter().map(move |session| format!("{}{at}", in_words(session)))
        });
        lines(at_venues.chain(hours.everywhere.iter().map(in_words)))
    }

    fn access(
        &self,
        facts: &AtVenues<std::collections::BTreeMap<AccessFeature, Answer>>,
    ) -> String {
        let said = |(feature, answer): (&AccessFeature, &Answer)| {
            let answer = match answer {
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::NotStated => "not said",
            };
            format!("{}: {answer}", feature.label())
        };
        let at_venues = facts.at.iter().flat_map(|(venue, facts)| {
            facts.iter().map(move |fact| format!("{} ({})", said(fact), self.at(*venue)))
        });
        lines(at_venues.chain(facts.everywhere.iter().map(said)))
    }
}

fn lines(all: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = all.into_iter().filter(|line| !line.is_empty()).collect();
    all.join("\n")
}

fn in_words(session: &Session) -> String {
    let name = session.name.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    let note = session.note.as_ref().map(|note| format!(". {note}")).unwrap_or_default();
    format!("{name}{}{note}", wording::when(&session.schedule))
}

fn contact(contact: &Contact) -> String {
    let seen_by = match contact.visibility {
        ContactVisibility::Public => None,
        ContactVisibility::Professionals => Some("seen by those who refer".to_owned()),
        ContactVisibility::Stewards => Some("seen by stewards".to_owned()),
    };
    let ways = [&contact.name, &contact.role, &contact.phone, &contact.phone_note, &contact.email];
    let ways: Vec<String> = ways.into_iter().flatten().cloned().chain(seen_by).collect();
    ways.join(", ")
}

fn area(footprint: &Footprint) -> String {
    let parts = footprint.parts.iter().map(part_name);
    let except = footprint.except.iter().map(|part| format!("but not {}", part_name(part)));
    let only = footprint.own_authority_only.then(|| "only people who live there".to_owned());
    lines(parts.chain(except).chain(only).chain(footprint.note.clone()))
}

fn come_along(answer: Answer) -> Option<String> {
    match answer {
        Answer::Yes => Some("Somebody may come along".to_owned()),
        Answer::No => Some("Nobody may come along".to_owned()),
        Answer::NotStated => None,
    }
}

fn state(status: ServiceStatus) -> &'static str {
    match status {
        ServiceStatus::Draft => "Not shown yet",
        ServiceStatus::Active => "Listed",
        ServiceStatus::Inactive => "Out of view",
        ServiceStatus::Defunct => "Ended",
        ServiceStatus::TemporarilyClosed => "Closed for the time being",
    }
}
