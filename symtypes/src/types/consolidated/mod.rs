//! The symtypes of a whole tree in one text: each type is there once, as far as it is the same everywhere.
//!
//! Two dialects are read. That of suse-kabi-tools, which is also written, has a section for each file. A type's record
//! is left out of a section if it is the last that came before of its name, and the section's exports reach it:
//!
//! ```text
//! /* fs/open.symtypes */
//! s#path structure_type path { member pointer_type { s#dentry } byte_size(8) dentry } byte_size(16)
//! s#dentry structure_type dentry { }
//! vfs_open subprogram ( formal_parameter pointer_type { s#path } byte_size(8) ) -> base_type int
//!
//! /* fs/stat.symtypes */
//! vfs_stat subprogram ( formal_parameter pointer_type { s#path } byte_size(8) ) -> base_type int
//! ```
//!
//! `s##dentry` stands for a declaration in the dialect of genksyms: `s#dentry struct dentry { UNKNOWN }`. It counts in its
//! section only. In the other dialect it is read as `s#dentry structure_type dentry { }`, and not written.
//!
//! The lines of a file come back by name, or, if the first export ends with a blank as genksyms writes it, in the order of
//! genksyms: each type behind those that it refers to, from the first export on.
//!
//! A file that could not come back from such a section, since its lines are in another order or a type is missing that
//! its exports reach, has a section with all its lines. `(complete)` behind the path marks it. There, a type's name alone
//! stands for its last record.
//!
//! The dialect of Oracle's kernels has records first, those of a name with several as `s#path@01234567`, and then lines
//! `F#<file> <exports and numbered names>...`.

mod read;
mod records;
mod write;

use core::cmp::Ordering;

pub use self::read::Consolidated;
pub use self::write::{Consolidator, LineId};

use super::lines::{is_type_name, numbered};

/// What stands behind a path in the head of a section that has every line of its file.
const COMPLETE: &[u8] = b" (complete)";

/// Who wrote the types of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Gendwarfksyms,
    Genksyms,
}

/// How the lines of a section are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    dialect: Dialect,
    /// Whether lines end with a blank, as genksyms itself writes them: then they are in its order, too.
    is_spaced: bool,
}

/// A name without its prefix, which is 0 for an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name<'t> {
    prefix: u8,
    bare: &'t [u8],
}

impl Style {
    /// That of a section without exports.
    const PLAIN: Style = Style { dialect: Dialect::Gendwarfksyms, is_spaced: false };

    /// The style of an export's line with a type string.
    fn of_export(line: &[u8], text: &[u8]) -> Style {
        let dialect = Dialect::of_export(text);
        Style { dialect, is_spaced: dialect == Dialect::Genksyms && line.ends_with(b" ") }
    }

    /// What stands behind a declaration.
    fn end(self) -> &'static [u8] {
        if self.is_spaced { b" " } else { b"" }
    }
}

impl Dialect {
    /// The dialect of an export's type string.
    fn of_export(text: &[u8]) -> Dialect {
        let is_gendwarfksyms = text.starts_with(b"subprogram (") || text.starts_with(b"variable ");
        if is_gendwarfksyms { Dialect::Gendwarfksyms } else { Dialect::Genksyms }
    }

    /// What a declaration is made of: the kind of type, and what follows its name.
    fn declaration(self, prefix: u8) -> Option<(&'static [u8], &'static [u8])> {
        let of = |word: &'static [u8], short: &'static [u8]| match self {
            Dialect::Gendwarfksyms => Some((word, b" { }".as_slice())),
            Dialect::Genksyms => Some((short, b" { UNKNOWN }".as_slice())),
        };
        match prefix {
            b's' => of(b" structure_type ", b" struct "),
            b'u' => of(b" union_type ", b" union "),
            b'e' => of(b" enumeration_type ", b" enum "),
            _ => None,
        }
    }

    /// The order of a file's lines: by name; with exports last, if that is the custom.
    fn compare(self, a: Name<'_>, b: Name<'_>) -> Ordering {
        let exports_last = match self {
            Dialect::Gendwarfksyms => Ordering::Equal,
            Dialect::Genksyms => (a.prefix == 0).cmp(&(b.prefix == 0)),
        };
        exports_last.then_with(|| match a.prefix == b.prefix {
            true => a.bare.cmp(b.bare),
            false => a.bytes().cmp(b.bytes()),
        })
    }
}

impl<'t> Name<'t> {
    /// Takes a name apart.
    fn of(name: &'t [u8]) -> Name<'t> {
        match name {
            [prefix, b'#', bare @ ..] if is_type_name(name) => Name { prefix: *prefix, bare },
            _ => Name { prefix: 0, bare: name },
        }
    }

    /// The name of what `s##name` declares.
    fn of_declaration(line: &'t [u8]) -> Option<Name<'t>> {
        match line.trim_ascii_end() {
            [prefix @ (b's' | b'u' | b'e'), b'#', b'#', bare @ ..] => Some(Name { prefix: *prefix, bare }),
            _ => None,
        }
    }

    /// Whether a line that begins with it is read with this name again.
    fn is_whole(self) -> bool {
        match self.bare {
            [b'\'', inner @ .., b'\''] => !inner.is_empty() && !inner.contains(&b'\''),
            bare => !bare.is_empty() && !bare.starts_with(b"'") && !bare.contains(&b' '),
        }
    }

    fn is_type(self) -> bool {
        self.prefix != 0
    }

    /// What is in the quotes, if it is quoted.
    fn unquoted(self) -> &'t [u8] {
        let inner = self.bare.strip_prefix(b"'").and_then(|rest| rest.strip_suffix(b"'"));
        inner.unwrap_or(self.bare)
    }

    /// What stands in front of the bare name.
    fn head(self) -> impl Iterator<Item = u8> {
        [self.prefix, b'#'].into_iter().filter(move |_| self.is_type())
    }

    fn bytes(self) -> impl Iterator<Item = u8> {
        self.head().chain(self.bare.iter().copied())
    }
}

/// The path in the head of a section, and whether the section is complete.
fn header(line: &[u8]) -> Option<(&[u8], bool)> {
    let path = line.trim_ascii_end().strip_prefix(b"/* ")?.strip_suffix(b" */")?;
    let complete = path.strip_suffix(COMPLETE);
    Some((complete.unwrap_or(path), complete.is_some()))
}
