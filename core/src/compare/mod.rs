//! What differs between the types of two builds, and what that means.

mod class;

pub use self::class::{Class, Verdict};
