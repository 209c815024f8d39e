//! The picture in the README is what the program prints. `DWARFKSYMS_BLESS=1` draws it again.

use std::fs;
use std::process::Command;

use dwarfksyms_tests::{path_from_environment, picture, repository};

/// So many lines are shown: the beginning of the report and the first cause.
const LINES: usize = 24;

#[test]
fn the_picture_is_what_is_printed() {
    let folder = repository();
    let arguments = ["compare", "corpus/compare/before", "corpus/compare/after"];
    let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
        .args(arguments)
        .current_dir(&folder)
        .env("CLICOLOR_FORCE", "1")
        .env_remove("NO_COLOR")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let shown: Vec<_> = text.lines().take(LINES).chain(["..."]).collect();
    let drawn = picture::terminal(&format!("dwarfksyms {}", arguments.join(" ")), &shown.join("\n"));
    let path = folder.join("docs/compare.svg");
    if path_from_environment("DWARFKSYMS_BLESS").is_some() {
        fs::write(&path, &drawn).unwrap();
    }
    let recorded = fs::read_to_string(&path).unwrap();
    assert!(recorded == drawn, "docs/compare.svg is not what is printed; DWARFKSYMS_BLESS=1 draws it");
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    assert!(readme.contains("](docs/compare.svg)"));
}

#[test]
fn names_cannot_leave_the_text() {
    let drawn = picture::terminal("x", "\u{1b}[1m\u{1b}[31m<a href=\"x\">&\u{1b}[0m b");
    assert!(
        drawn.contains(" font-weight=\"bold\" fill=\"#ff7b72\">&lt;a\u{a0}href=\"x\"&gt;&amp;</text>"),
        "{drawn}"
    );
    assert!(drawn.contains("textLength=\"16\">\u{a0}b</text>"), "{drawn}");
}
