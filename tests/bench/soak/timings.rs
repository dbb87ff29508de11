//! How long reading and writing took.

use hereabouts::domain::{CapacityId, ServiceId};

use crate::figures;

#[derive(Default)]
pub struct Reads {
    pub alone: Vec<f64>,
    pub beside: Vec<f64>,
}

impl Reads {
    pub fn add(&mut self, other: Self) {
        self.alone.extend(other.alone);
        self.beside.extend(other.beside);
    }

    pub fn report(&self) {
        println!("{:34} {:>9} {:>8} {:>8} {:>8} {:>8}", "ms", "count", "p50", "p95", "p99", "most");
        line("searches while nobody writes", &self.alone);
        line("searches while somebody writes", &self.beside);
    }
}

#[derive(Default)]
pub struct Writes {
    pub durable: Vec<f64>,
    pub visible: Vec<f64>,
    pub batches: Vec<f64>,
    pub stated: Vec<(ServiceId, CapacityId)>,
}

impl Writes {
    pub fn report(&self) {
        line("a statement, until it is durable", &self.durable);
        line("a statement, until it is shown", &self.visible);
        line("500 listings edited and shown", &self.batches);
    }
}

fn line(what: &str, times: &[f64]) {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    let count = times.len();
    let at = |share: f64| figures::at(&times, share);
    println!(
        "{what:34} {count:9} {:8.2} {:8.2} {:8.2} {:8.2}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
