//! Every case of `corpus/hostile` ends in time, within bounds, with the right result or with one line of error.
//!
//! `DWARFKSYMS_BLESS=1` records the results of this build: look at the difference before you commit it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use dwarfksyms_host::trouble::DEFECT;
use dwarfksyms_tests::hostile::{Case, Ended, Expected, Topic};
use dwarfksyms_tests::{path_from_environment, repository};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let bless = path_from_environment("DWARFKSYMS_BLESS").is_some();
    let topics: Vec<_> = Topic::all(&repository().join("corpus/hostile")).into_iter().map(Arc::new).collect();
    assert!(!topics.is_empty(), "no cases");
    let results: Vec<_> = topics.iter().map(|_| Arc::new(Mutex::new(BTreeMap::new()))).collect();
    let mut trials = Vec::new();
    for (topic, results) in topics.iter().zip(&results) {
        let expected = Arc::new(topic.expected());
        trials.push(stale(topic, &expected, bless));
        for case in topic.cases.clone() {
            let (topic, expected, results) = (topic.clone(), expected.clone(), results.clone());
            let name = format!("{}::{}", topic.name, case.name);
            trials.push(Trial::test(name, move || {
                let (result, problems) = check(&topic, &case, expected.get(&case.name), bless);
                if let Ok(mut results) = results.lock() {
                    results.insert(case.name.clone(), result);
                }
                judge(&case, &problems)
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if bless {
        for (topic, results) in topics.iter().zip(&results) {
            let mut recorded = topic.expected();
            recorded.retain(|name, _| topic.cases.iter().any(|case| case.name == *name));
            recorded.append(&mut results.lock().expect("results"));
            topic.record(&recorded).expect("the results can be written");
        }
    }
    conclusion.exit_code()
}

/// Nothing is recorded of cases that are gone.
fn stale(topic: &Arc<Topic>, expected: &Arc<BTreeMap<String, Expected>>, bless: bool) -> Trial {
    let (topic, expected) = (topic.clone(), expected.clone());
    Trial::test(format!("{}::expected.toml", topic.name), move || {
        let is_known = |name: &String| topic.cases.iter().any(|case| case.name == *name);
        match expected.keys().find(|name| !is_known(name)) {
            Some(name) if !bless => Err(format!("there is no case {name}").into()),
            _ => Ok(()),
        }
    })
}

/// A case that is known to fail has to: once it does not, it is like all others.
fn judge(case: &Case, problems: &[String]) -> Result<(), Failed> {
    match (&case.pending, problems.is_empty()) {
        (None, true) | (Some(_), false) => Ok(()),
        (None, false) => Err(format!("{}\n{}", case.why, problems.join("\n")).into()),
        (Some(_), true) => Err("nothing is wrong any more: the case is not pending".into()),
    }
}

/// Runs a case; returns what is recorded of it, and what is wrong with it.
fn check(topic: &Topic, case: &Case, expected: Option<&Expected>, bless: bool) -> (Expected, Vec<String>) {
    let tool = match case.program {
        None => Path::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test")),
        Some(_) => Path::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test")),
    };
    let ended = topic.run(case, tool, &[]);
    let result = ended.expected();
    let mut problems = problems(case, &ended);
    if exit(case, &ended) != case.exit {
        problems.push(format!("{} instead of {}: {}", exit(case, &ended), case.exit, result.stderr));
    }
    if let Some(version) = case.version().filter(|_| case.exit == "ok")
        && ended.stdout != format!("#SYMVER f {version}\n").into_bytes()
    {
        problems.push(format!("{} instead of {version}", result.stdout.trim()));
    }
    if !bless && expected != Some(&result) {
        problems.push(format!("expected:\n{}\ngot:\n{result}", expected.cloned().unwrap_or_default()));
    }

    if case.program.is_some() {
        return (result, problems);
    }
    // What is dumped is not recorded, but has to end too.
    let dumps = ["--stable", "--dump-die-map", "--dump-types", "--dump-versions", "--limit", "work=30M"];
    let dumped = topic.run(case, tool, &dumps);
    match exit(case, &dumped) {
        "ok" => {}
        "different" if case.exit == "different" => {}
        // What has versions can be too long to be dumped, and is not refused for anything else.
        "error" if case.exit == "ok" && !is_about_dumps(&dumped.stderr) => {
            problems.push(format!("with dumps: {}", String::from_utf8_lossy(&dumped.stderr)));
        }
        "error" if dumped.stdout.is_empty() && dumped.symtypes.is_none() => {}
        other => problems.push(format!("with dumps: {other}")),
    }
    (result, problems)
}

/// Whether an error is about what a dump may cost, or about rules, which are read with `--stable` only.
fn is_about_dumps(stderr: &[u8]) -> bool {
    let text = String::from_utf8_lossy(stderr);
    ["--limit work=", "--limit text=", ".kabi_rules+"].iter().any(|part| text.contains(part))
}

fn exit(case: &Case, ended: &Ended) -> &'static str {
    let is_check = case.args.iter().flatten().any(|argument| argument == "--check");
    let is_other = case.program.is_some();
    match ended.status.map(|status| status.code()) {
        Some(Some(0)) => "ok",
        Some(Some(1)) if is_check || is_other => "different",
        Some(Some(2)) if is_check || is_other => "error",
        Some(Some(1)) if !is_check => "error",
        Some(_) => "a crash",
        None => "no end",
    }
}

/// What must not be, whatever the case.
fn problems(case: &Case, ended: &Ended) -> Vec<String> {
    let mut problems: Vec<String> = Vec::new();
    let stderr = match str::from_utf8(&ended.stderr) {
        Ok(text) => text,
        Err(_) => {
            problems.push("messages are not UTF-8".into());
            ""
        }
    };
    if stderr.chars().any(|char| char != '\n' && is_dangerous(char)) {
        problems.push("a message has control characters".into());
    }
    if stderr.contains(DEFECT) {
        problems.push(format!("a panic: {stderr}"));
    }
    if !ended.left.is_empty() {
        problems.push(format!("left behind: {:?}", ended.left));
    }
    if exit(case, ended) == "error" {
        let mut lines = stderr
            .lines()
            .filter(|line| !line.starts_with("warning: gendwarfksyms: ") && !line.starts_with("note: "));
        let is_error = lines.next().is_some_and(|line| line.starts_with("error: "));
        if !is_error || lines.next().is_some() {
            problems.push(format!("not one line of error: {stderr}"));
        }
        if !ended.stdout.is_empty() || ended.symtypes.is_some() {
            problems.push("output in spite of the error".into());
        }
    }
    problems
}

/// Whether a character could do harm on a terminal: a control character, or one that turns the direction of text.
fn is_dangerous(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
