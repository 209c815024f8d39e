//! The phases of the core, measured in one process with one thread, and the raw walk for comparison.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use dwarfksyms_core::{Description, Error, Exports, Limits, Object, Options, Plan, Versions};

use crate::process::Program;
use crate::walk::Sections;

/// The phases' names.
pub const NAMES: [&str; 5] = ["open", "scan", "plan", "describe", "versions"];

/// How long everything takes that is done to some objects, or to their first units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Phases {
    /// Objects.
    pub objects: u64,
    /// Units.
    pub units: u64,
    /// DIEs, each once.
    pub dies: u64,
    /// The raw walk.
    pub walk: Duration,
    /// In the order of [`NAMES`].
    pub times: [Duration; NAMES.len()],
}

impl Phases {
    /// All phases.
    pub fn total(&self) -> Duration {
        self.times.iter().sum()
    }

    /// Nanoseconds for each DIE.
    pub fn per_die(&self) -> f64 {
        self.total().as_secs_f64() * 1e9 / self.dies.max(1) as f64
    }

    fn add(&mut self, other: &Phases) {
        self.objects += other.objects;
        self.units += other.units;
        self.dies += other.dies;
        self.walk += other.walk;
        for (sum, time) in self.times.iter_mut().zip(other.times) {
            *sum += time;
        }
    }
}

/// Measures phases in a process of its own: of the first `units` units of each pair of an object and a symbol
/// list.
///
/// # Errors
/// The process fails.
pub fn measure(
    inside: &Program,
    rounds: usize,
    units: usize,
    files: &[(PathBuf, PathBuf)],
) -> io::Result<Phases> {
    let mut args = vec!["phases".to_owned(), rounds.to_string(), units.to_string()];
    for (object, list) in files {
        args.extend([object, list].map(|path| path.to_string_lossy().into_owned()));
    }
    let text = inside.output(&args)?;
    let mut numbers = text.split_whitespace().map_while(|word| word.parse::<u64>().ok());
    let mut next = || numbers.next().ok_or_else(|| io::Error::other(format!("not five numbers: {text}")));
    let (objects, units, dies) = (next()?, next()?, next()?);
    let mut time = || next().map(Duration::from_nanos);
    let walk = time()?;
    let mut times = [Duration::ZERO; NAMES.len()];
    for slot in &mut times {
        *slot = time()?;
    }
    Ok(Phases { objects, units, dies, walk, times })
}

/// What the process does: the sums, as numbers. What cannot be walked over or described without other files is
/// left out.
///
/// # Errors
/// A file cannot be read.
pub fn report(rounds: usize, units: usize, files: &[(PathBuf, PathBuf)]) -> io::Result<String> {
    let mut sums = Phases::default();
    for (object, list) in files {
        let (object, list) = (fs::read(object)?, fs::read(list)?);
        let Some(sections) = Sections::new(&object) else { continue };
        if let Some(phases) = least(rounds, units, &object, &list, &sections) {
            sums.add(&phases);
        }
    }
    let times = [sums.walk].into_iter().chain(sums.times).map(|time| time.as_nanos().to_string());
    let counts = [sums.objects, sums.units, sums.dies].map(|count| count.to_string());
    Ok(counts.into_iter().chain(times).collect::<Vec<_>>().join(" "))
}

/// Walks and describes in turn; of several rounds, the shortest walk and the shortest description.
fn least(rounds: usize, units: usize, object: &[u8], list: &[u8], sections: &Sections) -> Option<Phases> {
    let mut least: Option<Phases> = None;
    for _ in 0..rounds.max(1) {
        let begin = Instant::now();
        let dies = black_box(sections.walk(units)).ok()?;
        let walk = begin.elapsed();
        let (described, times) = describe(units, object, list).ok()?;
        let now = Phases { objects: 1, units: described, dies, walk, times };
        least = Some(match least {
            Some(before) => Phases {
                walk: before.walk.min(walk),
                ..if before.total() <= now.total() { before } else { now }
            },
            None => now,
        });
    }
    least
}

/// Describes an object's first units; their number, and the time of each phase.
fn describe(units: usize, object: &[u8], list: &[u8]) -> Result<(u64, [Duration; NAMES.len()]), Error> {
    let limits = Limits::for_input((object.len() + list.len()) as u64);
    let exports = Exports::parse(list, &limits)?;
    let mut versions = Versions::new(&exports, &limits)?;
    let mut times = [Duration::ZERO; NAMES.len()];
    let mut since = Instant::now();
    let mut lap = |phase: usize| {
        let now = Instant::now();
        times[phase] = now.duration_since(std::mem::replace(&mut since, now));
    };
    let object = Object::parse(object, Options::default(), &limits)?;
    lap(0);
    let scans = object.units().take(units).map(|unit| object.scan(unit, &exports));
    let scans = scans.collect::<Result<Vec<_>, _>>()?;
    let count = scans.len() as u64;
    lap(1);
    let plan = Plan::new(&object, &exports, &versions, scans)?;
    lap(2);
    let mut description = Description::new(&object, &plan);
    for batch in plan.batches() {
        object.describe(&plan, batch, &exports, &versions, &mut description)?;
    }
    description.finish(&object, &exports)?;
    lap(3);
    description.compute(&exports, &mut versions)?;
    lap(4);
    black_box(&versions);
    Ok((count, times))
}
