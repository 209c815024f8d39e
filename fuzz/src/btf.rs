//! Any bytes as BTF.

use dwarfksyms_core::{Btf, Exports, Limit, Limits, Result, SectionId};
use dwarfksyms_symtypes::types::Lines;

use crate::allocation;
use crate::describe::LIMITS;

/// Two bytes with a length, so many bytes of BTF that the rest is based on, if they are any, and that rest. All functions and
/// variables are exported: each name has one line, in order, and what is read again is the same.
pub fn btf(data: &[u8]) {
    let Some((&length, rest)) = data.split_first_chunk::<2>() else { return };
    let (base, own) = rest.split_at(usize::from(u16::from_le_bytes(length)).min(rest.len()));
    let tight = LIMITS.with(Limit::Memory, 1 << 12).with(Limit::Text, 1 << 8).with(Limit::Depth, 8);
    for limits in [LIMITS, tight] {
        // What is read of either part, and what is made of it, has the limits once each.
        let memory = limits.memory.saturating_mul(2);
        let text = allocation::within(memory, || described(base, own, &limits));
        let Ok(text) = text else { continue };
        assert_eq!(described(base, own, &limits).as_ref(), Ok(&text));
        let lines = Lines::scan(&text, &Limits::default()).expect("lines");
        let names: Vec<&[u8]> = lines.iter().map(|line| line.name).collect();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        let starts: Vec<&[u8]> = text.split_inclusive(|&byte| byte == b'\n').collect();
        assert_eq!(starts.len(), names.len());
    }
}

fn described(base: &[u8], own: &[u8], limits: &Limits) -> Result<Vec<u8>> {
    let base = (!base.is_empty()).then(|| Btf::parse(base, SectionId::BtfBase, None, limits)).transpose()?;
    let btf = Btf::parse(own, SectionId::Btf, base.as_ref(), limits)?;
    let exports = Exports::of_objects(&btf.symbols(limits)?, limits)?;
    Ok(btf.symtypes(&exports, btf.pointer_size(), limits)?.text)
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("btf");
}
