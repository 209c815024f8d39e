//! What a package has besides the programs: manual pages and completions, made from the same definition as `--help`; the
//! licence texts of all crates, and a list of these for machines.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use dwarfksyms_host::common::limits_help;

pub mod linked;
pub mod notices;
pub mod sbom;

/// The shells that there are completions for.
pub const SHELLS: [Shell; 3] = [Shell::Bash, Shell::Fish, Shell::Zsh];

/// Writes everything into a folder, and returns the files' paths.
///
/// # Errors
/// A file that cannot be written.
pub fn write(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut paths = Vec::new();
    for mut command in [gendwarfksyms::command(), dwarfksyms::command()] {
        let name = command.get_name().to_owned();
        for shell in SHELLS {
            paths.push(clap_complete::generate_to(shell, &mut command, &name, folder)?);
        }
        command.build();
        // A subcommand has a page of its own, as those of git have.
        let subcommands = command.get_subcommands().filter(|command| command.get_name() != "help");
        let pages = subcommands.map(|subcommand| {
            let page = format!("{name}-{}", subcommand.get_name());
            let called = subcommand.get_bin_name().unwrap_or(&page).to_owned();
            subcommand.clone().display_name(page).bin_name(called)
        });
        for command in pages.chain([command.clone()]) {
            let name = command.get_display_name().unwrap_or(command.get_name());
            let page = folder.join(format!("{name}.1"));
            let written = File::create(&page).and_then(|mut file| manual_page(command, &mut file));
            written.with_context(|| page.display().to_string())?;
            paths.push(page);
        }
    }
    Ok(paths)
}

fn manual_page(command: Command, out: &mut dyn Write) -> std::io::Result<()> {
    // What `--help` says below the options belongs to the description.
    let texts = [command.get_about(), command.get_after_help()];
    let texts: Vec<_> = texts.into_iter().flatten().map(ToString::to_string).collect();
    let command = command.long_about(texts.join("\n\n")).after_help(None::<&str>);
    // A page has room for what `--limit help` says.
    let has_limits = command.get_arguments().any(|argument| argument.get_id() == "limits");
    let command = match has_limits {
        true => command.mut_arg("limits", |argument| argument.long_help(limits_help())),
        false => command,
    };
    Man::new(command).render(out)
}
