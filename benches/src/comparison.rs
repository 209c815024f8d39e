//! Comparing two builds: the phases of the core, in one process with one thread, and a generated pair of builds.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dwarfksyms_core::{Error, Limits};
use dwarfksyms_symtypes::compare::Comparison;
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

use crate::process::Program;

/// The phases' names.
pub const NAMES: [&str; 5] = ["read", "lines", "catalog", "compare", "causes"];

/// How large a generated build is.
const FILES: usize = 128;
const TYPES: usize = 256;
const MEMBERS: usize = 16;

/// What comparing two builds takes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Phases {
    /// Files with types, of both builds.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Exports of the new build.
    pub exports: u64,
    /// Causes that were found.
    pub causes: u64,
    /// In the order of [`NAMES`].
    pub times: [Duration; NAMES.len()],
}

impl Phases {
    /// All phases.
    pub fn total(&self) -> Duration {
        self.times.iter().sum()
    }
}

/// Measures phases in a process of its own.
///
/// # Errors
/// The process fails.
pub fn measure(inside: &Program, rounds: usize, old: &Path, new: &Path) -> io::Result<Phases> {
    let paths = [old, new].map(|path| path.to_string_lossy().into_owned());
    let text = inside.output(&[&["comparison".to_owned(), rounds.to_string()], &paths[..]].concat())?;
    let mut numbers = text.split_whitespace().map_while(|word| word.parse::<u64>().ok());
    let mut next = || numbers.next().ok_or_else(|| io::Error::other(format!("too few numbers: {text}")));
    let (files, bytes, exports, causes) = (next()?, next()?, next()?, next()?);
    let mut times = [Duration::ZERO; NAMES.len()];
    for slot in &mut times {
        *slot = Duration::from_nanos(next()?);
    }
    Ok(Phases { files, bytes, exports, causes, times })
}

/// What the process does: counts and times, as numbers, of the round that took least.
///
/// # Errors
/// A file cannot be read or compared.
pub fn report(rounds: usize, old: &Path, new: &Path) -> io::Result<String> {
    let mut least: Option<Phases> = None;
    for _ in 0..rounds.max(1) {
        let phases = compare(old, new)?;
        if least.is_none_or(|least| phases.total() < least.total()) {
            least = Some(phases);
        }
    }
    let Phases { files, bytes, exports, causes, times } = least.unwrap_or_default();
    let counts = [files, bytes, exports, causes].map(|count| count.to_string());
    let times = times.map(|time| time.as_nanos().to_string());
    Ok(counts.into_iter().chain(times).collect::<Vec<_>>().join(" "))
}

fn compare(old: &Path, new: &Path) -> io::Result<Phases> {
    let mut since = Instant::now();
    let mut phases = Phases::default();
    let mut builds = Vec::new();
    for (side, path) in [(Side::Old, old), (Side::New, new)] {
        for path in symtypes(path)? {
            builds.push((side, fs::read(path)?));
        }
    }
    phases.files = builds.len() as u64;
    phases.bytes = builds.iter().map(|(_, text)| text.len() as u64).sum();
    phases.times[0] = since.elapsed();
    since = Instant::now();
    let mut lap = |phases: &mut Phases, phase: usize| {
        let now = Instant::now();
        phases.times[phase] = now.duration_since(std::mem::replace(&mut since, now));
    };
    let limits = Limits::for_input(phases.bytes);
    let run = |phases: &mut Phases, lap: &mut dyn FnMut(&mut Phases, usize)| -> Result<(), Error> {
        let lines = builds.iter().map(|(side, text)| Ok((*side, Lines::scan(text, &limits)?)));
        let lines = lines.collect::<Result<Vec<_>, Error>>()?;
        lap(phases, 1);
        let mut catalog = Catalog::new(&limits);
        for (side, lines) in &lines {
            catalog.add(*side, lines)?;
        }
        catalog.finish()?;
        phases.exports = catalog.exports(Side::New).len() as u64;
        lap(phases, 2);
        let comparison = Comparison::new(&catalog)?;
        let found = (0..comparison.pairs()).map(|pair| comparison.compare(pair));
        let found = found.collect::<Result<Vec<_>, Error>>()?;
        lap(phases, 3);
        let outcome = black_box(comparison.finish(found)?);
        phases.causes = outcome.causes.len() as u64;
        lap(phases, 4);
        Ok(())
    };
    run(&mut phases, &mut lap).map_err(io::Error::other)?;
    Ok(phases)
}

/// The symtypes files in a folder and below it, in order.
fn symtypes(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|last| last == "symtypes") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes two builds, `old` and `new`, into a folder. All files of a build have the same types, each of which leads to the
/// next, and some exports; a few types differ between the builds.
///
/// # Errors
/// They cannot be written.
pub fn generate(folder: &Path) -> io::Result<()> {
    for (name, is_new) in [("old", false), ("new", true)] {
        let types: String = (0..TYPES).map(|number| structure(number, is_new)).collect();
        for file in 0..FILES {
            let path = folder.join(name).join(format!("{file}.symtypes"));
            fs::create_dir_all(folder.join(name))?;
            let export = |number: usize| {
                let first = (file + number * FILES / 8) % TYPES;
                format!(
                    "export_{file}_{number} subprogram ( formal_parameter pointer_type {{ s#type_{first} }} byte_size(8) p ) -> base_type void\n"
                )
            };
            let exports: String = (0..8).map(export).collect();
            fs::write(path, exports + &types)?;
        }
    }
    Ok(())
}

fn structure(number: usize, is_new: bool) -> String {
    let next = number + 1;
    let mut members: Vec<String> = (0..MEMBERS)
        .map(|at| {
            format!("member base_type int byte_size(4) encoding(5) m{at} data_member_location({})", 4 * at)
        })
        .collect();
    if next < TYPES {
        members.push(format!(
            "member pointer_type {{ s#type_{next} }} byte_size(8) next data_member_location({})",
            4 * MEMBERS
        ));
    }
    if is_new && number % 32 == 7 {
        members.remove(3);
    }
    let size = 4 * MEMBERS + 8;
    format!("s#type_{number} structure_type type_{number} {{ {} }} byte_size({size})\n", members.join(" , "))
}
