//! Confinement: what a confined process can do and cannot, that the tool loses nothing by it, and that a kernel
//! without it is no obstacle.
#![cfg(all(
    target_os = "linux",
    any(target_arch = "x86_64", target_arch = "aarch64", target_arch = "riscv64")
))]

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::repository;
use tempfile::TempDir;

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");
const CONFINED: &str = env!("CARGO_BIN_EXE_confined");
const DEPRIVED: &str = env!("CARGO_BIN_EXE_deprived");

/// A folder for [`CONFINED`].
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for sub in ["inside/folder/deep", "out"] {
        fs::create_dir_all(folder.path().join(sub)).expect("a folder");
    }
    for file in
        ["inside/object", "inside/beside", "inside/folder/deep/file", "outside", "out/temporary", "log"]
    {
        fs::write(folder.path().join(file), file).expect("a file");
    }
    symlink("../../outside", folder.path().join("inside/folder/link")).expect("a symbolic link");
    folder
}

/// What came of an attempt, and whether files and system calls were confined.
struct Attempt {
    output: Output,
    files: bool,
    calls: bool,
}

impl Attempt {
    fn new(folder: &Path, written: &str, attempt: &str) -> Attempt {
        let output = Command::new(CONFINED).arg(folder).args([written, attempt]).output().expect("it starts");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let is = |what: &str| stderr.contains(&format!("{what} are confined by"));
        let (files, calls) = (is("files"), is("system calls"));
        assert!(files || calls || stderr.contains("not confined"), "{stderr}");
        Attempt { output, files, calls }
    }

    fn text(&self) -> String {
        [&self.output.stdout[..], &self.output.stderr].concat().escape_ascii().to_string()
    }

    fn check_done(&self, what: &str) {
        assert!(self.output.status.success(), "{what}: {}", self.text());
        assert!(self.output.stdout.ends_with(b"done\n"), "{what}: {}", self.text());
    }

    fn check_refused(&self, what: &str) {
        assert!(self.output.status.success(), "{what}: {}", self.text());
        let last = self.output.stdout.split(|&byte| byte == b'\n').rev().nth(1).unwrap_or_default();
        assert!(last.starts_with(b"refused: "), "{what}: {}", self.text());
    }
}

#[test]
fn what_is_needed_is_allowed() {
    let needed = [
        ("nothing", "read-object"),
        ("nothing", "read-below-folder"),
        ("nothing", "look-outside"),
        ("nothing", "panic"),
        ("nothing", "work"),
        ("renamed", "work"),
        ("renamed", "rename"),
        ("renamed", "remove"),
        ("appended", "append"),
        ("below", "make-out"),
        ("below", "rename-out"),
    ];
    for (written, attempt) in needed {
        Attempt::new(folder().path(), written, attempt).check_done(attempt);
    }
}

#[test]
fn files_outside_are_out_of_reach() {
    for attempt in ["read-outside", "read-beside", "read-through-link"] {
        let folder = folder();
        let attempted = Attempt::new(folder.path(), "renamed", attempt);
        if attempted.files {
            attempted.check_refused(attempt);
        }
    }
}

#[test]
fn nothing_is_written_but_what_was_announced() {
    let everywhere = [
        "write-object",
        "cut-object",
        "move-object",
        "create",
        "create-out",
        "make",
        "link",
        "symbolic-link",
        "permissions",
        "append-object",
        "list",
    ];
    let announced = [
        (
            "nothing",
            &["create-folder", "make-out", "remove-object", "rename", "rename-outside", "remove", "append"][..],
        ),
        ("renamed", &["create-folder", "make-out", "append"]),
        ("appended", &["create-folder", "make-out", "remove-object", "rename", "rename-outside", "remove"]),
        ("below", &["rename-outside", "append"]),
    ];
    for (written, more) in announced {
        for attempt in everywhere.iter().chain(more) {
            let folder = folder();
            let attempted = Attempt::new(folder.path(), written, attempt);
            // Where files are not confined, any can be appended to if one may be.
            if attempted.calls && (attempted.files || *attempt != "append-object") {
                attempted.check_refused(&format!("{written}, {attempt}"));
                let object = fs::read(folder.path().join("inside/object")).expect("the object");
                assert_eq!(object, b"inside/object", "{attempt}");
            }
        }
    }
    // What is renamed and removed elsewhere is for the confinement of files alone.
    for attempt in ["remove-object", "rename-outside"] {
        let folder = folder();
        let attempted = Attempt::new(folder.path(), "renamed", attempt);
        if attempted.files {
            attempted.check_refused(attempt);
        }
    }
}

#[test]
fn there_are_no_other_processes_and_no_network() {
    for attempt in ["start", "connect", "listen", "send", "connect-local", "send-local"] {
        let folder = folder();
        let attempted = Attempt::new(folder.path(), "renamed", attempt);
        if attempted.calls {
            attempted.check_refused(attempt);
        }
    }
}

#[test]
fn another_program_is_the_end() {
    let attempted = Attempt::new(folder().path(), "nothing", "execute");
    if attempted.calls {
        assert_eq!(attempted.output.status.signal(), Some(libc::SIGSYS), "{}", attempted.text());
    } else if attempted.files {
        attempted.check_refused("execute");
    }
}

#[test]
fn a_process_that_fails_says_so_as_ever() {
    for attempt in ["abort", "overflow"] {
        let attempted = Attempt::new(folder().path(), "renamed", attempt);
        assert_eq!(attempted.output.status.signal(), Some(libc::SIGABRT), "{}", attempted.text());
        let says = String::from_utf8_lossy(&attempted.output.stderr).contains("overflowed its stack");
        assert_eq!(says, attempt == "overflow", "{}", attempted.text());
    }
}

fn corpus(case: &str) -> PathBuf {
    repository().join("corpus/golden").join(case)
}

fn symbols() -> Vec<u8> {
    fs::read(corpus("typedefs/syms")).expect("the case's symbol list")
}

/// Runs a command with a symbol list.
fn start(command: &mut Command, list: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let _ = child.stdin.take().expect("a pipe").write_all(list);
    child.wait_with_output().expect("the tool ends")
}

/// Runs the tool on the case of typedefs from a shell, which can redirect what a test cannot; `$0` is the tool,
/// `$1` the object and `$2` a folder for what the script likes to keep.
fn shell(script: &str, folder: &Path) -> Output {
    start(
        Command::new("/bin/bash").args(["-c", script, TOOL]).arg(corpus("typedefs/x.o")).arg(folder),
        &symbols(),
    )
}

fn expected_versions() -> Vec<u8> {
    let output = start(Command::new(TOOL).args(["--no-sandbox"]).arg(corpus("typedefs/x.o")), &symbols());
    assert!(output.status.success() && output.stdout.starts_with(b"#SYMVER "));
    output.stdout
}

#[test]
fn objects_of_all_kinds_are_read() {
    let expected = expected_versions();
    let scripts = [
        // Pipes with a name and without, what a descriptor leads to, symbolic links out of the folder.
        "mkfifo \"$2/pipe\"; cat \"$1\" > \"$2/pipe\" & exec \"$0\" \"$2/pipe\"",
        "exec \"$0\" <(cat \"$1\")",
        "exec \"$0\" /dev/fd/7 7< \"$1\"",
        "exec \"$0\" /proc/self/fd/7 7< \"$1\"",
        "ln -s \"$1\" \"$2/x.o\"; exec \"$0\" \"$2/x.o\"",
        "ln -s \"$1\" \"$2/x.o\"; cd \"$2\"; exec \"$0\" --no-companions x.o",
        "mkdir \"$2/sub\"; ln -s \"$1\" \"$2/x.o\"; cd \"$2/sub\"; exec \"$0\" ../x.o --companion-root /no/such/root",
        "ulimit -n 10; exec \"$0\" \"$1\"",
    ];
    for script in scripts {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = shell(script, folder.path());
        assert!(output.status.success(), "{script}: {}", output.stderr.escape_ascii());
        assert_eq!(output.stdout, expected, "{script}");
    }
}

#[test]
fn symtypes_are_written_wherever_they_could_be() {
    let expected = fs::read(corpus("typedefs/expected/main.symtypes")).expect("the case's types");
    // What is in the folder afterwards, and which file the types are in.
    let scripts = [
        ("exec \"$0\" -T \"$2/types\" \"$1\"", Some("types"), 1),
        ("cd \"$2\"; exec \"$0\" -T types \"$1\"", Some("types"), 1),
        ("cd \"$2\"; mkdir sub; ln -s sub/types link; exec \"$0\" -T link \"$1\"", Some("sub/types"), 2),
        (
            "echo old > \"$2/types\"; ln \"$2/types\" \"$2/same\"; exec \"$0\" -T \"$2/types\" \"$1\"",
            Some("types"),
            2,
        ),
        ("exec \"$0\" -T /dev/null \"$1\"", None, 0),
        ("exec \"$0\" -T /dev/stderr \"$1\" 2> \"$2/types\"", Some("types"), 1),
        ("exec \"$0\" -T /dev/fd/7 \"$1\" 7> \"$2/types\"", Some("types"), 1),
        (
            "mkfifo \"$2/pipe\"; cat \"$2/pipe\" > \"$2/types\" & \"$0\" -T \"$2/pipe\" \"$1\"; wait",
            Some("types"),
            2,
        ),
    ];
    let versions = expected_versions();
    for (script, types, count) in scripts {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let output = shell(script, folder.path());
        assert!(output.status.success(), "{script}: {}", output.stderr.escape_ascii());
        assert_eq!(output.stdout, versions, "{script}");
        if let Some(types) = types {
            assert_eq!(fs::read(folder.path().join(types)).expect("the types"), expected, "{script}");
        }
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), count, "{script}");
    }
}

/// A companion that lies elsewhere is refused by us, not by the kernel, so that a kernel without confinement makes
/// no difference.
#[test]
fn companions_that_links_lead_to_need_a_root() {
    let case = corpus("build-id");
    let list = fs::read(case.join("syms")).expect("the case's symbol list");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("root");
    fs::create_dir_all(root.join(".build-id/00")).expect("a folder");
    let target = case.join("root/.build-id/00/aabbccddeeff0102.debug");
    symlink(&target, root.join(".build-id/00/aabbccddeeff0102.debug")).expect("a symbolic link");
    fs::copy(case.join("prog"), folder.path().join("prog")).expect("a copy");
    let run = |options: &[&str]| {
        let mut command = Command::new(TOOL);
        command.current_dir(folder.path()).args(["prog", "--companion-root", "root"]).args(options);
        start(&mut command, &list)
    };
    let messages = [&[][..], &["--no-sandbox"]].map(|options| {
        let output = run(options);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).expect("UTF-8")
    });
    assert!(messages[0].contains("--companion-root allows it"), "{}", messages[0]);
    assert_eq!(messages[0], messages[1]);
    let output = run(&["--companion-root", case.join("root").to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", output.stderr.escape_ascii());
}

#[test]
fn debug_prints_what_is_in_force() {
    let object = corpus("typedefs/x.o");
    let run = |options: &[&str]| {
        let output = start(Command::new(TOOL).arg("--debug").args(options).arg(&object), &symbols());
        assert!(output.status.success());
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert!(run(&[]).contains("gendwarfksyms: files are "));
    assert!(run(&["--no-sandbox"]).contains("nothing is confined, as --no-sandbox asks"));
}

#[test]
fn a_kernel_that_refuses_to_confine_is_no_obstacle() {
    for error in [libc::ENOSYS, libc::EPERM, libc::EACCES] {
        let mut command = Command::new(DEPRIVED);
        command.arg(error.to_string()).args([TOOL, "--debug"]).arg(corpus("typedefs/x.o"));
        let output = start(&mut command, &symbols());
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{stderr}");
        assert_eq!(output.stdout, expected_versions());
        for what in ["files are not confined: ", "system calls are not confined: "] {
            assert!(stderr.contains(what), "{stderr}");
        }
    }
}

#[test]
fn libraries_that_were_brought_in_keep_their_calls() {
    let mut command = Command::new(TOOL);
    command.env("LD_PRELOAD", "libc.so.6").arg("--debug").arg(corpus("typedefs/x.o"));
    let output = start(&mut command, &symbols());
    assert!(output.status.success());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("system calls are not confined: LD_PRELOAD"), "{stderr}");
}

/// What is written to a terminal is escaped, so whether there is one must still be found out.
#[test]
fn a_terminal_is_still_known() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let list = folder.path().join("list");
    fs::write(&list, "nowhere\x1b[31m\n").expect("a file");
    let command = format!("'{TOOL}' '{}' < '{}'", corpus("typedefs/x.o").display(), list.display());
    let output = Command::new("script").args(["-qec", &command, "/dev/null"]).stdin(Stdio::null()).output();
    // Not every system has the command that makes a terminal.
    if let Ok(output) = output {
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("#SYMVER nowhere\\u{1b}[31m 0x00000000"), "{text}");
    }
}

/// What the kernel says of a process: whether its system calls are filtered.
fn is_confined(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    status.lines().any(|line| line.starts_with("Seccomp:") && line.ends_with('2'))
}

/// Opens a pipe to write to it, once it is being read: what is written before that is lost if the writer goes.
fn opened(pipe: &Path) -> fs::File {
    let no_waiting = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    for _ in 0..1000 {
        if let Ok(file) = fs::File::options().write(true).custom_flags(no_waiting).open(pipe) {
            return file;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("nobody reads the pipe");
}

/// Starts a process and writes a text to a pipe that it reads: whether it was confined before the first byte came, and
/// its output. With a process that has nothing to fear from the kernel, it is waited for in vain, and that is an error.
fn fed(command: &mut Command, pipe: Option<&Path>, text: &[u8]) -> (bool, Output) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // A process that reads before it confines itself waits for the first byte, and is never confined.
    let is_confined = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        is_confined(child.id())
    });
    let stdin = child.stdin.take();
    let mut out: Box<dyn Write> = match pipe {
        Some(pipe) => {
            drop(stdin);
            Box::new(opened(pipe))
        }
        None => Box::new(stdin.expect("a pipe")),
    };
    out.write_all(text).expect("it is read");
    drop(out);
    (is_confined, child.wait_with_output().expect("it ends"))
}

#[test]
fn nothing_is_read_before_the_process_is_confined() {
    if !Attempt::new(folder().path(), "nothing", "look-outside").calls {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = folder.path().join("pipe");
    rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU).expect("a pipe");
    let object = corpus("typedefs/x.o");
    let (is_confined, output) = fed(Command::new(TOOL).arg(&object), None, &symbols());
    assert!(is_confined && output.status.success() && output.stdout == expected_versions());
    // The record has them all, and nothing is said of versions that are the same.
    let mut command = Command::new(TOOL);
    let (is_confined, output) =
        fed(command.arg("--check").args([&pipe, &object]), Some(&pipe), &expected_versions());
    assert!(is_confined && output.status.success() && output.stdout.is_empty(), "{output:?}");
    let object = repository().join("corpus/suggest/narrow-before.o");
    for subcommand in ["compare", "rules"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        command.args([subcommand, "--quiet", "--policy"]).arg(format!("severities:{}", pipe.display()));
        let builds: &[&Path] = if subcommand == "compare" { &[&object, &object] } else { &[&object] };
        let (is_confined, output) = fed(command.args(builds), Some(&pipe), b"nothing FAIL\n");
        assert!(is_confined && output.status.code().is_some_and(|code| code < 2), "{subcommand}: {output:?}");
    }
    // Each subcommand, with a build that comes through the pipe.
    let (bytes, other) = (fs::read(&object).expect("an object"), object.display().to_string());
    let text = folder.path().join("text").display().to_string();
    let run = |args: &[&str], fed_with: &[u8]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        let args = args.iter().map(|&arg| if arg == "PIPE" { pipe.as_os_str() } else { arg.as_ref() });
        let (is_confined, output) = fed(command.args(args).arg("--quiet"), Some(&pipe), fed_with);
        assert!(is_confined && output.status.code().is_some(), "{command:?}: {output:?}");
    };
    run(&["versions", "PIPE"], &bytes);
    run(&["exports", "PIPE"], &bytes);
    run(&["compare", "PIPE", &other], &bytes);
    run(&["explain", "visit", "PIPE", &other], &bytes);
    run(&["suggest", "PIPE", &other], &bytes);
    run(&["consolidate", "PIPE", "--output", &text], &bytes);
    run(&["lint", "PIPE"], &bytes);
    // An error, since it is no module, but not before it is read.
    run(&["module", "PIPE", &other], &bytes);
    let consolidated = fs::read(&text).expect("a text");
    run(&["split", "PIPE", "--output", &format!("{text}.files")], &consolidated);
}
