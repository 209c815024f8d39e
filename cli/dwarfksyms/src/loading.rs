//! Whether a kernel would load a module: what the module wants, compared with what the kernel exports.
//!
//! The rules are those of the kernel's loader. It refuses a symbol that nobody exports, one of another version, one that
//! is for modules under the GPL if the module is under another licence, and one of a namespace that the module does
//! not import; and a module that was built for another kernel, where the release counts only without versions.

use dwarfksyms_core::Recording;

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
    /// It is in a namespace that the module does not import.
    Namespace(Vec<u8>),
    /// The module has no versions, and the kernel has.
    NoVersions,
    /// It was built for another kernel: the module's, and the kernel's.
    Vermagic(Vec<u8>, Vec<u8>),
}

/// What comes of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Fit {
    /// By symbol.
    pub(crate) problems: Vec<Problem>,
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

/// What a linker or compiler leaves undefined in a module, and the loader finds by itself.
const OF_TOOLS: [&[u8]; 3] = [b"_GLOBAL_OFFSET_TABLE_", b"TOC.", b"__this_module"];

/// Compares a module with a kernel.
pub(crate) fn fit(build: &Build, module: &Module, file_name: &[u8], kernel: &Build) -> Fit {
    let mut fit = Fit::default();
    let loader = Loader {
        module,
        name: module.name.as_deref().unwrap_or(file_name),
        is_gpl: module.licences.iter().all(|licence| GPL.contains(&licence.as_slice()))
            && !module.licences.is_empty(),
        // As the loader has it: in the extended form, what is missing is not compared.
        is_checked: module.recording == Recording::Plain,
    };
    let own = kernel.module.as_ref().and_then(|other| other.vermagic.as_deref());
    if let (Some(wanted), Some(offered)) = (&module.vermagic, own)
        && !is_same_magic(wanted, offered, module.recording != Recording::None)
    {
        let cause = Mismatch::Vermagic(wanted.clone(), offered.to_vec());
        fit.problems.push(Problem { symbol: None, cause });
    }
    if module.recording == Recording::None
        && own.is_none()
        && let (Some(wanted), Some(offered)) = (&build.release, &kernel.release)
        && wanted != offered
    {
        let cause = Mismatch::Vermagic(wanted.clone(), offered.clone());
        fit.problems.push(Problem { symbol: None, cause });
    }
    if module.recording == Recording::None && kernel.has_versions() {
        fit.problems.push(Problem { symbol: None, cause: Mismatch::NoVersions });
    }
    for wanted in build.wanted.iter().filter(|wanted| !OF_TOOLS.contains(&wanted.symbol.as_slice())) {
        fit.symbols += 1;
        let Some(export) = kernel.export(&wanted.symbol) else {
            if !wanted.is_weak {
                fit.add(wanted, Mismatch::Missing);
            }
            continue;
        };
        fit.is_versioned |= wanted.version.is_some() && export.version.is_some();
        if let Some(name) = export.module.as_ref().filter(|name| name.as_slice() != b"vmlinux") {
            fit.needs.push(name.clone());
        }
        for cause in loader.refusals(wanted, export) {
            fit.add(wanted, cause);
        }
    }
    fit.needs.sort_unstable();
    fit.needs.dedup();
    fit
}

impl Fit {
    fn add(&mut self, wanted: &Requirement, cause: Mismatch) {
        self.problems.push(Problem { symbol: Some(wanted.symbol.clone()), cause });
    }
}

/// What a loader knows of a module.
struct Loader<'m> {
    module: &'m Module,
    name: &'m [u8],
    is_gpl: bool,
    is_checked: bool,
}

impl Loader<'_> {
    /// Why the module must not use an export.
    fn refusals(&self, wanted: &Requirement, export: &Export) -> Vec<Mismatch> {
        let mut causes = Vec::new();
        match (wanted.version, export.version) {
            (Some(wanted), Some(offered)) if wanted != offered => {
                causes.push(Mismatch::Version { wanted, offered });
            }
            (None, Some(offered)) if self.is_checked => causes.push(Mismatch::Unversioned { offered }),
            _ => {}
        }
        if !self.is_gpl && export.kind.is_some_and(|kind| kind.is_gpl_only()) {
            causes.push(Mismatch::Licence);
        }
        let namespace = export.namespace.as_deref().unwrap_or_default();
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
        self.module.imports.iter().any(|import| import == namespace)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builds::ExportKind;

    fn module(licence: &[u8], imports: &[&[u8]]) -> Module {
        Module {
            name: Some(b"some_module".to_vec()),
            licences: vec![licence.to_vec()],
            imports: imports.iter().map(|import| import.to_vec()).collect(),
            vermagic: None,
            recording: Recording::Plain,
        }
    }

    fn refusals(module: &Module, version: Option<u32>, export: &Export) -> Vec<Mismatch> {
        let is_gpl = GPL.contains(&module.licences[0].as_slice());
        let loader = Loader { module, name: b"some_module", is_gpl, is_checked: true };
        let wanted = Requirement { symbol: export.symbol.clone(), version, is_weak: false };
        loader.refusals(&wanted, export)
    }

    #[test]
    fn versions_must_be_the_same_if_there_are_any() {
        let module = module(b"GPL", &[]);
        let export = |version| Export { version, ..Export::named(b"f") };
        assert_eq!(refusals(&module, Some(1), &export(Some(1))), []);
        assert_eq!(refusals(&module, Some(1), &export(None)), []);
        let differs = Mismatch::Version { wanted: 1, offered: 2 };
        assert_eq!(refusals(&module, Some(1), &export(Some(2))), [differs]);
        assert_eq!(refusals(&module, None, &export(Some(2))), [Mismatch::Unversioned { offered: 2 }]);
    }

    #[test]
    fn the_licence_must_fit() {
        let export = Export { kind: Some(ExportKind::Gpl), ..Export::named(b"f") };
        for (licence, fits) in
            [(&b"GPL"[..], true), (b"Dual MIT/GPL", true), (b"GPL v3", false), (b"", false)]
        {
            let causes = refusals(&module(licence, &[]), None, &export);
            assert_eq!(causes.is_empty(), fits, "{licence:?}");
        }
        let free = Export { kind: Some(ExportKind::All), ..export };
        assert_eq!(refusals(&module(b"Proprietary", &[]), None, &free), []);
    }

    #[test]
    fn namespaces_are_imported_or_made_for_a_module() {
        let fits = |namespace: &[u8], imports: &[&[u8]]| {
            let export = Export { namespace: Some(namespace.to_vec()), ..Export::named(b"f") };
            refusals(&module(b"GPL", imports), None, &export).is_empty()
        };
        assert!(fits(b"", &[]) && fits(b"A", &[b"B", b"A"]) && !fits(b"A", &[b"B"]) && !fits(b"A", &[]));
        assert!(fits(b"module:some-module", &[]) && fits(b"module:other,some_*", &[]));
        assert!(!fits(b"module:some", &[]) && !fits(b"module:some_modules*", &[]) && !fits(b"module:", &[]));
    }

    #[test]
    fn the_release_counts_without_versions() {
        let (a, b, c) = (b"7.3.4 SMP mod_unload", b"7.3.5 SMP mod_unload", b"7.3.4 mod_unload");
        assert!(is_same_magic(a, b, true) && !is_same_magic(a, b, false) && is_same_magic(a, a, false));
        assert!(!is_same_magic(a, c, true));
    }
}
