//! `…/text`: what is pasted: a text message to the person, and the text for a clinical record.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::take::taken;
use crate::{
    app::App,
    paper::{longest_message, message, signs},
    web::{
        cache::Cache,
        counted::Counts,
        error::PageError,
        handed::Handed,
        layout::{Head, Page, Robots, Section},
        parts::{
            frame::back_link,
            hand_over::text_to,
            leave::leave_where,
            referral_text::{LONGEST_REFERRAL_TEXT, referral_text},
            to_entry,
        },
        paths,
        work::Web,
    },
};

/// Answers with both texts.
pub async fn show(
    State(web): State<Web>,
    counts: Counts,
    handed: Handed,
) -> Result<Response, PageError> {
    taken(&web, &handed, counts);
    let page = TextPage { handed: &handed, app: &web.app, now: web.now() };
    Ok(web.show(&page, Cache::Private))
}

struct TextPage<'a> {
    handed: &'a Handed,
    app: &'a App,
    now: Timestamp,
}

impl Page for TextPage<'_> {
    fn head(&self) -> Head {
        Head {
            robots: Robots::NoIndex,
            section: Some(Section::Shortlist),
            ..Head::new("Text to send or paste")
        }
    }

    fn before(&self) -> Markup {
        let back = match (&self.handed.held, self.handed.services.first()) {
            (Some(held), _) => back_link(&paths::shortlist(&held.key), "Back to the list"),
            (None, Some(of)) => {
                let service = of.service();
                back_link(&paths::service(service.id, &service.name), "Back to the listing")
            }
            (None, None) => html! {},
        };
        html! { (back) (leave_where(self.handed.needs_care())) }
    }
}

impl Render for TextPage<'_> {
    fn render(&self) -> Markup {
        html! {
            h1 class="govuk-heading-l" { "Text to send or paste" }
            (self.message())
            (self.records())
        }
    }
}

impl TextPage<'_> {
    fn message(&self) -> Markup {
        let lines: Vec<_> = self
            .handed
            .services
            .iter()
            .map(|of| to_entry::message_line(of, self.app, self.now))
            .collect();
        let all = self.handed.held.as_ref();
        let all = all.map(|held| self.app.config.directory.link(&paths::shortlist(&held.key)));
        let text = message(&lines, all.as_deref());
        let longest = longest_message(&text);
        html! {
            h2 class="govuk-heading-m" { "Text message to the person" }
            div class="govuk-form-group govuk-character-count" data-module="govuk-character-count" data-maxlength=(longest) {
                label class="govuk-label" for="message" { "Change it as you like, but add nothing about them" }
                textarea class="govuk-textarea govuk-js-character-count" id="message" rows="7" aria-describedby="message-info" { (text) }
                div id="message-info" class="govuk-hint govuk-character-count__message" { (signs(&text)) " of " (longest) " characters: up to three texts." }
            }
            p {
                button type="button" class="govuk-button govuk-button--secondary ha-needs-js" data-copy="message" { "Copy the message" } " "
                a class="govuk-link" href=(text_to(&text)) data-text-of="message" { "Open it in this device’s messages" }
            }
        }
    }

    fn records(&self) -> Markup {
        html! {
            h2 class="govuk-heading-m" { "Text for a clinical record" }
            p class="govuk-body" { "Plain text, up to " (LONGEST_REFERRAL_TEXT) " characters for each service: whom to contact, what to send, whom it is for, and when this was read." }
            @for (nth, of) in self.handed.services.iter().enumerate() {
                @let id = format!("record-{}", nth + 1);
                div class="govuk-form-group" {
                    label class="govuk-label govuk-label--s" for=(id) { (of.service().name) }
                    textarea class="govuk-textarea" id=(id) rows="9" readonly { (referral_text(of, self.app, self.now)) }
                    button type="button" class="govuk-button govuk-button--secondary ha-needs-js" data-copy=(id) { "Copy the text" span class="govuk-visually-hidden" { " of " (of.service().name) } }
                }
            }
        }
    }
}
