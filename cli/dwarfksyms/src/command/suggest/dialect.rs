//! Which macros suggestions are written with.

use anyhow::Result;
use clap::ValueEnum;
use dwarfksyms_symtypes::suggest::Macros;
use dwarfksyms_symtypes::types::Side;

use crate::comparison::{Basis, Sides};

/// What is asked for on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    #[value(help = "Guess it from the names of reserved space, and from the tool that made the versions")]
    Auto,
    #[value(help = "None: unions with __kabi_ members, and rules")]
    Raw,
    #[value(help = "KABI_USE, KABI_IGNORE and others, as in the documentation of gendwarfksyms")]
    Kernel,
    #[value(help = "ANDROID_KABI_USE and others of include/linux/android_kabi.h")]
    Android,
    #[value(help = "RH_KABI_USE and others of include/linux/rh_kabi.h, for genksyms")]
    Rhel,
    #[value(help = "#ifdef __GENKSYMS__, and suse_kabi_padding")]
    Suse,
    #[value(help = "#ifdef __GENKSYMS__")]
    Genksyms,
}

/// The macros, and what they were guessed from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) macros: Macros,
    pub(super) guessed_from: Option<&'static str>,
    /// Whether the versions are those of genksyms, which does not know what the macros do.
    pub(super) are_foreign: bool,
}

impl Dialect {
    /// Whether genksyms is certain to make the versions.
    pub(super) const fn is_for_genksyms(self) -> bool {
        matches!(self, Dialect::Rhel | Dialect::Suse | Dialect::Genksyms)
    }

    /// The macros for two builds.
    pub(crate) fn words(self, sides: &Sides<'_>) -> Result<Words> {
        let said = |macros| Ok(Words { macros, guessed_from: None, are_foreign: false });
        let foreign = |macros| Ok(Words { are_foreign: is_of_genksyms(sides)?, ..said(macros)? });
        match self {
            Dialect::Raw => foreign(Macros::Raw),
            Dialect::Kernel => foreign(Macros::Kernel),
            Dialect::Rhel => said(Macros::Rhel),
            Dialect::Suse => said(Macros::Suse),
            Dialect::Genksyms => said(Macros::Genksyms),
            Dialect::Android => {
                let guess = Macros::guess(sides.catalog(), is_of_genksyms(sides)?, sides.limits())?;
                said(Macros::Android.of_kernel(guess.macros.are_for_genksyms()))
            }
            Dialect::Auto => {
                let guess = Macros::guess(sides.catalog(), is_of_genksyms(sides)?, sides.limits())?;
                Ok(Words { guessed_from: Some(guess.sign), ..said(guess.macros)? })
            }
        }
    }
}

/// Whether genksyms made the versions of a build: its configuration says so, or its types or versions do.
fn is_of_genksyms(sides: &Sides<'_>) -> Result<bool> {
    if sides.old.is_of_genksyms || sides.new.is_of_genksyms {
        return Ok(true);
    }
    let basis = Basis::of(sides)?;
    Ok(basis.is_of_other_tool(Side::Old) || basis.is_of_other_tool(Side::New))
}
