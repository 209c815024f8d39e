//! Writes the manual page and the shell completions of `gendwarfksyms` into a folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// Write the manual page and the shell completions of gendwarfksyms
#[derive(Parser)]
struct Args {
    /// The folder to write to
    folder: PathBuf,
}

fn main() -> Result<()> {
    for path in dwarfksyms_packaging::write(&Args::parse().folder)? {
        println!("{}", path.display());
    }
    Ok(())
}
