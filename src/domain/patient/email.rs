//! E-mail addresses, also spelled out.

use super::token::Scan;

const ENDS: [&str; 14] =
    ["ac", "biz", "co", "com", "edu", "eu", "gov", "info", "io", "me", "net", "nhs", "org", "uk"];

/// How many tokens a domain is looked for in.
const REACH: usize = 9;

/// An address with @, "(at)" or "at … dot …".
pub(super) fn email_at(scan: &Scan, at: usize) -> bool {
    if scan.mark(at) == Some('@') {
        return is_written(scan, at) || has_domain(scan, at + 1, true);
    }
    if !scan.is_word(at, &["at"]) || at == 0 {
        return false;
    }
    let bracketed = scan.mark_before(at).is_some_and(|mark| "([{<".contains(mark))
        && scan.mark(at + 1).is_some_and(|mark| ")]}>".contains(mark));
    has_domain(scan, at + 1 + usize::from(bracketed), bracketed)
}

/// Something on both sides of the @ without white space.
fn is_written(scan: &Scan, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let local = scan.word(before).is_some()
        || scan.number(before).is_some()
        || scan.mark(before).is_some_and(|mark| "_-+.".contains(mark));
    local && scan.is_joined(at) && scan.word(at + 1).is_some() && scan.is_joined(at + 1)
}

/// Whether a domain begins here; `dots` says whether a plain full stop may part it.
fn has_domain(scan: &Scan, first: usize, dots: bool) -> bool {
    let is_name = |at: usize| scan.word(at).is_some() || scan.number(at).is_some();
    if !is_name(first) {
        return false;
    }
    for at in first + 1..first + REACH {
        let dot = (dots && scan.mark(at) == Some('.') && scan.is_joined(at))
            || scan.is_word(at, &["dot"]);
        let bracket = scan.mark(at).is_some_and(|mark| "()[]{}-_".contains(mark));
        let end = at + 1 + usize::from(scan.mark(at + 1).is_some_and(|mark| ")]}".contains(mark)));
        if dot && scan.is_word(end, &ENDS) {
            return true;
        }
        if !dot && !bracket && !is_name(at) {
            return false;
        }
    }
    false
}

const PERSONAL_PAGES: [&str; 7] =
    ["facebook", "fb", "instagram", "linkedin", "snapchat", "tiktok", "twitter"];

/// "@somebody", "facebook.com/somebody".
pub(super) fn account_at(scan: &Scan, at: usize) -> bool {
    let handle = scan.mark(at) == Some('@')
        && scan.get(at).is_some_and(|sign| sign.spaced)
        && scan.is_joined(at + 1)
        && scan.word(at + 1).is_some();
    let page = scan.is_word(at, &PERSONAL_PAGES)
        && scan.mark(at + 1) == Some('.')
        && scan.is_word(at + 2, &["com"])
        && scan.mark(at + 3) == Some('/');
    handle || page
}
