//! What types measure.

mod library;

pub(crate) use self::library::{Alignment, Library};
