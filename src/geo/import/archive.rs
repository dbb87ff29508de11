//! The members of a zip that are worth reading.

use std::{fs::File, io::BufReader};

use zip::ZipArchive;

use super::{
    fault::Fault,
    source::{Guard, Limits, Position, Source},
};

/// Opens each member that may hold a table or outlines, in the order of the zip.
pub(super) fn open_each(
    file: BufReader<File>,
    name: &str,
    limits: &Limits,
    each: &mut dyn FnMut(Source<'_>),
) -> Result<(), Fault> {
    let damaged =
        |error: &dyn std::fmt::Display| Fault::of(name, "an undamaged zip", error.to_string());
    let mut zip = ZipArchive::new(file).map_err(|error| damaged(&error))?;
    let names: Vec<String> = (0..zip.len())
        .map(|at| zip.name_for_index(at).and_then(Result::ok).map_or_else(String::new, Into::into))
        .collect();
    let chosen = choose(&names);
    if chosen.is_empty() {
        let some: Vec<&str> = names.iter().take(8).map(String::as_str).collect();
        let found = if some.is_empty() { "an empty zip".to_owned() } else { some.join(", ") };
        return Err(Fault::of(name, "a zip with .csv or .geojson files in it", found));
    }
    if chosen.len() > limits.members {
        let expected = format!("a zip with at most {} tables", limits.members);
        return Err(Fault::of(name, expected, format!("{} of them", chosen.len())));
    }
    let (position, total) = (Position::default(), Position::default());
    for at in chosen {
        let member = zip.by_index(at).map_err(|error| damaged(&error))?;
        let packed = member.compressed_size();
        let before = position.get();
        let inner = Box::new(member);
        // A zip's own reader takes the compressed bytes, so the guard is told of them at once.
        position.set(before + packed);
        let mut guard = Guard::new(inner, position.clone(), *limits);
        guard.started(before, &total);
        let own = names[at].rsplit('/').next().unwrap_or_default().to_owned();
        let reader = BufReader::with_capacity(1 << 16, guard);
        each(Source {
            label: format!("{name}: {}", names[at]),
            name: own,
            reader,
            position: position.clone(),
        });
    }
    Ok(())
}

/// The numbers of the members to read. An ONS postcode zip holds every row twice: in one table
/// under `Data/` and in one for each area under `Data/multi_csv/`; the one table is taken, or the
/// many when it is absent.
pub(super) fn choose(names: &[String]) -> Vec<usize> {
    let numbered = || names.iter().enumerate().map(|(at, name)| (at, name.to_lowercase()));
    let (many, single): (Vec<_>, Vec<_>) = numbered()
        .filter(|(_, name)| is_postcode_directory(name))
        .partition(|(_, name)| name.contains("multi_csv/"));
    if !many.is_empty() || !single.is_empty() {
        let data = if single.is_empty() { many } else { single };
        let documents = numbered().filter(|(_, name)| is_names_and_codes(name));
        return data.into_iter().chain(documents).map(|(at, _)| at).collect();
    }
    numbered().filter(|(_, name)| is_readable(name)).map(|(at, _)| at).collect()
}

/// `Data/NSPL_MAY_2025_UK.csv`, `…/Data/multi_csv/ONSPD_FEB_2025_UK_AL.csv`.
fn is_postcode_directory(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let known = file.starts_with("nspl") || file.starts_with("onspd");
    known && is_readable(name) && (name.contains("data/") || !name.contains('/'))
}

/// `Documents/LA_UA names and codes UK as at 04_25.csv`.
fn is_names_and_codes(name: &str) -> bool {
    is_readable(name) && name.contains("names and codes")
}

fn is_readable(name: &str) -> bool {
    let table = [".csv", ".geojson", ".json"].iter().any(|ending| name.ends_with(ending));
    let hidden = name.contains("__macosx/") || name.split('/').any(|part| part.starts_with('.'));
    let about =
        name.contains("column_headers") || name.starts_with("doc/") || name.contains("/doc/");
    table && !hidden && !about
}
