//! What is wrong with the kABI rules and placeholders of an object's exports.
//!
//! The object is described without the conventions of a stable kABI and with them: what rules and placeholders do is
//! the difference. It is described once more with old names where they belong, which they are not always.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::{Error, Exports, Limits, Linkage, Object, Options, Versions};
use dwarfksyms_host::common::Common;
use dwarfksyms_host::companion::{self, Complete};
use dwarfksyms_host::explanation;
use dwarfksyms_host::input::{self, Input, Store};
use dwarfksyms_host::watch::Watch;
use dwarfksyms_symtypes::lint::{self, Descriptions, Finding, FindingKind};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

/// What is wrong with an object, or a member of an archive.
pub(crate) struct Linted {
    /// How messages call it.
    pub(crate) name: String,
    pub(crate) findings: Vec<Finding>,
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

/// Looks at the objects in a file.
///
/// # Errors
/// What cannot be read or described, an object without exports, a limit.
pub(crate) fn lint(path: &Path, common: &Common) -> Result<Vec<Linted>> {
    let mut all = Vec::new();
    let watch = Watch::new();
    input::objects(common, path, &watch, |input, store| {
        all.push(object(input, store, common).map_err(explanation::add_remedy)?);
        Ok(())
    })?;
    Ok(all)
}

fn object<'a>(input: &Input<'a>, store: &'a Store<'_>, common: &Common) -> Result<Linted> {
    let name = || input.name.clone();
    let linkage = Linkage::parse(input.data, &store.limits(common, 0)).with_context(name)?;
    let list: Vec<u8> = linkage.exports.iter().flat_map(|export| [export.name, b"\n"].concat()).collect();
    if list.is_empty() && !input.is_member {
        bail!("{}: nothing is exported there, so no rule can be about anything", input.name);
    }
    let options = Options { stable: true, ..Options::default() };
    let (_, plain) = described(input, store, common, &list, Options::default())?;
    let clean = Options { keeps_old_names: true, ..options };
    let (_, clean) = described(input, store, common, &list, clean)?;
    let (object, stable) = described(input, store, common, &list, options)?;
    let limits = Limits::for_input((plain.len() + clean.len() + stable.len()) as u64);
    let mut catalog = Catalog::new(&limits);
    let mut add = |side, text| {
        let file = catalog.add(side, &Lines::scan(text, &limits)?)?;
        if let Some(bytes) = input.pointer_size() {
            catalog.set_pointer_size(file, bytes);
        }
        Ok::<_, Error>(file)
    };
    let files = add(Side::Old, &plain).and_then(|plain| {
        let (stable, clean) = (add(Side::New, &stable)?, add(Side::New, &clean)?);
        Ok(Descriptions { plain, stable, clean })
    });
    let files = files.with_context(name)?;
    catalog.finish().with_context(name)?;
    let findings = lint::check(&object, &catalog, files, &limits).with_context(name)?;
    let used = object.used_rules().map(|(kind, target)| [kind.as_bytes(), b" ", target].concat()).collect();
    Ok(Linted { name: name(), findings, used })
}

/// An object, and its symtypes.
fn described<'a>(
    input: &Input<'a>,
    store: &'a Store<'_>,
    common: &Common,
    list: &[u8],
    options: Options,
) -> Result<(Object<'a>, Vec<u8>)> {
    let limits = || store.limits(common, list.len() as u64);
    let exports = Exports::parse(list, &limits()).with_context(|| input.name.clone())?;
    let versions = Versions::new(&exports, &limits())?;
    let Complete { image, companions, mut names } = companion::complete(common, false, input, store)?;
    let mut object = names.of(Object::new(image, companions, options, &limits()))?;
    object.carry_work(store.work());
    companion::attach_split(common, input, &mut object, &mut names, store)?;
    object.set_limits(&limits());
    let described = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()));
    let mut description = names.of(described)?;
    let mut text = Vec::new();
    for (name, string) in names.of(description.symtypes(&exports))? {
        [name, b" ", string, b"\n"].iter().for_each(|part| text.extend_from_slice(part));
    }
    store.set_work(description.work());
    Ok((object, text))
}
