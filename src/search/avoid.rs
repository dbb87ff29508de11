//! What is to be left out, said in a box of its own and not among the words.

use crate::vocabulary::{Term, Understanding, Vocabulary};

use super::fault::Fault;

/// What is left out, and what cannot be.
#[derive(Clone, Debug, Default)]
pub struct Avoided {
    pub terms: Vec<Term>,
    pub faults: Vec<Fault>,
}

/// Words that say there what the box says already.
const NEGATORS: [&str; 5] = ["no ", "not ", "without ", "nothing ", "any "];
/// Facts that somebody wants and does not avoid: "no stairs" asks for a place without them.
const WANTED: [&str; 2] = ["access", "cost"];
/// What to do instead.
const INSTEAD: &str = "something to leave out; what has to be there is ticked as what they cannot do without, or as free";

/// Each thing of a list by itself, however it is turned away.
pub fn avoided(
    text: &str,
    understood: &dyn Fn(&str) -> Understanding,
    vocabulary: &Vocabulary,
) -> Avoided {
    let mut avoided = Avoided::default();
    let pieces = text.split([',', ';']).flat_map(|piece| piece.split(" or "));
    for piece in pieces.map(str::trim).filter(|piece| !piece.is_empty()) {
        let bare = bare(piece);
        let is_wanted = |said: &str| {
            let terms = understood(said).terms;
            terms.iter().flat_map(|term| &term.facts).any(|of| WANTED.contains(&of.key.as_str()))
        };
        if is_wanted(piece) || is_wanted(bare) {
            avoided.faults.push(Fault::new("avoid", piece, INSTEAD.to_owned()));
            continue;
        }
        let said = understood(bare);
        let terms = said.terms.into_iter().chain(said.excluded);
        avoided.terms.extend(terms.filter(|term| says_anything(term, vocabulary)));
    }
    avoided
}

/// A phrase without the word that turns it away.
fn bare(piece: &str) -> &str {
    let lower = piece.to_lowercase();
    let negator = NEGATORS.into_iter().find(|negator| lower.starts_with(negator));
    negator.and_then(|negator| piece.get(negator.len()..)).unwrap_or(piece).trim()
}

/// "The" and "or" stand in nearly every listing, and would leave out nearly all of them.
fn says_anything(term: &Term, vocabulary: &Vocabulary) -> bool {
    let is_long = |word: &String| word.chars().count() > 2;
    !term.needs.is_empty()
        || term.words.iter().any(is_long) && !vocabulary.joins(&term.words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (Vec<String>, usize) {
        let vocabulary = Vocabulary::shipped();
        let said = avoided(text, &|words| vocabulary.understand(words), vocabulary);
        (said.terms.into_iter().map(|term| term.text).collect(), said.faults.len())
    }

    #[test]
    fn a_thing_is_turned_away_however_it_is_said() {
        for said in ["singing", "no singing", "Without singing", "not singing", " ,singing; "] {
            assert_eq!(of(said), (vec!["singing".to_owned()], 0), "{said}");
        }
        let several = ["alcohol".to_owned(), "religious".to_owned()];
        assert_eq!(of("alcohol or religious").0, several);
        assert_eq!(of("no alcohol, not religious").0, several);
    }

    #[test]
    fn words_that_every_listing_has_leave_nothing_out() {
        for said in ["the", "and", "a", "or", "is", "", " , ;", "no", "x"] {
            assert_eq!(of(said), (Vec::new(), 0), "{said}");
        }
    }

    #[test]
    fn what_has_to_be_there_is_asked_for_elsewhere() {
        for said in ["no stairs", "no cost", "wheelchair access", "no wheelchair access", "free"] {
            assert_eq!(of(said), (Vec::new(), 1), "{said}");
        }
        assert_eq!(of("no stairs, alcohol"), (vec!["alcohol".to_owned()], 1));
    }
}
