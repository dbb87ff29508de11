//! Hereabouts: find, state and judge capacity by place and need.

pub mod cli;
pub mod domain;
pub mod geo;
pub mod search;
pub mod store;
pub mod vocabulary;
pub mod web;
