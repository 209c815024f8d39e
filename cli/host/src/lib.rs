//! What the programs need of a system: files and what is in them, threads, messages, what is written, confinement.
//!
//! An object's way: the bytes of a file ([`contents`]), out of archives, compression and boot images ([`input`], [`unpack`]), with the
//! files that it depends on ([`companion`]), described ([`description`]) by one thread or several ([`parallel`]). Around it:
//! options of all programs ([`common`]), how the process starts ([`start`]), its memory ([`heap`], [`arena`]), how it ends without one ([`trouble`]), what
//! the process gives up before it reads an object ([`confinement`]), how far it has come ([`watch`]), and what is said
//! ([`message`]) and written ([`output`], [`new_file`], [`places`]).
//!
//! It is made for these programs: no promise is made about what it will offer to others.

pub mod arena;
mod boot_image;
pub mod common;
pub mod companion;
pub mod confinement;
pub mod contents;
pub mod debug_files;
pub mod description;
pub mod explanation;
#[doc(hidden)]
pub mod fuzzing;
pub mod heap;
mod identity;
pub mod input;
pub mod message;
pub mod new_file;
pub mod output;
pub mod parallel;
pub mod phase;
pub mod places;
pub mod progress;
pub mod records;
pub mod signature;
pub mod start;
pub mod timing;
pub mod trouble;
pub mod unpack;
pub mod watch;

/// What a run that does not fail comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is nothing to report but what was asked for.
    Done,
    /// There is something to report: versions differ from the recorded ones, say.
    Different,
}
