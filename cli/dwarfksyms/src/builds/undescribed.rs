//! Exports of libraries for which no version can stand: there is something in their types that the format has no text for, such as
//! C++'s pointers to members. A kernel with one is not built; a library is compared without them.

use std::collections::{BTreeMap, BTreeSet};

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Error, ErrorKind, UNKNOWN};
use dwarfksyms_symtypes::types::references_in;

use super::text::Shelved;

/// Whether an error is about a type that cannot be described.
pub(super) fn is_reason(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<Error>().map(Error::kind);
    matches!(kind, Some(ErrorKind::UnexpectedType(_) | ErrorKind::UnexpectedChild(..)))
}

/// The names of the lines that have something unknown, or refer to one that has.
///
/// # Errors
/// A limit.
pub(super) fn unknown(text: &Shelved, budget: &mut Budget) -> Result<BTreeSet<Vec<u8>>, Error> {
    let lines: Vec<&[u8]> = text.lines().collect();
    budget.charge_memory(lines.len().saturating_mul(size_of::<[usize; 8]>()))?;
    let mut numbers: BTreeMap<&[u8], usize> = BTreeMap::new();
    for (number, line) in lines.iter().enumerate() {
        numbers.insert(name_of(line), number);
    }
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    let mut is_unknown = vec![false; lines.len()];
    let mut open = Vec::new();
    let finder = memchr::memmem::Finder::new(UNKNOWN);
    for (number, line) in lines.iter().enumerate() {
        let string = line.get(name_of(line).len()..).unwrap_or_default();
        budget.charge_work(string.len() as u64 / 4 + 1)?;
        if finder.find(string).is_some() {
            is_unknown[number] = true;
            open.push(number);
        }
        for (_, name) in references_in(string) {
            if let Some(users) = numbers.get(name).and_then(|&target| users.get_mut(target)) {
                budget.charge_memory(size_of::<usize>())?;
                users.push(number);
            }
        }
    }
    while let Some(number) = open.pop() {
        for &user in &users[number] {
            budget.charge_work(1)?;
            if !std::mem::replace(&mut is_unknown[user], true) {
                open.push(user);
            }
        }
    }
    let unknown = lines.iter().zip(&is_unknown).filter(|(_, is_unknown)| **is_unknown);
    Ok(unknown.map(|(line, _)| name_of(line).to_vec()).collect())
}

/// The name of a line, which has blanks only where it is quoted.
pub(super) fn name_of(line: &[u8]) -> &[u8] {
    match references_in(line).next() {
        Some((0, name)) => name,
        _ => line.split(|&byte| byte == b' ').next().unwrap_or_default(),
    }
}
