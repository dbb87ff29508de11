//! A remark that somebody makes to somebody else about a listing: within bounds, and of no patient.

use super::error::FormFault;
use crate::domain::tells_of_a_patient;

/// The most that a remark says, in characters.
pub const LONGEST_REMARK: usize = 500;

/// A remark that was typed into a field. `needed` says what to do where there has to be one.
pub fn remark(
    field: &'static str,
    text: &str,
    needed: Option<&str>,
) -> Result<Option<String>, FormFault> {
    let text = text.trim();
    if text.is_empty() {
        return match needed {
            Some(needed) => Err(FormFault::new(field, needed)),
            None => Ok(None),
        };
    }
    if text.chars().count() > LONGEST_REMARK {
        return Err(FormFault::new(field, format!("Use {LONGEST_REMARK} characters or fewer")));
    }
    if let Some(what) = tells_of_a_patient(text) {
        let how = format!("Take out what looks like {what}: say what is wrong, and not about whom");
        return Err(FormFault::new(field, how));
    }
    Ok(Some(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str, needed: Option<&str>) -> String {
        remark("why", text, needed).unwrap_err().message
    }

    #[test]
    fn a_remark_is_short_and_about_nobody() {
        assert_eq!(remark("why", "  ", None), Ok(None));
        assert_eq!(remark("why", " Moved. ", None), Ok(Some("Moved.".to_owned())));
        assert_eq!(fault(" ", Some("Say why")), "Say why");
        assert_eq!(fault(&"long ".repeat(200), None), "Use 500 characters or fewer");
        assert!(fault("NHS number 943 476 5919", None).starts_with("Take out"));
    }
}
