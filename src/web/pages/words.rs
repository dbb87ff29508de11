//! `/steward/words`: what people asked for and hardly found, and what they call needs.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, Render, html};

use crate::{
    domain::{Synonym, SynonymId},
    keeping::{Desk, FEWEST_ASKERS, Guest, KeepingError, desk, remove_synonym, set_words_aside},
    search::wording,
    store::SoughtWords,
    vocabulary::Vocabulary,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            form::{TextField, done_banner, hidden, key_field, text_field},
            steward_menu::steward_menu,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// How many words that were asked for are listed.
const MOST: usize = 60;

/// Answers with what lies on the desk.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let desk = web.work(|app| desk(&app.store, app.vocabulary)).await?;
    let page = WordsPage {
        desk: &desk,
        guest: &guest,
        vocabulary: web.app.vocabulary,
        may_change: guest.person.stewards_everything(),
        done: pairs.first("done"),
        done_with: pairs.first("words"),
        added: pairs.first("added").parse().ok(),
    };
    Ok(web.show(&page, Cache::Private))
}

/// Sets words aside, takes them up again, or takes a phrase out.
pub async fn act(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (person, now) = (guest.person.clone(), web.now());
    let done = typed.get("do").to_owned();
    if !["aside", "back", "out"].contains(&done.as_str()) {
        return Err(PageError::Unreadable);
    }
    let answered = web
        .attempt(move |app| match typed.get("do") {
            "out" => {
                let id = typed.get("synonym").parse::<SynonymId>();
                let id = id.map_err(|_| KeepingError::ChangedMeanwhile)?;
                Ok(remove_synonym(&app.store, &person, id, now)?.phrase)
            }
            way => {
                let words = typed.get("words");
                set_words_aside(&app.store, &person, words, way == "aside", now)?;
                Ok(words.to_owned())
            }
        })
        .await?;
    let words = answered.map_err(|refused| refused.error())?;
    Ok(Redirect::to(&paths::words_done(&done, &words, None)).into_response())
}

struct WordsPage<'a> {
    desk: &'a Desk,
    guest: &'a Guest,
    vocabulary: &'a Vocabulary,
    may_change: bool,
    /// What was done last, and with which words.
    done: &'a str,
    done_with: &'a str,
    added: Option<SynonymId>,
}

impl Page for WordsPage<'_> {
    fn head(&self) -> Head {
        Head::for_guest("Words", self.guest)
    }
}

impl Render for WordsPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (self.done())
            (steward_menu(paths::WORDS))
            h1 class="govuk-heading-l" { "Words" }
            @if !self.may_change {
                p class="ha-note" { "What words mean holds for the whole directory, so a steward of all of it decides. You can look at everything, and send them the address of what you would add." }
            }
            (self.sought())
            (try_any())
            (self.added())
            (self.aside())
        }
    }
}

impl WordsPage<'_> {
    fn done(&self) -> Markup {
        let quoted = format!("“{}”", self.done_with);
        match self.done {
            "added" => html! {
                (done_banner("Added", &format!("Searches understand {quoted} from now on.")))
                @if let Some(added) = self.desk.synonyms.iter().find(|known| Some(known.id) == self.added) {
                    div class="govuk-!-margin-bottom-6" { (self.out(added.id, &added.phrase, "Take it out again")) }
                }
            },
            "out" => done_banner("Taken out", &format!("{quoted} is a plain word again.")),
            "aside" => {
                done_banner("Set aside", &format!("{quoted} stands at the end of this page."))
            }
            "back" => done_banner("Taken up again", &format!("{quoted} is back on the list.")),
            _ => html! {},
        }
    }

    fn sought(&self) -> Markup {
        let sought = &self.desk.sought;
        html! {
            h2 class="govuk-heading-m" id="sought" { "Asked for, and hardly found" }
            p class="govuk-body" {
                "Words of searches that stand for no need and found little. They are listed once "
                (FEWEST_ASKERS) " different connections to the internet used them, on three days or more: nobody can see what fewer looked for, and never who."
            }
            @if sought.is_empty() {
                p class="govuk-body" { "There are none." }
            } @else {
                ul class="ha-ways" role="list" { @for one in sought.iter().take(MOST) { li { (self.words(one)) } } }
                @if sought.len() > MOST { p class="govuk-body" { (wording::thousands(sought.len() - MOST)) " more, asked for less often, come once these are dealt with." } }
            }
        }
    }

    fn words(&self, one: &SoughtWords) -> Markup {
        let times = usize::try_from(one.times).unwrap_or(usize::MAX);
        html! {
            h3 class="ha-ways__title" {
                a class="govuk-link" href=(paths::word(&one.words, "", false)) { (one.words) }
            }
            p { (wording::counted(times, "time", "times")) ", last in " (wording::month_in_words(&one.month)) }
            @if self.may_change { (self.press("aside", &one.words, "Set aside")) }
        }
    }

    fn press(&self, what: &str, words: &str, label: &str) -> Markup {
        html! {
            form method="post" action=(paths::WORDS) class="ha-inline-form" {
                (key_field(&self.guest.form_key))
                (hidden("words", words))
                button class="govuk-button govuk-button--secondary ha-button--small" name="do" value=(what) { (label) span class="govuk-visually-hidden" { ": " (words) } }
            }
        }
    }

    fn out(&self, id: SynonymId, phrase: &str, label: &str) -> Markup {
        html! {
            form method="post" action=(paths::WORDS) class="ha-inline-form" {
                (key_field(&self.guest.form_key))
                (hidden("synonym", &id.to_string()))
                button class="govuk-button govuk-button--secondary ha-button--small" name="do" value="out" { (label) span class="govuk-visually-hidden" { ": " (phrase) } }
            }
        }
    }

    fn added(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "What your people say" }
            @if self.desk.synonyms.is_empty() {
                p class="govuk-body" { "Nothing was added to the words that this program knows by itself." }
            } @else {
                ul class="ha-ways" role="list" { @for synonym in &self.desk.synonyms { li { (self.synonym(synonym)) } } }
            }
        }
    }

    fn synonym(&self, synonym: &Synonym) -> Markup {
        let known = self.vocabulary.need(synonym.need.as_str());
        let is = if synonym.is_kind { " is a kind of " } else { " means " };
        html! {
            p class="govuk-body govuk-!-margin-bottom-1" {
                "“" (synonym.phrase) "”" (is)
                @match known {
                    Some(need) => { a class="govuk-link" href=(paths::need(&need.id)) { (need.label) } }
                    None => { "a need that is no longer listed" }
                }
                ", since " (wording::long_date(wording::date_of(synonym.at))) "."
            }
            @if self.may_change { (self.out(synonym.id, &synonym.phrase, "Take it out")) }
        }
    }

    fn aside(&self) -> Markup {
        let aside = &self.desk.aside;
        html! {
            @if !aside.is_empty() {
                details class="govuk-details" {
                    summary class="govuk-details__summary" { span class="govuk-details__summary-text" { "Set aside: " (aside.len()) } }
                    div class="govuk-details__text" {
                        ul class="ha-ways" role="list" {
                            @for one in aside {
                                li {
                                    p class="govuk-body govuk-!-margin-bottom-1" { (one.words) }
                                    @if self.may_change { (self.press("back", &one.words, "Take up again")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn try_any() -> Markup {
    let field = TextField {
        name: "words",
        label: "Any other words",
        hint: Some("What they find now, and what they could mean"),
        id: "words",
        value: "",
        kind: "text",
        autocomplete: Some("off"),
        width: "",
    };
    html! {
        form method="get" action=(paths::WORD) novalidate {
            (text_field(&field, &[]))
            button class="govuk-button govuk-button--secondary" { "Look" }
        }
    }
}
