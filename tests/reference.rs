//! The expected results of `corpus/golden` are those of the reference tool, but for corpus/exceptions.toml.
//!
//! Runs if `REFERENCE_GENDWARFKSYMS` names a build of the kernel's own tool. An exception that is no longer
//! needed fails.

use std::process::ExitCode;

use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::exceptions::Exceptions;
use dwarfksyms_tests::outcome::{Kind, first_difference};
use dwarfksyms_tests::tool::Tool;
use dwarfksyms_tests::{path_from_environment, repository};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    if let Some(path) = path_from_environment("REFERENCE_GENDWARFKSYMS") {
        let exceptions = Exceptions::read("corpus");
        let cases = Case::all(&repository().join("corpus/golden"));
        let names: Vec<_> = cases.iter().map(|case| case.name.as_str()).collect();
        let others: Vec<_> = exceptions.about_others(&names).into_iter().cloned().collect();
        trials.push(Trial::test("exceptions are about cases", move || {
            if others.is_empty() { Ok(()) } else { Err(format!("no such cases: {others:?}").into()) }
        }));
        for case in cases {
            let (tool, exceptions) = (Tool::new(&path), exceptions.of(&case.name));
            trials.push(Trial::test(case.name.clone(), move || check(&tool, &case, &exceptions)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(tool: &Tool, case: &Case, exceptions: &Exceptions) -> Result<(), Failed> {
    for run in &case.runs {
        exceptions.check(&run.name, &differing(tool, case, run))?;
    }
    Ok(())
}

/// In what the reference's results differ from the expected ones.
fn differing(tool: &Tool, case: &Case, run: &Run) -> Vec<(String, String)> {
    let outcome = tool.run(case, run);
    if outcome.exit.name() != run.exit {
        return vec![("exit".into(), format!("{} instead of {}", outcome.exit.name(), run.exit))];
    }
    let mut differing = Vec::new();
    for kind in Kind::ALL {
        let Some(expected) = case.expected(run, kind).into_iter().next() else { continue };
        let got = outcome.get(kind).unwrap_or_default();
        if expected != got && !run.unstable.iter().any(|unstable| unstable == kind.extension()) {
            differing.push((kind.extension().into(), first_difference(&expected, got)));
        }
    }
    differing
}
