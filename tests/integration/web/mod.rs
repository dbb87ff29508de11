//! The pages, through the router.

mod assets;
mod errors;
mod every_page;
mod hostile;
mod machines;
mod search;
mod secrets;
