//! What the relocations that debug sections have do to a field, by machine.

use object::elf;

/// What a relocation does to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    None,
    /// The field becomes symbol + addend.
    Set,
    /// Symbol + addend is added to the field.
    Add,
    /// Symbol + addend is taken from the field.
    Subtract,
}

/// From the BPF psABI.
const R_BPF_64_ABS64: elf::RelocationType = elf::RelocationType(2);
/// From the BPF psABI.
const R_BPF_64_ABS32: elf::RelocationType = elf::RelocationType(3);
/// From the ARC ABI.
const R_ARC_32: elf::RelocationType = elf::RelocationType(4);
/// From the `OpenRISC` ABI.
const R_OR1K_32: elf::RelocationType = elf::RelocationType(1);

/// Relocations with one effect, by the bytes that their fields have: 8, 4, 2 and 1.
type Kinds = [&'static [elf::RelocationType]; 4];

/// What a relocation does, and the bytes of its field. `None`: it is not known.
pub(super) fn effect(machine: elf::Machine, kind: elf::RelocationType) -> Option<(Effect, u8)> {
    use elf::*;
    const NONE: Kinds = [&[]; 4];
    let set = |kinds: Kinds| (kinds, NONE, NONE);
    let (set, add, subtract): (Kinds, Kinds, Kinds) = match machine {
        EM_X86_64 => set([&[R_X86_64_64], &[R_X86_64_32, R_X86_64_32S], &[R_X86_64_16], &[R_X86_64_8]]),
        EM_386 => set([&[], &[R_386_32], &[R_386_16], &[R_386_8]]),
        EM_AARCH64 => set([&[R_AARCH64_ABS64], &[R_AARCH64_ABS32], &[R_AARCH64_ABS16], &[]]),
        EM_ARM => set([&[], &[R_ARM_ABS32], &[R_ARM_ABS16], &[R_ARM_ABS8]]),
        EM_RISCV => (
            [&[R_RISCV_64], &[R_RISCV_32, R_RISCV_SET32], &[R_RISCV_SET16], &[R_RISCV_SET8]],
            [&[R_RISCV_ADD64], &[R_RISCV_ADD32], &[R_RISCV_ADD16], &[R_RISCV_ADD8]],
            [&[R_RISCV_SUB64], &[R_RISCV_SUB32], &[R_RISCV_SUB16], &[R_RISCV_SUB8]],
        ),
        EM_LOONGARCH => (
            [&[R_LARCH_64], &[R_LARCH_32], &[], &[]],
            [&[R_LARCH_ADD64], &[R_LARCH_ADD32], &[R_LARCH_ADD16], &[R_LARCH_ADD8]],
            [&[R_LARCH_SUB64], &[R_LARCH_SUB32], &[R_LARCH_SUB16], &[R_LARCH_SUB8]],
        ),
        EM_PPC => set([&[], &[R_PPC_ADDR32, R_PPC_UADDR32], &[R_PPC_ADDR16, R_PPC_UADDR16], &[]]),
        EM_PPC64 => set([
            &[R_PPC64_ADDR64, R_PPC64_UADDR64],
            &[R_PPC64_ADDR32, R_PPC64_UADDR32],
            &[R_PPC64_ADDR16, R_PPC64_UADDR16],
            &[],
        ]),
        EM_S390 => set([&[R_390_64], &[R_390_32], &[R_390_16], &[R_390_8]]),
        EM_MIPS => set([&[R_MIPS_64], &[R_MIPS_32], &[], &[]]),
        EM_SPARC | EM_SPARC32PLUS | EM_SPARCV9 => set([
            &[R_SPARC_64, R_SPARC_UA64],
            &[R_SPARC_32, R_SPARC_UA32],
            &[R_SPARC_16, R_SPARC_UA16],
            &[R_SPARC_8],
        ]),
        EM_68K => set([&[], &[R_68K_32], &[R_68K_16], &[R_68K_8]]),
        EM_PARISC => set([&[R_PARISC_DIR64], &[R_PARISC_DIR32, R_PARISC_SECREL32], &[], &[]]),
        EM_ARC_COMPACT | EM_ARC_COMPACT2 => set([&[], &[R_ARC_32], &[], &[]]),
        EM_OPENRISC => set([&[], &[R_OR1K_32], &[], &[]]),
        EM_MICROBLAZE => set([&[], &[R_MICROBLAZE_32], &[], &[]]),
        EM_SH => set([&[], &[R_SH_DIR32], &[], &[]]),
        EM_ALPHA => set([&[R_ALPHA_REFQUAD], &[R_ALPHA_REFLONG], &[], &[]]),
        EM_XTENSA => set([&[], &[R_XTENSA_32], &[], &[]]),
        EM_HEXAGON => set([&[], &[R_HEX_32], &[], &[]]),
        EM_CSKY => set([&[], &[R_CKCORE_ADDR32], &[], &[]]),
        EM_BPF => set([&[R_BPF_64_ABS64], &[R_BPF_64_ABS32], &[], &[]]),
        _ => return None,
    };
    if kind.0 == 0 {
        return Some((Effect::None, 0));
    }
    for (effect, kinds) in [(Effect::Set, set), (Effect::Add, add), (Effect::Subtract, subtract)] {
        for (kinds, width) in kinds.iter().zip([8, 4, 2, 1]) {
            if kinds.contains(&kind) {
                return Some((effect, width));
            }
        }
    }
    None
}

/// Whether a field's own value counts besides the addend.
pub(super) fn keeps_value(machine: elf::Machine) -> bool {
    machine == elf::EM_SH || machine == elf::EM_XTENSA
}

/// The bits of a field of so many bytes.
pub(super) fn mask(width: u8) -> u64 {
    let unused = 64_u32.saturating_sub(u32::from(width).saturating_mul(8));
    u64::MAX.checked_shr(unused).unwrap_or(0)
}

/// A number whose highest bit in a field of so many bytes is its sign.
pub(super) fn sign_extended(value: u64, width: u8) -> u64 {
    let value = value & mask(width);
    if value > mask(width) >> 1 { value | !mask(width) } else { value }
}

/// Whether a field of so many bytes holds a number, be it with a sign or without.
pub(super) fn fits(value: u64, width: u8) -> bool {
    value == value & mask(width) || value == sign_extended(value, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relocations that set a field of 8, 4, 2 and 1 bytes, by their numbers in the document of each machine.
    const SET: [(u16, [&[u32]; 4]); 26] = [
        (62, [&[1], &[10, 11], &[12], &[14]]),
        (3, [&[], &[1], &[20], &[22]]),
        (183, [&[257], &[258], &[259], &[]]),
        (40, [&[], &[2], &[5], &[8]]),
        (243, [&[2], &[1, 56], &[55], &[54]]),
        (258, [&[2], &[1], &[], &[]]),
        (20, [&[], &[1, 24], &[3, 25], &[]]),
        (21, [&[38, 43], &[1, 24], &[3, 25], &[]]),
        (22, [&[22], &[4], &[3], &[1]]),
        (8, [&[18], &[2], &[], &[]]),
        (2, [&[32, 54], &[3, 23], &[2, 55], &[1]]),
        (18, [&[32, 54], &[3, 23], &[2, 55], &[1]]),
        (43, [&[32, 54], &[3, 23], &[2, 55], &[1]]),
        (4, [&[], &[1], &[2], &[3]]),
        (15, [&[80], &[1, 41], &[], &[]]),
        (93, [&[], &[4], &[], &[]]),
        (195, [&[], &[4], &[], &[]]),
        (92, [&[], &[1], &[], &[]]),
        (189, [&[], &[1], &[], &[]]),
        (42, [&[], &[1], &[], &[]]),
        (0x9026, [&[2], &[1], &[], &[]]),
        (94, [&[], &[1], &[], &[]]),
        (164, [&[], &[6], &[], &[]]),
        (252, [&[], &[1], &[], &[]]),
        (247, [&[2], &[3], &[], &[]]),
        (0xfeed, [&[]; 4]),
    ];

    #[test]
    fn the_documents_of_the_machines_say_the_same() {
        for (machine, kinds) in SET {
            for kind in 1..0x200 {
                let mut widths = kinds.iter().zip([8, 4, 2, 1]);
                let expected = widths.find(|(kinds, _)| kinds.contains(&kind)).map(|(_, width)| width);
                let effect = effect(elf::Machine(machine), elf::RelocationType(kind));
                let set = effect.and_then(|(effect, width)| (effect == Effect::Set).then_some(width));
                assert_eq!(set, expected, "{machine} {kind}");
            }
        }
        // Two machines have sums and differences, too.
        for (machine, sums, differences) in
            [(243, [36, 35, 34, 33], [40, 39, 38, 37]), (258, [51, 50, 48, 47], [56, 55, 53, 52])]
        {
            for (index, width) in [8, 4, 2, 1].into_iter().enumerate() {
                let of = |kind| effect(elf::Machine(machine), elf::RelocationType(kind));
                assert_eq!(of(sums[index]), Some((Effect::Add, width)));
                assert_eq!(of(differences[index]), Some((Effect::Subtract, width)));
            }
        }
    }

    #[test]
    fn a_relocation_has_one_effect_and_one_width() {
        let of = |kind| effect(elf::EM_RISCV, kind);
        assert_eq!(of(elf::R_RISCV_SET32), Some((Effect::Set, 4)));
        assert_eq!(of(elf::R_RISCV_ADD64), Some((Effect::Add, 8)));
        assert_eq!(of(elf::R_RISCV_SUB8), Some((Effect::Subtract, 1)));
        assert_eq!(of(elf::RelocationType(0)), Some((Effect::None, 0)));
        assert_eq!(of(elf::R_RISCV_BRANCH), None);
        assert_eq!(effect(elf::Machine(0xfeed), elf::RelocationType(0)), None);
    }
}
