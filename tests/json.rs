//! Names in JSON: whatever bytes they have, another JSON parser gives them back.

use std::fmt::Write;
use std::fs;
use std::io::{Seek, Write as _};
use std::process::Command;

/// Prints the bytes of all names that are in a report, in hexadecimal, a line for each entry.
const READER: &str = r#"
import json, sys
def name(entry, field):
    text, raw = entry[field], entry[field + "_bytes"]
    return bytes.fromhex(raw) if raw is not None else text.encode()
for file in json.load(sys.stdin):
    print(name(file, "file").hex())
    for entry in file.get("versions", file.get("exports")):
        fields = [field for field in ("symbol", "namespace", "module") if entry.get(field) is not None]
        print(" ".join(name(entry, field).hex() for field in fields))
"#;

/// The same for a comparison: of each cause its name, those of the members that changed, and those in its layouts.
const COMPARISON: &str = r#"
import json, sys
def name(entry, field):
    text, raw = entry[field], entry[field + "_bytes"]
    return (bytes.fromhex(raw) if raw is not None else text.encode()).hex()
for cause in json.load(sys.stdin)["causes"]:
    own = bytes.fromhex(cause["name_bytes"]) if cause["name_bytes"] is not None else cause["id"].encode()
    slots = [slot for side in ("old", "new") for slot in cause["layout"][side]["slots"] if slot["name"] is not None]
    print(own.hex(), *[name(change, "subject") for change in cause["changes"]], *[name(slot, "name") for slot in slots])
"#;

/// Names with each byte that a record can have in one, with characters that change how text is shown, and with much more than
/// a message shows of it.
fn names() -> Vec<Vec<u8>> {
    let is_of_format = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0x0b || *byte == 0;
    let bytes = (0..=u8::MAX).filter(|byte| !is_of_format(byte)).map(|byte| vec![b'f', byte, b'g']);
    let texts =
        ["gr\u{fc}n", "\u{202e}f", "\\u{1b}f", "\"f\\", "f\u{e0001}"].map(|text| text.as_bytes().to_vec());
    let long = [vec![b'l'; 5000], [vec![b'l'; 5000], vec![0xff]].concat()];
    let mut names: Vec<_> = bytes.chain(texts).chain(long).collect();
    names.sort();
    names
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What a program of Python prints of a report; none if there is no Python.
fn read(program: &str, report: &[u8]) -> Option<String> {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(report).expect("a report");
    file.rewind().expect("a file");
    let Ok(read) = Command::new("python3").args(["-c", program]).stdin(file).output() else {
        println!("skipped: there is no python3");
        return None;
    };
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    Some(String::from_utf8(read.stdout).expect("hexadecimal"))
}

#[test]
fn every_name_comes_back_from_json() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let names = names();
    let cmd = names.iter().flat_map(|name| [b"#SYMVER ", &name[..], b" 0x00000001\n"].concat());
    let symvers = names.iter().flat_map(|name| {
        [b"0x00000001\t", &name[..], b"\tdrivers/", name, b"\tEXPORT_SYMBOL\t", name, b"\n"].concat()
    });
    for (subcommand, text) in [("versions", cmd.collect::<Vec<u8>>()), ("exports", symvers.collect())] {
        let path = folder.path().join("re\u{7f}cord");
        fs::write(&path, text).expect("a record");
        let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
        command.args([subcommand, "--format", "json", "re\u{7f}cord"]).current_dir(folder.path());
        let output = command.output().expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        // Nothing that could do harm on a terminal is in it as it is.
        assert!(!output.stdout.iter().any(|&byte| byte == 0x7f || (byte < b' ' && byte != b'\n')));
        let Some(found) = read(READER, &output.stdout) else { return };
        let mut expected = vec![hexadecimal("re\u{7f}cord".as_bytes())];
        expected.extend(names.iter().map(|name| match subcommand {
            "versions" => hexadecimal(name),
            _ => [&name[..], name, &[b"drivers/", &name[..]].concat()].map(hexadecimal).join(" "),
        }));
        assert!(found.lines().eq(expected.iter().map(String::as_str)), "{subcommand}: {found}");
    }
}

#[test]
fn names_of_types_and_members_come_back_from_a_comparison() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // A quote begins a name with blanks, and a file with control characters is not taken for symtypes.
    let is_fit = |name: &Vec<u8>| !name.iter().any(|byte| byte.is_ascii_control() || *byte == b'\'');
    let names: Vec<_> = names().into_iter().filter(is_fit).collect();
    for (side, offset) in [("old", b"0"), ("new", b"4")] {
        let types = names.iter().flat_map(|name| {
            let begin =
                [b"s#", &name[..], b" structure_type ", name, b" { member base_type int byte_size(4) "];
            let end = [b"encoding(5) ", &name[..], b" data_member_location(", offset, b") } byte_size(8)\n"];
            let export = [&name[..], b" variable s#", name, b"\n"].concat();
            [begin.concat(), end.concat(), export].concat()
        });
        // What the file is shows in its first line.
        let text: Vec<u8> =
            b"s#first structure_type first { } byte_size(0)\n".iter().copied().chain(types).collect();
        fs::write(folder.path().join(format!("{side}.symtypes")), text).expect("types");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(["compare", "--format", "json", "old.symtypes", "new.symtypes"]).current_dir(folder.path());
    let output = command.output().expect("it starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let Some(found) = read(COMPARISON, &output.stdout) else { return };
    let mut found: Vec<_> = found.lines().map(str::to_owned).collect();
    let mut expected: Vec<_> = names
        .iter()
        .map(|name| [&[b"s#", &name[..]].concat(), name, name, name].map(|name| hexadecimal(name)).join(" "))
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}
