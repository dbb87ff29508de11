//! The pages, through the router.

mod access;
mod assets;
mod errors;
mod every_page;
mod hostile;
mod keep;
mod machines;
mod openid;
mod people;
mod report;
mod search;
mod secrets;
mod sign_in;
