//! The state folder, opened: store, geography and index.

use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::Timestamp;

use crate::{
    app::{App, Clock, Parts},
    config::Config,
    demonstration,
    geo::{Gazetteer, Metres},
    search::{Keeper, Search, Settings, Standing},
    store::Store,
    vocabulary::Vocabulary,
};

use super::{
    Common, areas,
    output::{Bar, say},
};

/// The configuration with the flags over it.
pub fn config(common: &Common) -> Result<Config> {
    let mut config = Config::load(common.config.as_deref())?;
    if let Some(listen) = common.listen {
        config.listen = listen;
    }
    // Links in mails have to lead here.
    if config.directory.address == Config::default().directory.address {
        config.directory.address = format!("http://{}", config.listen);
    }
    Ok(config)
}

/// The store in the state folder.
pub fn store(common: &Common, now: Timestamp) -> Result<Store> {
    Store::open(&common.state, now)
        .with_context(|| format!("could not open the state in {}", common.state.display()))
}

/// The geography in the state folder with the shipped facts behind it, and the operator's own areas.
pub fn gazetteer(common: &Common, store: &Store) -> Result<Gazetteer> {
    let (gazetteer, fault) = Gazetteer::open(&common.state.join("geo"));
    if let Some(fault) = fault {
        say(&format!("the loaded geography cannot be used, so the shipped facts are: {fault}"));
    }
    let mut areas = areas::kept(store)?;
    if demonstration::is_loaded(store)? {
        areas.extend(Gazetteer::demonstration_areas());
    }
    Ok(if areas.is_empty() { gazetteer } else { gazetteer.with_custom(areas) })
}

/// How searching behaves under a configuration.
pub fn settings(config: &Config) -> Settings {
    Settings {
        ranking: config.ranking.clone(),
        reach_metres: Metres::from_miles(config.search.reach_miles).0,
        enough_results: config.search.enough_results,
        confirmed_months: config.search.confirmed_months,
        home: config.directory.home.clone(),
    }
}

/// Everything that serving needs, with the index in step with the store.
pub fn app(common: &Common, config: Config, store: Store) -> Result<App> {
    let gazetteer = Arc::new(gazetteer(common, &store)?);
    let vocabulary = Vocabulary::shipped();
    let keeper = keeper(common, &store, &gazetteer)?;
    let demonstration = demonstration::is_loaded(&store)?;
    let search =
        Search::new(store.clone(), gazetteer.clone(), vocabulary, settings(&config), keeper);
    search.follow().context("could not read what changed")?;
    let outbox = common.state.join("outbox");
    let clock = Clock::System;
    Ok(App::new(Parts { config, store, gazetteer, search, clock, demonstration, outbox })?)
}

/// The index in the state folder, built where it is missing or cannot be used.
pub fn keeper(common: &Common, store: &Store, gazetteer: &Arc<Gazetteer>) -> Result<Arc<Keeper>> {
    let folder = common.state.join("index");
    let mut bar = Bar::new("building the index");
    let (keeper, standing) =
        Keeper::open(&folder, store, gazetteer.clone(), Vocabulary::shipped(), &mut bar)
            .context("could not open the index")?;
    if let Standing::Built { why } = standing {
        let services = keeper.state().services;
        say(&format!("built the index of {services} services, because {why}"));
    }
    Ok(Arc::new(keeper))
}
