//! The files of builds as the catalog has them. A line that several files have is looked at once.

use anyhow::{Context, Result};
use dwarfksyms_core::{Error, ErrorKind, Limits};
use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::types::{Catalog, FileId, Line, Lines, RecordId, Side};
use rayon::prelude::*;

use crate::builds::{Known, Shelved, TypesFiles};

/// Files that are put into a catalog.
pub(super) struct Filing<'b> {
    pub(super) catalog: Catalog<'b>,
    limits: Limits,
    /// What is known of the lines of each shelf: builds that were read together have the same.
    known: Vec<Known<'b, Option<RecordId>>>,
    records: Vec<RecordId>,
}

/// A file among those of a build.
type One<'f, 'b> = (&'f TypesFiles<'b>, usize);

impl<'b> Filing<'b> {
    pub(super) fn new(limits: &Limits) -> Filing<'b> {
        let catalog = Catalog::new(limits);
        Filing { catalog, limits: *limits, known: Vec::new(), records: Vec::new() }
    }

    /// Adds the files of a build.
    ///
    /// # Errors
    /// A line that is none, with the name of its file, or a limit.
    pub(super) fn add(
        &mut self,
        side: Side,
        files: &[One<'b, 'b>],
        pool: &rayon::ThreadPool,
    ) -> Result<Vec<FileId>> {
        // Those that are on a shelf are nearly ready, others have to be taken apart.
        let limits = &self.limits;
        let scan = |&(files, file): &One<'b, 'b>| match files.shelved() {
            Some(_) => Ok(Lines::default()),
            None => files.lines(file, limits),
        };
        let scanned: Vec<Result<Lines<'b>>> = pool.install(|| files.par_iter().map(scan).collect());
        let mut ids = Vec::new();
        for (lines, (of, file)) in scanned.into_iter().zip(files) {
            let name = || Escaped(of.name(*file)).to_string();
            let file = match of.shelved() {
                Some(text) => self.add_shelved(side, text, name)?,
                None => self.catalog.add(side, &lines.with_context(name)?)?,
            };
            if let Some(bytes) = of.pointer_size() {
                self.catalog.set_pointer_size(file, bytes);
            }
            ids.push(file);
        }
        Ok(ids)
    }

    fn add_shelved(&mut self, side: Side, text: &'b Shelved, name: impl Fn() -> String) -> Result<FileId> {
        let Filing { catalog, known, records, .. } = self;
        let known = Known::of(known, text.shelf(), |spent| catalog.spend(spent))?;
        catalog.spend(text.spent())?;
        records.clear();
        for (number, &id) in (1..).zip(text.ids()) {
            let record = known.line(id, |line| record(line, number, catalog));
            records.extend(record.with_context(&name)?);
        }
        Ok(catalog.add_records(side, records)?)
    }
}

/// The record that a line is; none for an empty one.
fn record<'b>(line: &'b [u8], number: u64, catalog: &mut Catalog<'b>) -> Result<Option<RecordId>, Error> {
    if line.is_empty() {
        return Ok(None);
    }
    let line = Line::parse(line).ok_or(ErrorKind::MalformedTypeLine(number))?;
    catalog.intern(&line).map(Some)
}
