//! What the benchmarks share: inputs, measured processes, measured phases, and how results are printed.

pub mod comparison;
pub mod generated;
pub mod input;
pub mod phases;
pub mod process;
pub mod report;
pub mod walk;
