//! The desk of words: what people asked for and hardly found, and what they call needs.

use jiff::Timestamp;

use crate::{
    domain::{NeedId, Person, PersonId, Synonym, SynonymId},
    store::{Reading, SoughtWords, Store, Subject},
    vocabulary::{Said, Vocabulary},
};

use super::{
    error::{FormFault, KeepingError},
    listing::Caretaker,
    people::random_id,
    remark::remark,
};

/// The most phrases that a directory adds.
const MOST: usize = 5_000;

/// What lies on the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Words that nobody has set aside or given a meaning, those asked for most first.
    pub sought: Vec<SoughtWords>,
    /// Those set aside.
    pub aside: Vec<SoughtWords>,
    /// What was added, the newest first.
    pub synonyms: Vec<Synonym>,
}

/// What lies on the desk. Words that were given a meaning since they were asked for are not on it.
pub fn desk(store: &Store, vocabulary: &Vocabulary) -> Result<Desk, KeepingError> {
    let synonyms = store.synonyms()?;
    let added = vocabulary.added(synonyms.iter().map(Said::from));
    let means_nothing =
        |sought: &SoughtWords| vocabulary.understand_with(&added, &sought.words).needs().is_empty();
    let sought = store.sought_words(usize::from(u16::MAX))?.into_iter();
    let (aside, sought) = sought.filter(means_nothing).partition(|sought| sought.set_aside);
    Ok(Desk { sought, aside, synonyms })
}

/// A phrase for a need, as somebody would add it. In small letters, so that it is one phrase however
/// it is typed.
pub fn synonym(
    phrase: &str,
    need: &str,
    is_kind: bool,
    by: PersonId,
    now: Timestamp,
) -> Result<Synonym, KeepingError> {
    let words: Vec<String> = phrase.split_whitespace().map(str::to_lowercase).collect();
    let (id, need) = (SynonymId(random_id()?), NeedId::from(need));
    Ok(Synonym { id, phrase: words.join(" "), need, is_kind, by, at: now })
}

/// Adds a phrase that the vocabulary takes.
pub fn add_synonym(
    store: &Store,
    steward: &Person,
    synonym: Synonym,
    why: &str,
    now: Timestamp,
) -> Result<SynonymId, KeepingError> {
    let by = Caretaker::of_everything(steward)?;
    let why = remark("why", why, None)?;
    let added = store.change(&by.actor_because(why.as_deref()), now, move |changes| {
        let is_same = |one: &Synonym| one.phrase == synonym.phrase && one.need == synonym.need;
        // Two who press the button at once add it once.
        let known = changes.synonyms()?;
        if let Some(known) = known.iter().find(|known| is_same(known)) {
            return Ok(Some(known.id));
        }
        if known.len() >= MOST {
            return Ok(None);
        }
        changes.save_synonym(&synonym)?;
        Ok(Some(synonym.id))
    })?;
    let full = "There are too many phrases of your own: take some out first";
    added.value.ok_or_else(|| FormFault::new("why", full).into())
}

/// Takes a phrase out again.
pub fn remove_synonym(
    store: &Store,
    steward: &Person,
    id: SynonymId,
    now: Timestamp,
) -> Result<Synonym, KeepingError> {
    let by = Caretaker::of_everything(steward)?;
    let missing = || KeepingError::NotFound(Subject::Synonym(id));
    let synonym = store.find_synonym(id)?.ok_or_else(missing)?;
    store.change(&by.actor(), now, move |changes| changes.remove_synonym(id))?;
    Ok(synonym)
}

/// Sets words aside that mean no need, or takes them up again.
pub fn set_words_aside(
    store: &Store,
    steward: &Person,
    words: &str,
    aside: bool,
    now: Timestamp,
) -> Result<(), KeepingError> {
    let by = Caretaker::of_everything(steward)?;
    let words = words.to_owned();
    if !store.sought_words(usize::from(u16::MAX))?.iter().any(|sought| sought.words == words) {
        return Err(KeepingError::ChangedMeanwhile);
    }
    store.change(&by.actor(), now, move |changes| changes.set_sought_aside(&words, aside))?;
    Ok(())
}
