//! `--timing`: a table of phases and amounts on standard error, whatever the run was like; nothing else changes.

use std::process::Output;

use dwarfksyms_tests::repository;
use dwarfksyms_tests::tool::Tool;

const PHASES: [&str; 10] =
    ["start", "read", "unpack", "open", "scan", "plan", "describe", "versions", "output", "total"];

const AMOUNTS: [&str; 10] = [
    "objects",
    "input",
    "unpacked",
    "debug info",
    "units",
    "DIEs read",
    "symbols",
    "types",
    "threads",
    "peak memory",
];

fn run(args: &[&str]) -> Output {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
    tool.start(&repository().join("corpus/golden/comma-list"), &args, "syms")
}

/// The rows below a head line: names, and what is right of them.
fn rows(part: &str, head: [&str; 2]) -> Vec<(String, String)> {
    let (first, rest) = part.split_once('\n').expect("lines");
    let words: Vec<_> = first.split_whitespace().collect();
    assert!(words.starts_with(&head), "{first}");
    let row = |line: &str| {
        let (name, value) = line.split_at(12);
        (name.trim_end().to_owned(), value.trim_start().to_owned())
    };
    rest.lines().map(row).collect()
}

/// The table's two parts.
fn table(output: &Output) -> [Vec<(String, String)>; 2] {
    let text = String::from_utf8(output.stderr.clone()).expect("text");
    assert!(output.status.success(), "{text}");
    let (phases, amounts) = text.split_once("\n\n").unwrap_or_else(|| panic!("{text}"));
    [rows(phases, ["phase", "time"]), rows(amounts, ["what", "amount"])]
}

fn names(rows: &[(String, String)]) -> Vec<&str> {
    rows.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn every_phase_and_amount_has_a_row() {
    let plain = run(&["x.o"]);
    for more in [&[][..], &["-j1"], &["-j3"], &["--no-sandbox"], &["--limit=memory=64K", "-j3"]] {
        let output = run(&[&["--timing", "x.o"], more].concat());
        assert_eq!(output.stdout, plain.stdout, "{more:?}");
        let [phases, amounts] = table(&output);
        assert_eq!(names(&phases), PHASES);
        assert_eq!(names(&amounts), AMOUNTS);
        for (name, value) in &phases {
            let units: Vec<_> = value.split_whitespace().skip(1).step_by(2).collect();
            assert_eq!(units, ["ms", "%"], "{name}");
        }
    }
}

#[test]
fn objects_are_added_up() {
    let amount = |rows: &[(String, String)], name: &str| {
        rows.iter().find(|row| row.0 == name).expect("a row").1.clone()
    };
    let [_, one] = table(&run(&["--timing", "x.o"]));
    let [_, two] = table(&run(&["--timing", "x.o", "x.o"]));
    for (name, in_one, in_two) in [("objects", "1", "2"), ("units", "1", "2"), ("symbols", "3", "3")] {
        assert_eq!(amount(&one, name), in_one, "{name}");
        assert_eq!(amount(&two, name), in_two, "{name}");
    }
}

#[test]
fn there_is_none_if_the_run_fails() {
    let output = run(&["--timing", "absent.o"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(text.lines().count(), 1, "{text}");
}

/// The process is confined when it asks for its memory.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_known() {
    let [_, amounts] = table(&run(&["--timing", "x.o"]));
    let (_, peak) = amounts.last().expect("rows");
    assert!(peak.ends_with("MiB"), "{peak}");
}
