//! Hereabouts: find, state and judge capacity by place and need.

pub mod domain;
pub mod geo;
pub mod import;
pub mod store;
pub mod vocabulary;
pub mod web;
