//! Names that the Rust compiler has mangled.

use std::fs;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::folder;
use serde_json::Value;

use crate::answer;

/// A library whose functions have mangled names.
const LIBRARY: &str = "\
#![no_std]
pub mod file {
    #[inline(never)] pub fn open(level: u8) -> bool { level > 1 }
    pub struct File(pub u32);
    impl File { #[inline(never)] pub fn size(&self) -> u32 { self.0 } }
    pub trait Seek { fn seek(&self) -> u32; }
    impl Seek for File { #[inline(never)] fn seek(&self) -> u32 { self.0 + 1 } }
}
";

/// What a tool prints; none if it is not there.
fn printed(folder: &Path, words: &[&str]) -> Option<String> {
    let output = Command::new(words[0]).args(&words[1..]).current_dir(folder).output().ok()?;
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn what_the_rust_compiler_has_renamed_is_listed_once() {
    let folder = folder(&[("file.rs", LIBRARY.as_bytes())]);
    let path = folder.path();
    // Another hash of the crate, as after a change of its flags, and so another name of each function.
    for (side, salt) in [("old", "metadata=a"), ("new", "metadata=b")] {
        let fixed =
            "rustc --edition 2021 --crate-type lib --emit obj -C panic=abort -C symbol-mangling-version=v0";
        let object = format!("{side}.o");
        let words: Vec<&str> = fixed.split(' ').chain(["-C", salt, "-o", &object, "file.rs"]).collect();
        printed(path, &words).expect("a compiler");
        let Some(names) =
            printed(path, &["nm", "--defined-only", "--extern-only", "--format=posix", &object])
        else {
            return;
        };
        let names = names.lines().map(|line| line.split(' ').next().expect("a name"));
        let names = names.chain([if side == "old" { "_RNvC3old4gone" } else { "plain" }]);
        let line = |name: &str| format!("0x00000001\t{name}\tvmlinux\tEXPORT_SYMBOL_GPL\t\n");
        fs::write(path.join(side), names.map(line).collect::<String>()).expect("a record");
    }
    let (status, json) = answer(path, &["compare", "old", "new", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let summary = ["renamed", "removed", "added"].map(|field| report["summary"][field].as_u64());
    assert_eq!((status, summary), (1, [Some(3), Some(4), Some(4)]));
    let (_, text) = answer(path, &["compare", "old", "new"]);
    let names =
        ["<file::file::File>::size", "file::file::open", "<file::file::File as file::file::Seek>::seek"];
    let (_, list) = text.split_once("\nRenamed by the compiler (3)\n").expect("a list");
    let rows = list.lines().map(|line| line.trim_start().split("  ").next().expect("a name"));
    assert_eq!(rows.take(names.len()).collect::<Vec<_>>(), names, "{text}");
    assert!(
        text.contains("\nRemoved (1)\n  _RNvC3old4gone ") && text.contains("\nAdded (1)\n  plain "),
        "{text}"
    );
    assert!(text.contains("4 removed, 4 added, 3 pairs renamed by the compiler among"), "{text}");
    // Another reader of such names, which leaves the hash of the crate in.
    let Some(reader) = printed(path, &["c++filt", "--version"]) else { return };
    let exports = report["exports"].as_array().expect("an array");
    for export in exports.iter().filter(|export| export["demangled"].is_string()) {
        let symbol = export["symbol"].as_str().expect("text");
        let read = printed(path, &["c++filt", "--format=rust", symbol]).expect("it is there");
        let mut depth = 0;
        let bare: String = read
            .trim_end()
            .chars()
            .filter(|char| {
                depth += i32::from(*char == '[');
                let is_kept = depth == 0;
                depth -= i32::from(*char == ']');
                is_kept
            })
            .collect();
        assert_eq!(export["demangled"], bare.as_str(), "{reader}");
    }
}

#[test]
fn demangled_names_are_escaped_and_cut() {
    // An identifier in Punycode that changes the direction of text; and a type that has the same one 2^30 times, since each of its
    // tuples has the one within it twice: once as it is, and once as a reference to where that is, in digits to base 62.
    let digits: Vec<char> = ('0'..='9').chain('a'..='z').chain('A'..='Z').collect();
    let references = (7..37).rev().map(|place: usize| format!("B{}_E", digits[place - 1]));
    let tuples = ["T".repeat(30), "h".to_owned(), references.collect()].concat();
    let names = ["_RNvC1au6ab_h4t".to_owned(), format!("_RNvMC1a{tuples}3foo")];
    let lines = |side: &str| -> String {
        let line = |name: &String| format!("0x0000000{}\t{name}\tvmlinux\tEXPORT_SYMBOL\t\n", side.len());
        names.iter().map(line).collect()
    };
    let folder = folder(&[("old", lines("a").as_bytes()), ("new", lines("ab").as_bytes())]);
    for format in ["text", "markdown", "html", "json"] {
        let (status, text) = answer(folder.path(), &["compare", "old", "new", "--format", format]);
        assert_eq!(status, 1);
        assert!(!text.contains('\u{202e}') && text.len() < 100_000, "{format}: {text}");
        if format == "json" {
            let report: Value = serde_json::from_str(&text).expect("JSON");
            let demangled = |at: usize| report["exports"][at]["demangled"].as_str().expect("text").to_owned();
            assert_eq!(demangled(0), "a::ab\\u{202e}");
            assert!(
                demangled(1).starts_with("<((((")
                    && demangled(1).ends_with("...")
                    && demangled(1).len() == 4099
            );
        }
    }
}
