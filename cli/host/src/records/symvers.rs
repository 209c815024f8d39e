//! `Module.symvers`: a line for each export, its fields between tabs.
//!
//! ```text
//! 0x3d5a2fc1 seq_read vmlinux EXPORT_SYMBOL_GPL NAMESPACE
//! ```
//!
//! Kernels before namespaces have four fields, still older ones three; those from 5.4 to 5.9 have the namespace in the third.
//! Version 0 stands for none. People and scripts write such files, too: with spaces in the place of tabs, versions of 16
//! digits as `nm` prints them, comments, empty lines and a byte order mark. What begins with a number, but for these, is such a
//! file, and then every line counts.
//!
//! What is written can be read again: a name that would break its line is refused.

use anyhow::{Result, bail};

use super::cmd;
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

/// What some editors put in front of a text.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Whether a text is a `Module.symvers`.
pub fn is_symvers(text: &[u8]) -> bool {
    let first = text.split(|&byte| byte == b'\n').find(|line| !is_nothing(line));
    first.is_some_and(|line| without_mark(line).starts_with(b"0x"))
}

/// Reads a line of a file; `None` for one that is empty or a comment.
///
/// # Errors
/// A line of another form.
pub fn line_of_file(text: &[u8]) -> Result<Option<Line<'_>>> {
    if is_nothing(text) { Ok(None) } else { line(without_mark(text)).map(Some) }
}

fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line)
}

/// Whether a line says nothing. What begins like a version that `gendwarfksyms` prints is no comment.
fn is_nothing(line: &[u8]) -> bool {
    let line = without_mark(line).trim_ascii();
    line.is_empty() || (line.starts_with(b"#") && !cmd::is_version(line))
}

/// Reads a line.
///
/// # Errors
/// A line of another form.
pub fn line(line: &[u8]) -> Result<Line<'_>> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut fields = fields(line);
    let (version, symbol) = (fields.next().and_then(text::long_number), fields.next());
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

/// The fields of a line: between tabs, each of which may be empty, or between spaces.
fn fields(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    let has_tabs = line.contains(&b'\t');
    let is_between = move |&byte: &u8| byte == if has_tabs { b'\t' } else { b' ' };
    line.split(is_between).filter(move |field| has_tabs || !field.is_empty())
}

impl Line<'_> {
    /// Appends the line, as kbuild writes it. A kind that is not known is the one that forbids nothing.
    ///
    /// # Errors
    /// A name that would end its field or the line.
    pub fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        let kind = self.kind.unwrap_or(ExportKind::All).name();
        let names = [("symbol", self.symbol), ("module", self.module), ("namespace", self.namespace)];
        for (what, name) in names {
            if name.iter().any(u8::is_ascii_control) || (what == "symbol" && !text::is_name(name)) {
                let symbol = Shown(self.symbol);
                bail!("the {what} {} of {symbol} cannot be in a line of Module.symvers", Shown(name));
            }
        }
        out.extend(format!("0x{:08x}\t", self.version).bytes());
        out.extend([self.symbol, self.module, kind.as_bytes(), self.namespace].join(&b'\t'));
        out.push(b'\n');
        Ok(())
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
            ("0x000000000000002a\tf\tdrivers/x", None, ""),
            ("0x0000002a f drivers/x EXPORT_SYMBOL", Some("EXPORT_SYMBOL"), ""),
            ("0x0000002a  f   drivers/x EXPORT_SYMBOL_GPL  NS ", Some("EXPORT_SYMBOL_GPL"), "NS"),
        ];
        for (text, kind, namespace) in cases {
            assert_eq!(read(text), expect(kind, namespace), "{text}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_first_line_that_says_something() {
        let text = "0x1\tf\tvmlinux\tEXPORT_SYMBOL\t\n";
        for start in ["", "\n", "# by hand\n\n", "\u{feff}", "\u{feff}# by hand\n", " \r\n", "#SYM f\n"] {
            assert!(is_symvers(format!("{start}{text}").as_bytes()), "{start:?}");
        }
        for start in ["x\n", "1\tf\n", "#SYMVER f 0x1\n", " x", "\u{feff}\u{feff}"] {
            assert!(!is_symvers(format!("{start}{text}").as_bytes()), "{start:?}");
        }
        assert!(!is_symvers(b"") && !is_symvers(b"# 0x1"));
        assert_eq!(line_of_file(b"").unwrap(), None);
        assert_eq!(line_of_file(b"  # f").unwrap(), None);
        assert_eq!(line_of_file("\u{feff}0x1\tf\tm".as_bytes()).unwrap().unwrap().module, b"m");
        assert!(line_of_file(b"#SYMVER f 0x1").is_err());
    }

    #[test]
    fn numbers_have_32_bits() {
        for number in ["0x00000000ffffffff", "0x0", "0xffffffff"] {
            assert!(line(format!("{number}\tf\tm").as_bytes()).is_ok(), "{number}");
        }
        for number in ["0x0000000100000000", "0x00000000000000001", "0x", "1", "0xg"] {
            assert!(line(format!("{number}\tf\tm").as_bytes()).is_err(), "{number}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_or_refused() {
        let names: [&[u8]; 10] = [
            b"",
            b"f",
            b"a b",
            b"EXPORT_SYMBOL",
            b"\xff",
            b"#",
            b"a\tb",
            b"a\n0x1\tg\tm\tEXPORT_SYMBOL",
            b"\r",
            b"\0",
        ];
        let mut written = 0;
        for (symbol, module, namespace) in names
            .iter()
            .flat_map(|symbol| names.iter().map(move |module| (symbol, module)))
            .flat_map(|(symbol, module)| names.iter().map(move |namespace| (symbol, module, namespace)))
        {
            let whole = Line { symbol, version: 42, module, kind: Some(ExportKind::Gpl), namespace };
            let mut out = Vec::new();
            if whole.write(&mut out).is_ok() {
                let lines: Vec<_> = out.split(|&byte| byte == b'\n').collect();
                assert_eq!((lines.len(), lines[1]), (2, &b""[..]));
                assert_eq!(line(lines[0]).unwrap(), whole);
                written += 1;
            } else {
                assert!(out.is_empty());
            }
        }
        // Four names can be those of symbols, six those of modules and namespaces.
        assert_eq!(written, 4 * 6 * 6);
    }
}
