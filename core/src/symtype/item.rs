//! A part of a description that is compared with a known one as a whole.

use super::recognizer::Identity;
use super::token::Token;

/// All of a member or parameter, or of a pointer: a reference, and what is around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) before: [Option<Token>; 2],
    /// What the reference leads to; `None` if that is not complete.
    pub(crate) target: Option<Identity>,
    pub(crate) behind: [Option<Token>; 4],
}

impl Item {
    /// The reference, what is behind it, and what is behind the item, of tokens that begin with the item.
    #[inline(always)]
    pub(super) fn split(self, tokens: &[Token]) -> Option<Split<'_>> {
        // One after the other, as a loop over what may be missing would cost as much as everything else.
        let [word, bracket] = self.before;
        let [first, second, third, fourth] = self.behind;
        let mut rest = tokens;
        if !(is_next(word, &mut rest) && is_next(bracket, &mut rest)) {
            return None;
        }
        let (&reference, behind_reference) = rest.split_first()?;
        let is_target = match self.target {
            Some(Identity::Type(id)) => reference == Token::named(id),
            Some(Identity::Shape(id)) => reference == Token::shape(id),
            Some(Identity::Symbol(_)) => false,
            None => reference.is_reference(),
        };
        rest = behind_reference;
        let is_all = is_target
            && is_next(first, &mut rest)
            && is_next(second, &mut rest)
            && is_next(third, &mut rest)
            && is_next(fourth, &mut rest);
        is_all.then_some(Split { reference, behind_reference, rest })
    }
}

/// Known tokens that begin with an item.
pub(super) struct Split<'t> {
    pub(super) reference: Token,
    pub(super) behind_reference: &'t [Token],
    /// Behind the item.
    pub(super) rest: &'t [Token],
}

/// Whether a token is the first one, or left out; then, what is behind it remains.
#[inline(always)]
fn is_next(token: Option<Token>, tokens: &mut &[Token]) -> bool {
    let Some(token) = token else { return true };
    match tokens.split_first() {
        Some((&first, behind)) if first == token => {
            *tokens = behind;
            true
        }
        _ => false,
    }
}
