//! The engine over a whole state, by class of question: `cargo bench --bench scale -- --state DIR
//! --work FILE [--json OUT]`. The state is one that `hereabouts generate` filled; the work is
//! what `tests/bench/peers/work.py` made of the same services, a question a line. Without an
//! index in the state it is built first, and that is timed.

mod figures;

use std::{
    collections::BTreeMap,
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use hereabouts::{
    domain::Point,
    geo::Gazetteer,
    search::{Keeper, Question, Search, Settings},
    store::{Reading, Store},
    vocabulary::Vocabulary,
};
use hereabouts_index::{
    Facet, Filter, Group, Kin, Page, Person, Query, Ranking, Shape, Sort, Text, Wanted, Where,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The day on which the services were made.
const NOW: &str = "2026-11-22T12:00:00Z";
/// Corners of the polygon that stands for a circle.
const CORNERS: usize = 96;

/// A line of the work.
#[derive(Deserialize)]
struct Ask {
    class: String,
    #[serde(default)]
    words: Vec<String>,
    right: Option<String>,
    #[serde(default)]
    lat: f64,
    #[serde(default)]
    lon: f64,
    #[serde(default)]
    radius_m: f64,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    filters: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    facets: Vec<String>,
    #[serde(default)]
    polygon: Vec<[f64; 2]>,
    #[serde(default)]
    limit: usize,
}

#[derive(Default, Serialize)]
struct Measured {
    p50: f64,
    p95: f64,
    p99: f64,
    mean_hits: f64,
    right: Option<f64>,
    n: usize,
    /// Of two clients, for "mixed".
    per_second: Option<f64>,
}

#[derive(Default, Serialize)]
struct Report {
    services: u64,
    build_seconds: Option<f64>,
    open_seconds: f64,
    disk_bytes: u64,
    rss_bytes: u64,
    classes: BTreeMap<String, Measured>,
}

struct Bench {
    keeper: Arc<Keeper>,
    search: Search,
    gazetteer: Arc<Gazetteer>,
    now: Timestamp,
}

fn main() -> Result<(), Box<dyn Error>> {
    let flag = |name: &str| {
        let mut args = std::env::args().skip_while(|arg| arg != name);
        args.nth(1)
    };
    let (Some(state), Some(work)) = (flag("--state"), flag("--work")) else {
        println!("scale: no --state and --work given, so there is nothing to measure");
        return Ok(());
    };
    let asks = read(Path::new(&work))?;
    let mut report = Report::default();
    let bench = open(&PathBuf::from(state), &mut report)?;
    println!(
        "{} services; opened in {:.2} s; {:.0} MB on disk",
        report.services,
        report.open_seconds,
        report.disk_bytes as f64 / 1e6
    );
    println!(
        "{:28} {:>8} {:>8} {:>8} {:>10} {:>6}",
        "ms", "p50", "p95", "p99", "mean hits", "right"
    );
    let only = flag("--class");
    let mut by_class: BTreeMap<&str, Vec<&Ask>> = BTreeMap::new();
    for ask in asks.iter().filter(|ask| only.as_ref().is_none_or(|only| *only == ask.class)) {
        by_class.entry(&ask.class).or_default().push(ask);
    }
    for (class, asks) in &by_class {
        let measured = bench.class(class, asks);
        let right = measured.right.map(|share| format!("{:.0}%", share * 100.0));
        println!(
            "{class:28} {:8.3} {:8.3} {:8.3} {:10.0} {:>6}",
            measured.p50,
            measured.p95,
            measured.p99,
            measured.mean_hits,
            right.unwrap_or_default()
        );
        report.classes.insert((*class).to_owned(), measured);
    }
    let mixed = bench.mixed(&asks);
    let both = Measured { per_second: Some(mixed), ..Measured::default() };
    report.classes.insert("mixed".to_owned(), both);
    report.rss_bytes = figures::resident();
    println!(
        "mixed, two clients: {:.0} a second; resident {:.0} MB",
        mixed,
        report.rss_bytes as f64 / 1e6
    );
    if let Some(out) = flag("--json") {
        fs::write(out, serde_json::to_vec_pretty(&report)?)?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Ask>, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    Ok(text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn open(state: &Path, report: &mut Report) -> Result<Bench, Box<dyn Error>> {
    let now: Timestamp = NOW.parse()?;
    let store = Store::open(state, now)?;
    let (gazetteer, fault) = Gazetteer::open(&state.join("geo"));
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    let gazetteer = Arc::new(gazetteer);
    let vocabulary = Vocabulary::shipped();
    let index = state.join("index");
    let began = Instant::now();
    if !index.exists() {
        Keeper::open(&index, &store, gazetteer.clone(), vocabulary, &mut |_, _| {})?;
        report.build_seconds = Some(began.elapsed().as_secs_f64());
        println!(
            "built in {:.1} s; resident {:.0} MB",
            began.elapsed().as_secs_f64(),
            figures::resident() as f64 / 1e6
        );
    }
    let began = Instant::now();
    let (keeper, _) = Keeper::open(&index, &store, gazetteer.clone(), vocabulary, &mut |_, _| {})?;
    report.open_seconds = began.elapsed().as_secs_f64();
    report.disk_bytes = keeper.bytes_on_disk()?;
    report.services = store.counts()?.services;
    let keeper = Arc::new(keeper);
    let search =
        Search::new(store, gazetteer.clone(), vocabulary, Settings::default(), keeper.clone());
    Ok(Bench { keeper, search, gazetteer, now })
}

impl Bench {
    /// Each question twice; the second time counts.
    fn class(&self, class: &str, asks: &[&Ask]) -> Measured {
        let mut times = Vec::new();
        let (mut hits, mut right) = (0, 0);
        for ask in asks {
            self.ask(ask);
            let began = Instant::now();
            let (found, is_right) = self.ask(ask);
            times.push(began.elapsed().as_secs_f64() * 1e3);
            hits += found;
            right += usize::from(is_right);
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| figures::at(&times, share);
        let count = asks.len().max(1) as f64;
        Measured {
            p50: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            mean_hits: hits as f64 / count,
            right: (class == "misspelt").then_some(right as f64 / count),
            n: asks.len(),
            per_second: None,
        }
    }

    /// How many were found, and whether the right one is on the first page.
    fn ask(&self, ask: &Ask) -> (usize, bool) {
        match ask.class.as_str() {
            "suggest" => {
                let prefix = ask.words.join(" ");
                (self.keeper.names(&prefix, 8).map_or(0, |names| names.len()), false)
            }
            "misspelt" => self.misspelt(ask),
            _ => (self.keeper.search(&self.query(ask)).map_or(0, |answer| answer.total), false),
        }
    }

    /// As a person types it, with the correction and the vocabulary of a whole search.
    fn misspelt(&self, ask: &Ask) -> (usize, bool) {
        let pairs =
            [("q".to_owned(), ask.words.join(" ")), ("words".to_owned(), "only".to_owned())];
        let (question, faults) = Question::read(&pairs);
        let Ok(findings) = self.search.ask(&question, faults, self.now) else { return (0, false) };
        let right = findings
            .results
            .iter()
            .any(|found| Some(found.record.service.id.to_string()) == ask.right);
        (findings.total, right)
    }

    fn query(&self, ask: &Ask) -> Query {
        let now = self.now.as_second();
        let words = ask
            .words
            .iter()
            .map(|word| Group { text: vec![Text::Words(vec![word.clone()])], ..Group::default() });
        let needs =
            Group { needs: ask.needs.iter().flat_map(wanted).collect(), ..Group::default() };
        let groups: Vec<Group> = words.chain((!ask.needs.is_empty()).then_some(needs)).collect();
        Query {
            at_least: groups.len(),
            groups,
            needs_lead: false,
            called: Vec::new(),
            without: Vec::new(),
            place: self.place(ask),
            filters: ask
                .filters
                .iter()
                .filter_map(|(name, any_of)| {
                    Some(Filter { facet: facet(name)?, any_of: any_of.clone() })
                })
                .collect(),
            must: Vec::new(),
            only_since: None,
            person: person(ask),
            now,
            confirmed_since: (now - 365 * 86_400).div_euclid(86_400) * 86_400,
            ranking: Ranking::default(),
            sort: if ask.class == "nearest-20" { Sort::Distance } else { Sort::Best },
            page: Page { offset: 0, limit: ask.limit.max(1) },
            facets: ask.facets.iter().filter_map(|name| facet(name)).collect(),
        }
    }

    fn place(&self, ask: &Ask) -> Where {
        let centre = Point { lat: ask.lat, lon: ask.lon };
        let point = hereabouts_index::Point { lat: ask.lat, lon: ask.lon };
        match ask.class.as_str() {
            "words" => Where::Anywhere,
            "whole" | "nearest-20" => {
                let codes = self.gazetteer.codes_at(centre).into_iter().map(|code| code.0);
                let reach_metres =
                    if ask.class == "whole" { ask.radius_m.max(16_093.0) } else { 16_093.0 };
                Where::Person {
                    codes: codes.collect(),
                    point,
                    reach_metres,
                    within_metres: None,
                    elsewhere: false,
                }
            }
            _ => {
                let ring = if ask.polygon.is_empty() { circle(ask) } else { ask.polygon.clone() };
                Where::Area {
                    codes: Vec::new(),
                    whole: Vec::new(),
                    venue_codes: Vec::new(),
                    shape: Some(Shape { polygons: vec![vec![ring]] }),
                    centre: Some(point),
                }
            }
        }
    }

    /// Two clients that each ask the next question when the last is answered, for five seconds.
    fn mixed(&self, asks: &[Ask]) -> f64 {
        let asks: Vec<&Ask> = asks.iter().filter(|ask| ask.class != "whole").collect();
        if asks.is_empty() {
            return 0.0;
        }
        let began = Instant::now();
        let span = Duration::from_secs(5);
        let client = |from: usize| {
            let mut done = 0;
            while began.elapsed() < span {
                self.ask(asks[(from + done) % asks.len()]);
                done += 1;
            }
            done
        };
        let done: usize = std::thread::scope(|scope| {
            let other = scope.spawn(|| client(asks.len() / 2));
            client(0) + other.join().unwrap_or(0)
        });
        done as f64 / began.elapsed().as_secs_f64()
    }
}

/// A need with those below it, as a search asks for it.
fn wanted(need: &String) -> Vec<Wanted> {
    let narrower = Vocabulary::shipped().narrower(&need.as_str().into());
    let below = narrower.iter().map(|need| Wanted { need: need.to_string(), kin: Kin::Narrower });
    std::iter::once(Wanted { need: need.clone(), kin: Kin::Same }).chain(below).collect()
}

/// What the person is, for the questions that ask everything.
fn person(ask: &Ask) -> Person {
    if ask.class != "whole" {
        return Person::default();
    }
    Person { age: Some(70), circumstances: vec!["carer".to_owned()], ..Person::default() }
}

fn circle(ask: &Ask) -> Vec<[f64; 2]> {
    let per_degree = 111_195.0;
    let (lat, lon) =
        (ask.radius_m / per_degree, ask.radius_m / per_degree / ask.lat.to_radians().cos());
    // A polygon about a circle of the same area, and not one within it.
    let wider = 1.0 / (std::f64::consts::PI / CORNERS as f64).cos().sqrt();
    let corner = |at: usize| {
        let angle = std::f64::consts::TAU * (at % CORNERS) as f64 / CORNERS as f64;
        [ask.lon + wider * lon * angle.cos(), ask.lat + wider * lat * angle.sin()]
    };
    (0..=CORNERS).map(corner).collect()
}

fn facet(name: &str) -> Option<Facet> {
    Some(match name {
        "need" => Facet::Need,
        "cost" => Facet::Cost,
        "delivery" => Facet::Delivery,
        "access" => Facet::Access,
        "language" => Facet::Language,
        "sector" => Facet::Sector,
        _ => return None,
    })
}
