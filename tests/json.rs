//! Names in JSON: whatever bytes they have, another JSON parser gives them back.

use std::fmt::Write;
use std::fs;
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
        let json = folder.path().join("json");
        fs::write(&json, &output.stdout).expect("a file");
        let reader = Command::new("python3")
            .args(["-c", READER])
            .stdin(fs::File::open(json).expect("a file"))
            .output();
        let Ok(read) = reader else {
            println!("skipped: there is no python3");
            return;
        };
        assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
        let found = String::from_utf8(read.stdout).expect("hexadecimal");
        let mut expected = vec![hexadecimal("re\u{7f}cord".as_bytes())];
        expected.extend(names.iter().map(|name| match subcommand {
            "versions" => hexadecimal(name),
            _ => [&name[..], name, &[b"drivers/", &name[..]].concat()].map(hexadecimal).join(" "),
        }));
        assert!(found.lines().eq(expected.iter().map(String::as_str)), "{subcommand}: {found}");
    }
}
