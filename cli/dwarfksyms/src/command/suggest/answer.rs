//! Suggestions as a report has them, and as an object for programs.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dwarfksyms_host::message;
use dwarfksyms_symtypes::compare::Cause;
use dwarfksyms_symtypes::suggest::{Advice, MACROS, Remaining};
use dwarfksyms_symtypes::types::{Catalog, NameId};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::dialect::Words;
use crate::command::text;
use crate::comparison::{Compared, title};
use crate::name::{Hexadecimal, Readable, Shown};
use crate::report::words::count;
use crate::report::{Lengths, Step};

/// The version of the JSON format: it grows when a field is removed or means something else.
const SCHEMA: u32 = 1;

/// All suggestions for a report.
#[derive(Serialize)]
pub(super) struct Answer<'a> {
    schema: u32,
    /// The exports whose types differ.
    pub(super) exports: usize,
    /// Those of them that get their old version.
    pub(super) restored: usize,
    /// What a source needs for the rules.
    macros: &'static str,
    /// What suggestions are written in: `kernel`.
    pub(super) dialect: &'static str,
    /// Whether that was guessed, and from what.
    pub(super) guessed_from: Option<&'static str>,
    /// Whether suggestions hide something from genksyms, rather than from gendwarfksyms.
    pub(super) for_genksyms: bool,
    pub(super) causes: Vec<Row<'a>>,
}

/// A cause for a report.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    /// The type's name, such as `s#file`, or the export's.
    pub(super) id: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id_bytes: Option<Hexadecimal<'a>>,
    pub(super) title: String,
    pub(super) exports: usize,
    pub(super) restored: Restored<'a>,
    pub(super) remaining: Remains<'a>,
    pub(super) suggestions: Vec<Suggested<'a>>,
    pub(super) obstacles: Vec<Remark<'a>>,
    pub(super) caveats: Vec<Remark<'a>>,
}

impl Suggested<'_> {
    /// What does it: without macros, the placeholder says that.
    pub(super) fn what(&self, answer: &Answer<'_>) -> &'static str {
        if answer.dialect == "raw" { self.kind } else { self.means }
    }

    /// What is said if the tree has no macro for it.
    pub(super) fn lack(&self) -> &'static str {
        if self.is_raw { " (no macro of the tree fits)" } else { "" }
    }
}

/// The exports that get their old version: causes share lists of them, and of those that do not.
pub(super) struct Restored<'a> {
    pub(super) catalog: &'a Catalog<'a>,
    pub(super) exports: &'a Rc<Vec<NameId>>,
}

/// The exports that do not.
pub(super) struct Remains<'a> {
    pub(super) compared: &'a Compared<'a, 'a>,
    pub(super) exports: &'a Rc<Vec<Remaining>>,
}

/// An export that does not get its old version.
#[derive(Serialize)]
pub(super) struct Left<'a> {
    pub(super) symbol: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) symbol_bytes: Option<Hexadecimal<'a>>,
    /// The causes for which nothing is suggested.
    pub(super) causes: InTheWay<'a>,
    /// Whether it would if the types of these were as they had been.
    pub(super) comes_back: bool,
}

/// Causes for which nothing is suggested.
pub(super) struct InTheWay<'a> {
    pub(super) compared: &'a Compared<'a, 'a>,
    pub(super) causes: &'a Rc<Vec<u32>>,
}

/// A suggestion for a report.
#[derive(Serialize)]
pub(super) struct Suggested<'a> {
    pub(super) kind: &'static str,
    /// The macro, directive or keyword that does it.
    pub(super) means: &'static str,
    /// Whether the dialect has no macro for it.
    pub(super) is_raw: bool,
    #[serde(flatten)]
    pub(super) target: Text<'a>,
    #[serde(flatten)]
    pub(super) value: Text<'a>,
    #[serde(flatten)]
    pub(super) source: Text<'a>,
}

/// An obstacle or caveat for a report.
#[derive(Serialize)]
pub(super) struct Remark<'a> {
    pub(super) kind: &'static str,
    #[serde(flatten)]
    pub(super) subject: Text<'a>,
    pub(super) text: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) files: Vec<String>,
}

impl Row<'_> {
    /// All suggestions, for a page.
    pub(super) fn steps(&self, answer: &Answer<'_>) -> Vec<Step> {
        let step = |suggestion: &Suggested<'_>| Step {
            what: format!("{} {}", suggestion.what(answer), suggestion.target.harmless()),
            lack: suggestion.lack(),
            source: suggestion.source.harmless().lines().map(str::to_owned).collect(),
        };
        self.suggestions.iter().map(step).collect()
    }
}

impl Answer<'_> {
    /// What was found, in a few words.
    pub(super) fn headline(&self) -> String {
        match self.causes.len() {
            0 => "no type of an export differs".to_owned(),
            _ => {
                let exports = count(self.exports, "export");
                format!("{} of {exports} with other types can have the old version", self.restored)
            }
        }
    }

    /// Whether anything is suggested.
    pub(super) fn has_suggestions(&self) -> bool {
        self.causes.iter().any(|row| !row.suggestions.is_empty())
    }

    /// What is to be said of all suggestions together, line by line.
    pub(super) fn advice(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(sign) = self.guessed_from {
            lines.push(format!("Macros: {}, since {sign} (--macros DIALECT for others).", self.dialect));
        }
        let all = || self.causes.iter().flat_map(|row| &row.suggestions);
        if all().any(|suggestion| suggestion.means.ends_with("KABI_USE") && !self.for_genksyms) {
            lines.push(
                "Types do not have the numbers of KABI_RESERVE, so that KABI_USE has a name: put the number in its place."
                    .to_owned(),
            );
        }
        if self.for_genksyms {
            lines.push(
                "The versions are computed from the types, not by genksyms: build, and compare.".to_owned(),
            );
            return lines;
        }
        lines.push("Build with KBUILD_GENDWARFKSYMS_STABLE=1 then.".to_owned());
        if all().any(|suggestion| suggestion.means.starts_with('_')) {
            lines.push(
                "For rules, a source needs the macros of the kernel's Documentation/kbuild/gendwarfksyms.rst, which \
                 --format json has, too."
                    .to_owned(),
            );
        }
        lines
    }
}

/// What a report says of suggestions.
pub(super) fn answer<'a>(compared: &'a Compared<'a, 'a>, advice: &'a [Advice], words: Words) -> Answer<'a> {
    let outcome = &compared.outcome;
    // Lists that several causes share count once.
    let lists: HashMap<_, _> =
        advice.iter().map(|advice| (Rc::as_ptr(&advice.restored), &advice.restored)).collect();
    let restored: HashSet<NameId> = lists.values().flat_map(|list| list.iter().copied()).collect();
    Answer {
        schema: SCHEMA,
        exports: outcome.exports.len(),
        restored: restored.len(),
        macros: MACROS,
        dialect: words.macros.id(),
        guessed_from: words.guessed_from,
        for_genksyms: words.macros.are_for_genksyms(),
        causes: outcome
            .causes
            .iter()
            .zip(advice)
            .map(|(cause, advice)| row(compared, cause, advice, words))
            .collect(),
    }
}

fn row<'a>(compared: &'a Compared<'a, 'a>, cause: &Cause, advice: &'a Advice, words: Words) -> Row<'a> {
    let catalog = compared.sides.catalog();
    let name = catalog.name(cause.name);
    let remark = |kind, subject: &'a [u8], text| Remark {
        kind,
        subject: Text { field: "subject", bytes: subject },
        text,
        files: Vec::new(),
    };
    Row {
        id: Shown(name),
        id_bytes: Hexadecimal::unless_shown(name),
        title: title(name),
        exports: cause.exports.len(),
        restored: Restored { catalog, exports: &advice.restored },
        remaining: Remains { compared, exports: &advice.remaining },
        suggestions: advice
            .suggestions
            .iter()
            .map(|suggestion| Suggested {
                kind: suggestion.kind.id(),
                means: suggestion.means,
                is_raw: words.macros.lack(suggestion),
                target: Text { field: "target", bytes: &suggestion.target },
                value: Text { field: "value", bytes: &suggestion.value },
                source: Text { field: "source", bytes: &suggestion.source },
            })
            .collect(),
        obstacles: advice
            .obstacles
            .iter()
            .map(|obstacle| remark(obstacle.kind.id(), &obstacle.subject, obstacle.kind.text()))
            .collect(),
        caveats: advice
            .caveats
            .iter()
            .map(|caveat| Remark {
                files: caveat.files.iter().map(|&file| text(compared.sides.file_name(file))).collect(),
                ..remark(caveat.kind.id(), &caveat.subject, caveat.kind.text())
            })
            .collect(),
    }
}

impl<'a> InTheWay<'a> {
    pub(super) fn names(&self) -> impl Iterator<Item = Shown<'a>> {
        let (catalog, all) = (self.compared.sides.catalog(), &self.compared.outcome.causes);
        let causes = self.causes.iter().map(move |&number| all.get(number as usize));
        causes.map(|cause| Shown(cause.map_or(b"", |cause| catalog.name(cause.name))))
    }
}

impl<'a> Remains<'a> {
    pub(super) fn all(&self) -> impl Iterator<Item = Left<'a>> {
        let compared = self.compared;
        self.exports.iter().map(move |remaining| {
            let name = compared.sides.catalog().name(remaining.export);
            Left {
                symbol: Shown(name),
                symbol_bytes: Hexadecimal::unless_shown(name),
                causes: InTheWay { compared, causes: &remaining.causes },
                comes_back: remaining.comes_back,
            }
        })
    }
}

impl Serialize for Restored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.exports.iter().map(|&name| Shown(self.catalog.name(name))))
    }
}

impl Serialize for InTheWay<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.names())
    }
}

impl Serialize for Remains<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.all())
    }
}

/// How many bytes the names of exports and causes take that JSON has for each cause.
pub(super) fn names_of(answer: &Answer<'_>) -> u64 {
    /// What is around the name and the list of an export that remains.
    const AROUND: usize = 84;
    let (mut lists, mut reasons) = (Lengths::default(), Lengths::default());
    let mut bytes = 0_u64;
    for Row { restored, remaining, .. } in &answer.causes {
        let names = restored.exports.iter().map(|&name| restored.catalog.name(name).len());
        bytes = bytes.saturating_add(lists.of(Rc::as_ptr(restored.exports).addr(), names));
        let names = remaining.all().map(|Left { symbol, causes, .. }| {
            let names = causes.names().map(|name| name.0.len());
            let reasons = reasons.of(Rc::as_ptr(causes.causes).addr(), names);
            symbol
                .0
                .len()
                .saturating_add(AROUND)
                .saturating_add(usize::try_from(reasons).unwrap_or(usize::MAX))
        });
        bytes = bytes.saturating_add(lists.of(Rc::as_ptr(remaining.exports).addr(), names));
    }
    bytes
}

/// A text as one or two fields of an object: the second one has its bytes, if they are no text, and is not there otherwise.
pub(super) struct Text<'a> {
    field: &'static str,
    pub(super) bytes: &'a [u8],
}

impl Text<'_> {
    /// The text on a terminal: tabs and ends of lines are harmless.
    pub(super) fn harmless(&self) -> String {
        let mut out = String::with_capacity(self.bytes.len());
        for char in String::from_utf8_lossy(self.bytes).chars() {
            match message::escape(char) {
                Some(escape) if !matches!(char, '\t' | '\n') => out.extend(escape),
                _ => out.push(char),
            }
        }
        out
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.field, &Readable(self.bytes))?;
        if let Some(bytes) = Hexadecimal::unless_text(self.bytes) {
            map.serialize_entry(&format_args!("{}_bytes", self.field), &bytes)?;
        }
        map.end()
    }
}
