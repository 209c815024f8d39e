//! What is wrong with the kABI rules and placeholders of an object's exports.
//!
//! The object is described without the conventions of a stable kABI and with them: what rules and placeholders do is
//! the difference. It is described once more with old names where they belong, which they are not always.
//!
//! What was linked from several sources is looked at unit by unit, as versions are computed: two units may have types
//! of one name that are not the same.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Error, ErrorKind, Exports, Limit, Limits, Linkage, Object, Options, Scheme, Versions};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::companion;
use dwarfksyms_host::description::{self, Assembly, ObjectDescriber};
use dwarfksyms_host::explanation;
use dwarfksyms_host::input::{self, Input, Store};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_symtypes::lint::{self, Descriptions, Finding, FindingKind};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

use crate::builds::{Detail, Manner};

/// What is wrong with an object, or a member of an archive.
pub(crate) struct Linted {
    /// How messages call it.
    pub(crate) name: String,
    pub(crate) findings: Vec<Finding>,
    /// How it was described.
    pub(crate) manner: Manner,
    /// The rules that are about something, as findings call them.
    used: Vec<Vec<u8>>,
}

/// Drops findings that a rule is about nothing where it is about something in another object: it is in a header then.
pub(crate) fn drop_unused_elsewhere(all: &mut [Linted]) {
    let used: HashSet<Vec<u8>> = all.iter_mut().flat_map(|linted| std::mem::take(&mut linted.used)).collect();
    for linted in all {
        let is_elsewhere =
            |finding: &Finding| finding.kind == FindingKind::RuleUnused && used.contains(&finding.subject);
        linted.findings.retain(|finding| !is_elsewhere(finding));
    }
}

/// How objects are looked at.
#[derive(Clone, Copy)]
pub(crate) struct Linting<'a> {
    pub(crate) common: &'a Common,
    /// How they are described; none if each decides for itself.
    pub(crate) manner: Option<Manner>,
}

impl Linting<'_> {
    /// Looks at the objects in a file.
    ///
    /// # Errors
    /// What cannot be read or described, an object without exports, a limit.
    pub(crate) fn file(&self, path: &Path) -> Result<Vec<Linted>> {
        let mut all = Vec::new();
        let watch = Watch::new();
        input::objects(self.common, path, &watch, |input, store| {
            all.push(self.object(input, store).map_err(explanation::add_remedy)?);
            Ok(())
        })?;
        Ok(all)
    }

    fn object<'a>(&self, input: &Input<'a>, store: &'a Store<'_>) -> Result<Linted> {
        let name = || input.name.clone();
        let linkage = Linkage::parse(input.data, &store.limits(self.common, 0)).with_context(name)?;
        let list: Vec<u8> = linkage.exports.iter().flat_map(|export| [export.name, b"\n"].concat()).collect();
        if list.is_empty() && !input.is_member {
            bail!("{}: nothing is exported there, so no rule can be about anything", input.name);
        }
        let options = Options { stable: true, ..Options::default() };
        let clean = Options { keeps_old_names: true, ..options };
        let (_, manner, plain) = self.described(input, store, &list, Options::default())?;
        let (_, _, clean) = self.described(input, store, &list, clean)?;
        let (object, _, stable) = self.described(input, store, &list, options)?;
        let mut texts = plain.iter().zip(&stable).zip(&clean);
        let findings = match manner {
            Manner::PerUnit => {
                let units = texts.map(|((plain, stable), clean)| Texts { plain, stable, clean });
                of_units(&object, units, input.pointer_size())
            }
            _ => match texts.next() {
                Some(((plain, stable), clean)) => {
                    Texts { plain, stable, clean }.check(&object, input.pointer_size())
                }
                None => Ok(Vec::new()),
            },
        };
        let used =
            object.used_rules().map(|(kind, target)| [kind.as_bytes(), b" ", target].concat()).collect();
        Ok(Linted { name: name(), findings: findings.with_context(name)?, manner, used })
    }

    /// An object, how it was described, and its symtypes: those of each unit, or all in one text.
    fn described<'a>(
        &self,
        input: &Input<'a>,
        store: &'a Store<'_>,
        list: &[u8],
        options: Options,
    ) -> Result<(Object<'a>, Manner, Vec<Vec<u8>>)> {
        let common = self.common;
        let list_size = list.len() as u64;
        let limits = store.limits(common, list_size);
        let exports = Exports::parse(list, &limits).with_context(|| input.name.clone())?;
        let versions = Versions::new(&exports, &limits)?;
        let watch = Watch::new();
        let describer = ObjectDescriber { common, exports: &exports, list_size, watch: &watch };
        let complete = companion::complete(common, false, input, store)?;
        let mut assembly = describer.assemble(input, store, complete, options)?;
        let manner = assembly.names.of(Manner::of(&assembly.object, self.manner))?;
        let scheme = manner.scheme(Detail::Types);
        assembly.object.set_scheme(scheme);
        let mut texts = Vec::new();
        let mut description = describer.describe(&assembly, &versions, store, 1, |batch| {
            if let Some(mut unit) = assembly.object.shown(batch) {
                texts.push(description::symtypes(&mut unit, &exports)?);
            }
            Ok(())
        })?;
        let Assembly { object, names } = assembly;
        if !matches!(scheme, Scheme::PerUnit { .. }) {
            texts.push(names.of(description::symtypes(&mut description, &exports))?);
        }
        store.set_work(description.work());
        Ok((object, manner, texts))
    }
}

/// The same types in three descriptions, as [`Descriptions`] has them.
#[derive(Clone, Copy)]
struct Texts<'t> {
    plain: &'t [u8],
    stable: &'t [u8],
    clean: &'t [u8],
}

impl Texts<'_> {
    /// What there is if no unit describes anything.
    const NOTHING: Texts<'static> = Texts { plain: b"", stable: b"", clean: b"" };

    fn limits(self) -> Limits {
        Limits::for_input((self.plain.len() + self.clean.len() + self.stable.len()) as u64)
    }

    fn check(self, object: &Object<'_>, pointer_size: Option<u64>) -> Result<Vec<Finding>, Error> {
        let limits = self.limits();
        let mut catalog = Catalog::new(&limits);
        let mut add = |side, text| {
            let file = catalog.add(side, &Lines::scan(text, &limits)?)?;
            if let Some(bytes) = pointer_size {
                catalog.set_pointer_size(file, bytes);
            }
            Ok::<_, Error>(file)
        };
        let plain = add(Side::Old, self.plain)?;
        let (stable, clean) = (add(Side::New, self.stable)?, add(Side::New, self.clean)?);
        catalog.finish()?;
        lint::check(object, &catalog, Descriptions { plain, stable, clean }, &limits)
    }
}

/// What is wrong with the types of any unit, and with the rules of all.
///
/// Most units have nothing that a rule is about. What is said of a rule where there are no types counts only if no
/// unit says more of it.
fn of_units<'t>(
    object: &Object<'_>,
    units: impl Iterator<Item = Texts<'t>>,
    pointer_size: Option<u64>,
) -> Result<Vec<Finding>, Error> {
    let place = |finding: &Finding| finding.place.map(|place| place.offset);
    let key = |finding: &Finding| (place(finding), finding.subject.clone(), finding.text.clone());
    let mut all = Texts::NOTHING.check(object, pointer_size)?;
    let nothing = all.len();
    let mut said: HashSet<_> = all.iter().map(key).collect();
    let limit = Texts::NOTHING.limits().work;
    let (mut work, rules) = (0_u64, object.rules().all().len() as u64);
    for unit in units.filter(|unit| !unit.plain.is_empty() || !unit.stable.is_empty()) {
        // Each unit is small enough for its own limit; all rules in all units need not be.
        work = work.saturating_add(rules);
        if work > limit {
            return Err(ErrorKind::Limit(Limit::Work, limit).into());
        }
        let findings = unit.check(object, pointer_size)?;
        all.extend(findings.into_iter().filter(|finding| said.insert(key(finding))));
    }
    let (of_nothing, of_units) = all.split_at(nothing);
    let more: HashSet<_> = of_units.iter().filter_map(place).collect();
    let is_all = |finding: &&Finding| place(finding).is_none_or(|place| !more.contains(&place));
    let mut all: Vec<Finding> = of_nothing.iter().filter(is_all).chain(of_units).cloned().collect();
    // Rules in the order of their section, then types, one unit after the other.
    all.sort_by_key(|finding| (finding.place.is_none(), place(finding)));
    Ok(all)
}
