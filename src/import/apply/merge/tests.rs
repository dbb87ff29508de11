use super::*;
use crate::{
    domain::{Organisation, OrganisationId},
    import::Source,
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn stated(source: &str, description: &str) -> Organisation {
    Organisation {
        description: description.to_owned(),
        provenance: Source::named(source).provenance("1", at("2026-11-01T00:00:00Z")),
        ..Organisation::named(OrganisationId::derive("a", "1"), "Hub".to_owned())
    }
}

fn merged(stored: &Organisation, stated: Organisation, source: &str) -> Merged<Organisation> {
    merge(Some(stored.clone()), stated, source, at("2026-11-22T00:00:00Z"))
}

#[test]
fn the_same_again_changes_nothing() {
    let first = merge(None, stated("a", "Tea"), "a", at("2026-11-02T00:00:00Z")).record;
    let again = merged(&first, stated("a", "Tea"), "a");
    assert!(!again.is_changed);
    assert_eq!(again.record, first);
}

#[test]
fn a_source_replaces_what_it_said_and_takes_back_what_it_no_longer_says() {
    let first = merge(None, stated("a", "Tea"), "a", at("2026-11-02T00:00:00Z")).record;
    assert_eq!(merged(&first, stated("a", "Coffee"), "a").record.description, "Coffee");
    assert_eq!(merged(&first, stated("a", ""), "a").record.description, "");
}

#[test]
fn another_source_adds_what_is_missing_and_replaces_nothing() {
    let mut first = merge(None, stated("a", "Tea"), "a", at("2026-11-02T00:00:00Z")).record;
    let mut other = stated("b", "Coffee");
    other.website = Some("https://b.org".to_owned());
    let second = merged(&first, other.clone(), "b");
    assert_eq!(second.record.description, "Tea");
    assert_eq!(second.record.website.as_deref(), Some("https://b.org"));
    assert_eq!(second.record.provenance.fields["website"].source, "b");
    assert_eq!(second.record.provenance.keys.len(), 2);
    first = second.record;
    assert!(!merged(&first, other, "b").is_changed);
    assert!(!merged(&first, stated("a", "Tea"), "a").is_changed);
}

#[test]
fn a_providers_newer_value_stays_and_the_conflict_is_said() {
    let mut stored = merge(None, stated("a", "Tea"), "a", at("2026-11-02T00:00:00Z")).record;
    stored.description = "Soup".to_owned();
    let owner = FieldSource {
        source: "provider".to_owned(),
        route: Route::Owner,
        at: at("2026-11-10T00:00:00Z"),
        licence: None,
    };
    stored.provenance.fields.insert("description".to_owned(), owner);
    let kept = merged(&stored, stated("a", "Tea"), "a");
    assert_eq!(kept.record.description, "Soup");
    assert_eq!(
        kept.conflicts.into_iter().collect::<Vec<_>>(),
        [("description".to_owned(), "Tea".into())]
    );
    assert!(!kept.is_changed);
    let mut newer = stated("a", "Coffee");
    newer.upkeep.edited = Some(at("2026-11-12T00:00:00Z"));
    let taken = merged(&stored, newer.clone(), "a");
    assert_eq!(taken.record.description, "Coffee");
    assert!(taken.conflicts.is_empty());
    assert!(!merged(&taken.record, newer, "a").is_changed);
}

#[test]
fn a_record_that_is_back_is_no_longer_missing() {
    let mut stored = merge(None, stated("a", "Tea"), "a", at("2026-11-02T00:00:00Z")).record;
    stored.provenance.missing_since = Some(at("2026-11-05T00:00:00Z"));
    let back = merged(&stored, stated("a", "Tea"), "a");
    assert!(back.is_changed);
    assert_eq!(back.record.provenance.missing_since, None);
}
