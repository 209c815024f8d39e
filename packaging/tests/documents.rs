//! The manual page and the completions are made, and tell of every option.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn every_option_is_in_every_document() {
    let folder = tempfile::tempdir().unwrap();
    let paths = dwarfksyms_packaging::write(folder.path()).unwrap();
    let names: Vec<_> = paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["gendwarfksyms.bash", "gendwarfksyms.fish", "_gendwarfksyms", "gendwarfksyms.1"]);
    let command = dwarfksyms::command();
    let options: Vec<_> = command.get_arguments().filter_map(|argument| argument.get_long()).collect();
    assert!(options.contains(&"symtypes"));
    for path in paths {
        // In a manual page, a hyphen that must stay one is written so.
        let text = fs::read_to_string(&path).unwrap().replace("\\-", "-");
        for option in &options {
            let is_there = text.contains(&format!("--{option}")) || text.contains(&format!("-l {option}"));
            assert!(is_there, "{option} is not in {}", path.display());
        }
    }
}

#[test]
fn the_manual_page_begins_with_what_the_tool_does() {
    let folder = tempfile::tempdir().unwrap();
    dwarfksyms_packaging::write(folder.path()).unwrap();
    let page = fs::read_to_string(folder.path().join("gendwarfksyms.1")).unwrap();
    let description = page.split(".SH DESCRIPTION\n").nth(1).unwrap();
    let options = description.find(".SH OPTIONS\n").unwrap();
    assert!(description.find("#SYMVER <name>").is_some_and(|at| at < options));
    assert!(!page.contains(".SH EXTRA"));
}

/// Where there is a program that can tell.
#[test]
fn the_documents_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    dwarfksyms_packaging::write(folder.path()).unwrap();
    check("groff", &["-man", "-Tutf8", "-ww", "-z"], &folder.path().join("gendwarfksyms.1"));
    check("bash", &["-n"], &folder.path().join("gendwarfksyms.bash"));
    check("zsh", &["-n"], &folder.path().join("_gendwarfksyms"));
    check("fish", &["-n"], &folder.path().join("gendwarfksyms.fish"));
}

fn check(program: &str, arguments: &[&str], path: &Path) {
    let Ok(output) = Command::new(program).args(arguments).arg(path).stdin(Stdio::null()).output() else {
        return;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}: {errors}", path.display());
}
