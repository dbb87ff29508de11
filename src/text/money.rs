//! What it costs, in pence and in kinds.

use super::tidy;
use crate::domain::{CostKind, CostOption};

/// Pounds as pence. Nothing below nought or beyond a million pounds.
#[must_use]
pub fn pence(pounds: f64) -> Option<u32> {
    let pence = (pounds * 100.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held to a hundred million"
    )]
    (0.0..=100_000_000.0).contains(&pence).then_some(pence as u32)
}

/// Reads `£2.50`, `2.5`, `50p`, `1,200`.
#[must_use]
pub fn amount(text: &str) -> Option<u32> {
    let text =
        text.trim().trim_start_matches('£').trim_start_matches("GBP").trim().replace(',', "");
    if let Some(digits) = text.strip_suffix('p') {
        return digits.trim().parse().ok();
    }
    text.parse().ok().and_then(pence)
}

/// The cost that a text states for certain; the text itself is the option's note.
#[must_use]
pub fn in_words(text: &str) -> Option<CostOption> {
    let note = tidy::line(text);
    let lower = note.to_lowercase();
    if note.is_empty() || matches!(lower.as_str(), "n/a" | "na" | "not known" | "unknown") {
        return None;
    }
    let pence = first_amount(&note);
    let kind = match () {
        () if lower.contains("donation") => CostKind::Donation,
        () if ["means test", "financial assessment", "means-test"]
            .iter()
            .any(|words| lower.contains(words)) =>
        {
            CostKind::Assessed
        }
        () if pence.is_none() && is_free(&lower) => CostKind::Free,
        () if pence.is_none()
            && ["concession", "low income", "sliding scale", "what you can"]
                .iter()
                .any(|words| lower.contains(words)) =>
        {
            CostKind::Concession
        }
        () if pence == Some(0) => CostKind::Free,
        () if pence.is_some() => CostKind::Paid,
        () => return None,
    };
    let short =
        matches!(lower.trim_end_matches('.'), "free" | "free of charge" | "no charge" | "£0");
    let several = note.matches('£').count() > 1;
    Some(CostOption {
        kind,
        pence: pence.filter(|_| kind == CostKind::Paid && !several),
        note: (!short).then_some(note),
        ..CostOption::free()
    })
}

fn is_free(lower: &str) -> bool {
    let said = [
        "free of charge",
        "no charge",
        "no cost",
        "free service",
        "free to ",
        "is free",
        "are free",
    ];
    lower.starts_with("free") && !lower.starts_with("freephone")
        || said.iter().any(|words| lower.contains(words))
}

/// The first sum in pounds or pence.
#[must_use]
pub fn first_amount(text: &str) -> Option<u32> {
    let from = text.find('£')? + '£'.len_utf8();
    let digits: String = text[from..]
        .trim_start()
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        .collect();
    amount(digits.trim_end_matches(['.', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_in_pounds_and_pence() {
        assert_eq!(amount("£2.50"), Some(250));
        assert_eq!(amount("35"), Some(3500));
        assert_eq!(amount("50p"), Some(50));
        assert_eq!(amount("1,200"), Some(120_000));
        for none in ["", "-3", "lots", "NaN", "1e99"] {
            assert_eq!(amount(none), None, "{none}");
        }
    }

    #[test]
    fn costs_in_words_are_sure_or_none() {
        let read = |text| in_words(text).map(|cost| (cost.kind, cost.pence));
        assert_eq!(read("Free"), Some((CostKind::Free, None)));
        assert_eq!(read("£2.50 membership"), Some((CostKind::Paid, Some(250))));
        assert_eq!(read("Suggested donation £2"), Some((CostKind::Donation, None)));
        assert_eq!(read("Member £6 Non Member £8"), Some((CostKind::Paid, None)));
        assert_eq!(read("Call us"), None);
        assert_eq!(read("Freephone"), None);
    }
}
