//! What `dwarfksyms` says of a change is what compiled code says: random pairs of types are compiled, measured by programs,
//! and compared by the tool.
//!
//! The same pairs go through the kernel's genksyms if `REFERENCE_GENKSYMS` names a build of it; what its text does not state,
//! nobody can tell.
//!
//! `DWARFKSYMS_PAIRS` says how many pairs there are for each compiler, from the number `DWARFKSYMS_SEED` on. What fails is
//! printed as C, made smaller, with its seed; `DWARFKSYMS_FINDINGS` names a folder to put it in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use dwarfksyms_tests::pairs::{
    Measured, Pair, Tagged, Truth, Verdict, declarations, listing, measure, pair, shrink, source, truth,
};
use dwarfksyms_tests::path_from_environment;
use serde_json::Value;

/// Pairs that share a source file.
const BATCH: usize = 200;

/// A compiler, and how it is called.
#[derive(Clone, Copy, Debug)]
struct Compiler {
    /// The first of these that there is.
    names: &'static [&'static str],
    options: &'static [&'static str],
    /// What the tool under test reads.
    subject: Subject,
}

/// What describes the types that were compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// An object.
    Object,
    /// An object in which bit-fields may be described as before DWARF 5, in a way that no type string has.
    Vague,
    /// What genksyms makes of the same source: neither sizes nor places.
    Genksyms,
}

const GCC: Compiler = Compiler { names: &["gcc"], options: &["-gdwarf-5"], subject: Subject::Object };
const OLD_GCC: Compiler = Compiler { names: &["gcc"], options: &["-gdwarf-4"], subject: Subject::Vague };
/// With types that are only pointed to, as kernels have them.
const CLANG: Compiler = Compiler {
    names: &["clang-21", "clang-20", "clang-19", "clang-18", "clang-17", "clang-16"],
    options: &["-gdwarf-5", "-fstandalone-debug"],
    subject: Subject::Object,
};
/// The kernel's genksyms, with the sizes and places that gcc chooses.
const GENKSYMS: Compiler = Compiler { names: &["gcc"], options: &[], subject: Subject::Genksyms };
/// Older ones are vague.
const OLD_CLANG: Compiler =
    Compiler { names: &["clang"], options: &["-gdwarf-5", "-fstandalone-debug"], subject: Subject::Vague };

impl Compiler {
    fn name(self) -> Option<&'static str> {
        let runs = |name: &&&str| Command::new(name).arg("--version").output().is_ok();
        self.names.iter().find(runs).copied()
    }
}

/// The number that a variable says, or another.
fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A contradiction: of what kind, in which pair, and what it consists of.
#[derive(Clone, Debug)]
struct Contradiction {
    kind: &'static str,
    pair: usize,
    text: String,
}

/// What the tools say of the pairs of a batch.
struct Answers {
    /// Of each cause its verdict, its changes as `class: verdict`, and the exports.
    causes: BTreeMap<String, Cause>,
    /// The same with `--stable`.
    stable: BTreeMap<String, Cause>,
    /// Of each export that differs, whether it is let pass where harmless changes are.
    allowed: BTreeMap<String, bool>,
    /// The exit status under that policy.
    status: i32,
    /// What is suggested for each cause.
    advice: BTreeMap<String, Advice>,
}

#[derive(Clone, Debug)]
struct Cause {
    verdict: Verdict,
    changes: BTreeSet<String>,
    exports: Vec<String>,
    slots: [Vec<(String, u64)>; 2],
}

#[derive(Clone, Debug, Default)]
struct Advice {
    is_suggested: bool,
    is_explained: bool,
    restored: Vec<String>,
    remaining: usize,
}

/// How it went with all pairs of a compiler.
#[derive(Debug, Default)]
struct Count {
    exports: usize,
    /// Exports of which the compiled code says that modules break, or that nothing has changed in any way.
    breaks: usize,
    calm: usize,
    /// Those of the former that are said to break.
    breaks_told: usize,
    /// Those of the latter that are not said to be harmless.
    calm_unclear: usize,
    refused: usize,
    kinds: BTreeMap<&'static str, usize>,
}

fn tool(folder: &Path, args: &[&str]) -> Output {
    let program = path_from_environment("DWARFKSYMS")
        .unwrap_or_else(|| env!("CARGO_BIN_EXE_dwarfksyms-under-test").into());
    Command::new(program).args(args).current_dir(folder).output().expect("it starts")
}

fn json(output: &Output) -> Result<Value, String> {
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
    fn of(folder: &Path, [old, new]: [&str; 2]) -> Result<Answers, String> {
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
    fn causes_of<'a>(&'a self, symbol: &'a str) -> impl Iterator<Item = (&'a String, &'a Cause)> {
        causes_of(&self.causes, symbol)
    }

    /// What contradicts the truth about an export, or itself.
    fn contradictions(&self, symbol: &str, truth: &Truth, subject: Subject) -> Vec<(&'static str, String)> {
        let causes: Vec<_> = self.causes_of(symbol).collect();
        let told = causes.iter().map(|(_, cause)| cause.verdict).max();
        let mut found = Vec::new();
        let least = match subject {
            Subject::Vague => truth.least_without_bits,
            // What a text does not state at all differs for nobody.
            Subject::Genksyms if told.is_none() => Verdict::Harmless,
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
        if least == Verdict::Breaks && causes.iter().map(|(id, _)| id).any(restored) {
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
fn causes_of<'a>(
    causes: &'a BTreeMap<String, Cause>,
    symbol: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Cause)> {
    causes.iter().filter(move |(_, cause)| cause.exports.iter().any(|export| export == symbol))
}

/// The causes of a report by their identifiers.
fn causes_in(report: &Value) -> BTreeMap<String, Cause> {
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

/// Compiles one state of some pairs into `NAME.o`, and has it measured.
fn built(
    compiler: Compiler,
    folder: &Path,
    name: &str,
    states: &[Tagged<'_>],
) -> Result<Vec<Measured>, String> {
    let path = folder.join(format!("{name}.c"));
    fs::write(&path, source(states)).expect("a file");
    let program = compiler.name().ok_or("there is no compiler")?;
    if compiler.subject == Subject::Genksyms {
        genksyms(folder, name, &declarations(states))?;
        return measure(program, folder, states);
    }
    let mut command = Command::new(program);
    command
        .args(["-w", "-c", "-std=gnu11"])
        .args(compiler.options)
        .arg(&path)
        .arg("-o")
        .arg(path.with_extension("o"));
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    measure(program, folder, states)
}

/// Has genksyms write the types of a source into `NAME.symtypes`.
fn genksyms(folder: &Path, name: &str, source: &str) -> Result<(), String> {
    let path = path_from_environment("REFERENCE_GENKSYMS").ok_or("there is no genksyms")?;
    fs::write(folder.join("genksyms.c"), source).expect("a file");
    let input = fs::File::open(folder.join("genksyms.c")).expect("a file");
    let mut command = Command::new(path);
    command.arg("-T").arg(folder.join(format!("{name}.symtypes"))).stdin(input);
    let output = command.output().map_err(|error| error.to_string())?;
    let messages = String::from_utf8_lossy(&output.stderr);
    if output.status.success() && messages.is_empty() {
        Ok(())
    } else {
        Err(format!("genksyms: error: {messages}"))
    }
}

/// The contradictions in some pairs, and how it went.
fn check(compiler: Compiler, pairs: &[Pair], count: &mut Count) -> Result<Vec<Contradiction>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let states = |side: fn(&Pair) -> &dwarfksyms_tests::pairs::Side| -> Vec<Tagged<'_>> {
        pairs.iter().enumerate().map(|(number, pair)| Tagged { side: side(pair), number }).collect()
    };
    let old = built(compiler, path, "old", &states(|pair| &pair.old))?;
    let new_states = states(|pair| &pair.new);
    let new = built(compiler, path, "new", &new_states)?;
    let names = match compiler.subject {
        Subject::Genksyms => ["old.symtypes", "new.symtypes"],
        _ => ["old.o", "new.o"],
    };
    let answers = Answers::of(path, names)?;
    let mut found = Vec::new();
    let mut must_fail = false;
    for (at, pair) in pairs.iter().enumerate() {
        let mut note = |kind, text| found.push(Contradiction { kind, pair: at, text });
        let mut truths: Vec<Truth> =
            (0..pair.old.exports.len()).map(|export| truth(pair, &old[at], &new[at], export)).collect();
        // Exports share causes: one that breaks for one of them is said to break.
        let most = truths.iter().map(|truth| truth.most).max();
        for truth in &mut truths {
            if compiler.subject == Subject::Genksyms && pair.has_other_attributes() {
                truth.least = Verdict::Harmless;
            }
            truth.most = most.unwrap_or(truth.most);
        }
        for (export, truth) in truths.iter().enumerate() {
            let symbol = new_states[at].symbol(export);
            count.exports += 1;
            count.breaks += usize::from(truth.least == Verdict::Breaks);
            must_fail |= truth.least == Verdict::Breaks && compiler.subject == Subject::Object;
            let told = answers.causes_of(&symbol).map(|(_, cause)| cause.verdict).max();
            count.breaks_told += usize::from(truth.least == Verdict::Breaks && told == Some(Verdict::Breaks));
            count.calm += usize::from(truth.is_calm);
            count.calm_unclear += usize::from(truth.is_calm && told == Some(Verdict::Unclear));
            answers
                .contradictions(&symbol, truth, compiler.subject)
                .into_iter()
                .for_each(|(kind, text)| note(kind, text));
        }
        places(&answers, at, [&old[at], &new[at]], compiler.subject)
            .into_iter()
            .for_each(|text| note("a place in a layout", text));
    }
    if must_fail && answers.status != 1 {
        found.push(Contradiction { kind: "the exit status", pair: 0, text: answers.status.to_string() });
    }
    found.extend(explained(path, names, &answers, pairs.len()));
    Ok(found)
}

/// Where the report draws members elsewhere than they are.
fn places(answers: &Answers, number: usize, measured: [&Measured; 2], subject: Subject) -> Vec<String> {
    let mut found = Vec::new();
    for (index, side) in measured.iter().enumerate() {
        for (definition, layout) in &side.layouts {
            let ids = ["s#s", "u#s", "t#t"].map(|prefix| format!("{prefix}{number}_{definition}"));
            let drawn =
                ids.iter().filter_map(|id| answers.causes.get(id)).flat_map(|cause| &cause.slots[index]);
            for (name, offset) in drawn {
                let leaf = layout.leaves.iter().find(|leaf| leaf.path == *name);
                if let Some(leaf) = leaf
                    && leaf.place.first != *offset
                    && !(leaf.is_bit_field && subject == Subject::Vague)
                {
                    found.push(format!("{name} is drawn at bit {offset}, and is at {}", leaf.place.first));
                }
            }
        }
    }
    found
}

/// Some exports of a batch, of which `explain` has to say what `compare` says.
fn explained(folder: &Path, [old, new]: [&str; 2], answers: &Answers, pairs: usize) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for pair in (0..pairs).step_by(pairs.div_ceil(4).max(1)) {
        let symbol = format!("f{pair}_0");
        let told: BTreeSet<&str> = answers
            .causes_of(&symbol)
            .flat_map(|(_, cause)| cause.changes.iter().map(String::as_str))
            .collect();
        let output = tool(folder, &["explain", &symbol, old, new]);
        let text = String::from_utf8_lossy(&output.stdout);
        let said: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.strip_suffix(']')?.rsplit_once('['))
            .map(|(_, class)| class)
            .collect();
        if told != said {
            found.push(Contradiction {
                kind: "explain and compare",
                pair,
                text: format!("{told:?} and {said:?}\n{text}"),
            });
        }
    }
    found
}

/// The same of pairs of which some may not compile: those are left out.
fn check_all(compiler: Compiler, pairs: &[Pair], count: &mut Count) -> Vec<Contradiction> {
    match check(compiler, pairs, count) {
        Ok(found) => found,
        Err(message) if pairs.len() == 1 => {
            let is_refused = message.contains("error:") && !message.starts_with("error:");
            assert!(is_refused, "{message}\n{}", listing(&pairs[0]));
            count.refused += 1;
            Vec::new()
        }
        Err(_) => {
            let (first, second) = pairs.split_at(pairs.len() / 2);
            let mut found = check_all(compiler, first, count);
            found.extend(check_all(compiler, second, count).into_iter().map(|mut each| {
                each.pair += first.len();
                each
            }));
            found
        }
    }
}

/// Tells of the first few contradictions of each kind, made smaller.
fn report(compiler: Compiler, kinds: &BTreeMap<&'static str, Vec<(Pair, String)>>) {
    let most = number("DWARFKSYMS_SHOWN", 2);
    let folder = path_from_environment("DWARFKSYMS_FINDINGS");
    for (kind, all) in kinds {
        // Of each kind of edits one.
        let mut seen = BTreeSet::new();
        let different = all.iter().filter(|(pair, _)| seen.insert(pair.edits.clone()));
        for (at, (pair, text)) in different.take(most).enumerate() {
            let mut said = text.clone();
            let mut fails = |candidates: &[Pair]| {
                let found = check(compiler, candidates, &mut Count::default()).ok()?;
                let first =
                    found.into_iter().filter(|each| each.kind == *kind).min_by_key(|each| each.pair)?;
                said = first.text;
                Some(first.pair)
            };
            let smaller = shrink(pair, &mut fails);
            let text = format!(
                "// {}: {kind}\n// {}\n{}",
                compiler.names[0],
                said.replace('\n', "\n// "),
                listing(&smaller)
            );
            eprintln!("{text}");
            if let Some(folder) = &folder {
                let name = format!("{}-{}-{at}.c", compiler.names[0], kind.replace(' ', "-"));
                fs::write(folder.join(name), text).expect("a file");
            }
        }
    }
}

fn verdicts_of(compiler: Compiler, share: usize) {
    let Some(name) = compiler.name() else { return eprintln!("there is none of {:?}", compiler.names) };
    let first = number("DWARFKSYMS_SEED", 1);
    let seeds: Vec<usize> = (first..first + number("DWARFKSYMS_PAIRS", 200) / share).collect();
    let mut count = Count::default();
    let mut kinds: BTreeMap<&'static str, Vec<(Pair, String)>> = BTreeMap::new();
    for batch in seeds.chunks(BATCH) {
        let pairs: Vec<Pair> = batch.iter().map(|&seed| pair(seed as u64)).collect();
        for found in check_all(compiler, &pairs, &mut count) {
            *count.kinds.entry(found.kind).or_default() += 1;
            kinds.entry(found.kind).or_default().push((pairs[found.pair].clone(), found.text));
        }
    }
    eprintln!("{} pairs from {first} on, {name} {:?}: {count:?}", seeds.len(), compiler.options);
    report(compiler, &kinds);
    // A generator that draws only one kind of pair would notice nothing.
    assert!(count.refused * 20 <= seeds.len());
    assert!(count.breaks * 10 >= count.exports && count.calm * 10 >= count.exports);
    assert!(kinds.is_empty(), "{:?}", count.kinds);
}

#[test]
fn verdicts_are_what_code_of_gcc_says() {
    verdicts_of(GCC, 1);
}

#[test]
fn verdicts_are_what_code_of_clang_says() {
    verdicts_of(CLANG, 1);
}

#[test]
fn verdicts_are_what_code_of_gcc_says_before_dwarf_5() {
    verdicts_of(OLD_GCC, 4);
}

#[test]
fn verdicts_are_what_code_of_an_old_clang_says() {
    verdicts_of(OLD_CLANG, 4);
}

#[test]
fn verdicts_on_types_of_genksyms_are_only_what_is_certain() {
    if path_from_environment("REFERENCE_GENKSYMS").is_some() {
        verdicts_of(GENKSYMS, 1);
    }
}

/// A witness: libabigail's abidiff, which reads the same objects. Where it disagrees with the compiled code, that is printed; nothing
/// fails for it.
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
        let Ok(Some((told, least, is_calm, reasons))) = heard(&pair, folder.path()) else { continue };
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

/// What `compare` says of a pair by itself, and what compiled code says: the least verdict, whether nothing has changed, why.
fn heard(
    pair: &Pair,
    folder: &Path,
) -> Result<Option<(Option<Verdict>, Verdict, bool, Vec<String>)>, String> {
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
    Ok(Some((told, least, is_calm, truths.into_iter().flat_map(|truth| truth.reasons).collect())))
}
