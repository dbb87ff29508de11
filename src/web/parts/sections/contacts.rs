//! Everybody who can be reached, and who may see how.

use maud::{Markup, html};

use super::Form;
use crate::{domain::ContactVisibility, keeping::key_of};

pub fn fields(form: Form<'_>) -> Markup {
    let seen_by = [
        (key_of(ContactVisibility::Public), "Everybody".to_owned()),
        (key_of(ContactVisibility::Professionals), "Those who refer people".to_owned()),
        (key_of(ContactVisibility::Stewards), "Stewards only".to_owned()),
    ];
    html! {
        p class="govuk-body" { "Name a person only if they agree. To hide a name or a number, empty its field, or choose who may see it. Empty all of a contact to take it away." }
        @for (at, row) in form.rows('k', 1).into_iter().enumerate() {
            fieldset class="govuk-fieldset ha-row" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--m" { "Contact " (at + 1) }
                (contact(form, row, &seen_by))
            }
        }
    }
}

fn contact(form: Form<'_>, row: usize, seen_by: &[(String, String)]) -> Markup {
    let field = |name: &str| format!("k{row}-{name}");
    html! {
        (form.line((&field("name"), "Name", "", "govuk-input--width-20")))
        (form.line((&field("role"), "What they do", "Such as “coordinator”", "govuk-input--width-20")))
        (form.typed_line((&field("phone"), "Phone", "", "govuk-input--width-20"), "tel", None))
        (form.line((&field("phone-note"), "About the number", "Such as “mornings only”", "")))
        (form.typed_line((&field("email"), "E-mail", "", ""), "email", None))
        (form.select(&field("seen-by"), "Who may see this", seen_by))
    }
}
