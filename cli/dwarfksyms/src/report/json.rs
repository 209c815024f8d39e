//! The report for programs: the model as it is, as docs/REPORTS.md describes it.
//!
//! JSON is written while it is made, and nothing is put together for it: what is in memory once can be in it for every row.

use std::io::{self, Write};

use anyhow::Result;
use dwarfksyms_host::{message, output};
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::{Lengths, Report};

/// Writes any value as JSON that does no harm on a terminal. To make it needs no memory, if it needs none to go through the
/// value: nothing but the writing can fail.
pub(crate) fn write(value: &impl Serialize, mut out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut out, Harmless::default()))?;
    out.write_all(b"\n")
}

/// The same, on standard output.
pub(crate) fn to_standard_output(value: &impl Serialize) -> Result<()> {
    output::harmless_output(|out| write(value, out))
}

/// How many bytes the names of causes and exports take that a report has for each of the others: they can be many more than the
/// report itself has.
pub(crate) fn names_of(report: &Report) -> u64 {
    let mut lengths = Lengths::default();
    let lists = report.exports.iter().map(|export| &export.causes);
    let lists = lists.chain(report.causes.iter().map(|cause| &cause.exports));
    lists.map(|list| lengths.of(list.key().addr(), list.iter().map(str::len))).fold(0, u64::saturating_add)
}

/// JSON in which what could do harm on a terminal is written the other way that JSON has for it. It can be in a string
/// only, since there is nothing but ASCII around those, and `serde_json` escapes what is below a space.
#[derive(Default)]
struct Harmless<'i>(PrettyFormatter<'i>);

/// What is left to the formatter within.
macro_rules! as_it_is {
    ($($method:ident($($argument:ident: $type:ty)?);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)?) -> io::Result<()> {
            self.0.$method(writer $(, $argument)?)
        })*
    };
}

impl Formatter for Harmless<'_> {
    as_it_is! {
        begin_array();
        begin_array_value(first: bool);
        end_array_value();
        end_array();
        begin_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
        end_object();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, text: &str) -> io::Result<()> {
        let is_harmful = |char: char| message::escape(char).is_some();
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        let mut rest = text;
        while let Some(at) = (!rest.bytes().all(is_plain)).then(|| rest.find(is_harmful)).flatten() {
            let (before, behind) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut chars = behind.chars();
            for unit in chars.next().unwrap_or_default().encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_escaped_is_the_same_text() {
        let shown = "a\u{202e}b\u{7f}\u{e0001}gr\u{fc}n \u{1b}[2J";
        let json = text(&shown);
        assert_eq!(json, concat!(r#""a\u202eb\u007f\udb40\udc01grün \u001b[2J""#, "\n"));
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), shown);
    }

    #[test]
    fn all_else_is_as_anybody_writes_it() {
        let value = json!({ "a": [1, "x", []], "b": {}, "\"\u{7f}": [{ "c": null }, true] });
        assert_eq!(
            text(&value),
            serde_json::to_string_pretty(&value).unwrap().replace('\u{7f}', "\\u007f") + "\n"
        );
    }
}
