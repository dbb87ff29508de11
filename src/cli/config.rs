//! `hereabouts config`: what can be set, and what is.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::config;

use super::{Common, output::print, state};

/// What to show.
#[derive(Args)]
pub struct ConfigArgs {
    /// Print a configuration file with every setting explained.
    #[arg(long)]
    example: bool,
}

/// Prints the example, or what holds now.
pub fn run(common: &Common, args: &ConfigArgs) -> Result<ExitCode> {
    if args.example {
        print(config::EXAMPLE.trim_end());
    } else {
        print(toml::to_string(&state::config(common)?)?.trim_end());
    }
    Ok(ExitCode::SUCCESS)
}
