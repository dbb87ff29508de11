//! Saying whether a service takes people: four answers, and what belongs to each.

use maud::{Markup, html};

use super::form::{TextField, error_summary, message, text_field};
use crate::{
    domain::{CapacityStatus, ServiceAtLocationId},
    keeping::{DoorStated, FormFault, LONGEST_NOTE},
    search::shows_where,
    store::ServiceRecord,
    web::typed::{Typed, fault_of},
};

/// The form as it was filled in, so that nothing typed is lost.
#[derive(Clone, Debug, Default)]
pub struct DoorTyped {
    pub status: String,
    pub weeks: String,
    pub until: [String; 3],
    pub note: String,
    pub venue: String,
}

/// The answers, in the words of the form.
const ANSWERS: [(&str, CapacityStatus, &str); 4] = [
    ("open", CapacityStatus::Open, "Taking people"),
    ("waiting-list", CapacityStatus::WaitingList, "Waiting list"),
    ("full", CapacityStatus::Full, "Full"),
    ("paused", CapacityStatus::Paused, "Paused"),
];

const UNTIL: [(&str, &str, &str); 3] =
    [("until-day", "Day", "2"), ("until-month", "Month", "2"), ("until-year", "Year", "4")];

impl DoorTyped {
    /// What was sent.
    #[must_use]
    pub fn read(typed: &Typed) -> Self {
        let of = |field: &str| typed.get(field).chars().take(1000).collect::<String>();
        Self {
            status: of("status"),
            weeks: of("weeks"),
            until: UNTIL.map(|(name, ..)| of(name)),
            note: typed.maybe("note").unwrap_or_default(),
            venue: of("venue"),
        }
    }

    /// What it says, or what has to be put right first.
    pub fn stated(&self) -> Result<DoorStated, Vec<FormFault>> {
        let mut faults = Vec::new();
        let status = ANSWERS.iter().find(|(name, ..)| *name == self.status);
        if status.is_none() {
            faults.push(FormFault::new("status", "Choose whether it takes people"));
        }
        let is = |status| self.status == status;
        let weeks = self.weeks.trim_end_matches("weeks").trim();
        let wait_weeks = match (weeks, weeks.parse::<u16>()) {
            ("", _) => None,
            (_, Ok(weeks)) => Some(weeks),
            (_, Err(_)) if is("waiting-list") => {
                let how = "Enter the wait as a number of weeks, such as 3, or leave it empty";
                faults.push(FormFault::new("weeks", how));
                None
            }
            (_, Err(_)) => None,
        };
        let until = match self.date() {
            Ok(date) => date,
            Err(fault) if is("paused") => {
                faults.push(fault);
                None
            }
            Err(_) => None,
        };
        let venue = (!self.venue.is_empty()).then(|| self.venue.parse::<ServiceAtLocationId>());
        let venue = venue.transpose().unwrap_or_else(|_| {
            faults.push(FormFault::new("venue", "Choose one of the places listed"));
            None
        });
        let note = Some(self.note.clone()).filter(|note| !note.is_empty());
        match status {
            Some((_, status, _)) if faults.is_empty() => {
                Ok(DoorStated { status: *status, venue, wait_weeks, until, note })
            }
            _ => Err(faults),
        }
    }

    fn date(&self) -> Result<Option<jiff::civil::Date>, FormFault> {
        if self.until.iter().all(String::is_empty) {
            return Ok(None);
        }
        let how = "Enter the last day of the pause, such as 6 1 2027, or leave it empty";
        let fault = || FormFault::new("until", how);
        let [day, month, year] = &self.until;
        let year: i16 = year.parse().map_err(|_| fault())?;
        let year = if (0..100).contains(&year) { 2000 + year } else { year };
        let month = month.parse().map_err(|_| fault())?;
        let day = day.parse().map_err(|_| fault())?;
        jiff::civil::Date::new(year, month, day).map(Some).map_err(|_| fault())
    }
}

/// The form's fields. Its button and where it goes are the page's.
#[must_use]
pub fn door_fields(record: &ServiceRecord, typed: &DoorTyped, faults: &[FormFault]) -> Markup {
    let status_fault = fault_of(faults, "status");
    let group = if status_fault.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    html! {
        (venue_select(record, typed, faults))
        div class=(group) {
            fieldset class="govuk-fieldset" aria-describedby=[status_fault.map(|_| "status-error")] {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Does it take people now?" }
                (message("status", status_fault))
                div class="govuk-radios" data-module="govuk-radios" {
                    @for (at, (name, status, label)) in ANSWERS.into_iter().enumerate() {
                        (answer(at, name, label, typed))
                        @match status {
                            CapacityStatus::WaitingList => { div class="ha-if-chosen" { (weeks(typed, faults)) } }
                            CapacityStatus::Paused => { div class="ha-if-chosen" { (until(typed, faults)) } }
                            _ => {}
                        }
                    }
                }
            }
        }
        (text_field(&TextField {
            name: "note", id: "note", label: "Anything people should know (not needed)", hint: Some("Up to 300 characters. Shown beside the answer. Nothing about any one person."),
            value: &typed.note, kind: "text", autocomplete: None, width: "",
        }, faults))
    }
}

/// What went wrong with the form, above the page.
#[must_use]
pub fn door_errors(faults: &[FormFault]) -> Markup {
    const _: () = assert!(LONGEST_NOTE == 300, "the hint says so");
    error_summary(faults)
}

fn answer(at: usize, name: &str, label: &str, typed: &DoorTyped) -> Markup {
    // The summary of errors leads to the first answer.
    let id = if at == 0 { "status".to_owned() } else { format!("status-{name}") };
    html! {
        div class="govuk-radios__item" {
            input class="govuk-radios__input" id=(id) name="status" type="radio" value=(name) checked[typed.status == name];
            label class="govuk-label govuk-radios__label" for=(id) { (label) }
        }
    }
}

fn weeks(typed: &DoorTyped, faults: &[FormFault]) -> Markup {
    text_field(
        &TextField {
            name: "weeks",
            id: "weeks",
            label: "About how many weeks is the wait?",
            hint: None,
            value: &typed.weeks,
            kind: "text",
            autocomplete: None,
            width: "govuk-input--width-3",
        },
        faults,
    )
}

fn until(typed: &DoorTyped, faults: &[FormFault]) -> Markup {
    let fault = fault_of(faults, "until");
    let group = if fault.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    html! {
        div class=(group) {
            fieldset class="govuk-fieldset" role="group" aria-describedby="until-hint" {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--s" { "Last day of the pause, if you know it" }
                div id="until-hint" class="govuk-hint" { "For example 6 1 2027" }
                (message("until", fault))
                div class="govuk-date-input" id="until" tabindex="-1" {
                    @for ((name, label, width), value) in UNTIL.into_iter().zip(&typed.until) {
                        div class="govuk-date-input__item" {
                            div class="govuk-form-group" {
                                label class="govuk-label govuk-date-input__label" for=(name) { (label) }
                                input class=(format!("govuk-input govuk-date-input__input govuk-input--width-{width}")) id=(name) name=(name) type="text" inputmode="numeric" value=(value);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Which venue it is about, where there are several.
fn venue_select(record: &ServiceRecord, typed: &DoorTyped, faults: &[FormFault]) -> Markup {
    let venues: Vec<_> = record.venues().collect();
    html! {
        @if venues.len() > 1 || fault_of(faults, "venue").is_some() {
            div class="govuk-form-group" {
                label class="govuk-label govuk-label--s" for="venue" { "Where?" }
                (message("venue", fault_of(faults, "venue")))
                select class="govuk-select" id="venue" name="venue" {
                    option value="" { "Everywhere" }
                    @for (at, (venue, location)) in venues.iter().enumerate() {
                        @let id = venue.id.to_string();
                        option value=(id) selected[typed.venue == id] {
                            @if shows_where(&record.service, location) { (location.name) } @else { "Venue " (at + 1) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(status: &str, weeks: &str, until: [&str; 3]) -> Result<DoorStated, Vec<String>> {
        let typed = DoorTyped {
            status: status.to_owned(),
            weeks: weeks.to_owned(),
            until: until.map(str::to_owned),
            ..DoorTyped::default()
        };
        typed
            .stated()
            .map_err(|faults| faults.iter().map(|fault| fault.field.to_string()).collect())
    }

    #[test]
    fn each_answer_is_read_with_what_belongs_to_it() {
        assert_eq!(typed("open", "", [""; 3]).unwrap().status, CapacityStatus::Open);
        assert_eq!(typed("waiting-list", "3", [""; 3]).unwrap().wait_weeks, Some(3));
        assert_eq!(typed("waiting-list", "3 weeks", [""; 3]).unwrap().wait_weeks, Some(3));
        let until = typed("paused", "", ["6", "1", "27"]).unwrap().until;
        assert_eq!(until.map(|date| date.to_string()), Some("2027-01-06".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_asked_for_again() {
        assert_eq!(typed("", "", [""; 3]), Err(vec!["status".to_owned()]));
        assert_eq!(typed("ajar", "", [""; 3]), Err(vec!["status".to_owned()]));
        assert_eq!(typed("waiting-list", "-1", [""; 3]), Err(vec!["weeks".to_owned()]));
        assert_eq!(typed("waiting-list", "99999999", [""; 3]), Err(vec!["weeks".to_owned()]));
        assert_eq!(typed("paused", "", ["31", "2", "2027"]), Err(vec!["until".to_owned()]));
        assert_eq!(typed("paused", "", ["", "1", "2027"]), Err(vec!["until".to_owned()]));
    }

    #[test]
    fn what_belongs_to_another_answer_is_no_reason_to_refuse() {
        assert!(typed("open", "soon", ["31", "2", "x"]).is_ok());
    }
}
