//! What no text here may hold: something that tells of one person.

mod date;
mod email;
mod first_names;
mod labelled;
mod listing;
mod name;
mod number;
mod phone;
mod place;
mod reference;
mod token;
mod words;

#[cfg(test)]
mod tests;

pub use listing::tells_of_a_patient;
pub use reference::fault_of_reference;

use token::Scan;

type Check = fn(&Scan, usize) -> bool;

/// Numbers first: a name for what was found is of most use where it is most certain.
const CHECKS: [(Check, &str); 11] = [
    (number::nhs_number_at, "an NHS number"),
    (number::insurance_number_at, "a National Insurance number"),
    (labelled::hospital_number_at, "a hospital number"),
    (email::email_at, "an e-mail address"),
    (email::account_at, "somebody’s page or account"),
    (date::birth_at, "a date of birth"),
    (date::birth_year_at, "a year of birth"),
    (phone::phone_at, "a phone number"),
    (place::postcode_at, "a full postcode"),
    (place::address_at, "a home address"),
    (name::name_at, "somebody’s name"),
];

/// What a text that goes along with a referral or a shortlist seems to tell of a person, in words
/// for whoever typed it; nothing where it is fine.
#[must_use]
pub fn identifies_a_person(text: &str) -> Option<&'static str> {
    let scan = Scan::of(text);
    let found = CHECKS.iter().find(|(check, _)| scan.any(*check));
    found.map(|(_, words)| *words)
}
