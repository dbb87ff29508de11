//! JSON for programs, under `/api/v1`. What is read is public; what is stated takes a key.

mod capacity;
mod capacity_check;
mod error;
mod facts;
mod key;
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
