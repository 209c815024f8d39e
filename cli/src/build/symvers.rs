//! `Module.symvers`: a line for each export, its fields between tabs.
//!
//! ```text
//! 0x3d5a2fc1 seq_read vmlinux EXPORT_SYMBOL_GPL NAMESPACE
//! ```
//!
//! Kernels before namespaces have four fields, still older ones three; those from 5.4 to 5.9 have the namespace in the third.
//! Version 0 stands for none. What begins with a number is such a file, and then every line counts.

use anyhow::{Result, bail};

use super::text::{self, Shown};
use super::{Export, Kind};

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line<'b> {
    pub(crate) symbol: &'b [u8],
    pub(crate) version: u32,
    /// As a path without an extension, or `vmlinux`.
    pub(crate) module: &'b [u8],
    pub(crate) kind: Option<Kind>,
    /// Empty for none.
    pub(crate) namespace: &'b [u8],
}

/// Whether a text is a `Module.symvers`.
pub(crate) fn is_symvers(text: &[u8]) -> bool {
    text.starts_with(b"0x")
}

/// Reads a line.
///
/// # Errors
/// A line of another form.
pub(crate) fn line(line: &[u8]) -> Result<Line<'_>> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut fields = line.split(|&byte| byte == b'\t');
    let (version, symbol) = (fields.next().and_then(text::number), fields.next());
    let rest: [Option<&[u8]>; 3] = [fields.next(), fields.next(), fields.next()];
    let (Some(version), Some(symbol), [Some(third), ..]) = (version, symbol, rest) else {
        bail!("not a line of Module.symvers: {}", Shown(line));
    };
    if !text::is_name(symbol) {
        bail!("not a line of Module.symvers: {}", Shown(line));
    }
    let kind_of = |field: Option<&[u8]>| field.and_then(Kind::of_name);
    let (module, kind, namespace) = match rest {
        [_, fourth, last] if kind_of(fourth).is_some() => (third, kind_of(fourth), last),
        [_, Some(module), last] if kind_of(last).is_some() => (module, kind_of(last), Some(third)),
        // A kind of export that is not known is one that modules can use.
        [_, _, last] => (third, None, last),
    };
    Ok(Line { symbol, version, module, kind, namespace: namespace.unwrap_or_default() })
}

impl Line<'_> {
    /// The export that it is about.
    pub(crate) fn export(&self) -> Export {
        Export {
            symbol: self.symbol.to_vec(),
            version: (self.version != 0).then_some(self.version),
            is_computed: false,
            module: (!self.module.is_empty()).then(|| self.module.to_vec()),
            kind: self.kind,
            namespace: Some(self.namespace.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_is_read() {
        let read = |text: &str| {
            let line = line(text.as_bytes()).unwrap();
            let parts = [line.symbol, line.module, line.namespace];
            let [symbol, module, namespace] = parts.map(|part| str::from_utf8(part).unwrap().to_owned());
            (line.version, symbol, module, line.kind.map(Kind::name), namespace)
        };
        let expect = |kind, namespace: &str| {
            (0x2a, "f".to_owned(), "drivers/x".to_owned(), kind, namespace.to_owned())
        };
        let cases = [
            ("0x0000002a\tf\tdrivers/x\tEXPORT_SYMBOL\t", Some("EXPORT_SYMBOL"), ""),
            ("0x0000002a\tf\tdrivers/x\tEXPORT_SYMBOL_GPL\tNS", Some("EXPORT_SYMBOL_GPL"), "NS"),
            ("0x2A\tf\tdrivers/x\tEXPORT_SYMBOL_GPL\tmodule:a,b", Some("EXPORT_SYMBOL_GPL"), "module:a,b"),
            (
                "0x2a\tf\tdrivers/x\tEXPORT_SYMBOL_GPL\tEXPORT_SYMBOL",
                Some("EXPORT_SYMBOL_GPL"),
                "EXPORT_SYMBOL",
            ),
            ("0x2a\tf\tdrivers/x\tEXPORT_UNUSED_SYMBOL", Some("EXPORT_UNUSED_SYMBOL"), ""),
            ("0x2a\tf\tNS\tdrivers/x\tEXPORT_SYMBOL_GPL", Some("EXPORT_SYMBOL_GPL"), "NS"),
            ("0x2a\tf\t\tdrivers/x\tEXPORT_SYMBOL", Some("EXPORT_SYMBOL"), ""),
            ("0x2a\tf\tdrivers/x", None, ""),
            ("0x2a\tf\tdrivers/x\tEXPORT_SYMBOL_NEW\tNS\r", None, "NS"),
        ];
        for (text, kind, namespace) in cases {
            assert_eq!(read(text), expect(kind, namespace), "{text}");
        }
    }

    #[test]
    fn version_0_is_none() {
        assert_eq!(line(b"0x00000000\tf\tvmlinux\tEXPORT_SYMBOL\t").unwrap().export().version, None);
        assert_eq!(line(b"0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t").unwrap().export().version, Some(1));
    }
}
