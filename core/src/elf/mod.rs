//! Object bytes to ELF view: the sections that versions are computed from, borrowed from the file.
//!
//! This is the only place that names `object`. What `object` returns is taken as unvalidated: every count
//! and offset is checked against the bytes that are there.

mod aliases;
mod image;
mod relocation;
mod symbols;

pub(crate) use self::aliases::Aliases;
pub(crate) use self::image::{Image, Section};
