//! Lines poured into pages.

use super::Qr;
use super::font::Style;
use super::layout::{MARGIN, PAGE_WIDTH};
use super::units::{Millimetres, Points};

/// More services on one page would no longer be told apart at a glance.
const PER_PAGE: usize = 2;
/// The room above and below the rule between two services, wide enough for the white of a code.
const APART: Points = Millimetres(7.0).points();

/// What is drawn in one place.
#[derive(Clone)]
pub(super) enum Ink {
    Text { text: String, style: Style },
    Code { code: Qr, side: Points },
    Bar { width: Points, height: Points },
}

/// Something drawn, so far from the left of the page and below the top of its line.
#[derive(Clone)]
pub(super) struct Mark {
    /// The part of the document that it belongs to; a decoration belongs to none.
    pub(super) part: Option<usize>,
    pub(super) x: Points,
    pub(super) drop: Points,
    pub(super) ink: Ink,
}

impl Mark {
    pub(super) fn bar(x: Points, width: Points, height: Points) -> Self {
        let (part, drop) = (None, Points::ZERO);
        let ink = Ink::Bar { width, height };
        Self { part, x, drop, ink }
    }
}

/// A service that is ready to be poured.
pub(super) struct Laid {
    pub(super) texts: Vec<Line>,
    /// Beside the texts.
    pub(super) code: Vec<Line>,
    /// Below both.
    pub(super) below: Vec<Line>,
    /// At the top of each page on which it goes on.
    pub(super) again: Option<Line>,
}

/// What stays together on one page, with the room above it where it does not come first.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) above: Points,
    /// How much room there has to be for it and for what is not to be parted from it.
    pub(super) whole: Points,
    pub(super) height: Points,
    pub(super) marks: Vec<Mark>,
}

/// The marks of a page, each with the top of its line.
#[derive(Default)]
pub(super) struct Page {
    pub(super) marks: Vec<(Points, Mark)>,
}

/// A place in the pages.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Spot {
    page: usize,
    y: Points,
}

/// The pages so far.
pub(super) struct Pages {
    filled: Vec<Page>,
    top: Points,
    bottom: Points,
    next: Spot,
    /// How many services there are on the page of the next.
    entries: usize,
}

impl Pages {
    pub(super) fn new(top: Points, bottom: Points) -> Self {
        let next = Spot { page: 0, y: top };
        Self { filled: vec![Page::default()], top, bottom, next, entries: 0 }
    }

    pub(super) fn finish(self) -> Vec<Page> {
        self.filled
    }

    pub(super) fn add_head(&mut self, lines: Vec<Line>) {
        self.next = self.pour(lines, None, self.next);
    }

    /// Both columns from the same height on. They stay on one page where they fit on one.
    pub(super) fn add_entry(&mut self, laid: Laid) {
        let Laid { texts, code, below, again } = laid;
        if texts.is_empty() && code.is_empty() && below.is_empty() {
            return;
        }
        if self.wants_new_page(height(&texts).max(height(&code)) + height(&below)) {
            self.next = self.after(self.next);
            self.entries = 0;
        } else if self.next.y > self.top {
            self.divide();
        }
        let start = self.next;
        let left = self.pour(texts, again.as_ref(), start);
        let right = self.pour(code, None, start);
        let mut lower = if left > right { left } else { right };
        lower.y += below.first().map_or(Points::ZERO, |line| line.above);
        self.next = self.pour(below, again.as_ref(), lower);
        let goes_on = self.next.page > start.page;
        self.entries = if goes_on { 1 } else { self.entries + 1 };
    }

    /// What is longer than a page begins here, unless hardly anything of it would stand here.
    fn wants_new_page(&self, height: Points) -> bool {
        let gap = if self.next.y > self.top { APART * 2.0 } else { Points::ZERO };
        let (room, whole) = (self.bottom - self.next.y - gap, self.bottom - self.top);
        let is_full = self.entries >= PER_PAGE;
        let fits_later = height <= whole || room < whole * 0.33;
        is_full || (height > room && fits_later)
    }

    /// A rule across the page between what was there and what comes.
    fn divide(&mut self) {
        let rule = Mark::bar(MARGIN, PAGE_WIDTH - MARGIN * 2.0, Points(1.0));
        let Spot { page, y } = self.next;
        self.put(page, y + APART, vec![rule]);
        self.next.y = y + APART * 2.0;
    }

    /// Each page that they go on to begins with `again`.
    fn pour(&mut self, lines: Vec<Line>, again: Option<&Line>, from: Spot) -> Spot {
        let mut spot = from;
        for (at, line) in lines.into_iter().enumerate() {
            if at > 0 && spot.y > self.top {
                spot.y += line.above;
            }
            let needed = line.whole.max(line.height);
            let fits_later = needed <= self.bottom - self.top;
            let needed = if fits_later { needed } else { line.height };
            if spot.y + needed > self.bottom && spot.y > self.top {
                spot = self.after(spot);
                if let Some(again) = again {
                    self.put(spot.page, spot.y, again.marks.clone());
                    spot.y += again.height;
                }
            }
            self.put(spot.page, spot.y, line.marks);
            spot.y += line.height;
        }
        spot
    }

    fn after(&self, spot: Spot) -> Spot {
        let page = spot.page + 1;
        Spot { page, y: self.top }
    }

    fn put(&mut self, page: usize, y: Points, marks: Vec<Mark>) {
        let count = self.filled.len().max(page + 1);
        self.filled.resize_with(count, Page::default);
        if let Some(page) = self.filled.get_mut(page) {
            page.marks.extend(marks.into_iter().map(|mark| (y, mark)));
        }
    }
}

fn height(lines: &[Line]) -> Points {
    let heights = lines.iter().map(|line| line.above + line.height);
    heights.fold(Points::ZERO, |sum, height| sum + height)
}
