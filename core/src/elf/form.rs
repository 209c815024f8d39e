//! What kind of file an object is: from its header, and from sections that only one kind has.

use object::Endianness;
use object::elf;
use object::read::elf::SectionHeader;

use crate::budget::Budget;
use crate::error::Result;

use super::dynamic::Dynamic;
use super::reader::{Class, Reader};

/// What kind of file an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Has yet to be linked.
    Object,
    /// A module of a kernel.
    Module,
    /// A kernel.
    Kernel,
    /// Any other program.
    Program,
    /// A shared library.
    Library,
}

/// Sections that a linker gives to a kernel, and to no other program: export tables and parameters, what is thrown away
/// after the start, and where a fault is expected.
const OF_KERNELS: [&[u8]; 6] =
    [b".modinfo", b"__param", b"__modver", b".init.text", b"__ex_table", b"__ksymtab_strings"];

/// The kind of a file, and what `.dynamic` says.
pub(super) fn form_of<'d, E: Class<Endian = Endianness>>(
    reader: &Reader<'d, E>,
    budget: &mut Budget,
) -> Result<(Form, Dynamic<'d>)> {
    let mut dynamic = Dynamic::default();
    let (mut is_module, mut is_kernel, mut has_interpreter) = (false, false, false);
    for section in reader.sections.iter() {
        budget.charge_work(1)?;
        if section.sh_type(reader.endian) == elf::SHT_DYNAMIC {
            dynamic = Dynamic::read(reader, section, budget)?;
            continue;
        }
        match reader.name(section) {
            b".gnu.linkonce.this_module" => is_module = true,
            b".interp" => has_interpreter = true,
            name => is_kernel |= OF_KERNELS.contains(&name),
        }
    }
    let form = match reader.header.e_type(reader.endian) {
        _ if is_module => Form::Module,
        elf::ET_REL => Form::Object,
        _ if is_kernel => Form::Kernel,
        // A library can be started, too, as that of C can; then its name says what it is.
        elf::ET_DYN if !dynamic.is_pie && (dynamic.soname.is_some() || !has_interpreter) => Form::Library,
        _ => Form::Program,
    };
    Ok((form, dynamic))
}
