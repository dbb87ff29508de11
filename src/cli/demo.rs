//! `hereabouts demo`: the invented directory, loaded and served.

use std::process::ExitCode;

use anyhow::{Result, bail};
use jiff::Timestamp;

use crate::{
    demonstration,
    store::{Reading, Store},
};

use super::{
    Common,
    output::{print, say},
    serve, state,
};

/// Loads the demonstration where the state is empty, and serves.
pub fn run(common: &Common, now: Timestamp) -> Result<ExitCode> {
    let config = state::config(common)?;
    let store = state::store(common, now)?;
    load_where_empty(common, &store, now)?;
    let app = state::app(common, config, store)?;
    serve::serve(&app, |address| {
        print(&format!("Hereabouts is at http://{address}"));
        print("Three things to try:");
        for (what, path) in TO_TRY {
            print(&format!("  {what}\n    http://{address}{path}"));
        }
        print("And as a provider or a steward:");
        print(&format!("    http://{address}/sign-in"));
    })
}

const TO_TRY: [(&str, &str); 3] = [
    (
        "Lonely, likes gardening, lives at WN1 1YF",
        "/search?q=lonely%2C+likes+gardening&near=WN1+1YF",
    ),
    ("Can't cope with debt, in Leigh, taking people now", "/search?q=bailiffs&near=Leigh&open=1"),
    ("Everything that serves Wigan", "/places/E08000010"),
];

fn load_where_empty(common: &Common, store: &Store, now: Timestamp) -> Result<()> {
    if demonstration::is_loaded(store)? {
        return Ok(());
    }
    if store.counts()?.services > 0 {
        bail!(
            "{} holds a directory already: use `hereabouts serve`, or another folder with --state",
            common.state.display()
        );
    }
    let loaded =
        demonstration::load(store, &demonstration::over(&state::gazetteer(common, store)?), now)?;
    say(&format!(
        "loaded {} invented services of {} organisations",
        loaded.services, loaded.organisations
    ));
    Ok(())
}
