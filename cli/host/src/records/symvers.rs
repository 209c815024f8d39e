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

/// Who may use an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// Every module.
    All,
    /// Modules under the GPL.
    Gpl,
    /// Every module, for as long as the kernel's authors let it.
    GplFuture,
    /// Every module, and none of the kernel's own does.
    Unused,
    /// Modules under the GPL, and none of the kernel's own does.
    UnusedGpl,
}

impl ExportKind {
    const ALL: [ExportKind; 5] =
        [ExportKind::All, ExportKind::Gpl, ExportKind::GplFuture, ExportKind::Unused, ExportKind::UnusedGpl];

    /// The macro that makes one.
    pub fn name(self) -> &'static str {
        match self {
            ExportKind::All => "EXPORT_SYMBOL",
            ExportKind::Gpl => "EXPORT_SYMBOL_GPL",
            ExportKind::GplFuture => "EXPORT_SYMBOL_GPL_FUTURE",
            ExportKind::Unused => "EXPORT_UNUSED_SYMBOL",
            ExportKind::UnusedGpl => "EXPORT_UNUSED_SYMBOL_GPL",
        }
    }

    /// The kind that a macro makes.
    pub fn of_name(name: &[u8]) -> Option<ExportKind> {
        ExportKind::ALL.into_iter().find(|kind| kind.name().as_bytes() == name)
    }

    /// Whether only modules under the GPL may use it.
    pub fn is_gpl_only(self) -> bool {
        matches!(self, ExportKind::Gpl | ExportKind::UnusedGpl)
    }
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'b> {
    /// The symbol.
    pub symbol: &'b [u8],
    /// 0 for none.
    pub version: u32,
    /// As a path without an extension, or `vmlinux`.
    pub module: &'b [u8],
    /// `None` for one that is not known.
    pub kind: Option<ExportKind>,
    /// Empty for none.
    pub namespace: &'b [u8],
}

/// Whether a text is a `Module.symvers`.
pub fn is_symvers(text: &[u8]) -> bool {
    text.starts_with(b"0x")
}

/// Reads a line.
///
/// # Errors
/// A line of another form.
pub fn line(line: &[u8]) -> Result<Line<'_>> {
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
    let kind_of = |field: Option<&[u8]>| field.and_then(ExportKind::of_name);
    let (module, kind, namespace) = match rest {
        [_, fourth, last] if kind_of(fourth).is_some() => (third, kind_of(fourth), last),
        [_, Some(module), last] if kind_of(last).is_some() => (module, kind_of(last), Some(third)),
        // A kind of export that is not known is one that modules can use.
        [_, _, last] => (third, None, last),
    };
    Ok(Line { symbol, version, module, kind, namespace: namespace.unwrap_or_default() })
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
            (line.version, symbol, module, line.kind.map(ExportKind::name), namespace)
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
}
