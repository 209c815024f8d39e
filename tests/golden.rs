//! Every folder of `corpus/golden` is a test: the tool gives the expected results, byte for byte.
//!
//! `DWARFKSYMS_BLESS=1` writes the results of this build over the expected ones: look at the difference before
//! you commit it. An expected file that no run claims fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::outcome::{Exit, Kind, Outcome, first_difference};
use dwarfksyms_tests::tool::Tool;
use dwarfksyms_tests::{path_from_environment, repository};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let bless = path_from_environment("DWARFKSYMS_BLESS").is_some();
    let trials = Case::all(&repository().join("corpus/golden"))
        .into_iter()
        .map(|case| Trial::test(case.name.clone(), move || check(&case, bless)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(case: &Case, bless: bool) -> Result<(), Failed> {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let mut problems = Vec::new();
    let mut claimed = BTreeSet::new();
    for run in &case.runs {
        let outcome = tool.run(case, run);
        if outcome.exit.name() != run.exit {
            let (exit, messages) = (outcome.exit.name(), outcome.messages.trim());
            problems.push(format!("{}: {exit} instead of {}: {messages}", run.name, run.exit));
            continue;
        }
        for kind in expected_kinds(run) {
            let path = case.expected_path(run, kind);
            let got = outcome.get(kind).unwrap_or_default();
            if bless {
                fs::create_dir_all(case.folder.join("expected"))?;
                fs::write(&path, got)?;
            }
            match fs::read(&path) {
                Ok(expected) if expected == got => {}
                Ok(expected) => {
                    let how = first_difference(&expected, got);
                    problems.push(format!("{}.{}: {how}", run.name, kind.extension()));
                }
                Err(error) => problems.push(format!("{}: {error}", path.display())),
            }
            claimed.insert(path);
        }
        problems.extend(output_of_failure(run, &outcome));
    }
    problems.extend(stale(case, &claimed, bless)?);
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

/// The kinds of results that a run has.
fn expected_kinds(run: &Run) -> Vec<Kind> {
    match (run.exit.as_str(), run.symtypes_written) {
        ("ok", true) => Kind::ALL.to_vec(),
        ("ok", false) => vec![Kind::Symvers],
        _ => Vec::new(),
    }
}

/// A run that fails prints nothing and writes nothing, and says why in one line.
fn output_of_failure(run: &Run, outcome: &Outcome) -> Vec<String> {
    let mut problems = Vec::new();
    if !run.symtypes_written && outcome.get(Kind::Symtypes).is_some() {
        problems.push(format!("{}: a symtypes file was written", run.name));
    }
    if outcome.exit == Exit::Error {
        for kind in [Kind::Symvers, Kind::Symtypes] {
            if outcome.get(kind).is_some_and(|bytes| !bytes.is_empty()) {
                problems.push(format!("{}: {} in spite of the error", run.name, kind.extension()));
            }
        }
        let errors = outcome.messages.lines().filter(|line| line.starts_with("error: ")).count();
        if errors != 1 || outcome.messages.lines().any(|line| !is_message(line)) {
            problems.push(format!("{}: not one line of error: {}", run.name, outcome.messages));
        }
    }
    problems
}

fn is_message(line: &str) -> bool {
    line.starts_with("error: ") || line.starts_with("warning: ")
}

/// Expected files that no run claims.
fn stale(case: &Case, claimed: &BTreeSet<PathBuf>, bless: bool) -> Result<Vec<String>, Failed> {
    let mut problems = Vec::new();
    let Ok(entries) = fs::read_dir(case.folder.join("expected")) else { return Ok(problems) };
    for entry in entries {
        let path = entry?.path();
        if claimed.contains(&path) {
            continue;
        }
        if bless {
            fs::remove_file(path)?;
        } else {
            problems.push(format!("{}: no run expects this", path.display()));
        }
    }
    Ok(problems)
}
