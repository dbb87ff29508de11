//! A page as it was answered, with the rules that every page keeps.

use std::collections::HashSet;

use axum::{
    body::Body,
    http::{HeaderMap, Response, StatusCode, header},
};
use http_body_util::BodyExt;

use super::element::{Element, plain};

/// What a page says that it is.
const PAGE: &str = "text/html; charset=utf-8";

/// A page that was asked for.
pub struct Page {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
    elements: Vec<Element>,
}

impl Page {
    /// Reads a response to its end.
    pub async fn read(path: &str, response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let html = String::from_utf8_lossy(&bytes).into_owned();
        let is_page = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == PAGE);
        let elements = if is_page { Element::all(&html) } else { Vec::new() };
        Self { path: path.to_owned(), status: parts.status, headers: parts.headers, html, elements }
    }

    /// Every element of one name.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        self.elements.iter().filter(|element| element.name == name).collect()
    }

    /// Every element with a class.
    pub fn with_class(&self, class: &str) -> Vec<&Element> {
        self.elements.iter().filter(|element| element.has_class(class)).collect()
    }

    /// The element with an id.
    pub fn by_id(&self, id: &str) -> Option<&Element> {
        self.elements.iter().find(|element| element.attribute("id") == Some(id))
    }

    /// What people read, without tags.
    pub fn text(&self) -> String {
        let body = self.html.split_once("</script>").map_or(self.html.as_str(), |(_, body)| body);
        plain(body)
    }

    /// The first `h1`.
    pub fn heading(&self) -> String {
        self.all("h1").first().map(|heading| heading.text()).unwrap_or_default()
    }

    /// The title.
    pub fn title(&self) -> String {
        self.all("title").first().map(|title| title.text()).unwrap_or_default()
    }

    /// Names of the services on the cards, in their order.
    pub fn cards(&self) -> Vec<String> {
        self.with_class("ha-card__name").iter().map(|name| name.text()).collect()
    }

    /// The fields of its forms as a browser would send them, without the key of the session.
    pub fn filled(&self) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut select = None;
        for element in &self.elements {
            let of = |name| element.attribute(name).unwrap_or_default().to_owned();
            let ticks = matches!(of("type").as_str(), "checkbox" | "radio");
            match element.name.as_str() {
                "input" if !ticks || element.attribute("checked").is_some() => {
                    fields.push((of("name"), of("value")));
                }
                "textarea" => fields.push((of("name"), element.raw())),
                "select" => select = Some(of("name")),
                // The first, unless another is chosen.
                "option" => {
                    if let Some(name) = select.take() {
                        fields.push((name, of("value")));
                    } else if let Some((_, value)) = fields.last_mut()
                        && element.attribute("selected").is_some()
                    {
                        *value = of("value");
                    }
                }
                _ => {}
            }
        }
        fields.retain(|(name, _)| !name.is_empty() && name != "key");
        fields
    }

    /// The address of the link that says this.
    pub fn link(&self, says: &str) -> Option<String> {
        let links = self.all("a");
        let found = links.iter().find(|link| link.text().contains(says))?;
        found.attribute("href").map(str::to_owned)
    }

    /// A response header as text.
    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Panics with every rule that this page breaks.
    pub fn keeps_the_rules(&self) {
        let mut broken = Vec::new();
        self.document(&mut broken);
        self.headings(&mut broken);
        self.fields(&mut broken);
        self.ids(&mut broken);
        self.nothing_from_outside(&mut broken);
        self.response_headers(&mut broken);
        assert!(broken.is_empty(), "{}:\n{}", self.path, broken.join("\n"));
    }

    fn document(&self, broken: &mut Vec<String>) {
        let language = self.all("html").first().and_then(|html| html.attribute("lang"));
        let rules = [
            (language == Some("en-GB"), "the language is not stated"),
            (!self.title().trim().is_empty(), "the title is empty"),
            (self.all("main").len() == 1, "there is not one main"),
            (self.html.starts_with("<!DOCTYPE html>"), "it is not a document"),
        ];
        broken.extend(
            rules.into_iter().filter(|(holds, _)| !holds).map(|(_, fault)| fault.to_owned()),
        );
    }

    fn headings(&self, broken: &mut Vec<String>) {
        let levels: Vec<u32> = self
            .elements
            .iter()
            .filter_map(|element| element.name.strip_prefix('h')?.parse().ok())
            .collect();
        if levels.iter().filter(|level| **level == 1).count() != 1 {
            broken.push("there is not one h1".to_owned());
        }
        for pair in levels.windows(2).filter(|pair| pair[1] > pair[0] + 1) {
            broken.push(format!("a heading skips from h{} to h{}", pair[0], pair[1]));
        }
    }

    fn fields(&self, broken: &mut Vec<String>) {
        let labelled: HashSet<&str> =
            self.all("label").iter().filter_map(|label| label.attribute("for")).collect();
        let fields = ["input", "select", "textarea"].into_iter().flat_map(|name| self.all(name));
        for field in fields.filter(|field| field.attribute("type") != Some("hidden")) {
            let is_labelled = field.attribute("id").is_some_and(|id| labelled.contains(id));
            if !is_labelled {
                broken.push(format!("{:?} has no label", field.attribute("name")));
            }
        }
    }

    fn ids(&self, broken: &mut Vec<String>) {
        let mut seen = HashSet::new();
        for id in self.elements.iter().filter_map(|element| element.attribute("id")) {
            if !seen.insert(id) {
                broken.push(format!("the id {id} stands twice"));
            }
        }
        let targets =
            self.all("a").into_iter().filter_map(|link| link.attribute("href")?.strip_prefix('#'));
        for target in targets.filter(|target| !seen.contains(target)) {
            broken.push(format!("#{target} leads nowhere"));
        }
    }

    fn nothing_from_outside(&self, broken: &mut Vec<String>) {
        for element in &self.elements {
            for (name, value) in element.attributes() {
                let is_handler = name.starts_with("on") || name == "style";
                let loads = matches!(
                    (element.name.as_str(), name),
                    (_, "src") | ("link", "href") | (_, "action")
                );
                let is_canonical = element.attribute("rel") == Some("canonical");
                if is_handler || (loads && !is_canonical && !value.starts_with('/')) {
                    broken.push(format!("<{} {name}=\"{value}\">", element.name));
                }
            }
        }
        for script in self.html.split("<script").skip(1) {
            let is_known = script.starts_with(">document.body.className += ' js-enabled'")
                || script.starts_with(" type=\"application/")
                || script.split('>').next().is_some_and(|tag| tag.contains("src=\"/assets/"));
            if !is_known {
                broken.push("there is an inline script".to_owned());
            }
        }
        if self.html.contains("<style") {
            broken.push("there is an inline style".to_owned());
        }
    }

    fn response_headers(&self, broken: &mut Vec<String>) {
        let expected = [
            ("content-type", PAGE),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("content-security-policy", hereabouts::web::POLICY),
        ];
        for (name, value) in expected {
            let found = self.headers.get(name).and_then(|found| found.to_str().ok());
            if found != Some(value) {
                broken.push(format!("{name} is {found:?}"));
            }
        }
        for absent in ["server", "set-cookie", "x-powered-by"] {
            if self.headers.contains_key(absent) {
                broken.push(format!("{absent} is sent"));
            }
        }
        if !self.headers.contains_key("permissions-policy")
            || !self.headers.contains_key("cache-control")
        {
            broken.push("a policy header is missing".to_owned());
        }
    }
}
