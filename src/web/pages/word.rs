//! `/steward/words/look`: what words find, which needs they may mean, and what it would change if
//! they did.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use crate::{
    app::App,
    domain::{Person, Synonym},
    keeping::{FormFault, Guest, KeepingError, LONGEST_REMARK, add_synonym, desk, synonym},
    search::{Guess, NeedShown, NotAdded, Question, Sample, wording},
    vocabulary::Refusal,
    web::{
        asked::Pairs,
        cache::Cache,
        error::PageError,
        layout::{Head, Page},
        parts::{
            effect::{effect, likely},
            form::{
                Choices, TextField, error_summary, hidden, key_field, radios, select, text_area,
                text_field,
            },
            frame::back_link,
        },
        paths,
        typed::Typed,
        work::Web,
    },
};

/// The most other searches whose answers are shown beside.
const MOST_OTHERS: usize = 4;
const KIND: &str = "kind";

/// What is known of words, and of what they would mean.
struct Looked {
    /// Whether they can mean anything at all.
    may_mean: Result<(), NotAdded>,
    guesses: Vec<Guess>,
    /// Where a need was chosen.
    would: Option<Would>,
}

/// What would change, or why it cannot.
struct Would {
    need: NeedShown,
    samples: Result<Vec<Sample>, NotAdded>,
}

/// Answers with what words may mean, and what it would change.
pub async fn show(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    pairs: Pairs,
) -> Result<Response, PageError> {
    let typed = Typed(pairs);
    if typed.get("words").is_empty() {
        return Ok(Redirect::to(paths::WORDS).into_response());
    }
    let looked = look_up(&web, &guest, &typed).await?;
    Ok(web.show(&WordPage::new(&web, &guest, &typed, &looked, &[]), Cache::Private))
}

/// Adds the words to the vocabulary.
pub async fn add(
    State(web): State<Web>,
    Extension(guest): Extension<Guest>,
    typed: Typed,
) -> Result<Response, PageError> {
    let (by, now, sent) = (guest.person.clone(), web.now(), typed.clone());
    let answered = web
        .attempt(move |app| {
            let synonym = meant(&by, &sent, now)?;
            app.search.may_add(&synonym).map_err(fault)?;
            let phrase = synonym.phrase.clone();
            let id = add_synonym(&app.store, &by, synonym, sent.get("why"), now)?;
            Ok((phrase, id))
        })
        .await?;
    match answered {
        Ok((phrase, id)) => {
            let to = paths::words_done("added", &phrase, Some(id));
            Ok(Redirect::to(&to).into_response())
        }
        Err(refused) => {
            let looked = look_up(&web, &guest, &typed).await?;
            let page = WordPage::new(&web, &guest, &typed, &looked, refused.faults());
            Ok(web.show_refused(&refused, &page))
        }
    }
}

fn meant(by: &Person, typed: &Typed, now: Timestamp) -> Result<Synonym, KeepingError> {
    let is_kind = typed.get("how") == KIND;
    synonym(typed.get("words"), typed.get("need"), is_kind, by.id, now)
}

fn fault(why: NotAdded) -> FormFault {
    let field = if why == NotAdded::Words(Refusal::NoNeed) { "need" } else { "words" };
    FormFault::new(field, wording::capitalised(&why.to_string()))
}

async fn look_up(web: &Web, guest: &Guest, typed: &Typed) -> Result<Looked, PageError> {
    let (by, sent, now) = (guest.person.clone(), typed.clone(), web.now());
    web.work(move |app| {
        let synonym = meant(&by, &sent, now)?;
        let words = &synonym.phrase;
        let known = app.vocabulary.need(synonym.need.as_str());
        let would = known.map(|_| would(app, &synonym, now)).transpose()?;
        let may_mean = app.search.may_mean(words);
        let guesses = if may_mean.is_ok() { app.search.guesses(words, now)? } else { Vec::new() };
        Ok::<_, PageError>(Looked { may_mean, guesses, would })
    })
    .await
}

/// What would change, were a phrase added: in its own search, and in others that have its words.
fn would(app: &App, synonym: &Synonym, now: Timestamp) -> Result<Would, PageError> {
    let need = app.search.need(&synonym.need);
    if let Err(refused) = app.search.may_add(synonym) {
        return Ok(Would { need, samples: Err(refused) });
    }
    let desk = desk(&app.store, app.vocabulary)?;
    let whole = format!(" {} ", synonym.phrase);
    let has_it = |words: &String| *words != synonym.phrase && format!(" {words} ").contains(&whole);
    let others = desk.sought.into_iter().map(|sought| sought.words).filter(has_it);
    let others: Vec<String> = others.take(MOST_OTHERS).collect();
    let samples = app.search.effect(synonym, &others, now)?;
    Ok(Would { need, samples: Ok(samples) })
}

struct WordPage<'a> {
    web: &'a Web,
    guest: &'a Guest,
    typed: &'a Typed,
    looked: &'a Looked,
    faults: &'a [FormFault],
}

impl<'a> WordPage<'a> {
    fn new(
        web: &'a Web,
        guest: &'a Guest,
        typed: &'a Typed,
        looked: &'a Looked,
        faults: &'a [FormFault],
    ) -> Self {
        Self { web, guest, typed, looked, faults }
    }

    fn words(&self) -> &str {
        self.typed.get("words")
    }

    fn is_kind(&self) -> bool {
        self.typed.get("how") == KIND
    }
}

impl Page for WordPage<'_> {
    fn head(&self) -> Head {
        let error = if self.faults.is_empty() { "" } else { "Error: " };
        Head::for_guest(format!("{error}What could “{}” mean?", self.words()), self.guest)
    }

    fn before(&self) -> Markup {
        back_link(paths::WORDS, "Words")
    }
}

impl Render for WordPage<'_> {
    fn render(&self) -> Markup {
        html! {
            (error_summary(self.faults))
            h1 class="govuk-heading-l" { "What could “" (self.words()) "” mean?" }
            p class="govuk-body" {
                a class="govuk-link" href=(paths::search(&Question { words: self.words().to_owned(), ..Question::default() })) { "What it finds now" }
            }
            @match (&self.looked.may_mean, &self.looked.would) {
                (Err(refused), _) => { (cannot(*refused)) }
                (Ok(()), None) => { (self.guesses()) }
                (Ok(()), Some(would)) => { (self.would(would)) h2 class="govuk-heading-m" { "Or something else" } }
            }
            (self.choose())
        }
    }
}

fn cannot(refused: NotAdded) -> Markup {
    html! { p class="ha-note" { "It cannot be added: " (refused) "." } }
}

impl WordPage<'_> {
    fn guesses(&self) -> Markup {
        let guesses = &self.looked.guesses;
        html! {
            @if !guesses.is_empty() {
                h2 class="govuk-heading-m" { "It may be" }
                ul class="ha-ways" role="list" {
                    @for guess in guesses {
                        li {
                            h3 class="ha-ways__title" { a class="govuk-link" href=(paths::word(self.words(), guess.need.id.as_str(), self.is_kind())) { (guess.need.label) } }
                            p { (likely(&guess.why)) }
                        }
                    }
                }
            }
        }
    }

    /// Any need may be chosen; what it would change is looked at before anything is.
    fn choose(&self) -> Markup {
        let words = TextField {
            name: "words",
            id: "words",
            label: "Words",
            hint: None,
            value: self.words(),
            kind: "text",
            autocomplete: Some("off"),
            width: "",
        };
        html! {
            form method="get" action=(paths::WORD) novalidate {
                (text_field(&words, self.faults))
                (self.needs())
                (self.hows())
                button class="govuk-button govuk-button--secondary" { "Show what it would change" }
            }
        }
    }

    fn needs(&self) -> Markup {
        let known = self.web.app.vocabulary.needs().iter();
        let mut all: Vec<(String, String)> =
            known.map(|need| (need.id.to_string(), need.label.clone())).collect();
        all.sort_by_key(|(_, label)| label.to_lowercase());
        all.insert(0, (String::new(), "Choose a need".to_owned()));
        let need = Choices {
            name: "need",
            legend: "The need that it stands for",
            hint: None,
            all: &all,
            chosen: &[self.typed.get("need").to_owned()],
        };
        select(&need, self.faults)
    }

    fn hows(&self) -> Markup {
        let how = Choices {
            name: "how",
            legend: "How it stands for it",
            hint: Some(
                "“Choir” is a kind of singing: listings that say “choir” come first. “Skint” is money worries in other words: whatever helps with those comes first.",
            ),
            all: &[
                ("words".to_owned(), "It is the same in other words".to_owned()),
                (KIND.to_owned(), "It is one kind of it".to_owned()),
            ],
            chosen: &[(if self.is_kind() { KIND } else { "words" }).to_owned()],
        };
        radios(&how, &[])
    }

    fn would(&self, would: &Would) -> Markup {
        let is = if self.is_kind() { "a kind of " } else { "" };
        html! {
            h2 class="govuk-heading-m" { "If it is " (is) "“" (would.need.label) "”" }
            @match &would.samples {
                Err(refused) => { (cannot(*refused)) }
                Ok(samples) => {
                    @for sample in samples { (effect(sample)) }
                    (self.add(would))
                }
            }
        }
    }

    fn add(&self, would: &Would) -> Markup {
        html! {
            @if self.guest.person.stewards_everything() {
                form method="post" action=(paths::WORD) novalidate {
                    (key_field(&self.guest.form_key))
                    (hidden("words", self.words()))
                    (hidden("need", would.need.id.as_str()))
                    (hidden("how", self.typed.get("how")))
                    (text_area("why", "Why, if it is not plain", Some("It is kept with the change"), self.typed.get("why"), (2, LONGEST_REMARK), self.faults))
                    button class="govuk-button" data-module="govuk-button" { "Add it" }
                }
            } @else {
                p class="ha-note" { "A steward of the whole directory can add it: send them the address of this page." }
            }
        }
    }
}
