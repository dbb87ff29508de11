//! The integration tests, as one binary.

mod api;
mod architecture;
mod capacity;
mod harness;
mod links;
mod mail;
mod relevance;
mod remind;
mod store_contract;
mod traps;
mod web;
