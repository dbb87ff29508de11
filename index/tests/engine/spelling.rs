use hereabouts_index::Index;

use crate::builders::*;

fn dictionary() -> Index {
    index(&[
        entry(1, "Depression and bereavement").body("counselling for men"),
        entry(2, "Counselling").body("bereavement wellbeing"),
        entry(3, "Counselling").body("befriending housing"),
    ])
}

fn words(typed: &str) -> Vec<String> {
    let corrections = dictionary().spelling(typed, 5).unwrap();
    corrections.into_iter().map(|correction| correction.word).collect()
}

#[test]
fn slips_are_corrected_to_whole_words() {
    for (typed, meant) in [
        ("depresion", "depression"),
        ("bereavment", "bereavement"),
        ("counsling", "counselling"),
        ("Houisng", "housing"),
        ("wellbieng", "wellbeing"),
    ] {
        assert_eq!(words(typed), [meant], "{typed}");
    }
}

#[test]
fn short_words_and_acronyms_are_left_alone() {
    for typed in ["SEN", "sen", "mne", "HOUSNG", "42"] {
        assert!(words(typed).is_empty(), "{typed}");
    }
}

#[test]
fn a_word_is_no_correction_of_itself() {
    assert!(words("counselling").is_empty());
    assert_eq!(words("counsellings"), ["counselling"]);
}

#[test]
fn corrections_say_how_far_and_how_many() {
    let correction = &dictionary().spelling("counseling1", 5).unwrap();
    assert!(correction.is_empty());
    let correction = &dictionary().spelling("cuonselling", 5).unwrap()[0];
    assert_eq!((correction.distance, correction.services), (1, 3));
}

#[test]
fn words_of_removed_services_are_not_offered() {
    let index = dictionary();
    let mut writer = index.writer(hereabouts_index::Pace::Live).unwrap();
    writer.remove(id(1));
    writer.commit(2).unwrap();
    assert!(index.spelling("depresion", 5).unwrap().is_empty());
    assert_eq!(index.spelling("bereavment", 5).unwrap()[0].services, 1);
}
