//! Entries and attributes that compilers write, and that no version depends on.

use gimli::DwTag;

use super::dies::{Die, Value};
use super::encoding::Numbers;

/// Adds noise to a DIE and to what is in it.
pub(super) fn add(die: &mut Die, numbers: &mut Numbers) {
    for child in &mut die.children {
        add(child, numbers);
    }
    for _ in 0..numbers.below(3) {
        let attribute = attribute(numbers);
        if die.attributes.iter().all(|known| known.0 != attribute.0) {
            die.attributes.push(attribute);
        }
    }
    for _ in 0..numbers.below(3) {
        if let Some(child) = child(die.tag, numbers) {
            let at = numbers.below(die.children.len() + 1);
            die.children.insert(at, child);
        }
    }
}

fn attribute(numbers: &mut Numbers) -> (gimli::DwAt, Value) {
    let number = Value::Number(numbers.any() >> numbers.below(64));
    match numbers.below(9) {
        0 => (gimli::DW_AT_decl_line, number),
        1 => (gimli::DW_AT_decl_column, number),
        2 => (gimli::DW_AT_external, Value::Flag),
        3 => (gimli::DW_AT_noreturn, Value::Flag),
        4 => (gimli::DW_AT_low_pc, Value::Address(numbers.any())),
        5 => (gimli::DW_AT_location, Value::Expression(vec![0x30; numbers.below(300)])),
        6 => (gimli::DW_AT_description, Value::Text("s#noise { } member".to_owned())),
        7 => (gimli::DwAt(0x3e01), Value::Wide(u128::from(numbers.any()))),
        _ => (gimli::DW_AT_artificial, Value::Flag),
    }
}

/// Something that may stand in a DIE of this tag without being part of a type.
fn child(parent: DwTag, numbers: &mut Numbers) -> Option<Die> {
    let body = || {
        let local = Die::new(gimli::DW_TAG_variable).named(Some("symbol0"));
        let hidden = Die::new(gimli::DW_TAG_structure_type).named(Some("hidden"));
        Die::new(gimli::DW_TAG_lexical_block).child(local).child(hidden.child(Die::new(gimli::DW_TAG_member)))
    };
    let function = || Die::new(gimli::DW_TAG_subprogram).named(Some("noise")).child(body());
    let record = || {
        Die::new(gimli::DW_TAG_structure_type)
            .named(Some("noise"))
            .with(gimli::DW_AT_declaration, Value::Flag)
    };
    match parent {
        gimli::DW_TAG_compile_unit | gimli::DW_TAG_namespace => Some(match numbers.below(6) {
            0 => function(),
            1 => record(),
            2 => Die::new(gimli::DW_TAG_base_type).named(Some("noise")),
            3 => Die::new(gimli::DW_TAG_imported_declaration),
            4 => Die::new(gimli::DW_TAG_namespace).named(Some("noise")).child(function()),
            _ => Die::new(DwTag(0x4107)).child(body()),
        }),
        gimli::DW_TAG_subprogram => Some(match numbers.below(3) {
            0 => body(),
            1 => Die::new(gimli::DW_TAG_label).named(Some("out")),
            _ => Die::new(gimli::DW_TAG_call_site).child(Die::new(gimli::DW_TAG_call_site_parameter)),
        }),
        gimli::DW_TAG_structure_type | gimli::DW_TAG_class_type | gimli::DW_TAG_union_type => {
            Some(if numbers.chance(2) { function() } else { record() })
        }
        _ => None,
    }
}
