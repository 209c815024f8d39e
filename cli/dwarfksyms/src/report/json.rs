//! The report for programs: the model as it is, as docs/REPORTS.md describes it.

use std::fmt::Write;

use anyhow::Result;
use dwarfksyms_host::message;
use serde::Serialize;

use super::Report;

/// The report as JSON.
pub(crate) fn render(report: &Report) -> Result<String> {
    text(report)
}

/// Any value as JSON that does no harm on a terminal.
pub(crate) fn text(value: &impl Serialize) -> Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(harmless(text))
}

/// Writes what could do harm on a terminal the other way that JSON has for it. It can be in a string only, since there is
/// nothing but ASCII around those, and `serde_json` escapes what is below a space.
fn harmless(json: String) -> String {
    let is_harmful = |char: char| char != '\n' && message::escape(char).is_some();
    if json.bytes().all(|byte| byte.is_ascii() && byte != 0x7f) {
        return json;
    }
    let mut text = String::with_capacity(json.len());
    for char in json.chars() {
        if is_harmful(char) {
            for unit in char.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(char);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_is_the_same_text() {
        let text = "a\u{202e}b\u{7f}\u{e0001}gr\u{fc}n \u{1b}[2J";
        let json = harmless(serde_json::to_string(text).unwrap());
        assert_eq!(json, r#""a\u202eb\u007f\udb40\udc01grün \u001b[2J""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
