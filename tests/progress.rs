//! A bar on a terminal: while something takes long, and never when anything else is there.
#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use dwarfksyms_tests::repository;
use rustix::fs::{CWD, Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

const TOOL: &str = env!("CARGO_BIN_EXE_gendwarfksyms-under-test");

/// Longer than the tool waits before it shows anything.
const LONG: Duration = Duration::from_millis(1500);

/// What clears a line.
const CLEAR: &str = "\r\u{1b}[2K";

/// Runs the tool with a terminal for standard error, on an object that comes after a while through a pipe.
/// Returns its standard output and what is on the terminal.
fn run(object: &[u8], after: Duration, args: &[&str]) -> (ExitStatus, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pipe = folder.path().join("x.o");
    rustix::fs::mkfifoat(CWD, &pipe, Mode::RWXU).expect("a pipe");
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).and_then(|()| unlockpt(&terminal)).expect("a terminal that can be opened");
    let other_end = ptsname(&terminal, Vec::new()).expect("its name");
    let other_end = Path::new(OsStr::from_bytes(other_end.as_bytes())).to_owned();
    let other_end = rustix::fs::open(other_end, OFlags::RDWR | OFlags::NOCTTY, Mode::empty());
    let list = File::open(repository().join("corpus/golden/comma-list/syms")).expect("a symbol list");
    let child = Command::new(TOOL)
        .args(args)
        .arg(&pipe)
        .env("TERM", "xterm")
        .stdin(list)
        .stdout(Stdio::piped())
        .stderr(other_end.expect("the terminal"))
        .spawn()
        .expect("it starts");
    let screen = thread::spawn(move || {
        let mut bytes = Vec::new();
        // When nobody has the terminal open any more, to read from it is an error.
        let _ = File::from(terminal).read_to_end(&mut bytes);
        String::from_utf8(bytes).expect("text")
    });
    let mut pipe = File::options().write(true).open(&pipe).expect("the pipe");
    thread::sleep(after);
    pipe.write_all(object).expect("the tool reads");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    (output.status, String::from_utf8_lossy(&output.stdout).into_owned(), screen.join().expect("a screen"))
}

fn object() -> Vec<u8> {
    fs::read(repository().join("corpus/golden/comma-list/x.o")).expect("an object")
}

#[test]
fn what_takes_long_is_shown_and_cleared() {
    for args in [&[][..], &["-j3"], &["--no-sandbox"]] {
        let (status, stdout, screen) = run(&object(), LONG, args);
        assert!(status.success(), "{screen:?}");
        assert_eq!(stdout.lines().count(), 3);
        assert!(screen.starts_with("reading ["), "{screen:?}");
        assert!(screen.ends_with(CLEAR), "{screen:?}");
    }
}

#[test]
fn an_error_stands_on_a_line_of_its_own() {
    let (status, _, screen) = run(b"nonsense", LONG, &[]);
    assert_eq!(status.code(), Some(1));
    assert!(screen.starts_with("reading ["), "{screen:?}");
    let (_, last) = screen.rsplit_once(CLEAR).expect("a bar that is cleared");
    assert!(last.starts_with("error: ") && last.lines().count() == 1, "{screen:?}");
}

#[test]
fn what_is_done_soon_shows_nothing() {
    let (status, _, screen) = run(&object(), Duration::ZERO, &[]);
    assert!(status.success());
    assert_eq!(screen, "");
}

#[test]
fn messages_have_the_terminal_to_themselves() {
    let (status, _, screen) = run(&object(), LONG, &["--debug"]);
    assert!(status.success());
    assert!(screen.starts_with("gendwarfksyms: ") && !screen.contains('['), "{screen:?}");
}
