//! What there is to say of a module and a kernel.

use serde::Serialize;

use super::super::text;
use super::Names;
use crate::loading::{self, Fit, Mismatch, Problem};
use crate::name::bytes_unless;
use crate::report::NameList;

/// The answer for a report, as docs/module.schema.json has it.
#[derive(Serialize)]
pub(crate) struct Answer {
    pub(super) module: String,
    pub(super) kernel: String,
    pub(super) loads: bool,
    /// The symbols that the module wants.
    pub(super) symbols: usize,
    /// Modules that must be loaded before.
    pub(super) needs: Vec<String>,
    pub(super) problems: Vec<Row>,
    /// What the loader complains of, and lets pass.
    pub(super) warnings: Vec<Row>,
    /// What the versions differ for, as far as `--old` shows.
    pub(super) why: Vec<Why>,
}

/// A type that changed since the build that a module was made for.
#[derive(Serialize)]
pub(super) struct Why {
    /// What people call it.
    pub(super) title: String,
    pub(super) changes: Vec<WhyChange>,
    /// The symbols of the module that depend on it: types share lists of them.
    pub(super) symbols: NameList,
}

/// One way in which it has changed.
#[derive(Serialize)]
pub(super) struct WhyChange {
    pub(super) class: &'static str,
    pub(super) text: String,
}

/// A problem for a report.
#[derive(Serialize)]
pub(super) struct Row {
    pub(super) symbol: Option<String>,
    /// The bytes of its name in hexadecimal, if `symbol` is not the name itself.
    pub(super) symbol_bytes: Option<String>,
    /// A word for the kind of problem, which stays.
    pub(super) cause: &'static str,
    pub(super) text: String,
    /// The version that the module was built against, if that is the problem.
    pub(super) wanted: Option<String>,
    /// The version that the kernel has.
    pub(super) offered: Option<String>,
}

impl Answer {
    pub(super) fn new(names: &Names, fit: &Fit) -> Answer {
        Answer {
            module: names.module.clone(),
            kernel: names.kernel.clone(),
            loads: fit.problems.is_empty(),
            symbols: fit.symbols,
            needs: fit.needs.iter().map(|name| text(name)).collect(),
            problems: fit.problems.iter().map(row).collect(),
            warnings: fit.warnings.iter().map(row).collect(),
            why: Vec::new(),
        }
    }

    /// The symbols that do not fit, each once: one can have several problems, which follow each other.
    pub(super) fn misfits(&self) -> Vec<&str> {
        let mut named: Vec<&str> = self.problems.iter().filter_map(|row| row.symbol.as_deref()).collect();
        named.dedup();
        named
    }
}

/// What is printed about a problem.
fn row(problem: &Problem) -> Row {
    let symbol = problem.symbol.as_deref().map(text);
    let (cause, text) = match &problem.cause {
        Mismatch::Missing => ("missing", "nothing exports it".to_owned()),
        Mismatch::Version { wanted, offered } if problem.symbol.as_deref() == Some(loading::LAYOUT) => (
            "version",
            format!(
                "the module was built against {wanted:#010x}, the kernel has {offered:#010x}: structures that modules share \
                 with the kernel differ, such as struct module, and the kernel looks no further"
            ),
        ),
        Mismatch::Version { wanted, offered } => (
            "version",
            format!("the module was built against {wanted:#010x}, the kernel has {offered:#010x}"),
        ),
        Mismatch::Unversioned { offered } => (
            "unversioned",
            format!("the kernel has {offered:#010x}, the module has versions, but none for this symbol"),
        ),
        Mismatch::Licence => ("licence", "only modules under the GPL may use it".to_owned()),
        Mismatch::Tainted => (
            "tainted",
            "a module exports it that is not under the GPL: who uses it may use no symbols for modules under the GPL, \
             and this module does"
                .to_owned(),
        ),
        Mismatch::Namespace(namespace) => (
            "namespace",
            format!("it is in the namespace {}, which the module does not import", text(namespace)),
        ),
        Mismatch::Duplicate => {
            ("duplicate", "the module exports it, and so does the kernel itself".to_owned())
        }
        Mismatch::NoVersions => ("no-versions", "the kernel has versions, the module has none".to_owned()),
        Mismatch::NoVermagic => {
            ("no-vermagic", "the module does not say which kernel it was built for (vermagic)".to_owned())
        }
        Mismatch::Vermagic(wanted, offered) => {
            let (wanted, offered) = (text(wanted), text(offered));
            (
                "vermagic",
                format!("the module was built for '{}', this is '{}'", wanted.trim(), offered.trim()),
            )
        }
    };
    let name = symbol.as_deref().zip(problem.symbol.as_deref());
    let symbol_bytes = name.and_then(|(shown, name)| bytes_unless(shown, name));
    let version = |version: Option<u32>| version.map(|version| format!("{version:#010x}"));
    let (wanted, offered) = match problem.cause {
        Mismatch::Version { wanted, offered } => (Some(wanted), Some(offered)),
        Mismatch::Unversioned { offered } => (None, Some(offered)),
        _ => (None, None),
    };
    Row { symbol, symbol_bytes, cause, text, wanted: version(wanted), offered: version(offered) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::SchemaChecker;

    const SCHEMA: &str = include_str!("../../../../../docs/module.schema.json");

    #[test]
    fn json_is_as_the_schema_says() {
        let causes = [
            Mismatch::Missing,
            Mismatch::Version { wanted: 1, offered: 2 },
            Mismatch::Unversioned { offered: 2 },
            Mismatch::Licence,
            Mismatch::Tainted,
            Mismatch::Namespace(b"\xff".to_vec()),
            Mismatch::NoVersions,
            Mismatch::Vermagic(b"1".to_vec(), b"2".to_vec()),
            Mismatch::NoVermagic,
            Mismatch::Duplicate,
        ];
        let symbols = [Some(b"f".to_vec()), Some(b"\xff".to_vec()), None];
        let problems = causes
            .into_iter()
            .flat_map(|cause| symbols.clone().map(|symbol| Problem { symbol, cause: cause.clone() }));
        let problems: Vec<Problem> = problems.collect();
        let fit = Fit { warnings: problems.clone(), problems, needs: vec![b"a".to_vec()], ..Fit::default() };
        let mut answer = Answer::new(&Names { module: "x.ko".to_owned(), kernel: "kernel".to_owned() }, &fit);
        let changes = vec![WhyChange { class: "member-moved", text: "moved".to_owned() }];
        answer.why.push(Why {
            title: "struct s".to_owned(),
            changes,
            symbols: ["f".to_owned()].into_iter().collect(),
        });
        let checker = SchemaChecker::new(SCHEMA);
        let mut value = serde_json::to_value(&answer).unwrap();
        assert_eq!(checker.check(&value), Ok(()));
        assert_eq!(value["problems"][3]["wanted"], "0x00000001");
        value["problems"][3]["wanted"] = 1.into();
        assert_eq!(checker.check(&value).unwrap_err().at, "/problems/3/wanted");
    }
}
