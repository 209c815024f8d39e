//! Line tables, as far as types need them: the names of files.

use super::bytes::Bytes;
use super::dies::FILES;
use super::dwarf::{Field, finish_length, initial_length, word};
use super::encoding::{Encoding, Numbers};
use super::form::{Section, Strings};

/// The version of a unit's line table.
pub(super) fn version(encoding: &Encoding, unit: usize, unit_version: u8) -> u8 {
    match unit_version {
        5 => 5,
        _ if encoding.is_varied => 2 + Numbers(encoding.seed ^ unit as u64).below(3) as u8,
        version => version,
    }
}

/// Writes a line table behind others.
pub(super) fn write(
    version: u8,
    encoding: &Encoding,
    numbers: &mut Numbers,
    strings: &mut Strings,
    out: &mut Bytes,
    fields: &mut Vec<Field>,
) {
    let start = out.len();
    initial_length(out, 0, encoding);
    out.uint(version.into(), 2);
    if version >= 5 {
        out.raw(&[if encoding.is_elf64 { 8 } else { 4 }, 0]);
    }
    // Nobody needs to know where the header ends.
    out.uint(0, word(encoding));
    out.byte(1);
    if version >= 4 {
        out.byte(1);
    }
    let opcode_base = numbers.choose(&[13, 10, 1]);
    out.raw(&[1, 0xfb, 14, opcode_base]);
    out.raw(&vec![1; usize::from(opcode_base) - 1]);
    if version >= 5 {
        let mut table = Files { encoding, numbers, strings, out, fields };
        table.entries(&["/folder", "include.c"]);
        table.entries(&FILES);
    } else {
        names(out);
    }
    if encoding.has_noise {
        out.raw(&[0, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    }
    finish_length(out, start, encoding);
}

/// The tables of DWARF 2 to 4.
fn names(out: &mut Bytes) {
    out.string("include.c");
    out.byte(0);
    for name in FILES {
        out.string(name);
        out.raw(&[1, 0, 0]);
    }
    out.byte(0);
}

/// The tables of DWARF 5.
struct Files<'w> {
    encoding: &'w Encoding,
    numbers: &'w mut Numbers,
    strings: &'w mut Strings,
    out: &'w mut Bytes,
    fields: &'w mut Vec<Field>,
}

impl Files<'_> {
    fn entries(&mut self, names: &[&str]) {
        let forms = [gimli::DW_FORM_line_strp, gimli::DW_FORM_string, gimli::DW_FORM_strp];
        let form = if self.encoding.is_varied { self.numbers.choose(&forms) } else { forms[0] };
        let has_sums = self.encoding.is_varied && self.numbers.chance(2);
        self.out.byte(2 + u8::from(has_sums));
        if has_sums {
            self.out.uleb(gimli::DW_LNCT_MD5.0.into());
            self.out.uleb(gimli::DW_FORM_data16.0.into());
        }
        for (content, form) in
            [(gimli::DW_LNCT_path, form), (gimli::DW_LNCT_directory_index, gimli::DW_FORM_udata)]
        {
            self.out.uleb(content.0.into());
            self.out.uleb(form.0.into());
        }
        self.out.uleb(names.len() as u64);
        for name in names {
            if has_sums {
                self.out.raw(b"0123456789abcdef");
            }
            self.path(form, name);
            self.out.uleb(0);
        }
    }

    fn path(&mut self, form: gimli::DwForm, name: &str) {
        let (target, value) = match form {
            gimli::DW_FORM_line_strp => (Section::LineStr, self.strings.line_offset(name)),
            gimli::DW_FORM_strp => (Section::Str, self.strings.offset(name)),
            _ => return self.out.string(name),
        };
        let (section, width) = (Section::Line, word(self.encoding));
        self.fields.push(Field { section, offset: self.out.len(), width, target, value });
        self.out.uint(value, width);
    }
}
