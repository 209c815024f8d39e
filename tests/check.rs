//! `--check`: versions are compared with recorded ones.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::repository;

fn folder() -> PathBuf {
    repository().join("corpus/golden/comma-list")
}

/// What the tool prints of the case's object, three lines.
fn printed() -> String {
    let output = run(&["x.o"], Some(&folder().join("syms")));
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn run(args: &[&str], list: Option<&Path>) -> Output {
    let list = list.map_or(Stdio::null(), |path| File::open(path).expect("a symbol list").into());
    Command::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"))
        .args(args)
        .current_dir(folder())
        .stdin(list)
        .output()
        .expect("the tool starts")
}

/// Compares with a record; returns the exit status, and the lines that are printed, sorted.
fn check(record: &str, args: &[&str], has_list: bool) -> (i32, Vec<String>) {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = temporary.path().join("record");
    fs::write(&path, record).expect("a record");
    let list = folder().join("syms");
    let args = [&["--check", path.to_str().expect("UTF-8")], args, &["x.o"]].concat();
    let output = run(&args, has_list.then_some(&list));
    let status = output.status.code().expect("no crash");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(status == 2, !stderr.is_empty(), "{stderr}");
    let mut lines: Vec<_> =
        String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect();
    lines.sort();
    (status, lines)
}

/// The same versions as a `Module.symvers`.
fn symvers(printed: &str) -> String {
    let line = |line: &str| {
        let [_, name, version] = *line.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
        format!("{version}\t{name}\tdrivers/some\tEXPORT_SYMBOL_GPL\t\n")
    };
    printed.lines().map(line).collect()
}

#[test]
fn what_was_recorded_is_equal() {
    let printed = printed();
    let symvers = symvers(&printed);
    let cmd = format!("savedcmd_x.o := gcc -c x.c\n\n{printed}");
    for record in [&printed, &symvers, &cmd] {
        for has_list in [true, false] {
            assert_eq!(check(record, &[], has_list), (0, Vec::new()), "{record}");
        }
    }
}

#[test]
fn differences_are_printed() {
    let record = printed().replace("0x429a8f72", "0x429a8f73");
    let expected = vec!["each 0x429a8f73 0x429a8f72".to_owned()];
    assert_eq!(check(&record, &[], true), (1, expected.clone()));
    assert_eq!(check(&symvers(&record), &[], false), (1, expected));
}

#[test]
fn what_one_side_has_is_missing_on_the_other() {
    let record: String = printed().lines().skip(1).map(|line| format!("{line}\n")).collect();
    // A symbol that is listed, but not recorded.
    assert_eq!(check(&record, &[], true), (1, vec!["each - 0x429a8f72".to_owned()]));
    // Without a list, the names of the record are compared: one is described nowhere.
    assert_eq!(check(&record, &[], false), (0, Vec::new()));
    let more = record + "#SYMVER gone 0x00000007\n";
    assert_eq!(check(&more, &[], false), (1, vec!["gone 0x00000007 -".to_owned()]));
}

#[test]
fn no_version_is_recorded_as_zero() {
    let record = printed() + "#SYMVER in_assembly 0x00000000\n";
    assert_eq!(check(&record, &[], false), (0, Vec::new()));
    // Which is not good enough for --strict.
    assert_eq!(check(&record, &["--strict"], false), (2, Vec::new()));
}

#[test]
fn what_goes_wrong_is_neither_equal_nor_different() {
    let printed = printed();
    for args in [&["--nonsense"][..], &["missing.o"], &["--limit", "work=1"]] {
        assert_eq!(check(&printed, args, true), (2, Vec::new()), "{args:?}");
    }
    assert_eq!(check("", &[], true), (2, Vec::new()));
}

#[test]
fn types_are_written_for_a_difference() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let symtypes = temporary.path().join("symtypes");
    let record = printed().replace("0x429a8f72", "0x00000001");
    let path = symtypes.to_str().expect("UTF-8");
    assert_eq!(check(&record, &["--symtypes", path], true).0, 1);
    assert!(symtypes.exists());
}
