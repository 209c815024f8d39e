//! What `gimli` has decoded, with errors of this crate: its own are no part of what this crate promises.

use crate::error::{Error, ErrorKind, Result};
use crate::standard::DwarfError;

/// A result of `gimli`.
pub(super) trait Decoded<T> {
    /// The same with an error of this crate.
    fn decoded(self) -> Result<T>;
}

impl<T> Decoded<T> for gimli::Result<T> {
    #[inline(always)]
    fn decoded(self) -> Result<T> {
        match self {
            Ok(value) => Ok(value),
            Err(error) => Err(undecodable(error)),
        }
    }
}

/// Why something cannot be decoded.
#[cold]
pub(super) fn undecodable(error: gimli::Error) -> Error {
    Error::new(ErrorKind::Dwarf(DwarfError::new(error)))
}
