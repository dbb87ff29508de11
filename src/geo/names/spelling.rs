//! How near one spelling is to another.

/// The edits from one word to another, no more than `most`: letters put in, left out,
/// changed, or two neighbours swapped (optimal string alignment). `None` above that.
#[must_use]
pub fn edits(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let width = b.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut above: Vec<usize> = (0..width).collect();
    let mut row: Vec<usize> = vec![0; width];
    for (i, from) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = above[j] + usize::from(from != to);
            let mut least = changed.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        if row.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().filter(|edits| *edits <= most)
}

/// How many edits a word of this many letters may have and still be the word meant: short
/// names lie too close together for any.
#[must_use]
pub fn edits_allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted_up_to_a_bound() {
        assert_eq!(edits(b"bristle", b"bristol", 2), Some(2));
        assert_eq!(edits(b"wigna", b"wigan", 2), Some(1));
        assert_eq!(edits(b"", b"ab", 2), Some(2));
        assert_eq!(edits(b"wigan", b"torquay", 2), None);
        assert_eq!(edits(b"abcdef", b"ghijkl", 2), None);
    }
}
