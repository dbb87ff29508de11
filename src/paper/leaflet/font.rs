//! The two faces of the leaflet, and what its texts measure in them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

use super::LeafletError;
use super::units::Points;

static REGULAR: &[u8] = include_bytes!("../fonts/LiberationSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/LiberationSans-Bold.ttf");

/// Shares of the size by which Liberation Sans rises and falls from the line it stands on.
const ASCENT: f32 = 0.905;
const DESCENT: f32 = 0.212;
const CAPITALS: f32 = 0.729;

/// What is drawn for a character that the font lacks, by preference.
const SUBSTITUTES: [char; 3] = ['\u{fffd}', '\u{25a1}', '?'];

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: Points,
}

impl Style {
    pub(super) fn regular(size: Points) -> Self {
        let weight = Weight::Regular;
        Self { weight, size }
    }

    pub(super) fn bold(size: Points) -> Self {
        let weight = Weight::Bold;
        Self { weight, size }
    }

    /// The height of a line.
    pub(super) fn leading(self) -> Points {
        self.size * 1.3
    }

    /// How far below the top of its line a text stands.
    pub(super) fn baseline(self) -> Points {
        let spare = self.leading() - self.size * (ASCENT + DESCENT);
        spare * 0.5 + self.size * ASCENT
    }

    /// How far below the top of its line the capitals begin.
    pub(super) fn cap_top(self) -> Points {
        self.baseline() - self.size * CAPITALS
    }
}

pub(super) struct Face {
    pub(super) font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    em: f32,
    substitute: skrifa::GlyphId,
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        let file = FontRef::new(bytes).ok()?;
        let charmap = file.charmap();
        let mut candidates = SUBSTITUTES.iter().filter_map(|c| charmap.map(*c));
        let substitute = candidates.find(|glyph| glyph.to_u32() != 0)?;
        let font = Font::new(bytes.into(), 0)?;
        Some(Self {
            em: font.units_per_em(),
            metrics: file.glyph_metrics(Size::unscaled(), LocationRef::default()),
            font,
            charmap,
            substitute,
        })
    }

    fn glyph(&self, character: char) -> skrifa::GlyphId {
        let found = self.charmap.map(character);
        found.filter(|glyph| glyph.to_u32() != 0).unwrap_or(self.substitute)
    }

    /// The width of a glyph as a share of the size.
    fn advance(&self, glyph: skrifa::GlyphId) -> f32 {
        self.metrics.advance_width(glyph).unwrap_or(0.0) / self.em
    }

    /// The glyphs of a text, one for each character.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let placed = text.char_indices().map(|(start, character)| {
            let glyph = self.glyph(character);
            let range = start..start + character.len_utf8();
            let id = GlyphId::new(glyph.to_u32());
            KrillaGlyph::new(id, self.advance(glyph), 0.0, 0.0, 0.0, range, None)
        });
        placed.collect()
    }
}

pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    pub(super) fn load() -> Result<Self, LeafletError> {
        Ok(Self {
            regular: Face::read(REGULAR).ok_or(LeafletError::Font("Liberation Sans Regular"))?,
            bold: Face::read(BOLD).ok_or(LeafletError::Font("Liberation Sans Bold"))?,
        })
    }

    pub(super) fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    pub(super) fn char_width(&self, character: char, style: Style) -> Points {
        let face = self.face(style.weight);
        style.size * face.advance(face.glyph(character))
    }

    pub(super) fn width(&self, text: &str, style: Style) -> Points {
        let widths = text.chars().map(|c| self.char_width(c, style).0);
        Points(widths.sum())
    }
}

/// A text as it is set: composed, on one line, and without what cannot be seen.
pub(super) fn clean(text: &str) -> String {
    let shown = text.nfc().filter(|c| !is_invisible(*c)).map(settle);
    let spaced: String = shown.collect();
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A character or what stands in for it; the spaces that hold words together do so still.
fn settle(character: char) -> char {
    match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => '\u{a0}',
        '\u{2010}' | '\u{2011}' => '-',
        c if u32::from(c) & 0xfffe == 0xfffe => char::REPLACEMENT_CHARACTER,
        c if c.is_whitespace() || c.is_control() => ' ',
        c => c,
    }
}

fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
