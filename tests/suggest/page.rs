//! The page of suggestions.

use std::fs;
use std::process::Command;

use dwarfksyms_tests::repository;

use crate::{printed, run};

/// What a reader sees of a page, and copies from it: its text.
fn text_of(page: &str) -> String {
    let outside = page.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    let text = outside.collect::<String>();
    let characters =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#9;", "\t"), ("&amp;", "&")];
    characters.iter().fold(text, |text, (markup, char)| text.replace(markup, char))
}

#[test]
fn a_page_has_every_suggestion_as_it_is_to_be_written() {
    let (status, page, errors) = run("html", "before.o", "after.o");
    assert_eq!((status, errors.as_str()), (0, ""));
    let text = text_of(&page);
    let expected = fs::read_to_string(repository().join("corpus/suggest/suggestions")).expect("a file");
    // Between two headings there is one source, with its tabs and line breaks.
    for source in expected.split("/* ").filter_map(|part| part.split_once(" */\n")).map(|(_, source)| source)
    {
        assert!(text.contains(source.trim_end()), "{source} is not in\n{text}");
    }
    for part in ["3 of 3 exports with other types can have the old version", "not-allocated", "before.o"] {
        assert!(text.contains(part), "{part}");
    }
    // The page of a comparison has them beside each cause, if that is asked for.
    let page = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"))
            .args(["compare", "--stable", "--format", "html", "before.o", "after.o"])
            .args(args)
            .current_dir(repository().join("corpus/suggest"))
            .output()
            .expect("it starts");
        text_of(&String::from_utf8(output.stdout).expect("UTF-8"))
    };
    let source = "union {\n\tchar __kabi_ignored_wakeups;\n\tlong unsigned int wakeups;\n};";
    assert!(page(&["--suggest"]).contains(source) && !page(&[]).contains("__kabi_ignored_wakeups"));
    assert!(page(&["--suggest"]).contains("__KABI_RULE(byte_size, queue, 16);"));
}

#[test]
fn a_page_of_suggestions_is_safe_whatever_types_are_called() {
    let evil = "<img/src=x/onerror=alert(1)>'\"&lt;\u{202e}";
    let file = |more: &str| {
        format!(
            "f subprogram ( formal_parameter pointer_type {{ s#{evil} }} byte_size(8) p ) -> base_type void\n\
             s#{evil} structure_type {evil} {{ member base_type int byte_size(4) encoding(5) {evil} \
             data_member_location(0){more} }} byte_size(8)\n"
        )
    };
    let added = format!(" , member base_type int byte_size(4) encoding(5) {evil}2 data_member_location(4)");
    let page = printed(&["suggest", "--format", "html"], &file(""), &file(&added));
    let script = include_str!("../../cli/dwarfksyms/src/report/html/script.js");
    let page = page.replace(script, "");
    for (tag, expected) in
        [("<script", 1), ("<style", 1), ("<link", 1), ("<img", 0), ("<iframe", 0), ("<pre", 1)]
    {
        assert_eq!(page.matches(tag).count(), expected, "{tag}: {page}");
    }
    assert!(
        page.contains("default-src 'none'") && !page.contains("unsafe-inline") && !page.contains('\u{202e}')
    );
    assert!(!page.contains(" style=") && !page.contains(" src=") && page.contains("&lt;img/src=x/onerror"));
}
