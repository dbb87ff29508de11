//! What was acknowledged survives a process that is killed while it writes.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use hereabouts::store::{Reading, Store};

use super::records::{ann, now, organisation, organisation_id};

/// What the parent passes to a child that edits until it is killed.
const FOLDER: &str = "edit-until-killed-in=";

/// Not a test by itself: the process that [`what_was_acknowledged_survives_a_kill`] kills.
#[test]
fn child_that_edits_until_it_is_killed() {
    let folder = std::env::args().find_map(|arg| arg.strip_prefix(FOLDER).map(str::to_owned));
    let Some(folder) = folder else {
        return;
    };
    let store = Store::open(Path::new(&folder), now()).unwrap();
    let start = store.counts().unwrap().organisations;
    std::thread::scope(|scope| {
        for thread in 0..3 {
            let store = &store;
            scope.spawn(move || {
                for n in start.. {
                    edit(store, &format!("{thread}-{n}"));
                }
            });
        }
    });
}

fn edit(store: &Store, name: &str) {
    let made = organisation(name);
    store.change(&ann(), now(), move |changes| changes.save_organisation(&made)).unwrap();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nacknowledged {name}").unwrap();
    out.flush().unwrap();
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for round in 0..30 {
        acknowledged.extend(edit_and_kill(folder.path(), round));
        let store = Store::open(folder.path(), now()).unwrap();
        for name in &acknowledged {
            let kept = store.find_organisation(organisation_id(name)).unwrap();
            assert_eq!(kept, Some(organisation(name)), "round {round}");
        }
        assert_eq!(store.check(), Ok(vec![]), "round {round}");
        assert_eq!(store.head().unwrap().0, store.counts().unwrap().organisations);
    }
    assert!(acknowledged.len() > 30);
}

/// Lets a child edit for a while, kills it and returns what it had acknowledged.
fn edit_and_kill(folder: &Path, round: u64) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "store_contract::crash::child_that_edits_until_it_is_killed",
            "--exact",
            "--nocapture",
        ])
        .arg(format!("{FOLDER}{}", folder.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut names = lines
        .map_while(Result::ok)
        .filter_map(|line| line.strip_prefix("acknowledged ").map(str::to_owned));
    let mut acknowledged: Vec<String> = names.by_ref().take(2).collect();
    std::thread::sleep(Duration::from_millis(round * 7 % 40));
    child.kill().unwrap();
    acknowledged.extend(names);
    child.wait().unwrap();
    acknowledged
}
