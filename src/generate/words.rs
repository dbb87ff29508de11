//! Names and prose for services that nobody runs.

use super::dice::{Dice, Zipf};
use crate::vocabulary::Need;

/// How many invented names there are for houses, halls and people.
const NAMES: usize = 60_000;

const BEGINNINGS: [&str; 40] = [
    "Ack", "Al", "Ash", "Bar", "Beck", "Bram", "Brin", "Cal", "Car", "Chad", "Cor", "Dal", "Den",
    "Dun", "El", "Fair", "Fen", "Gar", "Glen", "Had", "Hal", "Har", "Hol", "Ken", "Lang", "Lin",
    "Mar", "Mel", "Nor", "Oak", "Pem", "Quar", "Rad", "Row", "Sel", "Stan", "Thorn", "Ul", "Wes",
    "Yar",
];
const MIDDLES: [&str; 30] = [
    "a", "ber", "bur", "den", "der", "do", "er", "field", "ger", "hol", "i", "ing", "la", "ler",
    "lo", "ma", "mer", "mon", "na", "o", "per", "ri", "ro", "sel", "sha", "ter", "u", "ver", "wal",
    "wen",
];
const ENDS: [&str; 50] = [
    "bank", "beck", "bourne", "bridge", "brook", "bury", "by", "combe", "cote", "cross", "dale",
    "den", "don", "ey", "fell", "field", "ford", "gate", "grove", "ham", "head", "heath", "hill",
    "holme", "hurst", "ington", "keld", "land", "ley", "low", "mead", "mere", "moor", "more",
    "ness", "oak", "ridge", "rock", "shaw", "side", "stead", "stone", "thorpe", "ton", "tree",
    "wick", "well", "wood", "worth", "yard",
];
const FORMS: [&str; 24] = [
    "group",
    "club",
    "service",
    "project",
    "drop-in",
    "café",
    "course",
    "sessions",
    "support",
    "network",
    "helpline",
    "workshop",
    "scheme",
    "hub",
    "advice",
    "circle",
    "programme",
    "choir",
    "walks",
    "mornings",
    "evenings",
    "outreach",
    "befriending",
    "centre",
];
const ORGANISATIONS: [&str; 18] = [
    "Trust",
    "Association",
    "Community Group",
    "CIC",
    "Foundation",
    "Society",
    "Centre",
    "Partnership",
    "Project",
    "Friends",
    "Care Ltd",
    "Network",
    "Church",
    "Residents",
    "Mission",
    "Alliance",
    "Volunteers",
    "Charity",
];
const VENUES: [&str; 14] = [
    "Community Centre",
    "Village Hall",
    "Church Hall",
    "Library",
    "House",
    "Leisure Centre",
    "Resource Centre",
    "Health Centre",
    "Children's Centre",
    "Institute",
    "Methodist Church",
    "School",
    "Pavilion",
    "Rooms",
];
const STREETS: [&str; 10] =
    ["Street", "Road", "Lane", "Avenue", "Close", "Way", "Drive", "Place", "Row", "Hill"];
/// Sentences. `{need}` and `{said}` are of the need, `{town}` of the place, `{name}` invented.
const SENTENCES: [&str; 36] = [
    "We are a friendly group for people in {town}.",
    "{need} is what we know, and we have done it for years.",
    "You may have thought: {said}. So did most of us once.",
    "Come along to {name} House, have a cup of tea and see whether it is for you.",
    "The sessions are run by {name} and a team of trained volunteers.",
    "There is no waiting room and nobody will ask you to fill in a form.",
    "A worker meets you first, at home or wherever suits you, to talk about what matters.",
    "We work with families, carers and professionals across {town}.",
    "Our support is for as long as it is needed, usually about twelve weeks.",
    "Please ring before you come, because the room at {name} is sometimes booked.",
    "People tell us that they sleep better and see more of their friends.",
    "We can help with {said} and with the worry that comes with it.",
    "Everybody is welcome, whatever their age, health or background.",
    "Lunch is cooked on the premises and costs little.",
    "The {name} minibus can bring you if you cannot use the bus.",
    "We speak up for people when meetings and letters become too much.",
    "Advisers can look at benefits, debts and housing, and write letters with you.",
    "Activities change with the season: walking, crafts, music and gardening.",
    "A small garden behind the hall is looked after by members.",
    "Staff are trained in safeguarding and first aid.",
    "Groups are kept to eight so that quieter people are heard.",
    "You can bring a friend, a relative or a support worker.",
    "We offer one-to-one support, group work and home visits.",
    "Referrals come from GPs, social prescribing link workers, schools and the council.",
    "The programme was begun by parents in {town} after {name} School closed its club.",
    "Equipment, clothing and toys can be borrowed at no cost.",
    "Peer mentors who have been through it themselves are on hand.",
    "We follow up by telephone for three months after you leave.",
    "Free parking is at the back, and the {name} bus stops outside.",
    "Information about {need} is available in large print and other languages.",
    "Our counsellors belong to a professional body and are supervised.",
    "Exercise is gentle and can be done sitting down.",
    "Young people plan the evenings themselves with a youth worker.",
    "We run in school terms, with trips in the holidays.",
    "Training can lead to volunteering, work experience or a job.",
    "If we are not the right people we will find out who is.",
];

/// Words to choose from, the common ones far more often.
#[derive(Debug)]
pub struct Words {
    names: Vec<String>,
    by_rank: Zipf,
}

impl Words {
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed, u64::MAX);
        let names = (0..NAMES).map(|_| {
            let middle = if dice.percent(60) { dice.one(&MIDDLES) } else { "" };
            format!("{}{middle}{}", dice.one(&BEGINNINGS), dice.one(&ENDS))
        });
        Self { names: names.collect(), by_rank: Zipf::new(NAMES) }
    }

    /// An invented proper name.
    pub fn name(&self, dice: &mut Dice) -> &str {
        &self.names[self.by_rank.rank(dice)]
    }

    pub fn organisation(&self, dice: &mut Dice, town: &str, need: &Need) -> String {
        let what = dice.one(&ORGANISATIONS);
        match dice.below(4) {
            0 => format!("{town} {what}"),
            1 => format!("{} {what}", self.name(dice)),
            2 => format!("{town} {} {what}", need.label),
            _ => format!(
                "The {} {} {what}",
                self.name(dice),
                dice.one(&["Street", "Hill", "Park", "Valley", "Green"])
            ),
        }
    }

    pub fn service(&self, dice: &mut Dice, town: &str, need: &Need) -> String {
        let form = dice.one(&FORMS);
        match dice.below(5) {
            0 => format!("{} {form}", need.label),
            1 => format!("{town} {form}: {}", need.label.to_lowercase()),
            2 => format!("{} {} {form}", self.name(dice), need.label.to_lowercase()),
            3 => format!("{} {form}", self.name(dice)),
            _ => format!("{} {form}, {town}", need.label),
        }
    }

    pub fn summary(dice: &mut Dice, town: &str, need: &Need) -> String {
        let form = dice.one(&FORMS);
        format!("A {form} in {town} for {}.", said(dice, need))
    }

    pub fn description(&self, dice: &mut Dice, town: &str, need: &Need) -> String {
        let sentences = dice.between(3, 9);
        let mut text = String::new();
        for _ in 0..sentences {
            let sentence = dice.one(&SENTENCES);
            let sentence = sentence.replace("{town}", town).replace("{need}", &need.label);
            let sentence = sentence.replace("{said}", said(dice, need));
            text.push_str(&sentence.replace("{name}", self.name(dice)));
            text.push(' ');
        }
        text.truncate(text.trim_end().len());
        text
    }

    pub fn venue(&self, dice: &mut Dice) -> String {
        format!("{} {}", self.name(dice), dice.one(&VENUES))
    }

    pub fn street(&self, dice: &mut Dice) -> String {
        format!("{} {} {}", dice.between(1, 240), self.name(dice), dice.one(&STREETS))
    }
}

fn said<'a>(dice: &mut Dice, need: &'a Need) -> &'a str {
    let said: Vec<&str> = need.phrases.iter().chain(&need.referrer).map(String::as_str).collect();
    if said.is_empty() { &need.label } else { dice.one(&said) }
}
