//! The same source has the same versions: wherever it is compiled, however its DWARF is written down, and in
//! whatever order its units are linked. Compilers that are not there are skipped.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dwarfksyms_tests::repository;

/// Cases with the source `x.c`, of which no private type has a part in a version by chance.
const CASES: [&str; 7] =
    ["canonical", "functions", "nesting", "comma-list", "comma-ops", "bitfields-dwarf5", "enums"];

/// Cases with the sources `a.c` and `b.c`.
const LINKED: [&str; 4] = ["units-lengths", "units-same-length", "units-declaration", "comma-units"];

type Versions = BTreeMap<String, String>;

/// The compilers that are there.
fn compilers() -> Vec<&'static str> {
    let is_there = |name: &&str| {
        let status = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        let is_there = status.is_ok_and(|status| status.success());
        if !is_there {
            eprintln!("skipped: there is no {name}");
        }
        is_there
    };
    ["gcc", "clang"].into_iter().filter(is_there).collect()
}

/// Whether the compiler is a clang that does not say in DWARF 2 how an enumeration is stored (SPEC section 9): 14 does not,
/// 19 does.
fn leaves_out_stored_types(compiler: &str) -> bool {
    let output = Command::new(compiler).arg("-dumpversion").output().expect("a compiler");
    let version = String::from_utf8_lossy(&output.stdout).into_owned();
    let major = version.trim().split('.').next().and_then(|major| major.parse::<u32>().ok());
    compiler == "clang" && major.is_some_and(|major| major < 19)
}

/// Compiles a source of a case in a folder of its own, which is left to the caller.
fn compile(compiler: &str, case: &str, source: &str, options: &[&str], folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder");
    for entry in fs::read_dir(repository().join("corpus/golden").join(case)).expect("the case") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|extension| extension == "c" || extension == "h") {
            fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
    let object = folder.join(source).with_extension("o");
    let status = Command::new(compiler)
        .args(["-w", "-std=gnu11", "-O1", "-ffreestanding", "-c", source, "-o"])
        .arg(&object)
        .args(options)
        .current_dir(folder)
        .status();
    assert!(status.expect("a compiler").success(), "{compiler}, {case}");
    object
}

/// The versions of the symbols in a case's list, those that are described.
fn versions(case: &str, object: &Path, options: &[&str]) -> Versions {
    let list = repository().join("corpus/golden").join(case).join("syms");
    let output = Command::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"))
        .args(options)
        .arg(object)
        .stdin(File::open(list).expect("a symbol list"))
        .output()
        .expect("the tool starts");
    assert!(output.status.success(), "{case}: {}", String::from_utf8_lossy(&output.stderr));
    let line = |line: &str| {
        let [_, name, version] = *line.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
        (version != "0x00000000").then(|| (name.to_owned(), version.to_owned()))
    };
    let versions: Versions =
        String::from_utf8(output.stdout).expect("UTF-8").lines().filter_map(line).collect();
    assert!(!versions.is_empty(), "{case}");
    versions
}

#[test]
fn neither_folder_nor_compression_matters() {
    for compiler in compilers() {
        for case in CASES {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let make = |name: &str, options: &[&str]| {
                compile(compiler, case, "x.c", options, &folder.path().join(name))
            };
            let objects = [
                make("one", &["-gdwarf-5"]),
                make("another/and deeper/folder", &["-gdwarf-5"]),
                make("compressed", &["-gdwarf-5", "-gz"]),
            ];
            for options in [&[][..], &["--canonical"]] {
                let [first, others @ ..] = objects.each_ref().map(|object| versions(case, object, options));
                others.into_iter().for_each(|other| assert_eq!(first, other, "{compiler}, {case}"));
            }
        }
    }
}

#[test]
fn the_version_of_dwarf_does_not_matter_to_canonical_versions() {
    for compiler in compilers() {
        for case in CASES {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let oldest = if case == "enums" && leaves_out_stored_types(compiler) { 3 } else { 2 };
            let of_version = |version| {
                let option = format!("-gdwarf-{version}");
                let own = folder.path().join(&option);
                versions(case, &compile(compiler, case, "x.c", &[&option], &own), &["--canonical"])
            };
            let all: Vec<Versions> = (oldest..=5).map(of_version).collect();
            assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "{compiler}, {case}: {all:?}");
        }
    }
}

#[test]
fn the_order_of_units_does_not_matter_to_canonical_versions() {
    for compiler in compilers() {
        for case in LINKED {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let make = |source: &str| compile(compiler, case, source, &["-gdwarf-5"], folder.path());
            let (a, b) = (make("a.c"), make("b.c"));
            let link = |name: &str, parts: [&Path; 2]| {
                let linked = folder.path().join(name);
                let status = Command::new("ld").arg("-r").args(parts).arg("-o").arg(&linked).status();
                status.is_ok_and(|status| status.success()).then_some(linked)
            };
            let (Some(ab), Some(ba)) = (link("ab.o", [&a, &b]), link("ba.o", [&b, &a])) else {
                eprintln!("skipped: there is no ld");
                return;
            };
            let [first, second] = [&ab, &ba].map(|object| versions(case, object, &["--canonical"]));
            assert_eq!(first, second, "{compiler}, {case}");
            let [first, second] = [[&a, &b], [&b, &a]]
                .map(|[one, other]| versions(case, one, &["--canonical", other.to_str().expect("UTF-8")]));
            assert_eq!(first, second, "{compiler}, {case}, as objects");
        }
    }
}
