//! Explanations for people.

use std::fmt::{self, Write};

use super::answer::{Answer, AnswerSide, Explained, Explanation, Relation, Subject};
use crate::report::{Change, LineKind};

/// What follows from where types are from.
const OF_BTF: &str = "These types are from BTF, which does not determine versions.";

/// The answers one after the other; if there are several, each below the name of what was asked about.
pub(super) fn told(explanation: &Explanation) -> Result<String, fmt::Error> {
    let mut out = String::new();
    let is_one = explanation.answers.len() == 1;
    for (at, answer) in explanation.answers.iter().enumerate() {
        if !is_one {
            let gap = if at > 0 { "\n" } else { "" };
            writeln!(out, "{gap}== {} ==\n", answer.name)?;
        }
        tell(&mut out, explanation, answer)?;
    }
    Ok(out)
}

fn tell(out: &mut String, explanation: &Explanation, answer: &Answer) -> fmt::Result {
    let name = &answer.name;
    let [old_path, new_path] =
        [Some(&explanation.old), explanation.new.as_ref()].map(|side| side.map_or("", |side| &side.path));
    if let Some(composition) = &answer.composition {
        write!(out, "{composition}")?;
        return if explanation.is_of_btf { writeln!(out, "\n{OF_BTF}") } else { Ok(()) };
    }
    match (answer.subject, answer.relation) {
        (Subject::Type, None) => write_usage(out, &answer.old),
        (Subject::Type, Some(Relation::Removed)) => {
            writeln!(out, "{name}: only in the old build:\n")?;
            write_usage(out, &answer.old)
        }
        (Subject::Type, Some(Relation::Added)) => {
            writeln!(out, "{name}: only in the new build:\n")?;
            write_usage(out, &answer.new)
        }
        (Subject::Type, Some(Relation::Same)) => {
            writeln!(out, "{name}: no change of its own between the two builds\n")?;
            write_usage(out, &answer.new)
        }
        (Subject::Type, Some(Relation::Changed)) => {
            for cause in &answer.causes {
                write_cause(out, cause, None)?;
                writeln!(out)?;
            }
            writeln!(out, "In the new build:\n")?;
            write_usage(out, &answer.new)
        }
        (Subject::Export, Some(Relation::Removed)) => {
            writeln!(out, "{name}: removed: {old_path} exports it, and {new_path} does not")
        }
        (Subject::Export, Some(Relation::Added)) => {
            writeln!(out, "{name}: added: {new_path} exports it, and {old_path} does not")
        }
        (Subject::Export, _) => tell_export(out, explanation, answer),
    }
}

fn write_usage(out: &mut String, side: &Option<AnswerSide>) -> fmt::Result {
    let usage = side.as_ref().and_then(|side| side.usage.as_ref());
    usage.map_or(Ok(()), |usage| write!(out, "{usage}"))
}

/// Tells of an export that both builds have.
fn tell_export(out: &mut String, explanation: &Explanation, answer: &Answer) -> fmt::Result {
    let Answer { name, demangled, .. } = answer;
    match demangled {
        Some(demangled) => write!(out, "{name} ({demangled})")?,
        None => write!(out, "{name}")?,
    }
    let (Some(old), Some(new)) = (&answer.old, &answer.new) else { return Ok(()) };
    let shown = |side: &AnswerSide| {
        let recorded = side.version.filter(|_| !answer.is_by_types);
        number(recorded.or(side.computed))
    };
    let is_same = answer.relation == Some(Relation::Same);
    match (answer.is_unversioned, is_same) {
        (true, true) => writeln!(out, ": the types are the same in both builds")?,
        (true, false) => writeln!(out, ": the types differ")?,
        (false, true) => writeln!(out, ": {} in both builds", shown(old))?,
        (false, false) => writeln!(out, ": {} -> {}", shown(old), shown(new))?,
    }
    for cause in &answer.causes {
        writeln!(out)?;
        write_cause(out, cause, demangled.as_deref())?;
    }
    writeln!(out)?;
    if explanation.is_of_btf {
        return writeln!(out, "{OF_BTF}");
    }
    let (old_number, new_number) = (number(old.computed), number(new.computed));
    write!(out, "Computed again from these types, the versions are {old_number} and {new_number}")?;
    if old.is_confirmed() && new.is_confirmed() {
        return writeln!(out, ".");
    }
    writeln!(
        out,
        ", which are not the recorded ones: types and versions are from other builds, or from a tool that describes \
         types in another way."
    )
}

fn number(version: Option<u32>) -> String {
    version.map_or_else(|| "unknown".to_owned(), |version| format!("{version:#010x}"))
}

/// The way to a cause, or the cause alone if no way to it was looked for: there can be too many causes.
fn way(path: &[String], export: Option<&str>, title: &str) -> String {
    if path.is_empty() {
        return export.map_or_else(|| title.to_owned(), |export| format!("{export} -> ... -> {title}"));
    }
    let steps = path.iter().enumerate();
    let steps = steps.map(|(at, step)| export.filter(|_| at == 0).unwrap_or(step));
    steps.collect::<Vec<_>>().join(" -> ")
}

/// Writes the way to a cause, and how it changed. The way begins with an export, which may have a name for people.
fn write_cause(out: &mut String, cause: &Explained, export: Option<&str>) -> fmt::Result {
    let described = |change: &Change| {
        let Change { text, class, verdict, .. } = change;
        format!("{text} [{class}: {}]", verdict.words())
    };
    let path = way(&cause.path, export, &cause.title);
    match cause.changes.as_slice() {
        [change] => writeln!(out, "{path} -> {}", described(change))?,
        changes => {
            writeln!(out, "{path}:")?;
            for change in changes {
                writeln!(out, "  * {}", described(change))?;
            }
        }
    }
    if let Some(place) = cause.declared.text(str::to_owned) {
        writeln!(out, "  at {place}")?;
    }
    for line in &cause.diff {
        let mark = match line.kind {
            LineKind::Same => "    ",
            LineKind::Old => "  - ",
            LineKind::New => "  + ",
            LineKind::Fold => "    ... ",
        };
        writeln!(out, "{mark}{}", line.text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_begins_with_something() {
        let path = ["f", "parameter s: struct s"].map(str::to_owned);
        assert_eq!(way(&path, None, "struct s"), "f -> parameter s: struct s");
        assert_eq!(way(&path, Some("shown"), "struct s"), "shown -> parameter s: struct s");
        assert_eq!(way(&[], None, "struct s"), "struct s");
        assert_eq!(way(&[], Some("shown"), "struct s"), "shown -> ... -> struct s");
    }
}
