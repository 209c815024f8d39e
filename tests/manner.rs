//! Both programs give an object the same versions if they describe it in the same manner, and the second one says which it
//! has chosen: per unit what was linked from several sources, as a whole what is of one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use dwarfksyms_core::{Limits, Object, Options};
use dwarfksyms_tests::case::Case;
use dwarfksyms_tests::repository;

const DROP_IN: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
const SECOND: &str = env!("CARGO_BIN_EXE_dwarfksyms-under-test");

/// The objects of the cases about versions per unit that export something, and whether each is of one source.
fn objects() -> Vec<(PathBuf, bool)> {
    let mut all = BTreeSet::new();
    let cases = Case::all(&repository().join("corpus/golden"));
    for case in cases.iter().filter(|case| case.name.starts_with("per-unit")) {
        for run in &case.runs {
            // Of several objects on a command line, one is a companion, which is of one source.
            if let Some(object) = run.objects.first() {
                let is_own = run.name.starts_with("own") || object.contains("gendwarfksyms.o");
                all.insert((case.folder.join(object), is_own));
            }
        }
    }
    // Those without symbol pointers export nothing.
    all.retain(|(object, _)| !run(DROP_IN, &["--exports"], object).stdout.is_empty());
    assert!(all.iter().any(|(_, is_own)| *is_own) && all.iter().any(|(_, is_own)| !is_own));
    all.into_iter().collect()
}

fn started(program: &str, args: &[&str], object: &Path) -> Output {
    Command::new(program).args(args).arg(object).output().expect("it starts")
}

fn run(program: &str, args: &[&str], object: &Path) -> Output {
    let output = started(program, args, object);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?} {}: {stderr}", object.display());
    output
}

/// Lines `#SYMVER`, in order.
fn versions(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort_unstable();
    lines
}

fn second(options: &[&str], object: &Path) -> Output {
    run(SECOND, &[&["versions", "--compute", "--format=cmd"], options].concat(), object)
}

#[test]
fn both_programs_give_the_same_versions_in_the_same_manner() {
    let mut different = 0;
    for (object, _) in objects() {
        let of = |option: &str| {
            let first = versions(&run(DROP_IN, &["--exports", option], &object));
            assert_eq!(versions(&second(&[option], &object)), first, "{option} {}", object.display());
            first
        };
        let (whole, per_unit) = (of("--whole"), of("--per-unit"));
        different += usize::from(whole != per_unit);
        assert_eq!(whole, versions(&run(DROP_IN, &["--exports"], &object)), "{}", object.display());
    }
    // Otherwise there would be nothing to choose.
    assert!(different > 3, "{different}");
}

#[test]
fn what_is_linked_from_several_sources_is_described_per_unit() {
    for (object, is_own) in objects() {
        let (option, manner, note) = match is_own {
            true => ("--whole", "whole", "described as a whole"),
            false => ("--per-unit", "per-unit", "described per unit"),
        };
        let chosen = second(&[], &object);
        assert_eq!(versions(&chosen), versions(&second(&[option], &object)), "{}", object.display());
        let stderr = String::from_utf8_lossy(&chosen.stderr);
        assert!(stderr.contains(note), "{}: {stderr}", object.display());
        assert!(!String::from_utf8_lossy(&second(&["--quiet"], &object).stderr).contains("described"));
        let json = run(SECOND, &["versions", "--compute", "--format=json"], &object);
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(json[0]["described"], manner, "{}", object.display());
    }
}

#[test]
fn a_comparison_says_how_its_sides_were_described() {
    let folder = repository().join("corpus/golden/per-unit");
    let sides = ["gcc-open.o", "gcc.o"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let described = |options: &[&str]| {
        let args = [&["compare", "--format=json"], options, &[&sides[0], &sides[1]]].concat();
        let output = Command::new(SECOND).args(args).output().expect("it starts");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        ["old", "new"].map(|side| report[side]["described"].as_str().map(str::to_owned))
    };
    let both = |old: &str, new: &str| [Some(old.to_owned()), Some(new.to_owned())];
    assert_eq!(described(&[]), both("whole", "per-unit"));
    assert_eq!(described(&["--whole"]), both("whole", "whole"));
    assert_eq!(described(&["--per-unit"]), both("per-unit", "per-unit"));
    assert_eq!(described(&["--canonical"]), both("canonical", "canonical"));
}

#[test]
fn both_programs_name_the_symbol_that_an_error_is_about() {
    for name in ["array", "const-pointer", "function", "typedef", "void-pointer"] {
        let object = repository().join(format!("corpus/golden/pointer-wrong/{name}.o"));
        let error = |output: Output| String::from_utf8(output.stderr).expect("UTF-8");
        let expected = error(started(DROP_IN, &["--exports"], &object));
        assert!(expected.starts_with("error: ") && expected.contains(": symbol sym: "), "{expected}");
        for args in [&["versions", "--quiet", "--compute", "--whole"][..], &["lint", "--quiet", "--whole"]] {
            assert_eq!(error(started(SECOND, args, &object)), expected, "{args:?}");
        }
    }
}

#[test]
fn only_one_manner_can_be_asked_for() {
    for (program, command) in [(DROP_IN, None), (SECOND, Some("versions"))] {
        for options in [["--whole", "--per-unit"], ["--whole", "--canonical"], ["--per-unit", "--canonical"]]
        {
            let mut started = Command::new(program);
            let output = started.args(command).args(options).arg("x.o").output().expect("it starts");
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert!(!output.status.success() && stderr.contains("cannot be used with"), "{stderr}");
        }
    }
}

#[test]
fn type_units_and_the_units_of_a_crate_are_no_sources() {
    let several = |path: &str| {
        let data = std::fs::read(repository().join("corpus/golden").join(path)).expect("an object");
        let limits = Limits::for_input(data.len() as u64);
        let object = Object::parse(&data, Options::default(), &limits).expect("an object");
        (object.units().count(), object.has_several_sources().expect("no damage"))
    };
    for (path, expected) in [
        ("type-units-gcc/x4.o", false),
        ("type-units-gcc/x5.o", false),
        ("type-units-gcc/xy5.o", true),
        ("per-unit-rust/numbers.o", false),
        ("per-unit/prog.dwz", true),
        ("per-unit/clang-thin.o", true),
    ] {
        let (units, found) = several(path);
        assert!(units > 1 && found == expected, "{path}: {units} units, {found}");
    }
}
