//! Hereabouts: find, state and judge capacity by place and need.

pub mod api;
pub mod app;
pub mod assessing;
pub mod cli;
pub mod config;
pub mod demonstration;
pub mod domain;
pub mod generate;
pub mod geo;
pub mod import;
pub mod keeping;
pub mod links;
pub mod mail;
pub mod openid;
pub mod paper;
pub mod referring;
pub mod search;
pub mod sheets;
pub mod store;
pub mod table;
mod text;
pub mod vocabulary;
pub mod web;
