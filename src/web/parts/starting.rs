//! Starting: how somebody gets in, what to say, what it costs, and what happens the first time.

use jiff::civil::Date;
use maud::{Markup, html};

use super::{
    fact_list::{fact, known_fact, not_stated, text_fact},
    facts,
};
use crate::{
    domain::{Answer, ReferralRoute, ReferralWay, Service},
    referring::{Replies, replies_in_words},
    search::{Labelled, wording},
};

/// Everything that is known of beginning with a service.
#[must_use]
pub fn starting(service: &Service, replies: Option<&Replies>, today: Date) -> Markup {
    let routes = &service.access_routes;
    let first = &service.first_visit;
    let cost = (!service.costs.is_empty()).then(|| facts::cost(service, today));
    html! {
        dl class="ha-factlist" {
            (fact("How to start", &ways(&routes.routes)))
            (known_fact("What to say", routes.what_to_say.as_deref()))
            (known_fact("Reply", reply(routes.reply_days, routes.who_replies.as_deref()).as_deref()))
            (known_fact("Referrals", replies.map(replies_in_words).as_deref()))
            (text_fact("Cost", cost.as_deref()))
            @for note in service.costs.iter().filter_map(|cost| cost.note.as_deref()) { (known_fact("About the cost", Some(note))) }
            (text_fact("The first time", first.what_happens.as_deref()))
            (known_fact("Who meets you", first.who_meets_you.as_deref()))
            (text_fact("What to bring", first.bring.as_deref()))
            (text_fact("Can somebody come with you?", in_words(first.someone_can_come)))
        }
    }
}

fn ways(routes: &[ReferralRoute]) -> Markup {
    if routes.is_empty() {
        return not_stated();
    }
    html! {
        ul class="govuk-list" { @for route in routes { li { (way(route)) } } }
    }
}

fn way(route: &ReferralRoute) -> String {
    let by = match route.way {
        ReferralWay::TurnUp => "turn up",
        ReferralWay::Phone => "by phone",
        ReferralWay::Text => "by text",
        ReferralWay::Email => "by email",
        ReferralWay::Form => "with a form",
        ReferralWay::Letter => "by letter",
        ReferralWay::InPerson => "in person",
    };
    let mut said = route.who.label().to_owned();
    if route.way != ReferralWay::TurnUp {
        said = format!("{said}, {by}");
    }
    if let Some(to) = &route.to {
        said = format!("{said}: {to}");
    }
    match &route.note {
        Some(note) => format!("{said}. {note}"),
        None => said,
    }
}

/// Within what time somebody answers, and who.
#[must_use]
pub fn reply(days: Option<u16>, who: Option<&str>) -> Option<String> {
    let within = days.map(|days| match days {
        0 => "The same day".to_owned(),
        days => format!("Usually within {}", wording::counted(usize::from(days), "day", "days")),
    });
    match (within, who) {
        (Some(within), Some(who)) => Some(format!("{within}, from {who}")),
        (within, None) => within,
        (None, Some(who)) => Some(format!("From {who}")),
    }
}

fn in_words(answer: Answer) -> Option<&'static str> {
    match answer {
        Answer::Yes => Some("Yes"),
        Answer::No => Some("No"),
        Answer::NotStated => None,
    }
}
