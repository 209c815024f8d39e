//! Recorded versions, as kbuild and the programs write them: `Module.symvers`, `.cmd` files, `#SYMVER` lines.

pub mod cmd;
pub mod symvers;
pub mod text;
