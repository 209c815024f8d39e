//! Suggestions in the words of a source tree: its macros where they say what is meant, and what they stand for elsewhere.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use crate::types::{NodeIndex, Tree};

use super::advice::{Suggestion, SuggestionKind};
use super::macros::Macros;
use super::source::{self, is_plain};

/// Members that need words around them.
pub(super) struct Edited<'a, 't> {
    /// What is to be done.
    pub(super) kind: SuggestionKind,
    /// The old member, if there was one.
    pub(super) old: Option<(&'a Tree<'t>, NodeIndex)>,
    pub(super) tree: &'a Tree<'t>,
    /// The new ones.
    pub(super) members: &'a [NodeIndex],
    pub(super) spot: Spot,
}

/// Where new members are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Between others of a structure, or in the place of one.
    Within,
    /// Behind all that a structure had.
    AtEnd,
    /// In a union.
    InUnion,
}

/// The macro, and the source that uses it; nothing if none fits.
type Worded = Option<(&'static str, Vec<u8>)>;

impl Macros {
    /// Members with what restores their old text around them.
    pub(super) fn member(self, edited: &Edited<'_, '_>, budget: &mut Budget) -> Result<Suggestion> {
        let worded = match self {
            Macros::Raw | Macros::Suse | Macros::Genksyms => None,
            Macros::Kernel | Macros::Android => edited.for_gendwarfksyms(self, budget)?,
            Macros::AndroidGenksyms | Macros::Rhel => edited.for_genksyms(self, budget)?,
        };
        let (means, source) = match worded {
            Some(worded) => worded,
            None if self.are_for_genksyms() => edited.conditional(budget)?,
            None => ("union", edited.union(budget)?),
        };
        let (mut target, mut value) = (Vec::new(), Vec::new());
        budget.extend(&mut target, edited.name())?;
        if edited.kind == SuggestionKind::Renamed {
            budget.extend(&mut value, edited.old_name())?;
        }
        Ok(Suggestion { kind: edited.kind, target, value, source, means })
    }

    /// A rule.
    pub(super) fn rule(
        self,
        kind: SuggestionKind,
        target: &[u8],
        value: &[u8],
        budget: &mut Budget,
    ) -> Result<Suggestion> {
        let plain = source::rule(kind, target, value, budget)?;
        let is_stringified = kind != SuggestionKind::TypeString;
        let Some(means) = self.of_rule(kind) else { return Ok(plain) };
        if is_stringified && !(is_plain(target) && is_plain(value)) {
            return Ok(plain);
        }
        let mut source = Vec::new();
        budget.extend(&mut source, means.as_bytes())?;
        budget.push(&mut source, b'(')?;
        if is_stringified {
            let is_of_enumerator =
                matches!(kind, SuggestionKind::EnumeratorIgnore | SuggestionKind::EnumeratorValue);
            let split = target.iter().rposition(|&byte| byte == b' ').filter(|_| is_of_enumerator);
            let (name, field) =
                target.split_at_checked(split.unwrap_or(target.len())).unwrap_or((target, b""));
            budget.extend(&mut source, name)?;
            let arguments = [field.trim_ascii(), value];
            for argument in arguments.into_iter().filter(|argument| !argument.is_empty()) {
                budget.extend(&mut source, b", ")?;
                budget.extend(&mut source, argument)?;
            }
        } else {
            source::strings(&mut source, target, value, budget)?;
        }
        budget.extend(&mut source, b");\n")?;
        Ok(Suggestion { source, means, ..plain })
    }

    /// What hides a definition from genksyms, which saw a declaration.
    pub(super) fn hidden_definition(self, name: &[u8], budget: &mut Budget) -> Result<Suggestion> {
        let title: &[u8] = if is_plain(name) { name } else { b"the type" };
        let (means, parts): (_, [&[u8]; 3]) = match self {
            Macros::Rhel => (
                "RH_KABI_HIDE_INCLUDE",
                [b"/* the header that defines ", title, b" */\n#include RH_KABI_HIDE_INCLUDE(<...>)\n"],
            ),
            _ => (HIDE, [b"#ifndef __GENKSYMS__\n#include <...> /* what defines ", title, b" */\n#endif\n"]),
        };
        let mut source = Vec::new();
        for part in parts {
            budget.extend(&mut source, part)?;
        }
        let mut target = Vec::new();
        budget.extend(&mut target, name)?;
        Ok(Suggestion { kind: SuggestionKind::DeclarationOnly, target, value: Vec::new(), source, means })
    }

    /// What hides a new enumerator from genksyms; `is_last` says that no older one is behind it.
    pub(super) fn hidden_enumerator(
        self,
        target: Vec<u8>,
        name: &[u8],
        is_last: bool,
        budget: &mut Budget,
    ) -> Result<Suggestion> {
        let (means, before, behind): (_, &[u8], &[u8]) = match self {
            Macros::Rhel if is_last => ("RH_KABI_EXTEND_ENUM", b"RH_KABI_EXTEND_ENUM(", b")\n"),
            _ => (HIDE, b"#ifndef __GENKSYMS__\n\t", b",\n#endif\n"),
        };
        let mut source = Vec::new();
        for part in [before, name, behind] {
            budget.extend(&mut source, part)?;
        }
        Ok(Suggestion { kind: SuggestionKind::EnumeratorIgnore, target, value: Vec::new(), source, means })
    }

    /// What shows genksyms the old value of an enumerator.
    pub(super) fn old_value(
        self,
        target: Vec<u8>,
        name: &[u8],
        values: (&[u8], &[u8]),
        budget: &mut Budget,
    ) -> Result<Suggestion> {
        let (mut value, mut source) = (Vec::new(), Vec::new());
        budget.extend(&mut value, values.0)?;
        let lines: [&[u8]; 4] = [b"#ifdef __GENKSYMS__\n\t", b",\n#else\n\t", b",\n#endif\n", b" = "];
        let [first, middle, last, equals] = lines;
        for part in [first, name, equals, values.0, middle, name, equals, values.1, last] {
            budget.extend(&mut source, part)?;
        }
        Ok(Suggestion { kind: SuggestionKind::EnumeratorValue, target, value, source, means: REPLACE })
    }
}

/// What hides something from genksyms.
const HIDE: &str = "#ifndef __GENKSYMS__";

/// What shows something else to genksyms.
const REPLACE: &str = "#ifdef __GENKSYMS__";

impl Edited<'_, '_> {
    /// The name of the first new member.
    fn name(&self) -> &[u8] {
        self.members.first().and_then(|&first| self.tree.name(first)).unwrap_or_default()
    }

    fn old_name(&self) -> &[u8] {
        self.old.and_then(|(tree, old)| tree.name(old)).unwrap_or_default()
    }

    /// What makes the name of a placeholder unique: the new member's name, or where it is.
    fn tag(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        let mut tag = Vec::new();
        budget.extend(&mut tag, self.name())?;
        if tag.is_empty() {
            let offset = self.members.first().and_then(|&first| self.tree.offset(first)).unwrap_or(0);
            let mut buffer = itoa::Buffer::new();
            for part in [b"at_", buffer.format(offset >> 3).as_bytes()] {
                budget.extend(&mut tag, part)?;
            }
        }
        Ok(tag)
    }

    /// The old name, or for reserved space whose name is not known, one that says so.
    fn known_old_name(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        match self.old_name() {
            b"" => Ok([b"__kabi_reserved_", self.tag(budget)?.as_slice()].concat()),
            name => Ok(name.to_vec()),
        }
    }

    /// A union with a placeholder.
    fn union(&self, budget: &mut Budget) -> Result<Vec<u8>> {
        let tag = self.tag(budget)?;
        let placeholder = match (self.kind, self.old) {
            (SuggestionKind::Renamed, Some((tree, old))) => {
                let name = [b"__kabi_renamed", self.old_name()].concat();
                tree.member_text(old, &name, 1, budget)?
            }
            (_, Some((tree, old))) => {
                let name = [b"__kabi_reserved_", tag.as_slice()].concat();
                tree.member_text(old, &name, 1, budget)?
            }
            (_, None) => [b"\tchar __kabi_ignored_", tag.as_slice(), b";\n"].concat(),
        };
        source::union(self.tree, self.members, &placeholder, budget)
    }

    /// The old member for genksyms, and the new ones for everybody else.
    fn conditional(&self, budget: &mut Budget) -> Result<(&'static str, Vec<u8>)> {
        let mut source = Vec::new();
        let means = match self.old {
            Some((tree, old)) => {
                budget.extend(&mut source, b"#ifdef __GENKSYMS__\n")?;
                let name = self.known_old_name(budget)?;
                let text = tree.member_text(old, &name, 1, budget)?;
                budget.extend(&mut source, &text)?;
                budget.extend(&mut source, b"#else\n")?;
                REPLACE
            }
            None => {
                budget.extend(&mut source, b"#ifndef __GENKSYMS__\n")?;
                HIDE
            }
        };
        for &member in self.members {
            let name = self.tree.name(member).unwrap_or_default();
            let text = self.tree.member_text(member, name, 1, budget)?;
            budget.extend(&mut source, &text)?;
        }
        budget.extend(&mut source, b"#endif\n")?;
        Ok((means, source))
    }

    /// By a macro whose union gendwarfksyms knows.
    fn for_gendwarfksyms(&self, macros: Macros, budget: &mut Budget) -> Result<Worded> {
        let is_android = macros == Macros::Android;
        let tag = self.tag(budget)?;
        let Some(new) = self.arguments(budget)?.filter(|_| is_word(&tag)) else { return Ok(None) };
        let means = match (self.kind, new.as_slice(), is_android) {
            (SuggestionKind::Ignored, _, false) => "KABI_IGNORE",
            (SuggestionKind::Ignored, _, true) => "ANDROID_KABI_IGNORE",
            (SuggestionKind::Reserved, [_, _], false) => "KABI_USE2",
            (SuggestionKind::Reserved, [_, _], true) => "ANDROID_KABI_USE2",
            (SuggestionKind::Reserved, _, false) => "KABI_USE",
            (SuggestionKind::Reserved, _, true) => "ANDROID_KABI_USE",
            (_, _, false) => "KABI_REPLACE",
            (_, _, true) => "ANDROID_KABI_REPLACE",
        };
        let first = match self.kind {
            SuggestionKind::Renamed => match self.old_words(budget)? {
                Some((inner, name)) => [inner.as_slice(), b", ", &name].concat(),
                None => return Ok(None),
            },
            // The macro states a type of its own.
            SuggestionKind::Reserved if !self.is_reserved_as(macros, budget)? => return Ok(None),
            _ => [b"_", tag.as_slice()].concat(),
        };
        let new = match new.as_slice() {
            [one, other] if self.kind == SuggestionKind::Reserved => [one.as_slice(), b", ", other].concat(),
            _ => grouped(new),
        };
        Ok(Some((means, [means.as_bytes(), b"(", &first, b", ", &new, b");\n"].concat())))
    }

    /// By a macro of which genksyms sees the old side.
    fn for_genksyms(&self, macros: Macros, budget: &mut Budget) -> Result<Worded> {
        let Some(new) = self.arguments(budget)? else { return Ok(None) };
        if self.kind == SuggestionKind::Ignored {
            let means = match (macros, self.spot) {
                (Macros::Rhel, Spot::Within) => "RH_KABI_FILL_HOLE",
                (Macros::Rhel, Spot::AtEnd) => "RH_KABI_EXTEND",
                _ => return Ok(None),
            };
            let lines = new.iter().map(|member| [means.as_bytes(), b"(", member, b")\n"].concat());
            return Ok(Some((means, lines.collect::<Vec<_>>().concat())));
        }
        let number = self.number(macros).filter(|_| self.kind == SuggestionKind::Reserved);
        if let Some((means, number)) = number
            && self.is_reserved_as(macros, budget)?
        {
            let end: &[u8] = if macros == Macros::Rhel { b")\n" } else { b");\n" };
            let new = grouped(new);
            return Ok(Some((means, [means.as_bytes(), b"(", number, b", ", &new, end].concat())));
        }
        let Some((tree, old)) = self.old.filter(|_| macros == Macros::Rhel) else { return Ok(None) };
        let before = bare(tree.member_text(old, &self.known_old_name(budget)?, 0, budget)?);
        if has_bare_comma(&before) {
            return Ok(None);
        }
        let types = (tree.type_of(old), self.members.first().and_then(|&new| self.tree.type_of(new)));
        let is_renamed = match types {
            (Some(old), Some(new)) if self.kind == SuggestionKind::Renamed => {
                tree.type_text(old, budget)? == self.tree.type_text(new, budget)?
            }
            _ => false,
        };
        let (means, end): (_, &[u8]) =
            if is_renamed { ("RH_KABI_RENAME", b");\n") } else { ("RH_KABI_REPLACE", b")\n") };
        Ok(Some((means, [means.as_bytes(), b"(", &before, b", ", &grouped(new), end].concat())))
    }

    /// The new members as a macro can be given them, if it can.
    fn arguments(&self, budget: &mut Budget) -> Result<Option<Vec<Vec<u8>>>> {
        let mut all = Vec::new();
        for &member in self.members {
            let name = self.tree.name(member).unwrap_or_default();
            let text = bare(self.tree.member_text(member, name, 0, budget)?);
            if has_bare_comma(&text) {
                return Ok(None);
            }
            // It is put together with others, and then with a macro.
            budget.charge_memory(text.len().saturating_mul(3))?;
            budget.push(&mut all, text)?;
        }
        Ok(Some(all).filter(|all| !all.is_empty()))
    }

    /// The old member's type and name, if the one stands in front of the other.
    fn old_words(&self, budget: &mut Budget) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
        let Some((tree, old)) = self.old else { return Ok(None) };
        let name = self.old_name();
        let text = bare(tree.member_text(old, name, 0, budget)?);
        let inner = text.strip_suffix(name).filter(|_| is_word(name) && !has_bare_comma(&text));
        let inner = inner.filter(|inner| !inner.contains(&b'('));
        Ok(inner.map(|inner| (inner.trim_ascii().to_vec(), name.to_vec())))
    }

    /// Whether reserved space has the type that a tree's macro gives it.
    fn is_reserved_as(&self, macros: Macros, budget: &mut Budget) -> Result<bool> {
        let Some((tree, old)) = self.old else { return Ok(false) };
        let Some(inner) = tree.type_of(old) else { return Ok(false) };
        let text = tree.type_text(inner, budget)?;
        Ok(match macros {
            Macros::Android | Macros::AndroidGenksyms => text == b"u64",
            _ => text == b"long unsigned int" || text == b"unsigned long",
        })
    }

    /// The macro that takes numbered reserved space, and the number.
    fn number(&self, macros: Macros) -> Option<(&'static str, &[u8])> {
        let prefixes: &[(&str, &[u8])] = match macros {
            Macros::Rhel => &[("RH_KABI_USE", b"rh_reserved"), ("RH_KABI_USE", b"rh_kabi_reserved")],
            Macros::AndroidGenksyms => &[
                ("ANDROID_KABI_USE", b"android_kabi_reserved"),
                ("ANDROID_BACKPORT_USE", b"android_backport_reserved"),
            ],
            _ => &[],
        };
        let number = |&(means, prefix): &(&'static str, &[u8])| {
            let digits = self.old_name().strip_prefix(prefix)?;
            let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            is_number.then_some((means, digits))
        };
        prefixes.iter().find_map(number)
    }
}

/// One type as genksyms is to see it, and as it is: what both have is there once, and left out where there is much of it.
pub(super) fn conditional_type(
    name: &[u8],
    old: Option<&[u8]>,
    new: Option<&[u8]>,
    budget: &mut Budget,
) -> Result<Suggestion> {
    let (before, after) = (lines_of(name, old, budget)?, lines_of(name, new, budget)?);
    let pairs = before.iter().zip(&after);
    let start = pairs.take_while(|(one, other)| one == other).count();
    let behind = |lines: &[Vec<u8>]| lines.len().saturating_sub(start);
    let most = behind(&before).min(behind(&after));
    let pairs = before.iter().rev().zip(after.iter().rev());
    let end = pairs.take(most).take_while(|(one, other)| one == other).count();
    let part = |lines: &'_ [Vec<u8>]| -> Vec<u8> {
        lines.get(start..lines.len().saturating_sub(end)).unwrap_or_default().concat()
    };
    let bytes = before.iter().chain(&after).map(Vec::len).fold(0, usize::saturating_add);
    budget.charge_bytes(bytes.saturating_mul(4))?;
    budget.charge_memory(bytes)?;
    let (was, is) = (part(&before), part(&after));
    let mut source = Vec::new();
    common(&mut source, after.get(..start).unwrap_or_default(), budget)?;
    let means = if was.is_empty() { HIDE } else { REPLACE };
    let parts: [&[u8]; 5] = match (was.is_empty(), is.is_empty()) {
        (true, _) => [b"#ifndef __GENKSYMS__\n", &is, b"#endif\n", b"", b""],
        (false, true) => [b"#ifdef __GENKSYMS__\n", &was, b"#endif\n", b"", b""],
        (false, false) => [b"#ifdef __GENKSYMS__\n", &was, b"#else\n", &is, b"#endif\n"],
    };
    for part in parts {
        budget.extend(&mut source, part)?;
    }
    let rest = after.get(after.len().saturating_sub(end)..).unwrap_or_default();
    common(&mut source, rest, budget)?;
    let (mut target, mut value) = (Vec::new(), Vec::new());
    budget.extend(&mut target, name)?;
    budget.extend(&mut value, old.unwrap_or_default())?;
    Ok(Suggestion { kind: SuggestionKind::TypeString, target, value, source, means })
}

/// How many lines of what has not changed are around what has.
const CONTEXT: usize = 3;

/// Lines that are the same on both sides.
fn common(source: &mut Vec<u8>, lines: &[Vec<u8>], budget: &mut Budget) -> Result<()> {
    let (first, rest) = lines.split_at_checked(CONTEXT).unwrap_or((lines, &[]));
    let (middle, last) = rest.split_at_checked(rest.len().saturating_sub(CONTEXT)).unwrap_or((&[], rest));
    for line in first {
        budget.extend(source, line)?;
    }
    match middle {
        [] => {}
        [only] => budget.extend(source, only)?,
        middle => {
            let mut buffer = itoa::Buffer::new();
            for part in [b"\t/* ", buffer.format(middle.len()).as_bytes(), b" lines as they are */\n"] {
                budget.extend(source, part)?;
            }
        }
    }
    for line in last {
        budget.extend(source, line)?;
    }
    Ok(())
}

/// The lines of a type in C.
fn lines_of(name: &[u8], text: Option<&[u8]>, budget: &mut Budget) -> Result<Vec<Vec<u8>>> {
    let Some(text) = text else { return Ok(Vec::new()) };
    let tree = Tree::parse_any(text, budget)?;
    let mut lines = Vec::new();
    for line in tree.declaration(name, budget)? {
        let mut text = Vec::new();
        for _ in 0..line.depth {
            budget.push(&mut text, b'\t')?;
        }
        budget.extend(&mut text, &line.text)?;
        budget.push(&mut text, b'\n')?;
        budget.push(&mut lines, text)?;
    }
    Ok(lines)
}

/// A declaration without what ends it.
fn bare(mut text: Vec<u8>) -> Vec<u8> {
    while text.pop_if(|byte| matches!(byte, b'\n' | b';')).is_some() {}
    text
}

/// Several declarations as one argument.
fn grouped(mut members: Vec<Vec<u8>>) -> Vec<u8> {
    if members.len() == 1 {
        return members.pop().unwrap_or_default();
    }
    let lines = members.iter().map(|member| [b"\t", member.as_slice(), b";\n"].concat());
    [b"struct {\n".as_slice(), &lines.collect::<Vec<_>>().concat(), b"}"].concat()
}

/// Whether a macro would take a declaration for several arguments.
fn has_bare_comma(text: &[u8]) -> bool {
    let mut depth = 0_usize;
    text.iter().any(|byte| {
        match byte {
            b'(' => depth = depth.saturating_add(1),
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *byte == b',' && depth == 0
    })
}

/// Whether a name can be a part of another.
fn is_word(text: &[u8]) -> bool {
    !text.is_empty() && is_plain(text) && !text.contains(&b' ')
}
