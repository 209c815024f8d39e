//! Where outputs go: never over an input, whatever the two are called, and never over each other.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::repository;
use tempfile::TempDir;

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
const QUESTIONS: &str = env!("CARGO_BIN_EXE_dwarfksyms-under-test");

const TYPES: &str =
    "f subprogram ( formal_parameter base_type int byte_size(4) encoding(5) x ) -> base_type void\n";

/// A folder with builds, a policy, and other names for them.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("fo/sub")).expect("a folder");
    for name in ["fo/in.symtypes", "fo/sub/in.symtypes", "one.symtypes"] {
        fs::write(path(name), TYPES).expect("a file");
    }
    fs::write(path("pol"), "nothing FAIL\n").expect("a file");
    fs::write(path("all"), "/* in.symtypes */\n").expect("a file");
    fs::copy(repository().join("corpus/golden/typedefs/x.o"), path("x.o")).expect("an object");
    fs::copy(repository().join("corpus/golden/typedefs/syms"), path("syms")).expect("a list");
    fs::write(path("record"), "#SYMVER f 0x00000001\n").expect("a record");
    symlink("fo", path("to-fo")).expect("a link");
    symlink("pol", path("to-pol")).expect("a link");
    symlink("to-z/../z", path("to-z")).expect("a link");
    for (old, new) in [
        ("fo/in.symtypes", "hard"),
        ("pol", "hard-pol"),
        ("x.o", "hard.o"),
        ("record", "hard-record"),
        ("syms", "hard-syms"),
    ] {
        fs::hard_link(path(old), path(new)).expect("a link");
    }
    folder
}

/// All files, with what is in them.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                folders.push(entry.path());
            }
            let bytes = if kind.is_file() { fs::read(entry.path()).expect("a file") } else { Vec::new() };
            all.insert(entry.path(), bytes);
        }
    }
    all
}

fn run(folder: &Path, program: &str, args: &str, list: &str) -> Output {
    Command::new(program)
        .args(args.split(' '))
        .current_dir(folder)
        .stdin(File::open(folder.join(list)).expect("a list"))
        .output()
        .expect("it starts")
}

/// A run that fails with one line, and changes nothing.
fn check_refused(program: &str, args: &str, expected: &str) {
    let folder = folder();
    let before = contents(folder.path());
    let output = run(folder.path(), program, args, "syms");
    let text = String::from_utf8_lossy(&output.stderr);
    let status = if program == TOOL && !args.contains("--check") { 1 } else { 2 };
    assert_eq!(output.status.code(), Some(status), "{args}: {text}");
    assert!(text.starts_with("error: ") && text.lines().count() == 1, "{args}: {text}");
    assert!(text.contains(expected), "{args}: {text}");
    assert!(output.stdout.is_empty(), "{args}");
    assert!(contents(folder.path()) == before, "{args}: something was changed");
}

const REPLACED: &str = "would replace an input";

#[test]
fn no_input_is_replaced() {
    for args in [
        "consolidate fo/in.symtypes -o fo/in.symtypes",
        "consolidate fo/in.symtypes -o ./to-fo/sub/../in.symtypes",
        "consolidate fo/in.symtypes -o hard",
        "compare one.symtypes one.symtypes --format json:one.symtypes",
        "compare fo/in.symtypes one.symtypes --format text --format html:hard",
        "compare one.symtypes one.symtypes --policy pol --format json:pol",
        "compare one.symtypes one.symtypes --policy severities:pol --format json:to-pol",
        "compare one.symtypes one.symtypes --policy pol --format json:hard-pol",
    ] {
        check_refused(QUESTIONS, args, REPLACED);
    }
    for args in [
        "-T x.o x.o",
        "--symtypes hard.o x.o",
        "-T ./fo/../x.o x.o",
        "-T hard-record --check record x.o",
        "-T syms x.o",
        "-T hard-syms x.o",
        "--dump-types -T x.o x.o",
    ] {
        check_refused(TOOL, args, REPLACED);
    }
}

#[test]
fn nothing_in_a_folder_that_is_read_is_replaced() {
    for args in [
        "consolidate fo -o fo/in.symtypes",
        "consolidate fo -o fo/sub/in.symtypes",
        "consolidate to-fo -o fo/in.symtypes",
        "consolidate fo -o to-fo/sub/../in.symtypes",
        "compare fo fo --format json:fo/in.symtypes",
        "compare one.symtypes fo --format markdown:fo/sub/in.symtypes",
    ] {
        check_refused(QUESTIONS, args, REPLACED);
    }
    // By another name, it is found when all has been read, and nothing has been written.
    check_refused(QUESTIONS, "consolidate fo -o hard", REPLACED);
    check_refused(QUESTIONS, "compare fo fo --format json:new --format html:hard", REPLACED);
}

/// What is not there yet would be read the next time.
#[test]
fn nothing_is_put_among_the_files_of_a_folder_that_is_read() {
    const AMONG: &str = "would be one of the files of an input, ";
    check_refused(QUESTIONS, "consolidate fo -o fo/new.symtypes", AMONG);
    check_refused(QUESTIONS, "compare fo one.symtypes --format json:fo/sub/Module.symvers", AMONG);
    check_refused(QUESTIONS, "split fo -o fo/sub/new", "would be within an input, fo");
    check_refused(QUESTIONS, "split to-fo -o fo/new/", "would be within an input, to-fo");
}

#[test]
fn two_outputs_have_two_places() {
    const TWO: &str = "two reports would go there";
    for [one, other] in
        [["z", "./z"], ["z", "fo/../z"], ["fo/z", "to-fo/z"], ["hard", "fo/in.symtypes"], ["z", "z"]]
    {
        let args = format!("compare one.symtypes one.symtypes --format json:{one} --format html:{other}");
        check_refused(QUESTIONS, &args, TWO);
    }
    check_refused(QUESTIONS, "compare one.symtypes one.symtypes --format json:to-z --format html:z", "to-z");
    check_refused(
        QUESTIONS,
        "compare one.symtypes one.symtypes -f text -f json:/dev/stdout",
        "standard output",
    );
}

/// A report that replaces the file which standard output is written to makes that vanish.
#[test]
fn standard_output_is_a_place_too() {
    let folder = folder();
    let redirected = |program: &str, args: &str| {
        let stdout = File::create(folder.path().join("out")).expect("a file");
        let output = Command::new(program)
            .args(args.split(' '))
            .current_dir(folder.path())
            .stdin(File::open(folder.path().join("syms")).expect("a list"))
            .stdout(Stdio::from(stdout))
            .stderr(Stdio::piped())
            .output();
        output.expect("it starts")
    };
    for (program, args) in
        [(QUESTIONS, "compare one.symtypes one.symtypes -f text -f json:out"), (TOOL, "-T out x.o")]
    {
        let text = String::from_utf8(redirected(program, args).stderr).expect("UTF-8");
        assert!(text.contains("would go where standard output goes") && text.lines().count() == 1, "{text}");
    }
    // What only adds to it does no harm, and what goes nowhere is not missed.
    assert!(redirected(TOOL, "-T /dev/stdout x.o").status.success());
    let args = "compare one.symtypes one.symtypes -q -f json:/dev/null -f html:/dev/null";
    assert!(redirected(QUESTIONS, args).status.success());
    assert!(redirected(TOOL, "-T /dev/null x.o").status.success());
}

/// Other files in a folder that is read, and what was there before, are as good as any other place.
#[test]
fn outputs_beside_inputs_are_written() {
    let folder = folder();
    for (args, written) in [
        ("consolidate fo -o fo/text", "fo/text"),
        ("consolidate fo -o fo/text", "fo/text"),
        ("consolidate fo -o one.symtypes", "one.symtypes"),
        ("compare fo fo -q --policy pol --format json:fo/report.json", "fo/report.json"),
        ("compare fo fo -q --format json:r --format html:s --format markdown:fo/sub/s", "fo/sub/s"),
        ("split all -o sub", "sub/in.symtypes"),
    ] {
        let output = run(folder.path(), QUESTIONS, args, "syms");
        assert!(output.status.success(), "{args}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(folder.path().join(written).is_file(), "{args}");
    }
    assert!(run(folder.path(), TOOL, "-T fo/x.symtypes x.o", "syms").status.success());
}
