//! What a mail says, as plain text and as simple HTML that says the same.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::domain::Person;

/// A letter. Nothing in it is personal beyond the greeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub subject: String,
    pub parts: Vec<Part>,
    /// Where one press stops letters of this kind (RFC 8058), for those that are not asked for.
    #[serde(default)]
    pub unsubscribe: Option<String>,
}

/// A piece of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Heading(String),
    Paragraph(String),
    /// The one thing to do: what it is, and its address.
    Press {
        label: String,
        href: String,
    },
    /// Something else that may be done, in small.
    Aside {
        label: String,
        href: String,
    },
}

/// How a letter begins.
#[must_use]
pub fn greeting(person: &Person) -> String {
    if person.name.is_empty() { "Hello,".to_owned() } else { format!("Hello {},", person.name) }
}

/// A letter as it is posted. One that could not be written down would be posted empty and given up.
#[must_use]
pub fn to_post(letter: &Letter) -> String {
    serde_json::to_string(letter).unwrap_or_default()
}

impl Letter {
    /// The letter as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Heading(text) => format!("{text}\n{}\n", "-".repeat(text.chars().count())),
            Part::Paragraph(text) => format!("{text}\n"),
            Part::Press { label, href } | Part::Aside { label, href } => {
                format!("{label}:\n{href}\n")
            }
        });
        parts.collect::<Vec<_>>().join("\n")
    }

    /// The letter as HTML that needs nothing from anywhere.
    #[must_use]
    pub fn html(&self) -> String {
        let mut body = String::new();
        for part in &self.parts {
            // Writing to a string cannot fail.
            let _ = match part {
                Part::Heading(text) => write!(body, "<h2 {HEADING}>{}</h2>", escaped(text)),
                Part::Paragraph(text) => write!(body, "<p {TEXT}>{}</p>", escaped(text)),
                Part::Press { label, href } => {
                    let (href, label) = (escaped(href), escaped(label));
                    write!(body, "<p {TEXT}><a href=\"{href}\" {BUTTON}>{label}</a></p>")
                }
                Part::Aside { label, href } => {
                    let (href, label) = (escaped(href), escaped(label));
                    write!(body, "<p {SMALL}><a href=\"{href}\">{label}</a></p>")
                }
            };
        }
        let title = escaped(&self.subject);
        format!(
            "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title></head>\
             <body style=\"margin:0 auto;max-width:36em;padding:16px\">{body}</body></html>"
        )
    }
}

const HEADING: &str = "style=\"font:bold 20px/1.3 Helvetica,Arial,sans-serif;color:#0b0c0c\"";
const TEXT: &str = "style=\"font:17px/1.5 Helvetica,Arial,sans-serif;color:#0b0c0c\"";
const SMALL: &str = "style=\"font:14px/1.5 Helvetica,Arial,sans-serif;color:#0b0c0c\"";
const BUTTON: &str = "style=\"display:inline-block;padding:12px 18px;background:#0b5c5c;\
    color:#ffffff;text-decoration:none;font-weight:bold\"";

/// Text that means itself in HTML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(name: &str) -> Letter {
        Letter {
            subject: "One listing to look at".to_owned(),
            parts: vec![
                Part::Heading(name.to_owned()),
                Part::Paragraph("Is it still right?".to_owned()),
                Part::Press {
                    label: "Look".to_owned(),
                    href: "http://a.example/x?a=1&b=2".to_owned(),
                },
            ],
            unsubscribe: None,
        }
    }

    #[test]
    fn both_forms_say_the_same() {
        let letter = letter("Chess & tea");
        assert_eq!(
            letter.text(),
            "Chess & tea\n-----------\n\nIs it still right?\n\nLook:\nhttp://a.example/x?a=1&b=2\n"
        );
        for said in ["Chess &amp; tea", "Is it still right?", "http://a.example/x?a=1&amp;b=2"] {
            assert!(letter.html().contains(said), "{said}");
        }
    }

    #[test]
    fn a_name_cannot_become_markup() {
        let html = letter("<script>\"'</script>").html();
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;"), "{html}");
    }
}
