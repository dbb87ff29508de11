//! Descriptions in HTML to paragraphs of plain text.

mod plain;

use html2text::{
    config,
    render::{TaggedLine, TaggedLineElement},
};

use self::plain::{Link, Plain};
use super::tidy;

/// The longest description that is kept, in bytes.
const LONGEST: usize = 200_000;
/// How many tags may stand inside each other.
const DEEPEST: usize = 80;
/// Wide enough that no line is broken.
const WIDE: usize = 1 << 20;

/// Plain text of a value that may hold HTML: paragraphs apart, lists as `- `, links as `text (address)`.
#[must_use]
pub fn to_text(value: &str) -> String {
    let value = head(value, LONGEST);
    if !looks_like_html(value) {
        return tidy::paragraphs(&value.replace("\u{a0}", " "));
    }
    let text = if depth(value) > DEEPEST { without_tags(value) } else { rendered(value) };
    tidy::paragraphs(&text)
}

/// The same on one line, for names.
#[must_use]
pub fn to_line(value: &str) -> String {
    tidy::line(&if looks_like_html(value) { to_text(value) } else { value.to_owned() })
}

fn looks_like_html(text: &str) -> bool {
    let tag = text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
    });
    let entity = text.match_indices('&').any(|(at, _)| {
        let name = text[at + 1..].split(';').next().unwrap_or_default();
        (2..9).contains(&name.len())
            && text[at + 1..].len() > name.len()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    });
    tag || entity
}

fn rendered(html: &str) -> String {
    let html = newlines_kept(html);
    let config = config::with_decorator(Plain).no_table_borders().no_link_wrapping();
    config.lines_from_read(html.as_bytes(), WIDE).map_or_else(
        |_| without_tags(&html),
        |lines| lines.iter().map(line_with_links).collect::<Vec<_>>().join("\n"),
    )
}

/// Text that has entities but no tags for its lines would run together.
fn newlines_kept(html: &str) -> String {
    let has_blocks = ["<p", "<br", "<li", "<div", "<h"].iter().any(|tag| html.contains(tag));
    if has_blocks { html.to_owned() } else { html.replace('\n', "<br>") }
}

/// A line in which each link is followed by its address, where that says more than its words.
fn line_with_links(row: &TaggedLine<Vec<Link>>) -> String {
    let mut text = String::new();
    let mut open: Option<(Link, String)> = None;
    for element in row.iter() {
        let TaggedLineElement::Str(part) = element else { continue };
        let link = part.tag.iter().rev().find(|link| link.0.is_some()).cloned();
        if open.as_ref().map(|(link, _)| link) != link.as_ref() {
            text.push_str(&closed(open.take()));
            open = link.map(|link| (link, String::new()));
        }
        match &mut open {
            Some((_, words)) => words.push_str(&part.s),
            None => text.push_str(&part.s),
        }
    }
    text.push_str(&closed(open));
    text
}

fn closed(link: Option<(Link, String)>) -> String {
    let Some((Link(Some(url)), words)) = link else { return String::new() };
    let bare = |address: &str| {
        let address = address.trim().trim_end_matches('/').to_lowercase();
        let start = ["mailto:", "tel:", "https://", "http://"];
        let rest = start.iter().find_map(|start| address.strip_prefix(start));
        rest.unwrap_or(&address).trim_start_matches("www.").replace(' ', "")
    };
    let is_address = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| url.starts_with(s));
    if !is_address || bare(&words) == bare(&url) {
        return words;
    }
    let shown = url.trim_start_matches("mailto:").trim_start_matches("tel:");
    format!("{words} ({shown})")
}

/// How many tags stand inside each other at most.
fn depth(html: &str) -> usize {
    let (mut now, mut most) = (0usize, 0);
    for (at, _) in html.match_indices('<') {
        match html.as_bytes().get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(c) if c.is_ascii_alphabetic() => now += 1,
            _ => {}
        }
        most = most.max(now);
    }
    let unclosed =
        html.matches("<br").count() + html.matches("<img").count() + html.matches("<hr").count();
    most.saturating_sub(unclosed)
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for part in html.split('<') {
        let rest = if text.is_empty() && !html.starts_with('<') {
            part
        } else {
            part.split_once('>').map_or("", |(_, rest)| rest)
        };
        text.push_str(rest);
        text.push(' ');
    }
    text
}

fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn html_becomes_paragraphs_lists_and_links() {
        let html = "<h1>About&nbsp;Us</h1>\n<p>We <b>help</b>&nbsp;people.<br>Call.</p><ul><li>food</li>\
            <li>tea</li></ul><p>See <a href=\"https://x.org/a\">our page</a> or \
            <a href=\"https://x.org/\">https://x.org</a>.</p><script>alert(1)</script><style>p{}</style>";
        insta::assert_snapshot!(to_text(html), @r"
        About Us

        We help people.
        Call.
        - food
        - tea

        See our page (https://x.org/a) or https://x.org.
        ");
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(
            to_text("Tea & cake < £5\r\n\r\n\r\nAll welcome"),
            "Tea & cake < £5\n\nAll welcome"
        );
        assert_eq!(to_text("Tea &amp; cake\nAll welcome"), "Tea & cake\nAll welcome");
        assert_eq!(to_line("<b>Tea</b>\n club"), "Tea club");
    }

    #[test]
    fn tags_without_end_and_without_bottom_are_survived() {
        assert_eq!(to_text(&format!("{}deep", "<div>".repeat(5000))), "deep");
        assert_eq!(to_text("<a href = \"http://x.org\" Circle website</a>"), "");
        assert_eq!(to_text("<p>open"), "open");
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "(<[a-z/!]{0,4}|>|&[a-z#0-9]{0,5};?|[ a-zé\"=\n]){0,40}") {
            let _ = to_text(&text);
        }
    }
}
