//! `replay TARGET PATH...`: runs a body on files, and on all files of folders, with any toolchain.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use dwarfksyms_fuzz::{Body, TARGETS};

fn main() -> io::Result<()> {
    let mut args = env::args();
    let target = args.nth(1).unwrap_or_default();
    let Some((_, body)) = TARGETS.iter().find(|(name, _)| *name == target) else {
        return Err(io::Error::other(format!("no such target: {target}")));
    };
    args.try_for_each(|path| replay(Path::new(&path), *body))
}

fn replay(path: &Path, body: Body) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
        let mut paths = entries.collect::<io::Result<Vec<PathBuf>>>()?;
        paths.sort();
        return paths.iter().try_for_each(|path| replay(path, body));
    }
    body(&fs::read(path)?);
    Ok(())
}
