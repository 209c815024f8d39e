//! What compilers and other tools of the system make in a folder.

use std::path::Path;
use std::process::{Command, Output};

/// Runs a tool; `None`, with a line that says so, if there is none.
pub fn tool(folder: &Path, name: &str, args: &[&str]) -> Option<Output> {
    let output = Command::new(name).args(args).current_dir(folder).output();
    if output.is_err() {
        eprintln!("skipped: there is no {name}");
    }
    output.ok()
}

/// Runs a compiler or another tool that is there.
///
/// # Panics
/// If it is not there, or fails.
pub fn make(folder: &Path, name: &str, args: &[&str]) {
    let output = tool(folder, name, args).expect("a tool");
    assert!(output.status.success(), "{name} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The compilers of C that are there.
pub fn compilers() -> Vec<&'static str> {
    let is_there = |name: &&str| tool(Path::new("."), name, &["--version"]).is_some();
    ["gcc", "clang"].into_iter().filter(is_there).collect()
}
