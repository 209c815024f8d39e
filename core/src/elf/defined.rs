//! The functions and variables that an object defines, whether a kernel exports them or not.
//!
//! | object | table | symbols |
//! | --- | --- | --- |
//! | shared library | `.dynsym`, with the versions that `.gnu.version` gives its symbols | all that are defined |
//! | any other, or a library without that | `.symtab`, where the versions of symbols are a part of their names: `name@version`, or `name@@version` for the default | all that are global, and not hidden |
//!
//! A symbol is a function or variable by its type (`STT_FUNC`, `STT_OBJECT` and their like): a label in assembly is neither, and the name
//! of a version itself, which has no place, is no variable. Nothing is copied here, but the copies of others are paid for.

use alloc::vec::Vec;

use object::elf;
use object::read::elf::SectionHeader;
use object::{Endianness, read::SectionIndex};

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::is_name;
use crate::limits::{Limit, Limits};

use super::dynamic::{SymbolVersion, SymbolVersions};
use super::form::{Form, form_of};
use super::reader::{Class, Reader, class};
use super::symbols::{Address, Home, SymbolTable};

/// A function or variable that an object defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Defined<'d> {
    /// Its name, without a version.
    pub name: &'d [u8],
    /// Its version, such as `GLIBC_2.34`.
    pub version: Option<&'d [u8]>,
    /// Whether programs that ask for no version get this one, as they do if it has none.
    pub is_default: bool,
    /// Where it is.
    pub place: SymbolPlace,
}

/// Where a symbol is. Names of one place are names of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SymbolPlace(Address);

/// Which symbols are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that other objects can use.
    Global,
    /// All of them: also those that are local or hidden.
    Any,
}

impl<'d> Defined<'d> {
    /// Finds the symbols that an ELF object defines, in the order of their names and versions, each once.
    ///
    /// # Errors
    /// A file that is not an ELF object; damaged headers or symbols; a limit.
    pub fn all(data: &'d [u8], scope: Scope, limits: &Limits) -> Result<Vec<Defined<'d>>> {
        let budget = &mut Budget::new(limits);
        match class(data)? {
            elf::ELFCLASS32 => all(&Reader::<elf::FileHeader32<Endianness>>::new(data)?, scope, budget),
            _ => all(&Reader::<elf::FileHeader64<Endianness>>::new(data)?, scope, budget),
        }
    }
}

/// Where the tables of symbols are.
#[derive(Default)]
struct Tables {
    fixed: Option<SectionIndex>,
    dynamic: Option<SectionIndex>,
}

fn all<'d, E: Class>(reader: &Reader<'d, E>, scope: Scope, budget: &mut Budget) -> Result<Vec<Defined<'d>>> {
    let mut tables = Tables::default();
    for (index, section) in reader.sections.enumerate() {
        budget.charge_work(1)?;
        match section.sh_type(reader.endian) {
            elf::SHT_SYMTAB => tables.fixed = tables.fixed.or(Some(index)),
            elf::SHT_DYNSYM => tables.dynamic = tables.dynamic.or(Some(index)),
            _ => {}
        }
    }
    let symbols = reader.symbol_table(tables.fixed, budget)?;
    let (form, _) = form_of(reader, budget)?;
    let mut found = Vec::new();
    if tables.dynamic.is_some() && (form == Form::Library || symbols.len() == 0) {
        let versions = SymbolVersions::read(reader, budget)?;
        let dynamic = reader.symbol_table(tables.dynamic, budget)?;
        let version = |index| versions.of(index, reader.endian);
        add(&dynamic, Scope::Global, version, &mut found, budget)?;
    }
    if found.is_empty() {
        add(&symbols, Scope::Global, |_| None, &mut found, budget)?;
    }
    sort(&mut found, budget)?;
    if scope == Scope::Any {
        let mut others = Vec::new();
        add(&symbols, Scope::Any, |_| None, &mut others, budget)?;
        sort(&mut others, budget)?;
        others.retain(|other| found.binary_search_by_key(&other.name, |symbol| symbol.name).is_err());
        budget.extend(&mut found, &others)?;
        budget.free(others);
        sort(&mut found, budget)?;
    }
    budget.check(Limit::Symbols, found.len())?;
    // Whoever reads this copies the names, of which many symbols may share one.
    const COPIES: usize = 4;
    for Defined { name, version, .. } in &found {
        let bytes = name.len().saturating_add(version.unwrap_or_default().len());
        budget.charge_memory(bytes.saturating_mul(COPIES))?;
    }
    Ok(found)
}

/// Adds the functions and variables of a table; the version of a symbol is `version`, or else what its name says.
fn add<'d>(
    table: &SymbolTable<'d>,
    scope: Scope,
    version: impl Fn(usize) -> Option<SymbolVersion<'d>>,
    found: &mut Vec<Defined<'d>>,
    budget: &mut Budget,
) -> Result<()> {
    for index in 1..table.len() {
        budget.charge_work(4)?;
        let is_asked = match table.nature(index) {
            Some(nature) => nature.is_code_or_data && (nature.is_public || scope == Scope::Any),
            None => false,
        };
        let Some((name, home)) = table.named(index).map(|named| named.filter(|_| is_asked))? else {
            continue;
        };
        // It is looked for an end, for a version, and for what makes it no name.
        budget.charge_bytes(name.len().saturating_mul(8))?;
        let place = match home {
            // It has an alignment, and no place yet, which it shares with no other.
            Home::Section(section, _) if section == u32::from(elf::SHN_COMMON.0) => {
                (section, u64::try_from(index).unwrap_or(u64::MAX))
            }
            Home::Section(section, value) => (section, value),
            _ => continue,
        };
        let (name, of_name) = split(name);
        if is_name(name) {
            let version = version(index).or(of_name);
            let (version, is_default) = version.map_or((None, true), |of| (Some(of.name), of.is_default));
            budget.push(found, Defined { name, version, is_default, place: SymbolPlace(place) })?;
        }
    }
    Ok(())
}

/// A name of `.symtab`, and the version that it has behind it.
fn split(name: &[u8]) -> (&[u8], Option<SymbolVersion<'_>>) {
    let whole = (name, None);
    let Some(at) = memchr::memchr(b'@', name).filter(|&at| at > 0) else { return whole };
    let Some((name, rest)) = name.split_at_checked(at) else { return whole };
    // An assembler that is to choose has a third one.
    let (version, is_default) = match rest {
        [b'@', b'@', b'@', version @ ..] | [b'@', b'@', version @ ..] => (version, true),
        [_, version @ ..] => (version, false),
        [] => return whole,
    };
    if is_name(version) { (name, Some(SymbolVersion { name: version, is_default })) } else { whole }
}

/// Puts symbols in order, each once, and pays for the names that are compared.
fn sort(symbols: &mut Vec<Defined<'_>>, budget: &mut Budget) -> Result<()> {
    budget.charge_sorting_names(symbols.iter().map(|symbol| symbol.name))?;
    symbols.sort_unstable();
    symbols.dedup_by_key(|symbol| (symbol.name, symbol.version));
    Ok(())
}

impl<'d> SymbolTable<'d> {
    /// The names of functions and variables at some places, which are in order: by place, and then by name.
    ///
    /// # Errors
    /// A name or place that is damaged, or a limit.
    pub(crate) fn names_at(
        &self,
        places: &[SymbolPlace],
        budget: &mut Budget,
    ) -> Result<Vec<(SymbolPlace, &'d [u8])>> {
        let mut all = Vec::new();
        add(self, Scope::Any, |_| None, &mut all, budget)?;
        let mut names = Vec::new();
        for Defined { name, place, .. } in &all {
            budget.charge_work(u64::from(places.len().max(1).ilog2()))?;
            if places.binary_search(place).is_ok() {
                budget.push(&mut names, (*place, *name))?;
            }
        }
        budget.free(all);
        budget.charge_sorting_names(names.iter().map(|(_, name)| *name))?;
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }
}
