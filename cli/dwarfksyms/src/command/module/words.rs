//! The answer for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::answer::{Answer, Row, Why, WhyChange};
use crate::loading::Fit;
use crate::report::words::{few, number};

/// The most symbols that are named where a type has changed, and where a module does not fit.
const MOST_NAMED: usize = 24;
const MOST_MISFITS: usize = 5;

/// Of one module, all that does not fit.
pub(crate) fn told(answer: &Answer, fit: &Fit) -> String {
    let Answer { module, kernel, symbols, needs, problems, .. } = answer;
    if answer.loads {
        let what =
            if fit.is_versioned { "symbols fit" } else { "symbols are there, without versions to compare" };
        let mut out = format!("{module} fits {kernel}: {} {what}\n", number(*symbols));
        if !needs.is_empty() {
            // Writing to a string does not fail.
            let _ = writeln!(out, "  these must be loaded before: {}", needs.join(", "));
        }
        add_warnings(&mut out, &answer.warnings);
        return out;
    }
    let symbols = number(*symbols);
    let mut out = match answer.misfits().len() {
        0 => format!("{module} does not fit {kernel}:\n"),
        1 => format!("{module} does not fit {kernel}: 1 of {symbols} symbols does not fit\n"),
        count => {
            let count = number(count);
            format!("{module} does not fit {kernel}: {count} of {symbols} symbols do not fit\n")
        }
    };
    let width = problems.iter().filter_map(|row| row.symbol.as_deref()).map(str::len).max().unwrap_or(0);
    // A name that is longer than most does not push the others aside.
    let width = width.min(32);
    for Row { symbol, text, .. } in problems {
        let _ = match symbol {
            Some(symbol) => writeln!(out, "  {symbol:<width$}  {text}"),
            None => writeln!(out, "  {text}"),
        };
    }
    add_warnings(&mut out, &answer.warnings);
    for Why { title, changes, symbols } in &answer.why {
        let _ = writeln!(out, "\n{title}, for {}:", few(symbols.iter(), symbols.len(), MOST_NAMED));
        for WhyChange { class, text } in changes {
            let _ = writeln!(out, "  {text} [{class}]");
        }
    }
    if answer.why.is_empty() && problems.iter().any(|row| row.cause == "version") {
        let _ = writeln!(out, "\n--old BUILD, the build that it was made for, shows why versions differ");
    }
    out
}

/// What the loader complains of.
fn add_warnings(out: &mut String, warnings: &[Row]) {
    for Row { symbol, text, .. } in warnings {
        let _ = writeln!(out, "  warning: {}: {text}", symbol.as_deref().unwrap_or("the module"));
    }
}

/// Of several modules, which do not fit, and for what; their paths are from the folder that was named.
pub(super) fn told_of_all(answers: &[Answer], folder: Option<&str>, kernel: &str) -> String {
    let name = |answer: &'_ Answer| -> String {
        let within = folder
            .and_then(|folder| answer.module.strip_prefix(folder.trim_end_matches('/'))?.strip_prefix('/'));
        within.unwrap_or(&answer.module).to_owned()
    };
    let refused: Vec<&Answer> = answers.iter().filter(|answer| !answer.loads).collect();
    let (all, count) = (number(answers.len() as u64), number(refused.len() as u64));
    let mut out = match (answers.len(), refused.len()) {
        (1, 0) => format!("1 module fits {kernel}\n"),
        (_, 0) => format!("{all} modules fit {kernel}\n"),
        (_, 1) => format!("1 of {all} modules does not fit {kernel}:\n"),
        _ => format!("{count} of {all} modules do not fit {kernel}:\n"),
    };
    for answer in &refused {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  {}: {}", name(answer), reasons(answer));
    }
    let warned: Vec<String> = answers.iter().filter(|answer| !answer.warnings.is_empty()).map(name).collect();
    if !warned.is_empty() {
        let _ = writeln!(out, "\nWith warnings: {}", few(warned.iter(), warned.len(), MOST_MISFITS));
    }
    out.push_str(&shared(&refused));
    out
}

/// Why a module does not fit, in a line.
fn reasons(answer: &Answer) -> String {
    let misfits = answer.misfits();
    let whole = answer.problems.iter().filter(|row| row.symbol.is_none()).map(|row| row.text.clone());
    let symbols = (!misfits.is_empty()).then(|| {
        format!(
            "{} of {} symbols: {}",
            number(misfits.len() as u64),
            number(answer.symbols as u64),
            few(misfits.iter(), misfits.len(), MOST_MISFITS)
        )
    });
    whole.chain(symbols).collect::<Vec<_>>().join("; ")
}

/// The symbols that do not fit several modules, those of most modules first.
fn shared(refused: &[&Answer]) -> String {
    const MOST: usize = 20;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for symbol in refused.iter().flat_map(|answer| answer.misfits()) {
        *counts.entry(symbol).or_default() += 1;
    }
    let mut shared: Vec<(&str, usize)> = counts.into_iter().filter(|&(_, count)| count > 1).collect();
    if shared.is_empty() {
        return String::new();
    }
    shared.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let mut out = "\nSymbols that do not fit several of them:\n".to_owned();
    let width = shared.iter().take(MOST).map(|(symbol, _)| symbol.len()).max().unwrap_or(0).min(32);
    for (symbol, count) in shared.iter().take(MOST) {
        let _ = writeln!(out, "  {symbol:<width$}  {} modules", number(*count as u64));
    }
    if let Some(more) = shared.len().checked_sub(MOST).filter(|&more| more > 0) {
        let _ = writeln!(out, "  and {} more", number(more as u64));
    }
    out
}
