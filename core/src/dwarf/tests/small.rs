//! Units of a few bytes: what root DIEs, single DIEs and line tables say, and which relocations they may have.

use alloc::vec::Vec;

use super::made::relocation;
use crate::budget::Budget;
use crate::dwarf::cache::UnitCache;
use crate::dwarf::die::Die;
use crate::dwarf::line::Files;
use crate::dwarf::place::{DieOffset, Reference, UnitIndex};
use crate::dwarf::scan::{Query, scan};
use crate::dwarf::unit::{Unit, UnitKind};
use crate::dwarf::units::Dwarf;
use crate::elf::Image;
use crate::error::Result;
use crate::exports::Exports;
use crate::limits::Limits;

/// An attribute: its name, its form and its bytes.
type Attribute<'a> = (u8, u8, &'a [u8]);

const DATA1: u8 = 0x0b;
const DATA2: u8 = 0x05;
const DATA4: u8 = 0x06;
const DATA8: u8 = 0x07;
const STRING: u8 = 0x08;
const UDATA: u8 = 0x0f;
const FLAG_PRESENT: u8 = 0x19;
const REF_ADDR: u8 = 0x10;
const REF_SUP4: u8 = 0x1c;
const REF_SUP8: u8 = 0x24;

const LANGUAGE: u8 = 0x13;
const HIGH_PC: u8 = 0x12;
const PRODUCER: u8 = 0x25;
const IMPORT: u8 = 0x18;
const INLINE: u8 = 0x20;
const DECL_LINE: u8 = 0x3b;
const DECLARATION: u8 = 0x3c;
const EXTERNAL: u8 = 0x3f;
const TYPE: u8 = 0x49;

/// The header of a unit of DWARF 5, of 32 or 64 bits.
fn header(is_64: bool, rest: usize) -> Vec<u8> {
    let length = rest as u8 + 4;
    match is_64 {
        false => [&[length + 4, 0, 0, 0][..], &[5, 0, 1, 8], &[0; 4]].concat(),
        true => [&[0xff; 4][..], &[length + 8, 0, 0, 0, 0, 0, 0, 0], &[5, 0, 1, 8], &[0; 8]].concat(),
    }
}

fn shape(code: u8, tag: u8, has_children: bool, attributes: &[Attribute<'_>]) -> Vec<u8> {
    let specs = attributes.iter().flat_map(|&(name, form, _)| [name, form]);
    [code, tag, has_children.into()].into_iter().chain(specs).chain([0, 0]).collect()
}

/// Calls `then` with a unit whose root, with code 1, and one child, with code 2, have these attributes, and the offset of the
/// child. Relocations are of bytes by their place behind the root's code.
fn with_unit<T>(
    is_64: bool,
    (root, child): (&[Attribute<'_>], (u8, &[Attribute<'_>])),
    relocations: &[(usize, usize, u64)],
    then: impl FnOnce(&Unit<'_, '_>, DieOffset, &mut Budget) -> T,
) -> Result<T> {
    let values = |attributes: &[Attribute<'_>]| {
        attributes.iter().flat_map(|(.., bytes)| bytes.to_vec()).collect::<Vec<u8>>()
    };
    let (first, second) = (values(root), values(child.1));
    let start = header(is_64, 0).len();
    let dies = [&[1], &first[..], &[2], &second, &[0]].concat();
    let info = [header(is_64, dies.len()), dies].concat();
    let table = [shape(1, 0x11, true, root), shape(2, child.0, false, child.1), [0].to_vec()].concat();
    let relocations: Vec<_> =
        relocations.iter().map(|&(at, width, value)| relocation(start + 1 + at, width, value)).collect();
    let budget = &mut Budget::new(&Limits::default());
    let image = Image::of_parts(&info, &table, &relocations, budget);
    let dwarf = Dwarf::new(image, None, budget)?;
    let unit = dwarf.unit(UnitIndex(0), budget)?;
    Ok(then(&unit, DieOffset((start + 1 + first.len()) as u32), budget))
}

fn root_kind(root: &[Attribute<'_>], relocations: &[(usize, usize, u64)]) -> Result<UnitKind> {
    with_unit(false, (root, (0x34, &[])), relocations, |unit, _, _| unit.kind())
}

#[test]
fn what_counts_of_a_root_is_completed_and_the_rest_may_be_anything() {
    const RUST: u64 = 0x1c;
    for (form, width) in [(DATA1, 1), (DATA2, 2), (DATA4, 4), (DATA8, 8)] {
        let bytes = &[0xee; 8][..width];
        let root = [(HIGH_PC, DATA8, &[0; 8][..]), (LANGUAGE, form, bytes)];
        assert_eq!(root_kind(&root, &[(8, width, RUST)]), Ok(UnitKind::Rust), "{width}");
        // Half a number that nobody reads.
        assert_eq!(root_kind(&root, &[(4, 2, 1), (8, width, RUST)]), Ok(UnitKind::Rust), "{width}");
        // Half a number that somebody reads.
        assert_eq!(root_kind(&root, &[(8, 1, 1)]).is_ok(), width == 1);
    }
    for (name, form, bytes) in [(PRODUCER, STRING, &b"cc\0"[..]), (LANGUAGE, UDATA, &[0x1c])] {
        assert!(root_kind(&[(name, form, bytes)], &[]).is_ok());
        assert!(root_kind(&[(name, form, bytes)], &[(0, 1, 0x1c)]).is_err());
    }
}

#[test]
fn what_is_defined_is_external_and_more_than_declared() {
    let external: Attribute<'_> = (EXTERNAL, FLAG_PRESENT, b"");
    let declaration: Attribute<'_> = (DECLARATION, FLAG_PRESENT, b"");
    let inline: [Attribute<'_>; 4] = [0, 1, 2, 3].map(|kind| (INLINE, DATA1, &[0, 1, 2, 3][kind..=kind]));
    for (attributes, expected) in [
        (&[external][..], true),
        (&[], false),
        (&[declaration], false),
        (&[external, declaration], false),
        // Not inlined; inlined; declared inline, and neither; and that, and inlined.
        (&[external, inline[0]], true),
        (&[external, inline[1]], true),
        (&[external, inline[2]], false),
        (&[external, inline[3]], false),
        (&[declaration, external, inline[1]], false),
    ] {
        let defines = with_unit(false, (&[], (0x2e, attributes)), &[], |unit, child, budget| {
            unit.defines(child, budget).unwrap()
        });
        assert_eq!(defines, Ok(expected), "{attributes:?}");
    }
}

#[test]
fn what_is_imported_is_said_by_one_attribute() {
    let line: Attribute<'_> = (DECL_LINE, DATA1, &[1]);
    let import: Attribute<'_> = (IMPORT, REF_ADDR, &[12, 0, 0, 0]);
    for (attributes, expected) in
        [(&[line, import][..], Some(UnitIndex(0))), (&[import, line], Some(UnitIndex(0))), (&[line], None)]
    {
        let imported = with_unit(false, (&[], (0x3d, attributes)), &[], |unit, child, budget| {
            unit.imported(unit.head(child).unwrap().unwrap(), budget).unwrap()
        });
        assert_eq!(imported, Ok(expected));
    }
}

#[test]
fn a_reference_into_another_file_is_as_wide_as_its_form_says() {
    for (form, width) in [(REF_SUP4, 4), (REF_SUP8, 8)] {
        for is_64 in [false, true] {
            let child = [(TYPE, form, &[0xee; 8][..width])];
            // Behind the code of the child, whose root has no attributes.
            let die =
                with_unit(is_64, (&[], (0x34, &child)), &[(1, width, 0x1234)], |unit, child, budget| {
                    unit.die_at(child, budget).unwrap_or(Die::EMPTY)
                });
            assert_eq!(die.unwrap().target, Some(Reference::Supplementary(0x1234)), "{form} {is_64}");
        }
    }
}

/// What a namespace says of where it ends, whose children end at 20, before another DIE and the end of the unit at 22.
fn scanned(sibling: u8) -> Result<()> {
    let info = [header(false, 10), [1, 2, sibling, 0, 0, 0, 3, 0, 3, 0].to_vec()].concat();
    let table = [
        &shape(1, 0x11, true, &[])[..],
        &shape(2, 0x39, true, &[(1, 0x13, b"")]),
        &shape(3, 0x24, false, &[]),
    ];
    let table = [table.concat(), [0].to_vec()].concat();
    let (limits, budget) = (Limits::default(), &mut Budget::new(&Limits::default()));
    let dwarf = Dwarf::new(Image::of_parts(&info, &table, &[], budget), None, budget)?;
    let exports = Exports::parse(b"symbol\n", &limits)?;
    let query = Query { exports: &exports, for_homes: false, for_imports: false };
    scan(&mut UnitCache::new(&dwarf), UnitIndex(0), query, budget).map(drop)
}

#[test]
fn children_end_where_their_die_says() {
    assert_eq!(scanned(20), Ok(()));
    for wrong in [0, 12, 18, 19, 21, 22, 200] {
        assert!(scanned(wrong).is_err(), "{wrong}");
    }
}

/// Which of two files of a line table of DWARF 5 is a C source; its formats and entries are these bytes.
fn sources(entries: &[u8], relocation_at: Option<usize>) -> Result<[Option<bool>; 2]> {
    // Version, sizes of addresses and segments, length of the header; instructions, of which there is one without operands.
    let rest = [&[5, 0, 8, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1][..], entries].concat();
    let line = [&[rest.len() as u8, 0, 0, 0][..], &rest].concat();
    let start = line.len() - entries.len();
    let relocations: Vec<_> =
        relocation_at.map(|at| relocation(start + at, 1, entries[at].into())).into_iter().collect();
    let budget = &mut Budget::new(&Limits::default());
    let info = [header(false, 1), [0].to_vec()].concat();
    let image = Image::of_parts(&info, &[0], &[], budget).with_lines(&line, &relocations, budget);
    let dwarf = Dwarf::new(image, None, budget)?;
    let files = Files::parse(&dwarf, (0, 0), budget)?;
    Ok([0, 1].map(|index| files.is_source(index).ok()))
}

#[test]
fn a_table_has_as_many_files_as_there_is_room_for() {
    // No folders, without a format; one format, of a path that stands here; two files.
    let files = [&[0, 0, 1, 1, STRING, 2][..], b"a.h\0b.c\0"].concat();
    assert_eq!(sources(&files, None), Ok([Some(false), Some(true)]));
    // Entries without a format would be any number.
    assert!(sources(&[&[0, 1][..], &files[2..]].concat(), None).is_err());
    // As many entries of a byte as there are bytes, and one more.
    assert_eq!(sources(&[0, 0, 1, 1, STRING, 2, 0, 0], None), Ok([Some(false); 2]));
    assert!(sources(&[0, 0, 1, 1, STRING, 3, 0, 0], None).is_err());
    // Formats, numbers of any length and strings have no relocations, though it may be one that changes nothing.
    for at in [3, 4, 5, 6, 8, 10] {
        assert!(sources(&files, Some(at)).is_err(), "{at}");
    }
}
