//! A witness: libabigail's abidiff, which reads the same objects. Where it disagrees with the compiled code, that is printed; nothing
//! fails for it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use dwarfksyms_tests::pairs::{Pair, Tagged, Truth, Verdict, pair, truth};

use crate::answers::{causes_in, json, tool};
use crate::compiler::{GCC, built};
use crate::number;

/// What is known of a pair by itself.
struct Heard {
    /// What `compare` says.
    told: Option<Verdict>,
    /// What compiled code says at least.
    least: Verdict,
    /// Whether nothing has changed in any way.
    is_calm: bool,
    reasons: Vec<String>,
}

#[test]
fn abidiff_is_heard() {
    let pairs = number("DWARFKSYMS_WITNESS", 0);
    let has_abidiff = Command::new("abidiff").arg("--version").output().is_ok();
    if pairs == 0 || !has_abidiff {
        return;
    }
    let first = number("DWARFKSYMS_SEED", 1);
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in first..first + pairs {
        let pair = pair(seed as u64);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let Ok(Some(heard)) = Heard::of(&pair, folder.path()) else { continue };
        let Heard { told, least, is_calm, reasons } = heard;
        let mut abidiff = Command::new("abidiff");
        let output = abidiff.args(["old.o", "new.o"]).current_dir(folder.path()).output().expect("it starts");
        // 4: there are changes that it does not filter as harmless.
        let is_change = output.status.code().unwrap_or(0) & 4 != 0;
        let kind = match (least, is_calm, is_change) {
            (Verdict::Breaks, _, false) => "it breaks, and abidiff reports nothing",
            (_, true, true) => "nothing has changed for modules, and abidiff reports a change",
            _ => "agreed",
        };
        *count.entry(kind).or_default() += 1;
        if kind != "agreed" {
            let edits = pair.edits.join(", ");
            eprintln!("seed {seed} ({edits}): {kind}; compare: {told:?}; compiled code: {reasons:?}");
        }
    }
    eprintln!("{pairs} pairs from {first} on: {count:?}");
}

impl Heard {
    fn of(pair: &Pair, folder: &Path) -> Result<Option<Heard>, String> {
        let state = |side| Tagged { side, number: 0 };
        let old = built(GCC, folder, "old", &[state(&pair.old)])?;
        let new = built(GCC, folder, "new", &[state(&pair.new)])?;
        let (Some(old), Some(new)) = (old.first(), new.first()) else { return Ok(None) };
        let truths: Vec<Truth> =
            (0..pair.old.exports.len()).map(|export| truth(pair, old, new, export)).collect();
        let report = json(&tool(folder, &["compare", "old.o", "new.o", "--format", "json"]))?;
        let told = causes_in(&report).into_values().map(|cause| cause.verdict).max();
        let Some(least) = truths.iter().map(|truth| truth.least).max() else { return Ok(None) };
        let is_calm = truths.iter().all(|truth| truth.is_calm);
        let reasons = truths.into_iter().flat_map(|truth| truth.reasons).collect();
        Ok(Some(Heard { told, least, is_calm, reasons }))
    }
}
