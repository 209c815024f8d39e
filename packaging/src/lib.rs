//! What a package has besides the program: a manual page and completions, made from the same definition as `--help`.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap_complete::Shell;
use clap_mangen::Man;

/// The shells that there are completions for.
pub const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Fish, Shell::Zsh];

/// Writes everything into a folder, and returns the files' paths.
///
/// # Errors
/// A file that cannot be written.
pub fn write(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut paths = Vec::new();
    let mut command = dwarfksyms::command();
    for shell in SHELLS {
        paths.push(clap_complete::generate_to(shell, &mut command, "gendwarfksyms", folder)?);
    }
    let page = folder.join("gendwarfksyms.1");
    let written = File::create(&page).and_then(|mut file| manual_page(&mut file));
    written.with_context(|| page.display().to_string())?;
    paths.push(page);
    Ok(paths)
}

fn manual_page(out: &mut dyn Write) -> std::io::Result<()> {
    let command = dwarfksyms::command();
    // What `--help` says below the options belongs to the description.
    let texts = [command.get_about(), command.get_after_help()];
    let texts: Vec<_> = texts.into_iter().flatten().map(ToString::to_string).collect();
    let command = command.long_about(texts.join("\n\n")).after_help(None::<&str>);
    Man::new(command).render(out)
}
