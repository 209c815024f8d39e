//! What happens when an input or an output is not what it should be: one line of error that names the file and
//! the cause, exit status 1, nothing on standard output, no symtypes file.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::repository;

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");

/// An object of the corpus.
fn object() -> PathBuf {
    let folder = repository().join("corpus/golden/typedefs");
    let list = fs::read(folder.join("syms")).expect("the case's symbol list");
    assert!(!list.is_empty());
    folder.join("x.o")
}

fn symbols() -> Vec<u8> {
    fs::read(repository().join("corpus/golden/typedefs/syms")).expect("the case's symbol list")
}

fn run(args: &[&str], list: &[u8]) -> Output {
    let mut child = Command::new(TOOL)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    // A tool that stops before it has read the list closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(list);
    child.wait_with_output().expect("the tool ends")
}

/// The one line of error that a run gave, which did nothing else.
fn error_of(output: &Output) -> String {
    let stderr = String::from_utf8(output.stderr.clone()).expect("messages are UTF-8");
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    assert!(output.stdout.is_empty(), "{}", output.stdout.escape_ascii());
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("error: "), "{stderr}");
    stderr
}

/// Runs the tool on a file with these bytes and checks that it says `what` about it.
fn check_file(bytes: &[u8], what: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.o");
    fs::write(&path, bytes).expect("a file");
    check_path(&path, what);
}

fn check_path(path: &Path, what: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let symtypes = folder.path().join("symtypes");
    let path = path.to_str().expect("a path in UTF-8");
    let error = error_of(&run(&["-T", symtypes.to_str().expect("UTF-8"), path], b"symbol\n"));
    assert!(error.contains(path), "{error}");
    assert!(error.contains(what), "{error}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "something was left behind");
}

#[test]
fn a_file_that_is_missing() {
    check_path(Path::new("no/such/file.o"), "No such file or directory");
}

#[test]
fn a_directory() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    check_path(folder.path(), "is a directory");
}

#[test]
fn a_file_without_permission() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.o");
    fs::copy(object(), &path).expect("a copy");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    // The superuser may read everything.
    if File::open(&path).is_err() {
        check_path(&path, "Permission denied");
    }
}

#[test]
fn an_empty_file() {
    check_file(b"", "the file is empty");
}

#[test]
fn a_text_file() {
    check_file(b"int main(void) { return 0; }\n", "not an ELF object");
    check_file(b"\x7fEL", "not an ELF object");
    check_file(b"BC\xc0\xde", "LLVM bitcode");
}

#[test]
fn an_archive_without_objects() {
    check_file(b"!<arch>\n", "the archive has no members");
    check_file(b"!<thin>\n", "the archive has no members");
    check_file(b"!<arch>\nnot a header of a member", "the archive is damaged");
    let member = b"!<arch>\nnotes.txt/      0           0     0     644     6         `\nhello\n";
    check_file(member, "x.o(notes.txt): not an ELF object");
}

#[test]
fn an_object_without_dwarf() {
    let folder = repository().join("corpus/golden/no-debug-info");
    let objects = fs::read_dir(folder).expect("the case").map(|entry| entry.expect("an entry").path());
    let mut count = 0;
    for object in objects.filter(|path| path.extension().is_some_and(|extension| extension == "o")) {
        check_path(&object, "no debugging information");
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn an_object_that_is_cut_anywhere() {
    let bytes = fs::read(object()).expect("an object");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.o");
    // The section header table is at the end, so no cut leaves an object that can be read.
    for length in (1..bytes.len()).step_by(97) {
        fs::write(&path, &bytes[..length]).expect("a file");
        let output = run(&[path.to_str().expect("UTF-8")], &symbols());
        error_of(&output);
    }
}

#[test]
fn a_symbol_list_with_a_blank_line() {
    let object = object();
    let object = object.to_str().expect("UTF-8");
    for (list, line) in [(&b"\n"[..], 1), (b"a\n\nb\n", 2), (b"a\nb\n \t\n", 3)] {
        let error = error_of(&run(&[object], list));
        assert!(error.contains(&format!("line {line}")), "{error}");
    }
}

#[test]
fn an_empty_symbol_list_does_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let symtypes = folder.path().join("symtypes");
    let output = run(&["-T", symtypes.to_str().expect("UTF-8"), "no/such/file.o"], b"");
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty());
    assert!(!symtypes.exists());
}

#[test]
fn a_symbol_that_is_nowhere_gets_zero_and_a_warning() {
    let output = run(&[object().to_str().expect("UTF-8")], b"nowhere\x1b[31m\n");
    assert!(output.status.success());
    assert_eq!(output.stdout, b"#SYMVER nowhere\x1b[31m 0x00000000\n");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        stderr,
        format!(
            "warning: gendwarfksyms: {}: no information for symbol nowhere\\u{{1b}}[31m\n",
            object().display()
        )
    );
}

#[test]
fn an_error_names_the_symbol_that_it_is_about() {
    let object = repository().join("corpus/hostile/types/member-to-nowhere.o");
    let object = object.to_str().expect("UTF-8");
    // Only `f` has the damaged type; the others are nowhere.
    for list in ["f\n", "f\na\nb\n", "a\nb\nc\nd\nf\n", "a\nf\nb\nc\nd\ne\n"] {
        let error = error_of(&run(&[object], list.as_bytes()));
        assert!(error.starts_with(&format!("error: {object}: symbol f: .debug_info+0x")), "{error}");
        assert!(error.ends_with("; the file is damaged: remove it and build it again\n"), "{error}");
    }
    // A unit that is longer than its section is nobody's fault.
    let object = repository().join("corpus/hostile/units/length-too-large.o");
    let object = object.to_str().expect("UTF-8");
    let error = error_of(&run(&[object], b"a\nf\n"));
    assert!(error.starts_with(&format!("error: {object}: .debug_info+0x0: ")), "{error}");
}

#[test]
fn a_symtypes_path_that_cannot_be_written() {
    let object = object();
    let object = object.to_str().expect("UTF-8");
    for (path, what) in
        [("/no/such/folder/x.symtypes", "No such file"), ("/", "directory"), ("/dev/full", "No space")]
    {
        let error = error_of(&run(&["-T", path, object], &symbols()));
        assert!(error.contains(path) && error.contains(what), "{error}");
    }
}

#[test]
fn a_symtypes_file_is_replaced_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, link) = (folder.path().join("x.symtypes"), folder.path().join("link"));
    fs::write(&file, "old").expect("a file");
    std::os::unix::fs::symlink("x.symtypes", &link).expect("a symbolic link");
    let link = link.to_str().expect("UTF-8");

    error_of(&run(&["-T", link, "no/such/file.o"], &symbols()));
    assert_eq!(fs::read(&file).expect("the file"), b"old");

    let output = run(&["-T", link, object().to_str().expect("UTF-8")], &symbols());
    assert!(output.status.success());
    let expected = repository().join("corpus/golden/typedefs/expected/main.symtypes");
    assert_eq!(fs::read(&file).expect("the file"), fs::read(expected).expect("the expected file"));
    assert!(fs::symlink_metadata(link).expect("the link").is_symlink());
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2, "something was left behind");
}

#[test]
fn a_symtypes_path_through_a_link_that_leads_nowhere_yet() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("new.symtypes", &link).expect("a symbolic link");
    let output = run(&["-T", link.to_str().expect("UTF-8"), object().to_str().expect("UTF-8")], &symbols());
    assert!(output.status.success());
    assert!(folder.path().join("new.symtypes").is_file());
    assert!(fs::symlink_metadata(link).expect("the link").is_symlink());
}

#[test]
fn a_symtypes_file_does_not_replace_an_object() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.o");
    fs::copy(object(), &path).expect("a copy");
    let path = path.to_str().expect("UTF-8");
    let error = error_of(&run(&["-T", path, path], &symbols()));
    assert!(error.contains("would replace an input"), "{error}");
    assert_eq!(fs::read(path).expect("the object"), fs::read(object()).expect("the object"));
}

#[test]
fn symtypes_on_standard_output_come_before_the_versions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("out");
    let script = "exec \"$0\" -T /proc/self/fd/1 \"$1\" >> \"$2\"";
    fs::write(&file, "before\n").expect("a file");
    let status = Command::new("/bin/sh")
        .args(["-c", script, TOOL])
        .args([object(), file.clone()])
        .stdin(File::open(repository().join("corpus/golden/typedefs/syms")).expect("the symbol list"))
        .status()
        .expect("a shell");
    assert!(status.success());
    let text = fs::read_to_string(file).expect("the file");
    let versions = text.find("#SYMVER ").expect("versions");
    assert!(text.starts_with("before\n") && text.contains("t#"), "{text}");
    assert!(text[versions..].lines().all(|line| line.starts_with("#SYMVER ")), "{text}");
}

/// Runs the tool from a shell, which can redirect what a test cannot.
fn shell(redirections: &str) -> Output {
    let script = format!("exec \"$0\" \"$1\" {redirections}");
    let list = repository().join("corpus/golden/typedefs/syms");
    Command::new("/bin/sh")
        .args(["-c", &script, TOOL])
        .arg(object())
        .stdin(File::open(list).expect("the symbol list"))
        .output()
        .expect("a shell")
}

#[test]
fn standard_output_that_is_full_or_closed() {
    let bad = "Bad file descriptor";
    for (redirections, what) in [("> /dev/full", "No space left"), (">&-", bad), ("1< /dev/null", bad)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let symtypes = folder.path().join("symtypes");
        let error = error_of(&shell(&format!("-T '{}' {redirections}", symtypes.display())));
        assert!(error.contains("standard output") && error.contains(what), "{error}");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "something was left behind");
    }
}

#[test]
fn a_reader_that_has_gone() {
    let mut child = Command::new(TOOL)
        .arg(object())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").write_all(&symbols()).expect("the tool reads the list");
    let output = child.wait_with_output().expect("the tool ends");
    let error = error_of(&output);
    assert!(error.contains("Broken pipe"), "{error}");
}

#[test]
fn a_wrong_command_line_shows_how_it_should_be() {
    for args in [&[][..], &["--nonsense", "x.o"], &["--s", "x.o"], &["--symtypes"], &["--limit", "x", "x.o"]]
    {
        let output = run(args, b"symbol\n");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(output.stdout.is_empty() && stderr.starts_with("error: "), "{args:?}: {stderr}");
        assert!(stderr.contains("--help"), "{args:?}: {stderr}");
    }
}

#[test]
fn limits_name_themselves() {
    let object = object();
    let object = object.to_str().expect("UTF-8");
    for name in ["memory", "work", "depth", "text"] {
        let error = error_of(&run(&["--limit", &format!("{name}=1"), object], &symbols()));
        assert!(error.contains(&format!("--limit {name}=N")), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_symbol_list_without_an_end_is_not_read_to_its_end() {
    let object = object();
    let endless = |args: &[&str]| {
        let zeros = File::open("/dev/zero").expect("zeros");
        Command::new(TOOL).args(args).arg(&object).stdin(zeros).output().expect("the tool ends")
    };
    for (args, limit) in [(&[][..], 64 << 20), (&["--limit", "list=1000"], 1000)] {
        let error = error_of(&endless(args));
        let expected = format!(
            "error: the limit on the length of the symbol list ({limit} bytes) was reached; --limit list=N raises it\n"
        );
        assert_eq!(error, expected);
    }
}

/// A frame of zstd whose window has 4 GiB, of which nothing comes out before it is full, in 1 GiB of memory.
#[test]
#[cfg(target_os = "linux")]
fn a_window_that_there_is_no_memory_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut frame = b"\x28\xb5\x2f\xfd\x00".to_vec();
    frame.push(22 << 3);
    const BLOCKS: u32 = 32 << 10;
    for block in 0..BLOCKS {
        let header = (128_u32 << 10) << 3 | 1 << 1 | u32::from(block + 1 == BLOCKS);
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b'a');
    }
    let path = folder.path().join("x.ko.zst");
    fs::write(&path, frame).expect("a file");
    let questions = env!("CARGO_BIN_EXE_dwarfksyms-under-test");
    for (program, subcommand, status) in [(TOOL, "", 1), (questions, "versions", 2)] {
        let script = "ulimit -v 1048576; exec \"$0\" $2 --limit unpacked=8G --limit memory=8G \"$1\"";
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script, program]).arg(&path).arg(subcommand);
        let list = File::open(repository().join("corpus/golden/typedefs/syms")).expect("the symbol list");
        let output = command.stdin(list).output().expect("a shell");
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{text}");
        assert_eq!(text, "error: the system has no more memory\n");
        assert!(output.stdout.is_empty());
    }
}
