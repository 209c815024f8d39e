//! Consolidated symtypes as other programs read them.

use std::collections::BTreeMap;

/// The records of a file by name.
pub(crate) type Records = BTreeMap<String, String>;

/// The name of a line and what is behind it, without blanks at the ends.
pub(crate) fn record(line: &str) -> (String, String) {
    let end = if line.get(1..3) == Some("#'") { line.find("' ").map(|at| at + 1) } else { line.find(' ') };
    let (name, text) = line.split_at(end.unwrap_or(line.len()));
    (name.to_owned(), text.trim().to_owned())
}

/// The types that a text refers to.
fn references(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('#') {
        let Some(start) = at.checked_sub(1).filter(|&start| "suetE".contains(&text[start..at])) else {
            continue;
        };
        if start > 0 && !text[..start].ends_with(' ') {
            continue;
        }
        let rest = &text[at + 1..];
        let end = match rest.strip_prefix('\'') {
            Some(quoted) => quoted.find('\'').map_or(rest.len(), |end| end + 2),
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        found.push(text[start..at + 1 + end].to_owned());
    }
    found
}

/// Reads consolidated symtypes as the manual page suse-kabi-tools(5) describes them, for any dialect.
pub(crate) fn read_as_others(text: &str) -> BTreeMap<String, Records> {
    let mut files: BTreeMap<String, Records> = BTreeMap::new();
    let (mut active, mut own, mut path) = (Records::new(), Records::new(), String::new());
    let finish = |path: &str, own: &mut Records, active: &Records, files: &mut BTreeMap<String, Records>| {
        let mut open: Vec<String> = own.values().flat_map(|text| references(text)).collect();
        while let Some(name) = open.pop() {
            if own.contains_key(&name) {
                continue;
            }
            let Some(text) = active.get(&name) else { continue };
            open.extend(references(text));
            own.insert(name, text.clone());
        }
        files.insert(path.to_owned(), std::mem::take(own));
    };
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(next) = line.strip_prefix("/* ").and_then(|rest| rest.strip_suffix(" */")) {
            if !path.is_empty() {
                finish(&path, &mut own, &active, &mut files);
            }
            path = next.strip_suffix(" (complete)").unwrap_or(next).to_owned();
            continue;
        }
        if let Some((prefix, bare)) = line.split_once("##") {
            let kind = match prefix {
                "s" => "struct",
                "u" => "union",
                _ => "enum",
            };
            let name = bare.trim_matches('\'');
            own.insert(format!("{prefix}#{bare}"), format!("{kind} {name} {{ UNKNOWN }}"));
            continue;
        }
        let (name, text) = record(line);
        active.insert(name.clone(), text.clone());
        own.insert(name, text);
    }
    finish(&path, &mut own, &active, &mut files);
    files
}
