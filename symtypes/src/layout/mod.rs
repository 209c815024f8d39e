//! Where everything in a type is, and how two layouts of it differ: the one place that knows.
//!
//! ```text
//! library   the types of a file by their names: sizes, alignments, what a typedef stands for
//!   map       what is drawn of one layout
//!   place     a structure or union laid out: each member's place from the beginning of the outermost type
//!     matching   the members of two layouts that belong together, by name and by place
//!       relation   how two types in one place differ: not at all, in spelling, in sign (number), altogether; peeled of typedefs
//!         difference   what has moved, gone, come, and where there was room for it
//!           fate         the same of the outermost members alone, as they are drawn
//! ```
//!
//! What a text does not state, such as an offset in the dialect of genksyms, is unknown (`None`), and never equal to
//! anything. All of it is charged to the budget; nothing recurses.

mod alike;
mod array;
mod degree;
mod difference;
mod enumerators;
mod extent;
mod fate;
mod floating;
mod ground;
mod library;
mod map;
mod matching;
mod member;
mod number;
mod part;
mod peeled;
mod place;
mod relation;
mod reserved;
mod solid;
pub(crate) mod spelled;

pub(crate) use self::alike::Pair;
pub(crate) use self::degree::Degree;
pub(crate) use self::difference::Difference;
pub(crate) use self::enumerators::Enumerators;
pub use self::extent::{Counterpart, Extent, Fate};
pub(crate) use self::floating::has_floats;
pub(crate) use self::library::{Alignment, Library};
pub use self::map::{Map, Maps};
pub(crate) use self::member::{Added, Gone, Kept, Room};
pub(crate) use self::part::Part;
pub(crate) use self::place::{Layout, Place, aggregates_in, functions_in};
pub(crate) use self::relation::{Builds, Relation, relation};
pub(crate) use self::reserved::is_reserved;
pub(crate) use self::solid::is_solid;
