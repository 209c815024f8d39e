//! What a JSON report says, as far as rules are about it.

use serde_json::Value;

/// A report.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) exports: Vec<Export>,
    pub(super) causes: Vec<Cause>,
    pub(super) unused_rules: Vec<String>,
}

/// What comes of something, and the rule that decided.
pub(super) type Ruling = (Level, Option<String>);

/// What comes of a difference, the mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Pass,
    Warn,
    Fail,
}

#[derive(Clone, Debug)]
pub(super) struct Export {
    pub(super) symbol: String,
    pub(super) difference: String,
    pub(super) old: Option<Facts>,
    pub(super) new: Option<Facts>,
    pub(super) causes: Vec<String>,
    pub(super) ruling: Ruling,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) version: Option<String>,
    /// None if it is not known.
    pub(super) module: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) namespace: String,
}

#[derive(Clone, Debug)]
pub(super) struct Cause {
    id: String,
    /// Their classes and verdicts.
    pub(super) changes: Vec<(String, String)>,
    pub(super) exports: Vec<String>,
    pub(super) ruling: Ruling,
}

impl Report {
    pub(super) fn read(json: &str) -> Report {
        let report: Value = serde_json::from_str(json).expect("JSON");
        Report {
            exports: list(&report["exports"]).iter().map(Export::read).collect(),
            causes: list(&report["causes"]).iter().map(Cause::read).collect(),
            unused_rules: texts(&report["unused_rules"]),
        }
    }

    pub(super) fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.iter().find(|cause| cause.id == id)
    }

    pub(super) fn export(&self, symbol: &str) -> Option<&Export> {
        self.exports.iter().find(|export| export.symbol == symbol)
    }
}

impl Export {
    fn read(export: &Value) -> Export {
        Export {
            symbol: text(&export["symbol"]),
            difference: text(&export["difference"]),
            old: Facts::read(&export["old"]),
            new: Facts::read(&export["new"]),
            causes: texts(&export["causes"]),
            ruling: ruling(&export["ruling"]),
        }
    }

    /// A symbol that is listed, and exported by nobody.
    pub(super) fn missing(symbol: &str) -> Export {
        Export {
            symbol: symbol.to_owned(),
            difference: "missing".to_owned(),
            old: None,
            new: None,
            causes: Vec::new(),
            ruling: (Level::Fail, None),
        }
    }

    /// As it was, or is now if it was not there.
    pub(super) fn before(&self) -> Option<&Facts> {
        self.old.as_ref().or(self.new.as_ref())
    }

    /// Whether it has moved in a way that no module can miss.
    pub(super) fn cannot_break(&self) -> bool {
        let (Some(old), Some(new)) = (&self.old, &self.new) else { return false };
        let is_open = new.kind == old.kind || new.kind.as_deref() == Some("EXPORT_SYMBOL");
        let can_be_used = new.namespace.is_empty() || new.namespace == old.namespace;
        self.difference == "moved" && is_open && can_be_used
    }
}

impl Facts {
    pub(super) fn module(&self) -> Option<&str> {
        self.module.as_deref()
    }

    fn read(facts: &Value) -> Option<Facts> {
        facts.is_object().then(|| Facts {
            version: facts["version"].as_str().map(str::to_owned),
            module: facts["module"].as_str().map(str::to_owned),
            kind: facts["kind"].as_str().map(str::to_owned),
            namespace: facts["namespace"].as_str().unwrap_or_default().to_owned(),
        })
    }
}

impl Cause {
    fn read(cause: &Value) -> Cause {
        let change = |change: &Value| (text(&change["class"]), text(&change["verdict"]));
        Cause {
            id: text(&cause["id"]),
            changes: list(&cause["changes"]).iter().map(change).collect(),
            exports: texts(&cause["exports"]),
            ruling: ruling(&cause["ruling"]),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Its name without the number that tells it from others of its name.
    pub(super) fn type_name(&self) -> &str {
        self.id.split('@').next().unwrap_or_default()
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    list(value).iter().map(text).collect()
}

fn ruling(value: &Value) -> Ruling {
    let level = match value["level"].as_str().expect("a level") {
        "pass" => Level::Pass,
        "warn" => Level::Warn,
        "fail" => Level::Fail,
        other => panic!("{other} is no level"),
    };
    assert_eq!(value["is_allowed"], level != Level::Fail);
    (level, value["rule"].as_str().map(str::to_owned))
}
