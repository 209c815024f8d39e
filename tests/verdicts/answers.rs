//! What the tools under test say of the pairs of a batch.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_tests::pairs::{Truth, Verdict};
use dwarfksyms_tests::path_from_environment;
use serde_json::Value;

use crate::compiler::Subject;

/// What the tools say of the pairs of a batch.
pub(crate) struct Answers {
    /// Of each cause its verdict, its changes as `class: verdict`, and the exports.
    pub(crate) causes: BTreeMap<String, Cause>,
    /// The same with `--stable`.
    stable: BTreeMap<String, Cause>,
    /// Of each export that differs, whether it is let pass where harmless changes are.
    allowed: BTreeMap<String, bool>,
    /// The exit status under that policy.
    pub(crate) status: i32,
    /// What is suggested for each cause.
    advice: BTreeMap<String, Advice>,
}

#[derive(Clone, Debug)]
pub(crate) struct Cause {
    pub(crate) verdict: Verdict,
    pub(crate) changes: BTreeSet<String>,
    exports: Vec<String>,
    pub(crate) slots: [Vec<(String, u64)>; 2],
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Advice {
    is_suggested: bool,
    is_explained: bool,
    restored: Vec<String>,
    remaining: usize,
}

pub(crate) fn tool(folder: &Path, args: &[&str]) -> Output {
    let program = path_from_environment("DWARFKSYMS")
        .unwrap_or_else(|| env!("CARGO_BIN_EXE_dwarfksyms-under-test").into());
    Command::new(program).args(args).current_dir(folder).output().expect("it starts")
}

pub(crate) fn json(output: &Output) -> Result<Value, String> {
    serde_json::from_slice(&output.stdout).map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn verdict(text: &Value) -> Verdict {
    match text.as_str() {
        Some("breaks") => Verdict::Breaks,
        Some("unclear") => Verdict::Unclear,
        Some("harmless") => Verdict::Harmless,
        other => panic!("a verdict: {other:?}"),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Answers {
    /// Runs the tools on two builds.
    pub(crate) fn of(folder: &Path, [old, new]: [&str; 2]) -> Result<Answers, String> {
        fs::write(folder.join("policy"), "verdict harmless pass\n").expect("a file");
        let policy = ["--policy", "classes:policy"];
        let output = tool(folder, &[&["compare", old, new, "--format", "json"][..], &policy].concat());
        let report = json(&output)?;
        let causes = causes_in(&report);
        // Advice is for builds with the conventions of a stable kABI.
        let stable = tool(folder, &["compare", "--stable", old, new, "--format", "json"]);
        let stable = causes_in(&json(&stable)?);
        let ruling = |export: &Value| {
            let symbol = export["symbol"].as_str().unwrap_or_default().to_owned();
            (symbol, export["ruling"]["is_allowed"] == true)
        };
        let allowed = list(&report["exports"]).iter().map(ruling).collect();
        let suggestions = json(&tool(folder, &["suggest", old, new, "--format", "json"]))?;
        let advice = list(&suggestions["causes"]).iter().map(|cause| {
            let advice = Advice {
                is_suggested: !list(&cause["suggestions"]).is_empty(),
                is_explained: !list(&cause["obstacles"]).is_empty(),
                restored: texts(&cause["restored"]),
                remaining: list(&cause["remaining"]).len(),
            };
            (cause["id"].as_str().unwrap_or_default().to_owned(), advice)
        });
        let status = output.status.code().unwrap_or(-1);
        Ok(Answers { causes, stable, allowed, status, advice: advice.collect() })
    }

    /// The causes of an export.
    pub(crate) fn causes_of<'a>(&'a self, symbol: &'a str) -> impl Iterator<Item = (&'a String, &'a Cause)> {
        causes_of(&self.causes, symbol)
    }

    /// What contradicts the truth about an export, or itself.
    pub(crate) fn contradictions(
        &self,
        symbol: &str,
        truth: &Truth,
        subject: Subject,
    ) -> Vec<(&'static str, String)> {
        let causes: Vec<_> = self.causes_of(symbol).collect();
        let told = causes.iter().map(|(_, cause)| cause.verdict).max();
        let mut found = Vec::new();
        let least = match subject {
            // What a text does not state at all differs for nobody.
            Subject::Vague if told.is_none() && truth.least_without_bits < Verdict::Breaks => {
                Verdict::Harmless
            }
            Subject::Genksyms if told.is_none() => Verdict::Harmless,
            Subject::Vague => truth.least_without_bits,
            Subject::Genksyms => truth.least.min(Verdict::Unclear),
            Subject::Object => truth.least,
        };
        let kind = match (told.unwrap_or(Verdict::Harmless), least, truth.most) {
            (Verdict::Harmless, Verdict::Breaks, _) => Some("a break is harmless"),
            (Verdict::Unclear, Verdict::Breaks, _) => Some("a break is unclear"),
            (Verdict::Harmless, Verdict::Unclear, _) => Some("what is unclear is harmless"),
            (Verdict::Breaks, _, Verdict::Harmless | Verdict::Unclear) => Some("what breaks nothing breaks"),
            _ => None,
        };
        let said = |cause: &(&String, &Cause)| format!("{} {:?}", cause.0, cause.1.changes);
        let said = causes.iter().map(said).collect::<Vec<_>>().join("; ");
        if let Some(kind) = kind {
            found.push((kind, format!("{symbol}: {told:?} for {said}; in truth {:?}", truth.reasons)));
        }
        let restored = |id: &&String| {
            self.advice.get(*id).is_some_and(|advice| advice.restored.iter().any(|each| each == symbol))
        };
        // What the conventions of a stable kABI do not see, such as who else was in a placeholder's union, no rule hides.
        let mut breaking = causes.iter().filter(|(_, cause)| cause.verdict == Verdict::Breaks).peekable();
        let is_unseen = breaking.peek().is_some() && breaking.all(|(id, _)| !self.stable.contains_key(*id));
        if least == Verdict::Breaks && !is_unseen && causes.iter().map(|(id, _)| id).any(restored) {
            found
                .push(("a break is to be hidden", format!("{symbol}: {said}; in truth {:?}", truth.reasons)));
        }
        if least == Verdict::Breaks && self.allowed.get(symbol) == Some(&true) {
            found.push((
                "a break passes as harmless",
                format!("{symbol}: {said}; in truth {:?}", truth.reasons),
            ));
        }
        for (id, cause) in causes_of(&self.stable, symbol) {
            // A type that has changed for several decisions is several causes.
            let ty = id.split('@').next().unwrap_or(id);
            let Some(advice) = self.advice.get(id).or(self.advice.get(ty)) else {
                found.push(("a cause without advice", format!("{symbol}: {id}")));
                continue;
            };
            if cause.verdict == Verdict::Breaks && advice.is_suggested {
                found.push(("what breaks can be hidden", format!("{symbol}: {id} {:?}", cause.changes)));
            }
            if advice.remaining > 0 && !advice.is_suggested && !advice.is_explained {
                found.push(("no reason why not", format!("{symbol}: {id} {:?}", cause.changes)));
            }
        }
        found
    }
}

/// The causes of an export.
pub(crate) fn causes_of<'a>(
    causes: &'a BTreeMap<String, Cause>,
    symbol: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Cause)> {
    causes.iter().filter(move |(_, cause)| cause.exports.iter().any(|export| export == symbol))
}

/// The causes of a report by their identifiers.
pub(crate) fn causes_in(report: &Value) -> BTreeMap<String, Cause> {
    let change = |change: &Value| {
        let words = match verdict(&change["verdict"]) {
            Verdict::Harmless => "harmless",
            Verdict::Unclear => "cannot tell",
            Verdict::Breaks => "breaks modules",
        };
        format!("{}: {words}", change["class"].as_str().unwrap_or_default())
    };
    let cause = |cause: &Value| {
        let told = Cause {
            verdict: verdict(&cause["verdict"]),
            changes: list(&cause["changes"]).iter().map(change).collect(),
            exports: texts(&cause["exports"]),
            slots: ["old", "new"].map(|side| slots(&cause["layout"][side]["slots"])),
        };
        (cause["id"].as_str().unwrap_or_default().to_owned(), told)
    };
    list(&report["causes"]).iter().map(cause).collect()
}

/// Members with names, and their first bits.
fn slots(slots: &Value) -> Vec<(String, u64)> {
    let slot = |slot: &Value| Some((slot["name"].as_str()?.to_owned(), slot["offset"].as_u64()?));
    list(slots).iter().filter_map(slot).collect()
}
