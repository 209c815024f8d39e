//! What builds have: with it, one knows which rules of a policy can match anything at all.

use std::collections::BTreeSet;

use anyhow::Result;
use dwarfksyms_core::budget::Budget;

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

    /// The bytes of all names.
    pub(crate) fn bytes(&self) -> u64 {
        let sets = [&self.symbols, &self.modules, &self.namespaces].into_iter().chain(&self.types);
        sets.flatten().map(|name| name.len() as u64).sum()
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
    ///
    /// # Errors
    /// The limit on work.
    pub(crate) fn meet(&self, known: &Known, budget: &mut Budget) -> Result<()> {
        for file in &self.files {
            self.meet_all(&known.symbols, |symbol| file.meet_symbol(symbol), budget)?;
            self.meet_all(&known.modules, |module| file.meet_module(module), budget)?;
            self.meet_all(&known.namespaces, |namespace| file.meet_namespace(namespace), budget)?;
            match &known.types {
                Some(types) => self.meet_all(types, |name| file.meet_types(Met::Type(name)), budget)?,
                None => file.meet_types(Met::UnknownTypes),
            }
        }
        Ok(())
    }

    fn meet_all(&self, names: &BTreeSet<String>, meet: impl Fn(&str), budget: &mut Budget) -> Result<()> {
        for name in names {
            meet(name);
            self.pay(budget)?;
        }
        Ok(())
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
            Matcher::Classes(rules) => {
                self.use_all(rules.all(Met::Symbol(symbol), self.is_unused()).into_iter());
            }
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
            self.use_all(rules.all(met, self.is_unused()).into_iter());
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
