//! DIEs that are read without going through their attributes: all that counts of them has a fixed place.
//!
//! Members, parameters and pointers are most of what is described. As compilers write them, nearly all have a name in
//! `.debug_str`, a type in their own unit, numbers of a fixed width, and nothing whose length varies. Whatever is different
//! is read like any other DIE ([`Unit::read`]).

use gimli::{DwTag, Encoding, EndianSlice, Format, RunTimeEndian};

use super::attribute::read;
use super::compiler::Program;
use super::instruction::{Action, Instruction, Link, Name, Number, Strings, Width};
use super::place::DieOffset;
use super::string::StringAt;
use super::unit::Unit;

/// What is read of a DIE, and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    tag: DwTag,
    /// Bytes, with a code of one byte.
    size: u16,
    /// Steps of work.
    cost: u16,
    /// Of fields, the offset from the first byte on.
    name: Option<u16>,
    target: u16,
    bit_size: Field,
    data_bit_offset: Field,
    data_member_location: Field,
    byte_size: Field,
}

/// Where a number is.
#[derive(Clone, Copy, Debug)]
enum Field {
    Absent,
    At(u16, Width),
    /// In the abbreviation.
    Constant(u64),
}

/// A DIE that has a type, and no children.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fixed {
    pub(crate) tag: DwTag,
    /// Where the next DIE begins.
    pub(crate) end: DieOffset,
    /// What it costs to read this one, in steps of work.
    pub(crate) cost: u64,
    /// `DW_AT_name`
    pub(crate) name: Option<StringAt>,
    /// `DW_AT_type`, within the unit
    pub(crate) target: DieOffset,
    /// `DW_AT_bit_size`
    pub(crate) bit_size: Option<u64>,
    /// `DW_AT_data_bit_offset`
    pub(crate) data_bit_offset: Option<u64>,
    /// `DW_AT_data_member_location`
    pub(crate) data_member_location: Option<u64>,
    /// `DW_AT_byte_size`
    pub(crate) byte_size: Option<u64>,
}

impl Layout {
    /// The layout of DIEs without children, of so many attributes, which these instructions read; `None` if some other DIEs
    /// have to be read in their place. `constant` is the number that the abbreviation holds for an instruction.
    pub(super) fn of(
        tag: DwTag,
        attributes: u32,
        (program, instructions): (Program, &[Instruction]),
        encoding: Encoding,
        constant: impl Fn(Instruction) -> Option<u64>,
    ) -> Option<Layout> {
        if encoding.format != Format::Dwarf32 {
            return None;
        }
        let (mut name, mut target) = (None, None);
        let absent = Field::Absent;
        let mut layout = Layout {
            tag,
            size: 0,
            cost: 0,
            name,
            target: 0,
            bit_size: absent,
            data_bit_offset: absent,
            data_member_location: absent,
            byte_size: absent,
        };
        // Behind the code.
        let mut at: u16 = 1;
        for &instruction in instructions {
            at = at.checked_add(u16::try_from(instruction.gap).ok()?)?;
            let length = match instruction.action {
                Action::Text(Name::Plain, Strings::Str) => {
                    name = Some(at);
                    4
                }
                Action::Reference(Link::Type, Width::Four) => {
                    target = Some(at);
                    4
                }
                Action::Number(number, width) => {
                    *layout.number_mut(number)? = Field::At(at, width);
                    width.bytes()?
                }
                Action::Implicit(number) => {
                    *layout.number_mut(number)? = Field::Constant(constant(instruction)?);
                    0
                }
                _ => return None,
            };
            at = at.checked_add(length.into())?;
        }
        let size = at.checked_add(u16::try_from(program.tail).ok()?)?;
        let cost = u16::try_from(attributes).ok()?.checked_add(1)?.checked_add(size >> 4)?;
        Some(Layout { size, cost, name, target: target?, ..layout })
    }

    fn number_mut(&mut self, number: Number) -> Option<&mut Field> {
        match number {
            Number::BitSize => Some(&mut self.bit_size),
            Number::DataBitOffset => Some(&mut self.data_bit_offset),
            Number::DataMemberLocation => Some(&mut self.data_member_location),
            Number::ByteSize => Some(&mut self.byte_size),
            _ => None,
        }
    }
}

impl Unit<'_, '_> {
    /// The DIE at an offset, if it can be read at once. That is not paid for.
    #[inline(always)]
    pub(crate) fn fixed(&self, offset: DieOffset) -> Option<Fixed> {
        let names = self.fixed_names?;
        let layout = self.abbreviations().layout(self.byte(offset)?)?;
        let end = DieOffset(offset.0.checked_add(layout.size.into())?);
        let die = self.bytes(offset, end)?;
        let field = |at: u16, width| {
            let bytes = die.get(at.into()..)?;
            read(&mut EndianSlice::<RunTimeEndian>::new(bytes, self.endian()), width).ok()
        };
        let word = |at| u32::try_from(field(at, Width::Four)?).ok();
        let number = |place| {
            Some(match place {
                Field::Absent => None,
                Field::At(at, width) => Some(field(at, width)?),
                Field::Constant(value) => Some(value),
            })
        };
        let name = match layout.name {
            Some(at) => Some(names.at(word(at)?)?),
            None => None,
        };
        Some(Fixed {
            tag: layout.tag,
            end,
            cost: layout.cost.into(),
            name,
            target: self.within(DieOffset(word(layout.target)?))?,
            bit_size: number(layout.bit_size)?,
            data_bit_offset: number(layout.data_bit_offset)?,
            data_member_location: number(layout.data_member_location)?,
            byte_size: number(layout.byte_size)?,
        })
    }
}
