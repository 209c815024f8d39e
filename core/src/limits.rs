//! How much an object may cost: the policy.
//!
//! Every number is an upper bound for one object. What remains of them while an object is worked on
//! is kept by the crate's private budget. A limit that is hit is fatal and names itself.

/// One of the fields of [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::memory`]
    Memory,
    /// [`Limits::work`]
    Work,
    /// [`Limits::depth`]
    Depth,
    /// [`Limits::text`]
    Text,
    /// [`Limits::symbols`]
    Symbols,
    /// [`Limits::unpacked`]
    Unpacked,
}

impl Limit {
    /// Every limit, in the order of [`Limits`]' fields.
    pub const ALL: [Limit; 6] =
        [Limit::Memory, Limit::Work, Limit::Depth, Limit::Text, Limit::Symbols, Limit::Unpacked];

    /// The limit's name on a command line.
    pub const fn name(self) -> &'static str {
        match self {
            Limit::Memory => "memory",
            Limit::Work => "work",
            Limit::Depth => "depth",
            Limit::Text => "text",
            Limit::Symbols => "symbols",
            Limit::Unpacked => "unpacked",
        }
    }

    /// What is counted.
    pub const fn what(self) -> &'static str {
        match self {
            Limit::Memory => "memory",
            Limit::Work => "work",
            Limit::Depth => "the nesting of types and scopes",
            Limit::Text => "the length of one type string",
            Limit::Symbols => "the number of symbols",
            Limit::Unpacked => "the size of decompressed data",
        }
    }

    /// What one of it is.
    pub const fn unit(self) -> &'static str {
        match self {
            Limit::Memory | Limit::Text | Limit::Unpacked => "bytes",
            Limit::Work => "steps",
            Limit::Depth => "levels",
            Limit::Symbols => "symbols",
        }
    }
}

/// Upper bounds on what one object may cost.
///
/// The defaults of [`Limits::for_input`] grow with the input, so that an honest `vmlinux.o` of 700 MB
/// passes and a bomb of one kilobyte does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that may be allocated for one unit, or batch of units, and what is kept of the others. What is
    /// given back while a part is worked on is not counted again as free.
    pub memory: u64,
    /// Steps: an attribute specification read, a fragment written, 16 bytes of text copied or hashed.
    pub work: u64,
    /// Levels of types, or of scopes, that may be open at one time.
    pub depth: u64,
    /// Bytes of one type string, with its unnamed types spelled out.
    pub text: u64,
    /// Names in a symbol list.
    pub symbols: u64,
    /// Bytes that may come out of a compressed file, or section. The caller decompresses, and has to see to it.
    pub unpacked: u64,
}

impl Limits {
    /// The defaults for an input of `bytes` bytes.
    ///
    /// Objects of a real kernel were seen to need at most 10 steps per byte; the constant part lets small
    /// objects with large closures pass. A step takes about a nanosecond.
    pub const fn for_input(bytes: u64) -> Limits {
        Limits {
            memory: bytes.saturating_mul(32).saturating_add(256 << 20),
            work: bytes.saturating_mul(256).saturating_add(512 << 20),
            depth: 1 << 20,
            text: bytes.saturating_mul(16).saturating_add(16 << 20),
            symbols: 16 << 20,
            unpacked: bytes.saturating_mul(64).saturating_add(256 << 20),
        }
    }

    /// The value of one limit.
    pub const fn get(&self, limit: Limit) -> u64 {
        match limit {
            Limit::Memory => self.memory,
            Limit::Work => self.work,
            Limit::Depth => self.depth,
            Limit::Text => self.text,
            Limit::Symbols => self.symbols,
            Limit::Unpacked => self.unpacked,
        }
    }

    /// Changes one limit.
    pub const fn set(&mut self, limit: Limit, value: u64) {
        match limit {
            Limit::Memory => self.memory = value,
            Limit::Work => self.work = value,
            Limit::Depth => self.depth = value,
            Limit::Text => self.text = value,
            Limit::Symbols => self.symbols = value,
            Limit::Unpacked => self.unpacked = value,
        }
    }
}

impl Default for Limits {
    /// The defaults for an input of 64 MiB, which is more than any object of a kernel has.
    fn default() -> Limits {
        Limits::for_input(64 << 20)
    }
}
