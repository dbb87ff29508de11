//! Texts set one below the other.

use super::font::{Faces, Style, clean};
use super::pages::{Ink, Line, Mark};
use super::qr;
use super::tags::{Part, Role};
use super::units::Points;
use super::wrap::wrap;

/// Texts of no more lines are not parted by the end of a page.
const KEPT_WHOLE: usize = 6;
/// The width of the bar beside a warning.
const BAR: Points = Points(3.0);

/// Lines one below the other, as wide as the column.
pub(super) struct Column<'a> {
    x: Points,
    pub(super) width: Points,
    entry: Option<usize>,
    pub(super) faces: &'a Faces,
    parts: &'a mut Vec<Part>,
    pub(super) lines: Vec<Line>,
}

impl<'a> Column<'a> {
    pub(super) fn new(
        x: Points,
        width: Points,
        entry: Option<usize>,
        faces: &'a Faces,
        parts: &'a mut Vec<Part>,
    ) -> Self {
        let lines = Vec::new();
        Self { x, width, entry, faces, parts, lines }
    }

    fn part(&mut self, role: Role, text: String) -> usize {
        self.parts.push(Part::new(role, text, self.entry));
        self.parts.len() - 1
    }

    /// A text in lines of its own, with so much room above the first. Nothing is set of a blank.
    pub(super) fn text(&mut self, role: Role, text: &str, style: Style, above: Points) {
        let (x, width) = (self.x, self.width);
        let marks = self.marks(role, &clean(text), style, x, width);
        self.add(marks.into_iter().map(|mark| vec![mark]), style, above);
    }

    /// A text with a black bar on its left.
    pub(super) fn barred(&mut self, text: &str, style: Style, above: Points) {
        let inset = BAR * 3.0;
        let (x, width) = (self.x + inset, self.width - inset);
        let marks = self.marks(Role::Paragraph, &clean(text), style, x, width);
        let bar = Mark::bar(self.x, BAR, style.leading());
        self.add(marks.into_iter().map(|mark| vec![bar.clone(), mark]), style, above);
    }

    pub(super) fn fact(
        &mut self,
        row: usize,
        pair: &(String, String),
        label: Points,
        [strong, body]: [Style; 2],
        above: Points,
    ) {
        let (x, inset) = (self.x, label + body.size * 0.8);
        let labels = self.marks(Role::Label(row), &pair.0, strong, x, label);
        let values = self.marks(Role::Value(row), &pair.1, body, x + inset, self.width - inset);
        let rows = labels.len().max(values.len());
        let (mut labels, mut values) = (labels.into_iter(), values.into_iter());
        let lines = (0..rows).map(|_| labels.next().into_iter().chain(values.next()).collect());
        self.add(lines, body, above);
    }

    /// The code of an address, so far below the top, with the white below it that it needs.
    pub(super) fn code(&mut self, address: &str, top: Points) {
        let Some(code) = qr(address) else { return };
        let side = self.width;
        let module = side * (1.0 / f32::from(u16::try_from(code.size).unwrap_or(u16::MAX)));
        let part = self.part(Role::Figure, format!("QR code that opens {address}"));
        let ink = Ink::Code { code, side };
        let mark = Mark { part: Some(part), x: self.x, drop: top, ink };
        let height = top + side + module * 4.0;
        self.lines.push(Line { above: Points::ZERO, whole: height, height, marks: vec![mark] });
    }

    /// One mark for each line of a text.
    fn marks(
        &mut self,
        role: Role,
        text: &str,
        style: Style,
        x: Points,
        width: Points,
    ) -> Vec<Mark> {
        let lines = wrap(text, style, width, self.faces);
        if lines.is_empty() {
            return Vec::new();
        }
        let part = Some(self.part(role, text.to_owned()));
        let drop = style.baseline();
        let ink = lines.into_iter().map(|text| Ink::Text { text, style });
        ink.map(|ink| Mark { part, x, drop, ink }).collect()
    }

    fn add(&mut self, rows: impl Iterator<Item = Vec<Mark>>, style: Style, above: Points) {
        let rows: Vec<Vec<Mark>> = rows.collect();
        let height = style.leading();
        let whole =
            if rows.len() <= KEPT_WHOLE { rows.iter().map(|_| height.0).sum() } else { 0.0 };
        for (row, marks) in rows.into_iter().enumerate() {
            let (above, whole) =
                if row == 0 { (above, Points(whole)) } else { (Points::ZERO, Points::ZERO) };
            self.lines.push(Line { above, whole, height, marks });
        }
    }
}
