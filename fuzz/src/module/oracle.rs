//! What a loader says of a case, by the rules in docs/DWARFKSYMS.md alone.

use std::collections::{BTreeMap, BTreeSet};

use dwarfksyms_tests::linked::{Export, Layout, Module, Tables};

use super::case::{Case, Kernel, LAYOUT, Line};

/// What must come out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// A line of error with this in it.
    Refused(&'static str),
    /// Symbols, none for the module as a whole, and causes.
    Answer {
        problems: BTreeSet<(String, String)>,
        warnings: BTreeSet<(String, String)>,
        needs: BTreeSet<String>,
    },
}

/// A module, as far as it matters.
struct Wanting<'c> {
    module: &'c Module,
    is_gpl: bool,
    name: String,
    has_versions: bool,
}

impl Expected {
    pub(super) fn of(case: &Case) -> Expected {
        if matches!(&case.kernel, Kernel::Record(lines) if lines.is_empty()) {
            return Expected::Refused("the file is empty");
        }
        let offered = offered(case);
        if offered.is_empty() {
            return Expected::Refused("nothing is exported there");
        }
        let wanting = Wanting::of(&case.module);
        let (mut problems, mut warnings) = (BTreeSet::new(), BTreeSet::new());
        let mut needs = BTreeSet::new();
        problems.extend(wanting.as_a_whole(case, &offered).map(|cause| (String::new(), cause.to_owned())));
        let kernel = Loader::of(case, &wanting, &offered);
        for (name, version, is_weak) in wanting.used().chain(wanting.layout(&offered)) {
            let causes = match offered.get(name) {
                Some(line) => {
                    if line.module != "vmlinux" && wanting.is_looked_at(name) {
                        needs.insert(line.module.to_owned());
                    }
                    kernel.causes(&wanting, version, line)
                }
                None if is_weak => Vec::new(),
                None => vec![("missing", true)],
            };
            for (cause, is_problem) in causes {
                let list = if is_problem { &mut problems } else { &mut warnings };
                list.insert((shown(name), cause.to_owned()));
            }
        }
        for export in &case.module.exports {
            if offered.get(export.name).is_some_and(|line| line.module == "vmlinux") {
                problems.insert((export.name.to_owned(), "duplicate".to_owned()));
            }
        }
        let is_known = offered.values().any(|line| line.module == "vmlinux");
        if !is_known && problems.iter().any(|(_, cause)| cause == "missing") {
            return Expected::Refused("only modules are there");
        }
        Expected::Answer { problems, warnings, needs }
    }
}

/// What a loader goes by.
struct Loader {
    /// Kernels before 4.9 and Debian's want a version of each symbol.
    is_strict: bool,
    /// Whether the other module is not under the GPL.
    has_proprietary: bool,
    /// Whether the module uses anything that is for modules under the GPL.
    uses_gpl: bool,
}

impl Loader {
    fn of(case: &Case, wanting: &Wanting<'_>, offered: &BTreeMap<&str, Line>) -> Loader {
        let magic = info(case.other.as_ref(), "vermagic").or(info(Some(&case.module), "vermagic"));
        let is_for_gpl = |name: &str| offered.get(name).is_some_and(|line| line.export.is_gpl);
        Loader {
            is_strict: magic.is_some_and(|magic| magic.starts_with("4.4.0 ") || magic.contains("-amd64 ")),
            has_proprietary: case.other.as_ref().is_some_and(|other| !is_gpl(other)),
            uses_gpl: wanting.used().any(|(name, ..)| is_for_gpl(name)),
        }
    }

    /// What is wrong with a symbol, and whether that is a problem or a warning.
    fn causes(&self, wanting: &Wanting<'_>, version: Option<u32>, line: &Line) -> Vec<(&'static str, bool)> {
        let export = &line.export;
        let mut causes = Vec::new();
        match version {
            _ if export.version == 0 => {}
            Some(version) if version == export.version => {}
            Some(_) => causes.push(("version", true)),
            None if !wanting.has_versions => {}
            None => causes.push(("unversioned", self.is_strict)),
        }
        if export.is_gpl && !wanting.is_gpl {
            causes.push(("licence", true));
        }
        if wanting.is_gpl && self.uses_gpl && self.has_proprietary && line.module == "other" {
            causes.push(("tainted", true));
        }
        if !wanting.is_in(export.namespace) {
            causes.push(("namespace", true));
        }
        causes
    }
}

impl<'c> Wanting<'c> {
    fn of(module: &'c Module) -> Wanting<'c> {
        let name = info(Some(module), "name").unwrap_or_default().to_owned();
        let has_versions = module.wanted.iter().any(|(_, version)| version.is_some());
        Wanting { module, is_gpl: is_gpl(module), name, has_versions }
    }

    /// The symbols that it refers to, their versions, and whether it can do without.
    fn used(&self) -> impl Iterator<Item = (&'static str, Option<u32>, bool)> {
        let wanted = self.module.wanted.iter().filter(|(name, _)| *name != LAYOUT);
        let weak = self.module.weak.iter().map(|&name| (name, None, true));
        wanted.map(|&(name, version)| (name, version, false)).chain(weak)
    }

    /// The version of the structures counts though nothing refers to it, if both sides have versions.
    fn layout(&self, offered: &BTreeMap<&str, Line>) -> Option<(&'static str, Option<u32>, bool)> {
        let own = self.module.wanted.iter().find(|(name, _)| *name == LAYOUT);
        let is_offered = offered.get(LAYOUT).is_some_and(|line| line.export.version != 0);
        (self.has_versions && is_offered).then_some((LAYOUT, own.and_then(|(_, version)| *version), true))
    }

    fn is_looked_at(&self, name: &str) -> bool {
        name != LAYOUT || self.module.wanted.iter().any(|(wanted, _)| *wanted == LAYOUT)
    }

    fn as_a_whole(&self, case: &Case, offered: &BTreeMap<&str, Line>) -> impl Iterator<Item = &'static str> {
        let no_versions = !self.has_versions && offered.values().any(|line| line.export.version != 0);
        let own = info(Some(self.module), "vermagic");
        let rest = |magic: &str| match self.has_versions {
            true => magic.split_once(' ').map_or_else(String::new, |(_, rest)| rest.to_owned()),
            false => magic.to_owned(),
        };
        let differs = match (own, info(case.other.as_ref(), "vermagic")) {
            (Some(own), Some(other)) => rest(own) != rest(other),
            _ => false,
        };
        let causes = [(no_versions, "no-versions"), (own.is_none(), "no-vermagic"), (differs, "vermagic")];
        causes.into_iter().filter_map(|(is_true, cause)| is_true.then_some(cause))
    }

    fn is_in(&self, namespace: &str) -> bool {
        let plain = |name: &str| name.replace('-', "_");
        let is_for = |pattern: &str| match pattern.strip_suffix('*') {
            Some(beginning) => plain(&self.name).starts_with(&plain(beginning)),
            None => plain(&self.name) == plain(pattern),
        };
        let is_made_for_it =
            namespace.strip_prefix("module:").is_some_and(|names| names.split(',').any(is_for));
        let imports = self.module.info.iter().filter_map(|entry| entry.strip_prefix("import_ns="));
        namespace.is_empty() || is_made_for_it || imports.into_iter().any(|import| import == namespace)
    }
}

/// All that is offered, by name. What the kernel itself exports nothing replaces; of others the last one counts.
fn offered(case: &Case) -> BTreeMap<&'static str, Line> {
    let kernel: Vec<Line> = match &case.kernel {
        Kernel::Record(lines) => lines.clone(),
        Kernel::Program(kernel) => read(kernel).map(|export| Line { export, module: "vmlinux" }).collect(),
    };
    let mut offered: BTreeMap<&'static str, Line> =
        kernel.into_iter().map(|line| (line.export.name, line)).collect();
    for export in case.other.iter().flat_map(read) {
        if offered.get(export.name).is_none_or(|line| line.module != "vmlinux") {
            offered.insert(export.name, Line { export, module: "other" });
        }
    }
    offered
}

/// What a file says of its exports: older tables have no namespaces.
fn read(module: &Module) -> impl Iterator<Item = Export> {
    let has_namespaces = match module.tables {
        Tables::Symbols => true,
        Tables::Loaded(Layout { has_namespaces, .. }) | Tables::Stripped(Layout { has_namespaces, .. }) => {
            has_namespaces
        }
    };
    let namespace = move |namespace| if has_namespaces { namespace } else { "" };
    module.exports.iter().map(move |export| Export { namespace: namespace(export.namespace), ..*export })
}

fn is_gpl(module: &Module) -> bool {
    info(Some(module), "license").is_some_and(|licence| licence.contains("GPL"))
}

/// The first value of a key.
fn info(module: Option<&Module>, key: &str) -> Option<&'static str> {
    module?.info.iter().find_map(|entry| entry.strip_prefix(key)?.strip_prefix('='))
}

/// A name as it is told: what could harm a terminal is escaped.
fn shown(name: &str) -> String {
    name.replace('\u{202e}', "\\u{202e}")
}
