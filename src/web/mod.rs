//! Pages for people.
//!
//! A request is met by a line of [`routes`], read by [`asked`], answered in [`work`] beside the
//! search and the store, and shown by a page: a struct under `pages/` that says what its head is
//! and renders what stands inside `main`. [`layout`] makes the whole document of it.
//!
//! *Invariants.* A GET changes nothing, but that coming back from a provider begins a session. Every link is made in [`paths`]. Raw HTML is written only
//! in [`markup`]. Status codes and words for what went wrong live only in [`error`]. Nothing here
//! logs what was searched for.

mod access;
mod asked;
mod assets;
mod cache;
mod chart;
mod cookie;
mod counted;
mod download;
mod error;
mod handed;
mod headers;
mod layout;
mod markup;
mod pages;
mod parts;
pub mod paths;
mod refused;
mod routes;
mod trace;
mod typed;
mod upload;
mod work;

use axum::Router;

pub use access::Who;
pub use assets::prepare as prepare_assets;
pub use headers::POLICY;
pub use routes::{Line, lines};

use crate::app::App;

/// Every page of the directory, with its headers, limits and errors.
pub fn router(app: App) -> Router {
    routes::site(work::Web { app })
}
