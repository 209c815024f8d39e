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

    fn export(module: Option<&str>, version: Option<u32>, is_computed: bool) -> Export {
        let module = module.map(|module| module.as_bytes().to_vec());
        Export { version, is_computed, module, ..Export::named(b"f") }
    }

    #[test]
    fn another_place_is_another_module_or_another_record() {
        let vmlinux = export(Some("vmlinux"), Some(1), false);
        for (module, version, is_computed, is_elsewhere) in [
            (Some("vmlinux"), Some(1), false, false),
            (Some("drivers/a"), Some(1), false, true),
            (Some("drivers/a"), None, false, true),
            (None, Some(1), false, false),
            (None, Some(2), false, true),
            (Some("vmlinux"), Some(2), false, true),
            // What was computed is another view of what was recorded.
            (None, Some(2), true, false),
            (None, None, false, false),
        ] {
            let other = export(module, version, is_computed);
            assert_eq!(other.is_elsewhere(&vmlinux), is_elsewhere, "{other:?}");
            assert_eq!(vmlinux.is_elsewhere(&other), is_elsewhere, "{other:?}");
        }
    }

    #[test]
    fn what_is_known_counts_before_what_others_say() {
        let mut known = Export { namespace: Some(b"A".to_vec()), ..export(None, Some(1), true) };
        let mut other = Export {
            kind: Some(ExportKind::Gpl),
            namespace: Some(b"B".to_vec()),
            computed: Some(3),
            ..export(Some("m"), Some(2), false)
        };
        known.complete(&mut other);
        assert_eq!((known.version, known.is_computed, known.computed), (Some(1), true, Some(3)));
        assert_eq!((known.module.as_deref(), known.namespace.as_deref()), (Some(&b"m"[..]), Some(&b"A"[..])));
        assert_eq!(known.kind, Some(ExportKind::Gpl));
        let mut unknown = export(None, None, true);
        unknown.complete(&mut export(None, Some(2), false));
        assert_eq!((unknown.version, unknown.is_computed), (Some(2), false));
    }
}
