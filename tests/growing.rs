//! The inputs that grow, hostile as they are, through every subcommand that takes them: each run ends in time and within bounds,
//! with a result or with one line of error.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use dwarfksyms_tests::btf::GROWING;
use dwarfksyms_tests::growing::{self, Growing};
use dwarfksyms_tests::ruled;
use dwarfksyms_tests::samples;

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
const QUESTIONS: &str = env!("CARGO_BIN_EXE_dwarfksyms-under-test");

/// How long a run may take.
const LONGEST: Duration = Duration::from_secs(10);

/// Runs a program within a gigabyte of memory; `list` is its standard input.
fn run(folder: &Path, program: &str, args: &str, list: Option<&str>) -> Output {
    let (out, errors) = (folder.join("stdout"), folder.join("stderr"));
    let stream = |path: &Path| Stdio::from(File::create(path).expect("a stream"));
    let mut child = Command::new("/bin/sh")
        .args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\"", program])
        .args(args.split(' '))
        .current_dir(folder)
        .stdin(list.map_or(Stdio::null(), |list| File::open(folder.join(list)).expect("a list").into()))
        .stdout(stream(&out))
        .stderr(stream(&errors))
        .spawn()
        .expect("a shell");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        if start.elapsed() > LONGEST {
            child.kill().expect("a child that runs");
            panic!("{program} {args}: no end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Output { status, stdout: fs::read(out).expect("output"), stderr: fs::read(errors).expect("errors") }
}

/// What must hold of every run: a result, which may be that something differs, or an error of one line and nothing else.
fn check(folder: &Path, program: &str, args: &str, list: Option<&str>) {
    let output = run(folder, program, args, list);
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    let is_other = |line: &&str| !line.starts_with("note: ") && !line.starts_with("warning: ");
    let lines: Vec<&str> = errors.lines().filter(is_other).collect();
    let failed = if program == TOOL { 1 } else { 2 };
    match output.status.code() {
        Some(code) if code == failed => {
            assert!(matches!(lines[..], [line] if line.starts_with("error: ")), "{args}: {errors}");
            assert!(output.stdout.is_empty(), "{args}: output in spite of the error");
        }
        Some(0 | 1) => assert!(lines.is_empty(), "{args}: {errors}"),
        _ => panic!("{program} {args}: {}: {errors}", output.status),
    }
}

/// What is asked of two builds.
const QUESTIONS_OF_BUILDS: [&str; 15] = [
    "compare old new",
    "compare old new --format json",
    "compare old new --format html",
    "compare old new --format markdown",
    "compare old new --format json:a --format html:b --format text:c --format markdown:d --failing",
    "compare old new --canonical",
    "explain v old new",
    "explain x0 old new",
    "explain x0 old --depth 1000000",
    "suggest old new",
    "suggest old new --format json",
    "suggest old new --macros genksyms --format markdown",
    "versions old new --format json",
    "exports old new --format json",
    "consolidate old",
];

#[test]
fn builds_that_grow_end_well() {
    for Growing { name, size, builds, policy } in growing::ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let [old, new] = builds(*size);
        fs::write(path("old"), old).expect("a file");
        fs::write(path("new"), new).expect("a file");
        println!("{name}");
        QUESTIONS_OF_BUILDS.iter().for_each(|args| check(folder.path(), QUESTIONS, args, None));
        if let Some(rules) = policy {
            fs::write(path("policy"), rules(*size)).expect("a policy");
            check(folder.path(), QUESTIONS, "compare old new --policy policy --format json", None);
            check(folder.path(), QUESTIONS, "rules --policy policy old new", None);
        }
    }
}

/// Where a text would be longer than its input by a factor, that is so large that a limit ends it, and not so large.
#[test]
fn btf_that_grows_ends_well() {
    for growing in GROWING {
        // A small limit is reached sooner, and at the same place.
        let (large, limit) = match growing.is_in_step {
            true => (samples(4, 16), ""),
            false => (samples(32, 128), samples(" --limit work=512K", " --limit work=4M")),
        };
        for (size, limit) in [(growing.size, ""), (large * growing.size, limit)] {
            let folder = tempfile::tempdir().expect("a folder");
            for (name, bytes) in ["old", "new"].iter().zip(growing.builds(size)) {
                fs::write(folder.path().join(name), bytes).expect("a file");
            }
            println!("{} {size}", growing.name);
            let questions = QUESTIONS_OF_BUILDS.iter().filter(|args| !args.contains("--canonical"));
            questions.for_each(|args| check(folder.path(), QUESTIONS, &format!("{args}{limit}"), None));
        }
    }
}

#[test]
fn rules_that_grow_end_well() {
    for ruled in ruled::ALL {
        let folder = tempfile::tempdir().expect("a folder");
        let (object, list) = ruled.object(4 * ruled.size);
        fs::write(folder.path().join("x.o"), object).expect("an object");
        fs::write(folder.path().join("list"), list).expect("a list");
        println!("{}", ruled.name);
        for options in [
            "x.o",
            "--stable x.o",
            "--stable --per-unit x.o",
            "--stable --canonical x.o",
            "--stable -T types --dump-versions x.o",
        ] {
            // A dump is no line of error.
            let is_dump = options.contains("--dump");
            match is_dump {
                true => assert!(run(folder.path(), TOOL, options, Some("list")).status.code() < Some(2)),
                false => check(folder.path(), TOOL, options, Some("list")),
            }
        }
        for args in [
            "lint x.o",
            "lint x.o --format json",
            "versions x.o --stable",
            "exports x.o",
            "consolidate x.o --stable",
        ] {
            check(folder.path(), QUESTIONS, args, None);
        }
    }
}
