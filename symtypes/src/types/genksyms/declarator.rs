//! What stands around the name that a declaration of C declares: `( * name [ 4 ] ) ( int )`.

use alloc::vec::Vec;

use dwarfksyms_core::Result;
use dwarfksyms_core::budget::Budget;

use super::super::tree::Wrapper;
use super::tokens::{Range, Tokens};

/// One level of a type, from the name outwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// `*`, or a qualifier.
    Wrapper(Wrapper),
    /// `[ ... ]`
    Array(Range),
    /// `( ... )`
    Function(Range),
}

/// A declarator taken apart.
#[derive(Debug, Default)]
pub(super) struct Declarator<'t> {
    pub(super) name: Option<&'t [u8]>,
    /// From the name outwards.
    pub(super) layers: Vec<Layer>,
    /// The width of a bit-field.
    pub(super) bits: Option<Range>,
    /// `__attribute__ ( ( aligned ( 8 ) ) )`, and what else stands behind.
    pub(super) attributes: Option<Range>,
}

/// What stands before and behind a group in parentheses.
#[derive(Clone, Copy)]
struct Level {
    prefix: Range,
    suffix: Range,
}

/// Takes a declarator apart; `None` if it is not one.
pub(super) fn declarator<'t>(
    tokens: &Tokens<'t>,
    range: Range,
    budget: &mut Budget,
) -> Result<Option<Declarator<'t>>> {
    let mut found = Declarator::default();
    let mut inner = range;
    if let Some(at) = tokens.find(range, b"__attribute__") {
        inner = range.up_to(at);
        found.attributes = Some(range.from(at));
    }
    let range = inner;
    if let Some(colon) = tokens.find(range, b":") {
        inner = range.up_to(colon);
        found.bits = Some(range.from(colon.saturating_add(1)));
    }
    let mut levels: Vec<Level> = Vec::new();
    loop {
        let mut at = inner.start;
        while at < inner.end && (tokens.word(at) == b"*" || qualifier(tokens.word(at)).is_some()) {
            at = at.saturating_add(1);
        }
        let prefix = inner.up_to(at);
        let rest = inner.from(at);
        let is_group = tokens.first(rest) == b"(" && is_declarator(tokens, tokens.inside(rest.start));
        if is_group {
            let group = tokens.inside(rest.start);
            budget.push(&mut levels, Level { prefix, suffix: rest.from(tokens.behind(rest.start)) })?;
            inner = group;
            continue;
        }
        let is_named = is_identifier(tokens.first(rest));
        if is_named {
            found.name = Some(tokens.first(rest));
        }
        budget.push(&mut levels, Level { prefix, suffix: rest.behind(usize::from(is_named)) })?;
        break;
    }
    let mut is_whole = true;
    while let Some(Level { prefix, suffix }) = levels.pop() {
        budget.charge_work(1)?;
        is_whole &= behind(tokens, suffix, &mut found.layers, budget)?;
        for at in (prefix.start..prefix.end).rev() {
            let wrapper = qualifier(tokens.word(at)).unwrap_or(Some(Wrapper::Pointer));
            if let Some(wrapper) = wrapper {
                budget.push(&mut found.layers, Layer::Wrapper(wrapper))?;
            }
        }
    }
    budget.free(levels);
    Ok(is_whole.then_some(found))
}

/// Arrays and parameters behind a name or group; whether there is nothing else.
fn behind(tokens: &Tokens<'_>, range: Range, layers: &mut Vec<Layer>, budget: &mut Budget) -> Result<bool> {
    let mut at = range.start;
    while at < range.end {
        budget.charge_work(1)?;
        match tokens.word(at) {
            b"[" => budget.push(layers, Layer::Array(tokens.inside(at)))?,
            b"(" => budget.push(layers, Layer::Function(tokens.inside(at)))?,
            _ => return Ok(false),
        }
        at = tokens.behind(at);
    }
    Ok(true)
}

/// Whether what is in parentheses belongs to a declarator, rather than being parameters.
fn is_declarator(tokens: &Tokens<'_>, inside: Range) -> bool {
    let first = tokens.first(inside);
    matches!(first, b"*" | b"(") || is_identifier(first)
}

/// What a qualifier stands for: nothing for those that say nothing of the type. `None` if it is no qualifier.
pub(super) fn qualifier(word: &[u8]) -> Option<Option<Wrapper>> {
    Some(match word {
        b"const" | b"__const" | b"__const__" => Some(Wrapper::Const),
        b"volatile" | b"__volatile" | b"__volatile__" => Some(Wrapper::Volatile),
        b"restrict" | b"__restrict" | b"__restrict__" => Some(Wrapper::Restrict),
        b"_Atomic" => Some(Wrapper::Atomic),
        b"extern" | b"static" | b"inline" | b"__inline" | b"__inline__" | b"register" | b"__extension__"
        | b"typedef" => None,
        _ => return None,
    })
}

/// Words that base types are called by.
pub(super) fn is_base(word: &[u8]) -> bool {
    matches!(
        word,
        b"void"
            | b"char"
            | b"short"
            | b"int"
            | b"long"
            | b"float"
            | b"double"
            | b"signed"
            | b"unsigned"
            | b"_Bool"
            | b"__int128"
            | b"__signed__"
            | b"__signed"
            | b"__builtin_va_list"
            | b"_Complex"
            | b"__int128_t"
            | b"__uint128_t"
    )
}

/// Whether a word is the name of something that is declared.
pub(super) fn is_identifier(word: &[u8]) -> bool {
    let is_first = |byte: &u8| *byte == b'_' || byte.is_ascii_alphabetic();
    word.first().is_some_and(is_first)
        && word.iter().all(|byte| *byte == b'_' || byte.is_ascii_alphanumeric())
        && !is_base(word)
        && qualifier(word).is_none()
        && !matches!(
            word,
            b"struct"
                | b"union"
                | b"enum"
                | b"__attribute__"
                | b"__attribute"
                | b"typeof"
                | b"__typeof__"
                | b"__typeof"
        )
}
