//! The number of threads changes nothing: neither versions nor symtypes, neither errors nor which limit is hit.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_host::trouble::REFUSED;
use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::tool::Tool;
use dwarfksyms_tests::{repository, samples};

/// How many threads are compared with one.
fn numbers() -> &'static [usize] {
    samples(&[3], &[2, 3, 8])
}

fn run(folder: &Path, run: &Run, more: &[String]) -> (Output, Option<Vec<u8>>) {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let symtypes = temporary.path().join("symtypes");
    let mut args = [run.args.as_slice(), more].concat();
    args.extend(["--symtypes".to_owned(), symtypes.to_string_lossy().into_owned()]);
    args.extend(run.objects.iter().cloned());
    (tool.start(folder, &args, &run.syms), fs::read(symtypes).ok())
}

/// Compares what several threads give with what one gives.
fn compare(case: &Case, more: &[String]) {
    let unpacked = case.unpacked();
    for case_run in &case.runs {
        let with =
            |threads: usize| run(&unpacked.folder, case_run, &[more, &[format!("-j{threads}")]].concat());
        let expected = with(1);
        for &threads in numbers() {
            assert_eq!(with(threads), expected, "{}, {}, {threads} threads", case.name, case_run.name);
        }
    }
}

fn cases(mut is_wanted: impl FnMut(&str) -> bool) -> Vec<Case> {
    let mut cases = Case::all(&repository().join("corpus/golden"));
    // Options that are about the command line say what several runs of the tool print.
    cases.retain(|case| is_wanted(&case.name) && case.name != "command-line");
    cases
}

#[test]
fn every_case_gives_the_same() {
    let cases = cases(|_| true);
    assert!(cases.len() > 100);
    for case in cases.iter().step_by(samples(2, 1)) {
        compare(case, &[]);
    }
}

#[test]
fn limits_are_hit_or_not() {
    // Several units; units that refer to one another.
    let cases = cases(|name| matches!(name, "aliases-linked" | "dwz-alternate" | "pointer-order"));
    assert_eq!(cases.len(), 3);
    for case in &cases {
        for limit in ["memory=4K", "memory=16K", "memory=48K", "memory=1M", "work=1K", "work=20K", "dies=50"]
        {
            compare(case, &["--limit".to_owned(), limit.to_owned()]);
        }
    }
}

/// What is described per unit keeps the types of each: their texts, and their order, are those of one thread.
#[test]
fn types_of_units_are_the_same() {
    let golden = repository().join("corpus/golden");
    let run = |object: &str, jobs: usize, limit: &str| {
        Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(["consolidate", "--quiet", "--per-unit", object, &format!("-j{jobs}")])
            .args(limit.split_whitespace())
            .current_dir(&golden)
            .output()
            .expect("a run")
    };
    for object in ["per-unit/prog.dwz", "per-unit/clang-thin.o"] {
        let mut refused = 0;
        for limit in ["", "--limit memory=4K", "--limit memory=64K", "--limit work=1K", "--limit work=20K"] {
            let expected = run(object, 1, limit);
            assert!(expected.status.success() != expected.stdout.is_empty(), "{object}, {limit}");
            refused += usize::from(!expected.status.success());
            for &threads in numbers() {
                assert_eq!(run(object, threads, limit), expected, "{object}, {limit}, {threads} threads");
            }
        }
        let text = String::from_utf8(run(object, 1, "").stdout).expect("UTF-8");
        let units = text.lines().filter(|line| line.starts_with("/* ")).count();
        assert!(units > 1 && refused > 0, "{object}: {units} units, {refused} refused");
    }
}

/// More threads than the system has room for: those that start do the work.
#[test]
#[cfg(target_os = "linux")]
fn threads_that_do_not_start_are_not_missed() {
    let folder = repository().join("corpus/golden/typedefs");
    let list = || fs::File::open(folder.join("syms")).expect("a list");
    let asked = ["versions", "--compute", "../../lint/x.o"].as_slice();
    for (program, args) in [
        (env!("CARGO_BIN_EXE_gendwarfksyms-under-test"), ["x.o"].as_slice()),
        (env!("CARGO_BIN_EXE_dwarfksyms-under-test"), asked),
    ] {
        let run = |setup: &str, threads: &str| {
            Command::new("/bin/sh")
                .args(["-c", &format!("{setup}; exec \"$0\" \"$@\""), program])
                .args(args)
                .args(["--jobs", threads])
                .current_dir(&folder)
                .stdin(list())
                .output()
                .expect("a shell")
        };
        let expected = run("true", "1");
        assert!(expected.status.success() && !expected.stdout.is_empty());
        // There is no room for the stacks of so many. Where the room ends is chance: if it does while something else asks for memory,
        // then the C library, the runtime or the allocator ends the process, and nobody can help that.
        const ENDED: [&str; 3] = [
            "Fatal glibc error: failed to register TLS destructor: out of memory\n",
            "error: the system has no more memory\n",
            REFUSED,
        ];
        let is_ended = |output: &Output| ENDED.iter().any(|line| output.stderr.starts_with(line.as_bytes()));
        let tries = (0..16).map(|more| run(&format!("ulimit -v {}", 400_000 + more * 1_000), "1000"));
        let output = tries.into_iter().find(|output| !is_ended(output)).expect("one that runs");
        assert_eq!(output, expected, "{program}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
