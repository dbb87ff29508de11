//! Urgent words, and who a service is for.

use crate::vocabulary::Vocabulary;

#[test]
fn urgent_words_raise_the_panel_that_answers_them() {
    let panel = |said: &str| Vocabulary::shipped().urgent(said).map(|panel| panel.id.as_str());
    for (said, expected) in [
        ("I want to kill myself", "suicide"),
        ("feeling suicidal", "suicide"),
        ("he hits me", "abuse"),
        ("my husband hits me", "abuse"),
        ("taken an overdose", "overdose"),
        ("chest pains", "danger"),
        ("I was raped", "sexual-assault"),
        ("self-harm", "mental-health"),
        ("nowhere to sleep tonight", "homeless-tonight"),
        ("my dad hits me", "child"),
        ("DON’T WANT TO BE HERE", "suicide"),
    ] {
        assert_eq!(panel(said), Some(expected), "{said}");
    }
    for said in
        ["", "lonely", "bereaved by suicide", "stroke club", "knitting", "hospital", "cheap rope"]
    {
        assert_eq!(panel(said), None, "{said}");
    }
}

#[test]
fn the_suicide_panel_gives_samaritans_and_the_second_option_of_111() {
    let panel = Vocabulary::shipped().urgent("suicidal").unwrap();
    assert!(panel.lines.iter().any(|line| line.contact == "116 123"));
    assert!(panel.lines.iter().any(|line| line.contact == "111" && line.note.contains("option 2")));
    assert!(panel.lines.iter().any(|line| line.contact.contains("85258")));
}

#[test]
fn who_it_is_for_is_read_from_a_sentence_or_an_id() {
    let who =
        |text: &str| Vocabulary::shipped().who(text).into_iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!(who("carer"), ["carer"]);
    assert_eq!(who("refugee-or-asylum-seeker"), ["refugee-or-asylum-seeker"]);
    assert_eq!(
        who("Women aged 18 and over who have experienced domestic abuse"),
        ["women", "adults", "domestic-abuse-survivor"]
    );
    assert_eq!(who("veterans and their families"), ["veteran", "parent"]);
    assert_eq!(who("Open to all"), ["everyone"]);
    assert!(who("tuesday").is_empty());
}
