//! Licence texts and the bill of materials have every crate that cargo names, and nothing else.

use std::collections::BTreeSet;
use std::process::Command;

use dwarfksyms_packaging::{linked, notices, sbom};
use serde_json::Value;

/// What a program prints.
fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn host() -> String {
    let about = output("rustc", &["-vV"]);
    about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// The crates of both programs, each asked for by itself, as `name version`.
fn tree(edges: &str) -> BTreeSet<String> {
    let crates = linked::PROGRAMS.map(|program| {
        let arguments = [
            "tree",
            "--locked",
            "--edges",
            edges,
            "--prefix",
            "none",
            "--package",
            program,
            "--target",
            &host(),
        ];
        output(env!("CARGO"), &arguments)
    });
    let lines = crates.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty());
    let words = lines.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ").replace(" v", " "));
    words.collect()
}

#[test]
fn the_licence_texts_are_those_of_all_crates() {
    let target = host();
    let crates = linked::crates(&target).unwrap();
    let text = notices::notices(&crates, &target).unwrap();
    let (linked, all) = (tree("normal,no-proc-macro"), tree("normal"));
    assert!(linked.len() > 50 && linked.is_subset(&all));
    let sections: Vec<_> = text.split("\n== ").collect();
    let listed = |number: usize| -> BTreeSet<String> {
        let lines = sections[number].lines().skip(2).filter_map(|line| line.split_once(": "));
        lines.map(|(id, _)| id.to_owned()).collect()
    };
    assert_eq!(listed(1), linked);
    assert_eq!(listed(2), all.difference(&linked).cloned().collect());
    for id in &all {
        let mut texts = sections.iter().filter(|section| {
            let (users, text) = section.split_once('\n').unwrap();
            users.split(", ").any(|user| user.starts_with(&format!("{id} ("))) && text.len() > 100
        });
        assert!(texts.next().is_some(), "no text of {id}");
    }
    assert_eq!(
        text.matches("distribute this software, either in source").count(),
        1,
        "the text of Unlicense"
    );
    assert_eq!(text, notices::notices(&crates, &target).unwrap());
}

#[test]
fn the_bill_of_materials_is_whole() {
    let target = host();
    let crates = linked::crates(&target).unwrap();
    let text = sbom::bill(&crates, &target).unwrap();
    let bill: Value = serde_json::from_str(&text).unwrap();
    let components = bill["components"].as_array().unwrap();
    let linked = tree("normal,no-proc-macro");
    let mut named = BTreeSet::new();
    for component in components {
        let (name, version) = (component["name"].as_str().unwrap(), component["version"].as_str());
        let Some(version) = version else { continue };
        assert!(named.insert(format!("{name} {version}")), "{name} is there twice");
        let is_own = name == "gendwarfksyms" || name.starts_with("dwarfksyms");
        assert_eq!(component["hashes"][0]["content"].is_string(), !is_own, "{name}");
        let excluded = component["scope"] == "excluded";
        assert_eq!(excluded, !linked.contains(&format!("{name} {version}")), "{name}");
    }
    assert_eq!(named, tree("normal"));
    let references: BTreeSet<_> =
        components.iter().map(|component| component["bom-ref"].as_str().unwrap()).collect();
    assert_eq!(references.len(), components.len());
    let mut edges = 0;
    for dependency in bill["dependencies"].as_array().unwrap() {
        assert!(references.contains(dependency["ref"].as_str().unwrap()));
        for other in dependency["dependsOn"].as_array().unwrap() {
            assert!(references.contains(other.as_str().unwrap()), "{other}");
            edges += 1;
        }
    }
    assert!(edges > components.len());
    assert_eq!(text, sbom::bill(&linked::crates(&target).unwrap(), &target).unwrap());
}

/// What is linked statically depends on the target, and has terms of its own.
#[test]
fn the_c_library_is_that_of_the_target() {
    let crates = linked::crates(&host()).unwrap();
    for (target, name, license) in
        [("x-unknown-linux-gnu", "glibc", "LGPL"), ("x-unknown-linux-musl", "musl", "MIT")]
    {
        let text = notices::notices(&crates, target).unwrap();
        let section = text.split("== The C library\n").nth(1).unwrap();
        assert!(section.split("\n== ").next().unwrap().contains(license), "{target}");
        let bill: Value = serde_json::from_str(&sbom::bill(&crates, target).unwrap()).unwrap();
        assert_eq!(bill["components"].as_array().unwrap().last().unwrap()["name"], name);
    }
}
