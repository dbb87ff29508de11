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
    merge(
        Some(stored.clone()),
        stated,
        (source, &TrustOrder::default()),
        at("2026-11-22T00:00:00Z"),
    )
}

fn new(stated: Organisation) -> Merged<Organisation> {
    merge(None, stated, ("a", &TrustOrder::default()), at("2026-11-02T00:00:00Z"))
}

#[test]
fn the_same_again_changes_nothing() {
    let first = new(stated("a", "Tea")).record;
    let again = merged(&first, stated("a", "Tea"), "a");
    assert!(!again.is_changed);
    assert_eq!(again.record, first);
}

#[test]
fn a_source_replaces_what_it_said_and_takes_back_what_it_no_longer_says() {
    let first = new(stated("a", "Tea")).record;
    assert_eq!(merged(&first, stated("a", "Coffee"), "a").record.description, "Coffee");
    assert_eq!(merged(&first, stated("a", ""), "a").record.description, "");
}

#[test]
fn another_source_adds_what_is_missing_and_replaces_nothing() {
    let mut first = new(stated("a", "Tea")).record;
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
    let mut stored = new(stated("a", "Tea")).record;
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
    let mut stored = new(stated("a", "Tea")).record;
    stored.provenance.missing_since = Some(at("2026-11-05T00:00:00Z"));
    let back = merged(&stored, stated("a", "Tea"), "a");
    assert!(back.is_changed);
    assert_eq!(back.record.provenance.missing_since, None);
}

#[test]
fn a_feed_that_is_believed_first_replaces_what_another_says_and_keeps_it() {
    let trust = TrustOrder(vec!["b".to_owned(), "a".to_owned()]);
    let merged = |stored: &Organisation, stated: Organisation, source: &str| {
        merge(Some(stored.clone()), stated, (source, &trust), at("2026-11-22T00:00:00Z"))
    };
    let first = new(stated("a", "Tea")).record;
    let mut from_b = stated("b", "Coffee");
    from_b.website = None;
    let second = merged(&first, from_b.clone(), "b").record;
    assert_eq!(second.description, "Coffee");
    assert_eq!(second.provenance.fields["description"].source, "b");
    // The one that it came from does not take it back, and fills what the other leaves out.
    let mut from_a = stated("a", "Tea");
    from_a.website = Some("https://a.org".to_owned());
    let third = merged(&second, from_a.clone(), "a").record;
    assert_eq!(
        (third.description.as_str(), third.website.as_deref()),
        ("Coffee", Some("https://a.org"))
    );
    assert!(!merged(&third, from_a, "a").is_changed);
    assert!(!merged(&third, from_b, "b").is_changed);
    // Where it says the same as the other, it stays so whatever the other says next.
    let agreed = merged(&first, stated("b", "Tea"), "b").record;
    assert_eq!(agreed.provenance.fields["description"].source, "b");
    assert!(!merged(&agreed, stated("b", "Tea"), "b").is_changed);
    assert_eq!(merged(&agreed, stated("a", "Soup"), "a").record.description, "Tea");
    // What it no longer says, the other may say again.
    assert_eq!(merged(&third, stated("b", ""), "b").record.description, "");
    // Who looks after it comes before every feed.
    let mut kept = first.clone();
    let owner = FieldSource {
        source: "provider".to_owned(),
        route: Route::Owner,
        at: at("2026-11-10T00:00:00Z"),
        licence: None,
    };
    kept.provenance.fields.insert("description".to_owned(), owner);
    assert_eq!(merged(&kept, stated("b", "Coffee"), "b").record.description, "Tea");
}
