//! The structure that a screen reader follows.

use std::num::NonZeroU16;

use krilla::tagging::{BBox, Identifier, ListNumbering, Node, Tag, TagGroup, TagKind, TagTree};

/// What a part of the document is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    Title,
    Name,
    Paragraph,
    /// The label of the fact in this row.
    Label(usize),
    /// The value of the fact in this row.
    Value(usize),
    Figure,
}

/// A part of the document in the order in which it is read.
pub(super) struct Part {
    pub(super) role: Role,
    /// Its words, or those that stand for a figure.
    pub(super) text: String,
    /// The service it belongs to.
    pub(super) entry: Option<usize>,
    /// The pieces of it that were drawn.
    pub(super) pieces: Vec<Identifier>,
    /// Where a figure was drawn.
    pub(super) place: Option<BBox>,
}

impl Part {
    pub(super) fn new(role: Role, text: String, entry: Option<usize>) -> Self {
        let (pieces, place) = (Vec::new(), None);
        Self { role, text, entry, pieces, place }
    }

    fn row(&self) -> Option<usize> {
        match self.role {
            Role::Label(row) | Role::Value(row) => Some(row),
            _ => None,
        }
    }

    fn tag(&self) -> TagKind {
        let text = Some(self.text.clone());
        let level = NonZeroU16::MIN;
        match self.role {
            Role::Title => Tag::Hn(level, text).into(),
            Role::Name => Tag::Hn(level.saturating_add(1), text).into(),
            Role::Paragraph => Tag::P.into(),
            Role::Label(_) => Tag::Lbl.into(),
            Role::Value(_) => Tag::LBody.into(),
            Role::Figure => Tag::Figure(text).with_bbox(self.place).into(),
        }
    }

    fn node(&self) -> Node {
        let pieces = self.pieces.iter().map(|piece| Node::Leaf(*piece));
        TagGroup::with_children(self.tag(), pieces.collect()).into()
    }
}

/// The parts as a tree: a section for each service, and its facts as a list.
pub(super) fn tree(parts: &[Part]) -> TagTree {
    let mut tree = TagTree::new();
    for run in parts.chunk_by(|one, next| one.entry == next.entry) {
        let nodes = run.chunk_by(|one, next| one.row().is_some() == next.row().is_some());
        let nodes = nodes.flat_map(facts_or_parts);
        if run.iter().any(|part| part.entry.is_some()) {
            tree.push(TagGroup::with_children(Tag::Section, nodes.collect()));
        } else {
            nodes.for_each(|node| tree.push(node));
        }
    }
    tree
}

/// Neighbouring parts of which all are facts, or none is.
fn facts_or_parts(run: &[Part]) -> Vec<Node> {
    if run.iter().all(|part| part.row().is_none()) {
        return run.iter().map(Part::node).collect();
    }
    let rows = run.chunk_by(|one, next| one.row() == next.row());
    let items = rows.map(|row| {
        let nodes = row.iter().map(Part::node).collect();
        TagGroup::with_children(Tag::LI, nodes).into()
    });
    let list = Tag::L(ListNumbering::None);
    vec![TagGroup::with_children(list, items.collect()).into()]
}
