//! Putting what a run read together with what was there.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{
    ImportReport,
    batch::Batch,
    derive,
    fault::{Fault, GeoImportError},
    geojson, kinds,
};
use crate::{
    domain::{PlaceCode, PlaceKind},
    geo::pack::{
        Edition, Fact, FactSource, NewPostcode, PackError, PackParts, PostcodeTable,
        PostcodeTableBuilder,
    },
};

/// The new pack, saved; or why there is none.
pub(super) fn combine(mut batch: Batch<'_>, folder: &Path) -> Result<ImportReport, GeoImportError> {
    geojson::warn_of_gaps(&mut batch);
    if batch.faults.fatal == 0 {
        check_kept(&mut batch);
    }
    if batch.faults.fatal > 0 {
        return Err(GeoImportError::Refused(batch.faults));
    }
    let mut warnings = Vec::new();
    let mut parts = old(folder, &mut warnings)?;
    postcodes(&mut batch, &mut parts, &mut warnings);
    boundaries(&mut batch, &mut parts);
    if batch.tallies.contains_key("names") {
        parts.names = std::mem::take(&mut batch.names);
    }
    facts(std::mem::take(&mut batch.facts), &mut parts);
    parts.stated.merge(&batch.figures);
    let editions = editions(batch.tallies, batch.now, &mut parts);
    drop_retired(&mut parts);
    warnings.extend(derive::derive(&mut parts));
    let bytes = parts.save(folder)?;
    Ok(ImportReport {
        editions,
        faults: batch.faults,
        warnings,
        postcodes: parts.postcodes.len(),
        terminated: parts.postcodes.terminated(),
        places: parts.places.len(),
        names: parts.names.len(),
        outlines: parts.boundaries.len(),
        bytes,
    })
}

/// A thing of which nothing was kept would put an empty one in the place of what is there.
fn check_kept(batch: &mut Batch<'_>) {
    let nations = batch.options.countries.join(", ");
    let empty = batch.tallies.iter().filter(|(what, tally)| match what.as_str() {
        "postcodes" | "names" => !tally.counts.contains_key("kept"),
        _ => !batch.facts.contains_key(*what),
    });
    let faults: Vec<Fault> = empty
        .map(|(what, tally)| {
            let file = tally.files.first().map_or(what.as_str(), String::as_str);
            let counts: Vec<String> =
                tally.counts.iter().map(|(why, count)| format!("{count} {why}")).collect();
            let expected = format!("{what} of the countries wanted ({nations})");
            Fault::of(file, expected, format!("none ({})", counts.join("; ")))
        })
        .collect();
    for fault in faults {
        batch.faults.file(fault);
    }
}

/// What is there. A damaged pack, or one of another format, is of no use and is begun anew.
fn old(folder: &Path, warnings: &mut Vec<String>) -> Result<PackParts, PackError> {
    match PackParts::open(folder) {
        Ok(parts) => Ok(parts.unwrap_or_default()),
        Err(error @ (PackError::Read { .. } | PackError::Write { .. })) => Err(error),
        Err(error) => {
            warnings.push(format!("the old pack was put aside: {error}"));
            Ok(PackParts::default())
        }
    }
}

fn postcodes(batch: &mut Batch<'_>, parts: &mut PackParts, warnings: &mut Vec<String>) {
    let Some(tally) = batch.tallies.get_mut("postcodes") else { return };
    let (new, replaced) = std::mem::take(&mut batch.postcodes).finish();
    tally.add("given twice", replaced as u64);
    let old = std::mem::take(&mut parts.postcodes);
    if !batch.placed && old.len() > 0 {
        tally.warn("no points in it: its codes were added to the postcodes that were there");
        parts.postcodes = with_codes(&old, &new);
        return;
    }
    let small = |table: &PostcodeTable| {
        table
            .codes()
            .codes()
            .iter()
            .any(|code| kinds::kind_of(code.as_str()) == Some(PlaceKind::Lsoa))
    };
    if small(&old) && !small(&new) {
        warnings.push(
            "the postcodes that were there knew their LSOA and the new ones do not: import NSPL or ONSPD to have \
             them again"
                .to_owned(),
        );
    }
    let terminated = new.terminated() as u64;
    tally.add("terminated", terminated);
    parts.postcodes = new;
}

/// The old rows with the codes of the new ones, which win within their kinds.
fn with_codes(old: &PostcodeTable, new: &PostcodeTable) -> PostcodeTable {
    let mut builder = PostcodeTableBuilder::default();
    for row in old.iter() {
        let added = new.find(row.postcode).map(|found| found.codes).unwrap_or_default();
        let kind = |code: &PlaceCode| kinds::kind_of(code.as_str());
        let told: BTreeSet<_> = added.iter().map(kind).collect();
        let kept = row.codes.iter().filter(|code| !told.contains(&kind(code)));
        let mut codes: Vec<&PlaceCode> = added.iter().chain(kept).collect();
        codes.sort_by_key(|code| kind(code));
        let codes: Vec<u32> = codes.into_iter().map(|code| builder.code(code.as_str())).collect();
        builder.add(&NewPostcode {
            postcode: row.postcode,
            point: row.point,
            quality: row.quality,
            terminated: row.terminated,
            codes: &codes,
        });
    }
    builder.finish().0
}

fn boundaries(batch: &mut Batch<'_>, parts: &mut PackParts) {
    let given: BTreeSet<PlaceKind> = batch.outlines.iter().map(|bounded| bounded.kind).collect();
    for kind in given {
        parts.boundaries.remove_kind(kind);
    }
    for bounded in std::mem::take(&mut batch.outlines) {
        parts.boundaries.insert_outline(bounded);
    }
}

fn facts(given: BTreeMap<String, Vec<Fact>>, parts: &mut PackParts) {
    parts.facts.retain(|source| !given.contains_key(&source.what));
    parts.facts.extend(given.into_iter().map(|(what, facts)| FactSource { what, facts }));
}

fn editions(
    tallies: BTreeMap<String, super::batch::Tally>,
    now: jiff::Timestamp,
    parts: &mut PackParts,
) -> Vec<Edition> {
    parts.editions.retain(|edition| !tallies.contains_key(&edition.what));
    let editions: Vec<Edition> =
        tallies.into_iter().map(|(what, tally)| tally.into_edition(what, now)).collect();
    parts.editions.extend(editions.iter().cloned());
    parts.editions.sort_by(|a, b| a.what.cmp(&b.what));
    editions
}

/// Takes out councils that are no more, and areas that only lie in such: folders of boundaries by
/// council keep the old files, which would count their areas twice.
fn drop_retired(parts: &mut PackParts) {
    let all = || parts.facts.iter().flat_map(|source| &source.facts);
    let retired: BTreeSet<PlaceCode> =
        all().filter(|fact| fact.successor.is_some()).map(|fact| fact.code.clone()).collect();
    if retired.is_empty() {
        return;
    }
    let in_retired = |fact: &Fact| fact.parents.iter().any(|parent| retired.contains(parent));
    let current: BTreeSet<&PlaceCode> = all()
        .filter(|fact| !in_retired(fact) && !fact.parents.is_empty())
        .map(|fact| &fact.code)
        .collect();
    let mut gone: BTreeSet<PlaceCode> = all()
        .filter(|fact| in_retired(fact) && !current.contains(&fact.code))
        .map(|fact| fact.code.clone())
        .collect();
    gone.extend(retired.iter().cloned());
    for source in &mut parts.facts {
        source.facts.retain(|fact| {
            let stale = gone.contains(&fact.code)
                || fact.parents.iter().any(|parent| retired.contains(parent));
            fact.successor.is_some() || !stale
        });
    }
    parts.boundaries.remove(&gone);
}
