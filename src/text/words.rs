//! Facts that words state: access features, ways in, delivery, languages.

use std::collections::BTreeMap;

use super::tidy;
use crate::domain::{AccessFeature, Answer, Delivery, ReferralRoute, ReferralWay, Who};

/// Words for each feature, longer ones before those they contain.
const FEATURES: [(&str, AccessFeature); 30] = [
    ("accessible toilet", AccessFeature::AccessibleToilet),
    ("disabled toilet", AccessFeature::AccessibleToilet),
    ("accessible wc", AccessFeature::AccessibleToilet),
    ("disabled wc", AccessFeature::AccessibleToilet),
    ("changing places", AccessFeature::AccessibleToilet),
    ("wheelchair access", AccessFeature::StepFree),
    ("step free", AccessFeature::StepFree),
    ("step-free", AccessFeature::StepFree),
    ("level access", AccessFeature::StepFree),
    ("ramp", AccessFeature::StepFree),
    ("disabled access", AccessFeature::StepFree),
    ("hearing loop", AccessFeature::HearingLoop),
    ("induction loop", AccessFeature::HearingLoop),
    ("interpreter", AccessFeature::Interpreter),
    ("interpretation", AccessFeature::Interpreter),
    ("interpreting", AccessFeature::Interpreter),
    ("disabled parking", AccessFeature::Parking),
    ("car park", AccessFeature::Parking),
    ("parking", AccessFeature::Parking),
    ("bus stop", AccessFeature::NearBusStop),
    ("carers welcome", AccessFeature::CarerWelcome),
    ("quiet room", AccessFeature::QuietSpace),
    ("quiet space", AccessFeature::QuietSpace),
    ("assistance dog", AccessFeature::AssistanceDogs),
    ("guide dog", AccessFeature::AssistanceDogs),
    ("creche", AccessFeature::Childcare),
    ("crèche", AccessFeature::Childcare),
    ("childcare", AccessFeature::Childcare),
    ("transport provided", AccessFeature::Transport),
    ("women only session", AccessFeature::WomenOnlySessions),
];

const DENIALS: [&str; 7] =
    ["no ", "not ", "without ", "lack of ", "limited ", "there is no", "unsuitable for "];

/// The features that a text says are or are not there.
#[must_use]
pub fn features(text: &str) -> BTreeMap<AccessFeature, Answer> {
    let lower = tidy::line(&text.to_lowercase())
        .replace("wheelchair accessible toilet", "accessible toilet");
    let mut found = BTreeMap::new();
    for clause in lower.split(['.', ',', ';', '\n']) {
        for (words, feature) in FEATURES {
            if let Some(at) = clause.find(words) {
                let is_denied = DENIALS.iter().any(|denial| clause[..at].contains(denial))
                    || clause[at..].contains("not available")
                    || clause.trim_end().ends_with(": no");
                let answer = if is_denied { Answer::No } else { Answer::Yes };
                found.entry(feature).or_insert(answer);
            }
        }
    }
    found
}

/// The answer of a column of yes and no about one feature, and what its words add.
#[must_use]
pub fn answer(text: &str) -> Answer {
    match text.trim().to_lowercase() {
        text if text.starts_with("yes") || matches!(text.as_str(), "y" | "true" | "1") => {
            Answer::Yes
        }
        text if matches!(text.as_str(), "no" | "n" | "false" | "0") => Answer::No,
        _ => Answer::NotStated,
    }
}

/// The ways in that a text states.
#[must_use]
pub fn routes(text: &str) -> Vec<ReferralRoute> {
    let lower = tidy::line(&text.to_lowercase()).replace('-', " ");
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let way = way(&lower);
    let mut routes = Vec::new();
    let mut add = |who, way| routes.push(ReferralRoute { who, way, to: None, note: None });
    if says(&[
        "drop in",
        "dropin",
        "open door",
        "first come first served",
        "just turn up",
        "no appointment",
        "walk in",
    ]) {
        add(Who::DropIn, ReferralWay::TurnUp);
    }
    if says(&[
        "self refer",
        "refer yourself",
        "individuals can refer",
        "by appointment",
        "appointment required",
    ]) {
        add(Who::Own, way.unwrap_or(ReferralWay::Phone));
    }
    if says(&[
        "referral from a gp",
        "referral from gp",
        "gp referral",
        "referred by gp",
        "referred by your gp",
    ]) {
        add(Who::Gp, way.unwrap_or(ReferralWay::Letter));
    }
    let by_others = [
        "professional",
        "agency referral",
        "by agencies",
        "referral by agenc",
        "referral only",
        "voucher",
        "social worker",
        "health visitor",
        "by a worker",
        "referrals from",
    ];
    if says(&by_others) || lower.trim_matches('.') == "referral" {
        add(Who::Professional, way.unwrap_or(ReferralWay::Form));
    }
    routes
}

fn way(lower: &str) -> Option<ReferralWay> {
    let ways: [(&[&str], ReferralWay); 5] = [
        (
            &["telephone", "by phone", "phone call", "ring ", "call us", "please call"],
            ReferralWay::Phone,
        ),
        (&["email", "e mail"], ReferralWay::Email),
        (&["form", "online"], ReferralWay::Form),
        (&["letter", "in writing"], ReferralWay::Letter),
        (&["in person", "visit"], ReferralWay::InPerson),
    ];
    ways.into_iter()
        .find(|(words, _)| words.iter().any(|word| lower.contains(word)))
        .map(|(_, way)| way)
}

/// How a service reaches people, by a feed's word for it.
#[must_use]
pub fn delivery(text: &str) -> Option<Delivery> {
    let lower = text.trim().to_lowercase();
    let is_one = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if is_one(&["home visit", "at home", "domiciliary"]) => Some(Delivery::HomeVisit),
        () if lower.len() > 40 => None,
        () if is_one(&["online", "virtual", "video", "remote", "webinar"]) => {
            Some(Delivery::Online)
        }
        () if is_one(&["phone"]) => Some(Delivery::Phone),
        () if is_one(&["outreach", "mobile"]) => Some(Delivery::Outreach),
        () if is_one(&[
            "venue",
            "in person",
            "in-person",
            "face to face",
            "face-to-face",
            "onsite",
            "on site",
        ]) =>
        {
            Some(Delivery::InPerson)
        }
        () => None,
    }
}

/// Names of languages and their tags.
const LANGUAGES: [(&str, &str); 44] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("polish", "pl"),
    ("urdu", "ur"),
    ("punjabi", "pa"),
    ("panjabi", "pa"),
    ("bengali", "bn"),
    ("sylheti", "syl"),
    ("gujarati", "gu"),
    ("hindi", "hi"),
    ("arabic", "ar"),
    ("somali", "so"),
    ("farsi", "fa"),
    ("persian", "fa"),
    ("dari", "prs"),
    ("pashto", "ps"),
    ("kurdish", "ku"),
    ("turkish", "tr"),
    ("romanian", "ro"),
    ("bulgarian", "bg"),
    ("slovak", "sk"),
    ("czech", "cs"),
    ("lithuanian", "lt"),
    ("latvian", "lv"),
    ("russian", "ru"),
    ("ukrainian", "uk"),
    ("spanish", "es"),
    ("portuguese", "pt"),
    ("french", "fr"),
    ("german", "de"),
    ("italian", "it"),
    ("greek", "el"),
    ("hungarian", "hu"),
    ("albanian", "sq"),
    ("cantonese", "yue"),
    ("mandarin", "cmn"),
    ("chinese", "zh"),
    ("vietnamese", "vi"),
    ("tamil", "ta"),
    ("tigrinya", "ti"),
    ("amharic", "am"),
    ("yoruba", "yo"),
    ("british sign language", "bfi"),
    ("bsl", "bfi"),
];

/// The BCP 47 tag of a language by its name or code.
#[must_use]
pub fn language(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = LANGUAGES.iter().find(|(name, tag)| *name == lower || *tag == lower) {
        return Some((*tag).to_owned());
    }
    let (first, rest) = lower.split_once(['-', '_']).unwrap_or((&lower, ""));
    match first {
        "eng" => return Some("en".to_owned()),
        "cym" => return Some("cy".to_owned()),
        _ => {}
    }
    let is_tag = (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_lowercase())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && rest.len() <= 8;
    is_tag.then(|| {
        if rest.is_empty() { first.to_owned() } else { format!("{first}-{}", rest.to_uppercase()) }
    })
}

/// The languages that a sentence names, English left to those who list it.
#[must_use]
pub fn languages_in(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut tags: Vec<String> = Vec::new();
    for word in lower.split(|c: char| !c.is_alphabetic()) {
        let known = LANGUAGES.iter().find(|(name, _)| *name == word && word != "english");
        if let Some((_, tag)) = known.filter(|(_, tag)| !tags.iter().any(|known| known == tag)) {
            tags.push((*tag).to_owned());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_features_are_read_with_their_yes_and_no() {
        let found = features(
            "Induction loops: induction loop fitted. No parking on site, wheelchair access on all levels",
        );
        assert_eq!(found.get(&AccessFeature::HearingLoop), Some(&Answer::Yes));
        assert_eq!(found.get(&AccessFeature::Parking), Some(&Answer::No));
        assert_eq!(found.get(&AccessFeature::StepFree), Some(&Answer::Yes));
        assert_eq!(found.get(&AccessFeature::AccessibleToilet), None);
    }

    #[test]
    fn ways_in_are_read_from_words() {
        let read =
            |text| routes(text).into_iter().map(|route| (route.who, route.way)).collect::<Vec<_>>();
        assert_eq!(read("Self-referral"), [(Who::Own, ReferralWay::Phone)]);
        assert_eq!(
            read("Self referral or referral from a GP"),
            [(Who::Own, ReferralWay::Phone), (Who::Gp, ReferralWay::Letter)]
        );
        assert_eq!(read("Foodbank Voucher"), [(Who::Professional, ReferralWay::Form)]);
        assert_eq!(read("Open door"), [(Who::DropIn, ReferralWay::TurnUp)]);
        assert_eq!(read("Not known"), []);
    }

    #[test]
    fn languages_are_read_by_name_or_code() {
        for (text, tag) in
            [("Polish", "pl"), ("en-gb", "en-GB"), ("eng", "en"), ("BSL", "bfi"), ("ur", "ur")]
        {
            assert_eq!(language(text).as_deref(), Some(tag));
        }
        assert_eq!(language("all of them"), None);
        assert_eq!(languages_in("Interpretation in Urdu, Polish and Slovak"), ["ur", "pl", "sk"]);
    }
}
