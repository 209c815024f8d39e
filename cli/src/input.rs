//! What is read: the symbol list and the objects.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::message;

/// The whole of standard input.
pub(crate) fn symbol_list() -> Result<Vec<u8>> {
    let mut list = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut list)
        .context("the symbol list cannot be read from standard input")?;
    Ok(list)
}

/// The bytes of an object.
///
/// The file is read, not mapped: one that is truncated meanwhile must not bring the process down.
pub(crate) fn object(path: &Path) -> Result<Vec<u8>> {
    let name = || message::path(path);
    let metadata = fs::metadata(path).with_context(name)?;
    if metadata.is_dir() {
        bail!("{}: is a directory", name());
    }
    fs::read(path).with_context(name)
}
