//! Phone numbers of the United Kingdom.

use super::token::{Run, Scan};

const PARTS: [char; 4] = ['-', '.', '(', ')'];

/// A number that begins with 01, 02, 03 or 07, with or without +44.
pub(super) fn phone_at(scan: &Scan, at: usize) -> bool {
    if scan.number(at).is_none_or(|first| !first.starts_with(['0', '4', '7'])) {
        return false;
    }
    let plus = scan.mark_before(at) == Some('+');
    // Ten digits from 0, or fifteen from 0044 with a needless 0.
    (10..=15).any(|length| {
        scan.run(at, length, &PARTS, 3)
            .is_some_and(|run| (plus || is_grouped(&run)) && is_phone(&run.digits, plus))
    })
}

/// Pairs of digits are hours and dates unless one thing only parts them.
fn is_grouped(run: &Run) -> bool {
    let wide = |sizes: &[usize]| sizes.iter().all(|size| *size >= 3);
    run.is_even() || run.sizes.split_first().is_some_and(|(first, rest)| *first >= 3 || wide(rest))
}

fn is_phone(digits: &str, plus: bool) -> bool {
    // Without its 0 a mobile number is told by its length.
    if digits.len() == 10 && digits.starts_with('7') {
        return true;
    }
    let abroad = digits.strip_prefix("0044").or_else(|| {
        let mobile = digits.len() == 12 && digits.starts_with("447");
        digits.strip_prefix("44").filter(|_| plus || mobile)
    });
    let national = match abroad {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => digits.strip_prefix('0').unwrap_or_default(),
    };
    match national.len() {
        9 => national.starts_with('1'),
        10 => national.starts_with(['1', '2', '3', '7']),
        _ => false,
    }
}
