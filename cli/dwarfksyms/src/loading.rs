//! Whether a kernel would load a module: what the module wants, compared with what the kernel exports.
//!
//! The rules are those of the kernel's loader. It refuses a symbol that nobody exports, one of another version, one that
//! is for modules under the GPL if the module is under another licence, and one of a namespace that the module does
//! not import; and a module that was built for another kernel, where the release counts only without versions, or that
//! exports what the kernel exports itself. Symbols that are not used do not matter, but for `module_layout`, whose version stands for
//! the structures that the loader itself and the module share.
//!
//! A symbol of which the module has no version, while it has others, is a warning: kernels before 4.9 refuse it, and so do
//! Debian's, by a patch of its own. Without any versions, or without `vermagic`, a module is loaded by force, if the kernel
//! was built to do so.
//!
//! A module that is not under the GPL hands that on: what uses its symbols may use none that are for modules under the GPL.

use std::collections::BTreeSet;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Error, Recording};

use crate::builds::{Build, Export, Module, Requirement};

/// A reason why a module would be refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The symbol that it is about; `None` if it is about the module as a whole.
    pub(crate) symbol: Option<Vec<u8>>,
    pub(crate) cause: Mismatch,
}

/// What does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// Nobody exports it.
    Missing,
    /// The module was built against another version.
    Version { wanted: u32, offered: u32 },
    /// The module has versions, but not of this symbol.
    Unversioned { offered: u32 },
    /// It is for modules under the GPL.
    Licence,
    /// A module that is not under the GPL exports it, and this one uses symbols for modules under the GPL.
    Tainted,
    /// It is in a namespace that the module does not import.
    Namespace(Vec<u8>),
    /// The module has no versions, and the kernel has.
    NoVersions,
    /// It was built for another kernel: the module's, and the kernel's.
    Vermagic(Vec<u8>, Vec<u8>),
    /// The module does not say which kernel it was built for.
    NoVermagic,
    /// The module exports what the kernel itself does.
    Duplicate,
}

/// What a module would be loaded by.
#[derive(Debug)]
pub(crate) struct Kernel {
    /// What it and the modules that are loaded already export.
    pub(crate) build: Build,
    /// Those of the modules that are not under the GPL, as far as they are known.
    pub(crate) proprietary: BTreeSet<Vec<u8>>,
    /// Whether it loads what has no versions, or no `vermagic`: `CONFIG_MODULE_FORCE_LOAD`.
    pub(crate) loads_by_force: bool,
}

/// What comes of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Fit {
    /// By symbol.
    pub(crate) problems: Vec<Problem>,
    /// What the loader complains of, and lets pass.
    pub(crate) warnings: Vec<Problem>,
    /// Symbols that were looked at.
    pub(crate) symbols: usize,
    /// The modules that must be loaded before, as far as they are known.
    pub(crate) needs: Vec<Vec<u8>>,
    /// Whether any version was compared.
    pub(crate) is_versioned: bool,
}

/// Licences that let a module use everything.
const GPL: [&[u8]; 6] =
    [b"GPL", b"GPL v2", b"GPL and additional rights", b"Dual BSD/GPL", b"Dual MIT/GPL", b"Dual MPL/GPL"];

/// What the flavours of Debian's kernels end in, and no other distribution's do: architectures as Debian names them.
const DEBIAN: [&[u8]; 17] = [
    b"-amd64",
    b"-arm64",
    b"-arm64-16k",
    b"-686",
    b"-686-pae",
    b"-armmp",
    b"-armmp-lpae",
    b"-marvell",
    b"-rpi",
    b"-powerpc64le",
    b"-powerpc64le-64k",
    b"-s390x",
    b"-riscv64",
    b"-loong64",
    b"kc-malta",
    b"-loongson-3",
    b"r2el",
];

/// What a linker or compiler leaves undefined in a module, and the loader finds by itself: the second is the base of the
/// table of contents on 64-bit PowerPC, `.TOC.`.
const OF_TOOLS: [&[u8]; 3] = [b"_GLOBAL_OFFSET_TABLE_", b"TOC.", b"__this_module"];

/// The symbol whose version stands for the structures of modules. No module refers to it.
pub(crate) const LAYOUT: &[u8] = b"module_layout";

/// Whether a module may use what is for modules under the GPL.
pub(crate) fn is_gpl(module: &Module) -> bool {
    module.licences.first().is_some_and(|licence| GPL.contains(&licence.as_slice()))
}

/// The bytes of names that a build brings into a comparison, which its limits grow with.
pub(crate) fn bytes(build: &Build) -> u64 {
    let exports =
        build.exports.iter().map(|export| export.symbol.len().saturating_add(namespace(export).len()));
    let wanted = build.wanted.iter().map(|wanted| wanted.symbol.len());
    exports.chain(wanted).map(|bytes| bytes as u64).fold(0, u64::saturating_add)
}

/// Compares a module with a kernel.
///
/// # Errors
/// A limit: what is compared and found is charged.
pub(crate) fn fit(
    build: &Build,
    module: &Module,
    file_name: &[u8],
    kernel: &Kernel,
    budget: &mut Budget,
) -> Result<Fit, Error> {
    let Kernel { build: kernel, proprietary, loads_by_force } = kernel;
    charge(build, module, kernel, budget)?;
    let mut fit = Fit::default();
    let release = kernel.release.as_deref().or(build.release.as_deref());
    let loader = Loader {
        module,
        name: module.name.as_deref().unwrap_or(file_name),
        is_gpl: is_gpl(module),
        imports: module.imports.iter().map(Vec::as_slice).collect(),
        needs_versions: is_before(release, (4, 9)) || is_of_debian(release),
        proprietary,
        uses_gpl: build
            .wanted
            .iter()
            .any(|wanted| wanted.is_used && kernel.export(&wanted.symbol).is_some_and(is_for_gpl)),
    };
    whole(build, module, kernel, *loads_by_force, &mut fit);
    let counts = |wanted: &&Requirement| {
        (wanted.is_used && !OF_TOOLS.contains(&wanted.symbol.as_slice())) || wanted.symbol == LAYOUT
    };
    for wanted in build.wanted.iter().filter(counts) {
        let export = kernel.export(&wanted.symbol);
        fit.symbols += usize::from(export.is_some() || wanted.is_used);
        match export {
            Some(export) => loader.look(wanted, export, &mut fit),
            None if wanted.is_weak || !wanted.is_used => {}
            None => fit.problems.push(Problem::of(&wanted.symbol, Mismatch::Missing)),
        }
    }
    if let Some(Export { version: Some(offered), .. }) = kernel.export(LAYOUT)
        && module.recording != Recording::None
        && !build.wanted.iter().any(|wanted| wanted.symbol == LAYOUT)
    {
        loader.unversioned(LAYOUT, *offered, &mut fit);
    }
    for export in &build.exports {
        if kernel.export(&export.symbol).is_some_and(Export::is_of_kernel) {
            fit.problems.push(Problem::of(&export.symbol, Mismatch::Duplicate));
        }
    }
    fit.problems.sort_by(|a, b| a.symbol.cmp(&b.symbol));
    fit.needs.sort_unstable();
    fit.needs.dedup();
    Ok(fit)
}

/// Pays for a comparison and for what it finds: each symbol is searched for twice, and its namespace among those that the
/// module imports.
fn charge(build: &Build, module: &Module, kernel: &Build, budget: &mut Budget) -> Result<(), Error> {
    /// What a problem takes besides its names, in the answer and as text.
    const PROBLEM: usize = 512;
    let steps = |count: usize| count.checked_ilog2().map_or(1, |bits| bits as usize + 1);
    let (searches, imports) = (steps(kernel.exports.len()).saturating_mul(2), steps(module.imports.len()));
    for import in &module.imports {
        budget.charge_bytes(import.len().saturating_mul(imports))?;
    }
    let wanted = build.wanted.iter().map(|wanted| &wanted.symbol);
    for symbol in wanted.chain(build.exports.iter().map(|export| &export.symbol)) {
        budget.charge_bytes(symbol.len().saturating_mul(searches))?;
        let namespace = kernel.export(symbol).map_or(0, |export| namespace(export).len());
        budget.charge_bytes(namespace.saturating_mul(imports.saturating_add(2)))?;
        budget.charge_memory(PROBLEM.saturating_add(symbol.len()).saturating_add(namespace))?;
    }
    Ok(())
}

/// The namespace of an export; empty for none.
fn namespace(export: &Export) -> &[u8] {
    export.namespace.as_deref().unwrap_or_default()
}

/// What a module as a whole was built for.
fn whole(build: &Build, module: &Module, kernel: &Build, loads_by_force: bool, fit: &mut Fit) {
    let of_module = |cause| Problem { symbol: None, cause };
    let forced = if loads_by_force { &mut fit.warnings } else { &mut fit.problems };
    let own = kernel.module.as_ref().and_then(|other| other.vermagic.as_deref());
    let has_versions = module.recording != Recording::None;
    if !has_versions && kernel.has_versions() {
        forced.push(of_module(Mismatch::NoVersions));
    }
    if module.vermagic.is_none() {
        forced.push(of_module(Mismatch::NoVermagic));
    }
    let mut add = |cause| fit.problems.push(of_module(cause));
    if let (Some(wanted), Some(offered)) = (&module.vermagic, own)
        && !is_same_magic(wanted, offered, has_versions)
    {
        add(Mismatch::Vermagic(wanted.clone(), offered.to_vec()));
    }
    if !has_versions
        && own.is_none()
        && let (Some(wanted), Some(offered)) = (&build.release, &kernel.release)
        && wanted != offered
    {
        add(Mismatch::Vermagic(wanted.clone(), offered.clone()));
    }
}

impl Problem {
    fn of(symbol: &[u8], cause: Mismatch) -> Problem {
        Problem { symbol: Some(symbol.to_vec()), cause }
    }
}

/// What a loader knows of a module.
struct Loader<'m> {
    module: &'m Module,
    name: &'m [u8],
    is_gpl: bool,
    imports: BTreeSet<&'m [u8]>,
    /// Whether it refuses a symbol of which a module with versions has none.
    needs_versions: bool,
    proprietary: &'m BTreeSet<Vec<u8>>,
    /// Whether it uses anything that is for modules under the GPL.
    uses_gpl: bool,
}

impl Loader<'_> {
    /// Looks at a symbol that is exported.
    fn look(&self, wanted: &Requirement, export: &Export, fit: &mut Fit) {
        match (wanted.version, export.version) {
            (Some(wanted), Some(offered)) => {
                fit.is_versioned = true;
                if wanted != offered {
                    fit.problems.push(Problem::of(&export.symbol, Mismatch::Version { wanted, offered }));
                }
            }
            (None, Some(offered)) if self.module.recording != Recording::None => {
                self.unversioned(&export.symbol, offered, fit);
            }
            _ => {}
        }
        if let Some(name) = export.module.as_ref().filter(|name| name.as_slice() != b"vmlinux") {
            fit.needs.push(name.clone());
        }
        fit.problems
            .extend(self.refusals(export).into_iter().map(|cause| Problem::of(&export.symbol, cause)));
    }

    fn unversioned(&self, symbol: &[u8], offered: u32, fit: &mut Fit) {
        let list = if self.needs_versions { &mut fit.problems } else { &mut fit.warnings };
        list.push(Problem::of(symbol, Mismatch::Unversioned { offered }));
    }

    /// Why the module must not use an export, whatever its version.
    fn refusals(&self, export: &Export) -> Vec<Mismatch> {
        let mut causes = Vec::new();
        if !self.is_gpl && is_for_gpl(export) {
            causes.push(Mismatch::Licence);
        }
        if self.is_gpl
            && self.uses_gpl
            && export.module.as_ref().is_some_and(|name| self.proprietary.contains(name))
        {
            causes.push(Mismatch::Tainted);
        }
        let namespace = namespace(export);
        if !namespace.is_empty() && !self.is_in(namespace) {
            causes.push(Mismatch::Namespace(namespace.to_vec()));
        }
        causes
    }

    /// Whether the module may use a namespace: it imports it, or is one of those that it is made for.
    fn is_in(&self, namespace: &[u8]) -> bool {
        if let Some(names) = namespace.strip_prefix(b"module:") {
            let fits = |pattern: &[u8]| match pattern.strip_suffix(b"*") {
                Some(beginning) => {
                    self.name.len() >= beginning.len()
                        && is_same_name(&self.name[..beginning.len()], beginning)
                }
                None => is_same_name(self.name, pattern),
            };
            if names.split(|&byte| byte == b',').any(fits) {
                return true;
            }
        }
        self.imports.contains(namespace)
    }
}

fn is_for_gpl(export: &Export) -> bool {
    export.kind.is_some_and(|kind| kind.is_gpl_only())
}

/// Whether two names of modules are the same: `-` and `_` are.
fn is_same_name(a: &[u8], b: &[u8]) -> bool {
    let plain = |&byte: &u8| if byte == b'-' { b'_' } else { byte };
    a.iter().map(plain).eq(b.iter().map(plain))
}

/// Whether a module was built for a kernel. With versions, the release in front does not count.
fn is_same_magic(a: &[u8], b: &[u8], has_versions: bool) -> bool {
    let rest = |magic: &[u8]| {
        let start = if has_versions { memchr::memchr(b' ', magic).unwrap_or(magic.len()) } else { 0 };
        magic[start..].to_vec()
    };
    rest(a) == rest(b)
}

/// Whether a release is known to be before a version.
fn is_before(release: Option<&[u8]>, version: (u32, u32)) -> bool {
    let mut numbers = release.unwrap_or_default().split(|byte| !byte.is_ascii_digit());
    let mut number = || str::from_utf8(numbers.next()?).ok()?.parse().ok();
    let own = number().zip(number());
    own.is_some_and(|own| own < version)
}

/// Whether a release is one of Debian's: `6.1.0-50-cloud-amd64`, `7.3.4+deb13-arm64`.
fn is_of_debian(release: Option<&[u8]>) -> bool {
    release.is_some_and(|release| DEBIAN.iter().any(|flavour| release.ends_with(flavour)))
}

#[cfg(test)]
mod tests;
