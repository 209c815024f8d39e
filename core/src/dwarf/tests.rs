//! DIEs, whichever way they are read: whole, by their names, or passed over alone or with others; with relocations of their
//! fields, or with the values that those give. What must come out is known, since the DIEs are made here.

use alloc::format;
use alloc::vec::Vec;

use super::die::Die;
use super::place::DieOffset;
use super::unit::Unit;
use crate::budget::Budget;
use crate::limits::Limits;

mod layouts;
mod made;
mod small;

use self::made::{Maker, Numbers, ROOT, VARYING, Value, relocation};

/// What reading costs.
fn cost(budget: &mut Budget, read: impl FnOnce(&mut Budget)) -> (u64, u64) {
    let before = budget.spent();
    read(budget);
    let spent = budget.spent();
    (spent.work - before.work, spent.dies - before.dies)
}

/// Reads a unit's DIEs in many ways.
fn check_unit(maker: &Maker, unit: &Unit<'_, '_>, numbers: &mut Numbers) {
    let budget = &mut Budget::new(&Limits::default());
    let mut die = Die::EMPTY;
    let mut at = 0;
    for _ in 0..3 * maker.dies.len() {
        // As a rule one goes on to the next one.
        at =
            if numbers.below(6) == 0 { numbers.below(maker.dies.len()) } else { (at + 1) % maker.dies.len() };
        let made = &maker.dies[at];
        let offset = DieOffset(made.offset as u32);
        let shape = &maker.shapes[made.shape];
        let attributes = shape.specs.len() as u64 + u64::from(shape.has_sibling);
        let expected = (attributes + 1 + ((made.end - made.offset) as u64 >> 4), 1);
        match numbers.below(5) {
            0 => {
                let head = unit.head(offset).unwrap().unwrap();
                let spent = cost(budget, |budget| unit.read(head, &mut die, budget).unwrap());
                assert_eq!(spent, expected, "{made:?}");
                maker.check(made, &die);
                assert_eq!(unit.after(&die, budget).unwrap().index(), made.after, "{made:?}");
            }
            1 => maker.check(made, &unit.die_at(offset, budget).unwrap()),
            2 => {
                let head = unit.head(offset).unwrap().unwrap();
                let skip =
                    |budget: &mut Budget| assert_eq!(unit.skip(head, budget).unwrap().index(), made.end);
                assert_eq!(cost(budget, skip), expected, "{made:?}");
                assert_eq!(unit.pass(head, budget).unwrap().index(), made.after, "{made:?}");
            }
            3 => check_leaves(maker, unit, at, budget),
            _ if matches!(shape.tag, gimli::DW_TAG_subprogram | gimli::DW_TAG_variable) => {
                let head = unit.head(offset).unwrap().unwrap();
                let whole = unit.die(head, budget).unwrap();
                unit.identify(head, &mut die, budget).unwrap();
                assert_eq!(
                    format!("{:?}", (die.name, die.linkage_name)),
                    format!("{:?}", (whole.name, whole.linkage_name))
                );
                assert_eq!(
                    (die.origin, die.declaration, die.end),
                    (whole.origin, whole.declaration, whole.end)
                );
            }
            _ if shape.has_children => {
                let behind = unit.skip_children(DieOffset(made.end as u32), budget).unwrap();
                assert_eq!(behind.index(), made.after, "{made:?}");
            }
            _ => {}
        }
    }
}

/// Passing over several DIEs at once leads to one of them, past no symbol and nothing that has children, and costs what
/// passing over each of them does.
fn check_leaves(maker: &Maker, unit: &Unit<'_, '_>, at: usize, budget: &mut Budget) {
    let mut tags = Vec::new();
    let mut end = DieOffset(0);
    let start = DieOffset(maker.dies[at].offset as u32);
    let spent = cost(budget, |budget| end = unit.pass_leaves(start, |tag| tags.push(tag), budget).unwrap());
    let passed = &maker.dies[at..at + tags.len()];
    for (made, tag) in passed.iter().zip(&tags) {
        let shape = &maker.shapes[made.shape];
        assert!(*tag == shape.tag && !shape.has_children, "{made:?}");
        assert!(
            *tag == gimli::DW_TAG_structure_type
                || *tag == gimli::DW_TAG_member
                || *tag == gimli::DW_TAG_base_type
        );
    }
    assert_eq!(end.index(), passed.last().map_or(start.index(), |last| last.end));
    let each = cost(budget, |budget| {
        for made in passed {
            let head = unit.head(DieOffset(made.offset as u32)).unwrap().unwrap();
            unit.skip(head, budget).unwrap();
        }
    });
    assert_eq!(spent, each);
}

#[test]
fn a_die_is_what_it_is_meant_to_be_however_it_is_read() {
    let numbers = &mut Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..120 {
        let first = if round % 4 == 3 { 3 } else { 1 };
        let maker = Maker::new(first, numbers);
        let table = maker.abbreviations(first);
        if maker.dies.is_empty() {
            continue;
        }
        maker.with_unit(&table, &maker.meant, &[], |unit| check_unit(&maker, unit, numbers));
        maker.with_unit(&table, &maker.raw, &maker.relocations, |unit| {
            assert_eq!(unit.root().index(), ROOT);
            check_unit(&maker, unit, numbers);
        });
    }
}

#[test]
fn a_length_has_no_relocation() {
    let numbers = &mut Numbers(0x2545_f491_4f6c_dd1d);
    let mut refused = 0;
    for _ in 0..60 {
        let maker = Maker::new(1, numbers);
        let table = maker.abbreviations(1);
        for made in maker.dies.iter().step_by(7) {
            let varies = |value: &&Value| VARYING.contains(&value.form);
            let Some(value) = made.values.iter().find(varies) else { continue };
            // A number in LEB128, which may be the length of a block, ends at a byte without the upper bit, a string at its NUL.
            let ends = |&byte: &u8| if value.form == gimli::DW_FORM_string { byte == 0 } else { byte < 0x80 };
            let length = match value.form {
                gimli::DW_FORM_block1 => 1,
                gimli::DW_FORM_block2 => 2,
                gimli::DW_FORM_block4 => 4,
                _ => maker.meant[value.start..].iter().position(ends).unwrap() + 1,
            };
            // The same byte as before, or another one.
            let at = value.start + numbers.below(length);
            let byte = u64::from(maker.meant[at]) ^ (numbers.below(2) as u64);
            let relocations = [relocation(at, 1, byte)];
            maker.with_unit(&table, &maker.meant, &relocations, |unit| {
                let budget = &mut Budget::new(&Limits::default());
                let offset = DieOffset(made.offset as u32);
                let head = unit.head(offset).unwrap().unwrap();
                assert!(unit.skip(head, budget).is_err(), "{value:?}");
                assert!(unit.die(head, budget).is_err(), "{value:?}");
                refused += 1;
            });
        }
    }
    assert!(refused > 50, "{refused}");
}
