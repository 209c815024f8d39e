//! What an object of a kernel offers to others and wants from them: exported symbols and recorded versions.
//!
//! Kbuild says the same thing in several ways, depending on how far an object has come:
//!
//! | object | exports | versions |
//! | --- | --- | --- |
//! | compiled | labels `__export_symbol_<name>`, each with the licence, NUL, the namespace and NUL behind it | none yet |
//! | linked: a kernel, a module | entries `__ksymtab_<name>`; `__kstrtabns_<name>` is the namespace, `__flags_<name>` or the section the licence | `__crc_<name>`, an absolute value or a number in a section |
//! | the same, stripped | the sections `__ksymtab*` that the loader reads (`export_table.rs`) | the sections `__kcrctab*` |
//! | any other with symbol pointers | variables `__gendwarfksyms_ptr_<name>` | none |
//!
//! Nothing is copied. What is damaged beyond reading is an error only in the headers and tables of the file; a label
//! that leads nowhere says nothing.

use alloc::vec::Vec;

use object::Endianness;
use object::elf;
use object::read::elf::SectionHeader;

use crate::budget::Budget;
use crate::error::Result;
use crate::exports::{SYMBOL_POINTER_PREFIX, is_name};
use crate::limits::{Limit, Limits};

use super::export_table::ExportTables;
use super::fact::{Fact, number, text_in};
use super::form::{Form, form_of};
use super::reader::{Class, Reader, class};
use super::recorded::{Recording, Records, Wanted, charge_sort};
use super::symbols::Home;

/// What an object offers and wants.
#[derive(Debug)]
#[non_exhaustive]
pub struct Linkage<'d> {
    /// What kind of file it is.
    pub form: Form,
    /// The name that programs ask for it by, if it is a shared library that has one.
    pub soname: Option<&'d [u8]>,
    /// Exported symbols, by name, each once.
    pub exports: Vec<Exported<'d>>,
    /// Symbols of other objects, and those whose versions are recorded, by name, each once.
    pub wanted: Vec<Wanted<'d>>,
    /// How versions of what it wants are recorded.
    pub recording: Recording,
    /// The section `.BTF`.
    pub btf: Option<&'d [u8]>,
    /// The section `.BTF.base` of a module: those of the kernel's types that its own are based on, by name and size.
    pub btf_base: Option<&'d [u8]>,
    /// The section `.modinfo`.
    info: &'d [u8],
}

/// An exported symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exported<'d> {
    /// Its name.
    pub name: &'d [u8],
    /// Whether only modules under the GPL may use it, if that is known.
    pub is_gpl: Option<bool>,
    /// Its namespace, if that is known; empty for none.
    pub namespace: Option<&'d [u8]>,
    /// The version that is recorded for it.
    pub version: Option<u32>,
}

/// Bits of `__flags_<name>`.
const FLAG_GPL_ONLY: u8 = 1;

impl<'d> Linkage<'d> {
    /// Reads what an ELF object offers and wants.
    ///
    /// # Errors
    /// A file that is not an ELF object; damaged headers; a limit.
    pub fn parse(data: &'d [u8], limits: &Limits) -> Result<Linkage<'d>> {
        let budget = &mut Budget::new(limits);
        match class(data)? {
            elf::ELFCLASS32 => linkage(&Reader::<elf::FileHeader32<Endianness>>::new(data)?, budget),
            _ => linkage(&Reader::<elf::FileHeader64<Endianness>>::new(data)?, budget),
        }
    }

    /// The values that `.modinfo` has for a key, such as `license`, in order.
    pub fn info(&self, key: &str) -> impl Iterator<Item = &'d [u8]> {
        let entries = self.info.split(|&byte| byte == 0);
        entries.filter_map(move |entry| entry.strip_prefix(key.as_bytes())?.strip_prefix(b"="))
    }
}

/// The sections that are read as a whole.
#[derive(Clone, Copy, Default)]
struct Contents<'d> {
    info: &'d [u8],
    btf: Option<&'d [u8]>,
    btf_base: Option<&'d [u8]>,
    records: Records<'d>,
}

fn linkage<'d, E: Class>(reader: &Reader<'d, E>, budget: &mut Budget) -> Result<Linkage<'d>> {
    let mut contents = Contents::default();
    let mut table = None;
    let mut tables = ExportTables::default();
    for (index, section) in reader.sections.enumerate() {
        budget.charge_work(1)?;
        if section.sh_type(reader.endian) == elf::SHT_SYMTAB {
            table.get_or_insert(index);
            continue;
        }
        let data = || section.data(reader.endian, reader.data).unwrap_or_default();
        match reader.name(section) {
            b".modinfo" => contents.info = data(),
            b".BTF" => contents.btf = Some(data()),
            b".BTF.base" => contents.btf_base = Some(data()),
            b"__versions" => contents.records.versions = Some(data()),
            b"__version_ext_crcs" => contents.records.extended_versions = Some(data()),
            b"__version_ext_names" => contents.records.extended_names = data(),
            name => tables.add(name, index),
        }
    }
    let symbols = reader.symbol_table(table, budget)?;
    let mut facts: Vec<(&'d [u8], Fact<'d>)> = Vec::new();
    let mut wanted: Vec<Wanted<'d>> = Vec::new();
    for index in 1..symbols.len() {
        budget.charge_work(4)?;
        let Some((name, home)) = symbols.named(index)? else { continue };
        budget.charge_bytes(name.len())?;
        match home {
            Home::Elsewhere { is_weak } => {
                let name = without_dot(name, reader.header.e_machine(reader.endian));
                budget.push(&mut wanted, Wanted { name, version: None, is_weak, is_used: true })?;
            }
            _ => {
                if let Some(fact) = fact(reader, name, home, budget)? {
                    budget.push(&mut facts, fact)?;
                }
            }
        }
    }
    let (form, dynamic) = form_of(reader, budget)?;
    let facts = as_loaded(form, facts, |facts| tables.read(reader, &symbols, facts, budget))?;
    budget.check(Limit::Symbols, facts.len().max(wanted.len()))?;
    let word = if E::is_type_64_sized() { 8 } else { 4 };
    contents.records.add_to(&mut wanted, word, reader.endian, budget)?;
    let exports = exports(facts, budget)?;
    let form = match form {
        // Only a kernel exports anything in this way.
        Form::Program | Form::Library if !exports.is_empty() => Form::Kernel,
        form => form,
    };
    let recording = contents.records.recording();
    let Contents { info, btf, btf_base, .. } = contents;
    let soname = dynamic.soname.filter(|_| form == Form::Library);
    Ok(Linkage { form, soname, exports, wanted, recording, btf, btf_base, info })
}

/// What counts of what symbols say and what the loader's tables say. The loader looks at no symbol of an export, so tables come
/// first in what it loads; symbols count where there are none, or none that can be read. What has yet to be linked has
/// tables in pieces, and symbols that are whole.
fn as_loaded<'d>(
    form: Form,
    of_symbols: Vec<(&'d [u8], Fact<'d>)>,
    read: impl FnOnce(&mut Vec<(&'d [u8], Fact<'d>)>) -> Result<()>,
) -> Result<Vec<(&'d [u8], Fact<'d>)>> {
    let has_exports = of_symbols.iter().any(|(_, fact)| fact.is_export());
    if form == Form::Object && has_exports {
        return Ok(of_symbols);
    }
    let mut of_tables = Vec::new();
    match read(&mut of_tables) {
        Err(error) if !has_exports || error.is_of_resources() => Err(error),
        Ok(()) if !of_tables.is_empty() => Ok(of_tables),
        _ => Ok(of_symbols),
    }
}

/// What a symbol says about an export of another name.
fn fact<'d, E: Class>(
    reader: &Reader<'d, E>,
    name: &'d [u8],
    home: Home,
    budget: &mut Budget,
) -> Result<Option<(&'d [u8], Fact<'d>)>> {
    let Some(rest) = name.strip_prefix(b"__") else { return Ok(None) };
    let texts = || bytes_at(reader, home).unwrap_or_default();
    let (name, fact) = if let Some(name) = rest.strip_prefix(b"export_symbol_") {
        let Some((licence, rest)) = text_in(texts(), budget)? else { return Ok(None) };
        (name, text_in(rest, budget)?.map(|(namespace, _)| Fact::Label(licence == b"GPL", namespace)))
    } else if let Some(name) = rest.strip_prefix(b"kstrtabns_") {
        (name, text_in(texts(), budget)?.map(|(namespace, _)| Fact::Namespace(namespace)))
    } else {
        match short_fact(reader, name, rest, home) {
            Some((name, fact)) => (name, Some(fact)),
            None => return Ok(None),
        }
    };
    Ok(fact.filter(|_| is_name(name)).map(|fact| (name, fact)))
}

/// What a symbol says that is no text; `rest` is its name without the underscores in front.
fn short_fact<'d, E: Class>(
    reader: &Reader<'d, E>,
    name: &'d [u8],
    rest: &'d [u8],
    home: Home,
) -> Option<(&'d [u8], Fact<'d>)> {
    let bytes = || bytes_at(reader, home);
    Some(if let Some(name) = rest.strip_prefix(b"ksymtab_") {
        (name, Fact::Entry(is_for_gpl(reader, home)?))
    } else if let Some(name) = rest.strip_prefix(b"flags_") {
        (name, Fact::Flags(*bytes()?.first()?))
    } else if let Some(name) = rest.strip_prefix(b"crc_") {
        let version = match home {
            Home::Absolute(value) => u32::try_from(value & 0xffff_ffff).ok()?,
            _ => number(*bytes()?.first_chunk()?, reader.endian),
        };
        (name, Fact::Version(version))
    } else {
        (without_suffix(name.strip_prefix(SYMBOL_POINTER_PREFIX)?), Fact::Pointer)
    })
}

/// Link-time optimisation numbers the local symbols that it has made global, such as symbol pointers.
fn without_suffix(name: &[u8]) -> &[u8] {
    let end = memchr::memmem::find(name, b".lto_priv.").unwrap_or(name.len());
    name.get(..end).unwrap_or(name)
}

/// The bytes of a section from a symbol on.
fn bytes_at<'d, E: Class>(reader: &Reader<'d, E>, home: Home) -> Option<&'d [u8]> {
    let Home::Section(section, value) = home else { return None };
    let section = section_of(reader, section)?;
    let start = match reader.header.e_type(reader.endian) {
        elf::ET_REL => 0,
        _ => section.sh_addr(reader.endian).into(),
    };
    let offset = usize::try_from(value.checked_sub(start)?).ok()?;
    section.data(reader.endian, reader.data).ok()?.get(offset..)
}

fn section_of<'d, E: Class>(reader: &Reader<'d, E>, index: u32) -> Option<&'d E::SectionHeader> {
    let index = object::read::SectionIndex(usize::try_from(index).ok()?);
    reader.sections.section(index).ok()
}

/// Whether the table that an entry is in is for modules under the GPL only: `__ksymtab_gpl`, or, before it is linked,
/// `___ksymtab_gpl+<name>`. Later kernels have flags instead.
fn is_for_gpl<E: Class>(reader: &Reader<'_, E>, home: Home) -> Option<bool> {
    let Home::Section(section, _) = home else { return None };
    let name = reader.name(section_of(reader, section)?);
    let table = name.split(|&byte| byte == b'+').next().unwrap_or_default();
    Some(table.ends_with(b"_gpl") || table.ends_with(b"_gpl_future"))
}

/// Puts together what is said about each name. Symbol pointers stand for exports only where nothing else says what is
/// exported: they are there for symbols of other objects, too.
fn exports<'d>(mut facts: Vec<(&'d [u8], Fact<'d>)>, budget: &mut Budget) -> Result<Vec<Exported<'d>>> {
    charge_sort(facts.len(), budget)?;
    facts.sort_unstable();
    let has_exports = facts.iter().any(|(_, fact)| fact.is_export());
    let mut exports = Vec::new();
    for same in facts.chunk_by(|a, b| a.0 == b.0) {
        let counts = |fact: &Fact<'_>| fact.is_export() || (!has_exports && *fact == Fact::Pointer);
        let Some(&(name, _)) = same.iter().find(|(_, fact)| counts(fact)) else { continue };
        let mut export = Exported { name, is_gpl: None, namespace: None, version: None };
        for (_, fact) in same {
            match *fact {
                Fact::Label(is_gpl, namespace) => {
                    export.is_gpl = Some(is_gpl);
                    export.namespace = Some(namespace);
                }
                Fact::Entry(is_gpl) => export.is_gpl = Some(is_gpl || export.is_gpl == Some(true)),
                // These come behind entries, and know better.
                Fact::Flags(flags) => export.is_gpl = Some(flags & FLAG_GPL_ONLY != 0),
                Fact::Namespace(namespace) => export.namespace = Some(namespace),
                Fact::Version(version) => export.version = Some(version),
                Fact::Pointer => {}
            }
        }
        // Whoever reads this copies the texts, of which many exports may share one.
        budget.charge_memory(name.len().saturating_add(export.namespace.unwrap_or_default().len()))?;
        budget.push(&mut exports, export)?;
    }
    Ok(exports)
}

/// The name that the loader looks for: on 64-bit PowerPC, that of a function's code has a dot in front, which it passes over.
fn without_dot(name: &[u8], machine: elf::Machine) -> &[u8] {
    match name.strip_prefix(b".") {
        Some(name) if machine == elf::EM_PPC64 && !name.is_empty() => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};

    fn budget() -> Budget {
        Budget::new(&Limits::default())
    }

    #[test]
    fn facts_are_put_together_by_name() {
        let facts = alloc::vec![
            (&b"old"[..], Fact::Version(7)),
            (b"old", Fact::Entry(true)),
            (b"flags", Fact::Flags(1)),
            (b"flags", Fact::Entry(false)),
            (b"flags", Fact::Namespace(b"NS")),
            (b"free", Fact::Flags(0)),
            (b"free", Fact::Entry(false)),
            (b"label", Fact::Label(true, b"")),
            (b"label", Fact::Pointer),
            (b"pointer", Fact::Pointer),
            (b"crc", Fact::Version(1)),
        ];
        let export = |name, is_gpl, namespace, version| Exported { name, is_gpl, namespace, version };
        let expected = [
            export(&b"flags"[..], Some(true), Some(&b"NS"[..]), None),
            export(b"free", Some(false), None, None),
            export(b"label", Some(true), Some(b""), None),
            export(b"old", Some(true), None, Some(7)),
        ];
        assert_eq!(exports(facts.clone(), &mut budget()).unwrap(), expected);
        // Symbol pointers count if there is nothing else.
        let pointers = facts.into_iter().filter(|(_, fact)| matches!(fact, Fact::Pointer | Fact::Version(_)));
        let pointers = exports(pointers.collect(), &mut budget()).unwrap();
        let names: Vec<_> = pointers.iter().map(|export| export.name).collect();
        assert_eq!(names, [&b"label"[..], b"pointer"]);
    }

    #[test]
    fn what_is_loaded_is_what_tables_say() {
        let symbols = || alloc::vec![(&b"symbol"[..], Fact::Entry(false))];
        let table = (&b"table"[..], Fact::Entry(true));
        type Facts = Vec<(&'static [u8], Fact<'static>)>;
        let name = |form, symbols, read: &dyn Fn(&mut Facts) -> Result<()>| {
            as_loaded(form, symbols, read).map(|facts| facts.first().map(|(name, _)| *name))
        };
        let full = |facts: &mut Vec<_>| {
            facts.push(table);
            Ok(())
        };
        let damaged = |_: &mut Vec<_>| Err(crate::elf::reader::damaged("no layout"));
        let limit = |_: &mut Vec<_>| Err(Error::new(ErrorKind::Limit(Limit::Work, 1)));
        for form in [Form::Module, Form::Kernel, Form::Program] {
            assert_eq!(name(form, symbols(), &full), Ok(Some(&b"table"[..])));
            assert_eq!(name(form, symbols(), &|_| Ok(())), Ok(Some(&b"symbol"[..])));
            assert_eq!(name(form, symbols(), &damaged), Ok(Some(&b"symbol"[..])));
            assert!(name(form, symbols(), &limit).is_err());
        }
        assert_eq!(name(Form::Object, symbols(), &full), Ok(Some(&b"symbol"[..])));
        assert_eq!(name(Form::Object, Vec::new(), &full), Ok(Some(&b"table"[..])));
        assert!(name(Form::Program, Vec::new(), &damaged).is_err());
    }

    #[test]
    fn names_of_code_have_a_dot_on_one_machine() {
        let names =
            [(&b".TOC."[..], &b"TOC."[..]), (b".printk", b"printk"), (b"printk", b"printk"), (b".", b".")];
        for (name, expected) in names {
            assert_eq!(without_dot(name, elf::EM_PPC64), expected);
            assert_eq!(without_dot(name, elf::EM_X86_64), name);
        }
    }
}
