//! The command line of `gendwarfksyms`.

use std::path::PathBuf;

use clap::Parser;
use dwarfksyms_core::{Dump, Limits, Scheme};
use dwarfksyms_host::common::Common;

const AFTER_HELP: &str = "\
The tool reads the names of exported symbols from standard input, one per line. For each, it prints a line `#SYMVER \
<name> 0x<crc>` with the CRC-32 of everything that the symbol's type consists of, as the DWARF of the objects \
describes it. A symbol that no object describes gets 0x00000000 and a warning.

Example:
  echo seq_read | gendwarfksyms --symtypes read_write.symtypes fs/read_write.o

Exit status: 0 if the versions were printed, 1 if anything went wrong; then nothing is printed. With --check: 0 if all \
versions are the recorded ones, 1 if one is not, 2 if anything went wrong. With --check, if standard input is empty or \
a terminal, the names in the record are the symbol list.";

/// Compute the versions of a Linux kernel's exported symbols from DWARF
#[derive(Debug, Parser)]
#[command(
    name = "gendwarfksyms",
    version,
    infer_long_args = true,
    args_override_self = true,
    override_usage = "gendwarfksyms [OPTIONS] <OBJECT>... < SYMBOL-LIST",
    after_help = AFTER_HELP,
    max_term_width = 100
)]
pub(crate) struct Args {
    /// ELF objects with DWARF, archives of them, or compressed modules; the first that has a symbol describes it
    #[arg(required = true, value_name = "OBJECT")]
    pub(crate) objects: Vec<PathBuf>,

    /// Honour the conventions of a stable kABI: rules, and __kabi_ members
    // The alias keeps `--st` what it is for the kernel's tool.
    #[arg(short, long, alias = "st")]
    pub(crate) stable: bool,

    /// Compute versions that depend on the ABI alone and reflect all of it, unlike those of the kernel's tool: see docs/GENDWARFKSYMS.md
    #[arg(long)]
    pub(crate) canonical: bool,

    /// Describe every symbol within the unit that exports it, as if each source file had an object of its own
    #[arg(long, conflicts_with_all = ["canonical", "whole"])]
    pub(crate) per_unit: bool,

    /// Describe every object as a whole, whatever it was linked from (the default)
    #[arg(long, conflicts_with = "canonical")]
    pub(crate) whole: bool,

    /// Take the symbols that the objects export instead of a list on standard input
    #[arg(long)]
    pub(crate) exports: bool,

    /// Turn warnings, such as a symbol without a version, into errors, and report all of them
    #[arg(long)]
    pub(crate) strict: bool,

    /// Compare with the versions in FILE, and print those that differ: a Module.symvers, a .cmd file, or #SYMVER lines
    #[arg(long, value_name = "FILE")]
    pub(crate) check: Option<PathBuf>,

    /// Write the types that the versions consist of to FILE
    #[arg(short = 'T', long, value_name = "FILE")]
    pub(crate) symtypes: Option<PathBuf>,

    /// Log each step to standard error
    #[arg(short, long)]
    pub(crate) debug: bool,

    /// Print the symbols' descriptions on standard error, indented
    #[arg(long)]
    pub(crate) dump_dies: bool,

    /// Like --dump-dies, with the place of each description
    #[arg(long)]
    pub(crate) dump_die_map: bool,

    /// Print the types' strings on standard error
    #[arg(long)]
    pub(crate) dump_types: bool,

    /// Print the fully expanded strings of the symbols on standard error
    #[arg(long)]
    pub(crate) dump_versions: bool,

    /// Print how long each phase took, and how much it read, on standard error
    #[arg(long)]
    pub(crate) timing: bool,

    #[command(flatten)]
    pub(crate) common: Common,
}

impl Args {
    /// Whether anything but warnings is said on standard error while objects are worked on.
    pub(crate) fn is_verbose(&self) -> bool {
        let Args { debug, dump_dies, dump_die_map, dump_types, dump_versions, .. } = *self;
        debug || dump_dies || dump_die_map || dump_types || dump_versions
    }

    /// Which versions are asked for.
    pub(crate) fn scheme(&self) -> Scheme {
        match (self.canonical, self.per_unit) {
            (true, _) => Scheme::Canonical,
            (false, true) => Scheme::PerUnit { shows_types: self.shows_types() },
            (false, false) => Scheme::Reference,
        }
    }

    /// Which dump of descriptions is asked for.
    pub(crate) fn dump(&self) -> Dump {
        match (self.dump_die_map, self.dump_dies) {
            (true, _) => Dump::DieMap,
            (false, true) => Dump::Dies,
            (false, false) => Dump::None,
        }
    }

    /// Whether type strings are written anywhere.
    pub(crate) fn shows_types(&self) -> bool {
        self.symtypes.is_some() || self.dump_types || self.dump_versions
    }

    /// The limits for an input of `bytes` bytes.
    pub(crate) fn limits(&self, bytes: u64) -> Limits {
        self.common.limits(bytes)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(arguments: &[&str]) -> Result<Args, clap::Error> {
        Args::try_parse_from([&["gendwarfksyms"], arguments].concat())
    }

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn options_are_abbreviated_as_with_getopt_long() {
        for stable in ["-s", "--stable", "--st", "--stab"] {
            assert!(parse(&[stable, "x.o"]).unwrap().stable, "{stable}");
        }
        for debug in ["-d", "--debug", "--de"] {
            assert!(parse(&["x.o", debug]).unwrap().debug, "{debug}");
        }
        for types in [&["--sy", "f"][..], &["--symtypes=f"], &["-Tf"], &["-T", "f"], &["-sTf"], &["--sym=f"]]
        {
            let args = parse(&[types, &["x.o"]].concat()).unwrap();
            assert_eq!(args.symtypes, Some(PathBuf::from("f")), "{types:?}");
        }
        assert!(parse(&["--dump-v", "x.o"]).unwrap().dump_versions);
        assert!(parse(&["--dump-t", "x.o"]).unwrap().dump_types);
        assert!(parse(&["--dump-dies", "x.o"]).unwrap().dump_dies);
        assert!(parse(&["--dump-die-m", "x.o"]).unwrap().dump_die_map);
        assert!(parse(&["--no-s", "x.o"]).unwrap().common.no_sandbox);
        for check in [&["--check", "f"][..], &["--ch=f"]] {
            assert_eq!(parse(&[check, &["x.o"]].concat()).unwrap().check, Some(PathBuf::from("f")));
        }
        for canonical in ["--canonical", "--ca"] {
            assert!(parse(&[canonical, "x.o"]).unwrap().canonical, "{canonical}");
        }
        for strict in ["--strict", "--str"] {
            let args = parse(&[strict, "x.o"]).unwrap();
            assert!(args.strict && !args.stable, "{strict}");
        }
        for per_unit in ["--per-unit", "--p"] {
            assert!(parse(&[per_unit, "x.o"]).unwrap().per_unit, "{per_unit}");
        }
        for whole in ["--whole", "--w"] {
            assert!(parse(&[whole, "x.o"]).unwrap().whole, "{whole}");
        }
        assert!(parse(&["--exp", "x.o"]).unwrap().exports);
        assert!(parse(&["--per-unit", "--canonical", "x.o"]).is_err());
        assert!(parse(&["--t", "x.o"]).unwrap().timing);
        for ambiguous in ["--s", "--d", "--dump-d", "--dump"] {
            assert!(parse(&[ambiguous, "x.o"]).is_err(), "{ambiguous}");
        }
        for help in ["-h", "--help", "--h"] {
            assert_eq!(parse(&[help]).unwrap_err().kind(), clap::error::ErrorKind::DisplayHelp, "{help}");
        }
    }

    #[test]
    fn options_can_be_repeated() {
        let args = parse(&["-s", "-s", "-T", "a", "-T", "b", "x.o"]).unwrap();
        assert_eq!(args.symtypes, Some(PathBuf::from("b")));
        assert!(args.stable);
    }

    #[test]
    fn limits_have_units() {
        let args = parse(&["--limit", "memory=4G", "--limit", "work=12", "x.o"]).unwrap();
        assert_eq!(args.limits(0).memory, 4 << 30);
        assert_eq!(args.limits(0).work, 12);
        for bad in ["memory", "memory=", "memory=x", "colour=1", "work=99999999999G"] {
            assert!(parse(&["--limit", bad, "x.o"]).is_err(), "{bad}");
        }
    }
}
