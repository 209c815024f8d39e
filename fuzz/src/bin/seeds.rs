//! `seeds FOLDER`: writes the seeds of every target into a folder of its name.

use std::path::PathBuf;
use std::{env, fs, io};

use dwarfksyms_fuzz::{TARGETS, seeds};

fn main() -> io::Result<()> {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        return Err(io::Error::other("which folder?"));
    };
    for (target, _) in TARGETS {
        let folder = folder.join(target);
        fs::create_dir_all(&folder)?;
        for (number, (name, bytes)) in seeds::seeds(target).into_iter().enumerate() {
            let name: String =
                name.chars().filter(|char| char.is_ascii_alphanumeric() || ".-".contains(*char)).collect();
            fs::write(folder.join(format!("{number:03}-{name}")), bytes)?;
        }
    }
    Ok(())
}
