//! Names in JSON: whatever bytes they have, they can be had back.
//!
//! A field has the name if it is text (UTF-8), control characters and all, since JSON can escape them; and the field whose
//! name ends in `_bytes` is null. Of a name that is no text, the first field has what can be shown of it, with U+FFFD in the
//! place of the rest, and the second one all bytes, in hexadecimal.
//!
//! Reports that people and programs read have names as people can read them, and the bytes beside them where that is not
//! the name itself ([`bytes_unless`]).

use std::fmt::{self, Write};

use dwarfksyms_host::message::{self, Escaped};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A name as one or two fields of an object; elsewhere, as people can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name<'b> {
    field: &'static str,
    /// None if it is not known.
    bytes: Option<&'b [u8]>,
}

impl<'b> Name<'b> {
    /// The name that this field has.
    pub(crate) fn new(field: &'static str, bytes: &'b [u8]) -> Name<'b> {
        Name { field, bytes: Some(bytes) }
    }

    /// A name that may not be known.
    pub(crate) fn of(field: &'static str, bytes: Option<&'b [u8]>) -> Name<'b> {
        Name { field, bytes }
    }

    /// The bytes, if they are known, and there are any.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_none_or(<[u8]>::is_empty)
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(self.bytes.unwrap_or_default()).fmt(f)
    }
}

impl Serialize for Name<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(self.field, &self.bytes.map(Readable))?;
        let bytes = self.bytes.and_then(Hexadecimal::unless_text);
        map.serialize_entry(&format_args!("{}_bytes", self.field), &bytes)?;
        map.end()
    }
}

/// The bytes of a name, unless they are what is shown of it.
pub(crate) fn bytes_unless(shown: &str, bytes: &[u8]) -> Option<String> {
    (shown.as_bytes() != bytes).then(|| Hexadecimal(bytes).to_string())
}

/// A name as people can read it, and its bytes, unless they are what is shown.
pub(crate) fn shown_and_bytes(name: Option<&[u8]>) -> (Option<String>, Option<String>) {
    let shown = name.map(|name| Escaped(name).to_string());
    let bytes = shown.as_deref().zip(name).and_then(|(shown, name)| bytes_unless(shown, name));
    (shown, bytes)
}

impl<'b> Hexadecimal<'b> {
    /// The bytes of what is no text.
    pub(crate) fn unless_text(bytes: &'b [u8]) -> Option<Hexadecimal<'b>> {
        str::from_utf8(bytes).is_err().then_some(Hexadecimal(bytes))
    }

    /// The bytes of a name, unless they are what is [`Shown`] of it.
    pub(crate) fn unless_shown(bytes: &'b [u8]) -> Option<Hexadecimal<'b>> {
        (!message::is_shown_as_it_is(bytes)).then_some(Hexadecimal(bytes))
    }
}

/// A name as people can read it.
pub(crate) struct Shown<'b>(pub(crate) &'b [u8]);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Escaped(self.0).fmt(f)
    }
}

/// What can be shown of bytes, with U+FFFD in the place of the rest.
pub(crate) struct Readable<'b>(pub(crate) &'b [u8]);

impl fmt::Display for Readable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.utf8_chunks().try_for_each(|chunk| {
            f.write_str(chunk.valid())?;
            if chunk.invalid().is_empty() { Ok(()) } else { f.write_char(char::REPLACEMENT_CHARACTER) }
        })
    }
}

/// Bytes in hexadecimal.
pub(crate) struct Hexadecimal<'b>(&'b [u8]);

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// What is made while it is written, so that it takes no memory.
macro_rules! written_as_shown {
    ($($shown:ident)*) => {
        $(impl Serialize for $shown<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        })*
    };
}

written_as_shown! { Shown Readable Hexadecimal }

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn value(bytes: &[u8]) -> Value {
        serde_json::to_value(Name::new("symbol", bytes)).unwrap()
    }

    #[test]
    fn text_is_as_it_is_and_all_else_is_in_bytes() {
        assert_eq!(value(b"a\x1b\\u{1b}"), json!({ "symbol": "a\u{1b}\\u{1b}", "symbol_bytes": null }));
        assert_eq!(value(b"a\xffb\0"), json!({ "symbol": "a\u{fffd}b\0", "symbol_bytes": "61ff6200" }));
        let unknown = serde_json::to_value(Name::of("module", None)).unwrap();
        assert_eq!(unknown, json!({ "module": null, "module_bytes": null }));
        assert_eq!(Name::new("symbol", b"\x1b\xff").to_string(), "\\u{1b}\\xff");
        assert_eq!(bytes_unless("f", b"f"), None);
        assert_eq!(bytes_unless("\\u{1b}", b"\x1b").as_deref(), Some("1b"));
    }
}
