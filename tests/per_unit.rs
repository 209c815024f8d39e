//! `--per-unit`: what is linked has the versions of the objects that it was linked from (SPEC section 9).
//!
//! A `[[pair]]` of a golden case has a run of what is linked, and those of its objects, `own`. All symbols have the same
//! versions in both, except for those in `different`, which is a table of reasons. An entry that is not needed fails.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::outcome::Exit;
use dwarfksyms_tests::repository;
use dwarfksyms_tests::tool::{Tool, exit_of};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;

#[derive(Deserialize)]
struct Pairs {
    #[serde(default, rename = "pair")]
    pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    linked: String,
    own: Vec<String>,
    #[serde(default)]
    different: BTreeMap<String, String>,
}

/// The versions of symbols, as they are printed.
type Versions = BTreeMap<String, String>;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for case in Case::all(&repository().join("corpus/golden")) {
        let text = fs::read_to_string(case.folder.join("case.toml")).expect("a case");
        let Pairs { pairs } = toml::from_str(&text).expect("pairs");
        for pair in pairs {
            let (name, folder) = (format!("{}::{}", case.name, pair.linked), case.folder.clone());
            let runs = case.runs.clone();
            trials.push(Trial::test(name, move || check(&folder, &runs, &pair)));
        }
    }
    assert!(!trials.is_empty(), "no case has pairs");
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(folder: &Path, runs: &[Run], pair: &Pair) -> Result<(), Failed> {
    let run = |name: &String| runs.iter().find(|run| run.name == *name).ok_or(format!("no run {name}"));
    let mut own = Versions::new();
    for name in &pair.own {
        own.extend(versions(&print(folder, run(name)?, &[])?)?);
    }
    let linked = run(&pair.linked)?;
    let printed = print(folder, linked, &["-j1"])?;
    let mut problems = Vec::new();
    for jobs in ["-j2", "-j3", "-j8"] {
        if print(folder, linked, &[jobs])? != printed {
            problems.push(format!("{jobs}: not the same as with one thread"));
        }
    }
    let got = versions(&printed)?;
    for (symbol, version) in &own {
        match (got.get(symbol) == Some(version), pair.different.contains_key(symbol)) {
            (false, false) => problems.push(format!("{symbol}: {:?} instead of {version}", got.get(symbol))),
            (true, true) => problems.push(format!("{symbol}: not different, contrary to the case")),
            _ => {}
        }
    }
    problems.extend(got.keys().filter(|symbol| !own.contains_key(*symbol)).cloned());
    // A companion object counts wherever it is named.
    let reversed = Run { objects: linked.objects.iter().rev().cloned().collect(), ..linked.clone() };
    if print(folder, &reversed, &[])? != printed {
        problems.push("the order of objects makes a difference".to_owned());
    }
    // Otherwise the pair would say nothing.
    let merged = Run { args: without(&linked.args, "--per-unit"), ..linked.clone() };
    if versions(&print(folder, &merged, &[])?)? == own {
        problems.push("all versions are the same without --per-unit".to_owned());
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn without(args: &[String], option: &str) -> Vec<String> {
    args.iter().filter(|arg| *arg != option).cloned().collect()
}

/// Standard output.
fn print(folder: &Path, run: &Run, options: &[&str]) -> Result<String, Failed> {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let options = options.iter().map(|&option| option.to_owned());
    let args: Vec<_> = run.args.iter().cloned().chain(options).chain(run.objects.iter().cloned()).collect();
    let output = tool.start(folder, &args, &run.syms);
    match exit_of(&output) {
        Exit::Ok => Ok(String::from_utf8(output.stdout)?),
        _ => Err(format!("{}: {}", run.name, String::from_utf8_lossy(&output.stderr)).into()),
    }
}

fn versions(printed: &str) -> Result<Versions, Failed> {
    let line = |line: &str| match *line.split(' ').collect::<Vec<_>>() {
        ["#SYMVER", symbol, version] => Ok((symbol.to_owned(), version.to_owned())),
        _ => Err(Failed::from(format!("not a version: {line}"))),
    };
    printed.lines().map(line).collect()
}
