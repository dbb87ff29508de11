//! The floors: who may lean on whom, checked by reading the sources.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Each floor with those that it may use.
const FLOORS: [(&str, &[&str]); 23] = [
    ("domain", &[]),
    ("geo", &["domain"]),
    ("vocabulary", &["domain"]),
    ("store", &["domain", "geo", "vocabulary"]),
    ("text", &["domain"]),
    ("table", &["domain"]),
    ("paper", &["domain"]),
    ("import", &["domain", "geo", "table", "text", "vocabulary", "store"]),
    ("demonstration", &["domain", "geo", "vocabulary", "store"]),
    ("generate", &["domain", "geo", "vocabulary"]),
    ("search", &["domain", "geo", "vocabulary", "store"]),
    ("assessing", &["domain", "geo", "search", "table", "vocabulary"]),
    ("config", &[]),
    ("mail", &["config", "domain", "store"]),
    ("openid", &["config", "domain"]),
    ("links", &["domain", "store", "text"]),
    ("keeping", &["config", "domain", "geo", "mail", "store", "text", "vocabulary"]),
    (
        "referring",
        &["config", "domain", "keeping", "mail", "search", "store", "text", "vocabulary"],
    ),
    (
        "sheets",
        &["config", "domain", "geo", "keeping", "search", "store", "table", "text", "vocabulary"],
    ),
    (
        "app",
        &["config", "domain", "geo", "keeping", "mail", "openid", "vocabulary", "store", "search"],
    ),
    (
        "web",
        &[
            "app",
            "assessing",
            "config",
            "domain",
            "geo",
            "keeping",
            "mail",
            "openid",
            "paper",
            "referring",
            "vocabulary",
            "store",
            "search",
            "sheets",
            "table",
            "text",
        ],
    ),
    ("api", &["app", "config", "domain", "geo", "keeping", "vocabulary", "store", "search"]),
    (
        "cli",
        &[
            "api",
            "app",
            "config",
            "demonstration",
            "generate",
            "domain",
            "geo",
            "import",
            "keeping",
            "links",
            "mail",
            "referring",
            "search",
            "store",
            "vocabulary",
            "web",
        ],
    ),
];

/// Crates that only some floors may name.
const CRATES: [(&str, &[&str]); 11] = [
    ("rusqlite::", &["store"]),
    ("maud::", &["web"]),
    ("tantivy::", &[]),
    ("lettre::", &["mail"]),
    ("mail_parser::", &["mail"]),
    ("ureq::", &["openid", "links"]),
    ("calamine::", &["table"]),
    ("rust_xlsxwriter::", &["table"]),
    // Not every name that ends so.
    ("use ring::", &["openid"]),
    ("base64::", &["openid"]),
    ("axum::", &["web", "api", "cli"]),
];

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of a floor: its folder and its file.
fn of_floor(floor: &str) -> Vec<(PathBuf, String)> {
    let (folder, file) = (root().join("src").join(floor), root().join(format!("src/{floor}.rs")));
    let mut paths = if folder.is_dir() { sources(&folder) } else { Vec::new() };
    paths.extend(file.exists().then_some(file));
    assert!(!paths.is_empty(), "there is no floor {floor}");
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The sources without their tests, which may look anywhere.
fn of_floor_without_tests(floor: &str) -> Vec<(PathBuf, String)> {
    let is_test = |path: &Path| {
        path.components().any(|part| part.as_os_str().to_string_lossy().starts_with("test"))
    };
    let relative = |path: &Path| path.strip_prefix(root()).unwrap().to_path_buf();
    of_floor(floor)
        .into_iter()
        .filter(|(path, _)| !is_test(&relative(path)))
        .map(|(path, text)| {
            let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path, before_tests)
        })
        .collect()
}

#[test]
fn each_floor_leans_only_on_those_below_it() {
    let all: Vec<&str> = FLOORS.iter().map(|(floor, _)| *floor).collect();
    let mut wrong = Vec::new();
    for (floor, below) in FLOORS {
        for (path, text) in of_floor_without_tests(floor) {
            for other in all.iter().filter(|other| **other != floor && !below.contains(other)) {
                if names(&text, other) {
                    wrong.push(format!("{} uses {other}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether a source names a floor by its path from the crate, alone or in a list.
fn names(text: &str, floor: &str) -> bool {
    if text.contains(&format!("crate::{floor}::")) {
        return true;
    }
    let Some(list) = text.split("use crate::{").nth(1) else { return false };
    let list = list.split("};").next().unwrap_or_default();
    // What stands deeper belongs to the floor before it.
    list.lines().any(|line| line.starts_with(&format!("    {floor}::")))
}

#[test]
fn every_folder_is_a_floor() {
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(path.is_file() || FLOORS.iter().any(|(floor, _)| *floor == name), "{name}");
    }
}

#[test]
fn each_crate_is_named_only_on_its_floor() {
    let mut wrong = Vec::new();
    for (floor, _) in FLOORS {
        for (path, text) in of_floor_without_tests(floor) {
            for (name, floors) in CRATES {
                let named = text.lines().any(|line| {
                    let code = line.trim_start();
                    !code.starts_with("//") && code.contains(name)
                });
                if named && !floors.contains(&floor) {
                    wrong.push(format!("{} names {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_engine_knows_no_database_no_web_and_no_async() {
    for path in sources(&root().join("index/src")) {
        let text = fs::read_to_string(&path).unwrap();
        for name in ["rusqlite", "axum", "tokio", "async fn", "hereabouts::"] {
            let named = text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(!named, "{} names {name}", path.display());
        }
    }
}

#[test]
fn nothing_is_left_undone_or_put_aside() {
    let all = sources(&root().join("src")).into_iter().chain(sources(&root().join("index/src")));
    for path in all {
        let text = fs::read_to_string(&path).unwrap();
        let marks =
            [["to", "do!("].concat(), ["unimple", "mented!("].concat(), ["#[ig", "nore"].concat()];
        for mark in marks {
            assert!(!text.contains(&mark), "{} has {mark}", path.display());
        }
    }
}
