//! Lines of symtypes, each kept once for all files of all builds that are read together.
//!
//! The types of a kernel are in hundreds of its files: a line of 400 bytes is read, or described, a thousand times. So a
//! file's text becomes a list of numbers as soon as it is there ([`Shelved`](super::text::Shelved)), and only lines that are new are copied.
//!
//! Several threads put lines here at the same time, each into the part that the line's hash selects. What number a line gets
//! depends on who comes first, so numbers serve to recognise lines and are put in no order.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dwarfksyms_core::budget::{Budget, Spendable};
use dwarfksyms_core::numbering::{Numbering, hash};
use dwarfksyms_core::{Error, ErrorKind, Limits};
use elsa::sync::FrozenVec;

/// A line, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LineId(u32);

/// Lines, each once.
pub(crate) struct Shelf {
    parts: [Part; PARTS],
}

/// How many bits of a number select the part: many more parts than threads, so that these seldom wait for each other.
const PART_BITS: u32 = 4;
const PARTS: usize = 1 << PART_BITS;

/// A part of the lines.
#[derive(Default)]
struct Part {
    lines: FrozenVec<Box<[u8]>>,
    numbers: Mutex<Numbers>,
}

#[derive(Default)]
struct Numbers {
    numbering: Numbering,
    /// The bytes that the part keeps: whoever takes the lines pays for all of them.
    kept: u64,
}

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf { parts: std::array::from_fn(|_| Part::default()) }
    }
}

impl Shelf {
    /// The number of a line, which is kept if it is new. Only the search is paid for here, see [`Shelf::spent`].
    ///
    /// # Errors
    /// A limit.
    pub(super) fn put(&self, line: &[u8], budget: &mut Budget) -> Result<LineId, Error> {
        let hash = hash(line);
        budget.charge_bytes(line.len())?;
        let part = usize::try_from(hash).unwrap_or(usize::MAX) % PARTS;
        let Part { lines, numbers } = &self.parts[part];
        let mut numbers = locked(numbers);
        let found = numbers.numbering.find(hash, budget, |number, budget| {
            budget.charge_bytes(line.len())?;
            Ok(lines.get(number as usize) == Some(line))
        })?;
        let number = match found {
            Some(number) => number,
            None => {
                let apart = &mut Budget::new(&Limits::for_input(u64::MAX));
                apart.charge_memory(line.len().saturating_add(OVERHEAD))?;
                lines.push(line.into());
                let number = numbers.numbering.add(hash, apart)?;
                numbers.kept = numbers.kept.saturating_add(apart.spent().memory);
                number
            }
        };
        let number = number.checked_mul(1 << PART_BITS).ok_or(ErrorKind::OutOfMemory)?;
        // There are not so many parts that the number of one would be cut.
        Ok(LineId(number | u32::try_from(part).unwrap_or(0)))
    }

    /// A line.
    pub(crate) fn line(&self, id: LineId) -> &[u8] {
        let (part, number) = id.place();
        self.parts[part].lines.get(number).unwrap_or_default()
    }

    /// What all lines have cost.
    pub(crate) fn spent(&self) -> Spendable {
        let spent = self.parts.iter().map(|part| locked(&part.numbers).kept);
        Spendable { memory: spent.fold(0, u64::saturating_add), ..Spendable::default() }
    }

    /// Room to note something about each line, when no more are put here.
    pub(crate) fn notes<T: Clone>(&self, nothing: T) -> Notes<T> {
        Notes { parts: self.parts.iter().map(|part| vec![nothing.clone(); part.lines.len()]).collect() }
    }
}

/// What a line takes besides its bytes: its place in the list, which grows by doubling, and the header of its block.
const OVERHEAD: usize = 64;

impl LineId {
    /// The part, and the number there.
    fn place(self) -> (usize, usize) {
        let number = self.0 as usize;
        (number % PARTS, number >> PART_BITS)
    }
}

/// Something about each line of a shelf.
#[derive(Debug)]
pub(crate) struct Notes<T> {
    parts: Vec<Vec<T>>,
}

impl<T> Notes<T> {
    /// What is noted of a line.
    pub(crate) fn of(&mut self, id: LineId) -> Option<&mut T> {
        let (part, number) = id.place();
        self.parts.get_mut(part)?.get_mut(number)
    }

    /// The bytes that the notes take.
    pub(crate) fn bytes(&self) -> usize {
        self.parts.iter().map(|part| size_of_val(part.as_slice())).sum()
    }
}

/// What is known of the lines of a shelf, each of which is looked at once.
pub(crate) struct Known<'b, T> {
    shelf: &'b Arc<Shelf>,
    notes: Notes<Option<T>>,
}

impl<'b, T: Copy> Known<'b, T> {
    /// What is known of a shelf among others. `pay` gets what a new one costs: its lines, and the notes.
    ///
    /// # Errors
    /// Those of `pay`.
    pub(crate) fn of<'k>(
        all: &'k mut Vec<Known<'b, T>>,
        shelf: &'b Arc<Shelf>,
        pay: impl FnOnce(Spendable) -> Result<(), Error>,
    ) -> Result<&'k mut Known<'b, T>, Error> {
        let known = all.iter().position(|known| Arc::ptr_eq(known.shelf, shelf));
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            let notes = shelf.notes(None);
            let memory = notes.bytes() as u64;
            pay(shelf.spent().and(Spendable { memory, ..Spendable::default() }))?;
            all.push(Known { shelf, notes });
        }
        Ok(&mut all[at])
    }

    /// What a line is; `learn` finds that out if nobody has.
    ///
    /// # Errors
    /// Those of `learn`.
    pub(crate) fn line(
        &mut self,
        id: LineId,
        learn: impl FnOnce(&'b [u8]) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self.notes.of(id) {
            Some(&mut Some(known)) => Ok(known),
            slot => {
                let learnt = learn(self.shelf.line(id))?;
                if let Some(slot) = slot {
                    *slot = Some(learnt);
                }
                Ok(learnt)
            }
        }
    }
}

/// What is behind a lock. Whoever panicked with it has changed nothing by halves.
fn locked(numbers: &Mutex<Numbers>) -> MutexGuard<'_, Numbers> {
    numbers.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count: usize = self.parts.iter().map(|part| part.lines.len()).sum();
        write!(f, "{count} lines")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_kept_once_whoever_puts_it_there() {
        let shelf = Shelf::default();
        let lines: Vec<String> = (0..500).map(|number| format!("s#a{number} x")).collect();
        let put = || -> Vec<LineId> {
            let budget = &mut Budget::new(&Limits::default());
            lines.iter().map(|line| shelf.put(line.as_bytes(), budget).unwrap()).collect()
        };
        let (one, other) = std::thread::scope(|scope| {
            let other = scope.spawn(put);
            (put(), other.join().unwrap())
        });
        assert_eq!(one, other);
        assert!(lines.iter().zip(&one).all(|(line, &id)| shelf.line(id) == line.as_bytes()));
        let bytes: usize = lines.iter().map(|line| line.len() + OVERHEAD).sum();
        let spent = shelf.spent().memory;
        // Of a line, its hash and its slot, with room for as many again.
        assert!((bytes as u64..(bytes + 500 * 48 + PARTS * 512) as u64).contains(&spent), "{spent}");
        let mut notes = shelf.notes(0);
        one.iter().for_each(|&id| *notes.of(id).unwrap() += 1);
        assert!(one.iter().all(|&id| notes.of(id) == Some(&mut 1)));
        assert_eq!(notes.bytes(), 500 * 4);
    }

    #[test]
    fn what_collides_is_paid_for() {
        // Lines in the same part whose search begins at the same of 64 slots.
        let lines = (0_u32..).map(|number| format!("{number:08}"));
        let collides = |line: &String| {
            let hash = hash(line.as_bytes());
            hash % PARTS as u64 == 3 && (hash >> 32) % 64 == 7
        };
        let budget = &mut Budget::new(&Limits::default());
        let shelf = Shelf::default();
        for line in lines.filter(collides).take(30) {
            shelf.put(line.as_bytes(), budget).unwrap();
        }
        // Each passes over all those before it.
        assert!(budget.spent().work >= 30 * 29 / 2);
    }
}
