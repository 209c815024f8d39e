//! The licence texts of everything that the programs contain, as one text. Each distinct text appears once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::linked::{Crate, Crates, Id};

const INTRODUCTION: &str = "\
gendwarfksyms and dwarfksyms are under the MIT or the Apache-2.0 licence, at your option. As programs, they contain
code of the crates below, of the standard library of Rust, and, if they are static, of a C library.
";

/// What is in every program besides crates.
const RUNTIME: &str = "\
The standard library of Rust: MIT OR Apache-2.0 (https://github.com/rust-lang/rust). COPYRIGHT-library.html, beside
this file or in share/doc/rust of a toolchain, has its copyright notices and those of the crates that it contains.
";

const GLIBC: &str = "\
The GNU C Library, if the program is static: LGPL-2.1-or-later (https://www.gnu.org/software/libc/), whose text is beside
this file. The sources of the programs are published, with the script that links them (packaging/programs), so they can
be linked with another version of the library. Libgcc, of GCC: GPL-3.0-or-later WITH GCC-exception-3.1.
";

const MUSL: &str = "\
musl: MIT (https://musl.libc.org). Copyright (c) 2005-2020 Rich Felker, et al.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and
this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED
\"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT
HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
";

/// The notices for programs of a target.
///
/// # Errors
/// A licence that cannot be read, and a crate without any.
pub fn notices(crates: &Crates, target: &str) -> Result<String> {
    let mut out = String::from(INTRODUCTION);
    for (heading, is_linked) in
        [("Crates in the programs", true), ("Crates that only run while the programs are compiled", false)]
    {
        write!(out, "\n== {heading}\n\n")?;
        for (id, details) in crates.iter().filter(|(_, details)| details.is_linked == is_linked) {
            write!(out, "{} {}: {}", id.name, id.version, details.license)?;
            match &details.repository {
                Some(address) => writeln!(out, " ({address})")?,
                None => out.push('\n'),
            }
        }
    }
    write!(out, "\n== The standard library\n\n{RUNTIME}")?;
    match target.rsplit('-').next() {
        Some("gnu") => write!(out, "\n== The C library\n\n{GLIBC}")?,
        Some("musl") => write!(out, "\n== The C library\n\n{MUSL}")?,
        _ => {}
    }
    for (text, users) in texts(crates)? {
        write!(out, "\n== {}\n\n{text}", users.join(", "))?;
    }
    Ok(out)
}

/// Each text, and the crates and files that have it; those that are used most come first.
fn texts(crates: &Crates) -> Result<Vec<(String, Vec<String>)>> {
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, details) in crates {
        for (file, text) in licenses(id, details)? {
            users.entry(text).or_default().insert(format!("{} {} ({file})", id.name, id.version));
        }
    }
    let mut texts: Vec<_> =
        users.into_iter().map(|(text, users)| (text, users.into_iter().collect())).collect();
    texts.sort_by_cached_key(|(_, users): &(String, Vec<String>)| (usize::MAX - users.len(), users.clone()));
    Ok(texts)
}

/// The files of a crate that state terms, by name, with one newline at their ends.
fn licenses(id: &Id, details: &Crate) -> Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    let folder = details.folder.display();
    for entry in fs::read_dir(&details.folder).with_context(|| folder.to_string())? {
        let path = entry.with_context(|| folder.to_string())?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if states_terms(&name) && path.is_file() {
            texts.insert(name, normalised(&path)?);
        }
    }
    if texts.is_empty() {
        bail!("{} {} has no licence text in {folder}", id.name, id.version);
    }
    Ok(texts)
}

fn states_terms(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"]
        .iter()
        .any(|begin| name.starts_with(begin))
}

/// A text without what only its author's editor put there, so that equal texts are equal.
fn normalised(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let text = String::from_utf8(bytes).with_context(|| path.display().to_string())?;
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    Ok(format!("{}\n", text.trim_matches('\n')))
}
