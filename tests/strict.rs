//! `--strict`: what deserves a warning otherwise is an error, and all of one kind is told.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use dwarfksyms_tests::repository;

/// Runs the tool on a golden case; returns the exit status and the lines of error, which are all there is.
fn strict(case: &str, args: &[&str], list: &[u8]) -> (i32, Vec<String>) {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let symtypes = temporary.path().join("symtypes");
    let mut child = Command::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"))
        .args(["--strict", "--symtypes"])
        .arg(&symtypes)
        .args(args)
        .current_dir(folder(case))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let _ = child.stdin.take().expect("a pipe").write_all(list);
    let output = child.wait_with_output().expect("the tool ends");
    let status = output.status.code().expect("no crash");
    let errors: Vec<String> =
        String::from_utf8(output.stderr).expect("UTF-8").lines().map(str::to_owned).collect();
    assert!(errors.iter().all(|line| line.starts_with("error: ")), "{errors:?}");
    assert_eq!(status == 0, errors.is_empty(), "{errors:?}");
    assert_eq!((status == 0, status == 0), (symtypes.exists(), !output.stdout.is_empty()), "{errors:?}");
    (status, errors)
}

fn folder(case: &str) -> PathBuf {
    repository().join("corpus/golden").join(case)
}

fn list(case: &str, name: &str) -> Vec<u8> {
    fs::read(folder(case).join(name)).expect("the case's symbol list")
}

#[test]
fn a_sound_object_passes() {
    assert_eq!(strict("comma-list", &["x.o"], &list("comma-list", "syms")).0, 0);
}

#[test]
fn symbols_without_a_version_are_errors() {
    let mut names = list("comma-list", "syms");
    names.extend(b"missing_one\nmissing\x1b[2J\n");
    let (status, mut errors) = strict("comma-list", &["x.o"], &names);
    errors.sort();
    assert_eq!(status, 1);
    assert_eq!(
        errors,
        [
            "error: x.o: no information for symbol missing\\u{1b}[2J",
            "error: x.o: no information for symbol missing_one"
        ]
    );
}

#[test]
fn very_many_symbols_are_counted() {
    let names: String = (0..1000).map(|number| format!("missing{number}\n")).collect();
    let (status, errors) = strict("comma-list", &["x.o"], names.as_bytes());
    assert_eq!((status, errors.len()), (1, 101));
    assert_eq!(errors[100], "error: and 900 more symbols without information");
}

#[test]
fn conflicts_that_reach_a_version_are_errors() {
    for (threads, object) in [("-j1", "ab.o"), ("-j3", "ab.o"), ("-j1", "ba.o"), ("-j3", "ba.o")] {
        let (status, errors) = strict("units-lengths", &[threads, object], &list("units-lengths", "syms"));
        assert_eq!(status, 1);
        let what = "has different definitions, which the version of";
        let expected = [
            format!("error: {object}: s#cfg {what} ptr_a depends on"),
            format!("error: {object}: t#cfg_t {what} from_b depends on"),
        ];
        assert_eq!(errors, expected);
    }
}

#[test]
fn conflicts_that_reach_no_version_are_none() {
    for names in ["syms.a", "syms.b"] {
        let (status, errors) = strict("units-lengths", &["ab.o"], &list("units-lengths", names));
        assert_eq!((status, errors), (0, Vec::new()));
    }
}

#[test]
fn declarations_and_lost_commas_are_no_conflict() {
    for (case, object) in [("units-declaration", "ab.o"), ("comma-units", "ab.o")] {
        let (status, errors) = strict(case, &[object], &list(case, "syms"));
        let conflicts: Vec<_> = errors.iter().filter(|error| error.contains("definitions")).collect();
        assert!(conflicts.is_empty(), "{case}: {status}: {conflicts:?}");
    }
}

#[test]
fn leftover_bytes_of_rules_are_errors() {
    let (status, errors) =
        strict("stable-section", &["--stable", "tail-1.o"], &list("stable-section", "syms"));
    let what = "unexpected data at the end of the kABI rules";
    let expected = format!("error: tail-1.o: .discard.gendwarfksyms.kabi_rules+0xe: {what}");
    assert_eq!((status, errors), (1, vec![expected]));
}

#[test]
fn several_sections_of_rules_are_errors() {
    let names = list("stable-many-sections", "syms");
    let (status, errors) = strict("stable-many-sections", &["--stable", "x.o"], &names);
    let what = "sections of kABI rules, of which the kernel's own tool reads only the first";
    assert_eq!(status, 1);
    assert!(
        errors.iter().any(|error| error.starts_with("error: x.o: ") && error.ends_with(what)),
        "{errors:?}"
    );
    // Where they are not read, or versions are not those of that tool, nothing is wrong.
    for args in [&["x.o"][..], &["--stable", "--canonical", "x.o"]] {
        let (_, errors) = strict("stable-many-sections", args, &names);
        assert!(errors.iter().all(|error| !error.contains("kABI rules")), "{errors:?}");
    }
}

#[test]
fn a_companion_that_may_not_be_opened_is_missing() {
    let (status, errors) =
        strict("dwz-alternate", &["--no-companions", "prog"], &list("dwz-alternate", "syms"));
    let expected = "error: prog: dwz moved entries to 'common.dwz', which --no-companions forbids to open";
    assert_eq!((status, errors), (1, vec![expected.to_owned()]));
}

#[test]
fn an_empty_list_has_no_result() {
    let (status, errors) = strict("comma-list", &["x.o"], b"");
    assert_eq!((status, errors), (1, vec!["error: the symbol list is empty".to_owned()]));
}

#[test]
fn units_that_contradict_each_other_are_errors() {
    let names = list("per-unit-different", "syms");
    for threads in ["-j1", "-j3"] {
        let (status, errors) = strict("per-unit-different", &["--per-unit", threads, "linked.o"], &names);
        assert_eq!((status, errors.len()), (1, 1), "{errors:?}");
        let (place, what) = errors[0].split_once(": another type").expect("what it is about");
        assert!(place.starts_with("error: linked.o: .debug_info+0x"), "{place}");
        assert!(what.starts_with(" of symbol twice than at .debug_info+0x"), "{what}");
        assert!(what.ends_with(", which counts"), "{what}");
    }
    // It is only a warning without --strict, and nothing if the objects are not linked or the symbol is not asked for.
    let run = |objects: &[&str], names: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"))
            .arg("--per-unit")
            .args(objects)
            .current_dir(folder("per-unit-different"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool starts");
        let _ = child.stdin.take().expect("a pipe").write_all(names);
        let output = child.wait_with_output().expect("the tool ends");
        (output.status.success(), String::from_utf8(output.stderr).expect("UTF-8"))
    };
    let (is_well, warnings) = run(&["linked.o"], &names);
    assert!(
        is_well && warnings.starts_with("warning: gendwarfksyms: linked.o: .debug_info+0x"),
        "{warnings}"
    );
    assert_eq!(warnings.lines().count(), 1, "{warnings}");
    assert_eq!(run(&["one.o", "other.o"], b"twice\n"), (true, String::new()));
    assert_eq!(run(&["linked.o"], b"ruled\n"), (true, String::new()));
}
