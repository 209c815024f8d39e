//! What a whole comparison comes to, for modules that were built before.

use dwarfksyms_host::records::symvers::ExportKind;

use super::{Difference, ExportEntry, Report, Verdict};

impl Report {
    /// The worst of what the policy does not allow.
    pub(crate) fn verdict(&self) -> Verdict {
        let causes = self.causes.iter().filter(|cause| !cause.ruling.is_allowed()).map(|cause| cause.verdict);
        let exports = self.exports.iter().filter(|export| !export.ruling.is_allowed());
        let verdicts = causes.chain(exports.map(ExportEntry::verdict));
        verdicts.max_by_key(|verdict| verdict.severity()).unwrap_or(Verdict::Harmless)
    }
}

impl ExportEntry {
    /// Whether modules that use it still work, apart from what its causes say.
    pub(super) fn verdict(&self) -> Verdict {
        match self.difference {
            Difference::Removed | Difference::Missing => Verdict::Breaks,
            Difference::Changed if self.causes.is_empty() => Verdict::Unclear,
            Difference::Unknown => Verdict::Unclear,
            // The loader refuses it to some modules.
            Difference::Moved if !self.cannot_break() => Verdict::Unclear,
            Difference::Changed | Difference::Moved | Difference::Added => Verdict::Harmless,
        }
    }

    /// Whether it has moved in a way that no module that was built before can miss: more modules may use it.
    pub(crate) fn cannot_break(&self) -> bool {
        let (Some(old), Some(new)) = (&self.old, &self.new) else { return false };
        let is_open = new.kind == old.kind || new.kind.as_deref() == Some(ExportKind::All.name());
        let has_none = new.namespace.as_deref().is_none_or(str::is_empty);
        self.difference == Difference::Moved && is_open && (has_none || new.namespace == old.namespace)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Level, sample};
    use super::*;

    /// A report of which nothing but one export, in some way, is not allowed.
    fn with(change: impl Fn(&mut ExportEntry) -> bool) -> Report {
        let mut report = sample::report();
        report.causes.iter_mut().for_each(|cause| cause.ruling.level = Level::Pass);
        report.exports.iter_mut().for_each(|export| export.ruling.level = Level::of(!change(export)));
        report
    }

    #[test]
    fn the_worst_of_what_is_not_allowed_counts() {
        assert_eq!(sample::report().verdict(), Verdict::Breaks);
        assert_eq!(sample::same().verdict(), Verdict::Harmless);
        assert_eq!(with(|_| false).verdict(), Verdict::Harmless);
        let mut report = with(|_| false);
        for cause in &mut report.causes {
            cause.ruling.level = Level::of(cause.verdict == Verdict::Breaks);
        }
        assert_eq!(report.verdict(), Verdict::Unclear);
        let of = |symbol: &str| with(|export| export.symbol == symbol).verdict();
        let cases = [
            ("vfs_gone", Verdict::Breaks),
            ("vfs_listed", Verdict::Breaks),
            ("vfs_new", Verdict::Harmless),
            // Of a changed one with causes, these decide.
            ("vfs_operation_01", Verdict::Harmless),
            ("ext_helper", Verdict::Unclear),
            ("vfs_hidden", Verdict::Unclear),
            ("usb_register", Verdict::Unclear),
            ("crypto_alloc", Verdict::Harmless),
        ];
        for (symbol, verdict) in cases {
            assert_eq!(of(symbol), verdict, "{symbol}");
        }
    }
}
