//! The stable-kABI conventions (SPEC section 8): rules in a section of their own, and member names.

mod members;
mod rules;

pub use self::members::MEMBER_PREFIX;
pub(crate) use self::members::{Placeholder, placeholder};
pub use self::rules::{Rule, RuleKind, Rules};
