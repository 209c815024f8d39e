//! What fuzz bodies need; no promise is made about it.

use std::path::Path;

use dwarfksyms_core::{Compression, Limit, Limits, Options, Packed, SectionId};

use crate::args::Common;
use crate::build::{Build, Detail, Reading};
use crate::contents::Contents;
use crate::progress::Steps;
use crate::record::Record;
use crate::unpack::{self, Room};

/// Unpacks a file that is compressed as a whole.
pub fn unpack_file(data: &[u8], left: u64) -> Option<Vec<u8>> {
    unpack::file(data, Room { left, limit: left }).ok()
}

/// Unpacks a section whose header says that it has `size` bytes.
pub fn unpack_section(compression: Compression, data: &[u8], size: u64, left: u64) -> Option<Vec<u8>> {
    let packed = Packed { section: SectionId::Info, compression, data, size };
    unpack::section(&packed, Room { left, limit: left }).ok()
}

/// Reads recorded versions: names and numbers, by name.
pub fn record<'b>(data: &'b [u8], limits: &Limits) -> Option<Vec<(&'b [u8], u32)>> {
    let record = Record::parse(data, limits).ok()?;
    let entries: Vec<_> = record.iter().collect();
    assert!(entries.iter().all(|&(name, version)| record.get(name) == Some(version)));
    Some(entries)
}

/// What a file says of a build, in the order in which it is kept.
pub struct Facts {
    /// Symbols that are exported.
    pub exports: Vec<Export>,
    /// Symbols that are wanted.
    pub wanted: Vec<Vec<u8>>,
    /// Symtypes text.
    pub types: Vec<Vec<u8>>,
}

/// An exported symbol.
pub struct Export {
    /// Its name.
    pub symbol: Vec<u8>,
    /// Its version.
    pub version: Option<u32>,
    /// The module that exports it.
    pub module: Option<Vec<u8>>,
    /// Its namespace.
    pub namespace: Option<Vec<u8>>,
}

/// Reads a file as a build, types and all, by itself.
pub fn build(data: Vec<u8>, limits: &Limits) -> Option<Facts> {
    let limits = Limit::ALL.iter().map(|&limit| (limit, limits.get(limit))).collect();
    let (companion_roots, jobs) = (Vec::new(), None);
    let common = Common { companion_roots, no_companions: true, no_sandbox: true, jobs, limits };
    let reading = Reading {
        common: &common,
        detail: Detail::Types,
        options: Options::default(),
        is_recomputed: false,
        is_alone: true,
        steps: &Steps::default(),
    };
    let build = Build::of(Path::new("input"), Contents::Read(data), &reading).ok()?;
    let export = |export: crate::build::Export| Export {
        symbol: export.symbol,
        version: export.version,
        module: export.module,
        namespace: export.namespace,
    };
    Some(Facts {
        exports: build.exports.into_iter().map(export).collect(),
        wanted: build.wanted.into_iter().map(|wanted| wanted.symbol).collect(),
        types: build.types.into_iter().map(|types| types.text.to_vec()).collect(),
    })
}
