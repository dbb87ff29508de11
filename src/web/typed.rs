//! What was typed into a form.

use axum::{
    extract::{FromRequest, Request},
    response::Response,
};

use super::{asked::Pairs, error::PageError, work::Web};
use crate::keeping::{FormFault, Guest};

/// The largest form that is read, in bytes.
const LARGEST: usize = 64 * 1024;
/// The field that carries a session's key, so that no other site can send its forms.
pub const KEY: &str = "key";

/// A form as it was sent. Where somebody has come in, it was sent from a page of theirs.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Pairs);

impl Typed {
    /// The first value of a field, as it was typed; empty where there is none.
    #[must_use]
    pub fn raw(&self, field: &str) -> &str {
        let found = self.0.0.iter().find(|(known, _)| known == field);
        found.map_or("", |(_, value)| value)
    }

    /// The same without the space around it.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.raw(field).trim()
    }

    /// Every value of a field that is not empty.
    #[must_use]
    pub fn all(&self, field: &str) -> Vec<String> {
        let pairs = self.0.0.iter().filter(|(known, _)| known == field);
        let values = pairs.map(|(_, value)| value.trim().to_owned());
        values.filter(|value| !value.is_empty()).collect()
    }

    /// A field that may be left empty, in words of one line.
    #[must_use]
    pub fn maybe(&self, field: &str) -> Option<String> {
        let line = self.get(field).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(line).filter(|line| !line.is_empty())
    }
}

impl FromRequest<Web> for Typed {
    type Rejection = Response;

    async fn from_request(request: Request, _: &Web) -> Result<Self, Response> {
        use axum::response::IntoResponse;
        let key = request.extensions().get::<Guest>().map(|guest| guest.form_key.clone());
        let bytes = axum::body::to_bytes(request.into_body(), LARGEST).await;
        let bytes = bytes.map_err(|_| PageError::TooLarge.into_response())?;
        let text = String::from_utf8_lossy(&bytes);
        let pairs = Pairs::read_form(&text).ok_or_else(|| PageError::TooLarge.into_response())?;
        let typed = Self(pairs);
        if key.is_some_and(|key| key != typed.get(KEY)) {
            return Err(PageError::SignedOut.into_response());
        }
        Ok(typed)
    }
}

/// The message of a field, where something is wrong with it.
#[must_use]
pub fn fault_of<'a>(faults: &'a [FormFault], field: &str) -> Option<&'a str> {
    faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.as_str())
}
