//! Suggestions as C source.
//!
//! Rules use the macros `__KABI_RULE` and `___KABI_RULE` of the kernel's Documentation/kbuild/gendwarfksyms.rst.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeIndex, Tree};

use super::advice::{Suggestion, SuggestionKind};

/// The macros that rules use, which a source must have before the first of them.
pub const MACROS: &str = "\
#define ___KABI_RULE(hint, target, value)                            \\
\tstatic const char __PASTE(__gendwarfksyms_rule_,             \\
\t\t\t\t  __COUNTER__)[] __used __aligned(1) \\
\t\t__section(\".discard.gendwarfksyms.kabi_rules\") =     \\
\t\t\t\"1\\0\" #hint \"\\0\" target \"\\0\" value

#define __KABI_RULE(hint, target, value) \\
\t___KABI_RULE(hint, #target, #value)
";

/// How many characters of a string are in a line, at least.
const WIDTH: usize = 72;

/// A rule.
pub(super) fn rule(
    kind: SuggestionKind,
    target: &[u8],
    value: &[u8],
    budget: &mut Budget,
) -> Result<Suggestion> {
    budget.charge_bytes(target.len().saturating_add(value.len()).saturating_mul(4))?;
    let id = kind.id().as_bytes();
    let mut source = Vec::new();
    // Words alone are what the shorter macro can make strings of.
    let is_short = is_plain(target) && is_plain(value) && kind != SuggestionKind::TypeString;
    let means = if is_short { "__KABI_RULE" } else { "___KABI_RULE" };
    for part in [means.as_bytes(), b"(", id, b", "] {
        budget.extend(&mut source, part)?;
    }
    if is_short {
        for part in [target, b", ", value] {
            budget.extend(&mut source, part)?;
        }
    } else {
        strings(&mut source, target, value, budget)?;
    }
    budget.extend(&mut source, b");\n")?;
    let (mut kept_target, mut kept_value) = (Vec::new(), Vec::new());
    budget.extend(&mut kept_target, target)?;
    budget.extend(&mut kept_value, value)?;
    Ok(Suggestion { kind, target: kept_target, value: kept_value, source, means })
}

/// A target and a value as strings of C, which are two arguments.
pub(super) fn strings(source: &mut Vec<u8>, target: &[u8], value: &[u8], budget: &mut Budget) -> Result<()> {
    quoted(source, target, budget)?;
    // A long string begins a line of its own.
    let space: &[u8] = if value.len() > WIDTH { b"\n\t" } else { b" " };
    budget.push(source, b',')?;
    budget.extend(source, space)?;
    quoted(source, value, budget)
}

/// A union with a placeholder in front of members.
pub(super) fn union(
    tree: &Tree<'_>,
    members: &[NodeIndex],
    placeholder: &[u8],
    budget: &mut Budget,
) -> Result<Vec<u8>> {
    let mut source = Vec::new();
    budget.extend(&mut source, b"union {\n")?;
    budget.extend(&mut source, placeholder)?;
    let depth = if members.len() > 1 { 2 } else { 1 };
    if members.len() > 1 {
        budget.extend(&mut source, b"\tstruct {\n")?;
    }
    for &member in members {
        let name = tree.name(member).unwrap_or_default();
        let text = tree.member_text(member, name, depth, budget)?;
        budget.extend(&mut source, &text)?;
    }
    if members.len() > 1 {
        budget.extend(&mut source, b"\t};\n")?;
    }
    budget.extend(&mut source, b"};\n")?;
    Ok(source)
}

/// Whether the preprocessor makes the same text of it.
pub(super) fn is_plain(text: &[u8]) -> bool {
    text.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b' ')
        && !text.windows(2).any(|pair| pair == b"  ")
}

/// Text as a string of C, in lines that can be read.
fn quoted(source: &mut Vec<u8>, text: &[u8], budget: &mut Budget) -> Result<()> {
    budget.push(source, b'"')?;
    let mut column = 0_usize;
    for &byte in text {
        if column >= WIDTH && byte == b' ' {
            budget.extend(source, b" \"\n\t\"")?;
            column = 0;
            continue;
        }
        column = column.saturating_add(1);
        match byte {
            b'"' | b'\\' => budget.extend(source, &[b'\\', byte])?,
            // A digit behind an octal escape of three digits is not part of it; '?' could begin a trigraph.
            b' '..=b'~' if byte != b'?' => budget.push(source, byte)?,
            _ => {
                let digit = |shift: u32| b'0'.saturating_add((byte >> shift) & 7);
                budget.extend(source, &[b'\\', digit(6), digit(3), digit(0)])?;
            }
        }
    }
    budget.push(source, b'"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use dwarfksyms_core::Limits;
    use std::string::String;

    fn source(kind: SuggestionKind, target: &str, value: &str) -> String {
        let budget = &mut Budget::new(&Limits::default());
        let rule = rule(kind, target.as_bytes(), value.as_bytes(), budget).unwrap();
        String::from_utf8(rule.source).unwrap()
    }

    #[test]
    fn rules_are_written_with_the_macro_that_can_hold_them() {
        assert_eq!(source(SuggestionKind::ByteSize, "s", "16"), "__KABI_RULE(byte_size, s, 16);\n");
        assert_eq!(
            source(SuggestionKind::EnumeratorIgnore, "e B", ""),
            "__KABI_RULE(enumerator_ignore, e B, );\n"
        );
        assert_eq!(
            source(SuggestionKind::DeclarationOnly, "a::b", ""),
            "___KABI_RULE(declonly, \"a::b\", \"\");\n"
        );
        assert_eq!(
            source(SuggestionKind::TypeString, "s#s", "structure_type s { }"),
            "___KABI_RULE(type_string, \"s#s\", \"structure_type s { }\");\n"
        );
        assert_eq!(
            source(SuggestionKind::ByteSize, "a\"\\\n?1", "1"),
            "___KABI_RULE(byte_size, \"a\\\"\\\\\\012\\0771\", \"1\");\n"
        );
    }

    #[test]
    fn long_strings_have_lines_and_every_blank() {
        let text = "member ".repeat(30);
        let source = source(SuggestionKind::TypeString, "s#s", text.trim_end());
        let pieces: Vec<&str> = source.split('"').collect();
        let value: String = pieces[3..].iter().step_by(2).copied().collect();
        assert_eq!(value.trim_end_matches(");\n"), text.trim_end());
        assert!(source.lines().all(|line| line.len() < 110));
    }
}
