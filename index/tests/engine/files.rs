use std::fs;
use std::path::{Path, PathBuf};

use hereabouts_index::{Index, OpenError, Pace};
use tempfile::TempDir;

use crate::builders::*;

/// An index of two segments, one with a deletion, in a folder of its own.
fn on_disk() -> TempDir {
    let folder = TempDir::new().unwrap();
    let index = Index::create(folder.path()).unwrap();
    let mut writer = index.writer(Pace::Live).unwrap();
    for number in 0..20 {
        writer.put(&entry(number, "Debt advice").at(0, north(f64::from(number)))).unwrap();
    }
    writer.commit(7).unwrap();
    writer.put(&entry(30, "Gardening")).unwrap();
    writer.remove(id(3));
    writer.commit(8).unwrap();
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_none_or(|end| end != "lock")).collect();
    files.sort();
    files
}

/// Opens what `change` left of each file, one at a time: an error, or all that was there.
fn check_each_file(change: impl Fn(Vec<u8>) -> Option<Vec<u8>>) {
    let folder = on_disk();
    for path in files(folder.path()) {
        let whole = fs::read(&path).unwrap();
        let Some(changed) = change(whole.clone()) else {
            continue;
        };
        fs::write(&path, changed).unwrap();
        match Index::open(folder.path()) {
            Err(error) => assert!(is_rebuild(&error), "{}: {error}", path.display()),
            Ok(index) => {
                assert_eq!((index.len(), index.followed()), (20, 8), "{}", path.display());
                assert_eq!(index.search(&words("debt")).unwrap().total, 19, "{}", path.display());
            }
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(Index::open(folder.path()).unwrap().len(), 20);
}

fn is_rebuild(error: &OpenError) -> bool {
    matches!(error, OpenError::Damaged { .. } | OpenError::OtherFormat { .. })
}

#[test]
fn what_was_committed_is_there_after_opening() {
    let folder = on_disk();
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.len(), index.followed()), (20, 8));
    assert!(index.bytes_on_disk().unwrap() > 1_000);
    assert_eq!(index.search(&words("gardening")).unwrap().total, 1);
}

#[test]
fn what_was_not_committed_is_gone() {
    let folder = on_disk();
    let index = Index::open(folder.path()).unwrap();
    let mut writer = index.writer(Pace::Live).unwrap();
    writer.put(&entry(40, "Gardening")).unwrap();
    writer.clear().unwrap();
    assert_eq!(index.len(), 20, "and it was never seen");
    drop(writer);
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((index.len(), index.followed()), (20, 8));
}

#[test]
fn a_commit_is_searchable_when_it_returns() {
    let folder = on_disk();
    let index = Index::open(folder.path()).unwrap();
    let mut writer = index.writer(Pace::Rebuild).unwrap();
    writer.put(&entry(40, "Gardening")).unwrap();
    writer.commit(9).unwrap();
    assert_eq!((index.search(&words("gardening")).unwrap().total, index.followed()), (2, 9));
    writer.put(&entry(41, "Gardening")).unwrap();
    writer.clear().unwrap();
    writer.put(&entry(42, "Gardening")).unwrap();
    writer.commit(10).unwrap();
    assert_eq!((found(&index.search(&everything()).unwrap()), index.followed()), (vec![42], 10));
}

#[test]
fn settling_changes_no_answer() {
    let folder = on_disk();
    let index = Index::open(folder.path()).unwrap();
    let before = found(&index.search(&everything()).unwrap());
    index.writer(Pace::Rebuild).unwrap().settle(11).unwrap();
    assert_eq!(found(&index.search(&everything()).unwrap()), before);
    drop(index);
    let index = Index::open(folder.path()).unwrap();
    assert_eq!((found(&index.search(&everything()).unwrap()), index.followed()), (before, 11));
}

#[test]
fn there_is_one_writer() {
    let folder = on_disk();
    let index = Index::open(folder.path()).unwrap();
    let writer = index.writer(Pace::Live).unwrap();
    assert!(matches!(index.writer(Pace::Live), Err(OpenError::Busy)));
    let other = Index::open(folder.path()).unwrap();
    assert!(matches!(other.writer(Pace::Live), Err(OpenError::Busy)));
    drop(writer);
    assert!(other.writer(Pace::Live).is_ok());
}

#[test]
fn a_folder_without_an_index_is_missing_one() {
    let folder = TempDir::new().unwrap();
    assert!(matches!(Index::open(folder.path()), Err(OpenError::Missing)));
    assert!(matches!(Index::open(folder.path().join("none")), Err(OpenError::Missing)));
}

#[test]
fn an_index_is_not_made_over_other_files() {
    let folder = on_disk();
    assert!(matches!(Index::create(folder.path()), Err(OpenError::Occupied)));
    let index = Index::create(folder.path().join("new/deeper")).unwrap();
    assert!(index.is_empty());
    drop(index);
    assert_eq!(Index::open(folder.path().join("new/deeper")).unwrap().followed(), 0);
}

#[test]
fn files_cut_short_are_an_error_and_no_panic() {
    for keep in [0, 1, 4, 5, 7, 8, 9, 40] {
        check_each_file(|whole| Some(whole[..keep.min(whole.len())].to_vec()));
    }
    for cut in [1, 8, 60] {
        check_each_file(|whole| Some(whole[..whole.len().saturating_sub(cut)].to_vec()));
    }
    check_each_file(|whole| Some(whole[..whole.len() / 2].to_vec()));
}

#[test]
fn zeroed_files_are_an_error_and_no_panic() {
    check_each_file(|whole| Some(vec![0; whole.len()]));
    check_each_file(|mut whole| {
        let half = whole.len() / 2;
        whole[half..].fill(0);
        Some(whole)
    });
}

#[test]
fn flipped_bits_are_an_error_and_no_panic() {
    for step in 0..60_usize {
        check_each_file(|mut whole| {
            let at = (step * 7_919) % whole.len().max(1);
            *whole.get_mut(at)? ^= 1 << (step % 8);
            Some(whole)
        });
    }
    for back in 1..120_usize {
        check_each_file(|mut whole| {
            let at = whole.len().checked_sub(back)?;
            whole[at] ^= 1 << (back % 8);
            Some(whole)
        });
    }
}

#[test]
fn a_file_that_is_gone_is_an_error_and_no_panic() {
    let folder = on_disk();
    for path in files(folder.path()) {
        let whole = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        match Index::open(folder.path()) {
            Err(OpenError::Missing) => assert!(path.ends_with("meta.json")),
            Err(error) => assert!(is_rebuild(&error), "{}: {error}", path.display()),
            Ok(index) => assert_eq!(index.search(&words("debt")).unwrap().total, 19),
        }
        fs::write(&path, whole).unwrap();
    }
}

#[test]
fn extra_text_at_the_end_of_a_file_is_an_error_and_no_panic() {
    check_each_file(|mut whole| {
        whole.extend_from_slice(b"0123456789abcdef");
        Some(whole)
    });
}
