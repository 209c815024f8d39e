//! Modules, kernels and compiled objects as kbuild leaves them, made byte by byte: what they export and want, without code.

use crate::object::{ABSOLUTE, GLOBAL, LOCAL, Manner, Object, Relocation, UNDEFINED, WEAK};

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

/// What tells of exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// Symbols alone; the tables lead nowhere.
    Symbols,
    /// Symbols, and tables as the loader reads them.
    Loaded(Layout),
    /// Such tables alone: symbols that no relocation needs are stripped.
    Stripped(Layout),
}

/// What the entries of tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether fields are distances of 32 bits, or addresses.
    pub is_relative: bool,
    /// Whether there is a third field.
    pub has_namespaces: bool,
}

/// A module, or a kernel.
#[derive(Clone, Debug)]
pub struct Module {
    /// The machine.
    pub manner: Manner,
    /// Whether it is a kernel.
    pub is_kernel: bool,
    /// How exports are told.
    pub tables: Tables,
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
        let (manner, tables, age) = (Manner::default(), Tables::Symbols, Age::Flags);
        Module { manner, is_kernel: false, tables, age, info, exports, wanted, weak, is_extended: false }
    }
}

impl Module {
    /// Its file.
    pub fn bytes(&self) -> Vec<u8> {
        let manner = Manner { is_linked: self.is_kernel, ..self.manner };
        let mut object = Object::default();
        object.manner = manner;
        if !self.is_kernel {
            object.add(".gnu.linkonce.this_module", vec![0; 64]);
        }
        object.add(".modinfo", self.info.iter().flat_map(|entry| text(entry)).collect());
        self.add_versions(&mut object);
        self.add_exports(&mut object);
        for &(name, _) in self.wanted.iter().filter(|(name, _)| *name != "module_layout") {
            object.symbol(name, GLOBAL, UNDEFINED, 0);
        }
        for name in &self.weak {
            object.symbol(name, WEAK, UNDEFINED, 0);
        }
        object.bytes()
    }

    fn add_versions(&self, object: &mut Object) {
        let recorded = self.wanted.iter().filter_map(|&(name, version)| Some((name, version?)));
        let recorded: Vec<_> = recorded.collect();
        if recorded.is_empty() {
            return;
        }
        if self.is_extended {
            let numbers = recorded.iter().flat_map(|&(_, version)| object.manner.number(version.into(), 4));
            let numbers = numbers.collect();
            object.add("__version_ext_crcs", numbers);
            object.add("__version_ext_names", recorded.iter().flat_map(|(name, _)| text(name)).collect());
        } else {
            let record = |&(name, version): &(&str, u32)| {
                let mut record = object.manner.number(version.into(), object.manner.word());
                record.extend(name.bytes());
                record.resize(64, 0);
                record
            };
            let records = recorded.iter().flat_map(record).collect();
            object.add("__versions", records);
        }
    }

    fn add_exports(&self, object: &mut Object) {
        let mut texts = Vec::new();
        let mut places = Vec::new();
        for export in &self.exports {
            let name = texts.len() as u64;
            texts.extend(text(export.name));
            places.push(Strings { name, namespace: texts.len() as u64 });
            texts.extend(text(export.namespace));
        }
        let strings = object.section("__ksymtab_strings", texts);
        let all: Vec<(&Export, Strings)> = self.exports.iter().zip(places).collect();
        for (is_gpl, names) in
            [(false, ["__ksymtab", "__kcrctab"]), (true, ["__ksymtab_gpl", "__kcrctab_gpl"])]
        {
            let is_in = |(export, _): &&(&Export, Strings)| match self.age {
                Age::Flags => !is_gpl,
                _ => export.is_gpl == is_gpl,
            };
            let exports: Vec<_> = all.iter().filter(is_in).copied().collect();
            if !exports.is_empty() {
                self.add_table(object, names, strings, &exports);
            }
        }
    }

    fn add_table(
        &self,
        object: &mut Object,
        [entries, numbers]: [&'static str; 2],
        strings: u16,
        exports: &[(&Export, Strings)],
    ) {
        let (has_symbols, layout) = match self.tables {
            Tables::Symbols => (true, None),
            Tables::Loaded(layout) => (true, Some(layout)),
            Tables::Stripped(layout) => (false, Some(layout)),
        };
        let table = match layout {
            Some(layout) => add_entries(object, entries, strings, layout, exports),
            None => object.section(entries, vec![0; exports.len() * 12]),
        };
        let size = layout.map_or(12, |layout| layout.size(object.manner));
        let versions = self.add_numbers(object, numbers, layout.is_some(), exports);
        let flags = (self.age == Age::Flags).then(|| {
            object.section("__kflagstab", exports.iter().map(|(export, _)| u8::from(export.is_gpl)).collect())
        });
        for (at, (export, places)) in (0..).zip(exports.iter().filter(|_| has_symbols)) {
            let name = export.name;
            object.symbol(name, GLOBAL, ABSOLUTE, 1);
            object.symbol(&format!("__ksymtab_{name}"), LOCAL, table, at * size);
            object.symbol(&format!("__kstrtabns_{name}"), LOCAL, strings, places.namespace);
            if self.age == Age::Absolute {
                object.symbol(&format!("__crc_{name}"), LOCAL, ABSOLUTE, export.version.into());
            } else if export.version != 0 {
                object.symbol(&format!("__crc_{name}"), LOCAL, versions, at * 4);
            }
            if let Some(flags) = flags {
                object.symbol(&format!("__flags_{name}"), LOCAL, flags, at);
            }
        }
    }

    /// Versions: numbers, or the values of symbols, which relocations bring before they are linked.
    fn add_numbers(
        &self,
        object: &mut Object,
        name: &'static str,
        is_read: bool,
        exports: &[(&Export, Strings)],
    ) -> u16 {
        let manner = object.manner;
        let are_values = self.age == Age::Absolute && is_read && !manner.is_linked;
        let number = |(export, _): &(&Export, Strings)| match are_values {
            // Where relocations have no room for it, a symbol's value is all of it, too.
            true => vec![0; 4],
            false => manner.number(export.version.into(), 4),
        };
        let versions = object.section(name, exports.iter().flat_map(number).collect());
        if are_values {
            let relocations: Vec<Relocation> = (0..)
                .zip(exports)
                .map(|(at, (export, _))| {
                    (at * 4, object.symbol("", LOCAL, ABSOLUTE, export.version.into()), 0)
                })
                .collect();
            object.relocate_section(versions, &relocations);
        }
        versions
    }
}

/// Where the texts of an export are.
#[derive(Clone, Copy, Debug)]
struct Strings {
    name: u64,
    namespace: u64,
}

impl Layout {
    fn width(self, manner: Manner) -> usize {
        if self.is_relative { 4 } else { manner.word() }
    }

    /// The bytes of an entry.
    fn size(self, manner: Manner) -> u64 {
        (self.width(manner) * if self.has_namespaces { 3 } else { 2 }) as u64
    }
}

/// Adds a table whose fields lead to the symbol, its name, and its namespace.
fn add_entries(
    object: &mut Object,
    name: &'static str,
    strings: u16,
    layout: Layout,
    exports: &[(&Export, Strings)],
) -> u16 {
    let (manner, width) = (object.manner, layout.width(object.manner));
    let code = object.section(".text", vec![0; 64]);
    let symbols = [code, strings].map(|section| (section, object.symbol("", LOCAL, section, 0)));
    let own = object.next_section();
    let mut table = Vec::new();
    let mut relocations: Vec<Relocation> = Vec::new();
    for (_, places) in exports {
        let fields = [(symbols[0], 8), (symbols[1], places.name), (symbols[1], places.namespace)];
        for ((section, symbol), offset) in fields.into_iter().take(if layout.has_namespaces { 3 } else { 2 })
        {
            let place = table.len() as u64;
            let from = if layout.is_relative { manner.address(own) + place } else { 0 };
            let value = match (manner.is_linked, manner.has_addends) {
                (true, _) => (manner.address(section) + offset).wrapping_sub(from),
                (false, true) => 0,
                (false, false) => offset,
            };
            table.extend(manner.number(value, width));
            if !manner.is_linked {
                relocations.push((place, symbol, offset));
            }
        }
    }
    let table = object.section(name, table);
    if !relocations.is_empty() {
        object.relocate_section(table, &relocations);
    }
    table
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
