//! The values of attributes (DWARF 5 section 7.5.6).
//!
//! The forms that compilers use most are read here; `gimli` reads the others. What no reader gets wrong is how long
//! a value is: a wrong length would shift everything behind it.

use gimli::{
    Abbreviations, AttributeSpecification, AttributeValue, DebugLineStrOffset, DebugStrOffset, DwForm,
    Encoding, EndianSlice, EntriesRaw, Reader, Result, RunTimeEndian, UnitOffset,
};

/// Bytes that have yet to be read.
pub(super) type Input<'d> = EndianSlice<'d, RunTimeEndian>;

/// The value of an attribute.
pub(super) type Value<'d> = AttributeValue<Input<'d>>;

/// How many bytes a value of this form has, if all have as many.
#[inline]
pub(super) fn length(form: DwForm, encoding: Encoding) -> Option<u8> {
    match form {
        gimli::DW_FORM_flag_present | gimli::DW_FORM_implicit_const => Some(0),
        gimli::DW_FORM_data1 | gimli::DW_FORM_flag | gimli::DW_FORM_ref1 | gimli::DW_FORM_strx1 => Some(1),
        gimli::DW_FORM_data2 | gimli::DW_FORM_ref2 | gimli::DW_FORM_strx2 => Some(2),
        gimli::DW_FORM_data4 | gimli::DW_FORM_ref4 | gimli::DW_FORM_strx4 => Some(4),
        gimli::DW_FORM_data8 | gimli::DW_FORM_ref8 | gimli::DW_FORM_ref_sig8 => Some(8),
        gimli::DW_FORM_data16 => Some(16),
        gimli::DW_FORM_addr => Some(encoding.address_size),
        gimli::DW_FORM_strp | gimli::DW_FORM_line_strp | gimli::DW_FORM_sec_offset => {
            Some(encoding.format.word_size())
        }
        _ => None,
    }
}

/// Whether all values of this form have as many bytes in one unit.
pub(super) fn has_constant_length(form: DwForm) -> bool {
    // Which one is not asked.
    let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
    length(form, encoding).is_some()
        || matches!(
            form,
            gimli::DW_FORM_ref_addr
                | gimli::DW_FORM_strp_sup
                | gimli::DW_FORM_ref_sup4
                | gimli::DW_FORM_ref_sup8
                | gimli::DW_FORM_GNU_ref_alt
                | gimli::DW_FORM_GNU_strp_alt
                | gimli::DW_FORM_strx3
                | gimli::DW_FORM_addrx1
                | gimli::DW_FORM_addrx2
                | gimli::DW_FORM_addrx3
                | gimli::DW_FORM_addrx4
        )
}

/// Reads a value, and its form: not the one of the specification if that is `DW_FORM_indirect`.
#[inline]
pub(super) fn read<'d>(
    input: &mut Input<'d>,
    encoding: Encoding,
    spec: AttributeSpecification,
    none: &Abbreviations,
) -> Result<(DwForm, Value<'d>)> {
    let form = spec.form();
    let value = match form {
        gimli::DW_FORM_data1 => AttributeValue::Data1(input.read_u8()?),
        gimli::DW_FORM_data2 => AttributeValue::Data2(input.read_u16()?),
        gimli::DW_FORM_udata => AttributeValue::Udata(input.read_uleb128()?),
        gimli::DW_FORM_ref4 => AttributeValue::UnitRef(UnitOffset(input.read_u32().map(to_usize)?)),
        gimli::DW_FORM_strp => {
            AttributeValue::DebugStrRef(DebugStrOffset(input.read_offset(encoding.format)?))
        }
        gimli::DW_FORM_line_strp => {
            AttributeValue::DebugLineStrRef(DebugLineStrOffset(input.read_offset(encoding.format)?))
        }
        gimli::DW_FORM_string => AttributeValue::String(string(input)?),
        gimli::DW_FORM_flag_present => AttributeValue::Flag(true),
        gimli::DW_FORM_indirect => {
            let spec = indirect(input, spec)?;
            return read_any(input, encoding, spec, none);
        }
        _ => return read_any(input, encoding, spec, none),
    };
    Ok((form, value))
}

/// The specification of a value that has its form in front of it.
#[cold]
fn indirect(input: &mut Input<'_>, spec: AttributeSpecification) -> Result<AttributeSpecification> {
    loop {
        match code(input).map(DwForm)? {
            gimli::DW_FORM_indirect => {}
            gimli::DW_FORM_implicit_const => return Err(gimli::Error::InvalidImplicitConst),
            form => return Ok(AttributeSpecification::new(spec.name(), form, None)),
        }
    }
}

/// Reads the number of a tag, an attribute or a form: a LEB128 that may be longer than it needs to be, as some linkers
/// leave it (`gimli` takes three bytes at most for such a number).
pub(super) fn code(input: &mut Input<'_>) -> Result<u16> {
    // Most are of one byte.
    if let &[code @ ..0x80, ..] = input.slice() {
        return input.skip(1).map(|()| code.into());
    }
    u16::try_from(input.read_uleb128()?).map_err(|_| gimli::Error::BadUnsignedLeb128)
}

fn read_any<'d>(
    input: &mut Input<'d>,
    encoding: Encoding,
    spec: AttributeSpecification,
    none: &Abbreviations,
) -> Result<(DwForm, Value<'d>)> {
    let mut entries = EntriesRaw::new(*input, encoding, none, UnitOffset(0));
    let attribute = entries.read_attribute(spec)?;
    input.skip(entries.next_offset().0)?;
    Ok((attribute.form(), attribute.raw_value()))
}

/// Passes over a value.
#[inline]
pub(super) fn skip(
    input: &mut Input<'_>,
    encoding: Encoding,
    spec: AttributeSpecification,
    none: &Abbreviations,
) -> Result<()> {
    match length(spec.form(), encoding) {
        Some(length) => input.skip(length.into()),
        // However large the number is: nobody wants to know it.
        None if matches!(spec.form(), gimli::DW_FORM_udata | gimli::DW_FORM_sdata) => input.skip_leb128(),
        None if is_block(spec.form()) => skip_block(input),
        None => read(input, encoding, spec, none).map(drop),
    }
}

/// Whether a value of this form has its length in front of it, as a LEB128.
pub(super) fn is_block(form: DwForm) -> bool {
    matches!(form, gimli::DW_FORM_exprloc | gimli::DW_FORM_block)
}

/// Passes over bytes that have their number in front of them.
#[inline]
pub(super) fn skip_block(input: &mut Input<'_>) -> Result<()> {
    let length = match input.slice() {
        // Most are short.
        &[length @ ..0x80, ..] => input.skip(1).map(|()| length.into())?,
        _ => input.read_uleb128().and_then(usize_of)?,
    };
    input.skip(length)
}

/// Reads a string that stands here.
#[inline]
pub(super) fn string<'d>(input: &mut Input<'d>) -> Result<Input<'d>> {
    let end = memchr::memchr(0, input.slice());
    let text = input.split(end.ok_or(gimli::Error::UnexpectedEof(input.offset_id()))?)?;
    input.skip(1)?;
    Ok(text)
}

fn usize_of(length: u64) -> Result<usize> {
    usize::try_from(length).map_err(|_| gimli::Error::UnsupportedOffset)
}

fn to_usize(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use gimli::DwAt;

    use super::*;

    const NAMES: [DwAt; 3] = [gimli::DW_AT_name, gimli::DW_AT_stmt_list, gimli::DW_AT_data_member_location];

    /// Forms 1 to 0x2c, and those of GNU.
    fn forms() -> impl Iterator<Item = DwForm> {
        (1..0x2d).chain([0x1f01, 0x1f02, 0x1f20, 0x1f21]).map(DwForm)
    }

    #[test]
    fn values_and_lengths_are_those_of_gimli() {
        let none = Abbreviations::default();
        let bytes: Vec<u8> = (1..40).chain([0]).chain(1..40).collect();
        let mut compared = 0;
        for (address_size, format) in
            [(8, gimli::Format::Dwarf32), (4, gimli::Format::Dwarf64), (2, gimli::Format::Dwarf32)]
        {
            for (endian, version) in [(RunTimeEndian::Little, 5), (RunTimeEndian::Big, 2)] {
                let encoding = Encoding { address_size, format, version };
                for (name, form) in NAMES.into_iter().flat_map(|name| forms().map(move |form| (name, form))) {
                    let constant = (form == gimli::DW_FORM_implicit_const).then_some(-3);
                    let spec = AttributeSpecification::new(name, form, constant);
                    let start = EndianSlice::new(&bytes, endian);
                    let (mut ours, mut theirs, mut skipped) = (start, start, start);
                    let expected = read_any(&mut theirs, encoding, spec, &none);
                    let values = [read(&mut ours, encoding, spec, &none), expected];
                    // `gimli` says of a value with its form in front of it that it is indirect.
                    let [ours_is, theirs_is] = values.map(|value| {
                        value
                            .ok()
                            .map(|(read, value)| ((form != gimli::DW_FORM_indirect).then_some(read), value))
                    });
                    assert_eq!(ours_is, theirs_is, "{form}");
                    assert_eq!(skip(&mut skipped, encoding, spec, &none).is_ok(), expected.is_ok(), "{form}");
                    if expected.is_ok() {
                        assert_eq!((ours.len(), skipped.len()), (theirs.len(), theirs.len()), "{form}");
                        compared += 1;
                    }
                }
            }
        }
        assert!(compared > 600, "{compared}");
    }

    #[test]
    fn numbers_may_be_longer_than_they_need_to_be() {
        let read = |bytes: &[u8]| code(&mut EndianSlice::new(bytes, RunTimeEndian::Little));
        for padding in 0..9 {
            let bytes = [&[0xff][..], &[0x80; 9][..padding], &[0]].concat();
            assert_eq!(read(&bytes), Ok(0x7f), "{padding}");
        }
        assert_eq!(read(&[0xff, 0xff, 0x83, 0x80, 0]), Ok(0xffff));
        assert_eq!(read(&[0x80, 0x80, 0x84, 0]), Err(gimli::Error::BadUnsignedLeb128));
    }

    #[test]
    fn a_form_that_stands_before_its_value_may_be_padded_or_indirect_again() {
        let spec = AttributeSpecification::new(gimli::DW_AT_byte_size, gimli::DW_FORM_indirect, None);
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        let none = Abbreviations::default();
        for form in [&[0x0b][..], &[0x8b, 0x80, 0x80, 0], &[0x16, 0x96, 0x80, 0, 0x0b]] {
            let bytes = [form, &[7, 8]].concat();
            let mut input = EndianSlice::new(&bytes, RunTimeEndian::Little);
            let value = (gimli::DW_FORM_data1, AttributeValue::Data1(7));
            assert_eq!(read(&mut input, encoding, spec, &none), Ok(value));
            assert_eq!(input.slice(), [8]);
            let mut input = EndianSlice::new(&bytes, RunTimeEndian::Little);
            assert_eq!(skip(&mut input, encoding, spec, &none), Ok(()));
            assert_eq!(input.slice(), [8]);
        }
        let mut input = EndianSlice::new(&[0x21, 1], RunTimeEndian::Little);
        assert!(read(&mut input, encoding, spec, &none).is_err());
    }

    #[test]
    fn a_string_ends() {
        let spec = AttributeSpecification::new(gimli::DW_AT_name, gimli::DW_FORM_string, None);
        let encoding = Encoding { address_size: 8, format: gimli::Format::Dwarf32, version: 5 };
        let mut input = EndianSlice::new(b"abc", RunTimeEndian::Little);
        assert!(read(&mut input, encoding, spec, &Abbreviations::default()).is_err());
    }
}
