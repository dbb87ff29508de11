//! The pages, through the router.

mod access;
mod assets;
mod calls;
mod claims;
mod commissioning;
mod duplicates;
mod errors;
mod every_page;
mod handing;
mod health;
mod hostile;
mod imports;
mod keep;
mod machines;
mod openid;
mod organisations;
mod people;
mod report;
mod search;
mod secrets;
mod sheets;
mod sign_in;
mod somebody;
mod words;
