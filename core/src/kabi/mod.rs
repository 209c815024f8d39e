//! The stable-kABI conventions (SPEC section 8): rules in a section of their own, and member names.

mod members;
mod rules;

pub(crate) use self::members::{MEMBER_PREFIX, Placeholder, placeholder};
pub(crate) use self::rules::{Rule, RuleKind, Rules};
