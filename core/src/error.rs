//! What can go wrong, where in the object, and in which words.
//!
//! An [`Error`] is small when it is made and states all that is known when it is printed:
//! `<section>+0x<offset>: <what>`. The application adds the file's name in front.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use crate::limits::Limit;
use crate::standard::{DwarfError, DwarfForm, DwarfTag};

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// A section that versions are computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SectionId {
    /// `.debug_info`
    Info,
    /// `.debug_types`
    Types,
    /// `.debug_abbrev`
    Abbrev,
    /// `.debug_str`
    Str,
    /// `.debug_line_str`
    LineStr,
    /// `.debug_str_offsets`
    StrOffsets,
    /// `.debug_line`
    Line,
    /// `.discard.gendwarfksyms.kabi_rules`
    KabiRules,
    /// `.symtab`
    Symbols,
    /// `.BTF`
    Btf,
    /// `.BTF.base`
    BtfBase,
}

impl SectionId {
    /// The section's name in the object.
    pub const fn name(self) -> &'static str {
        match self {
            SectionId::Info => ".debug_info",
            SectionId::Types => ".debug_types",
            SectionId::Abbrev => ".debug_abbrev",
            SectionId::Str => ".debug_str",
            SectionId::LineStr => ".debug_line_str",
            SectionId::StrOffsets => ".debug_str_offsets",
            SectionId::Line => ".debug_line",
            SectionId::KabiRules => ".discard.gendwarfksyms.kabi_rules",
            SectionId::Symbols => ".symtab",
            SectionId::Btf => ".BTF",
            SectionId::BtfBase => ".BTF.base",
        }
    }

    /// Whether it has fields that refer to other sections.
    pub(crate) const fn has_fields(self) -> bool {
        !matches!(self, SectionId::Str | SectionId::LineStr | SectionId::Abbrev)
    }
}

/// A position in an object: a section and an offset in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The file: 0 is the object itself, and N the Nth of its companions.
    pub file: u32,
    /// The section.
    pub section: SectionId,
    /// Bytes from the section's start.
    pub offset: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{:#x}", self.section.name(), self.offset)
    }
}

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The allocator refused a request that the budget allowed.
    OutOfMemory,
    /// A limit was hit.
    Limit(Limit, u64),

    /// A line of the symbol list, counted from 1, has no name.
    MalformedSymbolLine(u64),
    /// The name of an exported symbol is empty, or has white space in it.
    ExportedName,

    /// A line of a symtypes file, counted from 1, has no name.
    MalformedTypeLine(u64),
    /// A line of consolidated symtypes, counted from 1, is in no section, or all lines are if none says what files have.
    NoSection(u64),
    /// A line of consolidated symtypes, counted from 1, names a type or export without a record.
    UndefinedType(u64),
    /// A path in consolidated symtypes comes twice, or it is none.
    SectionPath,
    /// Consolidated symtypes cannot hold a line, counted from 1, or not as it is.
    UnkeptLine(u64),

    /// The input has no bytes.
    EmptyFile,
    /// The input is an `ar` archive.
    Archive,
    /// The input is LLVM bitcode.
    Bitcode,
    /// The input does not begin with the ELF magic number.
    NotElf,
    /// The ELF header or a table of it is damaged.
    Elf(&'static str),
    /// What is wrong with the symbol of this number, which may be an alias.
    Symbol(&'static str, usize),
    /// There is no `.debug_info`, or an empty one.
    NoDwarf,
    /// The section is compressed, and nobody has decompressed it.
    CompressedSection,
    /// The section is compressed in a way that is not known.
    UnknownCompression(u32),
    /// A relocation that the answer depends on is of a kind that is not known for this machine.
    Relocation(u32),
    /// A relocation that the answer depends on names a symbol that is not there.
    RelocationSymbol(u32),

    /// The result of a relocation of this kind does not fit into its field.
    RelocationOverflow(u32),

    /// The DWARF is of a version that is not known yet.
    NewDwarf(u16),
    /// The DWARF cannot be decoded.
    Dwarf(DwarfError),
    /// The DWARF contradicts itself.
    Malformed(&'static str),
    /// A unit is larger than this crate can address.
    UnitTooLarge,
    /// A value of a form that cannot be a reference stands where one is expected.
    NotAReference(DwarfForm),
    /// There is no type unit with this signature.
    UnknownSignature(u64),
    /// A reference or string in another file, which is not there.
    NoSupplementary,
    /// The file that the rest of a unit should be in has no unit with this ID.
    SplitId(u64),
    /// The rest of a unit is in a file of its own, which was not [attached](crate::Object::attach).
    NotAttached,
    /// A reference does not lead to a DIE.
    DanglingReference(u64),
    /// A string offset points outside its section, or to a string without an end.
    StringOffset(Place),
    /// `.debug_str_offsets` has no such string.
    StringIndex(u64),
    /// A file index is not in the line table.
    FileIndex(u64),

    /// A DIE whose tag is not that of a type stands where a type is expected.
    UnexpectedType(DwarfTag),
    /// A DIE of the first tag has a child of the second, which cannot be described.
    UnexpectedChild(DwarfTag, DwarfTag),
    /// A type refers to itself and none of the types on the way has a name.
    NamelessCycle,
    /// The type of a symbol pointer variable is not a pointer.
    NotASymbolPointer(DwarfTag),
    /// A symbol pointer variable, or the pointer that is its type, has no type.
    UntypedSymbolPointer,

    /// What is wrong with BTF.
    Btf(&'static str),
    /// The kind of a type in BTF is not known.
    BtfKind(u32),
    /// A type in BTF refers to one that is not there.
    BtfReference(u32),

    /// The section of kABI rules is too short to hold a rule; its size in bytes.
    RulesTooShort(u64),
    /// The section of kABI rules does not end in NUL.
    RulesUnterminated,
    /// The section of kABI rules ends inside a rule.
    RulesTruncated,
    /// The version of a kABI rule is not 1.
    RuleVersion,
    /// There is no such kABI rule.
    UnknownRule,
    /// The value of a kABI rule is not an unsigned decimal number.
    RuleNumber,
    /// The value of a `type_string` rule is empty.
    EmptyTypeString,
    /// A reference in a `type_string` rule has no name.
    EmptyTypeReference,
    /// A quoted reference in a `type_string` rule has no closing quote.
    UnclosedTypeReference,
    /// A `type_string` rule refers to a type that does not exist.
    UnknownTypeReference,
}

/// What went wrong, where, and the name that it is about.
///
/// It is as small as a pointer, because every step can fail and hardly any does. There is none when memory has run
/// out even for that.
#[derive(PartialEq, Eq)]
pub struct Error(Option<Box<[Details; 1]>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    place: Option<Place>,
    subject: Vec<u8>,
}

impl Error {
    /// An error without a place, for what is wrong with the input as a whole.
    #[cold]
    pub fn new(kind: ErrorKind) -> Error {
        Error::keep(Details { kind, place: None, subject: Vec::new() })
    }

    /// A box that may be refused.
    #[cold]
    fn keep(details: Details) -> Error {
        let mut room = Vec::new();
        if room.try_reserve_exact(1).is_err() {
            return Error(None);
        }
        room.push(details);
        Error(room.into_boxed_slice().try_into().ok())
    }

    fn details(&self) -> Option<&Details> {
        self.0.as_deref().map(|[details]| details)
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.details().map_or(ErrorKind::OutOfMemory, |details| details.kind)
    }

    /// Whether a limit was hit or memory was refused: the input may be in order, and nothing may be read another way instead.
    pub(crate) fn is_of_resources(&self) -> bool {
        matches!(self.kind(), ErrorKind::OutOfMemory | ErrorKind::Limit(..))
    }

    /// Where it went wrong, if it is about one place.
    pub fn place(&self) -> Option<Place> {
        self.details()?.place
    }

    /// Names the place, unless a more precise one is known.
    #[cold]
    pub(crate) fn at(mut self, place: Place) -> Error {
        if let Some([details]) = self.0.as_deref_mut() {
            details.place.get_or_insert(place);
        }
        self
    }

    /// As [`Error::at`], if the place is known.
    #[cold]
    pub(crate) fn at_if_known(self, place: Option<Place>) -> Error {
        match place {
            Some(place) => self.at(place),
            None => self,
        }
    }

    /// Quotes the text of the input that the error is about, cut to a sane length.
    #[cold]
    pub fn about(mut self, subject: &[u8]) -> Error {
        const LONGEST: usize = 120;
        let cut = subject.get(..LONGEST).unwrap_or(subject);
        if let Some([Details { subject, .. }]) = self.0.as_deref_mut()
            && subject.is_empty()
            && subject.try_reserve_exact(cut.len()).is_ok()
        {
            subject.extend_from_slice(cut);
        }
        self
    }
}

impl Clone for Error {
    fn clone(&self) -> Error {
        match self.details() {
            Some(details) => Error::keep(details.clone()),
            None => Error(None),
        }
    }
}

impl From<ErrorKind> for Error {
    #[cold]
    fn from(kind: ErrorKind) -> Error {
        Error::new(kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}", self.kind())?;
        match self.details() {
            Some(Details { subject, .. }) if !subject.is_empty() => {
                write!(f, ": '{}'", subject.escape_ascii())
            }
            _ => Ok(()),
        }
    }
}

/// The same words: a program whose `main` returns an error shows it in this way.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl core::error::Error for Error {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ErrorKind::OutOfMemory => f.write_str("out of memory"),
            ErrorKind::Limit(limit, value) => {
                write!(f, "the limit on {} ({value} {}) was reached", limit.what(), limit.unit())
            }
            ErrorKind::MalformedTypeLine(line) => write!(f, "line {line}: not a line of a symtypes file"),
            ErrorKind::NoSection(line) => write!(f, "line {line}: this is in no section of a file"),
            ErrorKind::UndefinedType(line) => write!(f, "line {line}: there is no record of that name"),
            ErrorKind::SectionPath => f.write_str("a path that is empty, of several lines, or there twice"),
            ErrorKind::UnkeptLine(line) => write!(
                f,
                "line {line}: consolidated symtypes cannot hold this (an empty line, a name alone, a head, or no line \
                 break at the end)"
            ),
            ErrorKind::MalformedSymbolLine(line) => {
                write!(f, "symbol list, line {line}: malformed input line (no symbol name)")
            }
            ErrorKind::ExportedName => f.write_str("the name of an exported symbol is not a word"),
            ErrorKind::EmptyFile => f.write_str("the file is empty"),
            ErrorKind::Archive => f.write_str("this is an archive; name its members' objects instead"),
            ErrorKind::Bitcode => {
                f.write_str("this is LLVM bitcode, which link-time optimisation has yet to compile")
            }
            ErrorKind::NotElf => f.write_str("not an ELF object"),
            ErrorKind::Elf(what) => write!(f, "damaged ELF file: {what}"),
            ErrorKind::Symbol(what, index) => write!(f, "damaged ELF file: symbol {index} {what}"),
            ErrorKind::NoDwarf => f.write_str("no debugging information (was it compiled with -g?)"),
            ErrorKind::CompressedSection => f.write_str("the section is compressed"),
            ErrorKind::UnknownCompression(method) => {
                write!(f, "the section is compressed by an unknown method ({method})")
            }
            ErrorKind::Relocation(kind) => {
                write!(f, "a relocation of type {kind} is not known for the object's machine")
            }
            ErrorKind::RelocationSymbol(index) => {
                write!(f, "relocation against symbol {index}, which is not defined in this object")
            }
            ErrorKind::RelocationOverflow(kind) => {
                write!(f, "the result of a relocation of type {kind} does not fit into its field")
            }
            ErrorKind::NewDwarf(version) => {
                write!(f, "DWARF of version {version} is not supported, only versions 2 to 5 are")
            }
            ErrorKind::Dwarf(error) => write!(f, "{error}"),
            ErrorKind::Malformed(what) => f.write_str(what),
            ErrorKind::UnitTooLarge => f.write_str("a unit of 4 GiB or more is not supported"),
            ErrorKind::NotAReference(form) => write!(f, "a value of {form} cannot be a reference"),
            ErrorKind::UnknownSignature(signature) => {
                write!(f, "there is no type unit with the signature {signature:#018x}")
            }
            ErrorKind::NoSupplementary => f.write_str(
                "this is in a supplementary file (.gnu_debugaltlink, .debug_sup), which was not given",
            ),
            ErrorKind::SplitId(id) => write!(f, "no unit has the ID {id:#018x} that the object names"),
            ErrorKind::NotAttached => {
                f.write_str("the types of this unit are in a file of their own, which was not attached")
            }
            ErrorKind::DanglingReference(target) => {
                write!(f, "the reference to {target:#x} does not lead to a DIE")
            }
            ErrorKind::StringOffset(place) => write!(f, "no string at {place}"),
            ErrorKind::StringIndex(index) => write!(f, "no string with the index {index}"),
            ErrorKind::FileIndex(index) => write!(f, "the line table has no file {index}"),
            ErrorKind::UnexpectedType(tag) => write!(f, "unexpected type: {tag}"),
            ErrorKind::UnexpectedChild(parent, child) => {
                write!(f, "unexpected child of {parent}: {child}")
            }
            ErrorKind::Btf(what) => write!(f, "damaged BTF: {what}"),
            ErrorKind::BtfKind(kind) => write!(f, "BTF with a type of kind {kind}, which is not known"),
            ErrorKind::BtfReference(id) => write!(f, "damaged BTF: there is no type {id}"),
            ErrorKind::NamelessCycle => {
                f.write_str("a type contains itself, and no type on the way has a name to stop at")
            }
            ErrorKind::NotASymbolPointer(tag) => {
                write!(f, "a symbol pointer variable must be a pointer, not {tag}")
            }
            ErrorKind::UntypedSymbolPointer => f.write_str("a symbol pointer variable must point to a type"),
            ErrorKind::RulesTooShort(size) => write!(f, "kABI rule section too small: {size} bytes"),
            ErrorKind::RulesUnterminated => f.write_str("kABI rules are not null-terminated"),
            ErrorKind::RulesTruncated => f.write_str("unexpected end of kABI rules"),
            ErrorKind::RuleVersion => f.write_str("unsupported kABI rule version"),
            ErrorKind::UnknownRule => f.write_str("unknown kABI rule"),
            ErrorKind::RuleNumber => f.write_str("not an unsigned decimal number"),
            ErrorKind::EmptyTypeString => f.write_str("empty type string"),
            ErrorKind::EmptyTypeReference => {
                f.write_str("a type reference without a name in the type string")
            }
            ErrorKind::UnclosedTypeReference => {
                f.write_str("a quoted type reference without its closing quote in the type string")
            }
            ErrorKind::UnknownTypeReference => f.write_str("unknown type reference"),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn errors_are_shown_in_words() {
        let place = Place { file: 0, section: SectionId::Info, offset: 0x12 };
        let error = Error::new(ErrorKind::UnexpectedType(DwarfTag(0x34))).at(place).about(b"f");
        assert_eq!(alloc::format!("{error:?}"), ".debug_info+0x12: unexpected type: DW_TAG_variable: 'f'");
        assert_eq!(alloc::format!("{:?}", error.kind()), "UnexpectedType(DW_TAG_variable)");
        let error = Error::new(ErrorKind::Dwarf(DwarfError::new(gimli::Error::UnknownVersion(9))));
        assert_eq!(alloc::format!("{:?}", error.kind()), "Dwarf(unknown DWARF version: 9)");
    }

    #[test]
    fn an_error_is_as_small_as_a_pointer() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }

    #[test]
    fn tags_without_a_name_have_a_number() {
        let structure = DwarfTag::new(gimli::DW_TAG_structure_type);
        let text = ErrorKind::UnexpectedChild(structure, DwarfTag(0x7f01)).to_string();
        assert_eq!(text, "unexpected child of DW_TAG_structure_type: the unknown tag 0x7f01");
        assert_eq!(
            ErrorKind::UnexpectedType(DwarfTag(0x7f01)).to_string(),
            "unexpected type: the unknown tag 0x7f01"
        );
    }
}
