//! The laid out leaflet written as a PDF.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, SpanTag};

use super::font::{Faces, Style};
use super::layout::{Foot, Layout, MARGIN, PAGE_HEIGHT, PAGE_WIDTH};
use super::pages::{Ink, Mark, Page};
use super::tags::{Part, Role, tree};
use super::units::Points;
use super::{LeafletError, Qr};

pub(super) fn write(layout: Layout, faces: &Faces) -> Result<Vec<u8>, LeafletError> {
    let Layout { title, parts, pages, foot } = layout;
    let mut document = Document::new_with(settings()?);
    let mut pen = Pen { faces, parts, foot, outline: Outline::new() };
    pen.outline.push_child(outlined(&title, 0, MARGIN));
    let size = PageSettings::from_wh(PAGE_WIDTH.0, PAGE_HEIGHT.0).ok_or(LeafletError::Page)?;
    for (number, drawn) in pages.iter().enumerate() {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        pen.page(&mut surface, drawn, number);
        pen.foot(&mut surface, number, pages.len());
        surface.finish();
        page.finish();
    }
    let metadata = Metadata::new().title(title).language("en-GB".to_owned());
    document.set_metadata(metadata);
    document.set_outline(pen.outline);
    document.set_tag_tree(tree(&pen.parts));
    Ok(document.finish()?)
}

/// The library then refuses what a screen reader could not make sense of (PDF/UA-1).
fn settings() -> Result<SerializeSettings, LeafletError> {
    let kind = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    Ok(SerializeSettings {
        configuration: kind.finish().map_err(|_| LeafletError::Kind)?,
        ..SerializeSettings::default()
    })
}

fn outlined(text: &str, page: usize, top: Points) -> OutlineNode {
    let place = Point::from_xy(MARGIN.0, top.0);
    OutlineNode::new(text.to_owned(), XyzDestination::new(page, place))
}

/// Draws, and keeps in mind which pieces belong to which part.
struct Pen<'a> {
    faces: &'a Faces,
    parts: Vec<Part>,
    foot: Foot,
    outline: Outline,
}

impl Pen<'_> {
    fn page(&mut self, surface: &mut Surface, page: &Page, number: usize) {
        for (top, mark) in &page.marks {
            self.heading(mark, number, *top);
            let tag = content(mark);
            let piece = surface.start_tagged(tag);
            self.mark(surface, mark, *top);
            surface.end_tagged();
            if let Some(part) = mark.part.and_then(|part| self.parts.get_mut(part)) {
                part.pieces.push(piece);
                part.place = place(mark, *top, number);
            }
        }
    }

    /// The first line of a name goes into the outline.
    fn heading(&mut self, mark: &Mark, number: usize, top: Points) {
        let part = mark.part.and_then(|part| self.parts.get(part));
        if let Some(part) = part.filter(|part| part.role == Role::Name && part.pieces.is_empty()) {
            self.outline.push_child(outlined(&part.text, number, top));
        }
    }

    fn mark(&self, surface: &mut Surface, mark: &Mark, top: Points) {
        let y = top + mark.drop;
        let path = match &mark.ink {
            Ink::Text { text, style } => return self.text(surface, text, *style, mark.x, y),
            Ink::Code { code, side } => modules(code, mark.x, y, *side),
            Ink::Bar { width, height } => bar(mark.x, y, *width, *height),
        };
        if let Some(path) = path {
            surface.draw_path(&path);
        }
    }

    fn text(&self, surface: &mut Surface, text: &str, style: Style, x: Points, y: Points) {
        let face = self.faces.face(style.weight);
        let (start, glyphs) = (Point::from_xy(x.0, y.0), face.glyphs(text));
        surface.draw_glyphs(start, &glyphs, face.font.clone(), text, style.size.0, false);
    }

    /// The foot is read once, on the last page; the number of a page is never read.
    fn foot(&mut self, surface: &mut Surface, number: usize, pages: usize) {
        let footer = ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer));
        let is_read = number + 1 == pages;
        let style = self.foot.style;
        let mut y = self.foot.top + style.baseline();
        let numbered = format!("Page {} of {pages}", number + 1);
        let right = PAGE_WIDTH - MARGIN - self.faces.width(&numbered, style);
        surface.start_tagged(footer);
        self.text(surface, &numbered, style, right, y);
        surface.end_tagged();
        for line in &self.foot.lines {
            let piece = surface.start_tagged(if is_read { span() } else { footer });
            self.text(surface, line, style, MARGIN, y);
            surface.end_tagged();
            let part = self.foot.part.and_then(|part| self.parts.get_mut(part));
            if let Some(part) = part.filter(|_| is_read) {
                part.pieces.push(piece);
            }
            y += style.leading();
        }
    }
}

fn span() -> ContentTag<'static> {
    ContentTag::Span(SpanTag::empty())
}

fn content(mark: &Mark) -> ContentTag<'static> {
    match (mark.part, &mark.ink) {
        (None, _) => ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)),
        (Some(_), Ink::Text { .. }) => span(),
        (Some(_), _) => ContentTag::Other,
    }
}

fn place(mark: &Mark, top: Points, page: usize) -> Option<BBox> {
    let Ink::Code { side, .. } = mark.ink else {
        return None;
    };
    let rect = Rect::from_xywh(mark.x.0, (top + mark.drop).0, side.0, side.0)?;
    Some(BBox::new(page, rect))
}

fn bar(x: Points, y: Points, width: Points, height: Points) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x.0, y.0, width.0, height.0)?);
    path.finish()
}

/// The dark modules as one path, so that no printer leaves hairlines between them.
fn modules(code: &Qr, x: Points, y: Points, side: Points) -> Option<Path> {
    let count = u16::try_from(code.size).ok()?;
    let module = side * (1.0 / f32::from(count));
    let mut path = PathBuilder::new();
    for row in 0..count {
        let is_dark = |column: u16| code.is_dark(column.into(), row.into());
        let mut column = 0;
        while column < count {
            let run = (column..count).take_while(|column| is_dark(*column)).count();
            let run = u16::try_from(run).ok()?;
            if run > 0 {
                let left = x + module * f32::from(column);
                let top = y + module * f32::from(row);
                let width = module * f32::from(run);
                path.push_rect(Rect::from_xywh(left.0, top.0, width.0, module.0)?);
            }
            column += run + 1;
        }
    }
    path.finish()
}
