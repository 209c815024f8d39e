//! What is recognised while it is described is what a graph of it says: a run that dumps descriptions keeps a graph. Only objects
//! with several units are recognised.

use std::fs;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::advised::has_compiler;
use dwarfksyms_tests::case::{Case, Run};
use dwarfksyms_tests::repository;
use dwarfksyms_tests::tool::Tool;

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
    for case in &cases {
        let unpacked = case.unpacked();
        for case_run in &case.runs {
            let with = |more: &[&str]| run(&unpacked.folder, case_run, more);
            let graph = with(&["--dump-dies"]);
            described += usize::from(graph.2.is_some());
            assert_eq!(with(&[]), graph, "{}, {}", case.name, case_run.name);
            assert_eq!(with(&["--stable"]), with(&["--stable", "--dump-dies"]), "{}", case.name);
        }
    }
    assert!(described > 100, "{described}");
}

/// What was linked has no relocations, so members are described at once where they are known. Types of one name differ in
/// one thing each.
#[test]
fn a_linked_object_is_what_its_graph_says() {
    if !has_compiler() {
        return;
    }
    const UNITS: [&str; 4] = [
        "struct inner { int value; }; struct same { int first; long second; struct inner *third; int bits : 3; };",
        "struct inner { int value; }; struct same { int first; long second; struct inner *third; int bits : 3; }
            __attribute__((packed));",
        "struct inner { int value; }; struct same { int first; char second; struct inner *third; int bits : 3; };",
        "struct inner { int value; }; struct same { int first; long second; const struct inner *third; int bits : 3; };",
    ];
    for (one, other) in (0..4).flat_map(|one| (0..4).map(move |other| (one, other))) {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let folder = temporary.path();
        for (name, unit) in [("one", one), ("other", other)] {
            let function = format!("void {name}_symbol(struct same *pointer) {{ (void)pointer; }}");
            // What a source file defines itself is never expanded.
            fs::write(folder.join(format!("{name}.h")), UNITS[unit]).expect("a header");
            let source = format!("#include \"{name}.h\"\n{function}\n");
            fs::write(folder.join(format!("{name}.c")), source).expect("a source");
        }
        fs::write(folder.join("list"), "one_symbol\nother_symbol\n").expect("a list");
        let compiled = Command::new("gcc")
            .args(["-g", "-fPIC", "-shared", "-nostdlib", "-o", "linked.so", "one.c", "other.c"])
            .current_dir(folder)
            .status();
        assert!(compiled.expect("gcc").success());
        let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
        let described = |more: &[&str]| {
            let args = ["--symtypes", "types", "linked.so"].iter().chain(more).map(|&arg| arg.to_owned());
            let output = tool.start(folder, &args.collect::<Vec<_>>(), "list");
            (output.status.code(), output.stdout, fs::read(folder.join("types")).expect("symtypes"))
        };
        let graph = described(&["--dump-dies"]);
        assert_eq!(graph.0, Some(0));
        assert_eq!(described(&[]), graph, "{one}, {other}");
    }
}
