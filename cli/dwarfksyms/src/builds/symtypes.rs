//! Symtypes text, of `gendwarfksyms` or `genksyms`: a line for each type or export. Here only its exports are read.
//!
//! ```text
//! s#list structure_type list { member ... } byte_size(16)
//! append subprogram ( formal_parameter pointer_type { s#list } byte_size(8) l ) -> base_type void
//! ```
//!
//! Several files can be in one, consolidated: each is headed by `/* <path> */`, or follows as a line
//! `F#<path> <names>...` behind all types.

use anyhow::Result;
use dwarfksyms_core::Limits;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::records::text;
use dwarfksyms_symtypes::types::{Catalog, Lines, Side, Tree};

use super::{BuildKind, Export};

/// What kind of symtypes a text is, if it is any. Some of its lines are enough to see.
pub(super) fn kind(text: &[u8]) -> Option<BuildKind> {
    const ENOUGH: usize = 64;
    let lines = || text.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let first = lines().next()?;
    if header(first).is_some() {
        return Some(BuildKind::Consolidated);
    }
    if !lines().take(ENOUGH).all(|line| is_index(line) || is_record(line)) {
        return None;
    }
    let has_index = is_index(first) || memchr::memmem::find(text, b"\nF#").is_some();
    Some(if has_index { BuildKind::Consolidated } else { BuildKind::Symtypes })
}

/// The path in the head of a part of consolidated symtypes.
fn header(line: &[u8]) -> Option<&[u8]> {
    line.trim_ascii_end().strip_prefix(b"/* ")?.strip_suffix(b" */")
}

/// Whether a line states the names of a part of consolidated symtypes.
fn is_index(line: &[u8]) -> bool {
    line.starts_with(b"F#")
}

/// The name of a line, and what is behind it. That of a type can be quoted; it is not needed to its end.
fn split(line: &[u8]) -> (&[u8], &[u8]) {
    let line = line.strip_prefix(b"override ").unwrap_or(line);
    let end = memchr::memchr(b' ', line).unwrap_or(line.len());
    (line.get(..end).unwrap_or_default(), line.get(end..).unwrap_or_default().trim_ascii())
}

/// Whether a name is that of a type.
fn is_type(name: &[u8]) -> bool {
    matches!(name, [b's' | b'u' | b'e' | b't' | b'E', b'#', ..])
}

/// Whether a line is a type or an export in one of the dialects. The second kind says its name again.
fn is_record(line: &[u8]) -> bool {
    if line.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r')) {
        return false;
    }
    let (name, text) = split(line);
    let is_declared = || {
        let mut words = text.split(|&byte| byte == b' ');
        words.any(|word| word == name)
    };
    is_type(name)
        || text.starts_with(b"subprogram (")
        || text.starts_with(b"variable ")
        || (!name.is_empty() && is_declared())
}

/// Computes the versions of exports from their types. What genksyms wrote has versions of another kind, which stay unknown.
///
/// # Errors
/// A line without a name, or a limit.
pub(super) fn compute(text: &[u8], exports: &mut [Export], limits: &Limits) -> Result<()> {
    let mut catalog = Catalog::new(limits);
    let file = catalog.add(Side::New, &Lines::scan(text, limits)?)?;
    catalog.finish()?;
    for export in catalog.exports(Side::New) {
        if Tree::of(catalog.text(export.record), limits)?.is_none() {
            return Ok(());
        }
    }
    let names: Vec<_> = exports.iter().map(|export| catalog.find(&export.symbol)).collect();
    let known: Vec<_> = names.iter().copied().flatten().collect();
    let mut versions = catalog.versions(file, &known, &[], &mut Budget::new(limits))?.into_iter();
    for (export, _) in exports.iter_mut().zip(names).filter(|(_, name)| name.is_some()) {
        export.version = versions.next().flatten();
        export.is_computed = export.version.is_some();
        export.computed = export.version;
    }
    Ok(())
}

/// The exports of a text.
///
/// # Errors
/// The limit on symbols.
pub(super) fn exports(text: &[u8], limits: &Limits) -> Result<Vec<Export>> {
    // Lines are long, and most are types: two bytes show it.
    let read = |line: &[u8]| {
        if is_type(line) || is_index(line) || line.is_empty() || header(line).is_some() {
            return Ok(None);
        }
        let (name, _) = split(line);
        Ok((text::is_name(name) && !is_type(name)).then(|| Export::named(name)))
    };
    Ok(text::lines(text, limits, read)?.into_iter().map(|(_, export)| export).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_are_recognised() {
        let cases = [
            ("f subprogram ( ) -> base_type void\n", Some(BuildKind::Symtypes)),
            ("s#'a b' structure_type x { }\nf variable s#x\n", Some(BuildKind::Symtypes)),
            ("f int f ( struct s )\ns#s struct s { int a ; }\n", Some(BuildKind::Symtypes)),
            ("override s#s struct s { UNKNOWN }\n", Some(BuildKind::Symtypes)),
            ("/* fs/x.symtypes */\ns##a\nf int f ( s#a )\n", Some(BuildKind::Consolidated)),
            (
                "s#s struct s { int a ; }\nf int f ( s#s )\nF#x.symtypes f s#s@01234567\n",
                Some(BuildKind::Consolidated),
            ),
            ("", None),
            ("A text that somebody wrote.\n", None),
            ("s#a x\n\x1b[2J x\n", None),
        ];
        for (text, expected) in cases {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }

    #[test]
    fn exports_are_the_lines_that_are_no_types() {
        let text =
            b"/* a */\nf int f ( )\noverride s#s struct s { }\ns##s\n\noverride g int g\nF#a f\nu#x y\n";
        let exports = exports(text, &Limits::default()).unwrap();
        let names: Vec<_> = exports.iter().map(|export| export.symbol.as_slice()).collect();
        assert_eq!(names, [b"f", b"g"]);
    }
}
