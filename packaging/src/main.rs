//! Writes the manual pages and the shell completions of the programs into a folder.

use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;

/// Write the manual pages and the shell completions of the programs
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
