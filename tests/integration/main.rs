//! The integration tests, as one binary.

mod api;
mod architecture;
mod harness;
mod relevance;
mod store_contract;
mod traps;
mod web;
