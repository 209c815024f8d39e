//! The JSON report and its schema: each has what the other has.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Report, sample};
use crate::schema::SchemaChecker;

const SCHEMA: &str = include_str!("../../../../docs/report.schema.json");
const PAGE: &str = include_str!("../../../../docs/REPORTS.md");

#[test]
fn reports_are_as_the_schema_says() {
    let checker = SchemaChecker::new(SCHEMA);
    for report in [sample::report(), sample::same(), sample::with_text(sample::HOSTILE), sample::large(20, 3)]
    {
        assert_eq!(checker.check(&value(&report)), Ok(()));
    }
    let mut described = sample::report();
    described.new.described = Some("per-unit");
    assert_eq!(checker.check(&value(&described)), Ok(()));
}

#[test]
fn what_is_not_in_the_schema_is_found() {
    let checker = SchemaChecker::new(SCHEMA);
    let edits: [(&str, &str, Value); 8] = [
        ("", "schema", 2.into()),
        ("", "more", 1.into()),
        ("/old", "exports", "1".into()),
        ("/old", "exports", (-1).into()),
        ("/causes/0", "verdict", "bad".into()),
        ("/causes/0/layout/old/slots/0", "is_hole", Value::Null),
        ("/exports/0", "old", 1.into()),
        ("/summary", "causes", 1.5.into()),
    ];
    for (object, field, new) in edits {
        let mut report = value(&sample::report());
        let fields = report.pointer_mut(object).and_then(Value::as_object_mut).unwrap();
        fields.insert(field.to_owned(), new);
        let path = if field == "more" { object.to_owned() } else { format!("{object}/{field}") };
        assert_eq!(checker.check(&report).map_err(|error| error.at), Err(path));
    }
    let mut report = value(&sample::report());
    report.as_object_mut().unwrap().remove("notes");
    assert_eq!(checker.check(&report).map_err(|error| error.why), Err("no 'notes'".to_owned()));
}

#[test]
fn the_document_names_every_field() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let defined = schema["$defs"].as_object().unwrap();
    for (name, definition) in
        defined.iter().map(|(name, value)| (name.as_str(), value)).chain([("report", &schema)])
    {
        let section =
            PAGE.split(&format!("\n### {name}\n")).nth(1).unwrap_or_else(|| panic!("no section {name}"));
        let section = section.split("\n### ").next().unwrap();
        let fields = definition.get("properties").and_then(Value::as_object);
        let fields: BTreeSet<_> =
            fields.into_iter().flat_map(Map::keys).map(|key| format!("| `{key}` |")).collect();
        let rows = section.lines().filter(|line| line.starts_with("| `") && !line.starts_with("| `\""));
        let rows: BTreeSet<_> = rows.map(|row| format!("|{}|", row.split('|').nth(1).unwrap())).collect();
        assert_eq!(rows, fields, "{name}");
    }
}

fn value(report: &Report) -> Value {
    serde_json::to_value(report).unwrap()
}
