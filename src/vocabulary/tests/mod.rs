//! What the shipped vocabulary must get right.

mod describing;
mod helping;
mod knowing;
mod said;
mod saying;

use super::{Understanding, Vocabulary};

fn understand(words: &str) -> Understanding {
    Vocabulary::shipped().understand(words)
}

fn needs(words: &str) -> Vec<String> {
    understand(words).needs().into_iter().map(ToString::to_string).collect()
}
