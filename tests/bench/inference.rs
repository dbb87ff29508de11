//! Needs inferred from a charity's own words, against the tags that people gave it by hand:
//! `cargo bench --bench inference`, with `-- --explain NEED` for the mistakes of half a.
//!
//! The charities are those of `directories/ukcat_charities.jsonl.gz` that were tagged for the
//! UK-CAT sample. They are no part of the project; they are read from `../shared/data` or the
//! folder that `RELEVANCE_DATA` names. A tag counts where a need names its code as `ukcat`.
//!
//! What counts is what a person who searches would see, and a search for a need also finds the
//! services of every narrower one. So:
//!
//! - A tag is *found* when its need is inferred, or a narrower one. Recall is the share of tags
//!   found.
//! - An inferred need is *right* when it is the need of a tag, or a broader one. One that is
//!   narrower than a tag is not judged, as the tag leaves open which: singing, where the tag is
//!   music. Any other is wrong. Precision is the share that is right of those judged.
//! - An inferred need for which there is no tag counts as the nearest broader one that has one,
//!   once for each charity: anxiety as mental health. Without such a need it is not judged.
//!
//! The halves go by the charity's number. Wording is written from the mistakes of half a only; b
//! says whether it holds. Each is measured on the name with the activities, which is what a service
//! is imported with, and again with the objects of its governing document besides.

#![expect(clippy::print_stdout, reason = "what it measures is for whoever runs it")]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    error::Error,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use hereabouts::{
    domain::NeedId,
    vocabulary::{Inferred, Scheme, Sources, Vocabulary},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// The charities whose tags were given by hand.
const TAGGED: &str = "ukcat-sample";
/// How many of the worst needs are listed.
const WORST: usize = 15;

/// A line of the file.
#[derive(Deserialize)]
struct Charity {
    id: String,
    name: String,
    activities: String,
    objects: String,
    ukcat: Vec<String>,
    src: String,
}

impl Charity {
    fn half(&self) -> char {
        let is_even = Sha256::digest(&self.id)[0].is_multiple_of(2);
        if is_even { 'a' } else { 'b' }
    }

    fn texts(&self, reading: Reading) -> Vec<(&str, &str)> {
        let mut texts = vec![("name", self.name.as_str()), ("description", &self.activities)];
        if reading == Reading::WithObjects {
            texts.push(("objects", &self.objects));
        }
        texts
    }
}

/// Which of a charity's texts are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    AsImported,
    WithObjects,
}

impl Reading {
    fn says(self) -> &'static str {
        match self {
            Self::AsImported => "name and activities",
            Self::WithObjects => "name, activities and objects",
        }
    }
}

/// Tags found and missed, inferred needs right and wrong.
#[derive(Clone, Copy, Default)]
struct Score {
    found: u32,
    missed: u32,
    right: u32,
    wrong: u32,
}

impl Score {
    fn recall(self) -> f64 {
        share(self.found, self.missed)
    }

    fn precision(self) -> f64 {
        share(self.right, self.wrong)
    }

    fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::EPSILON)
    }

    fn plus(self, other: Self) -> Self {
        Self {
            found: self.found + other.found,
            missed: self.missed + other.missed,
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
        }
    }
}

fn share(part: u32, rest: u32) -> f64 {
    f64::from(part) / f64::from((part + rest).max(1))
}

/// What one charity was tagged with, and what was inferred.
struct Judged {
    tagged: BTreeSet<NeedId>,
    inferred: Vec<Inferred>,
}

/// What the tags say of an inferred need.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Right,
    Wrong,
    Open,
}

struct Judge {
    vocabulary: Vocabulary,
    /// The needs that a tag stands for.
    coded: BTreeSet<NeedId>,
}

impl Judge {
    fn new(vocabulary: Vocabulary, charities: &[Charity]) -> Self {
        let codes = charities.iter().flat_map(|charity| &charity.ukcat);
        let needs = codes.flat_map(|code| vocabulary.crosswalk(Scheme::UkCat, code));
        Self { coded: needs.cloned().collect(), vocabulary }
    }

    fn judged(&self, charity: &Charity, reading: Reading) -> Judged {
        let needs = |code: &String| self.vocabulary.crosswalk(Scheme::UkCat, code);
        let tagged = charity.ukcat.iter().flat_map(needs).cloned().collect();
        Judged { tagged, inferred: self.vocabulary.infer(&charity.texts(reading)) }
    }

    /// The need itself where a tag stands for it, else the nearest broader ones.
    fn counts_as(&self, need: &NeedId) -> Vec<NeedId> {
        if self.coded.contains(need) {
            return vec![need.clone()];
        }
        let above = self.vocabulary.need(need.as_str()).map_or(&[][..], |need| &need.broader);
        above.iter().flat_map(|need| self.counts_as(need)).collect()
    }

    fn is_found(&self, judged: &Judged, tag: &NeedId) -> bool {
        let is_it = |need: &NeedId| need == tag || self.vocabulary.narrower(tag).contains(need);
        judged.inferred.iter().any(|found| is_it(&found.need))
    }

    fn verdict(&self, judged: &Judged, need: &NeedId) -> Verdict {
        let tagged = |needs: &[NeedId]| needs.iter().any(|need| judged.tagged.contains(need));
        if judged.tagged.contains(need) || tagged(self.vocabulary.narrower(need)) {
            Verdict::Right
        } else if tagged(self.vocabulary.broader(need)) {
            Verdict::Open
        } else {
            Verdict::Wrong
        }
    }

    /// What was inferred, as needs that have a tag. One that counts as either of two counts as
    /// the one that is right.
    fn verdicts<'j>(&self, judged: &'j Judged) -> BTreeMap<NeedId, (Verdict, &'j Inferred)> {
        let mut verdicts = BTreeMap::new();
        for inferred in &judged.inferred {
            let needs = self.counts_as(&inferred.need).into_iter();
            let mut either: Vec<(NeedId, Verdict)> =
                needs.map(|need| (need.clone(), self.verdict(judged, &need))).collect();
            either.sort_by_key(|(_, verdict)| *verdict == Verdict::Wrong);
            if let Some((need, verdict)) = either.into_iter().next() {
                verdicts.entry(need).or_insert((verdict, inferred));
            }
        }
        verdicts
    }

    /// The score of each need over these charities.
    fn scores(&self, charities: &[&Charity], reading: Reading) -> BTreeMap<NeedId, Score> {
        let mut scores: BTreeMap<NeedId, Score> = BTreeMap::new();
        for charity in charities {
            let judged = self.judged(charity, reading);
            for tag in &judged.tagged {
                let score = scores.entry(tag.clone()).or_default();
                let is_found = self.is_found(&judged, tag);
                *(if is_found { &mut score.found } else { &mut score.missed }) += 1;
            }
            for (need, (verdict, _)) in self.verdicts(&judged) {
                let score = scores.entry(need).or_default();
                score.right += u32::from(verdict == Verdict::Right);
                score.wrong += u32::from(verdict == Verdict::Wrong);
            }
        }
        scores
    }

    /// Prints the mistakes made about one need.
    fn explain(&self, charities: &[&Charity], need: &NeedId) {
        for charity in charities {
            let judged = self.judged(charity, Reading::WithObjects);
            let is_missed = judged.tagged.contains(need) && !self.is_found(&judged, need);
            let what = match self.verdicts(&judged).get(need) {
                Some((Verdict::Wrong, found)) => {
                    format!("wrong by {:?} in {}", found.evidence, found.field)
                }
                _ if is_missed => "missed".to_owned(),
                _ => continue,
            };
            let Charity { name, activities, objects, ukcat, .. } = charity;
            println!("{what}: {name} {ukcat:?}\n  {activities}\n  {objects}");
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(charities) = charities()? else {
        println!("inference: SKIPPED, as the tagged charities are not there; see RELEVANCE_DATA");
        return Ok(());
    };
    let judge = Judge::new(vocabulary()?, &charities);
    let half = |half| charities.iter().filter(move |charity| charity.half() == half).collect();
    let halves: [(char, Vec<&Charity>); 2] = [('a', half('a')), ('b', half('b'))];
    if let Some(need) = env::args().skip_while(|arg| arg != "--explain").nth(1) {
        judge.explain(&halves[0].1, &NeedId::from(need.as_str()));
        return Ok(());
    }
    for reading in [Reading::AsImported, Reading::WithObjects] {
        for (half, charities) in &halves {
            let scores = judge.scores(charities, reading);
            let total = scores.values().copied().fold(Score::default(), Score::plus);
            println!(
                "half {half}, {} charities, {}: precision {:.3}, recall {:.3}, F1 {:.3}",
                charities.len(),
                reading.says(),
                total.precision(),
                total.recall(),
                total.f1()
            );
            worst("inferred wrongly", &scores, |score| score.wrong);
            worst("missed", &scores, |score| score.missed);
        }
    }
    Ok(())
}

fn worst(title: &str, scores: &BTreeMap<NeedId, Score>, by: fn(&Score) -> u32) {
    let mut worst: Vec<(&NeedId, &Score)> = scores.iter().collect();
    worst.sort_by_key(|(_, score)| std::cmp::Reverse(by(score)));
    println!("  {title:22} wrong right  missed found  precision recall");
    for (need, score) in worst.iter().take(WORST) {
        let Score { found, missed, right, wrong } = score;
        let (precision, recall) = (score.precision(), score.recall());
        println!(
            "    {:20} {wrong:5} {right:5}   {missed:5} {found:5}      {precision:.2}   {recall:.2}",
            need.as_str()
        );
    }
}

/// The vocabulary as it stands in the folder, so that new wording can be measured at once.
fn vocabulary() -> Result<Vocabulary, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/vocabulary");
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let sources = Sources {
        needs: &read("needs.toml")?,
        urgent: &read("urgent.toml")?,
        circumstances: &read("circumstances.toml")?,
        facts: &read("facts.toml")?,
        filler: &read("filler.toml")?,
        variants: &read("variants.toml")?,
    };
    Vocabulary::parse(sources).map_err(|faults| format!("{faults:#?}").into())
}

/// The charities tagged by hand, where their file is.
fn charities() -> Result<Option<Vec<Charity>>, Box<dyn Error>> {
    let path = data().join("directories/ukcat_charities.jsonl.gz");
    if !path.exists() {
        return Ok(None);
    }
    let lines = BufReader::new(GzDecoder::new(File::open(path)?)).lines();
    let mut charities = Vec::new();
    for line in lines {
        let charity: Charity = serde_json::from_str(&line?)?;
        if charity.src == TAGGED {
            charities.push(charity);
        }
    }
    Ok(Some(charities))
}

#[expect(clippy::disallowed_methods, reason = "as the relevance questions are told of the folder")]
fn data() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    env::var("RELEVANCE_DATA").map_or_else(|_| beside(), PathBuf::from)
}
