//! How much an object may cost: the policy.
//!
//! Every number is an upper bound for one object. What remains of them while an object is worked on
//! is kept by the [`Budget`](crate::budget::Budget). A limit that is hit is fatal and names itself.

/// Defines the limits once: what the errors, the command line and the documentation say of them.
macro_rules! limits {
    ($($(#[$doc:meta])* $field:ident, $variant:ident, $what:literal, $unit:literal, $of:literal;)*) => {
        /// One of the fields of [`Limits`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Limit {
            $(#[doc = concat!("[`Limits::", stringify!($field), "`]")] $variant,)*
        }

        impl Limit {
            /// Every limit, in the order of [`Limits`]' fields.
            pub const ALL: &[Limit] = &[$(Limit::$variant),*];

            /// The name of the field.
            pub const fn name(self) -> &'static str {
                match self { $(Limit::$variant => stringify!($field),)* }
            }

            /// What is counted.
            pub const fn what(self) -> &'static str {
                match self { $(Limit::$variant => $what,)* }
            }

            /// What one of it is.
            pub const fn unit(self) -> &'static str {
                match self { $(Limit::$variant => $unit,)* }
            }

            /// How the default comes about.
            pub const fn default_formula(self) -> &'static str {
                match self { $(Limit::$variant => $of,)* }
            }
        }

        /// Upper bounds on what one object may cost.
        ///
        /// The defaults of [`Limits::for_input`] grow with the input, so that an honest `vmlinux.o` of 700 MB
        /// passes and a bomb of one kilobyte does not. There may be more some day: change those that are of interest.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[$doc])* pub $field: u64,)*
        }

        impl Limits {
            /// The value of one limit.
            pub const fn get(&self, limit: Limit) -> u64 {
                match limit { $(Limit::$variant => self.$field,)* }
            }

            /// Changes one limit.
            pub const fn set(&mut self, limit: Limit, value: u64) {
                match limit { $(Limit::$variant => self.$field = value,)* }
            }
        }
    };
}

limits! {
    /// Bytes that are allocated at one time, the file itself not counted.
    ///
    /// A real kernel's objects need up to 3 bytes per byte; a chain of a million pointers needs 60.
    memory, Memory, "memory", "bytes", "256 MiB + 32 per byte of input";
    /// Steps: an attribute read, a fragment written, 16 bytes of text copied or hashed.
    ///
    /// A real kernel's objects need up to 3 steps per byte, of two to five nanoseconds; the constant part lets
    /// small objects with large closures pass.
    work, Work, "work", "steps", "128 Mi + 64 per byte of input";
    /// DIEs read, each time that one is read.
    ///
    /// A DIE takes a byte at least, and most are passed over once and read again when a type leads there.
    dies, Dies, "the number of DIEs read", "DIEs", "16 Mi + 8 per byte of input";
    /// Levels of types within types that may be open at one time. Compilers nest some hundred.
    depth, Depth, "the nesting of types", "levels", "1 Mi";
    /// Levels of scopes around a type, which are the parts of its name. Rust nests some ten.
    scopes, Scopes, "the nesting of scopes", "levels", "1 Mi";
    /// Bytes of one type string with its unnamed types spelled out, and of one symbol's indented description.
    ///
    /// The longest string of a real kernel has some 100 KB, the longest description some MB.
    text, Text, "the length of one type string", "bytes", "16 MiB + 16 per byte of input";
    /// Abbreviations of one unit. Compilers make some hundred, link-time optimisation and `dwz` some thousand.
    abbreviations, Abbreviations, "the abbreviations of one unit", "abbreviations", "1 Mi";
    /// Attribute specifications of one unit's abbreviations. Each abbreviation has about ten.
    attributes, Attributes, "the attributes in one unit's abbreviations", "attributes", "4 Mi";
    /// Relocations of the sections that are read. One takes 8 bytes at least.
    relocations, Relocations, "the number of relocations", "relocations", "1 Mi + 1 per 4 bytes of input";
    /// kABI rules. A distribution has some hundred.
    rules, Rules, "the number of kABI rules", "rules", "1 Mi";
    /// Bytes of a symbol list. A kernel's, with all modules, has less than one MiB. The caller reads it, and need not
    /// read on.
    list, List, "the length of the symbol list", "bytes", "64 MiB";
    /// Names in a symbol list. A kernel with all its modules has some ten thousand.
    symbols, Symbols, "the number of symbols", "symbols", "16 Mi";
    /// Bytes that come out of a compressed file, and of an object's compressed sections. The caller
    /// decompresses, and has to see to it.
    unpacked, Unpacked, "the size of decompressed data", "bytes", "64 MiB + 64 per byte of input";
    /// Bytes of the files that an object refers to. The caller reads them, and has to see to it.
    companions, Companions, "the size of companion files", "bytes", "256 MiB + 64 per byte of input";
}

impl Limits {
    /// The same with another value of one limit.
    #[must_use]
    pub const fn with(mut self, limit: Limit, value: u64) -> Limits {
        self.set(limit, value);
        self
    }

    /// The defaults for an input of `bytes` bytes: the object, and the symbol list.
    pub const fn for_input(bytes: u64) -> Limits {
        Limits {
            memory: bytes.saturating_mul(32).saturating_add(256 << 20),
            work: bytes.saturating_mul(64).saturating_add(128 << 20),
            dies: bytes.saturating_mul(8).saturating_add(16 << 20),
            depth: 1 << 20,
            scopes: 1 << 20,
            text: bytes.saturating_mul(16).saturating_add(16 << 20),
            abbreviations: 1 << 20,
            attributes: 4 << 20,
            relocations: (bytes >> 2).saturating_add(1 << 20),
            rules: 1 << 20,
            list: 64 << 20,
            symbols: 16 << 20,
            unpacked: bytes.saturating_mul(64).saturating_add(64 << 20),
            companions: bytes.saturating_mul(64).saturating_add(256 << 20),
        }
    }
}

impl Default for Limits {
    /// The defaults for an input of 64 MiB, which is more than any object of a kernel has.
    fn default() -> Limits {
        Limits::for_input(64 << 20)
    }
}
