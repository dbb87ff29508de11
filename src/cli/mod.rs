//! The command line: a file for each command.

mod areas;
mod audit;
mod check;
mod config;
mod demo;
mod generate;
mod geo;
mod grants;
mod import;
mod key;
mod output;
mod reindex;
mod remind;
mod serve;
mod state;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::app::Clock;

/// A directory to find, state and judge capacity by place and need.
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command that touches the state shares.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The folder that holds everything: database, index, geography. Back it up whole.
    #[arg(long, global = true, default_value = "state", env = "HEREABOUTS_STATE")]
    pub state: PathBuf,
    /// Where to listen; the default is the configuration's, 127.0.0.1:8080.
    #[arg(long, global = true, value_name = "ADDR:PORT")]
    pub listen: Option<std::net::SocketAddr>,
    /// The configuration file; see `hereabouts config --example`.
    #[arg(long, global = true, value_name = "FILE", env = "HEREABOUTS_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Try it: load the invented demonstration where the state is empty, and serve it.
    Demo,
    /// Serve the directory.
    Serve,
    /// Load postcodes, boundaries and figures, or say what is loaded.
    #[command(subcommand)]
    Geo(geo::GeoCommand),
    /// Load a directory: Open Referral UK, HSDS tables or CSV.
    Import(import::ImportArgs),
    /// Make an invented England of any size, for measuring and for trials.
    Generate(generate::GenerateArgs),
    /// Build the index anew beside the one in use, and swap them.
    Reindex,
    /// Let people sign in, and say what they look after.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Give programs keys, with which they state capacity.
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// Ask those who look after listings whether they are still right.
    Remind(remind::RemindArgs),
    /// Look over the state, the index and the data, and report.
    Check(check::CheckArgs),
    /// Write down who changed what, when and why, as CSV.
    Audit(audit::AuditArgs),
    /// Show the configuration.
    Config(config::ConfigArgs),
}

/// Runs the command that the program was called with.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_stderr();
    tell_panics_by_place();
    let now = Clock::System.now();
    let done = match cli.command {
        Command::Demo => demo::run(&cli.common, now),
        Command::Serve => serve::run(&cli.common, now),
        Command::Geo(command) => read_geography(&cli.common, &command, now),
        Command::Import(args) => import::run(&cli.common, &args, now),
        Command::Generate(args) => generate::run(&cli.common, &args, now),
        Command::Reindex => reindex::run(&cli.common, now),
        Command::User(command) => user::run(&cli.common, &command, now),
        Command::Key(command) => key::run(&cli.common, &command, now),
        Command::Remind(args) => remind::run(&cli.common, &args, now),
        Command::Check(args) => check::run(&cli.common, &args, now),
        Command::Audit(args) => audit::run(&cli.common, &args, now),
        Command::Config(args) => config::run(&cli.common, &args),
    };
    done.unwrap_or_else(|error| {
        output::say(&format!("hereabouts: {error:#}"));
        ExitCode::from(2)
    })
}

fn read_geography(
    common: &Common,
    command: &geo::GeoCommand,
    now: jiff::Timestamp,
) -> anyhow::Result<ExitCode> {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let outcome = geo::run(command, &common.state, now, &mut out, &mut err)?;
    Ok(ExitCode::from(outcome as u8))
}

/// A panic's message may hold what somebody typed, so only its place is told.
fn tell_panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "the program came to a place that it should not have");
    }));
}

/// Logs go to standard error: warnings, and requests by route and status. `HEREABOUTS_LOG` says how much.
fn log_to_stderr() {
    let filter = EnvFilter::new(crate::config::log_filter());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
