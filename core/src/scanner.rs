//! Looks for exported symbols in the units of an object.

use crate::dwarf::{self, Candidate, Dismissed, Query, UnitCache, UnitIndex, UnitScan};
use crate::error::Result;
use crate::exports::Exports;
use crate::object::Object;
use crate::options::Scheme;

/// Scans units, in any order; threads can share it.
#[derive(Debug)]
pub struct Scanner<'o, 'd> {
    object: &'o Object<'d>,
    exports: &'o Exports,
    dismissed: Dismissed,
    /// The bytes of the above.
    kept: u64,
}

impl<'o, 'd> Scanner<'o, 'd> {
    pub(crate) fn new(object: &'o Object<'d>, exports: &'o Exports) -> Result<Scanner<'o, 'd>> {
        let budget = &mut object.budget();
        let dismissed = Dismissed::new(object.dwarf(), budget)?;
        let kept = budget.spent().memory;
        object.meter().spend(budget, kept)?;
        Ok(Scanner { object, exports, dismissed, kept })
    }

    /// Finds the exported symbols that a unit describes.
    ///
    /// # Errors
    /// A unit whose DIEs are in a file that was not attached; damage in what has to be read, or a limit.
    pub fn scan(&self, unit: UnitIndex) -> Result<UnitScan> {
        let Scanner { object, exports, dismissed, .. } = self;
        let budget = &mut object.budget();
        let options = object.options();
        let for_homes = matches!(options.scheme, Scheme::PerUnit { .. });
        let for_imports = options.scheme != Scheme::Reference;
        let query = Query { exports, dismissed, for_homes, for_imports };
        let units = &mut UnitCache::new(object.dwarf());
        let mut scan = dwarf::scan(units, unit, query, budget)?;
        if options.describes_types {
            for (export, offset) in units.load(unit, budget)?.listed_types(exports, budget)? {
                budget.push(&mut scan.candidates, Candidate::of_type(export, (unit, offset)))?;
            }
        }
        object.meter().spend(budget, scan.bytes())?;
        Ok(scan)
    }
}

impl Drop for Scanner<'_, '_> {
    fn drop(&mut self) {
        self.object.meter().release(self.kept);
    }
}
