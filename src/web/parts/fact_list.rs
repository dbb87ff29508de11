//! A list of facts, in which what nobody stated is said to be not stated.

use maud::{Markup, html};

use crate::domain::Answer;

/// A term with what is said of it.
#[must_use]
pub fn fact(term: &str, said: &Markup) -> Markup {
    html! { div { dt { (term) } dd { (said) } } }
}

/// A term with a text, or that it is not stated.
#[must_use]
pub fn text_fact(term: &str, text: Option<&str>) -> Markup {
    fact(
        term,
        &text
            .filter(|text| !text.trim().is_empty())
            .map_or_else(not_stated, |text| html! { (text) }),
    )
}

/// A term with a text; nothing where there is none.
#[must_use]
pub fn known_fact(term: &str, text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text.filter(|text| !text.trim().is_empty()) { (fact(term, &html! { (text) })) } }
}

/// What stands where nobody said.
#[must_use]
pub fn not_stated() -> Markup {
    html! { span class="ha-answer ha-answer--unknown" { "Not stated" } }
}

/// The look of an answer.
#[must_use]
pub fn answer_class(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "ha-answer ha-answer--yes",
        Answer::No => "ha-answer ha-answer--no",
        Answer::NotStated => "ha-answer ha-answer--unknown",
    }
}

/// Text in paragraphs, as blank lines divide it.
#[must_use]
pub fn paragraphs(text: &str) -> Markup {
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    html! { @for paragraph in paragraphs { p class="govuk-body" { (paragraph) } } }
}
