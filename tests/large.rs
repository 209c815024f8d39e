//! Files that are mapped rather than read, because they are large: the answer is the same.

use std::fs;

use dwarfksyms_tests::case::Case;
use dwarfksyms_tests::repository;
use dwarfksyms_tests::tool::Tool;

/// A little more than what is mapped. Nobody writes the bytes: the file has a hole.
const SIZE: u64 = (64 << 20) + 1;

#[test]
fn a_large_file_gives_what_a_small_one_gives() {
    let tool = Tool::new(env!("CARGO_BIN_EXE_gendwarfksyms-under-test"));
    let cases = Case::all(&repository().join("corpus/golden"));
    let case = cases.iter().find(|case| case.name == "typedefs").expect("the case");
    let unpacked = case.unpacked();
    let run = case.runs.first().expect("a run");
    let small = tool.start(&unpacked.folder, &["x.o".to_owned()], &run.syms);
    assert!(small.status.success() && !small.stdout.is_empty());

    let folder = tempfile::tempdir().expect("a temporary folder");
    let large = folder.path().join("x.o");
    for name in ["x.o", run.syms.as_str()] {
        fs::copy(unpacked.folder.join(name), folder.path().join(name)).expect("a copy");
    }
    fs::File::options().write(true).open(&large).expect("the copy").set_len(SIZE).expect("a hole");
    for threads in ["-j1", "-j2"] {
        let large = tool.start(folder.path(), &["x.o".to_owned(), threads.to_owned()], &run.syms);
        assert_eq!(large, small, "{threads}");
    }
}
