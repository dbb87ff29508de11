//! The only raw HTML: two scripts that the document needs as they are, and the style of a page that
//! is kept as a file.

use maud::{DOCTYPE, Markup, PreEscaped, html};
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

/// How a page looks that is kept as a file: on a screen, on paper, and with nothing from elsewhere.
const FILE_STYLE: &str = "body{max-width:42rem;margin:1rem auto;padding:0 1rem;font:1.1rem/1.4 Arial,sans-serif;color:#0b0c0c}h1{font-size:1.6em}h2{margin:0 0 .2em;font-size:1.3em}p{margin:0 0 .5em}section{display:flow-root;padding:1em 0;border-top:2px solid;break-inside:avoid}table{width:100%;border-collapse:collapse}th,td{padding:.5em;border:1px solid;text-align:left;vertical-align:top}.ha-print__code{float:right;width:40mm;margin-left:1em;font-size:.8em;text-align:center;overflow-wrap:anywhere}svg{display:block;width:30mm;height:30mm;margin:auto}.ha-print__phone{font-size:1.4em;font-weight:bold}";

/// A whole page in one file, which asks nobody for anything.
#[must_use]
pub fn stand_alone(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                (PreEscaped(format!("<style>{FILE_STYLE}</style>")))
            }
            body { main { (body) } }
        }
    };
    page.into_string()
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
