//! Any bytes as a line table.

use dwarfksyms_core::{Object, Options};
use dwarfksyms_tests::model::{Encoding, Layout, Model, Relocations, Replaced, ask, encode_with};

use crate::describe::{LIMITS, check};
use crate::fixed::fixed_model;

/// How the object around a line table is written, as the table's first byte says.
pub(crate) fn encoding(byte: u8) -> Encoding {
    let version = 2 + (byte & 3);
    Encoding {
        version,
        is_dwarf64: byte & 4 != 0 && version > 2,
        is_big_endian: byte & 8 != 0,
        relocations: if byte & 16 != 0 { Relocations::Rela } else { Relocations::Linked },
        ..Encoding::PLAIN
    }
}

fn object(model: &Model, layout: &Layout, byte: u8, lines: &[u8]) -> Vec<u8> {
    encode_with(model, layout, &encoding(byte), Replaced { rules: None, lines: Some(lines) })
}

/// A byte that says how the object is written, and any bytes as the line table of a unit whose types name files. What
/// comes behind a table that could be read does not matter.
pub fn line_table(data: &[u8]) {
    let Some((&byte, lines)) = data.split_first() else { return };
    let model = fixed_model();
    let layout = Layout::plain(&model);
    let list = layout.symbol_list();
    let bytes = object(&model, &layout, byte, lines);
    let options = Options::default();
    check(&list, bytes.len(), options, &|limits| Object::parse(&bytes, options, limits));
    if let Ok(answer) = ask(&bytes, &list, false, &LIMITS) {
        let longer = object(&model, &layout, byte, &[lines, b"\xff\0\x01.c\0"].concat());
        assert_eq!(ask(&longer, &list, false, &LIMITS), Ok(answer));
    }
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("line_table");
}
