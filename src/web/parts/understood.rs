//! How a question was taken, said plainly, with a way back from each thing that was changed.

use maud::{Markup, html};

use crate::{
    domain::CircumstanceId,
    geo::{Candidate, Note, Precision, Whereabouts},
    search::{Fault, Findings, Matching, PlaceUnderstood, Question, Term, wording},
    vocabulary::Vocabulary,
};

/// Where a changed question is asked again.
type Path = fn(&Question) -> String;

/// Everything that has to be said about how the question was taken.
#[must_use]
pub fn understood(findings: &Findings, path: Path) -> Markup {
    html! {
        (faults(&findings.understood.faults))
        (words(findings, path))
        @if let PlaceUnderstood::Near(spot) = &findings.understood.place {
            (place(spot, &findings.question, path))
        }
    }
}

/// What could not be used, each with what would do.
#[must_use]
pub fn faults(faults: &[Fault]) -> Markup {
    html! {
        @if !faults.is_empty() {
            div class="govuk-inset-text" {
                p { "Part of what was asked could not be used:" }
                ul class="govuk-list govuk-list--bullet" {
                    @for fault in faults {
                        li { (key_in_words(&fault.field)) ": “" (fault.found) "” was given, and it has to be " (fault.expected) "." }
                    }
                }
            }
        }
    }
}

fn words(findings: &Findings, path: Path) -> Markup {
    let (question, understood) = (&findings.question, &findings.understood);
    html! {
        @if let Some(corrected) = &understood.corrected {
            p class="govuk-body" {
                "Little was found for “" (corrected.from) "”, so this is for “" (corrected.to) "”. "
                a class="govuk-link" href=(path(&Question { as_spelt: true, page: 1, ..question.clone() })) {
                    "Search for “" (question.words) "” as it is"
                }
            }
        }
        @if let Some(said) = &understood.place_in_words {
            p class="govuk-body" {
                @if is_the_place(question, said) { "“" (said) "” was taken as the place. " }
                @else { "“" (said) "” is a place, and the one that was given is used instead. " }
                a class="govuk-link" href=(path(&as_typed(question, said))) { "Search for it as words" }
            }
        }
        (widened(&understood.terms, question, path))
        @if !understood.people.is_empty() && !question.exactly {
            p class="govuk-body" { "What is for " (people(&understood.people)) " comes first." }
        }
        @if let Matching::Most { at_least, of } = understood.matching {
            p class="govuk-body" {
                @if findings.leading > 0 { "Few match all of it, so " } @else { "Nothing that was confirmed lately matches all of it, so " }
                "what matches " (at_least) " of the " (of) " things asked for is listed as well."
            }
        }
        @if !understood.without.is_empty() {
            p class="govuk-body" { "Left out: what speaks of " (quoted(&understood.without)) "." }
        }
    }
}

/// Which words stand for which needs, and the way back to the words alone.
fn widened(terms: &[Term], question: &Question, path: Path) -> Markup {
    let is_wider = |term: &&Term| !term.needs.is_empty() || !term.facts.is_empty();
    let widened: Vec<String> = terms.iter().filter(is_wider).map(meaning).collect();
    html! {
        @if question.exactly && !question.words.is_empty() {
            p class="govuk-body" {
                "Only these words are searched for. "
                a class="govuk-link" href=(path(&Question { exactly: false, page: 1, ..question.clone() })) {
                    "Search for what they mean as well"
                }
            }
        } @else if !widened.is_empty() {
            p class="govuk-body" {
                "Also showing " (widened.join("; ")) ". "
                a class="govuk-link" href=(path(&Question { exactly: true, page: 1, ..question.clone() })) {
                    "Search only for “" (question.words) "”"
                }
            }
        }
    }
}

/// Whether the place that was asked about is the one that was written among the words.
fn is_the_place(question: &Question, said: &str) -> bool {
    question.place.is_none() && !question.near.is_empty() && said.ends_with(&question.near)
}

/// The question with the place back among its words, to be taken word for word.
fn as_typed(question: &Question, said: &str) -> Question {
    let words = format!("{} {said}", question.words);
    let near = if is_the_place(question, said) { "" } else { &question.near };
    Question { words, near: near.to_owned(), exactly: true, page: 1, ..question.clone() }
}

fn meaning(term: &Term) -> String {
    let needs = term.needs.iter().map(|need| need.label.clone());
    let facts = term.facts.iter().map(|fact| format!("what is {fact}"));
    let meant: Vec<String> = needs.chain(facts).collect();
    format!("{} for “{}”", wording::listed(&meant), term.text)
}

fn place(spot: &Whereabouts, question: &Question, path: Path) -> Markup {
    html! {
        @if let Some(note) = &spot.note { p class="govuk-body" { (note_in_words(note, spot)) } }
        @if !spot.precision.is_exact() && spot.note.is_none() {
            p class="govuk-body" { (wide(spot)) }
        }
        @if !spot.others.is_empty() {
            details class="govuk-details" {
                summary class="govuk-details__summary" {
                    span class="govuk-details__summary-text" { "Other places of that name" }
                }
                div class="govuk-details__text" { (candidates(&spot.others, question, path)) }
            }
        }
    }
}

/// Places to choose from, each leading to the same question asked there.
#[must_use]
pub fn candidates(candidates: &[Candidate], question: &Question, path: Path) -> Markup {
    let there = |candidate: &Candidate| Question {
        near: candidate.key.clone(),
        place: None,
        page: 1,
        ..question.clone()
    };
    html! {
        ul class="govuk-list" {
            @for candidate in candidates {
                li {
                    a class="govuk-link" href=(path(&there(candidate))) { (candidate.label) }
                    " (" (candidate.kind) ")"
                }
            }
        }
    }
}

fn wide(spot: &Whereabouts) -> String {
    let label = &spot.label;
    match spot.precision {
        Precision::Sector | Precision::Outcode => format!(
            "{label} is part of a postcode, so distances are rough. A full postcode gives exact ones."
        ),
        _ => format!(
            "{label} is wider than one spot, so distances are rough. A full postcode gives exact ones."
        ),
    }
}

fn note_in_words(note: &Note, spot: &Whereabouts) -> String {
    let label = &spot.label;
    match note {
        Note::Terminated { year, month } => {
            format!("{label} went out of use in {} {year}. Where it last was is used.", month_name(*month))
        }
        Note::LowQuality => format!("Where {label} lies is known only roughly, so distances may be a little out."),
        Note::NotInPack { used } => format!(
            "That postcode is not known here, perhaps because it is new, so {} is used: {label}. Distances are rough.",
            part_in_words(*used)
        ),
        Note::AreasOfNearestSector => {
            "The areas of the nearest part postcode are used, since no boundary here holds that spot.".to_owned()
        }
        Note::Approximate => format!("Where {label} lies is known only roughly, so distances are rough."),
        Note::Replaced { name, .. } => format!("That area is no more. {name} took over from it, and may be wider."),
    }
}

fn part_in_words(precision: Precision) -> &'static str {
    match precision {
        Precision::Sector => "the sector it is in",
        Precision::Outcode => "the district it is in",
        _ => "the nearest that is known",
    }
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

fn people(people: &[CircumstanceId]) -> String {
    let label = |who: &CircumstanceId| {
        let known = Vocabulary::shipped().circumstance(who.as_str());
        known.map_or_else(|| who.to_string(), |known| known.label.to_lowercase())
    };
    wording::listed(&people.iter().map(label).collect::<Vec<_>>())
}

fn quoted(words: &[String]) -> String {
    wording::listed(&words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>())
}

/// A key of the address as the page names it.
fn key_in_words(key: &str) -> &str {
    match key {
        "q" => "What is needed",
        "avoid" => "What to leave out",
        "must" => "What they cannot do without",
        "near" => "Postcode or place",
        "place" => "Place",
        "within" => "Distance, in metres",
        "age" => "Age",
        "need" => "Need",
        "who" => "Who it is for",
        "day" => "Day",
        "time" => "Part of the day",
        "cost" => "Cost",
        "how" => "How it reaches you",
        "access" => "Access",
        "lang" => "Language",
        "refer" => "Who can refer",
        "sector" => "Run by",
        "open" => "Taking people now",
        "inside" => "With a venue in the place",
        "confirmed" => "Confirmed in the last 6 months",
        "elsewhere" => "Services for other areas",
        "sort" => "Order",
        "page" => "Page",
        "per_page" | "perPage" => "Results a page",
        other => other,
    }
}
