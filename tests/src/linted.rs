//! What `lint` finds in an object that is described here, within limits.

use dwarfksyms_core::{Error, Exports, Limits, Object, Options, Result, Versions};
use dwarfksyms_symtypes::lint::{self, Descriptions, Finding};
use dwarfksyms_symtypes::types::{Catalog, Lines, Side};

/// An object, and its symtypes.
///
/// # Errors
/// Damage, or a limit.
pub fn described<'d>(
    data: &'d [u8],
    symbols: &[u8],
    options: Options,
    limits: &Limits,
) -> Result<(Object<'d>, Vec<u8>)> {
    let exports = Exports::parse(symbols, limits)?;
    let versions = Versions::new(&exports, limits)?;
    let object = Object::parse(data, options, limits)?;
    let mut description = object.description_with(&exports, &versions, |_| Ok::<_, Error>(()))?;
    let lines = description.symtypes(&exports)?;
    let text = lines.flat_map(|(name, text)| [name, b" ", text, b"\n"].concat()).collect();
    Ok((object, text))
}

/// What is wrong with the rules and placeholders of an object.
///
/// # Errors
/// Damage, or a limit.
pub fn lint(data: &[u8], symbols: &[u8], limits: &Limits) -> Result<Vec<Finding>> {
    let options = Options::default().stable(true);
    let (_, plain) = described(data, symbols, Options::default(), limits)?;
    let (_, clean) = described(data, symbols, options.keeps_old_names(true), limits)?;
    let (object, stable) = described(data, symbols, options, limits)?;
    let mut catalog = Catalog::new(limits);
    let mut add = |side, text| catalog.add(side, &Lines::scan(text, limits)?);
    let files = Descriptions {
        plain: add(Side::Old, &plain)?,
        stable: add(Side::New, &stable)?,
        clean: add(Side::New, &clean)?,
    };
    catalog.finish()?;
    lint::check(&object, &catalog, files, limits)
}
