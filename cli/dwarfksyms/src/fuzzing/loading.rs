//! Whether a kernel would load a module, and what is written of exports.

use dwarfksyms_core::Limits;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::message;

use super::{alone, open, read};
use crate::builds::{Build, Counted, Detail};
use crate::command::module::{self, Names};
use crate::command::versions;
use crate::providers;
use crate::report::json;

/// The answer about a module and a kernel.
#[derive(Debug)]
pub struct LoadingAnswer {
    /// For people.
    pub text: String,
    /// For programs.
    pub json: String,
}

/// Compares a module with what describes a kernel, all of them files.
///
/// # Errors
/// What the program would say, and end.
pub fn fit(module: &[u8], kernels: &[Vec<u8>], limits: &Limits) -> Result<LoadingAnswer, String> {
    told(module, kernels, limits).map_err(|error| message::text(&error))
}

fn told(module: &[u8], kernels: &[Vec<u8>], limits: &Limits) -> anyhow::Result<LoadingAnswer> {
    let common = alone(limits);
    let open = |data: &[u8]| read(data.to_vec(), Detail::Recorded, &Counted::Exported, &common);
    let build = open(module)?;
    let kernels = kernels.iter().map(|kernel| open(kernel)).collect::<Result<Vec<Build>, _>>()?;
    let loaded = providers::together(kernels.into_iter(), std::iter::empty());
    let names = Names { module: "module".to_owned(), kernel: "kernel".to_owned() };
    let (answer, fit) = module::judge(&build, b"module", &loaded, &names, &mut Budget::new(limits))?;
    let mut json = Vec::new();
    json::write(&answer, &mut json)?;
    Ok(LoadingAnswer { text: module::told(&answer, &fit), json: String::from_utf8(json)? })
}

/// What a file exports as lines of a `Module.symvers`; `None` if it cannot be read, or has what would break a line.
pub fn symvers(data: Vec<u8>, limits: &Limits) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    versions::symvers(&open(data, &alone(limits))?.exports, &mut out).ok()?;
    Some(out)
}
