//! Random trees.

use std::collections::BTreeSet;

use proptest::prelude::*;

/// How the lines of a file are ordered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    Usual,
    Other,
}

/// A file of a tree: what its exports refer to, and what is different in it.
#[derive(Clone, Debug)]
pub(crate) struct File {
    is_genksyms: bool,
    /// Whether genksyms itself has written it: in its order, and with a blank behind each line.
    is_spaced: bool,
    exports: Vec<Vec<usize>>,
    /// By type: which of its definitions the file has.
    definitions: Vec<usize>,
    order: Order,
    /// Types that it lacks, and types that nothing reaches.
    pub(crate) less: Option<usize>,
    pub(crate) more: Option<usize>,
}

/// The number of types that files choose among.
const TYPES: usize = 6;

pub(crate) fn files() -> impl Strategy<Value = Vec<File>> {
    let order = prop_oneof![8 => Just(Order::Usual), 1 => Just(Order::Other)];
    let exports = prop::collection::vec(prop::collection::vec(0..TYPES, 0..3), 0..3);
    let rare = || prop_oneof![8 => Just(None), 1 => (0..TYPES).prop_map(Some)];
    let definitions = prop::collection::vec(0_usize..3, TYPES);
    let file = (0..3_u8, exports, definitions, order, rare(), rare()).prop_map(
        |(dialect, exports, definitions, order, less, more)| File {
            is_genksyms: dialect > 0,
            is_spaced: dialect > 1,
            exports,
            definitions,
            order,
            less,
            more,
        },
    );
    prop::collection::vec(file, 1..6)
}

fn type_name(number: usize) -> String {
    match number {
        0 => "u#u".to_owned(),
        1 => "s#'a b'".to_owned(),
        2 => "e#x".to_owned(),
        _ => format!("s#t{number}"),
    }
}

/// A definition of a type, and the types that it refers to: the first is a declaration, the others differ.
fn definition(file: &File, number: usize) -> (String, Vec<usize>) {
    let name = type_name(number);
    let bare = name[2..].trim_matches('\'');
    let kinds = if file.is_genksyms {
        ["union", "struct", "enum", "struct"]
    } else {
        ["union_type", "structure_type", "enumeration_type", "structure_type"]
    };
    let kind = kinds[number.min(3)];
    let unknown = if file.is_genksyms { "{ UNKNOWN }" } else { "{ }" };
    match file.definitions[number] {
        0 => (format!("{kind} {bare} {unknown}"), Vec::new()),
        which => {
            let (a, b) = ((number + 1) % TYPES, (number + which) % TYPES);
            let (first, second) = (type_name(a), type_name(b));
            (format!("{kind} {bare} {{ member {first} x , member {second} y }} byte_size(8)"), vec![a, b])
        }
    }
}

/// Each type behind those that it refers to, from the first export on; what no export reaches is last.
fn in_order_of_genksyms(file: &File, lines: &[(bool, String, String)]) -> Vec<(bool, String, String)> {
    fn visit(file: &File, number: usize, met: &mut BTreeSet<usize>, names: &mut Vec<String>) {
        if met.insert(number) {
            definition(file, number).1.into_iter().for_each(|inner| visit(file, inner, met, names));
            names.push(type_name(number));
        }
    }
    let (mut met, mut names) = (BTreeSet::new(), Vec::new());
    let exports = lines.iter().filter(|line| line.0);
    for (export, references) in exports.zip(&file.exports) {
        references.iter().for_each(|&number| visit(file, number, &mut met, &mut names));
        names.push(export.1.clone());
    }
    let place =
        |line: &(bool, String, String)| names.iter().position(|name| *name == line.1).unwrap_or(usize::MAX);
    let mut lines = lines.to_vec();
    lines.sort_by_key(place);
    lines
}

/// The text of a file, and whether it has exactly what its exports reach, in the usual order.
pub(crate) fn text_of(file: &File, number: usize) -> (String, bool) {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = file.exports.iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(definition(file, next).1);
        }
    }
    let has_more = file.more.is_some_and(|more| reached.insert(more));
    let has_less = file.less.is_some_and(|less| reached.remove(&less));
    let mut lines: Vec<(bool, String, String)> =
        reached.iter().map(|&number| (false, type_name(number), definition(file, number).0)).collect();
    for (at, references) in file.exports.iter().enumerate() {
        let name = format!("f{number}_{at}");
        let names: Vec<String> = references.iter().map(|&number| type_name(number)).collect();
        let parameters = names.join(" , ");
        let text = match file.is_genksyms {
            true => format!("int {name} ( {parameters} )"),
            false => format!("subprogram ( {parameters} ) -> base_type void"),
        };
        lines.push((file.is_genksyms, name, text));
    }
    lines.sort();
    if file.is_spaced {
        lines = in_order_of_genksyms(file, &lines);
    }
    if matches!(file.order, Order::Other) {
        lines.reverse();
    }
    let end = if file.is_spaced { " " } else { "" };
    let text = lines.iter().map(|(_, name, text)| format!("{name} {text}{end}\n")).collect();
    let is_usual = matches!(file.order, Order::Usual) || lines.len() < 2;
    (text, is_usual && !has_more && !has_less)
}
