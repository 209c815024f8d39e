//! DIEs that are read at once say what they say when they are read attribute by attribute.

use alloc::format;
use alloc::vec::Vec;

use crate::budget::Budget;
use crate::dwarf::die::Die;
use crate::dwarf::place::{DieOffset, Reference, UnitIndex};
use crate::dwarf::unit::Unit;
use crate::dwarf::units::Dwarf;
use crate::elf::Image;
use crate::limits::Limits;

const STRINGS: &[u8] = b"first\0second\0";

/// Abbreviations from 2 on, without code: tag, children, specifications; a DIE's attributes; whether it is read at once.
const DIES: [(&[u8], &[u8], bool); 16] = [
    // A member: name (strp), line (data1), type (ref4), data_member_location (data1).
    (&[0x0d, 0, 3, 0x0e, 0x3b, 0x0b, 0x49, 0x13, 0x38, 0x0b], &[6, 0, 0, 0, 9, 12, 0, 0, 0, 77], true),
    // Without a name, with bit_size (implicit_const) and data_bit_offset (data2).
    (&[0x0d, 0, 0x49, 0x13, 0x0d, 0x21, 5, 0x6b, 0x05], &[13, 0, 0, 0, 1, 2], true),
    // A pointer: byte_size (data1) twice, of which the first counts; type (ref4).
    (&[0x0f, 0, 0x0b, 0x0b, 0x0b, 0x0b, 0x49, 0x13], &[8, 4, 12, 0, 0, 0], true),
    // A const type, a parameter with a name and data8, a volatile type of itself or what is behind it.
    (&[0x26, 0, 0x49, 0x13], &[12, 0, 0, 0], true),
    (&[0x05, 0, 3, 0x0e, 0x38, 0x07, 0x49, 0x13], &[0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 0, 0, 0], true),
    (&[0x35, 0, 0x49, 0x13], &[90, 0, 0, 0], true),
    // A type in DWARF 3 or before is no other, but a string, a number in LEB128 and a small reference have no fixed place.
    (&[0x0d, 0, 3, 0x08, 0x49, 0x13], &[b'a', 0, 12, 0, 0, 0], false),
    (&[0x0d, 0, 0x38, 0x0f, 0x49, 0x13], &[1, 12, 0, 0, 0], false),
    (&[0x0d, 0, 0x49, 0x11], &[12], false),
    // Something that counts besides: accessibility, alignment, a declaration, an origin.
    (&[0x0d, 0, 0x49, 0x13, 0x32, 0x0b], &[12, 0, 0, 0, 1], false),
    (&[0x0f, 0, 0x49, 0x13, 0x88, 1, 0x0b], &[12, 0, 0, 0, 4], false),
    (&[0x0d, 0, 0x49, 0x13, 0x3c, 0x19], &[12, 0, 0, 0], false),
    (&[0x05, 0, 0x49, 0x13, 0x31, 0x13], &[12, 0, 0, 0, 12, 0, 0, 0], false),
    // No type, another tag, a name where there is none, a type outside of the unit.
    (&[0x0f, 0, 0x0b, 0x0b], &[8], false),
    (&[0x16, 0, 0x49, 0x13], &[12, 0, 0, 0], false),
    (&[0x0d, 0, 3, 0x0e, 0x49, 0x13], &[13, 0, 0, 0, 0, 1, 0, 0], false),
];

/// The table, and a unit with these DIEs; where each begins.
fn unit() -> (Vec<u8>, Vec<u8>, Vec<usize>) {
    let (mut table, mut dies) = (Vec::from([1, 0x11, 1, 0, 0]), Vec::from([1]));
    let mut starts = Vec::new();
    for (code, (shape, ..)) in (2..).zip(DIES) {
        table.push(code);
        table.extend(shape);
        table.extend([0, 0]);
    }
    table.push(0);
    for (code, (_, attributes, _)) in (2..).zip(DIES) {
        starts.push(12 + dies.len());
        dies.push(code);
        dies.extend(attributes);
    }
    let length = dies.len() as u8 + 8;
    (table, [&[length, 0, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0], &dies[..]].concat(), starts)
}

fn with_unit(table: &[u8], info: &[u8], strings: &[u8], then: impl FnOnce(&Unit<'_, '_>, &mut Budget)) {
    let budget = &mut Budget::new(&Limits::default());
    let image = Image::of_parts(info, table, &[], budget).with_strings(strings);
    let dwarf = Dwarf::new(image, None, budget).unwrap();
    then(&dwarf.unit(UnitIndex(0), budget).unwrap(), budget);
}

/// Reads a DIE attribute by attribute, and at once if it can be; whether it can.
fn check(unit: &Unit<'_, '_>, at: usize, budget: &mut Budget) -> bool {
    let offset = DieOffset(at as u32);
    let Some(fixed) = unit.fixed(offset) else { return false };
    let before = budget.spent();
    let die: Die = unit.die_at(offset, budget).unwrap();
    let spent = budget.spent().without(before);
    assert_eq!((spent.work, spent.dies), (fixed.cost, 1));
    assert_eq!((fixed.tag, fixed.end, false), (die.tag, die.end, die.has_children));
    assert_eq!(Some(Reference::Unit(fixed.target.0.into())), die.target);
    assert_eq!(fixed.name, die.name.map(|name| unit.string(name, budget).unwrap()));
    assert_eq!((fixed.bit_size, fixed.data_bit_offset), (die.bit_size(), die.data_bit_offset()));
    assert_eq!((fixed.data_member_location, fixed.byte_size), (die.data_member_location(), die.byte_size()));
    // Nothing else counts.
    let rest = (die.accessibility(), die.alignment(), die.count(), die.declaration, die.vector);
    assert_eq!(format!("{rest:?}"), "(None, None, None, false, false)");
    assert!(die.origin.is_none() && die.specification.is_none() && die.signature.is_none());
    true
}

#[test]
fn what_is_read_at_once_is_what_is_read_attribute_by_attribute() {
    let (table, info, starts) = unit();
    with_unit(&table, &info, STRINGS, |unit, budget| {
        for (&at, (shape, _, expected)) in starts.iter().zip(DIES) {
            assert_eq!(check(unit, at, budget), expected, "{shape:02x?}");
        }
        let member = unit.fixed(DieOffset(starts[0] as u32)).unwrap();
        assert_eq!(unit.dwarf.string(member.name.unwrap(), budget).unwrap(), b"second");
        assert_eq!(member.data_member_location, Some(77));
        assert_eq!(unit.fixed(DieOffset(starts[1] as u32)).unwrap().bit_size, Some(5));
        assert_eq!(unit.fixed(DieOffset(starts[2] as u32)).unwrap().byte_size, Some(8));
        assert!(unit.fixed(DieOffset(11)).is_none() && unit.fixed(DieOffset(info.len() as u32)).is_none());
    });
}

#[test]
fn what_is_cut_off_or_has_no_string_is_not_read_at_once() {
    let (table, info, starts) = unit();
    // Each DIE is the last one of its unit, and then a byte is missing.
    for (at, (.., expected)) in (0..).zip(DIES) {
        let end = starts.get(at + 1).copied().unwrap_or(info.len());
        for (end, expected) in [(end, expected), (end - 1, false)] {
            let mut info = info[..end].to_vec();
            info[0] = end as u8 - 4;
            with_unit(&table, &info, STRINGS, |unit, budget| {
                // One type is behind all of the others.
                let expected = expected && (at != 5 || end > 90);
                assert_eq!(check(unit, starts[at], budget), expected, "{at} {end}");
            });
        }
    }
    // A section that does not end with a string.
    with_unit(&table, &info, &STRINGS[..STRINGS.len() - 1], |unit, _| {
        assert!(unit.fixed(DieOffset(starts[0] as u32)).is_none());
    });
}
