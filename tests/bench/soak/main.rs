//! Reading and writing for as long as is asked: `cargo bench --bench soak -- [--minutes M]
//! [--services N] [--changes-an-hour N] [--state DIR]`.
//!
//! Two readers ask questions all the time. For the first quarter nobody writes; from then on
//! somebody states capacity, a batch of 500 listings is edited now and then as an import would, and
//! the index follows. Prints how fast answers came without and with that, how long a statement took
//! until it was durable and until a search showed it, and how memory went. Ends with an error when
//! memory grew by more than a tenth and 32 MB between the second quarter and the last, when an answer
//! failed, or when a statement that was acknowledged is not in the store and the index afterwards.
//!
//! `--state` is a state that `hereabouts generate` filled, which is changed; without it the
//! demonstration is written again until there are N services (5,000), in a folder that goes.

#[path = "../copies.rs"]
mod copies;
#[path = "../figures.rs"]
mod figures;
mod timings;
mod world;
mod writing;

use std::{
    error::Error,
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use figures::resident;
use timings::Reads;
use world::Soak;

/// Memory may differ by so much whatever is done.
const SLACK: u64 = 32_000_000;

type Fault = Box<dyn Error + Send + Sync>;

struct Asked {
    minutes: f64,
    services: usize,
    changes_an_hour: f64,
    state: Option<PathBuf>,
}

fn main() -> Result<(), Fault> {
    let asked = asked()?;
    let folder = tempfile::tempdir()?;
    let state = asked.state.clone().unwrap_or_else(|| folder.path().to_owned());
    let soak = Soak::over(&state, &asked)?;
    println!(
        "{} services, {} minutes, {} changes an hour",
        soak.ids.len(),
        asked.minutes,
        asked.changes_an_hour
    );
    let whole = Duration::from_secs_f64(asked.minutes * 60.0);
    let (stop, writing) = (AtomicBool::new(false), AtomicBool::new(false));
    let failed = AtomicUsize::new(0);
    let outcome = thread::scope(|scope| -> Result<_, Fault> {
        let readers: Vec<_> = (0..2)
            .map(|number| {
                let (soak, stop, writing, failed) = (&soak, &stop, &writing, &failed);
                scope.spawn(move || soak.read(number, stop, writing, failed))
            })
            .collect();
        let mut memory = vec![];
        pause(whole / 4, &mut memory);
        writing.store(true, Ordering::Release);
        let writer = {
            let (soak, stop, asked) = (&soak, &stop, &asked);
            scope.spawn(move || soak.write(asked.changes_an_hour, stop))
        };
        pause(whole * 3 / 4, &mut memory);
        stop.store(true, Ordering::Release);
        let mut reads = Reads::default();
        for reader in readers {
            reads.add(reader.join().map_err(|_| "a reader panicked")?);
        }
        Ok((reads, writer.join().map_err(|_| "the writer panicked")??, memory))
    });
    let (reads, writes, memory) = outcome?;
    reads.report();
    writes.report();
    let verdict = remembered(&memory);
    let failed = failed.load(Ordering::Acquire);
    if failed > 0 {
        return Err(format!("{failed} answers failed").into());
    }
    soak.nothing_is_lost(&state, &writes)?;
    verdict
}

fn asked() -> Result<Asked, Fault> {
    let flag = |name: &str| {
        let mut args = std::env::args().skip_while(|arg| arg != name);
        args.nth(1)
    };
    let number =
        |name: &str, otherwise: f64| flag(name).map_or(Ok(otherwise), |text| text.parse::<f64>());
    Ok(Asked {
        minutes: number("--minutes", 0.5)?,
        services: flag("--services").map_or(Ok(5_000), |text| text.parse())?,
        changes_an_hour: number("--changes-an-hour", 18_000.0)?,
        state: flag("--state").map(PathBuf::from),
    })
}

/// Waits, and looks at memory ten times in all while it does.
fn pause(span: Duration, memory: &mut Vec<u64>) {
    for _ in 0..10 {
        thread::sleep(span / 10);
        memory.push(resident());
    }
}

/// The first ten are of the first quarter, in which nobody wrote.
fn remembered(memory: &[u64]) -> Result<(), Fault> {
    let middle = |part: &[u64]| {
        let mut part = part.to_vec();
        part.sort_unstable();
        part.get(part.len() / 2).copied().unwrap_or_default()
    };
    let (reading, early, late) =
        (middle(&memory[..10]), middle(&memory[10..14]), middle(&memory[16..]));
    let mb = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "memory: {:.0} MB while reading alone, {:.0} MB early and {:.0} MB late while writing",
        mb(reading),
        mb(early),
        mb(late)
    );
    if late > early + early / 10 && late > early + SLACK {
        return Err(format!("memory grew from {:.0} to {:.0} MB", mb(early), mb(late)).into());
    }
    Ok(())
}
