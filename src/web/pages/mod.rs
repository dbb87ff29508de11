//! Pages: each a struct that borrows what it shows, with the handler that returns it.

pub mod about;
pub mod account;
pub mod answered;
pub mod api;
pub mod confirm;
pub mod edit;
pub mod error;
pub mod for_machines;
pub mod history;
pub mod home;
pub mod keep;
pub mod manage;
pub mod map;
pub mod needs;
pub mod openid;
pub mod organisation;
pub mod outbox;
pub mod partnership;
pub mod people;
pub mod place;
pub mod print;
pub mod prose;
pub mod report;
pub mod results;
pub mod service;
pub mod sign_in;
pub mod steward;
pub mod suggest;

mod nothing_found;
mod place_not_found;
mod said;
mod serves;
