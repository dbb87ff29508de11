//! What the program does at the command line: a file for each command.

pub mod geo;
