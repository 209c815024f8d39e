//! The JSON report and its schema: each has what the other has.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{Report, json, sample};

const SCHEMA: &str = include_str!("../../../../docs/report.schema.json");
const PAGE: &str = include_str!("../../../../docs/REPORTS.md");

#[test]
fn reports_are_as_the_schema_says() {
    let checker = Checker::new();
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
    let checker = Checker::new();
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
    serde_json::from_str(&json::render(report).unwrap()).unwrap()
}

/// Checks values, as far as our schema asks for it. A keyword that is not known here is an error, and so is a field that
/// the schema does not name.
struct Checker(Value);

#[derive(Debug, PartialEq)]
struct Wrong {
    at: String,
    why: String,
}

impl Checker {
    fn new() -> Checker {
        Checker(serde_json::from_str(SCHEMA).unwrap())
    }

    fn check(&self, value: &Value) -> Result<(), Wrong> {
        self.is_as(value, &self.0, "")
    }

    fn is_as(&self, value: &Value, schema: &Value, at: &str) -> Result<(), Wrong> {
        let wrong = |why: String| Err(Wrong { at: at.to_owned(), why });
        for (keyword, asked) in schema.as_object().unwrap() {
            match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "required" => {}
                "$ref" => {
                    let place = asked.as_str().unwrap().strip_prefix('#').unwrap();
                    self.is_as(value, self.0.pointer(place).unwrap(), at)?;
                }
                "anyOf" => {
                    let choices = asked.as_array().unwrap().iter();
                    let outcomes: Vec<_> = choices.map(|schema| self.is_as(value, schema, at)).collect();
                    if outcomes.iter().all(Result::is_err) {
                        return outcomes.into_iter().next().unwrap();
                    }
                }
                "const" if asked == value => {}
                "enum" if asked.as_array().unwrap().contains(value) => {}
                "type" if type_names(asked).any(|name| is_of(value, name)) => {}
                "minimum" if value.as_i64().is_none_or(|value| value >= asked.as_i64().unwrap()) => {}
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.is_as(item, asked, &format!("{at}/{index}"))?;
                    }
                }
                "properties" => self.fields(value, schema, at)?,
                _ => return wrong(format!("{keyword}: {asked}")),
            }
        }
        Ok(())
    }

    fn fields(&self, value: &Value, schema: &Value, at: &str) -> Result<(), Wrong> {
        let wrong = |why: String| Err(Wrong { at: at.to_owned(), why });
        let Some(fields) = value.as_object() else { return Ok(()) };
        let properties = schema["properties"].as_object().unwrap();
        let required: Vec<_> =
            schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        if let Some(name) = required.iter().find(|name| !fields.contains_key(**name)) {
            return wrong(format!("no '{name}'"));
        }
        for (name, field) in fields {
            let Some(schema) = properties.get(name) else { return wrong(format!("unknown '{name}'")) };
            self.is_as(field, schema, &format!("{at}/{name}"))?;
        }
        assert_eq!(required.len(), properties.len(), "all fields are always there");
        Ok(())
    }
}

fn type_names(asked: &Value) -> impl Iterator<Item = &str> {
    let several = asked.as_array().into_iter().flatten().filter_map(Value::as_str);
    asked.as_str().into_iter().chain(several)
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
