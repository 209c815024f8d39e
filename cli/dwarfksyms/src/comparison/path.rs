//! How an export comes to depend on a type, in words.

use dwarfksyms_host::message::Escaped;
use dwarfksyms_symtypes::compare::Step;
use dwarfksyms_symtypes::types::{Catalog, NameId, type_title};

use crate::builds::ROOT;

/// The steps of a path: `seq_read`, `parameter file: struct file`, `f_op: struct file_operations`.
pub(super) fn sentence(catalog: &Catalog<'_>, export: NameId, steps: &[Step]) -> Vec<String> {
    let export = catalog.name(export);
    let mut words = vec![start(export)];
    // A type that stands where exports do leads to itself first.
    let is_root =
        |step: &Step| export.first() == Some(&ROOT) && export.get(1..) == Some(catalog.name(step.to));
    let first = usize::from(steps.first().is_some_and(is_root));
    for step in steps.iter().skip(first) {
        if step.left_out > 0 {
            words.push(format!("({} steps)", step.left_out));
        }
        let to = title(catalog.name(step.to));
        words.push(match (step.is_parameter, step.by.is_empty()) {
            (_, true) => to,
            (true, false) => format!("parameter {}: {to}", Escaped(&step.by)),
            (false, false) => format!("{}: {to}", Escaped(&step.by)),
        });
    }
    words
}

/// What a path begins with: an export, or a type that stands where exports do.
fn start(name: &[u8]) -> String {
    match name.strip_prefix(&[ROOT]) {
        Some(name) => title(name),
        None => Escaped(name).to_string(),
    }
}

/// What people call a type or export.
pub(crate) fn title(name: &[u8]) -> String {
    Escaped(&type_title(name)).to_string()
}
