//! What is recognised while it is described is what a graph of it says: a run that dumps descriptions keeps a graph. Only objects
//! with several units are recognised.

use std::fs;
use std::path::Path;

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
