//! Hereabouts: find, state and judge capacity by place and need.

pub mod cli;
pub mod domain;

pub mod geo;
