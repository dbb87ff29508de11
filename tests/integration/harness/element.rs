//! Elements as our own pages write them: attributes in double quotes or without a value.

use std::sync::Arc;

/// An element's start, and where its content begins.
#[derive(Clone, Debug)]
pub struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
    html: Arc<str>,
    begins: usize,
}

/// Elements that have no end.
const VOID: [&str; 9] = ["meta", "link", "input", "br", "hr", "img", "path", "circle", "rect"];

impl Element {
    /// The value of an attribute; empty for one without a value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every attribute with its value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a class is among its classes.
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }

    /// Everything up to its end, tags left out.
    pub fn text(&self) -> String {
        if VOID.contains(&self.name.as_str()) {
            return String::new();
        }
        inner_text(&self.name, &self.html[self.begins..])
    }

    /// What stands in it as it was written, for an element that holds only text.
    pub fn raw(&self) -> String {
        let inside = self.html[self.begins..].split_once("</").map_or("", |(inside, _)| inside);
        unescaped(inside)
    }

    /// Every element of a document, in its order.
    pub fn all(document: &str) -> Vec<Self> {
        let html: Arc<str> = document.into();
        let mut elements = Vec::new();
        let mut rest = document;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            let Some(end) = rest.find('>') else { break };
            let (tag, after) = (&rest[..end], &rest[end + 1..]);
            if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let (name, attributes) = read(tag);
                let begins = document.len() - after.len();
                let element = Self { name, attributes, html: html.clone(), begins };
                let is_script = element.name == "script";
                elements.push(element);
                if is_script {
                    rest = after.split_once("</script>").map_or("", |(_, rest)| rest);
                    continue;
                }
            }
            rest = after;
        }
        elements
    }
}

/// An element's name and attributes.
fn read(tag: &str) -> (String, Vec<(String, String)>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((key, left)) = key(rest) {
        let (value, left) = match left.strip_prefix("=\"").and_then(|left| left.split_once('"')) {
            Some((value, left)) => (unescaped(value), left),
            None => (String::new(), left.strip_prefix('=').unwrap_or(left)),
        };
        attributes.push((key.to_owned(), value));
        rest = left;
    }
    (name.to_owned(), attributes)
}

/// The next attribute's name, and what comes after it.
fn key(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start_matches([' ', '\n', '"', '=']);
    let end = rest.find([' ', '=']).unwrap_or(rest.len());
    (end > 0).then(|| rest.split_at(end))
}

/// The text up to the matching end.
fn inner_text(name: &str, after: &str) -> String {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut depth = 1;
    let mut at = 0;
    while depth > 0 {
        let Some(end) = after[at..].find(&close).map(|end| end + at) else { return String::new() };
        let starts = |text: &str| {
            text.match_indices(&open)
                .filter(|(found, _)| text[found + open.len()..].starts_with([' ', '>']))
                .count()
        };
        depth += starts(&after[at..end]);
        depth -= 1;
        at = end + close.len();
        if depth == 0 {
            return plain(&after[..end]);
        }
    }
    String::new()
}

/// Text without tags, with single spaces.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    unescaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
