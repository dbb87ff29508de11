//! Pages of words only: privacy, accessibility and help.

use axum::{extract::State, response::Response};
use maud::{Markup, Render, html};

use crate::web::{
    cache::Cache,
    layout::{Head, Page, Section},
    parts::urgent,
    paths,
    work::Web,
};

/// A heading with its paragraphs.
type Part = (&'static str, &'static [&'static str]);

const PRIVACY: &[Part] = &[
    (
        "What is not kept",
        &[
            "What you search for, and the postcode or place that you give, are not logged and not stored, but for one thing, which is said below. Pages of results tell your browser not to keep them.",
            "No name, NHS number or other detail of a person is asked for in searching. Please do not type one into the search box.",
            "There are no trackers, no advertisements and no cookies for searching.",
        ],
    ),
    (
        "What is kept",
        &[
            "For each request the server logs which kind of page it was, whether it was found and how long it took. It does not log the address in full, what was searched for, or who asked.",
            "How often a listing was shown among results, opened, put on a shortlist, taken along as a text or on paper, and referred to is counted by month, for those who look after it: how often, and never by whom, from where or after which search.",
            "Where words of a search stand for nothing this directory knows and find little, and six different connections to the internet have used the same ones on three days or more, those words and how often they were used are kept, so that a steward can teach the directory what they mean. Only plain words, never numbers, and never from where, by whom or with which other words. Until then, only a scrambled form that nobody can read is held, and it is gone when the server stops.",
            "Of those who sign in to look after listings, their e-mail address, the name they are greeted by, and what they may look after are kept until they leave. One cookie keeps them signed in; it goes when they sign out or close the browser. Where they can sign in with an account of their organisation, another lasts for the ten minutes that this may take. Mails are forgotten once they are sent.",
            "Of a shortlist, the services on it, the notes and the title are kept until somebody who has its link deletes it, and for 90 days at most. Not whose it is or whom it is for: what looks like a name, an address, a number or a date of birth is refused and not kept. One cookie keeps the list at hand; it goes when the browser is closed, or the list is put away.",
            "Of a referral, the reference that the link worker gives it, what is needed, practical facts and each step are kept until two years after its end. The person is in none of it. It is seen by the link worker and by those who run the service, and by nobody else.",
            "Of a problem that somebody reports, what is wrong and when it was said are kept, and not who said so. The words of a report are forgotten once a steward has dealt with it.",
            "Every change of a listing is kept with its date and with what was changed. Everybody can see that it was the provider, a steward or a feed; who it was is not shown.",
            "Whoever runs the machine, or the network between you and it, may keep logs of their own.",
            "What you searched for is in the address of the page of results, so it may stand in your browser’s history. On a shared computer, use a private window.",
        ],
    ),
    (
        "Other sites",
        &[
            "Links to other sites do not tell them where you came from. Where the operator has set a base for maps, its host sees which part of the country you look at.",
            "Where the operator has named a service that signs people in, it learns that somebody pressed its button, and who they are there. Nobody else is told anything, and nothing before the button is pressed.",
        ],
    ),
];

const ACCESSIBILITY: &[Part] = &[
    (
        "How it is made",
        &[
            "Every page is made to work without scripts, by keyboard alone and on paper. States are said in words and never by colour alone. Every map has a list that says the same.",
            "The aim is WCAG 2.2 at level AA.",
        ],
    ),
    (
        "What is not right yet",
        &[
            "The pages have not been audited by people outside the project, nor tried by people who depend on assistive technology.",
            "Listings are in the words of those who provide the services. They are not always plain, and few have an Easy Read summary or are in other languages.",
            "There is no map for the screen reader other than the list beside it.",
        ],
    ),
];

const HELP: &[Part] = &[
    (
        "Searching",
        &[
            "Say what is needed in your own words: “lonely”, “money worries”, “something to do with my hands”. Then give a postcode, a town or a village.",
            "Leave the first box empty to see everything near a place. Leave the second empty to search all of England.",
            "A full postcode gives exact distances, and tells whether a service is for your address.",
        ],
    ),
    (
        "Reading a result",
        &[
            "The coloured label says whether the service takes people, who said so and when. “Not known” means that nobody has said lately: ring first.",
            "“Confirmed” says when somebody who knows last said that the listing is right.",
            "“Why here” shows why a result stands where it does.",
        ],
    ),
    (
        "If something is wrong",
        &[
            "Ring the service if you can: it knows best. At the foot of each listing, “Report a problem” tells those who keep the directory; it takes three presses and no account.",
        ],
    ),
];

/// Answers with what is kept of visitors.
pub async fn privacy(State(web): State<Web>) -> Response {
    shown(&web, "Privacy", paths::PRIVACY, PRIVACY)
}

/// Answers with who can use this.
pub async fn accessibility(State(web): State<Web>) -> Response {
    shown(&web, "Accessibility", paths::ACCESSIBILITY, ACCESSIBILITY)
}

/// Answers with how to search.
pub async fn help(State(web): State<Web>) -> Response {
    let after = urgent::for_anybody(&web.app.config.directory);
    web.show(
        &ProsePage { title: "Help with searching", path: paths::HELP, parts: HELP, after },
        Cache::Hour,
    )
}

fn shown(web: &Web, title: &'static str, path: &'static str, parts: &'static [Part]) -> Response {
    web.show(&ProsePage { title, path, parts, after: html! {} }, Cache::Hour)
}

/// A page of words.
pub struct ProsePage {
    pub title: &'static str,
    pub path: &'static str,
    pub parts: &'static [Part],
    /// What comes after the words.
    pub after: Markup,
}

impl Page for ProsePage {
    fn head(&self) -> Head {
        Head {
            canonical: Some(self.path.to_owned()),
            section: Some(Section::About),
            ..Head::new(self.title)
        }
    }
}

impl Render for ProsePage {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-xl" { (self.title) }
            @for (heading, paragraphs) in self.parts {
                h2 class="govuk-heading-m" { (heading) }
                @for paragraph in *paragraphs { p class="govuk-body" { (paragraph) } }
            }
            (self.after)
            p class="govuk-body" { a class="govuk-link" href=(paths::ABOUT) { "About this directory" } }
        }
    }
}
