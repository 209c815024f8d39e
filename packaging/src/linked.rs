//! The crates that the programs are made of, as cargo resolves them for a target, and where their sources are.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The packages that the programs are in.
pub const PROGRAMS: [&str; 2] = ["dwarfksyms", "gendwarfksyms"];

/// A crate: its name and its version, by which cargo and the files here refer to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// The name of the package.
    pub name: String,
    /// Its version, without a `v`.
    pub version: String,
}

/// What is known about a crate.
#[derive(Debug)]
pub struct Crate {
    /// Its terms, as an SPDX expression.
    pub license: String,
    /// Where its sources are developed, if it states that.
    pub repository: Option<String>,
    /// The SHA-256 of its package in hexadecimal, as `Cargo.lock` has it; none for the crates of this workspace.
    pub checksum: Option<String>,
    /// The folder with its sources.
    pub folder: PathBuf,
    /// Whether code of it is in a program. Otherwise, it only runs while the programs are compiled, as macros do.
    pub is_linked: bool,
    /// The crates that it depends on.
    pub dependencies: BTreeSet<Id>,
}

/// All crates of both programs.
pub type Crates = BTreeMap<Id, Crate>;

/// Asks cargo for the crates of both programs for a target, such as `x86_64-unknown-linux-gnu`.
///
/// # Errors
/// Cargo fails, as it does offline if a crate was never fetched, or its answer is not understood.
pub fn crates(target: &str) -> Result<Crates> {
    let tree = cargo(&["tree", "--edges", "normal", "--prefix", "depth", "--no-dedupe", "--target", target])?;
    let metadata = cargo(&["metadata", "--format-version", "1", "--filter-platform", target])?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let checksums = checksums(&workspace().join("Cargo.lock"))?;
    let mut crates = Crates::new();
    for package in metadata["packages"].as_array().context("cargo metadata: packages")? {
        let text = |key: &str| package[key].as_str().map(str::to_owned);
        let required = |key: &str| text(key).with_context(|| format!("cargo metadata: no {key}: {package}"));
        let id = Id { name: required("name")?, version: required("version")? };
        let manifest = PathBuf::from(required("manifest_path")?);
        let folder = manifest.parent().context("cargo metadata: a manifest without a folder")?.to_owned();
        let details = Crate {
            // The form without "OR" is older than SPDX expressions.
            license: required("license")?.replace('/', " OR "),
            repository: text("repository"),
            checksum: checksums.get(&id).cloned(),
            folder,
            is_linked: false,
            dependencies: BTreeSet::new(),
        };
        crates.insert(id, details);
    }
    let used = enter(&tree, &mut crates)?;
    crates.retain(|id, _| used.contains(id));
    Ok(crates)
}

/// Notes what depends on what, according to lines such as `2memchr v2.8.0`, and returns all crates that the lines name.
fn enter(tree: &str, crates: &mut Crates) -> Result<BTreeSet<Id>> {
    let mut used = BTreeSet::new();
    // From a program to the current line, each with whether it is linked.
    let mut path: Vec<(Id, bool)> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let begin =
            line.find(|c: char| !c.is_ascii_digit()).with_context(|| format!("cargo tree: {line}"))?;
        let (depth, package) = line.split_at(begin);
        let depth: usize = depth.parse().with_context(|| format!("cargo tree: {line}"))?;
        let mut words = package.split_whitespace();
        let (Some(name), Some(version)) =
            (words.next(), words.next().and_then(|word| word.strip_prefix('v')))
        else {
            bail!("cargo tree: {line}");
        };
        let id = Id { name: name.to_owned(), version: version.to_owned() };
        path.truncate(depth);
        let is_linked = !package.contains("(proc-macro)") && path.last().is_none_or(|(_, linked)| *linked);
        let details = crates.get_mut(&id).with_context(|| format!("cargo metadata: no {name} {version}"))?;
        details.is_linked |= is_linked;
        if let Some((user, _)) = path.last() {
            crates.get_mut(user).with_context(|| user.name.clone())?.dependencies.insert(id.clone());
        }
        used.insert(id.clone());
        path.push((id, is_linked));
    }
    Ok(used)
}

fn checksums(lock: &Path) -> Result<BTreeMap<Id, String>> {
    let text = fs::read_to_string(lock).with_context(|| lock.display().to_string())?;
    let lock: toml::Table = text.parse().with_context(|| lock.display().to_string())?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock: no packages")?;
    let entry = |package: &toml::Value| {
        let text = |key| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        Some((Id { name: text("name")?, version: text("version")? }, text("checksum")?))
    };
    Ok(packages.iter().filter_map(entry).collect())
}

fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Runs cargo for both programs, and returns its output.
fn cargo(arguments: &[&str]) -> Result<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(workspace()).args(arguments).arg("--locked");
    if arguments.first() == Some(&"tree") {
        command.args(PROGRAMS.iter().flat_map(|package| ["--package", package]));
    }
    let output = command.output().context("cargo")?;
    if !output.status.success() {
        bail!("cargo {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    String::from_utf8(output.stdout).context("cargo")
}
