//! Any text as the rules of a fixed object: what is found in them, with limits.

use dwarfksyms_core::{Error, Exports, Limit, Limits, Object, Options, Versions};
use dwarfksyms_symtypes::lint::{self, Descriptions};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};
use dwarfksyms_tests::model::{Encoding, Layout, Rule, RuleKind, encode};

use crate::allocation;
use crate::describe::LIMITS;
use crate::fixed::fixed_model;

/// A tight limit, and what may be asked for by each step of it, and for each byte of the object.
const WORK: u64 = 50_000;
const PER_STEP: u64 = 8;
const PER_BYTE: u64 = 128;

/// A rule in each line: its kind as a digit, its target up to the first tab, and its value.
pub fn lint(data: &[u8]) {
    const KINDS: [RuleKind; 5] = [
        RuleKind::DeclarationOnly,
        RuleKind::EnumeratorIgnore,
        RuleKind::EnumeratorValue,
        RuleKind::ByteSize,
        RuleKind::TypeString,
    ];
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut model = fixed_model();
    for line in text.replace('\0', "").lines() {
        let kind = line.chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(4) as usize;
        let rest = line.get(1..).unwrap_or_default();
        let (target, value) = rest.split_once('\t').unwrap_or(("record", rest));
        let (target, value) = (target.to_owned(), value.to_owned());
        model.rules.push(Rule { kind: KINDS[kind % KINDS.len()], target, value });
    }
    let layout = Layout::plain(&model);
    let object = encode(&model, &layout, &Encoding::PLAIN);
    let list = layout.symbol_list();
    // A rule that cannot be applied is an error, as it is for a version.
    let _ = look(&object, &list, &LIMITS);
    let tight = LIMITS.with(Limit::Memory, 256 << 10).with(Limit::Work, WORK);
    let size = (object.len() + list.len()) as u64;
    let most = size.saturating_mul(PER_BYTE).saturating_add(WORK.saturating_mul(PER_STEP));
    let _ = allocation::asking(most, || look(&object, &list, &tight));
}

fn look(data: &[u8], list: &[u8], limits: &Limits) -> Result<(), Error> {
    let options = Options::default().stable(true);
    let (_, plain) = described(data, list, limits, Options::default())?;
    let (_, clean) = described(data, list, limits, options.keeps_old_names(true))?;
    let (object, stable) = described(data, list, limits, options)?;
    let mut catalog = Catalog::new(limits);
    let mut add = |side, text| catalog.add(side, &Lines::scan(text, limits)?);
    let files = Descriptions {
        plain: add(Side::Old, &plain)?,
        stable: add(Side::New, &stable)?,
        clean: add(Side::New, &clean)?,
    };
    catalog.finish()?;
    allocation::within(limits.memory, || lint::check(&object, &catalog, files, limits)).map(drop)
}

/// An object, and its symtypes.
fn described<'d>(
    data: &'d [u8],
    list: &[u8],
    limits: &Limits,
    options: Options,
) -> Result<(Object<'d>, Vec<u8>), Error> {
    let exports = Exports::parse(list, limits)?;
    let versions = Versions::new(&exports, limits)?;
    let object = Object::parse(data, options, limits)?;
    let mut description = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()))?;
    let lines = description.symtypes(&exports)?;
    let text = lines.flat_map(|(name, text)| [name, b" ", text, b"\n"].concat()).collect();
    Ok((object, text))
}

#[cfg(test)]
#[test]
fn smoke() {
    crate::smoke::test("lint");
}
