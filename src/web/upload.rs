//! A form with a file.

use axum::{
    extract::{FromRequest, Multipart, Request, multipart::MultipartError},
    response::{IntoResponse, Response},
};

use super::{error::PageError, typed::KEY, work::Web};
use crate::keeping::Guest;

/// The largest form with a file that is read, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;
/// The most fields that are looked at.
const MOST_FIELDS: usize = 16;

/// A form with a file as it was sent, from a page of whoever has come in.
#[derive(Clone, Debug, Default)]
pub struct Uploaded {
    /// The name that the file had.
    pub name: String,
    /// Nothing where no file was chosen.
    pub bytes: Vec<u8>,
}

impl FromRequest<Web> for Uploaded {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let key = request.extensions().get::<Guest>().map(|guest| guest.form_key.clone());
        let form = Multipart::from_request(request, web).await;
        let mut form = form.map_err(|_| PageError::Unreadable.into_response())?;
        let (mut uploaded, mut given) = (Self::default(), String::new());
        for _ in 0..MOST_FIELDS {
            let Some(field) = form.next_field().await.map_err(|error| refused(&error))? else {
                break;
            };
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let bytes = field.bytes().await.map_err(|error| refused(&error))?;
            match file {
                Some(file) if name == "file" => {
                    uploaded = Self { name: file, bytes: bytes.to_vec() };
                }
                None if name == KEY => given = String::from_utf8_lossy(&bytes).into_owned(),
                _ => {}
            }
        }
        if key.is_some_and(|key| key != given) {
            return Err(PageError::SignedOut.into_response());
        }
        Ok(uploaded)
    }
}

fn refused(error: &MultipartError) -> Response {
    PageError::of_status(error.status()).unwrap_or(PageError::Unreadable).into_response()
}
