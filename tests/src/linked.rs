//! Modules and compiled objects as kbuild leaves them, made byte by byte: what they export and want, without code.

use crate::object::{ABSOLUTE, GLOBAL, LOCAL, Object, UNDEFINED, WEAK};

/// An export.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// The symbol.
    pub name: &'static str,
    /// Whether it is for modules under the GPL.
    pub is_gpl: bool,
    /// Empty for none.
    pub namespace: &'static str,
    /// 0 for none.
    pub version: u32,
}

/// How kernels of an age write exports and versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Versions are the values of symbols.
    Absolute,
    /// They are in a section; what is for the GPL is in a table of its own.
    Tables,
    /// One table has all, and flags say what is for the GPL.
    Flags,
}

/// A module.
#[derive(Clone, Debug)]
pub struct Module {
    /// How it is written.
    pub age: Age,
    /// The entries of `.modinfo`, such as `license=GPL`.
    pub info: Vec<&'static str>,
    /// What it exports.
    pub exports: Vec<Export>,
    /// What it wants, and the version that is recorded of it.
    pub wanted: Vec<(&'static str, Option<u32>)>,
    /// What it can do without.
    pub weak: Vec<&'static str>,
    /// Whether there are versions in the form for long names.
    pub is_extended: bool,
}

impl Default for Module {
    fn default() -> Module {
        let info = vec!["name=some", "license=GPL", "vermagic=7.3.0 SMP mod_unload "];
        let (exports, wanted, weak) = (Vec::new(), Vec::new(), Vec::new());
        Module { age: Age::Flags, info, exports, wanted, weak, is_extended: false }
    }
}

impl Module {
    /// Its file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut object = Object::default();
        object.add(".gnu.linkonce.this_module", vec![0; 64]);
        object.add(".modinfo", self.info.iter().flat_map(|entry| text(entry)).collect());
        self.add_versions(&mut object);
        self.add_exports(&mut object);
        for &(name, _) in self.wanted.iter().filter(|(name, _)| *name != "module_layout") {
            object.symbol(name, GLOBAL, UNDEFINED, 0);
        }
        self.weak.iter().for_each(|name| object.symbol(name, WEAK, UNDEFINED, 0));
        object.bytes()
    }

    fn add_versions(&self, object: &mut Object) {
        let recorded = self.wanted.iter().filter_map(|&(name, version)| Some((name, version?)));
        let recorded: Vec<_> = recorded.collect();
        if recorded.is_empty() {
            return;
        }
        if self.is_extended {
            let numbers = recorded.iter().flat_map(|(_, version)| version.to_le_bytes());
            object.add("__version_ext_crcs", numbers.collect());
            object.add("__version_ext_names", recorded.iter().flat_map(|(name, _)| text(name)).collect());
        } else {
            let record = |&(name, version): &(&str, u32)| {
                let mut record = u64::from(version).to_le_bytes().to_vec();
                record.extend(name.bytes());
                record.resize(64, 0);
                record
            };
            object.add("__versions", recorded.iter().flat_map(record).collect());
        }
    }

    fn add_exports(&self, object: &mut Object) {
        let tables = [(false, "__ksymtab", "__kcrctab"), (true, "__ksymtab_gpl", "__kcrctab_gpl")];
        for (is_gpl, entries, numbers) in tables {
            let is_in = |export: &&Export| match self.age {
                Age::Flags => !is_gpl,
                _ => export.is_gpl == is_gpl,
            };
            let exports: Vec<_> = self.exports.iter().filter(is_in).collect();
            if exports.is_empty() {
                continue;
            }
            let table = object.section(entries, vec![0; exports.len() * 12]);
            let versions = exports.iter().flat_map(|export| export.version.to_le_bytes());
            let versions = object.section(numbers, versions.collect());
            let flags =
                object.section("__kflagstab", exports.iter().map(|export| u8::from(export.is_gpl)).collect());
            let mut strings = Vec::new();
            let mut places = Vec::new();
            for export in &exports {
                strings.extend(text(export.name));
                places.push(strings.len() as u64);
                strings.extend(text(export.namespace));
            }
            let strings = object.section("__ksymtab_strings", strings);
            for (at, (export, place)) in (0..).zip(exports.iter().zip(places)) {
                let name = export.name;
                object.symbol(name, GLOBAL, ABSOLUTE, 1);
                object.symbol(&format!("__ksymtab_{name}"), LOCAL, table, at * 12);
                object.symbol(&format!("__kstrtabns_{name}"), LOCAL, strings, place);
                if self.age == Age::Absolute {
                    object.symbol(&format!("__crc_{name}"), LOCAL, ABSOLUTE, export.version.into());
                } else if export.version != 0 {
                    object.symbol(&format!("__crc_{name}"), LOCAL, versions, at * 4);
                }
                if self.age == Age::Flags {
                    object.symbol(&format!("__flags_{name}"), LOCAL, flags, at);
                }
            }
        }
    }
}

/// Adds the labels with which a compiler leaves exports in an object.
pub fn add_labels(object: &mut Object, exports: &[Export]) {
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    for export in exports {
        places.push(bytes.len() as u64);
        bytes.extend(text(if export.is_gpl { "GPL" } else { "" }));
        bytes.extend(text(export.namespace));
        bytes.extend([0; 8]);
    }
    let section = object.section(".export_symbol", bytes);
    for (export, place) in exports.iter().zip(places) {
        object.symbol(&format!("__export_symbol_{}", export.name), LOCAL, section, place);
    }
}

fn text(text: &str) -> Vec<u8> {
    text.bytes().chain([0]).collect()
}
