//! Writes the licence texts and the bill of materials of the programs into a folder.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;
use dwarfksyms_packaging::{linked, notices, sbom};

/// Write the licence texts (NOTICES) and the bill of materials (sbom.cdx.json) of the programs
#[derive(Parser)]
struct Args {
    /// What the programs are compiled for, such as x86_64-unknown-linux-gnu
    #[arg(long)]
    target: String,
    /// The folder to write to
    folder: PathBuf,
}

fn main() -> Result<()> {
    let Args { target, folder } = Args::parse();
    let crates = linked::crates(&target)?;
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let files =
        [("NOTICES", notices::notices(&crates, &target)?), ("sbom.cdx.json", sbom::bill(&crates, &target)?)];
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        println!("{}", path.display());
    }
    Ok(())
}
