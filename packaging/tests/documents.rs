//! The manual pages and the completions are made, and have every option.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use clap::ValueHint;

/// The names of a program's own options.
fn options(command: &clap::Command) -> Vec<String> {
    let names = command.get_arguments().filter_map(|argument| argument.get_long());
    names.filter(|name| !["help", "version"].contains(name)).map(str::to_owned).collect()
}

#[test]
fn every_option_is_in_every_document() {
    let folder = tempfile::tempdir().unwrap();
    let paths = dwarfksyms_packaging::write(folder.path()).unwrap();
    let mut names: Vec<_> = paths.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
    let mut documented = 0;
    for command in [gendwarfksyms::command(), dwarfksyms::command()] {
        let program = command.get_name();
        let completions = [format!("{program}.bash"), format!("{program}.fish"), format!("_{program}")];
        let own = (format!("{program}.1"), options(&command));
        let of_subcommand =
            |command: &clap::Command| (format!("{program}-{}.1", command.get_name()), options(command));
        let pages: Vec<_> = command.get_subcommands().map(of_subcommand).chain([own]).collect();
        let every: Vec<_> = pages.iter().flat_map(|(_, options)| options.clone()).collect();
        assert!(every.iter().any(|option| option == "limit"));
        for (name, options) in completions.map(|name| (name, every.clone())).into_iter().chain(pages) {
            names.retain(|other| *other != name);
            // In a manual page, a hyphen that must stay one is written so.
            let text = fs::read_to_string(folder.path().join(&name)).unwrap().replace("\\-", "-");
            for option in &options {
                let is_there =
                    text.contains(&format!("--{option}")) || text.contains(&format!("-l {option}"));
                assert!(is_there, "{option} is not in {name}");
                documented += 1;
            }
        }
    }
    assert!(names.is_empty() && documented > 100, "{names:?}");
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

/// Shells complete the names of files and folders wherever a command line has any.
#[test]
fn files_are_completed() {
    let mut completed = 0;
    for command in [gendwarfksyms::command(), dwarfksyms::command()] {
        for command in command.get_subcommands().chain([&command]) {
            for argument in command.get_arguments() {
                let names = argument.get_value_names().unwrap_or_default();
                let is_path = names.iter().any(|name| {
                    let places = ["FILE", "DIR", "BUILD", "OLD", "NEW", "KERNEL", "MODULE", "OBJECT"];
                    places.iter().any(|place| name.ends_with(place) || name.ends_with(&format!("{place}]")))
                });
                let hint = argument.get_value_hint();
                let is_completed =
                    matches!(hint, ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
                assert_eq!(is_completed, is_path, "{} {}", command.get_name(), argument.get_id());
                completed += usize::from(is_completed);
            }
        }
    }
    assert!(completed > 20, "{completed}");
}

/// Where there is a program that checks it.
#[test]
fn the_documents_are_sound() {
    let folder = tempfile::tempdir().unwrap();
    let paths = dwarfksyms_packaging::write(folder.path()).unwrap();
    for path in paths {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("1") => check("groff", &["-man", "-Tutf8", "-ww", "-z"], &path),
            Some("bash") => check("bash", &["-n"], &path),
            Some("fish") => check("fish", &["-n"], &path),
            _ => check("zsh", &["-n"], &path),
        }
    }
}

fn check(program: &str, arguments: &[&str], path: &Path) {
    let Ok(output) = Command::new(program).args(arguments).arg(path).stdin(Stdio::null()).output() else {
        return;
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{}: {errors}", path.display());
}
