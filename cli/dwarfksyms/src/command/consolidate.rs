//! `dwarfksyms consolidate`: the symtypes of a whole build in one text.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use dwarfksyms_core::Error;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::new_file::NewFile;
use dwarfksyms_host::places::{Output, Stream};
use dwarfksyms_host::{Outcome, output};
use dwarfksyms_symtypes::types::{Consolidator, LineId};

use super::{Counting, CountingOptions, Shared, inputs, shown};
use crate::builds::{Build, Detail, Known, Shelved};

const AFTER_HELP: &str = "\
The text has each type once, as far as it is the same everywhere: 29 MB of symtypes become 4 MB, and a change shows as \
a few lines in version control. 'dwarfksyms split' restores the files, byte for byte. The format is that of \
suse-kabi-tools, whose 'ksymtypes' reads it; the input can also be consolidated symtypes of Oracle's kernels. For a \
module or kernel, each source has a section.

Examples:
  dwarfksyms consolidate build/ -o symtypes-7.3.4
  dwarfksyms consolidate vmlinux -o symtypes-7.3.4

Exit status: 0 if the text was written, 2 if anything went wrong.";

/// Write the symtypes of a whole build as one text for version control
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Folders with symtypes, objects, modules or kernels, or single files; paths in the text are below these
    #[arg(required = true, value_name = "BUILD")]
    builds: Vec<PathBuf>,

    /// Write the text to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let outputs: Vec<_> = args.output.iter().map(|path| Output { path, what: "text" }).collect();
    let lists = args.counting.sources();
    let mut output = inputs(&args.builds, lists).begin(&outputs, Stream::Shared)?.pop();
    let revisions = args.shared.confine(&args.builds, lists, output.iter().map(NewFile::written))?;
    let counting = args.counting.load()?;
    let builds = args.shared.read_counted(&args.builds, &revisions, &counting, Detail::Types, false)?;
    let text = consolidate(args, &counting, &builds)?;
    match &mut output {
        None => output::standard_output(&text)?,
        Some(file) => file.write_all(|out| out.write_all(&text))?,
    }
    output.map_or(Ok(()), NewFile::finish)?;
    Ok(Outcome::Done)
}

/// The text of all builds, by path.
fn consolidate(args: &Args, counting: &Counting, builds: &[Build]) -> Result<Vec<u8>> {
    let size: usize = builds.iter().flat_map(|build| &build.types).map(|types| types.text.len()).sum();
    let limits = args.shared.common.limits(size as u64);
    let mut files: Vec<(Vec<u8>, Source<'_>)> = Vec::new();
    for (build, path) in builds.iter().zip(&args.builds) {
        if build.types.is_empty() {
            counting.check(build, path)?;
            bail!("{}: there are no types in it", shown(path));
        }
        if build.is_of_btf() {
            bail!(
                "{}: its types are from BTF, which does not determine versions: symtypes are made from DWARF",
                shown(path)
            );
        }
        for types in &build.types {
            let name = || format!("{}: {}", shown(path), Escaped(&types.name));
            let all = types.files(&limits).with_context(name)?;
            for file in 0..all.len() {
                let path = path_of(all.name(file), types.unit.is_some());
                let text = match all.shelved() {
                    Some(text) => Source::Shelved(text),
                    None => Source::Text(all.text(file, &limits).with_context(name)?),
                };
                files.push((path, text));
            }
        }
    }
    files.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut all = Consolidator::new(&limits);
    let mut known = Vec::new();
    for (path, text) in &files {
        let added = match text {
            Source::Text(text) => all.add(path, text),
            Source::Shelved(text) => add(&mut all, path, text, &mut known),
        };
        added.with_context(|| Escaped(path).to_string())?;
    }
    Ok(all.finish())
}

/// Adds a file, and reads those of its lines that no file before had.
fn add<'b>(
    all: &mut Consolidator<'b>,
    path: &'b [u8],
    text: &'b Shelved,
    known: &mut Vec<Known<'b, LineId>>,
) -> Result<(), Error> {
    let known = Known::of(known, text.shelf(), |spent| all.spend(spent))?;
    let lines = (1..).zip(text.ids());
    let lines: Result<Vec<LineId>, Error> =
        lines.map(|(number, &id)| known.line(id, |line| all.read(line, number))).collect();
    all.add_lines(path, &lines?, text.is_ended())
}

/// The text of a file.
enum Source<'b> {
    Shelved(&'b Shelved),
    Text(Vec<u8>),
}

/// What kbuild calls the symtypes of a file: those of an object have its name, those of a source that of its object, and
/// packed ones come back unpacked.
fn path_of(name: &[u8], is_source: bool) -> Vec<u8> {
    let packed = [b".gz".as_slice(), b".xz", b".zst"];
    let name = packed.iter().find_map(|extension| name.strip_suffix(*extension)).unwrap_or(name);
    let extensions: &[&[u8]] = if is_source { &[b".c", b".S", b".rs"] } else { &[b".o"] };
    match extensions.iter().find_map(|extension| name.strip_suffix(*extension)) {
        Some(stem) => [stem, b".symtypes"].concat(),
        None if is_source => [name, b".symtypes"].concat(),
        None => name.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_kbuild() {
        for (name, is_source, expected) in [
            ("a/b.symtypes", false, "a/b.symtypes"),
            ("a/b.symtypes.xz", false, "a/b.symtypes"),
            ("b.o", false, "b.symtypes"),
            ("fs/b.c", true, "fs/b.symtypes"),
            ("k/fs/b.c:2", true, "k/fs/b.c:2.symtypes"),
        ] {
            assert_eq!(path_of(name.as_bytes(), is_source), expected.as_bytes());
        }
    }
}
