//! `/search/somebody`: everything that may be said of whom a search is for, in one form. It asks the
//! question that its address would, so that what is asked can be kept as a link.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::{
    domain::Weekday,
    geo::Metres,
    search::{LANGUAGES, Labelled, Must, NOT_STATED, PartOfTheDay, Question},
    vocabulary::{Circumstance, Vocabulary},
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page, Robots, Section},
        parts::{
            chosen::within_label,
            form::{Choices, TextField, checkbox_columns, checkboxes, hidden, select, text_field},
            frame::back_link,
        },
        paths,
        work::Web,
    },
};

/// Answers with the form, filled with what was asked already.
pub async fn show(State(web): State<Web>, pairs: Pairs) -> Result<Response, PageError> {
    // What cannot be read is told where it is asked.
    let (question, _) = Question::read(&pairs.0);
    let page = SomebodyPage { question: &question, vocabulary: web.app.vocabulary };
    Ok(web.show(&page, Cache::Fresh))
}

/// How people travel, with how far that takes them in miles.
const TRAVEL: [(&str, f64); 4] = [
    ("On foot", 1.0),
    ("By bus, or with a lift", 3.0),
    ("By car", 10.0),
    ("As far as it takes", 20.0),
];
/// Who needs that it comes to them.
const HOUSEBOUND: &str = "housebound";
/// The kinds of circumstances in the words of the form. Ages are asked for in years.
const KINDS: [(&str, &str); 4] = [
    ("health", "Health and disability"),
    ("role", "Family, caring and service"),
    ("life", "Life and home"),
    ("identity", "Who they are"),
];

struct SomebodyPage<'a> {
    question: &'a Question,
    vocabulary: &'static Vocabulary,
}

impl Page for SomebodyPage<'_> {
    fn head(&self) -> Head {
        Head {
            section: Some(Section::Search),
            robots: Robots::NoIndex,
            ..Head::new("Search for somebody")
        }
    }

    fn before(&self) -> Markup {
        let asks = !self.question.is_empty();
        html! { @if asks { (back_link(&paths::search(self.question), "Back to the results")) } }
    }
}

impl Render for SomebodyPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Search for somebody" }
            p class="govuk-body" { "Say what matters, and leave the rest empty. Write no names: the results have an address that says what you asked, to be kept or sent on." }
            form method="get" action=(paths::SEARCH) role="search" aria-label="Search for somebody" {
                (self.besides())
                (self.what_and_where())
                (self.whom())
                (self.when())
                (self.how())
                button class="govuk-button" data-module="govuk-button" { "Search" }
            }
        }
    }
}

impl SomebodyPage<'_> {
    /// What was asked for that the form has no field for goes along unseen.
    fn besides(&self) -> Markup {
        let question = self.question.on_page(1);
        let has_field = |key: &str, value: &str| match key {
            "q" | "avoid" | "near" | "within" | "who" | "age" | "must" | "open" => true,
            "day" | "time" => value != NOT_STATED,
            "cost" => value == "free",
            "lang" => question.languages.first().is_some_and(|first| first == value),
            _ => false,
        };
        html! {
            @for (key, value) in question.pairs().iter().filter(|(key, value)| !has_field(key, value)) {
                (hidden(key, value))
            }
        }
    }

    fn what_and_where(&self) -> Markup {
        let question = self.question;
        let within = question.within_metres.map(|metres| metres.to_string());
        let housebound = question.who.iter().any(|who| who.as_str() == HOUSEBOUND);
        let at_home = choice(HOUSEBOUND, "They cannot easily leave home");
        html! {
            h2 class="govuk-heading-m" { "What, and where" }
            (line("q", "What would help?", Some("Several things with commas between: lonely, likes gardening"), &question.words, ""))
            (line("avoid", "What should be left out?", Some("Such as alcohol, or religious. Listings that mention it are left out; one that does not may still have it."), &question.avoid, ""))
            (line("near", "Postcode or place", Some("The first half of a postcode is often enough"), &question.near, "govuk-input--width-20"))
            (select(&Choices { name: "within", legend: "How do they travel?", hint: Some("What comes to them, or can be had by phone or online, is found at any distance."), all: &travel(question.within_metres), chosen: within.as_slice() }, &[]))
            (checkboxes(&Choices { name: "who", legend: "At home", hint: Some("What comes to them then counts as near, and nothing else does."), all: &[at_home], chosen: &when(housebound, HOUSEBOUND) }, &[]))
        }
    }

    fn whom(&self) -> Markup {
        let age = self.question.age.map(|age| age.to_string()).unwrap_or_default();
        html! {
            h2 class="govuk-heading-m" { "Who it is for" }
            p class="govuk-body" { "What is for them comes first, and nothing is hidden because of these." }
            (line("age", "Age in years", None, &age, "govuk-input--width-3"))
            div class="govuk-form-group" { @for (kind, label) in KINDS { (self.people(kind, label)) } }
        }
    }

    /// The circumstances of a kind, folded away until one is wanted.
    fn people(&self, kind: &str, label: &str) -> Markup {
        let is_shown =
            |known: &&Circumstance| known.kind == kind && known.id.as_str() != HOUSEBOUND;
        let known: Vec<&Circumstance> =
            self.vocabulary.circumstances().iter().filter(is_shown).collect();
        let is_chosen = |known: &Circumstance| self.question.who.contains(&known.id);
        let any = known.iter().any(|known| is_chosen(known));
        html! {
            details class="ha-filter__more" open[any] {
                summary { (label) }
                fieldset class="govuk-fieldset" {
                    legend class="govuk-visually-hidden" { (label) }
                    div class="govuk-checkboxes govuk-checkboxes--small ha-columns" data-module="govuk-checkboxes" {
                        @for known in known { (person(known, is_chosen(known))) }
                    }
                }
            }
        }
    }

    fn when(&self) -> Markup {
        let pairs = self.question.pairs();
        let chosen = |key: &str| -> Vec<String> {
            pairs.iter().filter(|(known, _)| *known == key).map(|(_, v)| v.clone()).collect()
        };
        html! {
            h2 class="govuk-heading-m" { "When" }
            (checkbox_columns(&Choices { name: "day", legend: "Day", hint: None, all: &all::<Weekday>(), chosen: &chosen("day") }, &[]))
            (checkbox_columns(&Choices { name: "time", legend: "Part of the day", hint: None, all: &all::<PartOfTheDay>(), chosen: &chosen("time") }, &[]))
        }
    }

    fn how(&self) -> Markup {
        let question = self.question;
        let must: Vec<String> = question.must.iter().map(|must| must.key().to_owned()).collect();
        let free = question.pairs().contains(&("cost", "free".to_owned()));
        html! {
            h2 class="govuk-heading-m" { "How" }
            (checkbox_columns(&Choices { name: "must", legend: "What can they not do without?", hint: Some("Only services that state all of these are shown; one that does not say is left out. Where there are several venues, ask which of them has what."), all: &all::<Must>(), chosen: &must }, &[]))
            (select(&Choices { name: "lang", legend: "Language", hint: Some("Spoken at the service"), all: &languages(), chosen: question.languages.get(..1).unwrap_or_default() }, &[]))
            (checkboxes(&Choices { name: "cost", legend: "Cost", hint: None, all: &[choice("free", "Only what is free")], chosen: &when(free, "free") }, &[]))
            (checkboxes(&Choices { name: "open", legend: "Taking people", hint: None, all: &[choice("1", "Only what takes people now")], chosen: &when(question.open, "1") }, &[]))
        }
    }
}

fn line(name: &str, label: &str, hint: Option<&str>, value: &str, width: &str) -> Markup {
    let autocomplete = if name == "near" { "postal-code" } else { "off" };
    text_field(
        &TextField {
            name,
            id: name,
            label,
            hint,
            value,
            kind: "text",
            autocomplete: Some(autocomplete),
            width,
        },
        &[],
    )
}

fn person(known: &Circumstance, is_chosen: bool) -> Markup {
    let id = format!("who-{}", known.id);
    html! {
        div class="govuk-checkboxes__item" {
            input class="govuk-checkboxes__input" id=(id) name="who" type="checkbox" value=(known.id) checked[is_chosen];
            label class="govuk-label govuk-checkboxes__label" for=(id) { (known.label) }
        }
    }
}

fn choice(value: &str, label: &str) -> (String, String) {
    (value.to_owned(), label.to_owned())
}

/// What is chosen, where it is.
fn when(is_chosen: bool, value: &str) -> Vec<String> {
    is_chosen.then(|| value.to_owned()).into_iter().collect()
}

fn all<T: Labelled>() -> Vec<(String, String)> {
    T::all().into_iter().map(|value| choice(value.key(), value.label())).collect()
}

/// The ways to travel by the metres that they take somebody, with the distance chosen before.
fn travel(chosen: Option<u32>) -> Vec<(String, String)> {
    let mut all = vec![choice("", "It does not matter")];
    for (by, miles) in TRAVEL {
        let metres = Metres::from_miles(miles).whole();
        all.push((metres.to_string(), format!("{by}: {}", within_label(metres).to_lowercase())));
    }
    let own = chosen.map(|metres| (metres.to_string(), within_label(metres)));
    let own = own.filter(|(value, _)| all.iter().all(|(known, _)| known != value));
    all.extend(own);
    all
}

fn languages() -> Vec<(String, String)> {
    let known = LANGUAGES.iter().filter(|(tag, _)| *tag != "en");
    let any = [choice("", "English, or it does not matter")];
    any.into_iter().chain(known.map(|(tag, name)| choice(tag, name))).collect()
}
