//! Words that are kept beside a shortlist or a referral: short, and of nobody.

use std::borrow::Cow;

use crate::{domain::identifies_a_person, keeping::FormFault};

/// The words of one line, where they are no longer than `longest` and name nobody; `instead` says
/// where else to say it.
pub fn of_nobody(
    field: impl Into<Cow<'static, str>>,
    text: &str,
    longest: usize,
    instead: &str,
) -> Result<String, FormFault> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > longest {
        return Err(FormFault::new(field, format!("Use {longest} characters or fewer")));
    }
    if let Some(what) = identifies_a_person(&text) {
        let how =
            format!("Take out what looks like {what}. {instead}. What you typed was not kept");
        return Err(FormFault::new(field, how));
    }
    Ok(text)
}
