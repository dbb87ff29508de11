//! JSON for programs, under `/api/v1`. Everything here is public and read-only.

mod error;
mod facts;
mod needs;
mod openapi;
mod organisations;
mod places;
mod reply;
mod results;
mod routes;
mod search;
mod services;
mod suggest;
mod understood;

pub use routes::router;
