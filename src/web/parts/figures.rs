//! What the figures about a steward's listings are called, and what each of them counts.

use crate::keeping::Figure;

/// A figure as people read it.
#[derive(Clone, Copy, Debug)]
pub struct FigureWords {
    pub figure: Figure,
    /// What stands for it in an address.
    pub key: &'static str,
    pub label: &'static str,
    /// The same at the head of a column.
    pub short: &'static str,
    /// What it counts, in a sentence.
    pub definition: &'static str,
}

const fn words(
    figure: Figure,
    key: &'static str,
    label: &'static str,
    short: &'static str,
    definition: &'static str,
) -> FigureWords {
    FigureWords { figure, key, label, short, definition }
}

/// Every figure, in the order in which they are shown.
pub const FIGURES: [FigureWords; Figure::ALL.len()] = [
    words(
        Figure::Listed,
        "listed",
        "Listed",
        "Listed",
        "Every listing that people can find, those that are closed for a while among them.",
    ),
    words(
        Figure::Within3Months,
        "within-3-months",
        "Confirmed within 3 months",
        "Within 3 months",
        "Its provider or a steward said in the last 3 months that it is right.",
    ),
    words(
        Figure::Within6Months,
        "within-6-months",
        "Confirmed within 6 months",
        "Within 6 months",
        "The same in the last 6 months, so those of the last 3 are counted again.",
    ),
    words(
        Figure::Within12Months,
        "within-12-months",
        "Confirmed within 12 months",
        "Within 12 months",
        "The same in the last 12 months, so those of the last 6 are counted again.",
    ),
    words(
        Figure::Longer,
        "longer",
        "Confirmed longer ago, or never",
        "Longer ago or never",
        "Nobody said in the last 12 months that it is right.",
    ),
    words(
        Figure::Unclaimed,
        "nobody",
        "Nobody looks after it",
        "Nobody looks after it",
        "Nobody from its organisation can sign in to keep it right.",
    ),
    words(
        Figure::NoDoor,
        "door",
        "Not known if it takes people",
        "Door not known",
        "Nothing that counts today says whether it takes people.",
    ),
    words(
        Figure::NoWhom,
        "whom",
        "Does not say who it is for",
        "Who for not said",
        "It names no ages and no people, and does not say that everybody may come.",
    ),
    words(
        Figure::NoAccess,
        "access",
        "Says nothing about access",
        "Access not said",
        "Neither it nor its venues say yes or no to steps, toilets, a hearing loop or the like.",
    ),
    words(
        Figure::NoContact,
        "contact",
        "No way to get in touch",
        "No contact",
        "Neither it nor its organisation shows a phone number, e-mail address, website or form.",
    ),
    words(
        Figure::GoneFromFeed,
        "gone",
        "Gone from its feed",
        "Gone from its feed",
        "It came from a feed, and that feed no longer has it.",
    ),
    words(
        Figure::Reported,
        "reported",
        "A problem was reported",
        "Problem reported",
        "Somebody said that something is wrong, and no steward has ended the report.",
    ),
];

/// The words of the figure that an address names.
#[must_use]
pub fn figure_of_address(key: &str) -> Option<&'static FigureWords> {
    FIGURES.iter().find(|words| words.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_words_and_they_stand_in_its_order() {
        for (words, figure) in FIGURES.iter().zip(Figure::ALL) {
            assert_eq!(words.figure, figure);
            assert_eq!(figure_of_address(words.key).map(|found| found.figure), Some(figure));
            let sentence = words.definition;
            assert!(sentence.ends_with('.') && !sentence.trim_end_matches('.').contains(". "));
        }
    }
}
