//! `hereabouts reindex`: the index built anew.

use std::process::ExitCode;

use anyhow::Result;
use jiff::Timestamp;

use crate::{search::Keeper, vocabulary::Vocabulary};

use super::{
    Common,
    output::{Bar, print},
    state,
};

/// Builds the index beside the one in use and swaps them. A server that runs takes up the new one.
pub fn run(common: &Common, now: Timestamp) -> Result<ExitCode> {
    let store = state::store(common, now)?;
    let gazetteer = state::gazetteer(common, &store)?;
    let mut bar = Bar::new("building the index");
    let folder = common.state.join("index");
    let built = Keeper::build(&folder, &store, &gazetteer, Vocabulary::shipped(), &mut bar)?;
    print(&format!(
        "the index holds {} services, up to change {}",
        built.services, built.followed.0
    ));
    Ok(ExitCode::SUCCESS)
}
