//! The symbols that versions are asked of: from standard input, a record or the objects themselves.

use anyhow::{Context, Result};
use dwarfksyms_core::{ErrorKind, Exports, Limit, Linkage};
use dwarfksyms_host::phase::Phase;
use dwarfksyms_host::watch::Watch;
use dwarfksyms_host::{input, message};

use crate::args::Args;
use crate::record::Record;

/// The symbols that are asked for.
pub(crate) struct SymbolList {
    pub(crate) exports: Exports,
    /// The bytes of all names.
    pub(crate) size: u64,
}

impl SymbolList {
    /// The symbols on standard input, or if that has none, those of a record.
    pub(crate) fn read(args: &Args, record: Option<&Record<'_>>) -> Result<SymbolList> {
        let Some(record) = record else { return SymbolList::parse(args, &input::symbol_list(&args.common)?) };
        message::debug(args.debug, format_args!("{} versions are recorded", record.len()));
        let list = if input::is_terminal() { Vec::new() } else { input::symbol_list(&args.common)? };
        SymbolList::parse(args, &if list.is_empty() { record.list() } else { list })
    }

    fn parse(args: &Args, list: &[u8]) -> Result<SymbolList> {
        let size = list.len().try_into().unwrap_or(u64::MAX);
        Ok(SymbolList { exports: Exports::parse(list, &args.limits(size))?, size })
    }

    /// The symbols that the objects export.
    pub(crate) fn of_objects(args: &Args, watch: &Watch) -> Result<SymbolList> {
        let mut names: Vec<Vec<u8>> = Vec::new();
        let mut size: u64 = 0;
        watch.enter(Phase::Read, 0);
        // What is read now is read again, and counted then.
        let uncounted = Watch::new();
        for path in &args.objects {
            input::objects(&args.common, path, &uncounted, |input, store| {
                let limits = store.limits(&args.common, 0);
                let linkage = Linkage::parse(input.data, &limits).with_context(|| input.name.clone())?;
                let found = linkage.exports.iter().map(|export| export.name);
                let bytes: u64 = found.clone().map(|name| name.len() as u64 + 1).sum();
                if bytes > limits.memory {
                    let error = ErrorKind::Limit(Limit::Memory, limits.memory);
                    return Err(dwarfksyms_core::Error::from(error)).with_context(|| input.name.clone());
                }
                size = size.saturating_add(bytes);
                names.extend(found.map(<[u8]>::to_vec));
                Ok(())
            })?;
        }
        let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
        Ok(SymbolList { exports: Exports::of_objects(&names, &args.limits(size))?, size })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.exports.is_empty()
    }
}
