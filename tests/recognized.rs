//! What is recognised while it is described is what a graph of it says: a run that dumps descriptions keeps a graph. Only objects
//! with several units are recognised.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::advised::has_compiler;
use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::model::Numbers;
use dwarfksyms_tests::tool::Tool;
use dwarfksyms_tests::{repository, samples};
use object::{Object, ObjectSection};

/// The versions and the symtypes file, if there is one.
fn run(folder: &Path, run: &Run, more: &[&str]) -> (Option<i32>, Vec<u8>, Option<Vec<u8>>) {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let symtypes = temporary.path().join("symtypes");
    let mut args = run.args.clone();
    args.extend(more.iter().map(|&option| option.to_owned()));
    args.extend(["--symtypes".to_owned(), symtypes.to_string_lossy().into_owned()]);
    args.extend(run.objects.iter().cloned());
    let output = tool.start(folder, &args, &run.syms);
    (output.status.code(), output.stdout, fs::read(symtypes).ok())
}

#[test]
fn every_case_is_what_its_graph_says() {
    let mut cases = Case::all(&repository().join("corpus/golden"));
    // Options that are about the command line say what several runs of the tool print.
    cases.retain(|case| case.name != "command-line");
    assert!(cases.len() > 100);
    let mut described = 0;
    for (number, case) in cases.iter().step_by(samples(2, 1)).enumerate() {
        let unpacked = case.unpacked();
        for case_run in &case.runs {
            let with = |more: &[&str]| run(&unpacked.folder, case_run, more);
            let graph = with(&["--dump-dies"]);
            described += usize::from(graph.2.is_some());
            assert_eq!(with(&[]), graph, "{}, {}", case.name, case_run.name);
            if number.is_multiple_of(samples(3, 1)) {
                assert_eq!(with(&["--stable"]), with(&["--stable", "--dump-dies"]), "{}", case.name);
            }
        }
    }
    assert!(described > samples(50, 100), "{described}");
}

/// Sources whose types of one name differ in one thing each.
const UNITS: [&str; 4] = [
    "struct inner { int value; }; struct same { int first; long second; struct inner *third; int bits : 3; };",
    "struct inner { int value; }; struct same { int first; long second; struct inner *third; int bits : 3; }
        __attribute__((packed));",
    "struct inner { int value; }; struct same { int first; char second; struct inner *third; int bits : 3; };",
    "struct inner { int value; }; struct same { int first; long second; const struct inner *third; int bits : 3; };",
];

/// Compiles two of the sources, and links them into `linked.so`: it has no relocations, so members are described at once where
/// they are known. `list` has their symbols.
fn link(folder: &Path, one: &str, other: &str) {
    for (name, unit) in [("one", one), ("other", other)] {
        let function = format!("void {name}_symbol(struct same *pointer) {{ (void)pointer; }}");
        // What a source file defines itself is never expanded.
        fs::write(folder.join(format!("{name}.h")), unit).expect("a header");
        let source = format!("#include \"{name}.h\"\n{function}\n");
        fs::write(folder.join(format!("{name}.c")), source).expect("a source");
    }
    fs::write(folder.join("list"), "one_symbol\nother_symbol\n").expect("a list");
    let compiled = Command::new("gcc")
        .args(["-g", "-fPIC", "-shared", "-nostdlib", "-o", "linked.so", "one.c", "other.c"])
        .current_dir(folder)
        .status();
    assert!(compiled.expect("gcc").success());
}

/// The exit status, the versions, the symtypes file if there is one, and the error.
fn described(folder: &Path, more: &[&str]) -> (Option<i32>, Vec<u8>, Option<Vec<u8>>, String) {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let args = ["--symtypes", "types", "linked.so"].iter().chain(more).map(|&arg| arg.to_owned());
    let output = tool.start(folder, &args.collect::<Vec<_>>(), "list");
    let types = fs::read(folder.join("types")).ok();
    let _ = fs::remove_file(folder.join("types"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let error = errors.lines().find(|line| line.starts_with("error: ")).unwrap_or_default().to_owned();
    (output.status.code(), output.stdout, types, error)
}

#[test]
fn a_linked_object_is_what_its_graph_says() {
    if !has_compiler() {
        return;
    }
    for (one, other) in UNITS.iter().flat_map(|one| UNITS.iter().map(move |other| (one, other))) {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = temporary.path();
        link(folder, one, other);
        let graph = described(folder, &["--dump-dies"]);
        assert!(graph.0 == Some(0) && graph.2.is_some(), "{}", graph.3);
        assert_eq!(described(folder, &[]), graph, "{one}, {other}");
    }
}

/// Where the second unit is in a file.
fn second_unit(data: &[u8]) -> Range<usize> {
    let file = object::File::parse(data).expect("an object");
    let section = file.section_by_name(".debug_info").and_then(|section| section.file_range());
    let start = section.expect("DWARF").0 as usize;
    let next =
        |at: usize| at + 4 + u32::from_le_bytes(data[at..at + 4].try_into().expect("a length")) as usize;
    next(start)..next(next(start))
}

/// The same of objects in whose second unit a byte is another one, or four are a reference: to anywhere, or to what is just
/// before them, which makes a type that consists of itself.
#[test]
fn a_damaged_linked_object_is_what_its_graph_says() {
    if !has_compiler() {
        return;
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = temporary.path();
    link(folder, UNITS[3], UNITS[3]);
    let file = folder.join("linked.so");
    let original = fs::read(&file).expect("an object");
    let unit = second_unit(&original);
    let mut numbers = Numbers(1);
    let (mut errors, mut described_anyway) = (0, 0);
    // Behind the header and the beginning of the root.
    for at in (unit.start + 20..unit.end - 4).step_by(samples(3, 1)) {
        let own = at - unit.start;
        let changes =
            [Some(own - 1), Some(own - 2), Some(numbers.below(unit.len())), None].map(
                |target| match target {
                    Some(target) => (target as u32).to_le_bytes(),
                    None => [
                        original[at] ^ 1 << numbers.below(8),
                        original[at + 1],
                        original[at + 2],
                        original[at + 3],
                    ],
                },
            );
        for change in changes {
            let mut bytes = original.clone();
            bytes[at..at + 4].copy_from_slice(&change);
            fs::write(&file, &bytes).expect("a file");
            let graph = described(folder, &["--dump-dies"]);
            assert_eq!(described(folder, &[]), graph, "{own:#x}: {change:02x?}");
            errors += usize::from(graph.0 != Some(0));
            described_anyway += usize::from(graph.2.is_some());
        }
    }
    assert!(errors > 20 && described_anyway > 20, "{errors} {described_anyway}");
}
