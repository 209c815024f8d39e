//! What a module wants, and what kernels and other modules have, in every way in which they are written.

use arbitrary::{Arbitrary, Result, Unstructured};
use dwarfksyms_tests::linked::{Age, Export, Layout, Module, Tables};
use dwarfksyms_tests::object::Manner;

use crate::mutated::Edit;

/// The symbol that stands for the structures of modules; nothing but its version is drawn.
pub(super) const LAYOUT: &str = "module_layout";

/// The longest name that has room in a record of the old form, whose numbers have 8 bytes.
pub(super) const LONGEST: usize = 55;

const NAMES: [&str; 12] = [
    "printk",
    "kmalloc",
    "a",
    "zs_map_object",
    "for_gpl",
    "in_ns",
    "_RNvCs1234_7mycrate3foo",
    "_ZN4core3fmt5Write9write_fmt17h0123456789abcdefE",
    "x_of_more_than_fifty-five_bytes_which_only_newer_records_have_room_for",
    "gr\u{fc}n",
    "<b>&amp;|`",
    "\u{202e}txt",
];
const OWN: [&str; 3] = ["own_one", "own_two", "printk"];
const NAMESPACES: [&str; 5] = ["", "", "NS", "module:some,oth*", "module:else"];
const LICENCES: [&str; 5] =
    ["license=GPL", "license=Dual MIT/GPL", "license=GPL v2", "license=Proprietary", "author=x"];
const MAGICS: [&str; 5] = [
    "vermagic=7.3.0 SMP mod_unload ",
    "vermagic=7.4.0 SMP mod_unload ",
    "vermagic=7.3.0 mod_unload ",
    "vermagic=4.4.0 SMP mod_unload ",
    "vermagic=6.1.0-50-amd64 SMP mod_unload ",
];

/// What is known of an export.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) export: Export,
    pub(super) module: &'static str,
}

/// What tells of a kernel.
#[derive(Clone, Debug)]
pub(super) enum Kernel {
    /// A `Module.symvers`.
    Record(Vec<Line>),
    /// The kernel itself.
    Program(Module),
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) module: Module,
    pub(super) kernel: Kernel,
    /// A module that is loaded already.
    pub(super) other: Option<Module>,
    pub(super) edits: Vec<Edit>,
}

impl Case {
    pub(super) fn draw(u: &mut Unstructured<'_>) -> Result<Case> {
        let edits = u.arbitrary_iter()?.take(4).collect::<Result<_>>()?;
        let offered = exports(u, &NAMES)?;
        let layout =
            u.ratio(3, 4)?.then_some(Export { name: LAYOUT, is_gpl: false, namespace: "", version: 5 });
        let mut exports_of_kernel: Vec<Export> = offered.iter().copied().chain(layout).collect();
        let kernel = if u.ratio(1, 3)? {
            let module =
                Module { is_kernel: true, exports: exports_of_kernel, info: Vec::new(), ..binary(u)? };
            Kernel::Program(module)
        } else {
            let mut lines = Vec::new();
            let has_kernel = u.ratio(7, 8)?;
            exports_of_kernel.retain(|export| has_kernel || export.name != LAYOUT);
            for export in exports_of_kernel {
                let is_of_kernel = has_kernel && (export.name == LAYOUT || u.ratio(2, 3)?);
                let module = if is_of_kernel { "vmlinux" } else { *u.choose(&["drivers/other", "some"])? };
                lines.push(Line { export, module });
            }
            Kernel::Record(lines)
        };
        let other = if u.ratio(1, 4)? {
            let exports = exports(u, &NAMES)?;
            let info = vec!["name=other", u.choose(&LICENCES)?, u.choose(&MAGICS)?];
            Some(Module { exports, info, ..binary(u)? })
        } else {
            None
        };
        let module = wanting(u, &offered, layout)?;
        Ok(Case { module, kernel, other, edits })
    }

    /// The files that tell of the kernel.
    pub(super) fn kernels(&self) -> Vec<Vec<u8>> {
        let kernel = match &self.kernel {
            Kernel::Record(lines) => lines.iter().flat_map(|line| line.text().into_bytes()).collect(),
            Kernel::Program(kernel) => kernel.bytes(),
        };
        [kernel].into_iter().chain(self.other.as_ref().map(Module::bytes)).collect()
    }
}

impl Line {
    fn text(&self) -> String {
        let Line { export: Export { name, is_gpl, namespace, version }, module } = self;
        let kind = if *is_gpl { "EXPORT_SYMBOL_GPL" } else { "EXPORT_SYMBOL" };
        format!("{version:#010x}\t{name}\t{module}\t{kind}\t{namespace}\n")
    }
}

/// A module that wants some of what is offered, and more.
fn wanting(u: &mut Unstructured<'_>, offered: &[Export], layout: Option<Export>) -> Result<Module> {
    let mut module = binary(u)?;
    module.is_extended = bool::arbitrary(u)?;
    let mut wanted = Vec::new();
    let mut weak = Vec::new();
    for &name in &NAMES {
        let right = offered.iter().find(|export| export.name == name).map_or(7, |export| export.version);
        let is_recorded = module.is_extended || name.len() <= LONGEST;
        match u.int_in_range(0..=15)? {
            0..=7 => {}
            8..=11 => wanted.push((name, Some(right).filter(|_| is_recorded))),
            12 | 13 => wanted.push((name, Some(right ^ 0x0100).filter(|_| is_recorded))),
            14 => wanted.push((name, None)),
            _ => weak.push(name),
        }
    }
    if let Some(layout) = layout
        && u.ratio(7, 8)?
    {
        wanted.push((LAYOUT, Some(if u.ratio(7, 8)? { layout.version } else { 9 })));
    }
    if u.ratio(1, 8)? {
        wanted.iter_mut().for_each(|(_, version)| *version = None);
        wanted.retain(|(name, _)| *name != LAYOUT);
    }
    module.exports = exports(u, &OWN)?;
    module.exports.retain(|export| !wanted.iter().any(|(name, _)| *name == export.name));
    module.exports.retain(|export| !weak.contains(&export.name));
    module.info = vec![u.choose(&["name=some", "name=else-where", "name=oth_er"])?, u.choose(&LICENCES)?];
    if u.ratio(15, 16)? {
        module.info.push(u.choose(&MAGICS)?);
    }
    if bool::arbitrary(u)? {
        module.info.push("import_ns=NS");
    }
    (module.wanted, module.weak) = (wanted, weak);
    Ok(module)
}

/// Some of these names.
fn exports(u: &mut Unstructured<'_>, names: &[&'static str]) -> Result<Vec<Export>> {
    let mut exports = Vec::new();
    for &name in names {
        if bool::arbitrary(u)? {
            continue;
        }
        let version = if u.ratio(7, 8)? { u.int_in_range(1..=4)? << 29 | 3 } else { 0 };
        exports.push(Export { name, is_gpl: u.ratio(1, 4)?, namespace: u.choose(&NAMESPACES)?, version });
    }
    Ok(exports)
}

/// How a module or kernel is written.
fn binary(u: &mut Unstructured<'_>) -> Result<Module> {
    let layout = Layout { is_relative: bool::arbitrary(u)?, has_namespaces: u.ratio(3, 4)? };
    Ok(Module {
        manner: *u.choose(&Manner::ALL)?,
        tables: *u.choose(&[Tables::Symbols, Tables::Loaded(layout), Tables::Stripped(layout)])?,
        age: *u.choose(&[Age::Flags, Age::Tables, Age::Absolute])?,
        ..Module::default()
    })
}
