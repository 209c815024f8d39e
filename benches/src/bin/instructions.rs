//! Counts the instructions of the released tool on a few objects, and compares them with what was recorded in
//! `benches/instructions.toml`; `--bless` records anew.
//!
//! Under valgrind the same program on the same input executes the same instructions, to the last one. Between
//! machines there would be differences of up to a fifth, as the C library chooses by the processor how it copies
//! and compares; it is made to do so in the plainest way ([`PLAIN`]). What is left is that the start of the process
//! depends on the C library's version. [`TOLERANCE`] is for that.
//!
//! Another toolchain makes other instructions of the same source. So if it is another than the recorded one, or
//! valgrind is absent, nothing is compared, and that is told.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use dwarfksyms_benches::generated;
use dwarfksyms_benches::report::Table;
use dwarfksyms_tests::repository;
use serde::{Deserialize, Serialize};

/// Objects of the corpus: C, C++ and Rust, from gcc and clang, many symbols, type units.
const CASES: [&str; 6] = [
    "comma-list/x.o",
    "cxx-classes/x.o",
    "inline-gcc/x3.o",
    "rust-traits/x.o",
    "symbol-order/x.o",
    "lto/fat.o",
];

/// The units of the generated object.
const UNITS: usize = 16;

/// What the environment says: that the processor has nothing new for glibc. Where it has `rep movsb` that is fast,
/// each byte would count as an instruction.
const PLAIN: (&str, &str) =
    ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-BMI2,-ERMS,-FSRM,-RTM");

/// By how many per cent there may be more.
const TOLERANCE: f64 = 1.0;

/// What is recorded.
#[derive(Deserialize, Serialize)]
struct Record {
    /// What `rustc --version` says.
    toolchain: String,
    /// The machine that the instructions are of.
    machine: String,
    /// Instructions, by input.
    counts: BTreeMap<String, u64>,
}

fn main() -> io::Result<ExitCode> {
    let is_blessed = std::env::args().any(|arg| arg == "--bless");
    let path = repository().join("benches/instructions.toml");
    let toolchain = toolchain()?;
    let Some(valgrind) = find("valgrind") else { return Ok(skipped("there is no valgrind")) };
    let recorded = match fs::read_to_string(&path) {
        Ok(text) => Some(toml::from_str::<Record>(&text).map_err(io::Error::other)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let machine = format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS);
    if !is_blessed {
        match &recorded {
            None => return Ok(skipped("nothing is recorded")),
            Some(recorded) if recorded.toolchain != toolchain => {
                return Ok(skipped(&format!(
                    "recorded with {}, but here is {toolchain}",
                    recorded.toolchain
                )));
            }
            Some(recorded) if recorded.machine != machine => {
                return Ok(skipped(&format!("recorded on {}, but this is {machine}", recorded.machine)));
            }
            Some(_) => {}
        }
    }
    let counts = count_all(&valgrind)?;
    let before = recorded.map(|recorded| recorded.counts).unwrap_or_default();
    let has_more = compare(&before, &counts);
    if is_blessed {
        let record = Record { toolchain, machine, counts };
        let text = toml::to_string(&record).map_err(io::Error::other)?;
        fs::write(&path, format!("{HEAD}\n{text}"))?;
        println!("recorded");
    } else if has_more {
        println!("more than {TOLERANCE} % more; if that is wanted: {BLESS}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

const HEAD: &str = "# Instructions of a run, all of them, from its start to its end (BENCHMARKING.md). Written by\n\
    #     cargo run --release --package dwarfksyms-benches --bin instructions -- --bless\n";

const BLESS: &str = "cargo run --release --package dwarfksyms-benches --bin instructions -- --bless";

fn skipped(why: &str) -> ExitCode {
    println!("instructions are not counted: {why}");
    ExitCode::SUCCESS
}

fn toolchain() -> io::Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output()?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The path of a program.
fn find(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// Prints a table; whether anything is too much.
fn compare(before: &BTreeMap<String, u64>, counts: &BTreeMap<String, u64>) -> bool {
    let mut has_more = false;
    let mut table = Table::new(&["input", "change", "instructions", "recorded"]);
    for (name, &count) in counts {
        let (change, recorded) = match before.get(name) {
            Some(&recorded) => {
                let change = 100.0 * (count as f64 / recorded as f64 - 1.0);
                has_more |= change > TOLERANCE;
                (format!("{change:+.3} %"), recorded.to_string())
            }
            None => ("new".to_owned(), String::new()),
        };
        table.row(&[name.clone(), change, count.to_string(), recorded]);
    }
    table.print();
    has_more
}

/// Counts the instructions of every input. The program and its inputs have the same names everywhere, in a folder
/// whose name is as long everywhere: on that depends where the stack begins, and so how well data is aligned.
fn count_all(valgrind: &Path) -> io::Result<BTreeMap<String, u64>> {
    let folder = tempfile::tempdir_in("/tmp")?;
    fs::copy(build()?, folder.path().join("tool"))?;
    let mut counts = BTreeMap::new();
    for case in CASES {
        let object = repository().join("corpus/golden").join(case);
        let list = object.with_file_name("syms");
        counts.insert(case.to_owned(), count(valgrind, folder.path(), &fs::read(object)?, &fs::read(list)?)?);
    }
    let (object, list) = generated::object(UNITS);
    let name = format!("generated, {UNITS} units");
    counts.insert(name, count(valgrind, folder.path(), &object, &list)?);
    Ok(counts)
}

/// Builds the tool as it is released, and says where it is: beside this program.
fn build() -> io::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let args = ["build", "--quiet", "--release", "--package", "gendwarfksyms", "--bin", "gendwarfksyms"];
    let status = Command::new(cargo).args(args).current_dir(repository()).status()?;
    match std::env::current_exe()?.parent() {
        Some(folder) if status.success() && folder.ends_with("release") => Ok(folder.join("gendwarfksyms")),
        _ => Err(io::Error::other("this is to be run with --release")),
    }
}

/// The instructions of one run.
fn count(valgrind: &Path, folder: &Path, object: &[u8], list: &[u8]) -> io::Result<u64> {
    fs::write(folder.join("x.o"), object)?;
    fs::write(folder.join("syms"), list)?;
    let output = Command::new(valgrind)
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .args(["./tool", "--no-sandbox", "--no-companions", "--jobs=1", "x.o"])
        .env_clear()
        .env(PLAIN.0, PLAIN.1)
        .current_dir(folder)
        .stdin(File::open(folder.join("syms"))?)
        .stdout(Stdio::null())
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let number = text.lines().find_map(|line| line.split_once("I refs:").or(line.split_once("I   refs:")));
    let number = number.map(|(_, number)| number.trim().replace(',', ""));
    match number.and_then(|number| number.parse().ok()) {
        Some(number) if output.status.success() => Ok(number),
        _ => Err(io::Error::other(text)),
    }
}
