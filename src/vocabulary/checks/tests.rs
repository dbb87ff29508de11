//! Each check, made to fire on a small vocabulary with one thing wrong.

use crate::vocabulary::{Sources, Vocabulary};

const META: &str = "[meta]\ntitle = \"T\"\nversion = \"1\"\ndate = \"2026-11-22\"\nlicence = \"MIT\"\nsources = []\n";
const NEEDS: &str = r#"
[[group]]
id = "company"
label = "Company"
summary = "Being with others."

[[need]]
id = "loneliness"
label = "Loneliness"
group = "company"
summary = "Feeling alone and wanting company."
broader = []
phrases = ["lonely", "on my own", "no friends"]
signals = ["befriending"]
unless = ["befriending training"]
ukcat = ["SW106"]
openactive = ["bf1a5e00-cdcf-465d-8c5a-6f57040b7f7e"]
dfe = [2]

[[need]]
id = "crisis"
label = "Crisis"
group = "company"
summary = "Needing help before anything else."
broader = ["loneliness"]
phrases = ["kill myself", "in crisis", "desperate"]
urgent = true
"#;
const URGENT: &str = r#"
[[panel]]
id = "suicide"
title = "Help now"
advice = "Ring now."
lines = [{ name = "Samaritans", contact = "116 123", note = "free" }]
phrases = ["kill myself", "suicidal"]
"#;
const CIRCUMSTANCES: &str = r#"
[[circumstance]]
id = "carer"
label = "Carers"
kind = "role"
phrases = ["carer", "looks after someone"]
"#;
const FACTS: &str = r#"
[[fact]]
key = "day"
values = ["sun"]
label = "on Sundays"
phrases = ["sunday", "on a sunday"]
"#;
const FILLER: &str = r#"
filler = ["looking for", "help"]
in_names = ["the"]
negators = ["not"]
lacks = ["no"]
avoidable = ["crisis"]
between = ["any"]
denies_after = ["do not offer"]
denies_before = ["is not offered"]
turns = ["but"]
elsewhere = ["overseas"]
"#;
const VARIANTS: &str = "[same]\nmy = [\"her\", \"his\"]\n[spelling]\nmum = [\"mom\"]\n";

/// The faults of the small vocabulary once `from` has become `to` wherever it stands.
fn faults(from: &str, to: &str) -> Vec<String> {
    let file = |body: &str| format!("{META}{body}").replace(from, to);
    // The lists of filler stand before the table of contents in its file.
    let filler = format!("{FILLER}{META}").replace(from, to);
    let (needs, urgent, variants) = (file(NEEDS), file(URGENT), file(VARIANTS));
    let (circumstances, facts) = (file(CIRCUMSTANCES), file(FACTS));
    let sources = Sources {
        needs: &needs,
        urgent: &urgent,
        circumstances: &circumstances,
        facts: &facts,
        filler: &filler,
        variants: &variants,
    };
    let faults = Vocabulary::parse(sources).err().unwrap_or_default();
    faults.iter().map(ToString::to_string).collect()
}

/// Asserts that making `from` into `to` is refused with these words.
fn fires(from: &str, to: &str, expected: &str) {
    let found = faults(from, to);
    assert!(found.iter().any(|fault| fault.contains(expected)), "{from:?} → {to:?}: {found:#?}");
}

#[test]
fn the_small_vocabulary_is_sound() {
    assert!(faults("", "").is_empty(), "{:#?}", faults("", ""));
}

#[test]
fn a_file_that_cannot_be_read_says_where() {
    fires("urgent = true", "urgent = \"yes\"", "needs.toml: TOML parse error at line");
    fires("urgent = true", "colour = 1", "unknown field `colour`");
    fires("kind = \"role\"", "sort = \"role\"", "circumstances.toml");
}

#[test]
fn facts_that_nothing_can_be_made_of_are_refused() {
    fires("key = \"day\"", "key = \"colour\"", "the key \"colour\" is none of");
    fires("values = [\"sun\"]", "values = []", "a fact needs a label");
    fires("\"on a sunday\"", "\"sunday\"", "the phrase \"sunday\" is repeated");
    fires("\"on a sunday\"", "\"On Sunday\"", "\"On Sunday\" is not normalised");
}

#[test]
fn every_fault_is_told_at_once() {
    let found = faults("\"loneliness\"", "\"Lone liness\"");
    assert!(found.iter().any(|fault| fault.contains("kebab-case")), "{found:?}");
    let many = faults("[\"lonely\", \"on my own\", \"no friends\"]", "[\"Lonely\", \"help\"]");
    assert!(many.len() >= 3, "{many:?}");
}

#[test]
fn unfinished_meta_is_refused() {
    fires("title = \"T\"", "title = \"\"", "`title` is empty");
    fires("2026-11-22", "22 Nov", "\"22 Nov\" is not a date");
    fires(
        "sources = []",
        "sources = [{ name = \"X\", licence = \"\", what = \"y\" }]",
        "lacks its licence",
    );
}

#[test]
fn groups_are_kept_apart_named_and_used() {
    let twice = "[[group]]\nid = \"company\"\nlabel = \"Company\"\nsummary = \"Again.\"\n[[group]]\nid = \"company\"";
    fires("[[group]]\nid = \"company\"", twice, "a group has this id already");
    fires("[[group]]\nid = \"company\"", twice, "a group has this label already");
    fires(
        "[[group]]\nid = \"company\"",
        "[[group]]\nid = \"Big One\"",
        "the group's id is not kebab-case",
    );
    fires(
        "[[group]]\nid = \"company\"",
        "[[group]]\nid = \"other\"",
        "there is no group \"company\"",
    );
    fires("[[group]]\nid = \"company\"", "[[group]]\nid = \"other\"", "no need is in this group");
    fires("\"Being with others.\"", "\"\"", "the group has no summary");
}

#[test]
fn need_ids_and_labels_are_unique() {
    fires("id = \"crisis\"", "id = \"loneliness\"", "a need has this id already");
    fires(
        "id = \"crisis\"",
        "id = \"Crisis_1\"",
        "crisis_1: the id is not kebab-case".replace("crisis", "Crisis").as_str(),
    );
    fires("label = \"Crisis\"", "label = \"loneliness\"", "another need is labelled");
}

#[test]
fn broader_needs_exist_and_do_not_go_round() {
    fires("[\"loneliness\"]", "[\"company\"]", "its broader need \"company\" does not exist");
    fires("broader = []", "broader = [\"crisis\"]", "it is broader than itself");
    fires("broader = []", "broader = [\"loneliness\"]", "it is broader than itself");
}

#[test]
fn a_summary_is_a_short_sentence() {
    fires("Feeling alone and wanting company.", "Alone.", "the summary has 6 characters");
    fires("wanting company.", "wanting company", "expected a sentence");
}

#[test]
fn wording_is_enough_normal_and_not_repeated() {
    fires("\"on my own\", \"no friends\"", "\"on my own\"", "it has 2 phrases");
    fires("on my own", "On my own", "\"On my own\" is not normalised");
    fires("no friends", "on her own", "\"on my own\" is there twice");
    fires(
        "[\"befriending\"]",
        "[\"befriending\", \"befriendings\"]",
        "\"befriending\" is there twice",
    );
    fires("no friends", "looking for", "\"looking for\" is filler");
    fires("signals = [\"befriending\"]", "signals = [\"help\"]", "\"help\" is filler");
    fires(
        "unless = [\"befriending training\"]",
        "unless = [\"befriending\"]",
        "cancels the signal",
    );
    fires("signals = [\"befriending\"]\n", "", "`unless` without `signals`");
}

#[test]
fn a_phrase_cannot_belong_everywhere() {
    let need = |id: &str| {
        format!(
            "[[need]]\nid = \"{id}\"\nlabel = \"{id}\"\ngroup = \"company\"\nsummary = \"A need that is only for this.\"\nbroader = []\n\
             phrases = [\"lonely\", \"{id} one\", \"{id} two\"]\n"
        )
    };
    let more = format!("{}{}{}[[need]]\nid = \"crisis\"", need("a"), need("b"), need("c"));
    fires("[[need]]\nid = \"crisis\"", &more, "lonely: the phrase belongs to 4 needs");
}

#[test]
fn codes_have_the_shape_of_their_vocabulary() {
    fires("SW106", "SW16", "\"SW16\" is not a UK-CAT code");
    fires("bf1a5e00", "yoga", "is not an OpenActive identifier");
    fires("dfe = [2]", "dfe = [50]", "50 is not a category of the family hubs list");
}

#[test]
fn an_urgent_need_raises_a_panel() {
    fires(
        "\"kill myself\", \"in crisis\"",
        "\"very low\", \"in crisis\"",
        "none of its phrases raises a panel",
    );
}

#[test]
fn panels_are_told_apart_and_complete() {
    fires("id = \"suicide\"", "id = \"Suicide\"", "urgent.toml: Suicide: the id is not kebab-case");
    fires(
        "advice = \"Ring now.\"",
        "advice = \"\"",
        "a panel needs a title, advice and at least one line",
    );
    fires("contact = \"116 123\"", "contact = \"\"", "lacks a name, contact or note");
    fires("\"suicidal\"", "\"Suicidal\"", "\"Suicidal\" is not normalised");
    fires("[\"kill myself\", \"suicidal\"]", "[]", "it has no phrases");
    fires(
        "\"suicidal\"]",
        "\"suicidal\"]\nunless = [\"The aftermath\"]",
        "\"The aftermath\" is not normalised",
    );
    fires(URGENT, &format!("{URGENT}{URGENT}"), "a panel has this id already");
}

#[test]
fn circumstances_are_told_apart_and_complete() {
    fires(
        "id = \"carer\"",
        "id = \"Carer\"",
        "circumstances.toml: Carer: the id is not kebab-case",
    );
    fires("kind = \"role\"", "kind = \"job\"", "\"job\" is not a kind");
    fires("\"looks after someone\"", "\"carers\"", "\"carer\" is there twice");
    fires(
        CIRCUMSTANCES,
        &format!("{CIRCUMSTANCES}{CIRCUMSTANCES}"),
        "a circumstance has this id already",
    );
    fires(
        CIRCUMSTANCES,
        &format!("{CIRCUMSTANCES}{CIRCUMSTANCES}"),
        "a circumstance has this label already",
    );
}

#[test]
fn words_that_may_be_all_that_is_asked_are_not_filler() {
    fires("\"looking for\"", "\"it\"", "filler.toml: it: this is not filler");
    fires("\"looking for\"", "\"will\"", "filler.toml: will: this is not filler");
    fires("\"looking for\"", "\"no\"", "it cannot be filler and a negation");
    fires(
        "avoidable = [\"crisis\"]",
        "avoidable = [\"cats\"]",
        "filler.toml: cats: there is no such need",
    );
}

#[test]
fn a_variant_stands_for_one_word() {
    fires("mum = [\"mom\"]", "mum = [\"mom\"]\ndad = [\"mom\"]", "mom: it stands for two words");
    fires("mum = [\"mom\"]", "mum = [\"mom\"]\nmom = [\"mam\"]", "mom: it is a form and a variant");
    fires("[\"mom\"]", "[\"step mom\"]", "a variant is one word");
}
