//! `hereabouts check`: state, index and data in one report.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use hereabouts_index::Index;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    domain::{AreaPart, Freshness, PointSource},
    geo::Gazetteer,
    search::named_generation,
    store::{Reading, ServiceRecord, Store, StoreError},
};

use super::{Common, output::print, state};

/// How to report.
#[derive(Args)]
pub struct CheckArgs {
    /// Print one line of JSON.
    #[arg(long)]
    json: bool,
}

/// The report.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// What is wrong, and has to be mended.
    faults: Vec<String>,
    services: u64,
    organisations: u64,
    listed: u64,
    confirmed_within_6_months: u64,
    not_confirmed_within_12_months: u64,
    taking_people_now: u64,
    without_area_and_place: u64,
    venues_not_placed: u64,
    areas_not_resolved: u64,
    changes: u64,
    /// The hash of the newest change: noted elsewhere, it shows later whether any were cut off.
    newest_change: Option<String>,
    index_services: u64,
    index_behind_by: u64,
    geography: Vec<String>,
}

/// Looks everything over. The exit code is 1 where anything is wrong.
pub fn run(common: &Common, args: &CheckArgs, now: Timestamp) -> Result<ExitCode> {
    let store = state::store(common, now)?;
    let (gazetteer, fault) = Gazetteer::open(&common.state.join("geo"));
    let mut report = Report::default();
    report.faults.extend(fault.map(|fault| format!("geography: {fault}")));
    report.faults.extend(
        store.check()?.iter().map(|found| format!("store: {}: {}", found.check, found.detail)),
    );
    report.geography = gazetteer
        .attributions()
        .iter()
        .map(|used| format!("{} ({})", used.what, used.edition))
        .collect();
    look_at_services(&store, now, &mut report)?;
    look_at_index(common, &store, &mut report)?;
    show(&report, args.json)?;
    Ok(ExitCode::from(u8::from(!report.faults.is_empty())))
}

fn look_at_services(store: &Store, now: Timestamp, report: &mut Report) -> Result<()> {
    let counts = store.counts()?;
    report.services = counts.services;
    report.organisations = counts.organisations;
    report.changes = counts.changes;
    report.newest_change = store.newest_hash()?;
    store.for_each_service_record(500, |record: ServiceRecord| -> Result<(), StoreError> {
        if record.service.is_listed() {
            count(&record, now, report);
        }
        Ok(())
    })?;
    Ok(())
}

fn count(record: &ServiceRecord, now: Timestamp, report: &mut Report) {
    let service = &record.service;
    let unplaced = record.locations.iter().filter(|site| site.point_source == PointSource::None);
    let unplaced = u64::try_from(unplaced.count()).unwrap_or(0);
    let named = service.footprint.iter().flat_map(|area| &area.parts);
    let unresolved = named.filter(|part| matches!(part, AreaPart::Named { .. })).count();
    let nowhere = service.footprint.is_none()
        && !service.is_remote()
        && record.locations.iter().all(|site| site.point.is_none());
    let open = |said: &crate::domain::Capacity| {
        said.counts_at(now) && said.status == crate::domain::CapacityStatus::Open
    };
    let freshness = service.upkeep.freshness(now);
    report.listed += 1;
    report.confirmed_within_6_months += u64::from(freshness <= Freshness::Ageing);
    report.not_confirmed_within_12_months += u64::from(freshness == Freshness::NotConfirmed);
    report.taking_people_now += u64::from(record.capacity.iter().any(open));
    report.without_area_and_place += u64::from(nowhere);
    report.venues_not_placed += unplaced;
    report.areas_not_resolved += u64::try_from(unresolved).unwrap_or(0);
}

fn look_at_index(common: &Common, store: &Store, report: &mut Report) -> Result<()> {
    let head = store.head()?.0;
    let Some(generation) = named_generation(&common.state.join("index")) else {
        report.index_behind_by = head;
        return Ok(());
    };
    match Index::open(&generation) {
        Ok(index) => {
            report.index_services = index.len();
            report.index_behind_by = head.saturating_sub(index.followed());
            if index.followed() == head && index.len() != report.listed {
                report.faults.push(format!(
                    "index: it holds {} services, and {} are listed; run `hereabouts reindex`",
                    index.len(),
                    report.listed
                ));
            }
        }
        Err(error) => report.faults.push(format!("index: {error}; it is built anew when serving")),
    }
    Ok(())
}

fn show(report: &Report, json: bool) -> Result<()> {
    if json {
        print(&serde_json::to_string(report)?);
        return Ok(());
    }
    let lines = [
        ("services", report.services),
        ("  listed", report.listed),
        ("  confirmed within 6 months", report.confirmed_within_6_months),
        ("  not confirmed within 12 months", report.not_confirmed_within_12_months),
        ("  taking people now", report.taking_people_now),
        ("  with neither area nor place", report.without_area_and_place),
        ("organisations", report.organisations),
        ("venues that could not be placed", report.venues_not_placed),
        ("areas that could not be resolved", report.areas_not_resolved),
        ("changes", report.changes),
        ("services in the index", report.index_services),
        ("changes that the index has yet to take in", report.index_behind_by),
    ];
    for (what, count) in lines {
        print(&format!("{count:>8}  {what}"));
    }
    if let Some(newest) = &report.newest_change {
        print(&format!("newest change: {newest}"));
    }
    for used in &report.geography {
        print(&format!("geography: {used}"));
    }
    for fault in &report.faults {
        print(&format!("FAULT {fault}"));
    }
    if report.faults.is_empty() {
        print("nothing is wrong");
    }
    Ok(())
}
