//! `hereabouts user`: who may sign in, and what they look after.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use jiff::Timestamp;

use crate::{
    domain::{Email, Person, PersonId, Route},
    keeping,
    store::{Actor, Reading, Store},
};

use super::{Common, grants, output::print, state};

/// What to do with people.
#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Let somebody sign in.
    Add {
        email: Email,
        /// As they are greeted in mails; never shown to others.
        #[arg(long, default_value = "")]
        name: String,
        /// How what they say is signed in public, where they agreed to be named.
        #[arg(long)]
        signs_as: Option<String>,
        /// A role, such as `"provider=Leigh Old Yard Shed"`, `steward=E08000010`, `link-worker`.
        #[arg(long = "role", value_name = "ROLE[=PART]")]
        roles: Vec<String>,
    },
    /// List everybody with what they look after.
    List,
    /// Give somebody roles, or take them away.
    Roles {
        email: Email,
        #[arg(long, value_name = "ROLE[=PART]")]
        give: Vec<String>,
        #[arg(long, value_name = "ROLE[=PART]")]
        take: Vec<String>,
    },
    /// Take everything from somebody: they are signed out and can no longer sign in.
    Revoke { email: Email },
}

/// Runs a command about people.
pub fn run(common: &Common, command: &UserCommand, now: Timestamp) -> Result<ExitCode> {
    let store = state::store(common, now)?;
    match command {
        UserCommand::Add { email, name, signs_as, roles } => {
            let grants =
                roles.iter().map(|role| grants::read(&store, role)).collect::<Result<_>>()?;
            if store.find_person_by_email(email)?.is_some() {
                bail!("{email} may sign in already: see `hereabouts user roles`");
            }
            let person = Person {
                id: PersonId(uuid::Uuid::now_v7()),
                email: email.clone(),
                name: name.clone(),
                signs_as: signs_as.clone(),
                no_reminders: false,
                grants,
                added: now,
            };
            save(&store, &person, now)?;
            print(&line(&store, &person)?);
        }
        UserCommand::List => {
            for person in store.everybody()? {
                print(&line(&store, &person)?);
            }
        }
        UserCommand::Roles { email, give, take } => {
            let mut person = known(&store, email)?;
            let give =
                give.iter().map(|role| grants::read(&store, role)).collect::<Result<Vec<_>>>()?;
            for role in take {
                let taken = grants::read(&store, role)?;
                let before = person.grants.len();
                person.grants.retain(|held| *held != taken);
                if person.grants.len() == before {
                    bail!("{email} does not have the role {role}");
                }
            }
            person.grants.extend(give);
            person.grants.sort();
            person.grants.dedup();
            save(&store, &person, now)?;
            print(&line(&store, &person)?);
        }
        UserCommand::Revoke { email } => {
            let person = known(&store, email)?;
            keeping::sign_out_everywhere(&store, person.id, now)?;
            store.change(&operator(), now, move |changes| changes.remove_person(person.id))?;
            print(&format!("{email} can no longer sign in"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn operator() -> Actor {
    Actor::new("operator", Route::Steward)
}

fn known(store: &Store, email: &Email) -> Result<Person> {
    store.find_person_by_email(email)?.with_context(|| format!("nobody here has {email}"))
}

fn save(store: &Store, person: &Person, now: Timestamp) -> Result<()> {
    let person = person.clone();
    store.change(&operator(), now, move |changes| changes.save_person(&person))?;
    Ok(())
}

/// Somebody on a line: address, name, roles.
fn line(store: &Store, person: &Person) -> Result<String> {
    let roles = grants::line(store, &person.grants)?;
    Ok(format!("{}\t{}\t{roles}", person.email, person.name))
}
