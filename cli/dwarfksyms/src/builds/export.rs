//! A symbol that modules can use, and what is known of it.

use dwarfksyms_host::records::symvers::{self, ExportKind};

/// A symbol that modules can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Export {
    pub(crate) symbol: Vec<u8>,
    pub(crate) version: Option<u32>,
    /// Whether the version was computed, and not recorded.
    pub(crate) is_computed: bool,
    /// What the version is if it is computed, whether or not it is recorded too.
    pub(crate) computed: Option<u32>,
    /// The module that exports it, as a path without an extension, or `vmlinux`; `None` if that is not known.
    pub(crate) module: Option<Vec<u8>>,
    /// `None` if it is not known.
    pub(crate) kind: Option<ExportKind>,
    /// Empty for none, `None` if it is not known.
    pub(crate) namespace: Option<Vec<u8>>,
}

impl Export {
    /// Whether the kernel itself exports it, as far as anybody says.
    pub(crate) fn may_be_of_kernel(&self) -> bool {
        self.module.as_deref().is_none_or(|module| module == b"vmlinux")
    }

    /// Whether the kernel itself exports it, as somebody says.
    pub(crate) fn is_of_kernel(&self) -> bool {
        self.module.as_deref() == Some(b"vmlinux")
    }

    /// Takes over what is not known yet.
    pub(super) fn complete(&mut self, other: &mut Export) {
        self.module = self.module.take().or_else(|| other.module.take());
        self.kind = self.kind.or(other.kind);
        self.namespace = self.namespace.take().or_else(|| other.namespace.take());
        self.computed = self.computed.or(other.computed);
        if self.version.is_none() {
            (self.version, self.is_computed) = (other.version, other.is_computed);
        }
    }

    /// Whether the version is recorded.
    pub(crate) fn is_recorded(&self) -> bool {
        self.version.is_some() && !self.is_computed
    }

    /// Whether this is another place than that, and not another view of it.
    pub(super) fn is_elsewhere(&self, other: &Export) -> bool {
        let modules = (self.module.as_ref(), other.module.as_ref());
        let is_other_module = matches!(modules, (Some(one), Some(other)) if one != other);
        let are_recorded = self.is_recorded() && other.is_recorded();
        is_other_module || (are_recorded && self.version != other.version)
    }

    /// The export that a line of a `Module.symvers` is about.
    pub(crate) fn of_symvers(line: &symvers::Line<'_>) -> Export {
        Export {
            symbol: line.symbol.to_vec(),
            version: (line.version != 0).then_some(line.version),
            is_computed: false,
            computed: None,
            module: (!line.module.is_empty()).then(|| line.module.to_vec()),
            kind: line.kind,
            namespace: Some(line.namespace.to_vec()),
        }
    }

    /// The export that a line of a `.cmd` file is about.
    pub(crate) fn of_cmd(symbol: &[u8], version: u32) -> Export {
        Export { version: (version != 0).then_some(version), ..Export::named(symbol) }
    }

    /// An export of which only the name is known.
    pub(crate) fn named(symbol: &[u8]) -> Export {
        let symbol = symbol.to_vec();
        Export {
            symbol,
            version: None,
            is_computed: false,
            computed: None,
            module: None,
            kind: None,
            namespace: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_0_is_none() {
        let export = |line: &[u8]| Export::of_symvers(&symvers::line(line).unwrap());
        assert_eq!(export(b"0x00000000\tf\tvmlinux\tEXPORT_SYMBOL\t").version, None);
        assert_eq!(export(b"0x00000001\tf\tvmlinux\tEXPORT_SYMBOL\t").version, Some(1));
        assert_eq!((Export::of_cmd(b"f", 0).version, Export::of_cmd(b"f", 1).version), (None, Some(1)));
    }
}
