//! Where our results differ from the reference's on purpose (corpus/exceptions.toml).

use std::fs;

use serde::Deserialize;

/// A case whose results differ.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The set of cases: `corpus`, or `golden` for one recorded elsewhere.
    pub suite: String,
    /// The case.
    pub case: String,
    /// The run; all of the case's if there is none.
    pub run: Option<String>,
    /// What differs: the kinds of results, and `exit`.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// What differs in some runs of the reference only, because it depends on memory addresses there.
    #[serde(default)]
    pub sometimes: Vec<String>,
    /// Why.
    pub reason: String,
}

/// The exceptions of a set of cases.
#[derive(Clone, Debug)]
pub struct Exceptions(Vec<Exception>);

#[derive(Deserialize)]
struct ExceptionFile {
    exception: Vec<Exception>,
}

impl Exceptions {
    /// Reads the exceptions of one set.
    ///
    /// # Panics
    /// If the file is missing or wrong.
    pub fn read(suite: &str) -> Exceptions {
        let path = crate::repository().join("corpus/exceptions.toml");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let file: ExceptionFile =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for exception in &file.exception {
            assert!(exception.reason.len() > 20, "{exception:?}: why?");
            assert!(["corpus", "golden"].contains(&exception.suite.as_str()), "{exception:?}: no such suite");
        }
        Exceptions(file.exception.into_iter().filter(|exception| exception.suite == suite).collect())
    }

    /// The exceptions of one case.
    pub fn of(&self, case: &str) -> Exceptions {
        Exceptions(self.0.iter().filter(|exception| exception.case == case).cloned().collect())
    }

    /// The exceptions about cases that are not among those named.
    pub fn about_others(&self, cases: &[&str]) -> Vec<&Exception> {
        self.0.iter().filter(|exception| !cases.contains(&exception.case.as_str())).collect()
    }

    /// Checks that a run differs exactly in what its exceptions say.
    ///
    /// # Errors
    /// What differs and should not, or does not and should.
    pub fn check(&self, run: &str, differing: &[(String, String)]) -> Result<(), String> {
        let about = |exception: &&Exception| exception.run.as_deref().is_none_or(|only| only == run);
        let exceptions: Vec<_> = self.0.iter().filter(about).collect();
        let always =
            |kind: &str| exceptions.iter().any(|exception| exception.kinds.iter().any(|own| own == kind));
        let sometimes =
            |kind: &str| exceptions.iter().any(|exception| exception.sometimes.iter().any(|own| own == kind));
        let mut problems = Vec::new();
        for (kind, how) in differing {
            if !always(kind) && !sometimes(kind) {
                problems.push(format!("{run}: {kind} differs from the reference: {how}"));
            }
        }
        for kind in exceptions.iter().flat_map(|exception| &exception.kinds) {
            if !differing.iter().any(|(other, _)| other == kind) {
                problems.push(format!("{run}: {kind} equals the reference: the exception is not needed"));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
    }
}
