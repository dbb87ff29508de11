//! HTML as text without any decoration.

use html2text::render::TextDecorator;

/// The address of a link that a stretch of text stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link(pub Option<String>);

/// No decoration at all, except that links know where they lead.
#[derive(Clone, Debug)]
pub(super) struct Plain;

fn none() -> (String, Link) {
    (String::new(), Link::default())
}

impl TextDecorator for Plain {
    type Annotation = Link;

    fn decorate_link_start(&mut self, url: &str) -> (String, Link) {
        (String::new(), Link(Some(url.trim().to_owned())))
    }
    fn decorate_link_end(&mut self) -> String {
        String::new()
    }
    fn decorate_em_start(&self) -> (String, Link) {
        none()
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, Link) {
        none()
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, Link) {
        none()
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, Link) {
        none()
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) -> Link {
        Link::default()
    }
    fn decorate_preformat_cont(&self) -> Link {
        Link::default()
    }
    fn decorate_image(&mut self, _: &str, _: &str) -> (String, Link) {
        none()
    }
    fn header_prefix(&self, _: usize) -> String {
        String::new()
    }
    fn quote_prefix(&self) -> String {
        String::new()
    }
    fn unordered_item_prefix(&self) -> String {
        "- ".to_owned()
    }
    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}. ")
    }
    fn decorate_superscript_start(&self) -> (String, Link) {
        none()
    }
    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
    fn make_subblock_decorator(&self) -> Self {
        Self
    }
}
