//! What `explain` answers, for every format: serialized, this is what docs/explain.schema.json describes.

use std::path::Path;
use std::rc::Rc;

use anyhow::{Result, bail};
use dwarfksyms_core::budget::Budget;
use dwarfksyms_symtypes::types::{ExportRecord, Side};
use serde::{Serialize, Serializer};

use super::{shown, text};
use crate::builds::{Build, Export, Origin};
use crate::comparison::{
    Basis, Causes, Compared, Composed, Composition, Locations, Pair, Sides, Usage, Used,
};
use crate::demangle::demangle;
use crate::name::bytes_unless;
use crate::report::{self, CauseEntry, Change, LayoutPair, Line, Verdict};

/// The version of the schema: it increases when a field is removed or changes its meaning.
pub(super) const SCHEMA: u32 = 1;

/// Answers about one build, or two.
#[derive(Debug, Serialize)]
pub(super) struct Explanation {
    /// [`SCHEMA`].
    pub(super) schema: u32,
    pub(super) old: report::Side,
    /// None if only one build was asked about, which is the old one.
    pub(super) new: Option<report::Side>,
    /// Whether the types are from BTF, which does not determine versions.
    pub(super) is_of_btf: bool,
    /// In the order of the command line.
    pub(super) answers: Vec<Answer>,
}

/// What was found of an export, or a type.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    /// As on the command line, escaped.
    pub(super) name: String,
    /// Its bytes in hexadecimal, if `name` is not what was asked about itself.
    pub(super) name_bytes: Option<String>,
    pub(super) subject: Subject,
    pub(super) demangled: Option<String>,
    /// None if only one build was asked about.
    pub(super) relation: Option<Relation>,
    /// Whether types decide, and versions do not.
    pub(super) is_by_types: bool,
    #[serde(skip)]
    pub(super) is_unversioned: bool,
    pub(super) old: Option<AnswerSide>,
    pub(super) new: Option<AnswerSide>,
    pub(super) causes: Vec<Explained>,
    /// Of an export of a single build: what its version consists of.
    pub(super) composition: Option<Composed>,
}

/// What was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Subject {
    Export,
    Type,
}

/// How two builds differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Relation {
    Same,
    Changed,
    Removed,
    Added,
}

/// What is known of it in one of the builds.
#[derive(Debug, Serialize)]
pub(super) struct AnswerSide {
    /// The version that the build has.
    #[serde(serialize_with = "hexadecimal")]
    pub(super) version: Option<u32>,
    /// The version that follows from the types, if two builds were compared.
    #[serde(serialize_with = "hexadecimal")]
    pub(super) computed: Option<u32>,
    /// Of a type: what it looks like, and who uses it.
    pub(super) usage: Option<Used>,
}

/// A type, or the export's own, that changed.
#[derive(Debug, Serialize)]
pub(super) struct Explained {
    id: String,
    name_bytes: Option<String>,
    pub(super) title: String,
    verdict: Verdict,
    pub(super) changes: Vec<Change>,
    /// Where it is declared.
    pub(super) declared: report::Places,
    pub(super) diff: Vec<Line>,
    layout: Option<LayoutPair>,
    /// The shortest way to it, which begins with the export.
    pub(super) path: Vec<String>,
}

fn hexadecimal<S: Serializer>(version: &Option<u32>, serializer: S) -> Result<S::Ok, S::Error> {
    version.map(|version| format!("{version:#010x}")).serialize(serializer)
}

impl AnswerSide {
    /// Whether the types give the version that the build has, if it has one.
    pub(super) fn is_confirmed(&self) -> bool {
        self.version.is_none() || self.version == self.computed
    }

    fn of_type(usage: Option<Used>) -> Option<AnswerSide> {
        usage.map(|usage| AnswerSide { version: None, computed: None, usage: Some(usage) })
    }

    fn recorded(export: &Export) -> AnswerSide {
        AnswerSide { version: export.version, computed: None, usage: None }
    }
}

impl Explained {
    fn of(cause: CauseEntry) -> Explained {
        let CauseEntry { id, name_bytes, title, verdict, changes, declared, diff, layout, path, .. } = cause;
        Explained { id, name_bytes, title, verdict, changes, declared, diff, layout, path }
    }
}

impl Answer {
    /// Of what nothing is known so far.
    fn about(name: &str, subject: Subject) -> Answer {
        let shown = text(name.as_bytes());
        Answer {
            name_bytes: bytes_unless(&shown, name.as_bytes()),
            name: shown,
            subject,
            demangled: None,
            relation: None,
            is_by_types: false,
            is_unversioned: false,
            old: None,
            new: None,
            causes: Vec::new(),
            composition: None,
        }
    }

    /// An export that only one of the builds has.
    pub(super) fn only_in_one(
        name: &str,
        builds: [&Build; 2],
        budget: &mut Budget,
    ) -> Result<Option<Answer>> {
        let [old, new] = builds.map(|build| build.export(name.as_bytes()));
        let relation = match (old, new) {
            (Some(_), None) => Relation::Removed,
            (None, Some(_)) => Relation::Added,
            _ => return Ok(None),
        };
        let answer = Answer::about(name, Subject::Export);
        Ok(Some(Answer {
            demangled: demangle(&answer.name, budget)?,
            relation: Some(relation),
            old: old.map(AnswerSide::recorded),
            new: new.map(AnswerSide::recorded),
            ..answer
        }))
    }

    /// What an export of a single build consists of.
    pub(super) fn composed(
        name: &str,
        sides: &Sides<'_>,
        export: ExportRecord,
        depth: usize,
    ) -> Result<Answer> {
        let answer = Answer::about(name, Subject::Export);
        Ok(Answer {
            demangled: sides.ask(|budget| demangle(&answer.name, budget))?,
            old: sides.old.export(name.as_bytes()).map(AnswerSide::recorded),
            composition: Some(Composition { sides, depth }.of(export)?),
            ..answer
        })
    }

    /// A type of a single build.
    pub(super) fn used(
        asked: &str,
        sides: &Sides<'_>,
        locations: &Locations,
        name: &[u8],
        path: &Path,
    ) -> Result<Answer> {
        let usage = usage(sides, Side::Old, name, locations)?;
        if usage.is_none() {
            bail!("{}: there is no type {} in it{}", shown(path), text(asked.as_bytes()), hint(&[sides.old]));
        }
        Ok(Answer { old: AnswerSide::of_type(usage), ..Answer::about(asked, Subject::Type) })
    }

    /// How a type changed between two builds, and who uses it.
    pub(super) fn of_type(asked: &str, compared: &Compared<'_, '_>, name: &[u8]) -> Result<Answer> {
        let sides = compared.sides;
        let [old, new] = [Side::Old, Side::New].map(|side| usage(sides, side, name, &compared.locations));
        let (old, new) = (old?, new?);
        let mut causes = Vec::new();
        let relation = match (&old, &new) {
            (None, None) => bail!(
                "there is no type {} in either build{}",
                text(asked.as_bytes()),
                hint(&[sides.old, sides.new])
            ),
            (Some(_), None) => Relation::Removed,
            (None, Some(_)) => Relation::Added,
            (Some(_), Some(_)) => {
                let id = sides.catalog().find(name);
                let mut teller = Causes::new(compared);
                for cause in compared.outcome.causes.iter().filter(|cause| Some(cause.name) == id) {
                    causes.push(Explained::of(teller.tell(cause)?));
                }
                if causes.is_empty() { Relation::Same } else { Relation::Changed }
            }
        };
        let (old, new) = (AnswerSide::of_type(old), AnswerSide::of_type(new));
        Ok(Answer { relation: Some(relation), old, new, causes, ..Answer::about(asked, Subject::Type) })
    }

    /// Why the version of an export changed that both builds have.
    pub(super) fn of_export(
        name: &str,
        compared: &Compared<'_, '_>,
        before: ExportRecord,
        after: ExportRecord,
    ) -> Result<Answer> {
        let sides = compared.sides;
        let basis = Basis::of(sides)?;
        let pair = sides.old.export(name.as_bytes()).zip(sides.new.export(name.as_bytes()));
        // As in a comparison: numbers that different tools have recorded say nothing beside each other.
        let is_by_types = pair.is_some_and(|(old, new)| basis.is_by_types(Pair { old, new }, [true, true]));
        let side = |export: ExportRecord, build: &Build| -> Result<AnswerSide> {
            let version = build.export(name.as_bytes()).and_then(|export| export.version);
            Ok(AnswerSide { version, computed: computed(sides, export, basis.has_btf())?, usage: None })
        };
        let (old, new) = (side(before, sides.old)?, side(after, sides.new)?);
        let mut own = compared.outcome.exports.iter().filter(|(name, _)| *name == before.name);
        let own = own.next().map(|(_, causes)| causes.as_slice()).unwrap_or_default();
        let counting = [&old, &new].map(|side| side.version.filter(|_| !is_by_types).or(side.computed));
        let is_unversioned = basis.has_btf() && counting == [None, None];
        let is_same = if is_unversioned { own.is_empty() } else { counting[0] == counting[1] };
        let mut teller = Causes::new(compared);
        let from = Rc::new(vec![after.name]);
        let mut causes = Vec::new();
        for &number in own {
            let Some(cause) = compared.outcome.causes.get(number as usize) else { continue };
            causes.push(Explained::of(teller.tell_from(cause, after.file, &from)?));
        }
        let answer = Answer::about(name, Subject::Export);
        Ok(Answer {
            demangled: sides.ask(|budget| demangle(&answer.name, budget))?,
            relation: Some(if is_same { Relation::Same } else { Relation::Changed }),
            is_by_types: is_by_types || is_unversioned,
            is_unversioned,
            old: Some(old),
            new: Some(new),
            causes,
            ..answer
        })
    }
}

/// What else there is to ask for: DWARF has types that no export reaches.
fn hint(builds: &[&Build]) -> &'static str {
    let types = || builds.iter().flat_map(|build| &build.types);
    match types().any(|types| types.origin == Origin::Dwarf) {
        true => " that an export reaches; --all-types looks at the others, too",
        false => "",
    }
}

/// A type in one of the builds, if it is there.
fn usage(sides: &Sides<'_>, side: Side, name: &[u8], locations: &Locations) -> Result<Option<Used>> {
    let id = sides.catalog().find(name);
    Ok(id.map(|name| Usage { sides, side }.of(name, locations)).transpose()?.flatten())
}

/// The version that an export has by its types; none of types that do not determine any.
fn computed(sides: &Sides<'_>, export: ExportRecord, is_of_btf: bool) -> Result<Option<u32>> {
    if is_of_btf {
        return Ok(None);
    }
    let catalog = sides.catalog();
    let versions = sides.ask(|budget| catalog.versions(export.file, &[export.name], &[], budget))?;
    Ok(versions.first().copied().flatten())
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use serde_json::{Value, json};

    use super::super::{Args, explanation};
    use crate::schema::SchemaChecker;

    const SCHEMA: &str = include_str!("../../../../../docs/explain.schema.json");
    const REPORT: &str = include_str!("../../../../../docs/report.schema.json");

    #[derive(Parser)]
    struct CommandLine {
        #[command(flatten)]
        args: Args,
    }

    /// What is answered of the builds in `corpus/compare`.
    fn value(arguments: &[&str]) -> Value {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/compare");
        let in_corpus = |argument: &&str| argument.replace("CORPUS", corpus);
        let start = ["explain", "--no-sandbox", "--quiet"].map(str::to_owned);
        let line = start.into_iter().chain(arguments.iter().map(in_corpus));
        serde_json::to_value(explanation(&CommandLine::parse_from(line).args).unwrap()).unwrap()
    }

    fn checker() -> SchemaChecker {
        SchemaChecker::new(SCHEMA).with("report.schema.json", REPORT)
    }

    #[test]
    fn json_is_as_the_schema_says() {
        let of_two = value(&[
            "device_users",
            "CORPUS/before",
            "CORPUS/after",
            "--also",
            "struct request",
            "ring_legacy",
            "ring_start",
        ]);
        assert_eq!(checker().check(&of_two), Ok(()));
        let of_one = value(&["device_users", "CORPUS/before", "--depth", "1", "--also", "struct request"]);
        assert_eq!(checker().check(&of_one), Ok(()));
        let further = of_one["answers"][0]["composition"]["further"].as_array().unwrap();
        assert!(!further.is_empty() && of_one["answers"][1]["composition"].is_null());
        assert_eq!([&of_one["new"], &of_one["answers"][0]["relation"]], [&json!(null), &json!(null)]);
    }

    #[test]
    fn what_is_not_in_the_schema_is_found() {
        let edits: [(&str, &str, Value); 6] = [
            ("", "schema", 2.into()),
            ("/new", "exports", "1".into()),
            ("/answers/0", "relation", "moved".into()),
            ("/answers/0", "subject", Value::Null),
            ("/answers/0/old", "version", 1.into()),
            ("/answers/0/causes/0/changes/0", "verdict", "bad".into()),
        ];
        for (object, field, new) in edits {
            let mut explained = value(&["device_users", "CORPUS/before", "CORPUS/after"]);
            let fields = explained.pointer_mut(object).and_then(Value::as_object_mut).unwrap();
            fields.insert(field.to_owned(), new);
            let found = checker().check(&explained).unwrap_err();
            assert!(format!("{object}/{field}").starts_with(&found.at), "{found:?}");
        }
    }
}
