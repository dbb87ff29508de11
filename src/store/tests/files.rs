use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::*;
use crate::store::{
    Reading, Seq,
    engine::sqlite::{FILE_NAME, Options},
};

/// A folder with a closed store of a few hundred records, and the path of its file.
fn closed_store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path()).unwrap();
    save_lunch(&store);
    change(&store, |changes| {
        (0..300).try_for_each(|n| {
            let long = "of the parish ".repeat(20);
            let made = Organisation { description: long, ..organisation(&n.to_string()) };
            changes.save_organisation(&made).map(|_| ())
        })
    })
    .unwrap();
    drop(store);
    let file = folder.path().join(FILE_NAME);
    (folder, file)
}

/// Opening is refused and the file is left as it is.
fn refused(folder: &Path) -> StoreError {
    let file = folder.join(FILE_NAME);
    let before = fs::read(&file).unwrap();
    let error = open(folder).unwrap_err();
    assert!(fs::read(&file).unwrap() == before, "{error}: the file was touched");
    error
}

fn refused_with(content: &[u8]) -> StoreError {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE_NAME), content).unwrap();
    refused(folder.path())
}

#[test]
fn closing_and_opening_keeps_all() {
    let (folder, file) = closed_store();
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().path()).collect();
    assert_eq!(names, [file]);
    let store = open(folder.path()).unwrap();
    assert_eq!(store.head(), Ok(Seq(303)));
    assert_eq!(store.check(), Ok(vec![]));
}

#[test]
fn an_empty_file_is_refused() {
    assert!(matches!(refused_with(b""), StoreError::EmptyFile { .. }));
}

#[test]
fn a_foreign_file_is_refused() {
    let other = tempfile::tempdir().unwrap().keep().join("other.db");
    let database = rusqlite::Connection::open(&other).unwrap();
    database.execute_batch("CREATE TABLE a (b)").unwrap();
    drop(database);
    for content in [b"name,town\n".to_vec(), vec![0; 8192], fs::read(&other).unwrap()] {
        assert!(matches!(refused_with(&content), StoreError::ForeignFile { .. }));
    }
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    let (_folder, file) = closed_store();
    let whole = fs::read(&file).unwrap();
    assert!(whole.len() > 20 * 8192);
    for length in [50, 100, 512, 8192, 8193, 16384, whole.len() / 2, whole.len() - 8192] {
        let error = refused_with(&whole[..length]);
        assert!(matches!(error, StoreError::DamagedFile { .. }), "{length}: {error}");
    }
}

#[test]
fn a_file_with_garbage_in_it_is_refused_or_says_so_and_never_panics() {
    let (_folder, file) = closed_store();
    let whole = fs::read(&file).unwrap();
    let mut told = 0;
    for at in (100..whole.len() - 600).step_by(9001) {
        let mut broken = whole.clone();
        broken[at..at + 600].fill(0xA5);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE_NAME), &broken).unwrap();
        told += usize::from(match open(folder.path()) {
            Err(error) => matches!(error, StoreError::DamagedFile { .. }),
            Ok(store) => store.check() != Ok(vec![]),
        });
    }
    // Garbage in unused space harms nobody.
    assert!(told > 10, "{told}");
}

#[test]
fn a_garbled_log_of_a_crash_loses_no_more_than_itself() {
    let (folder, file) = closed_store();
    fs::write(file.with_file_name(format!("{FILE_NAME}-wal")), vec![0x5A; 100_000]).unwrap();
    let store = open(folder.path()).unwrap();
    assert_eq!(store.check(), Ok(vec![]));
    assert_eq!(store.head(), Ok(Seq(303)));
}

#[test]
fn a_file_or_folder_that_may_only_be_read_is_refused() {
    let (folder, file) = closed_store();
    for path in [file.as_path(), folder.path()] {
        let permissions = fs::metadata(path).unwrap().permissions();
        let mut only_read = permissions.clone();
        only_read.set_readonly(true);
        fs::set_permissions(path, only_read).unwrap();
        let error = refused(folder.path());
        fs::set_permissions(path, permissions).unwrap();
        assert_eq!(error, StoreError::NotWritable { path: path.to_owned() });
    }
    assert!(open(folder.path()).is_ok());
}

#[test]
fn a_folder_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "text").unwrap();
    assert!(matches!(open(&file), Err(StoreError::Folder { .. })));
    assert!(open(Path::new("/proc/none")).is_err());
    fs::create_dir(folder.path().join(FILE_NAME)).unwrap();
    assert!(matches!(open(folder.path()), Err(StoreError::Folder { .. })));
}

#[test]
fn another_process_that_writes_for_too_long_is_named() {
    let (folder, file) = closed_store();
    let other = rusqlite::Connection::open(file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let options = Options { patience: Duration::from_millis(30), ..Options::default() };
    let store = Store::open_with(folder.path(), now(), options).unwrap();
    let busy = change(&store, |changes| changes.save_organisation(&organisation("next")));
    assert_eq!(busy.err(), Some(StoreError::Busy));
    assert_eq!(store.head(), Ok(Seq(303)));
    other.execute_batch("ROLLBACK").unwrap();
    assert!(change(&store, |changes| changes.save_organisation(&organisation("next"))).is_ok());
}

#[test]
fn two_stores_of_one_folder_see_each_others_changes() {
    let folder = tempfile::tempdir().unwrap();
    let stores = [open(folder.path()).unwrap(), open(folder.path()).unwrap()];
    for (n, store) in stores.iter().enumerate() {
        let made = organisation(&n.to_string());
        change(store, move |changes| changes.save_organisation(&made)).unwrap();
    }
    assert!(stores.iter().all(|store| store.head() == Ok(Seq(2))));
}

#[test]
fn a_folder_that_two_open_first_gets_one_database() {
    let folder = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let folder = folder.path();
            scope.spawn(move || {
                let store = open(folder).unwrap();
                let made = organisation(&n.to_string());
                change(&store, move |changes| changes.save_organisation(&made)).unwrap();
            });
        }
    });
    assert_eq!(open(folder.path()).unwrap().head(), Ok(Seq(4)));
}

#[test]
fn a_full_disk_fails_the_change_and_keeps_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { most_pages: Some(160), ..Options::default() };
    let store = Store::open_with(folder.path(), now(), options).unwrap();
    let fill = |n: u64, shrug: bool| {
        let long = "words ".repeat(2000);
        let made = Organisation { description: long, ..organisation(&n.to_string()) };
        change(&store, move |changes| {
            changes.save_setting("last", &n.to_string())?;
            match changes.save_organisation(&made) {
                Err(_) if shrug => Ok(()),
                other => other.map(|_| ()),
            }
        })
    };
    let kept = (0..1000).find(|n| fill(*n, false).is_err()).unwrap();
    assert!(kept > 2);
    assert_eq!(fill(kept, false).err(), Some(StoreError::Full));
    assert!(fill(kept, true).is_err(), "a fault that is shrugged off still fails the change");
    assert_eq!(store.setting("last"), Ok(Some((kept - 1).to_string())));
    assert_eq!(store.counts().unwrap().organisations, kept);
    assert_eq!(store.head(), Ok(Seq(2 * kept)));
    assert_eq!(store.check(), Ok(vec![]));
    drop(store);
    assert_eq!(open(folder.path()).unwrap().head(), Ok(Seq(2 * kept)));
}
