//! The only raw HTML: two scripts that the document needs as they are.

use maud::{Markup, PreEscaped};
use serde_json::Value;

/// GOV.UK Frontend's line that says scripts run. The policy names it by its hash.
pub const SCRIPTS_RUN: &str = "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

/// The element that marks the body once scripts run.
#[must_use]
pub fn scripts_run() -> Markup {
    PreEscaped(format!("<script>{SCRIPTS_RUN}</script>"))
}

/// Data for a script. Nothing in it can end the element, since no `<` is left as it is.
#[must_use]
pub fn data(id: &'static str, value: &Value) -> Markup {
    script_block("application/json", Some(id), value)
}

/// What programs read about a public listing, in the words of schema.org.
#[must_use]
pub fn linked_data(value: &Value) -> Markup {
    script_block("application/ld+json", None, value)
}

fn script_block(kind: &str, id: Option<&str>, value: &Value) -> Markup {
    let json =
        value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    let id = id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
    PreEscaped(format!("<script type=\"{kind}\"{id}>{json}</script>"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_cannot_end_its_script() {
        let text =
            data("map-data", &json!({ "label": "</script><script>alert(1)&" })).into_string();
        assert_eq!(text.matches("</script>").count(), 1);
        assert!(!text.contains("<script>alert"), "{text}");
    }
}
