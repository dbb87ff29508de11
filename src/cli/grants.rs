//! Roles as they are written on the command line: `steward=E08000010`.

use anyhow::{Context, Result, bail};

use crate::{
    domain::{Grant, PlaceCode, Role, Scope},
    store::{Reading, Store},
};

/// Reads `role` or `role=part`.
pub fn read(store: &Store, text: &str) -> Result<Grant> {
    let (role, part) = text.split_once('=').unwrap_or((text, ""));
    let known: Vec<&str> = Role::ALL.into_iter().map(key).collect();
    let role = Role::ALL
        .into_iter()
        .find(|known| key(*known) == role)
        .with_context(|| format!("{role:?} is not a role: there are {}", known.join(", ")))?;
    let scope = scope(store, role, part.trim())?;
    if !role.can_be_for(&scope) {
        let expected = match role {
            Role::Provider => "an organisation: provider=ID or \"provider=Name\"",
            Role::Steward => "everywhere, a place or a partnership: steward, steward=E08000010",
            Role::Commissioner => "everywhere or a place: commissioner, commissioner=E08000010",
            Role::LinkWorker | Role::Administrator => "everywhere, so nothing stands behind it",
        };
        bail!("{text:?}: the role is for {expected}");
    }
    Ok(Grant { role, scope })
}

fn scope(store: &Store, role: Role, part: &str) -> Result<Scope> {
    if part.is_empty() {
        return Ok(Scope::Everywhere);
    }
    if role != Role::Provider {
        return Ok(match part.parse() {
            Ok(id) => Scope::Partnership { id },
            Err(_) => Scope::Place { code: PlaceCode::from(part) },
        });
    }
    if let Ok(id) = part.parse() {
        store.get_organisation(id)?;
        return Ok(Scope::Organisation { id: store.standing_organisation(id)? });
    }
    let mut named = store.find_organisations_by_name(part)?;
    // Another one stands for those that were joined, and has their names.
    named.retain(|found| found.joined.is_none());
    match named.as_slice() {
        [one] => Ok(Scope::Organisation { id: one.id }),
        [] => bail!("there is no organisation called {part:?}"),
        several => {
            let ids: Vec<String> = several.iter().map(|found| found.id.to_string()).collect();
            bail!("{} organisations are called {part:?}: give one of {}", ids.len(), ids.join(", "))
        }
    }
}

fn key(role: Role) -> &'static str {
    match role {
        Role::LinkWorker => "link-worker",
        Role::Provider => "provider",
        Role::Steward => "steward",
        Role::Commissioner => "commissioner",
        Role::Administrator => "administrator",
    }
}

/// Roles on a line, as they are read.
pub fn line(store: &Store, grants: &[Grant]) -> Result<String> {
    let mut roles = Vec::new();
    for grant in grants {
        roles.push(match &grant.scope {
            Scope::Everywhere => key(grant.role).to_owned(),
            Scope::Organisation { id } => {
                let name = store.find_organisation(*id)?.map(|found| found.name);
                format!("{}={}", key(grant.role), name.unwrap_or_else(|| id.to_string()))
            }
            Scope::Place { code } => format!("{}={code}", key(grant.role)),
            Scope::Partnership { id } => format!("{}={id}", key(grant.role)),
        });
    }
    Ok(if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") })
}
