//! What the programs consist of, for machines: a bill of materials in the format `CycloneDX` 1.5.
//!
//! It has neither the time nor the random serial number that such files may have, so the same sources give the same bytes.

use anyhow::Result;
use serde_json::{Value, json};

use crate::linked::{Crate, Crates, Id, PROGRAMS};

/// The bill of materials of both programs for a target, as indented JSON.
///
/// # Errors
/// None that are known; they would be those of the JSON writer.
pub fn bill(crates: &Crates, target: &str) -> Result<String> {
    let is_program = |id: &Id| PROGRAMS.contains(&id.name.as_str());
    let programs = crates.iter().filter(|(id, _)| is_program(id));
    let version = programs.clone().next().map(|(id, _)| id.version.clone());
    let mut components: Vec<_> =
        programs.map(|(id, details)| component(id, details, "application", "required")).collect();
    components.extend(crates.iter().filter(|(id, _)| !is_program(id)).map(|(id, details)| {
        // The word of the format for what takes part without being in the result.
        let scope = if details.is_linked { "required" } else { "excluded" };
        component(id, details, "library", scope)
    }));
    components.extend(runtime(target));
    let dependencies: Vec<_> = crates
        .iter()
        .map(|(id, details)| {
            let others: Vec<_> = details.dependencies.iter().map(reference).collect();
            json!({ "ref": reference(id), "dependsOn": others })
        })
        .collect();
    let bill = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "dwarfksyms-programs",
                "name": "dwarfksyms-programs",
                "version": version,
                "properties": [{ "name": "target", "value": target }],
            },
        },
        "components": components,
        "dependencies": dependencies,
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&bill)?))
}

/// A package URL, which names a crate wherever it is talked about.
fn reference(id: &Id) -> String {
    // In a version, `+` is the only character of semantic versioning that a package URL escapes.
    format!("pkg:cargo/{}@{}", id.name, id.version.replace('+', "%2B"))
}

fn component(id: &Id, details: &Crate, kind: &str, scope: &str) -> Value {
    let mut component = json!({
        "type": kind,
        "bom-ref": reference(id),
        "name": id.name,
        "version": id.version,
        "scope": scope,
        "licenses": [{ "expression": details.license }],
        "purl": reference(id),
    });
    if let Some(checksum) = &details.checksum {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    if let Some(address) = &details.repository {
        component["externalReferences"] = json!([{ "type": "vcs", "url": address }]);
    }
    component
}

/// What is no crate. Which versions these have is known only where the programs are compiled.
fn runtime(target: &str) -> Vec<Value> {
    let library = |name: &str, license: &str| {
        json!({
            "type": "library",
            "bom-ref": name,
            "name": name,
            "scope": "required",
            "licenses": [{ "expression": license }],
        })
    };
    let mut libraries = vec![library("rust-std", "MIT OR Apache-2.0")];
    match target.rsplit('-').next() {
        Some("gnu") => libraries.push(library("glibc", "LGPL-2.1-or-later")),
        Some("musl") => libraries.push(library("musl", "MIT")),
        _ => {}
    }
    libraries
}
