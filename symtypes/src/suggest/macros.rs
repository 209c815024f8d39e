//! The macros by which source trees keep versions, and which of them a tree seems to have.

use dwarfksyms_core::budget::Budget;
use dwarfksyms_core::{Limits, Result};
use memchr::memmem::Finder;

use crate::types::Catalog;

use super::advice::{Suggestion, SuggestionKind};

/// What suggestions are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Macros {
    /// Unions with `__kabi_` members, and rules by the macros of [`MACROS`](super::MACROS).
    #[default]
    Raw,
    /// `KABI_USE` and the like: the kernel's Documentation/kbuild/gendwarfksyms.rst.
    Kernel,
    /// `ANDROID_KABI_USE` and the like of `include/linux/android_kabi.h`, for gendwarfksyms: android16-6.12 and later.
    Android,
    /// The same of earlier kernels, whose versions are those of genksyms.
    AndroidGenksyms,
    /// `RH_KABI_USE` and the like of `include/linux/rh_kabi.h`, for genksyms.
    Rhel,
    /// `#ifdef __GENKSYMS__`, around what takes the place of `suse_kabi_padding` too.
    Suse,
    /// `#ifdef __GENKSYMS__`.
    Genksyms,
}

/// Which macros a source tree seems to have, and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The macros.
    pub macros: Macros,
    /// What says so, to be put behind "since".
    pub sign: &'static str,
}

/// What reserved space is called in each tree. With `--stable`, names that begin with `__kabi_` are left out, and only the
/// type is there.
const SIGNS: [(&[u8], Macros, &str); 8] = [
    (b"android_kabi_reserved", Macros::AndroidGenksyms, "a member is called android_kabi_reserved"),
    (b"android_backport_reserved", Macros::AndroidGenksyms, "a member is called android_backport_reserved"),
    (b" rh_reserved", Macros::Rhel, "a member is called rh_reserved"),
    (b" rh_kabi_", Macros::Rhel, "a member is called rh_kabi_..."),
    (b"suse_kabi_padding", Macros::Suse, "a member is called suse_kabi_padding"),
    (
        b"member t#u64 data_member_location(",
        Macros::Android,
        "a member without a name is a u64, as ANDROID_KABI_RESERVE makes it",
    ),
    (
        b"member base_type long unsigned int byte_size(8) encoding(7) data_member_location(",
        Macros::Kernel,
        "a member without a name is an unsigned long, as KABI_RESERVE makes it",
    ),
    (
        b"member base_type unsigned long byte_size(8) encoding(7) data_member_location(",
        Macros::Kernel,
        "a member without a name is an unsigned long, as KABI_RESERVE makes it",
    ),
];

impl Macros {
    /// All of them.
    pub const ALL: [Macros; 7] = [
        Macros::Raw,
        Macros::Kernel,
        Macros::Android,
        Macros::AndroidGenksyms,
        Macros::Rhel,
        Macros::Suse,
        Macros::Genksyms,
    ];

    /// The name of the dialect.
    pub const fn id(self) -> &'static str {
        match self {
            Macros::Raw => "raw",
            Macros::Kernel => "kernel",
            Macros::Android | Macros::AndroidGenksyms => "android",
            Macros::Rhel => "rhel",
            Macros::Suse => "suse",
            Macros::Genksyms => "genksyms",
        }
    }

    /// Whether they hide something from genksyms, rather than from gendwarfksyms.
    pub const fn are_for_genksyms(self) -> bool {
        matches!(self, Macros::AndroidGenksyms | Macros::Rhel | Macros::Suse | Macros::Genksyms)
    }

    /// Whether a suggestion has to make do without a macro of the tree.
    pub fn lack(self, suggestion: &Suggestion) -> bool {
        match self {
            Macros::Raw | Macros::Suse | Macros::Genksyms => false,
            Macros::Kernel | Macros::Android | Macros::AndroidGenksyms | Macros::Rhel => {
                !suggestion.means.contains("KABI_") || suggestion.means.starts_with('_')
            }
        }
    }

    /// Which macros a source tree has, as far as names in its types tell; `is_genksyms` says that its versions are those
    /// of genksyms.
    ///
    /// # Errors
    /// A limit.
    pub fn guess(catalog: &Catalog<'_>, is_genksyms: bool, limits: &Limits) -> Result<Guess> {
        let budget = &mut Budget::new(limits);
        let finders = SIGNS.map(|(text, ..)| Finder::new(text));
        let mut first = SIGNS.len();
        for text in catalog.texts() {
            budget.charge_bytes(text.len())?;
            let earlier = finders.iter().take(first);
            first = earlier.take_while(|finder| finder.find(text).is_none()).count();
        }
        let found = SIGNS.get(first).map(|&(_, macros, sign)| Guess { macros, sign });
        Ok(match found {
            Some(guess) if guess.macros.are_for_genksyms() || !is_genksyms => guess,
            _ if is_genksyms => {
                Guess { macros: Macros::Genksyms, sign: "the versions are those of genksyms" }
            }
            _ => Guess { macros: Macros::Raw, sign: "no name of reserved space says which macros there are" },
        })
    }

    /// The same macros as a kernel has whose versions are those of genksyms, or of gendwarfksyms.
    #[must_use]
    pub fn of_kernel(self, is_genksyms: bool) -> Macros {
        match self {
            Macros::Android if is_genksyms => Macros::AndroidGenksyms,
            other => other,
        }
    }

    /// The macro for a rule.
    pub(super) const fn of_rule(self, kind: SuggestionKind) -> Option<&'static str> {
        use SuggestionKind::{ByteSize, DeclarationOnly, EnumeratorIgnore, EnumeratorValue, TypeString};
        Some(match (self, kind) {
            (Macros::Kernel, DeclarationOnly) => "KABI_DECLONLY",
            (Macros::Kernel, EnumeratorIgnore) => "KABI_ENUMERATOR_IGNORE",
            (Macros::Kernel, EnumeratorValue) => "KABI_ENUMERATOR_VALUE",
            (Macros::Kernel, ByteSize) => "KABI_BYTE_SIZE",
            (Macros::Kernel, TypeString) => "KABI_TYPE_STRING",
            (Macros::Android, DeclarationOnly) => "ANDROID_KABI_DECLONLY",
            (Macros::Android, EnumeratorIgnore) => "ANDROID_KABI_ENUMERATOR_IGNORE",
            (Macros::Android, EnumeratorValue) => "ANDROID_KABI_ENUMERATOR_VALUE",
            (Macros::Android, ByteSize) => "ANDROID_KABI_BYTE_SIZE",
            (Macros::Android, TypeString) => "ANDROID_KABI_TYPE_STRING",
            _ => return None,
        })
    }
}
