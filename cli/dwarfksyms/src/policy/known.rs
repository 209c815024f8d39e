//! What builds have: with it, one knows which rules of a policy can match anything at all.

use std::collections::BTreeSet;

use super::classes::Met;
use super::ubuntu::name_of;
use super::{File, Matcher, Policy};
use crate::builds::{Build, Export};
use dwarfksyms_host::message::Escaped;

/// The names that some builds have, each once, as reports show them.
#[derive(Debug, Default)]
pub(crate) struct Known {
    symbols: BTreeSet<String>,
    modules: BTreeSet<String>,
    namespaces: BTreeSet<String>,
    /// `None` if nobody has looked for types.
    types: Option<BTreeSet<String>>,
}

impl Known {
    /// Adds the exports of a build.
    pub(crate) fn add(&mut self, build: &Build) {
        build.exports.iter().chain(&build.duplicates).for_each(|export| self.add_export(export));
    }

    fn add_export(&mut self, export: &Export) {
        insert(&mut self.symbols, &export.symbol);
        export.module.iter().for_each(|module| insert(&mut self.modules, module));
        let namespace = export.namespace.iter().filter(|namespace| !namespace.is_empty());
        namespace.for_each(|namespace| insert(&mut self.namespaces, namespace));
    }

    /// Adds a symbol, and the module and namespace that it is in.
    pub(crate) fn add_symbol(&mut self, symbol: &str, module: &str, namespace: &str) {
        self.symbols.insert(symbol.to_owned());
        self.modules.insert(module.to_owned());
        self.namespaces.insert(namespace.to_owned());
    }

    /// Adds the names of types, as they are in symtypes.
    pub(crate) fn add_types<'n>(&mut self, names: impl Iterator<Item = &'n [u8]>) {
        let types = self.types.get_or_insert_default();
        names.for_each(|name| insert(types, name));
    }
}

fn insert(names: &mut BTreeSet<String>, name: &[u8]) {
    let name = Escaped(name).to_string();
    if !names.contains(&name) {
        names.insert(name);
    }
}

impl Policy {
    /// Tells what the builds have: a rule that matches any of it is used, whether it decides or not.
    pub(crate) fn meet(&self, known: &Known) {
        for file in &self.files {
            known.symbols.iter().for_each(|symbol| file.meet_symbol(symbol));
            known.modules.iter().for_each(|module| file.meet_module(module));
            known.namespaces.iter().for_each(|namespace| file.meet_namespace(namespace));
            match &known.types {
                Some(types) => types.iter().for_each(|name| file.meet_types(Met::Type(name))),
                None => file.meet_types(Met::UnknownTypes),
            }
        }
    }
}

impl File {
    fn meet_symbol(&self, symbol: &str) {
        match &self.matcher {
            Matcher::Severities(rules) => self.use_all(rules.symbols.all(symbol, self.is_unused())),
            Matcher::Stablelist(list) => self.use_all(list.names.all(symbol)),
            Matcher::Kabi(list) => self.use_all(list.names.all(symbol)),
            Matcher::Debian(rules) => self.use_all(rules.names.all(symbol, self.is_unused())),
            Matcher::Ubuntu(rules) => self.use_all(rules.symbols.all(symbol)),
            Matcher::Classes(rules) => self.use_all(rules.all(Met::Symbol(symbol), self.is_unused())),
        }
    }

    fn meet_module(&self, module: &str) {
        match &self.matcher {
            Matcher::Severities(rules) => {
                self.use_all(rules.failing_modules.all(module, self.is_unused()));
                self.use_all(rules.passing_modules.all(module, self.is_unused()));
            }
            Matcher::Debian(rules) => self.use_all(rules.modules.all(module, self.is_unused())),
            Matcher::Ubuntu(rules) => {
                self.use_all(rules.modules.all(module));
                self.use_all(rules.modules.all(name_of(module)));
            }
            Matcher::Stablelist(_) | Matcher::Kabi(_) | Matcher::Classes(_) => {}
        }
    }

    fn meet_namespace(&self, namespace: &str) {
        if let Matcher::Severities(rules) = &self.matcher {
            self.use_all(rules.namespaces.all(namespace, self.is_unused()));
        }
    }

    fn meet_types(&self, met: Met<'_>) {
        if let Matcher::Classes(rules) = &self.matcher {
            self.use_all(rules.all(met, self.is_unused()));
        }
    }

    fn use_all(&self, rules: impl Iterator<Item = usize>) {
        rules.filter_map(|rule| self.rules.get(rule)).for_each(|rule| rule.is_used.set(true));
    }

    /// Which rules it is still worth to ask.
    fn is_unused(&self) -> impl Fn(usize) -> bool {
        |rule| self.rules.get(rule).is_some_and(|rule| !rule.is_used.get())
    }
}
