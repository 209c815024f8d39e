//! Which symbols of an object count as exports, and what its DWARF calls them.
//!
//! A kernel says itself what it exports. Of a library or program, all global functions and variables can count, or those of a list.
//! A symbol with a version is called `name@version`, whether or not it is the default, since that is what programs ask for.
//!
//! | export | what DWARF may call it |
//! | --- | --- |
//! | `f` | `f` |
//! | `f@V2`, the default, or the only version of `f` | `f` |
//! | any that no unit describes by these | whatever else is at its place: `f@V1` may be made of `f_old`, `f` be an alias of a local `f_impl` |

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Defined, Error, Limits, Scope, SymbolPlace};

use super::text::Writer;
use super::{Export, Shelf, Text, Types};

/// Which symbols of objects count as exports.
#[derive(Clone, Debug, Default)]
pub(crate) enum Counted {
    /// What a kernel or module exports.
    #[default]
    Exported,
    /// These, and all global functions and variables.
    All,
    /// Those with such a name, with or without their version.
    Listed(BTreeSet<String>),
}

impl Counted {
    /// Whether symbols count that nothing exports to modules.
    pub(super) fn has_others(&self) -> bool {
        !matches!(self, Counted::Exported)
    }

    /// Whether all symbols count.
    pub(crate) fn is_all(&self) -> bool {
        matches!(self, Counted::All)
    }

    /// Whether a symbol counts that a record or a kernel exports.
    pub(super) fn has(&self, symbol: &[u8]) -> bool {
        match self {
            Counted::Exported | Counted::All => true,
            Counted::Listed(names) => is_listed(symbol, |name| names.contains(name)),
        }
    }

    /// The symbols of an object that it defines, if they can count.
    ///
    /// # Errors
    /// Damage, or a limit.
    pub(super) fn defined<'d>(&self, data: &'d [u8], limits: &Limits) -> Result<Vec<Defined<'d>>, Error> {
        match self {
            Counted::Exported => Ok(Vec::new()),
            Counted::All => Defined::all(data, Scope::Global, limits),
            Counted::Listed(_) => Defined::all(data, Scope::Any, limits),
        }
    }
}

/// Whether a list has a symbol: by its name, or without its version.
pub(crate) fn is_listed(symbol: &[u8], has: impl Fn(&str) -> bool) -> bool {
    let Ok(symbol) = str::from_utf8(symbol) else { return false };
    let base = symbol.split_once('@').map(|(base, _)| base).filter(|base| !base.is_empty());
    has(symbol) || base.is_some_and(has)
}

/// The name of the export that a symbol is.
fn exported(defined: &Defined<'_>) -> Vec<u8> {
    match defined.version {
        Some(version) => [defined.name, b"@", version].concat(),
        None => defined.name.to_vec(),
    }
}

/// What DWARF calls the exports of an object.
#[derive(Debug, Default)]
pub(super) struct DwarfNames {
    /// Where exports are that the object defines.
    places: BTreeMap<Vec<u8>, SymbolPlace>,
    /// The exports with a version, which DWARF never has.
    versioned: BTreeSet<Vec<u8>>,
    /// The exports that a name stands for, of names that stand for anything but themselves.
    stand_for: BTreeMap<Vec<u8>, Vec<Vec<u8>>>,
}

impl DwarfNames {
    /// Adds what an object defines to what it exports, as far as it counts.
    pub(super) fn add(counted: &Counted, defined: &[Defined<'_>], exports: &mut Vec<Export>) -> DwarfNames {
        exports.retain(|export| counted.has(&export.symbol));
        let known: BTreeSet<Vec<u8>> = exports.iter().map(|export| export.symbol.clone()).collect();
        let mut names = DwarfNames::default();
        for same in defined.chunk_by(|a, b| a.name == b.name) {
            for symbol in same {
                let export = exported(symbol);
                if !counted.has(&export) {
                    continue;
                }
                names.places.insert(export.clone(), symbol.place);
                if symbol.version.is_some() {
                    names.versioned.insert(export.clone());
                    if symbol.is_default || same.len() == 1 {
                        names.stand_for.entry(symbol.name.to_vec()).or_default().push(export.clone());
                    }
                }
                if !known.contains(&export) {
                    exports.push(Export::named(&export));
                }
            }
        }
        for export in exports.iter().filter(|export| !names.versioned.contains(&export.symbol)) {
            if let Some(exports) = names.stand_for.get_mut(&export.symbol) {
                exports.push(export.symbol.clone());
            }
        }
        names
    }

    /// The names to describe: each stands for one export, or for several.
    pub(super) fn to_describe(&self, exports: &[Export]) -> BTreeSet<Vec<u8>> {
        let own = exports.iter().map(|export| &export.symbol).filter(|name| !self.versioned.contains(*name));
        own.chain(self.stand_for.keys()).cloned().collect()
    }

    /// The exports that a name stands for.
    pub(super) fn exports_of<'n>(&'n self, name: &'n [u8]) -> impl Iterator<Item = &'n [u8]> {
        let others = self.stand_for.get(name);
        let own = others.is_none().then_some(name);
        own.into_iter().chain(others.into_iter().flatten().map(Vec::as_slice))
    }

    /// The exports that no name describes which has a version, by place.
    pub(super) fn left(&self, versions: &BTreeMap<Vec<u8>, u32>) -> Left {
        let described: BTreeSet<&[u8]> = versions.keys().flat_map(|name| self.exports_of(name)).collect();
        let mut left = Left::default();
        for (export, place) in &self.places {
            if !described.contains(export.as_slice()) {
                left.by_place.entry(*place).or_default().push(export.clone());
            }
        }
        left
    }

    /// Lets the first name at each place that has a version stand for the exports there. The other names stand for nothing
    /// but exports.
    pub(super) fn settle(
        &mut self,
        left: &Left,
        names: &[(SymbolPlace, &[u8])],
        versions: &BTreeMap<Vec<u8>, u32>,
        helpers: BTreeSet<Vec<u8>>,
    ) {
        for same in names.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((place, name)) = same.iter().find(|(_, name)| versions.contains_key(*name)) else {
                continue;
            };
            let Some(exports) = left.by_place.get(place) else { continue };
            let own = (!helpers.contains(*name)).then(|| name.to_vec());
            let all = self.stand_for.entry(name.to_vec()).or_insert_with(|| own.into_iter().collect());
            all.extend(exports.iter().cloned());
        }
        for helper in helpers {
            self.stand_for.entry(helper).or_default();
        }
    }

    /// Whether a name was to be described from the beginning.
    pub(super) fn has(&self, name: &[u8]) -> bool {
        self.stand_for.contains_key(name)
            || (self.places.contains_key(name) && !self.versioned.contains(name))
    }

    /// Types as the exports have them, and not the names that stand for these.
    ///
    /// # Errors
    /// A limit.
    pub(super) fn name(
        &self,
        types: Types,
        shelf: &Arc<Shelf>,
        limits: &Limits,
        budget: &mut Budget,
    ) -> Result<Types, Error> {
        let Text::Shelved(text) = &types.text else { return Ok(types) };
        if self.stand_for.is_empty() {
            return Ok(types);
        }
        let mut renamed = Writer::new(shelf, limits);
        for line in text.lines() {
            let (name, string) = line.split_at(memchr::memchr(b' ', line).unwrap_or(line.len()));
            match self.stand_for.get(name) {
                None => renamed.put(line)?,
                Some(exports) => {
                    let string = string.get(1..).unwrap_or_default();
                    // All texts of an object are paid for together.
                    budget.charge_work((exports.len() as u64).saturating_mul(line.len() as u64 / 16 + 1))?;
                    budget.charge_memory(exports.len().saturating_mul(size_of::<u64>()))?;
                    exports.iter().try_for_each(|export| renamed.put_type(export, string))?;
                }
            }
        }
        Ok(Types { text: Text::Shelved(renamed.finish()), ..types })
    }
}

/// The exports of an object that are not described yet.
#[derive(Debug, Default)]
pub(super) struct Left {
    by_place: BTreeMap<SymbolPlace, Vec<Vec<u8>>>,
}

impl Left {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_place.is_empty()
    }

    /// Where they are, in order.
    pub(super) fn places(&self) -> Vec<SymbolPlace> {
        self.by_place.keys().copied().collect()
    }
}
