//! What stands where: texts become lines, and lines are poured into pages.

use super::column::Column;
use super::font::{Faces, Style, clean};
use super::pages::{Ink, Laid, Line, Mark, Page, Pages};
use super::tags::{Part, Role};
use super::units::{Millimetres, Points};
use super::wrap::wrap;
use super::{Entry, Leaflet};

pub(super) const PAGE_WIDTH: Points = Millimetres(210.0).points();
pub(super) const PAGE_HEIGHT: Points = Millimetres(297.0).points();
pub(super) const MARGIN: Points = Millimetres(18.0).points();

/// Between the texts and the code there is room for the white that every code needs.
const GUTTER: Points = Millimetres(8.0).points();
const FOOT_LINES: usize = 4;

/// The document has a title even where the leaflet has none: no reader announces a blank well.
const UNTITLED: &str = "Services";

/// A leaflet that is ready to be drawn.
pub(super) struct Layout {
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
    pub(super) pages: Vec<Page>,
    pub(super) foot: Foot,
}

/// What is at the bottom of every page.
pub(super) struct Foot {
    pub(super) lines: Vec<String>,
    pub(super) style: Style,
    pub(super) top: Points,
    /// The part for the tags, where the foot says anything.
    pub(super) part: Option<usize>,
}

/// How large everything is.
struct Scale {
    title: Style,
    name: Style,
    phone: Style,
    body: Style,
    strong: Style,
    small: Style,
    code: Points,
}

impl Scale {
    fn of(is_large: bool) -> Self {
        let [title, name, phone, body, small, code] = if is_large {
            [28.0, 24.0, 30.0, 18.0, 16.0, 40.0]
        } else {
            [22.0, 18.0, 24.0, 14.0, 12.0, 36.0]
        };
        Self {
            title: Style::bold(Points(title)),
            name: Style::bold(Points(name)),
            phone: Style::bold(Points(phone)),
            body: Style::regular(Points(body)),
            strong: Style::bold(Points(body)),
            small: Style::regular(Points(small)),
            code: Millimetres(code).points(),
        }
    }
}

pub(super) fn lay_out(leaflet: &Leaflet, faces: &Faces) -> Layout {
    let scale = Scale::of(leaflet.is_large);
    let mut foot = lay_foot(&leaflet.foot, &scale, faces);
    let mut parts = Vec::new();
    let mut pages = Pages::new(MARGIN, foot.top - scale.small.size);
    let mut head = Column::new(MARGIN, PAGE_WIDTH - MARGIN * 2.0, None, faces, &mut parts);
    head.text(Role::Title, &leaflet.title, scale.title, Points::ZERO);
    let lead = leaflet.lead.as_deref().unwrap_or_default();
    head.text(Role::Paragraph, lead, scale.body, Points(6.0));
    pages.add_head(head.lines);
    for (place, entry) in leaflet.entries.iter().enumerate() {
        let laid = lay_entry(entry, place, (&scale, leaflet.is_large), faces, &mut parts);
        pages.add_entry(laid);
    }
    let words = foot.lines.concat();
    foot.part = (!words.is_empty()).then_some(parts.len());
    parts.extend(foot.part.map(|_| Part::new(Role::Paragraph, words, None)));
    Layout {
        title: Some(clean(&leaflet.title))
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| UNTITLED.to_owned()),
        parts,
        pages: pages.finish(),
        foot,
    }
}

/// The foot stands on the lower margin and leaves room for the number of the page beside it.
fn lay_foot(text: &str, scale: &Scale, faces: &Faces) -> Foot {
    let style = scale.small;
    let number = faces.width("Page 00 of 00", style) + style.size * 1.2;
    let room = PAGE_WIDTH - MARGIN * 2.0 - number;
    let mut lines = wrap(&clean(text), style, room, faces);
    if lines.len() > FOOT_LINES {
        lines.truncate(FOOT_LINES);
        let cut = lines.last_mut().into_iter();
        cut.for_each(|last| *last = format!("{}…", last.trim_end()));
    }
    let rows = lines.iter().map(|_| style.leading().0).sum();
    Foot { top: PAGE_HEIGHT - MARGIN - Points(rows).max(style.leading()), lines, style, part: None }
}

/// The texts of a service, and beside them its code with the address. In large print the facts
/// follow below both, over the whole width.
fn lay_entry(
    entry: &Entry,
    place: usize,
    (scale, is_large): (&Scale, bool),
    faces: &Faces,
    parts: &mut Vec<Part>,
) -> Laid {
    let address = clean(&entry.address);
    let aside = PAGE_WIDTH - MARGIN - scale.code;
    let width = if address.is_empty() { PAGE_WIDTH - MARGIN } else { aside - GUTTER } - MARGIN;
    let mut texts = Column::new(MARGIN, width, Some(place), faces, parts);
    lay_who(entry, scale, &mut texts);
    let (texts, below) = if is_large {
        let texts = std::mem::take(&mut texts.lines);
        let whole = PAGE_WIDTH - MARGIN * 2.0;
        let mut below = Column::new(MARGIN, whole, Some(place), faces, parts);
        lay_what(entry, scale, &mut below);
        (texts, below.lines)
    } else {
        lay_what(entry, scale, &mut texts);
        (texts.lines, Vec::new())
    };
    let mut code = Column::new(aside, scale.code, Some(place), faces, parts);
    code.code(&address, scale.name.cap_top());
    let words = address.strip_prefix("https://").unwrap_or(&address);
    code.text(Role::Paragraph, words, scale.small, Points::ZERO);
    Laid { texts, code: code.lines, below, again: again(&entry.name, width, scale.strong, faces) }
}

/// What a page begins with on which a service goes on. It is not read out once more.
fn again(name: &str, width: Points, style: Style, faces: &Faces) -> Option<Line> {
    const GOES_ON: &str = ", continued";
    let room = width - faces.width("…", style) - faces.width(GOES_ON, style);
    let mut lines = wrap(&clean(name), style, room, faces).into_iter();
    let first = lines.next()?;
    let cut = if lines.next().is_none() { "" } else { "…" };
    let text = format!("{}{cut}{GOES_ON}", first.trim_end());
    let ink = Ink::Text { text, style };
    let mark = Mark { part: None, x: MARGIN, drop: style.baseline(), ink };
    Some(Line {
        above: Points::ZERO,
        whole: Points::ZERO,
        height: style.leading() * 1.4,
        marks: vec![mark],
    })
}

fn lay_what(entry: &Entry, scale: &Scale, texts: &mut Column) {
    lay_facts(&entry.facts, scale, texts);
    let warning = entry.warning.as_deref().unwrap_or_default();
    texts.barred(warning, scale.strong, Points(10.0));
}

fn lay_who(entry: &Entry, scale: &Scale, texts: &mut Column) {
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    texts.text(Role::Name, &entry.name, scale.name, Points::ZERO);
    texts.text(Role::Paragraph, &entry.by, scale.body, Points::ZERO);
    texts.text(Role::Paragraph, &entry.line, scale.body, Points(6.0));
    texts.text(Role::Paragraph, &optional(&entry.note), scale.body, Points(6.0));
    texts.text(Role::Paragraph, &optional(&entry.phone), scale.phone, Points(6.0));
    texts.text(Role::Paragraph, &optional(&entry.phone_note), scale.body, Points::ZERO);
}

/// The labels stand in a column of their own, as wide as the widest and no wider than a third.
fn lay_facts(facts: &[(String, String)], scale: &Scale, texts: &mut Column) {
    let pairs = facts.iter().map(|(label, value)| (clean(label), clean(value)));
    let pairs: Vec<_> =
        pairs.filter(|(label, value)| !label.is_empty() || !value.is_empty()).collect();
    let widths = pairs.iter().map(|(label, _)| texts.faces.width(label, scale.strong));
    let widest = widths.fold(Points::ZERO, Points::max).min(texts.width * 0.34);
    for (row, pair) in pairs.iter().enumerate() {
        let above = if row == 0 { 8.0 } else { 3.0 };
        texts.fact(row, pair, widest + Points(1.0), [scale.strong, scale.body], Points(above));
    }
}
