//! Versions without writing every text out (SPEC section 7).
//!
//! The expanded text of a symbol is long, and most of it stands in the text of many others: a type whose
//! closure has nothing in common with what a symbol has met so far is expanded completely, and the same way each
//! time. The CRC of that complete expansion is computed once and combined with what comes before it. So is that of an expansion
//! in which a few types are missing, since they were met before.

use alloc::vec::Vec;

use crate::atomic::Finding;
use crate::budget::Budget;
use crate::crc::{Crc, Digest};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limit;

use super::closure::{Closures, TypeSet, TypeSetMut};
use super::map::TypeMap;
use super::names::TypeId;
use super::remainder::{Common, Remainders};
use super::string::{Cursor, TypeString};

/// What is found out about the types of a map while versions are computed. Threads can share it: whoever finds
/// something out first, it is the same.
#[derive(Debug)]
pub struct Expansions<'m> {
    map: &'m TypeMap,
    /// `None` if they would take too much room: then every text is hashed from end to end.
    closures: Option<Closures>,
    /// By type: the packed digest of its complete expansion, where it was needed.
    complete: Vec<Finding>,
    remainders: Remainders,
}

/// Computes the versions of strings over one type map.
#[derive(Debug)]
pub struct Versioner<'e, 'm> {
    expansions: &'e Expansions<'m>,
    /// What the symbol at hand has met, and the type whose complete expansion is computed.
    met: TypeSetMut,
    met_by_type: TypeSetMut,
    /// The room for their frames, empty between them.
    frames: Vec<Cursor<'m>>,
    frames_of_type: Vec<Cursor<'m>>,
}

impl<'m> Expansions<'m> {
    /// Begins with what the map's types reach.
    ///
    /// # Errors
    /// A limit.
    pub fn new(map: &'m TypeMap, budget: &mut Budget) -> Result<Expansions<'m>> {
        let closures = Closures::new(map, budget)?;
        let mut complete = Vec::new();
        budget.reserve(&mut complete, map.len())?;
        complete.resize_with(map.len(), Finding::default);
        let remainders = Remainders::new(map.len(), budget)?;
        Ok(Expansions { map, closures, complete, remainders })
    }

    /// What a type reaches, if that is known and complete.
    fn reached(&self, name: TypeId) -> Option<TypeSet<'_>> {
        self.closures.as_ref()?.get(name)
    }

    /// The complete expansion of a type, if it was needed before.
    fn complete(&self, name: TypeId) -> Option<Digest> {
        self.complete.get(name.index())?.get().and_then(Digest::unpack)
    }

    fn set_complete(&self, name: TypeId, digest: Digest) {
        if let Some(complete) = self.complete.get(name.index()) {
            complete.set(digest.pack());
        }
    }
}

impl<'e, 'm> Versioner<'e, 'm> {
    /// Makes room for what symbols meet.
    ///
    /// # Errors
    /// A limit.
    pub fn new(expansions: &'e Expansions<'m>, budget: &mut Budget) -> Result<Versioner<'e, 'm>> {
        let types = expansions.map.len();
        let (met, met_by_type) = (TypeSetMut::new(types, budget)?, TypeSetMut::new(types, budget)?);
        Ok(Versioner { expansions, met, met_by_type, frames: Vec::new(), frames_of_type: Vec::new() })
    }

    /// The version of a symbol with this string, and the length of its text.
    ///
    /// # Errors
    /// A reference to a type that the map has no string for, or a limit.
    pub fn version(&mut self, string: &'m TypeString, budget: &mut Budget) -> Result<(u32, u64)> {
        let map = self.expansions.map;
        self.met.clear(budget)?;
        let mut crc = Crc::of_whole();
        let mut frames = core::mem::take(&mut self.frames);
        budget.push(&mut frames, string.cursor())?;
        while let Some(name) = expand(map, &mut frames, &mut self.met, &mut crc, budget)? {
            if self.append_known(name, &mut crc, budget)? {
                continue;
            }
            self.met.insert(name);
            enter(map, name, &mut frames, budget)?;
        }
        self.frames = frames;
        let length = crc.length();
        Ok((crc.finish(), length))
    }

    /// Appends the expansion of a type that is met for the first time, if no more than a few types are missing in it.
    fn append_known(&mut self, name: TypeId, crc: &mut Crc, budget: &mut Budget) -> Result<bool> {
        let Some(reached) = self.expansions.reached(name) else { return Ok(false) };
        let Some(common) = self.met.common(reached, budget)? else { return Ok(false) };
        let expansions = self.expansions;
        let known = match common.is_empty() {
            true => expansions.complete(name),
            false => expansions.remainders.get(name, &common, budget)?,
        };
        let digest = match known {
            Some(digest) => digest,
            None => {
                let digest = self.expand_apart(name, &common, budget)?;
                match common.is_empty() {
                    true => expansions.set_complete(name, digest),
                    false => expansions.remainders.set(name, &common, digest),
                }
                digest
            }
        };
        self.met.insert_all(reached, budget)?;
        crc.append(digest);
        Ok(true)
    }

    /// Expands a type where these were met before.
    fn expand_apart(&mut self, name: TypeId, common: &Common, budget: &mut Budget) -> Result<Digest> {
        let map = self.expansions.map;
        self.met_by_type.clear(budget)?;
        for id in common.types().chain([name]) {
            self.met_by_type.insert(id);
        }
        let mut crc = Crc::of_part();
        let mut frames = core::mem::take(&mut self.frames_of_type);
        enter(map, name, &mut frames, budget)?;
        while let Some(name) = expand(map, &mut frames, &mut self.met_by_type, &mut crc, budget)? {
            if let (Some(digest), Some(reached)) =
                (self.expansions.complete(name), self.expansions.reached(name))
                && self.met_by_type.is_disjoint(reached, budget)?
            {
                self.met_by_type.insert_all(reached, budget)?;
                crc.append(digest);
                continue;
            }
            self.met_by_type.insert(name);
            enter(map, name, &mut frames, budget)?;
        }
        self.frames_of_type = frames;
        Ok(crc.digest())
    }
}

/// Hashes text up to the next type that is met for the first time; `None` at the end.
fn expand<'m>(
    map: &'m TypeMap,
    frames: &mut Vec<Cursor<'m>>,
    met: &mut TypeSetMut,
    crc: &mut Crc,
    budget: &mut Budget,
) -> Result<Option<TypeId>> {
    while let Some(cursor) = frames.last_mut() {
        let run = cursor.advance(|name| !met.contains(name));
        budget.charge_work(u64::try_from(run.passed).unwrap_or(u64::MAX))?;
        budget.charge_bytes(run.text.len())?;
        crc.update(run.text);
        let Some((name, text)) = run.stop else {
            frames.pop();
            continue;
        };
        if map.string(name).is_none() {
            return Err(Error::new(ErrorKind::UnknownTypeReference).about(text));
        }
        return Ok(Some(name));
    }
    Ok(None)
}

/// Goes on with the string of a type.
fn enter<'m>(
    map: &'m TypeMap,
    name: TypeId,
    frames: &mut Vec<Cursor<'m>>,
    budget: &mut Budget,
) -> Result<()> {
    budget.check(Limit::Depth, frames.len())?;
    let string = map.string(name).ok_or(ErrorKind::UnknownTypeReference)?;
    budget.push(frames, string.cursor())
}

#[cfg(test)]
mod tests {
    use super::super::expand::Expander;
    use super::super::string::TypeRef;
    use super::*;
    use crate::limits::Limits;

    /// A map of `types` types with references to one another, drawn from a seed.
    fn map(types: u32, mut seed: u64, budget: &mut Budget) -> TypeMap {
        let mut below = |end: u32| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as u32 % end
        };
        let mut map = TypeMap::default();
        for number in 0..types {
            let id = map.intern(alloc::format!("s#{number}").as_bytes(), budget).unwrap();
            let mut string = TypeString::default();
            for _ in 0..below(5) {
                string.text.extend(alloc::format!("{number} member ").bytes());
                let name = TypeId(below(types));
                let start = string.text.len() as u32;
                string.text.extend(alloc::format!("s#{}", name.0).bytes());
                string.refs.push(TypeRef { start, end: string.text.len() as u32, name });
            }
            string.text.push(b'}');
            map.set(id, string, budget).unwrap();
        }
        for number in 0..types {
            map.intern(alloc::format!("s#{number}").as_bytes(), budget).unwrap();
        }
        map
    }

    #[test]
    fn versions_are_those_of_the_texts() {
        for seed in 0..200 {
            let budget = &mut Budget::new(&Limits::default());
            let map = map(1 + seed % 90, seed.into(), budget);
            let expansions = Expansions::new(&map, budget).unwrap();
            let mut versioner = Versioner::new(&expansions, budget).unwrap();
            let mut expander = Expander::new(&map, budget).unwrap();
            for (_, string) in map.iter() {
                let mut text = Vec::new();
                expander
                    .expand(string, budget, |piece| {
                        text.extend_from_slice(piece);
                        Ok::<(), Error>(())
                    })
                    .unwrap();
                let expected = (crc32fast::hash(&text), text.len() as u64);
                assert_eq!(versioner.version(string, budget).unwrap(), expected, "{seed}");
            }
        }
    }
}
