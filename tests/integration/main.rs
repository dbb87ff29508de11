//! The integration tests, as one binary.

mod harness;
mod store_contract;
mod web;
