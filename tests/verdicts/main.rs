//! What `dwarfksyms` says of a change is what compiled code says: random pairs of types are compiled, measured by programs,
//! and compared by the tool.
//!
//! The same pairs go through the kernel's genksyms if `REFERENCE_GENKSYMS` names a build of it; what its text does not state
//! stays unknown.
//!
//! `DWARFKSYMS_PAIRS` says how many pairs there are for each compiler, from the number `DWARFKSYMS_SEED` on. What fails is
//! printed as C, made smaller, with its seed; `DWARFKSYMS_FINDINGS` names a folder to put it in.

mod answers;
mod compiler;
mod witness;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dwarfksyms_tests::pairs::{Measured, Pair, Side, Tagged, Truth, Verdict, listing, pair, shrink, truth};
use dwarfksyms_tests::path_from_environment;

use self::answers::{Answers, tool};
use self::compiler::{CLANG, Compiler, GCC, GENKSYMS, OLD_CLANG, OLD_GCC, Subject, built};

/// Pairs that share a source file.
const BATCH: usize = 200;

/// The number that a variable says, or another.
pub(crate) fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A contradiction: of what kind, in which pair, and what it consists of.
#[derive(Clone, Debug)]
struct Contradiction {
    kind: &'static str,
    pair: usize,
    text: String,
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

/// The contradictions in some pairs, and how it went.
fn check(compiler: Compiler, pairs: &[Pair], count: &mut Count) -> Result<Vec<Contradiction>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path();
    let states = |side: fn(&Pair) -> &Side| -> Vec<Tagged<'_>> {
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
            // Or a type goes in a circle without a name, once the name on the way is gone: no version can stand for it.
            let is_refused = message.contains("error:") && !message.starts_with("error:")
                || message.contains("a type contains itself");
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
