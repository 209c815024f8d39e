//! Finding the exported symbols of a unit (SPEC section 3).
//!
//! The walk enters the root's children and any nesting of namespaces, classes and structures, and passes
//! over everything else. It depends on the unit alone, so units can be scanned in any order and in
//! parallel; which of several descriptions of a symbol counts is decided afterwards.

use alloc::vec::Vec;

use gimli::DwTag;

use crate::budget::{Budget, bytes_of};
use crate::error::{Error, ErrorKind, Result};
use crate::exports::{ExportId, Exports, SYMBOL_POINTER_PREFIX};
use crate::standard::DwarfTag;

use super::abbreviation::is_symbol;
use super::cache::UnitCache;
use super::die::{Die, Head};
use super::import::Import;
use super::place::{DieId, DieOffset, LineProgram, UnitIndex};
use super::scope::{Scopes, is_prefix};
use super::unit::{Unit, UnitKind};

/// What a unit says about an exported symbol.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evidence {
    /// A definition or declaration of a function: the DIE that supplies the parameters and the result.
    Function(DieId),
    /// A definition or declaration of a variable: the DIE that supplies the type.
    Variable(DieId),
    /// A type itself, which counts as a variable of that type: what no symbol leads to is described in this way.
    Type(DieId),
    /// A symbol pointer variable: the DIE of its pointer type.
    Pointer(DieId),
    /// A symbol pointer variable, at this DIE, that cannot serve.
    BadPointer(DieOffset, ErrorKind),
    /// A definition that describes nothing itself: its declaration, which stands in the same unit, does. It counts only
    /// where homes are looked for.
    Defined,
}

/// An exported symbol that a unit describes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) export: ExportId,
    pub(crate) evidence: Evidence,
    /// Whether it is only declared there.
    pub(crate) is_declaration: bool,
    /// What is said of it where homes are looked for.
    pub(crate) residence: Residence,
}

impl Candidate {
    /// A type that is asked for by its name.
    pub(crate) fn of_type(export: ExportId, id: DieId) -> Candidate {
        let residence = Residence { unit: id.0, has_address: true, is_merged: false, pointee: None };
        Candidate { export, evidence: Evidence::Type(id), is_declaration: false, residence }
    }
}

/// What says in which unit a symbol, or a symbol pointer, is at home.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Residence {
    /// The unit whose DIE describes it: another one than has been scanned if this is only an instance of that.
    pub(crate) unit: UnitIndex,
    /// Whether it is stated where in memory it is.
    pub(crate) has_address: bool,
    /// Whether it has no address, but is a definition: of code that was merged with other code.
    pub(crate) is_merged: bool,
    /// Of a symbol pointer, what it points to.
    pub(crate) pointee: Option<DwTag>,
}

/// What a unit has to offer.
#[derive(Debug)]
pub struct UnitScan {
    /// In DWARF order.
    pub(crate) candidates: Vec<Candidate>,
    /// The units that are imported, if that is asked for.
    pub(crate) imports: Vec<Import>,
    pub(crate) scopes: Scopes,
    /// Whether a reference can lead out of the unit.
    pub(crate) crosses_units: bool,
    pub(crate) kind: UnitKind,
    /// The unit's line program, which it may share with others.
    pub(crate) line_program: Option<LineProgram>,
    /// Whether functions need not have prototypes, if the unit states its language.
    pub(crate) is_c: Option<bool>,
}

impl UnitScan {
    /// The bytes that are kept.
    pub(crate) fn bytes(&self) -> u64 {
        let found = bytes_of(&self.candidates).saturating_add(bytes_of(&self.imports));
        found.saturating_add(self.scopes.bytes())
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query<'e> {
    pub(crate) exports: &'e Exports,
    /// Whether it is asked in which unit a symbol is at home.
    pub(crate) for_homes: bool,
    /// Whether it is asked what units import.
    pub(crate) for_imports: bool,
}

/// Scans one unit.
pub(crate) fn scan(
    units: &mut UnitCache<'_, '_>,
    index: UnitIndex,
    query: Query<'_>,
    budget: &mut Budget,
) -> Result<UnitScan> {
    let unit = units.load(index, budget)?;
    unit.refuse_split(budget)?;
    let is_c = unit.has_language().then(|| unit.is_c());
    let mut scan = UnitScan {
        candidates: Vec::new(),
        imports: Vec::new(),
        scopes: Scopes::default(),
        crosses_units: unit.abbreviations().crosses_units,
        kind: unit.kind(),
        is_c,
        line_program: unit.line_program(),
    };
    let mut at = unit.root();
    let walked = walk(units, index, query, &mut scan, &mut at, budget);
    walked.map_err(|error| error.at(units.place((index, at))))?;
    Ok(scan)
}

/// Walks over a unit's DIEs; `at` says how far it has come.
fn walk(
    units: &mut UnitCache<'_, '_>,
    index: UnitIndex,
    query: Query<'_>,
    scan: &mut UnitScan,
    at: &mut DieOffset,
    budget: &mut Budget,
) -> Result<()> {
    let unit = units.load(index, budget)?;
    let root = unit.head(unit.root())?.ok_or_else(|| {
        unit.error_at(Error::new(ErrorKind::Malformed("a unit without a root DIE")), unit.root())
    })?;
    *at = unit.skip(root, budget)?;
    if !root.abbreviation.has_children {
        return Ok(());
    }
    loop {
        let unit = units.load(index, budget)?;
        let Some(found) = next_symbol(unit, query, scan, at, budget)? else { break };
        if let Some(candidate) = candidate(units, index, found, query, budget)? {
            budget.push(&mut scan.candidates, candidate)?;
        }
    }
    scan.scopes.leave_all(*at);
    Ok(())
}

/// Walks to the next function or variable that may be an exported symbol, and past it.
fn next_symbol(
    unit: &Unit<'_, '_>,
    query: Query<'_>,
    scan: &mut UnitScan,
    at: &mut DieOffset,
    budget: &mut Budget,
) -> Result<Option<Symbol>> {
    let UnitScan { candidates, imports, scopes, .. } = scan;
    let mut die = Die::EMPTY;
    loop {
        *at = unit.pass_leaves(*at, |tag| scopes.child(tag), budget)?;
        if unit.is_end(*at) {
            return Ok(None);
        }
        let start = *at;
        let Some(head) = unit.head(start)? else {
            budget.charge_work(1)?;
            *at = unit.after_null(start)?;
            if !scopes.ends_at(*at) {
                let damage = ErrorKind::Malformed("children that do not end where their DIE says");
                return Err(unit.error_at(Error::new(damage), start));
            }
            if !scopes.leave(*at) {
                return Ok(None);
            }
            continue;
        };
        let (tag, has_children) = (head.abbreviation.tag, head.abbreviation.has_children);
        scopes.child(tag);
        if is_symbol(tag) {
            unit.identify(head, &mut die, budget)?;
            *at = unit.after(&die, budget)?;
            if has_children {
                scopes.pass(start, *at, budget)?;
            }
            if may_be_wanted(unit, head, &mut die, query, budget)? {
                return Ok(Some(Symbol { die, has_address: head.abbreviation.has_address }));
            }
        } else if tag == gimli::DW_TAG_imported_unit && query.for_imports && !has_children {
            if let Some(imported) = unit.imported(head, budget)? {
                budget.push(imports, Import { unit: imported, position: candidates.len() })?;
            }
            *at = unit.skip(head, budget)?;
        } else if has_children && !is_prefix(tag) {
            *at = unit.pass(head, budget)?;
            scopes.pass(start, *at, budget)?;
        } else {
            let (end, sibling) = unit.skim(head, budget)?;
            *at = end;
            if has_children {
                scopes.enter(start, true, budget)?;
                scopes.set_sibling(sibling);
            }
        }
    }
}

/// Whether a function or variable may be a symbol that is asked for. If its declaration has the name, all of it is read.
#[inline]
fn may_be_wanted(
    unit: &Unit<'_, '_>,
    head: Head<'_>,
    die: &mut Die,
    query: Query<'_>,
    budget: &mut Budget,
) -> Result<bool> {
    // Without a name of its own, or with one that is not asked for, its origin may still have one.
    if die.origin.is_some() || find(query.exports, symbol_name(unit, die, budget)?, budget)?.is_some() {
        return Ok(true);
    }
    // What completes a declaration has the name there.
    let has_no_name = die.name.is_none() && die.linkage_name.is_none();
    if !(query.for_homes && head.abbreviation.has_address && has_no_name) {
        return Ok(false);
    }
    unit.read(head, die, budget)?;
    Ok(die.specification.is_some())
}

/// A function or variable that may be an exported symbol.
struct Symbol {
    die: Die,
    has_address: bool,
}

/// What a function or variable says about an exported symbol.
fn candidate(
    units: &mut UnitCache<'_, '_>,
    index: UnitIndex,
    symbol: Symbol,
    query: Query<'_>,
    budget: &mut Budget,
) -> Result<Option<Candidate>> {
    let Query { exports, .. } = query;
    let Symbol { die, has_address } = &symbol;
    let unit = units.load(index, budget)?;
    if die.origin.is_none() && die.specification.is_some() {
        return completion(units, index, die, exports, budget);
    }
    let mut name = symbol_name(unit, die, budget)?;
    let mut export = find(exports, name, budget)?;
    let mut described = (index, die.offset);
    if let Some(origin) = die.origin {
        // Damage is our business only if this may be a symbol that is asked for.
        match unit.resolve(origin) {
            Ok(target) => described = target,
            Err(error) if export.is_some() || name.is_none() => {
                return Err(unit.error_at(error, die.offset));
            }
            Err(_) => return Ok(None),
        }
        if export.is_none() {
            let unit = units.load(described.0, budget)?;
            let origin = unit.die_at(described.1, budget)?;
            name = symbol_name(unit, &origin, budget)?;
            export = find(exports, name, budget)?;
            if export.is_none() && query.for_homes && *has_address && name.is_none() {
                return completion(units, described.0, &origin, exports, budget);
            }
        }
    }
    let is_merged = query.for_homes
        && export.is_some()
        && !has_address
        && described == (index, die.offset)
        && units.load(index, budget)?.defines(die.offset, budget)?;
    let residence = Residence { unit: described.0, has_address: *has_address, is_merged, pointee: None };
    let is_declaration = die.declaration;
    match export {
        None => Ok(None),
        Some(Target::Symbol(export)) => {
            let evidence = match die.tag {
                gimli::DW_TAG_subprogram => Evidence::Function(described),
                _ => Evidence::Variable(described),
            };
            Ok(Some(Candidate { export, evidence, is_declaration, residence }))
        }
        Some(Target::Pointer(export)) => {
            let variable = units.load(described.0, budget)?.die_at(described.1, budget)?;
            let evidence = pointer(units, described.0, &variable, die.offset, budget)?;
            let pointee = if query.for_homes { pointee(units, evidence, budget)? } else { None };
            let residence = Residence { pointee, ..residence };
            Ok(Some(Candidate { export, evidence, is_declaration, residence }))
        }
    }
}

/// What a definition says whose declaration has the name.
fn completion(
    units: &mut UnitCache<'_, '_>,
    index: UnitIndex,
    die: &Die,
    exports: &Exports,
    budget: &mut Budget,
) -> Result<Option<Candidate>> {
    let unit = units.load(index, budget)?;
    let declaration = die.specification.and_then(|declaration| unit.resolve(declaration).ok());
    let Some((declaring, offset)) = declaration else { return Ok(None) };
    let unit = units.load(declaring, budget)?;
    let declaration = unit.die_at(offset, budget)?;
    match find(exports, symbol_name(unit, &declaration, budget)?, budget)? {
        Some(Target::Symbol(export)) => {
            let residence = Residence { unit: index, has_address: true, is_merged: false, pointee: None };
            // What was moved out of the unit still speaks for it.
            let evidence = match declaration.tag {
                _ if declaring == index => Evidence::Defined,
                gimli::DW_TAG_subprogram => Evidence::Function((declaring, offset)),
                gimli::DW_TAG_variable => Evidence::Variable((declaring, offset)),
                _ => return Ok(None),
            };
            Ok(Some(Candidate { export, evidence, is_declaration: false, residence }))
        }
        _ => Ok(None),
    }
}

/// The tag of what a symbol pointer points to.
fn pointee(units: &mut UnitCache<'_, '_>, evidence: Evidence, budget: &mut Budget) -> Result<Option<DwTag>> {
    let Evidence::Pointer(pointer) = evidence else { return Ok(None) };
    let unit = units.load(pointer.0, budget)?;
    let target = unit.die_at(pointer.1, budget)?.target.and_then(|target| unit.resolve(target).ok());
    let Some((unit, offset)) = target else { return Ok(None) };
    Ok(Some(units.load(unit, budget)?.die_at(offset, budget)?.tag))
}

/// What a name stands for.
enum Target {
    Symbol(ExportId),
    /// A symbol pointer variable for this symbol.
    Pointer(ExportId),
}

/// The exported symbol that a DIE of this name is about. Whatever has the prefix of a symbol pointer is
/// taken for one, even a function.
fn find(exports: &Exports, name: Option<&[u8]>, budget: &mut Budget) -> Result<Option<Target>> {
    let Some(name) = name else { return Ok(None) };
    let symbol = name.strip_prefix(SYMBOL_POINTER_PREFIX);
    let wanted = symbol.unwrap_or(name);
    if wanted.len() > exports.longest() {
        return Ok(None);
    }
    // It is hashed byte by byte.
    budget.charge_work(u64::try_from(wanted.len()).unwrap_or(u64::MAX))?;
    let found = if symbol.is_some() { Target::Pointer } else { Target::Symbol };
    Ok(exports.find(wanted).map(found))
}

/// A DIE's symbol name: its linkage name, else its name.
fn symbol_name<'d>(unit: &Unit<'_, 'd>, die: &Die, budget: &mut Budget) -> Result<Option<&'d [u8]>> {
    match die.linkage_name.or(die.name) {
        None => Ok(None),
        Some(text) => {
            let name = unit.text(text, budget).map_err(|error| unit.error_at(error, die.offset))?;
            Ok(Some(name))
        }
    }
}

/// What a symbol pointer variable points to; `at` is the variable's DIE in the unit that is scanned.
fn pointer(
    units: &mut UnitCache<'_, '_>,
    index: UnitIndex,
    die: &Die,
    at: DieOffset,
    budget: &mut Budget,
) -> Result<Evidence> {
    let unit = units.load(index, budget)?;
    let Some(target) = die.target else {
        return Ok(Evidence::BadPointer(at, ErrorKind::UntypedSymbolPointer));
    };
    let bad = |tag: DwTag| Evidence::BadPointer(at, ErrorKind::NotASymbolPointer(DwarfTag::new(tag)));
    let id = match unit.resolve(target) {
        Ok(id) => id,
        Err(error) => return Ok(Evidence::BadPointer(at, error.kind())),
    };
    let pointer = units.load(id.0, budget)?.die_at(id.1, budget)?;
    if pointer.tag != gimli::DW_TAG_pointer_type {
        return Ok(bad(pointer.tag));
    }
    match pointer.target {
        None => Ok(Evidence::BadPointer(at, ErrorKind::UntypedSymbolPointer)),
        Some(_) => Ok(Evidence::Pointer(id)),
    }
}
