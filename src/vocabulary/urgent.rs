//! Words that ask for help now.

use super::{
    Vocabulary,
    schema::{PanelRow, UrgentFile},
    table::{Form, Table, overlap},
    words::Speller,
};

/// A way to reach help at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who answers.
    pub name: String,
    /// The number to ring, or what to do with it.
    pub contact: String,
    /// When or for whom.
    pub note: String,
}

/// The panel shown above any result when the words ask for help now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urgent {
    /// The stable name, by which an operator may replace the panel.
    pub id: String,
    /// The panel's heading.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// Who to reach, the first first.
    pub lines: Vec<Line>,
}

impl Urgent {
    fn from_row(row: &PanelRow) -> Self {
        let line = |line: &super::schema::LineRow| Line {
            name: line.name.clone(),
            contact: line.contact.clone(),
            note: line.note.clone(),
        };
        Self {
            id: row.id.clone(),
            title: row.title.clone(),
            advice: row.advice.clone(),
            lines: row.lines.iter().map(line).collect(),
        }
    }
}

/// The panels and the words that raise them.
#[derive(Debug)]
pub(super) struct Alarms {
    panels: Vec<Urgent>,
    phrases: Table<usize>,
    unless: Table<usize>,
}

impl Alarms {
    pub fn new(file: &UrgentFile, speller: &Speller) -> Self {
        let mut phrases = Table::new(Form::Key);
        let mut unless = Table::new(Form::Key);
        for (panel, row) in file.panel.iter().enumerate() {
            for spelling in row.phrases.iter().flat_map(|phrase| speller.spellings(phrase)) {
                phrases.insert(&spelling, panel);
            }
            for spelling in row.unless.iter().flat_map(|phrase| speller.spellings(phrase)) {
                unless.insert(&spelling, panel);
            }
        }
        Self { panels: file.panel.iter().map(Urgent::from_row).collect(), phrases, unless }
    }
}

impl Vocabulary {
    /// The panel these words ask for; where several, the gravest, which the file lists first.
    #[must_use]
    pub fn urgent(&self, words: &str) -> Option<&Urgent> {
        let tokens = self.speller.tokens(words);
        let excused = self.alarms.unless.all(&tokens);
        let stands = |panel: &usize, at: &std::ops::Range<usize>| {
            !excused.iter().any(|e| e.values.contains(panel) && overlap(&e.at, at))
        };
        let found = self.alarms.phrases.all(&tokens);
        let raised = found
            .iter()
            .flat_map(|found| found.values.iter().filter(|panel| stands(panel, &found.at)));
        raised.min().map(|&panel| &self.alarms.panels[panel])
    }

    /// Every panel, the gravest first.
    #[must_use]
    pub fn urgent_panels(&self) -> &[Urgent] {
        &self.alarms.panels
    }
}
