//! The words that sentences about changes are made of.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeKind, Wrapper};

/// A member's name behind those that it is in. They may be as long as the input, and so it is paid for each time.
pub(super) fn named(prefix: &[u8], name: &[u8], budget: &mut Budget) -> Result<Vec<u8>> {
    budget.charge_bytes(prefix.len().saturating_add(name.len()))?;
    Ok([prefix, name].concat())
}

/// A number.
pub(super) fn number(value: u64) -> Vec<u8> {
    itoa::Buffer::new().format(value).as_bytes().to_vec()
}

/// A number that was probably negative once, and need not be there.
pub(super) fn signed(value: Option<u64>) -> Vec<u8> {
    match value {
        Some(value) => itoa::Buffer::new().format(value.cast_signed()).as_bytes().to_vec(),
        None => b"unknown".to_vec(),
    }
}

/// A number that need not be there.
pub(super) fn stated(value: Option<u64>) -> Vec<u8> {
    value.map_or_else(|| b"not stated".to_vec(), number)
}

/// ` at offset 8`, or ` at offset 8, bit 3`.
pub(super) fn at_offset(bits: Option<u64>) -> Vec<u8> {
    let Some(bits) = bits else { return Vec::new() };
    let mut text = [b" at offset ".as_slice(), &number(bits >> 3)].concat();
    if bits & 7 != 0 {
        text.extend_from_slice(b", bit ");
        text.extend_from_slice(&number(bits & 7));
    }
    text
}

/// `8 bytes`, or `3 bits`.
pub(super) fn size(bits: Option<u64>, is_bits: bool) -> Vec<u8> {
    match bits {
        Some(1) if is_bits => b"1 bit".to_vec(),
        Some(bits) if is_bits || bits & 7 != 0 => [number(bits).as_slice(), b" bits"].concat(),
        Some(8) => b"1 byte".to_vec(),
        Some(bits) => [number(bits >> 3).as_slice(), b" bytes"].concat(),
        None => b"of unknown size".to_vec(),
    }
}

pub(super) fn kind_title(kind: NodeKind) -> &'static [u8] {
    match kind {
        NodeKind::Structure => b"structure",
        NodeKind::Class => b"class",
        NodeKind::Union => b"union",
        NodeKind::Enumeration => b"enumeration",
        NodeKind::Subprogram => b"function",
        NodeKind::Variable => b"variable",
        NodeKind::Wrapper(Wrapper::Typedef) => b"typedef",
        _ => b"type of another kind",
    }
}

#[cfg(test)]
mod tests {
    use dwarfksyms_core::{ErrorKind, Limit, Limits};

    use super::*;

    #[test]
    fn a_long_name_is_paid_for_each_time() {
        let budget = &mut Budget::new(&Limits::default().with(Limit::Work, 1000));
        let prefix = [b'x'; 16_000];
        let failed = (0..100).find_map(|_| named(&prefix, b"y", budget).err());
        assert!(matches!(failed.map(|error| error.kind()), Some(ErrorKind::Limit(Limit::Work, 1000))));
    }
}
