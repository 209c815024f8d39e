//! What errors say in the words of the DWARF standard. The crate that knows these words, and decodes DWARF, is not part of
//! what this one promises.

use core::fmt;

/// The tag of a DIE, by its number in the DWARF standard.
///
/// It is shown by its name, and one that nobody has named by its number, as the standard lists them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DwarfTag(pub u16);

impl DwarfTag {
    pub(crate) fn new(tag: gimli::DwTag) -> DwarfTag {
        DwarfTag(tag.0)
    }
}

impl fmt::Display for DwarfTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match gimli::DwTag(self.0).static_string() {
            Some(name) => f.write_str(name),
            None => write!(f, "the unknown tag {:#x}", self.0),
        }
    }
}

/// The form of an attribute's value, by its number in the DWARF standard; shown by its name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DwarfForm(pub u16);

impl fmt::Display for DwarfForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match gimli::DwForm(self.0).static_string() {
            Some(name) => write!(f, "form {name}"),
            None => write!(f, "the unknown form {:#x}", self.0),
        }
    }
}

/// Why DWARF cannot be decoded, in words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DwarfError(gimli::Error);

impl DwarfError {
    pub(crate) fn new(error: gimli::Error) -> DwarfError {
        DwarfError(error)
    }
}

impl fmt::Display for DwarfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Shows values in their own words, since their fields mean nothing to a reader.
macro_rules! debug_as_display {
    ($($name:ident)*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        })*
    };
}

debug_as_display!(DwarfTag DwarfForm DwarfError);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn forms_without_a_name_have_a_number() {
        let text = |form| ErrorKind::NotAReference(DwarfForm(form)).to_string();
        assert_eq!(text(gimli::DW_FORM_addr.0), "a value of form DW_FORM_addr cannot be a reference");
        assert_eq!(text(0x7f01), "a value of the unknown form 0x7f01 cannot be a reference");
    }
}
