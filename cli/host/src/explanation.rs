//! What is printed with an error besides what is wrong and where: the symbol that it is about, and what helps.

use std::path::PathBuf;

use anyhow::{Error, anyhow};
use dwarfksyms_core::{ErrorKind, ExportId, Exports, Limits, Object, Versions};

use crate::message::{self, Escaped};

/// Names the symbol that an error in an object's description is about, between the file and the place.
///
/// The object is described again for ever fewer symbols. All these runs together have the work that one may do; if
/// that is not enough, no symbol is named.
pub fn name_symbol(
    error: Error,
    object: &Object<'_>,
    exports: &Exports,
    known: &Versions,
    limits: &Limits,
) -> Error {
    let Some(cause) = error.downcast_ref::<dwarfksyms_core::Error>() else { return error };
    let ids: Vec<_> = exports.iter().map(|(id, _)| id).filter(|&id| known.get(id).is_none()).collect();
    // One without symbols, one for each time that the list is halved, and one for the last symbol.
    let runs = u64::from(ids.len().max(1).ilog2()) + 3;
    object.carry_work(limits.work - limits.work / runs);
    let fails = |ids: &[ExportId]| {
        let list = ids.iter().map(|&id| exports.name(id)).collect::<Vec<_>>().join(&b'\n');
        let Ok(exports) = Exports::parse(&list, limits) else { return false };
        let Ok(versions) = Versions::new(&exports, limits) else { return false };
        let described = object.description_with(&exports, &versions, |_| Ok::<_, dwarfksyms_core::Error>(()));
        described.is_err_and(|error| error == *cause)
    };
    match culprit(&ids, fails) {
        Some(id) => {
            let symbol = format!("symbol {}", Escaped(exports.name(id)));
            Error::new(cause.clone()).context(symbol).context(error.to_string())
        }
        None => error,
    }
}

/// One of the things that make something fail, if it does not fail without any.
fn culprit<T: Copy>(things: &[T], fails: impl Fn(&[T]) -> bool) -> Option<T> {
    if fails(&[]) {
        return None;
    }
    let mut rest = things;
    while rest.len() > 1 {
        let (first, second) = rest.split_at(rest.len() / 2);
        rest = if fails(first) { first } else { second };
    }
    rest.first().copied().filter(|_| fails(rest))
}

/// Adds what helps, if anything is known to.
pub fn add_remedy(error: Error) -> Error {
    let kind = error.downcast_ref::<dwarfksyms_core::Error>().map(dwarfksyms_core::Error::kind);
    match kind.and_then(remedy) {
        Some(remedy) => anyhow!("{}; {remedy}", message::text(&error)),
        None => error,
    }
}

fn remedy(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Elf(_)
        | ErrorKind::Symbol(..)
        | ErrorKind::Dwarf(_)
        | ErrorKind::Malformed(_)
        | ErrorKind::RelocationSymbol(_)
        | ErrorKind::RelocationOverflow(_)
        | ErrorKind::NotAReference(_)
        | ErrorKind::UnknownSignature(_)
        | ErrorKind::DanglingReference(_)
        | ErrorKind::StringOffset(_)
        | ErrorKind::StringIndex(_)
        | ErrorKind::FileIndex(_) => Some("the file is damaged: remove it and build it again"),
        ErrorKind::NewDwarf(_) => Some("compile with -gdwarf-5"),
        ErrorKind::UnexpectedType(_) | ErrorKind::UnexpectedChild(..) | ErrorKind::NamelessCycle => {
            Some("no version can stand for this type: hide it from the symbol, or do not export the symbol")
        }
        _ => None,
    }
}

/// Says that a symbol gets no version.
pub fn no_information(symbol: &[u8], objects: &[PathBuf]) -> String {
    let paths: Vec<_> = objects.iter().map(|object| message::path(object)).collect();
    // Kbuild compiles such an object for the symbols that are defined in assembly.
    let is_assembly = paths.iter().any(|path| path.ends_with(".gendwarfksyms.o"));
    let remedy = if is_assembly { "; declare it in asm/asm-prototypes.h" } else { "" };
    format!("{}: no information for symbol {}{remedy}", paths.join(", "), Escaped(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_object_symbol_and_remedy() {
        let warning = |object: &str| no_information(b"f\x1b", &[PathBuf::from(object)]);
        assert_eq!(warning("lib/f.o"), "lib/f.o: no information for symbol f\\u{1b}");
        assert_eq!(
            warning("lib/f.gendwarfksyms.o"),
            "lib/f.gendwarfksyms.o: no information for symbol f\\u{1b}; declare it in asm/asm-prototypes.h"
        );
    }

    #[test]
    fn the_culprit_is_found_if_there_is_one() {
        let things: Vec<u32> = (0..100).collect();
        for guilty in [0, 1, 49, 50, 98, 99] {
            assert_eq!(culprit(&things, |some| some.contains(&guilty)), Some(guilty));
        }
        // Each of several is one; what fails together only is none, and so is what always fails.
        assert!(
            culprit(&things, |some| some.iter().any(|thing| thing % 7 == 3)).is_some_and(|it| it % 7 == 3)
        );
        assert_eq!(culprit(&things, |some| some.contains(&1) && some.contains(&99)), None);
        assert_eq!(culprit(&things, |_| true), None);
        assert_eq!(culprit(&things, |_| false), None);
        assert_eq!(culprit(&[], |some: &[u32]| !some.is_empty()), None);
    }
}
