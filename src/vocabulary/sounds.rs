//! What a word sounds like, as far as that tells a slip of spelling from another word.

/// The consonants that are heard, in order, after the first letter; vowels, h, w and y are not
/// told apart, and a doubled letter counts once. "counciling" and "counselling" are `knslng`.
#[must_use]
pub fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let mut heard = String::with_capacity(letters.len());
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let voiced: &str = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at == 0 => "a",
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => "",
            'c' if matches!(next, 'e' | 'i' | 'y') => "s",
            'c' | 'q' => "k",
            'p' if next == 'h' => "f",
            'x' => "ks",
            'z' => "s",
            other => &other.to_string(),
        };
        for c in voiced.chars() {
            if !heard.ends_with(c) {
                heard.push(c);
            }
        }
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn slips_sound_like_what_was_meant() {
        for (slip, meant) in [
            ("counciling", "counselling"),
            ("arthritus", "arthritis"),
            ("phisio", "physio"),
            ("bereevment", "bereavement"),
            ("alchohol", "alcohol"),
        ] {
            assert_eq!(sound(slip), sound(meant), "{slip}");
        }
    }

    #[test]
    fn other_words_sound_otherwise() {
        for (one, other) in [("walking", "talking"), ("debt", "diet"), ("singing", "swimming")] {
            assert_ne!(sound(one), sound(other));
        }
        assert_eq!(sound(""), "");
    }
}
