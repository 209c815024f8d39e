//! The symbol table, as far as relocations and aliases need it.

use object::{Endianness, U32, elf};

/// Symbols, as the file has them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Symbols<'d> {
    Elf32(&'d [elf::Sym32<Endianness>]),
    Elf64(&'d [elf::Sym64<Endianness>]),
}

/// One symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Symbol {
    name: u32,
    bind: elf::SymbolBind,
    section: elf::SymbolSection,
    value: u64,
}

impl Symbols<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Symbols::Elf32(all) => all.len(),
            Symbols::Elf64(all) => all.len(),
        }
    }

    pub(crate) fn get(&self, index: usize, endian: Endianness) -> Option<Symbol> {
        Some(match self {
            Symbols::Elf32(all) => {
                let symbol = all.get(index)?;
                Symbol {
                    name: symbol.st_name.get(endian),
                    bind: symbol.st_info.st_bind(),
                    section: symbol.st_shndx.get(endian),
                    value: symbol.st_value.get(endian).into(),
                }
            }
            Symbols::Elf64(all) => {
                let symbol = all.get(index)?;
                Symbol {
                    name: symbol.st_name.get(endian),
                    bind: symbol.st_info.st_bind(),
                    section: symbol.st_shndx.get(endian),
                    value: symbol.st_value.get(endian),
                }
            }
        })
    }
}

impl Symbol {
    /// The value, if this object defines the symbol.
    pub(crate) fn defined_value(&self) -> Option<u64> {
        (self.section != elf::SHN_UNDEF).then_some(self.value)
    }
}

/// Where a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// In another object; the symbol may be missing if it is weak.
    Elsewhere { is_weak: bool },
    /// Nowhere: its value is a number.
    Absolute(u64),
    /// In a section of this object, by its index; the value is an offset or address.
    Section(u32, u64),
}

/// A place in an object: section index and value.
pub(crate) type Address = (u32, u64);

/// The object's symbol table with its names.
#[derive(Debug)]
pub(crate) struct SymbolTable<'d> {
    pub(crate) symbols: Symbols<'d>,
    pub(crate) names: &'d [u8],
    pub(crate) extended_sections: &'d [U32<Endianness>],
    pub(crate) endian: Endianness,
}

impl Default for SymbolTable<'_> {
    fn default() -> Self {
        SymbolTable {
            symbols: Symbols::Elf64(&[]),
            names: &[],
            extended_sections: &[],
            endian: Endianness::Little,
        }
    }
}

impl<'d> SymbolTable<'d> {
    /// The number of symbols, the null symbol at index 0 among them.
    pub(crate) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// The name of any symbol, and where it is; nothing for what has no name, or a name that is cut.
    pub(crate) fn named(&self, index: usize) -> Option<(&'d [u8], Home)> {
        // No compiler makes longer names; what is cut for it is none.
        const LONGEST: usize = 64 << 10;
        let symbol = self.symbols.get(index, self.endian)?;
        let name = self.names.get(usize::try_from(symbol.name).ok()?..)?;
        let end = memchr::memchr(0, name.get(..LONGEST).unwrap_or(name)).filter(|&end| end > 0)?;
        let home = match symbol.section {
            elf::SHN_UNDEF => Home::Elsewhere { is_weak: symbol.bind == elf::STB_WEAK },
            elf::SHN_ABS => Home::Absolute(symbol.value),
            elf::SHN_XINDEX => {
                Home::Section(self.extended_sections.get(index)?.get(self.endian), symbol.value)
            }
            section => Home::Section(section.0.into(), symbol.value),
        };
        Some((name.get(..end)?, home))
    }

    /// The name and place of a symbol that other objects can see, if it has a place: undefined symbols have
    /// none, and the value of a common symbol is an alignment (SPEC section 9).
    /// A name of more than `longest` bytes is as good as none.
    pub(crate) fn exported(&self, index: usize, longest: usize) -> Option<(&'d [u8], Address)> {
        let symbol = self.symbols.get(index, self.endian)?;
        if symbol.bind == elf::STB_LOCAL
            || symbol.section == elf::SHN_UNDEF
            || symbol.section == elf::SHN_COMMON
        {
            return None;
        }
        let section = if symbol.section == elf::SHN_XINDEX {
            self.extended_sections.get(index)?.get(self.endian)
        } else {
            symbol.section.0.into()
        };
        let name = self.names.get(usize::try_from(symbol.name).ok()?..)?;
        let end = memchr::memchr(0, name.get(..=longest).unwrap_or(name))?;
        Some((name.get(..end)?, (section, symbol.value)))
    }
}

#[cfg(test)]
mod tests {
    use object::{U16, U64};

    use super::*;

    #[test]
    fn only_names_with_a_place_are_exported() {
        const ENDIAN: Endianness = Endianness::Little;
        let symbol = |bind: u8, section: u16, value| elf::Sym64 {
            st_name: U32::new(ENDIAN, 1),
            st_info: elf::SymbolInfo(bind << 4),
            st_other: elf::SymbolOther(0),
            st_shndx: U16::new(ENDIAN, elf::SymbolSection(section)),
            st_value: U64::new(ENDIAN, value),
            st_size: U64::new(ENDIAN, 0),
        };
        let far = 0x1_2345_6789;
        // Defined; weak; local; undefined; common; in a section whose index is elsewhere.
        let symbols = [
            symbol(1, 3, far),
            symbol(2, 3, 0),
            symbol(0, 3, 0),
            symbol(1, 0, 0),
            symbol(1, 0xfff2, 8),
            symbol(1, 0xffff, far),
        ];
        let extended = [0, 0, 0, 0, 0, 70_000].map(|index| U32::new(ENDIAN, index));
        let table = SymbolTable {
            symbols: Symbols::Elf64(&symbols),
            names: b"\0name\0",
            extended_sections: &extended,
            endian: ENDIAN,
        };
        let exported: [_; 7] = core::array::from_fn(|index| table.exported(index, 4));
        let name = &b"name"[..];
        let expected = [Some((name, (3, far))), Some((name, (3, 0))), None, None, None];
        assert_eq!(exported[..5], expected);
        assert_eq!(exported[5..], [Some((name, (70_000, far))), None]);
        // What is longer than any name that is wanted is not looked at to its end.
        assert_eq!(table.exported(0, 3), None);
    }
}
