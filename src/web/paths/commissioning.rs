//! Addresses of what there is in a place, measured.

use url::form_urlencoded::Serializer;

use super::{search, segment};
use crate::{
    domain::{NeedId, PlaceCode, PlaceKind},
    search::Question,
    store::unit_text,
};

/// Where a place is chosen.
pub const COMMISSIONING: &str = "/commissioning";

/// Where a place is chosen, as somebody would type it.
#[must_use]
pub fn commissioning_of(place: &str) -> String {
    let query = Serializer::new(String::new()).append_pair("place", place).finish();
    format!("{COMMISSIONING}?{query}")
}

/// What of a place's figures is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The kind of places that it is divided into; left open, what tells most.
    pub parts: Option<PlaceKind>,
    /// The group of needs.
    pub group: Option<String>,
    /// What the places are ordered by.
    pub order: Option<String>,
}

impl View {
    fn address(&self, path: String) -> String {
        let parts = self.parts.map(|kind| unit_text(&kind));
        let asked = [
            ("parts", parts.as_deref()),
            ("group", self.group.as_deref()),
            ("order", self.order.as_deref()),
        ];
        let mut text = Serializer::new(String::new());
        for (key, value) in asked {
            if let Some(value) = value {
                text.append_pair(key, value);
            }
        }
        match text.finish().as_str() {
            "" => path,
            query => format!("{path}?{query}"),
        }
    }
}

/// What there is in a place, by need and by the places inside it.
#[must_use]
pub fn assessment(code: &PlaceCode, view: &View) -> String {
    view.address(format!("{COMMISSIONING}/{}", segment(code.as_str())))
}

/// What answers one need in a place, on a map and as a table.
#[must_use]
pub fn assessment_of_need(code: &PlaceCode, need: &NeedId, view: &View) -> String {
    let (code, need) = (segment(code.as_str()), segment(need.as_str()));
    view.address(format!("{COMMISSIONING}/{code}/needs/{need}"))
}

/// What to look at in a place.
#[must_use]
pub fn assessment_gaps(code: &PlaceCode, view: &View) -> String {
    view.address(format!("{COMMISSIONING}/{}/gaps", segment(code.as_str())))
}

/// All figures of a place as a file: `csv` or `xlsx`.
#[must_use]
pub fn assessment_file(code: &PlaceCode, kind: &str, view: &View) -> String {
    view.address(format!("{COMMISSIONING}/{}/supply.{kind}", segment(code.as_str())))
}

/// Which of the services counted in a figure are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    All,
    TakingPeople,
    Confirmed,
    Inside,
}

/// The list behind a figure.
#[must_use]
pub fn behind(code: &PlaceCode, need: Option<&NeedId>, among: Among) -> String {
    search(&Question {
        needs: need.into_iter().cloned().collect(),
        open: among == Among::TakingPeople,
        confirmed: among == Among::Confirmed,
        inside: among == Among::Inside,
        ..Question::about_place(code)
    })
}
