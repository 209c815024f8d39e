//! The symbol table, as far as relocations and aliases need it.

use object::{Endianness, U32, elf};

use crate::error::{Error, ErrorKind, Result};

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

    /// The value of a symbol, if this object gives it a place; what a common symbol has is an alignment.
    #[inline]
    pub(super) fn place(&self, index: usize, endian: Endianness) -> Option<u64> {
        let (section, value) = match self {
            Symbols::Elf32(all) => {
                all.get(index).map(|symbol| (symbol.st_shndx.get(endian), symbol.st_value.get(endian).into()))
            }
            Symbols::Elf64(all) => {
                all.get(index).map(|symbol| (symbol.st_shndx.get(endian), symbol.st_value.get(endian)))
            }
        }?;
        (section != elf::SHN_UNDEF && section != elf::SHN_COMMON).then_some(value)
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

/// What kind of thing a symbol is, and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nature {
    /// Whether it is a function or a variable.
    pub(super) is_code_or_data: bool,
    /// Whether other objects can use it.
    pub(super) is_public: bool,
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

    /// What a symbol is.
    pub(super) fn nature(&self, index: usize) -> Option<Nature> {
        let (info, other) = match self.symbols {
            Symbols::Elf32(all) => all.get(index).map(|symbol| (symbol.st_info, symbol.st_other)),
            Symbols::Elf64(all) => all.get(index).map(|symbol| (symbol.st_info, symbol.st_other)),
        }?;
        let is_code_or_data = matches!(
            info.st_type(),
            elf::STT_FUNC | elf::STT_OBJECT | elf::STT_COMMON | elf::STT_TLS | elf::STT_GNU_IFUNC
        );
        let is_visible = matches!(other.visibility(), elf::STV_DEFAULT | elf::STV_PROTECTED);
        let is_global = matches!(info.st_bind(), elf::STB_GLOBAL | elf::STB_WEAK | elf::STB_GNU_UNIQUE);
        Some(Nature { is_code_or_data, is_public: is_global && is_visible })
    }

    /// The name of any symbol, and where it is; nothing for what has no name, or one that is longer than any.
    ///
    /// # Errors
    /// A name or place that is damaged.
    pub(crate) fn named(&self, index: usize) -> Result<Option<(&'d [u8], Home)>> {
        // No compiler makes longer names.
        const LONGEST: usize = 64 << 10;
        let Some(symbol) = self.symbols.get(index, self.endian) else { return Ok(None) };
        let Some(name) = self.name(symbol, index, LONGEST)?.filter(|name| !name.is_empty()) else {
            return Ok(None);
        };
        Ok(Some((name, self.home_of(symbol, index)?)))
    }

    /// Where a symbol is, whether it has a name or not.
    ///
    /// # Errors
    /// A place that is damaged.
    pub(crate) fn home(&self, index: usize) -> Result<Option<Home>> {
        let symbol = self.symbols.get(index, self.endian);
        symbol.map(|symbol| self.home_of(symbol, index)).transpose()
    }

    fn home_of(&self, symbol: Symbol, index: usize) -> Result<Home> {
        Ok(match symbol.section {
            elf::SHN_UNDEF => Home::Elsewhere { is_weak: symbol.bind == elf::STB_WEAK },
            elf::SHN_ABS => Home::Absolute(symbol.value),
            _ => Home::Section(self.section(symbol, index)?, symbol.value),
        })
    }

    /// The name of a symbol, the one with this index; nothing if it has more than `longest` bytes.
    fn name(&self, symbol: Symbol, index: usize, longest: usize) -> Result<Option<&'d [u8]>> {
        let damage = |what| Error::new(ErrorKind::Symbol(what, index));
        let start = usize::try_from(symbol.name).ok();
        let name = start.and_then(|start| self.names.get(start..)).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| damage("has a name outside of the names"))?;
        match memchr::memchr(0, name.get(..=longest).unwrap_or(name)) {
            Some(end) => Ok(name.get(..end)),
            None if name.len() > longest => Ok(None),
            None => Err(damage("has a name without an end")),
        }
    }

    /// The index of the section that a symbol is in, or one that stands for something else.
    fn section(&self, symbol: Symbol, index: usize) -> Result<u32> {
        if symbol.section != elf::SHN_XINDEX {
            return Ok(symbol.section.0.into());
        }
        let missing = || Error::new(ErrorKind::Symbol("is in a section whose index is missing", index));
        Ok(self.extended_sections.get(index).ok_or_else(missing)?.get(self.endian))
    }

    /// The name and place of a symbol that other objects can see, if it has a place: undefined symbols have
    /// none, and the value of a common symbol is an alignment (SPEC section 9).
    /// A name of more than `longest` bytes is as good as none.
    ///
    /// # Errors
    /// A name or place that is damaged: whatever it was, it may be an alias of a symbol that is asked for.
    pub(crate) fn exported(&self, index: usize, longest: usize) -> Result<Option<(&'d [u8], Address)>> {
        let Some(symbol) = self.symbols.get(index, self.endian) else { return Ok(None) };
        if symbol.bind == elf::STB_LOCAL
            || symbol.section == elf::SHN_UNDEF
            || symbol.section == elf::SHN_COMMON
        {
            return Ok(None);
        }
        let section = self.section(symbol, index)?;
        Ok(self.name(symbol, index, longest)?.map(|name| (name, (section, symbol.value))))
    }
}

#[cfg(test)]
mod tests {
    use object::{U16, U64};

    use super::*;

    const ENDIAN: Endianness = Endianness::Little;

    fn symbol(name: u32, bind: u8, section: u16, value: u64) -> elf::Sym64<Endianness> {
        elf::Sym64 {
            st_name: U32::new(ENDIAN, name),
            st_info: elf::SymbolInfo(bind << 4),
            st_other: elf::SymbolOther(0),
            st_shndx: U16::new(ENDIAN, elf::SymbolSection(section)),
            st_value: U64::new(ENDIAN, value),
            st_size: U64::new(ENDIAN, 0),
        }
    }

    fn table<'d>(
        symbols: &'d [elf::Sym64<Endianness>],
        names: &'d [u8],
        extended_sections: &'d [U32<Endianness>],
    ) -> SymbolTable<'d> {
        SymbolTable { symbols: Symbols::Elf64(symbols), names, extended_sections, endian: ENDIAN }
    }

    #[test]
    fn only_names_with_a_place_are_exported() {
        let far = 0x1_2345_6789;
        // Defined; weak; local; undefined; common; in a section whose index is elsewhere.
        let symbols = [
            symbol(1, 1, 3, far),
            symbol(1, 2, 3, 0),
            symbol(1, 0, 3, 0),
            symbol(1, 1, 0, 0),
            symbol(1, 1, 0xfff2, 8),
            symbol(1, 1, 0xffff, far),
        ];
        let extended = [0, 0, 0, 0, 0, 70_000].map(|index| U32::new(ENDIAN, index));
        let table = table(&symbols, b"\0name\0", &extended);
        let exported: [_; 7] = core::array::from_fn(|index| table.exported(index, 4).unwrap());
        let name = &b"name"[..];
        let expected = [Some((name, (3, far))), Some((name, (3, 0))), None, None, None];
        assert_eq!(exported[..5], expected);
        assert_eq!(exported[5..], [Some((name, (70_000, far))), None]);
        // What is longer than any name that is wanted is not looked at to its end.
        assert_eq!(table.exported(0, 3), Ok(None));
    }

    #[test]
    fn a_symbol_that_may_be_any_is_damage() {
        let extended = [U32::new(ENDIAN, 7)];
        // Behind the names; at their end; a name that is cut; a section whose index the table does not reach.
        let symbols = [symbol(99, 1, 3, 0), symbol(8, 1, 3, 0), symbol(6, 1, 3, 0), symbol(1, 1, 0xffff, 0)];
        let damaged = table(&symbols, b"\0name\0na", &extended);
        let kinds: [_; 4] = core::array::from_fn(|index| damaged.exported(index, 10).unwrap_err().kind());
        for (index, kind) in kinds.into_iter().enumerate() {
            assert!(matches!(kind, ErrorKind::Symbol(_, at) if at == index), "{kind}");
        }
        // A name that is cut is damage, also if what is left is as long as the longest.
        assert!(damaged.exported(2, 2).is_err());
        assert_eq!(damaged.exported(2, 1), Ok(None));
        // What no other object can see is not looked at.
        let others = [symbol(99, 0, 3, 0), symbol(99, 1, 0, 0), symbol(99, 1, 0xfff2, 0)];
        let table = table(&others, b"\0", &[]);
        assert!((0..3).all(|index| table.exported(index, 10) == Ok(None)));
    }
}
