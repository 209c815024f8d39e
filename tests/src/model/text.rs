//! The oracle: what an object of a model must give, from the model and `docs/SPEC.md` alone, in the most obvious way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use dwarfksyms_core::ErrorKind;

use super::answer::Answer;
use super::layout::Layout;
use super::rules::RuleKind;
use super::types::*;
use super::version::{self, Part, TypeMap};
use super::walk::{Node, Piece, Walk};

/// What must come out.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The answer, or why there is none.
    pub answer: Result<Answer, Refusal>,
    /// The expanded texts of the described symbols.
    pub texts: BTreeMap<String, String>,
    /// Whether a parameter has lost its comma, or a member its old name, so that the order of symbols matters.
    pub depends_on_order: bool,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A type without a name consists of itself.
    NamelessCycle,
    /// A rule gives no string, or one with half a reference.
    BadTypeString,
    /// A rule refers to a type that does not exist.
    UnknownReference,
    /// The text is longer than the oracle has patience for.
    TooLong,
    /// What the oracle never gives.
    Other(ErrorKind),
}

/// The most bytes of text that the oracle writes.
const LONGEST: usize = 1 << 20;

/// What the answer depends on besides the object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    /// Whether the conventions of a stable kABI are honoured.
    pub stable: bool,
    /// Whether versions are canonical (SPEC section 9).
    pub canonical: bool,
}

impl From<bool> for Mode {
    fn from(stable: bool) -> Mode {
        Mode { stable, canonical: false }
    }
}

/// What a model that is laid out like this must give.
pub fn expected(model: &Model, layout: &Layout, mode: impl Into<Mode>) -> Expected {
    let mut walk = Walk::new(model, layout, mode.into());
    let roots = describe(&mut walk, layout);
    let depends_on_order = walk.depends_on_order;
    let mut texts = BTreeMap::new();
    let answer = match walk.canonical {
        true => canonical_answer(&walk, layout, &roots, &mut texts),
        false => answer(&walk, layout, &roots, &mut texts),
    };
    Expected { answer, texts, depends_on_order }
}

/// Describes the exported symbols in the order in which they are found.
fn describe(walk: &mut Walk<'_>, layout: &Layout) -> Vec<(usize, Node)> {
    let model = walk.model;
    let output = output_order(&layout.list);
    let mut roots = Vec::new();
    for (unit, symbols) in layout.units.iter().enumerate() {
        let exported: Vec<usize> =
            symbols.iter().copied().filter(|&number| model.symbols[number].is_exported).collect();
        let (mut pointers, direct): (Vec<usize>, Vec<usize>) = exported
            .into_iter()
            .partition(|&number| matches!(model.symbols[number].kind, SymbolKind::Pointer(_)));
        // A symbol pointer serves at the end of its unit, in the order of output.
        pointers.sort_by_key(|&number| {
            model.symbols[number]
                .names()
                .filter_map(|name| output.iter().position(|other| *other == name))
                .min()
        });
        for number in direct.into_iter().chain(pointers) {
            roots.push((number, walk.symbol(unit, number)));
        }
    }
    roots
}

fn answer(
    walk: &Walk<'_>,
    layout: &Layout,
    roots: &[(usize, Node)],
    texts: &mut BTreeMap<String, String>,
) -> Result<Answer, Refusal> {
    let mut map = TypeMap::new();
    for &node in walk.descriptions.keys() {
        if let Some(name) = named(walk, node) {
            version::offer(&mut map, name, string(walk, node)?);
        }
    }
    let mut strings: BTreeMap<String, (usize, Vec<Part>)> = BTreeMap::new();
    for &(number, node) in roots {
        for name in walk.model.symbols[number].names() {
            strings.insert(name, (number, string(walk, node)?));
        }
    }
    apply_rules(walk, &mut map, &mut strings)?;

    let mut answer = Answer::default();
    let mut of_group: BTreeMap<usize, u32> = BTreeMap::new();
    for name in output_order(&layout.list) {
        let Some((number, parts)) = strings.get(name) else {
            answer.versions.insert(name.to_owned(), None);
            continue;
        };
        // The first alias decides for all.
        if !of_group.contains_key(number) {
            let text = version::expand(&map, parts)?;
            of_group.insert(*number, version::crc(text.as_bytes()));
            texts.insert(name.to_owned(), text);
        }
        answer.versions.insert(name.to_owned(), of_group.get(number).copied());
    }
    let lines = map.iter().map(|(name, parts)| (name.clone(), version::flat(parts)));
    let symbols = strings.iter().map(|(name, (_, parts))| (name.clone(), version::flat(parts)));
    answer.symtypes = lines.chain(symbols).collect();
    answer.symtypes.sort();
    Ok(answer)
}

/// Canonical versions: every symbol has a type map of its own.
fn canonical_answer(
    walk: &Walk<'_>,
    layout: &Layout,
    roots: &[(usize, Node)],
    texts: &mut BTreeMap<String, String>,
) -> Result<Answer, Refusal> {
    let versions = layout.list.iter().map(|name| (name.clone(), None)).collect();
    let mut answer = Answer { versions, symtypes: Vec::new() };
    let mut all = TypeMap::new();
    // A type that consists of itself is found when strings are made, before any rule is applied.
    let mut strings = Vec::new();
    for &(number, root) in roots {
        let mut map = TypeMap::new();
        for node in reached(walk, root) {
            if let Some(name) = named(walk, node) {
                version::offer(&mut map, name, string(walk, node)?);
            }
        }
        strings.push((number, map, string(walk, root)?));
    }
    for (number, mut map, own) in strings {
        let names = walk.model.symbols[number].names();
        let mut strings: BTreeMap<_, _> = names.map(|name| (name, (number, own.clone()))).collect();
        apply_rules(walk, &mut map, &mut strings)?;
        for (name, (_, parts)) in strings {
            let text = version::expand(&map, &parts)?;
            answer.versions.insert(name.clone(), Some(version::crc(text.as_bytes())));
            answer.symtypes.push((name.clone(), version::flat(&parts)));
            texts.insert(name, text);
        }
        map.into_iter().for_each(|(name, parts)| version::offer(&mut all, name, parts));
    }
    answer.symtypes.extend(all.iter().map(|(name, parts)| (name.clone(), version::flat(parts))));
    answer.symtypes.sort();
    Ok(answer)
}

/// The nodes that a description leads to.
fn reached(walk: &Walk<'_>, root: Node) -> BTreeSet<Node> {
    let mut seen = BTreeSet::new();
    let mut next = vec![root];
    while let Some(node) = next.pop() {
        if seen.insert(node) {
            let pieces = walk.descriptions[&node].1.iter();
            next.extend(pieces.filter_map(|piece| match piece {
                &Piece::Node(node) => Some(node),
                Piece::Text(_) => None,
            }));
        }
    }
    seen
}

/// The `type_string` rules.
fn apply_rules(
    walk: &Walk<'_>,
    map: &mut TypeMap,
    strings: &mut BTreeMap<String, (usize, Vec<Part>)>,
) -> Result<(), Refusal> {
    let rule = |name: &str| walk.rule(RuleKind::TypeString, name).map(version::parse).transpose();
    let all = map.iter_mut().chain(strings.iter_mut().map(|(name, (_, parts))| (name, parts)));
    for (name, parts) in all {
        if let Some(own) = rule(name)? {
            *parts = own;
        }
    }
    // What rules refer to may have rules of its own.
    loop {
        let all = map.values().chain(strings.values().map(|(_, parts)| parts));
        let names = all.flatten().filter_map(|part| match part {
            Part::Reference(name) if !map.contains_key(name) => Some(name.clone()),
            Part::Reference(_) | Part::Text(_) => None,
        });
        let missing: Vec<String> =
            names.filter(|name| walk.rule(RuleKind::TypeString, name).is_some()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        for name in missing {
            if let Some(parts) = rule(&name)? {
                map.insert(name, parts);
            }
        }
    }
}

fn named(walk: &Walk<'_>, node: Node) -> Option<String> {
    let Node::Type(_, id) = node else { return None };
    if walk.is_placeholder(id) {
        return None;
    }
    super::names::type_name(&walk.model.types[id], walk.qualified[id].as_deref())
}

/// A node's type string: named types are references, the others are spelled out.
fn string(walk: &Walk<'_>, node: Node) -> Result<Vec<Part>, Refusal> {
    let mut parts = Vec::new();
    spell(walk, node, &mut parts, &mut vec![node], &mut 0)?;
    Ok(version::join_breaks(parts))
}

fn spell(
    walk: &Walk<'_>,
    node: Node,
    parts: &mut Vec<Part>,
    open: &mut Vec<Node>,
    size: &mut usize,
) -> Result<(), Refusal> {
    for piece in &walk.descriptions[&node].1 {
        match piece {
            Piece::Text(text) => {
                *size += text.len() + 1;
                if *size > LONGEST {
                    return Err(Refusal::TooLong);
                }
                parts.push(Part::Text(text.clone()));
            }
            &Piece::Node(inner) => match named(walk, inner) {
                Some(name) => parts.push(Part::Reference(name)),
                None if open.contains(&inner) => return Err(Refusal::NamelessCycle),
                None => {
                    open.push(inner);
                    spell(walk, inner, parts, open, size)?;
                    open.pop();
                }
            },
        }
    }
    Ok(())
}

/// The names of a symbol list in the order of output (SPEC section 2).
fn output_order(list: &[String]) -> Vec<&str> {
    let mut names: Vec<(u32, Reverse<usize>, &str)> = Vec::new();
    for (line, name) in list.iter().enumerate() {
        // The names of a model are ASCII, so that it does not matter whether chars are signed.
        let hash = name
            .bytes()
            .fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
        names.push((hash % 4096, Reverse(line), name));
    }
    names.sort();
    names.into_iter().map(|(.., name)| name).collect()
}

impl From<ErrorKind> for Refusal {
    fn from(kind: ErrorKind) -> Refusal {
        match kind {
            ErrorKind::NamelessCycle => Refusal::NamelessCycle,
            ErrorKind::UnknownTypeReference => Refusal::UnknownReference,
            ErrorKind::EmptyTypeString | ErrorKind::EmptyTypeReference | ErrorKind::UnclosedTypeReference => {
                Refusal::BadTypeString
            }
            kind => Refusal::Other(kind),
        }
    }
}
