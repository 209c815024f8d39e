//! The JSON Schemas in `docs`, and whether values are as they say.

use serde_json::Value;

/// Checks values, as far as our schemas ask for it. A keyword that is not known here is an error, and so is a field that
/// the schema does not name.
pub(crate) struct SchemaChecker {
    schema: Value,
    /// By the names of their files: schemas that it refers to.
    others: Vec<(&'static str, Value)>,
}

/// What does not fit a schema.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    /// Where, as a JSON pointer.
    pub(crate) at: String,
    pub(crate) why: String,
}

impl SchemaChecker {
    /// Checks with the text of a schema.
    pub(crate) fn new(schema: &str) -> SchemaChecker {
        SchemaChecker { schema: serde_json::from_str(schema).unwrap(), others: Vec::new() }
    }

    /// The same with another schema that it refers to.
    pub(crate) fn with(mut self, file: &'static str, schema: &str) -> SchemaChecker {
        self.others.push((file, serde_json::from_str(schema).unwrap()));
        self
    }

    pub(crate) fn check(&self, value: &Value) -> Result<(), Wrong> {
        self.is_as(value, &self.schema, &self.schema, "")
    }

    /// The part of a document that a reference leads to, and that document.
    fn referred<'s>(&'s self, reference: &str, document: &'s Value) -> (&'s Value, &'s Value) {
        let (file, place) = reference.split_once('#').unwrap();
        let other = self.others.iter().find(|(name, _)| *name == file);
        let document = if file.is_empty() { document } else { &other.unwrap().1 };
        (document.pointer(place).unwrap(), document)
    }

    fn is_as(&self, value: &Value, schema: &Value, document: &Value, at: &str) -> Result<(), Wrong> {
        let wrong = |why: String| Err(Wrong { at: at.to_owned(), why });
        for (keyword, asked) in schema.as_object().unwrap() {
            match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "required" => {}
                "$ref" => {
                    let (schema, document) = self.referred(asked.as_str().unwrap(), document);
                    self.is_as(value, schema, document, at)?;
                }
                "anyOf" => {
                    let choices = asked.as_array().unwrap().iter();
                    let outcomes: Vec<_> =
                        choices.map(|schema| self.is_as(value, schema, document, at)).collect();
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
                        self.is_as(item, asked, document, &format!("{at}/{index}"))?;
                    }
                }
                "properties" => self.fields(value, schema, document, at)?,
                _ => return wrong(format!("{keyword}: {asked}")),
            }
        }
        Ok(())
    }

    fn fields(&self, value: &Value, schema: &Value, document: &Value, at: &str) -> Result<(), Wrong> {
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
            self.is_as(field, schema, document, &format!("{at}/{name}"))?;
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
