//! What is measured in a process of its own, or would make the one that measures large:
//!
//! * `inside phases ROUNDS UNITS [OBJECT LIST]...`: the time of each phase ([`dwarfksyms_benches::phases`]);
//! * `inside generate FOLDER UNITS`: a generated object `UNITS.o` with its list `UNITS.syms`;
//! * `inside comparison ROUNDS OLD NEW`: the phases of a comparison ([`dwarfksyms_benches::comparison`]);
//! * `inside builds FOLDER`: a generated pair of builds;
//! * `inside kernel FOLDER ARCHIVE`: the objects of a `.tar.zst`, with their lists.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use dwarfksyms_benches::{comparison, generated, phases};

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let args: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    match args.as_slice() {
        ["phases", rounds, units, files @ ..] => {
            let path = |at: usize| files.get(at).map(PathBuf::from);
            let pairs = (0..files.len()).step_by(2).filter_map(|at| Some((path(at)?, path(at + 1)?)));
            let pairs: Vec<_> = pairs.collect();
            println!("{}", phases::report(number(rounds)?, number(units)?, &pairs)?);
            Ok(())
        }
        ["generate", folder, units] => {
            let (object, list) = generated::object(number(units)?);
            let path = Path::new(folder).join(units);
            fs::write(path.with_extension("o"), object)?;
            fs::write(path.with_extension("syms"), list)
        }
        ["comparison", rounds, old, new] => {
            println!("{}", comparison::report(number(rounds)?, Path::new(old), Path::new(new))?);
            Ok(())
        }
        ["builds", folder] => comparison::generate(Path::new(folder)),
        ["kernel", folder, archive] => unpack(Path::new(folder), Path::new(archive)),
        _ => Err(io::Error::other("inside phases|generate|comparison|builds|kernel ...")),
    }
}

fn number(text: &str) -> io::Result<usize> {
    text.parse().map_err(|_| io::Error::other(format!("not a number: {text}")))
}

/// Writes the objects and lists of an archive, each under its path with `_` for `/`.
fn unpack(folder: &Path, archive: &Path) -> io::Result<()> {
    let stream = ruzstd::decoding::StreamingDecoder::new(File::open(archive)?).map_err(io::Error::other)?;
    for entry in tar::Archive::new(stream).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        if path.extension().is_some_and(|last| last == "o" || last == "syms") {
            let name = path.to_string_lossy().trim_start_matches("./").replace('/', "_");
            io::copy(&mut entry, &mut File::create(folder.join(name))?)?;
        }
    }
    Ok(())
}
