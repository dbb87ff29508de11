//! `hereabouts key`: programs that state capacity, each with a key of its own.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Subcommand;
use jiff::Timestamp;

use crate::{
    domain::{Program, ProgramId, Role, Route},
    keeping::Secret,
    store::{Actor, Reading},
};

use super::{Common, grants, output::print, state};

/// What to do with keys.
#[derive(Subcommand, Debug)]
pub enum KeyCommand {
    /// Make a key. It is shown once, and stored by its hash only.
    Add {
        /// The name of the system, as what it says is signed.
        name: String,
        /// For which listings: `"provider=Leigh Old Yard Shed"`, `steward=E08000010`.
        #[arg(long = "role", value_name = "ROLE=PART", required = true)]
        roles: Vec<String>,
    },
    /// List every key with what it is for.
    List,
    /// Let the holder of a key in no longer. What it said stays.
    Revoke { id: ProgramId },
}

/// Runs a command about keys.
pub fn run(common: &Common, command: &KeyCommand, now: Timestamp) -> Result<ExitCode> {
    let store = state::store(common, now)?;
    let operator = Actor::new("operator", Route::Steward);
    match command {
        KeyCommand::Add { name, roles } => {
            let grants = roles.iter().map(|role| grants::read(&store, role));
            let grants = grants.collect::<Result<Vec<_>>>()?;
            if grants.iter().any(|grant| !matches!(grant.role, Role::Provider | Role::Steward)) {
                bail!("a key is for listings: its role is provider=… or steward[=…]");
            }
            let key = Secret::new()?;
            let id = ProgramId(uuid::Uuid::now_v7());
            let key_hash = key.hash();
            let name = name.clone();
            let program = Program { id, name, key_hash, grants, added: now, revoked: None };
            store.change(&operator, now, move |changes| changes.save_program(&program))?;
            print(&format!("{id}"));
            print(&format!("The key, which is not shown again:\n{}", key.reveal()));
        }
        KeyCommand::List => {
            for program in store.programs()? {
                let roles = grants::line(&store, &program.grants)?;
                let revoked = if program.revoked.is_some() { "\trevoked" } else { "" };
                print(&format!("{}\t{}\t{roles}{revoked}", program.id, program.name));
            }
        }
        KeyCommand::Revoke { id } => {
            let mut program = store.get_program(*id)?;
            program.revoked = program.revoked.or(Some(now));
            store.change(&operator, now, move |changes| changes.save_program(&program))?;
            print(&format!("{id} is no longer let in"));
        }
    }
    Ok(ExitCode::SUCCESS)
}
