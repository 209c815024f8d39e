//! Policies: what they say of made-up exports, and of what a comparison found.

use std::io;
use std::path::Path;

use dwarfksyms_core::Limits;
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::common::Common;
use dwarfksyms_symtypes::compare::Class;

use super::{alone, ask, open, with_pool};
use crate::builds::Build;
use crate::command::compare;
use crate::comparison::{self, Files, Sides};
use crate::policy::{Known, Policy, PolicyFormat, Source};
use crate::report::format::ReportFormat;
use crate::report::text::Look;
use crate::report::{self, CauseEntry, Change, Difference, Level, Report, Ruling, Verdict};

/// The formats of policies, and none for one that is recognised.
pub const POLICY_FORMATS: [Option<&'static str>; 7] = [
    None,
    Some("severities"),
    Some("stablelist"),
    Some("kabi"),
    Some("debian"),
    Some("ubuntu"),
    Some("classes"),
];

/// The name of a format, if it is stated, and rules.
pub type PolicyFile<'p> = (Option<&'static str>, &'p [u8]);

/// A comparison on which rules were applied.
pub struct RuledReport {
    plain: Report,
    ruled: Report,
}

impl RuledReport {
    /// The report without rules, as JSON.
    pub fn plain(&self) -> Option<String> {
        written(ReportFormat::Json, &self.plain)
    }

    /// The report in one of the formats, by its number.
    pub fn in_format(&self, format: usize) -> Option<String> {
        self.report(*ReportFormat::ALL.get(format)?)
    }

    pub(super) fn report(&self, format: ReportFormat) -> Option<String> {
        written(format, &self.ruled)
    }

    pub(super) fn write(&self, format: ReportFormat, out: &mut dyn io::Write) -> Option<()> {
        format.render(&self.ruled, Look::PLAIN).ok()?.write(out).ok()
    }
}

/// A report in a format.
pub(super) fn written(format: ReportFormat, report: &Report) -> Option<String> {
    let mut out = Vec::new();
    if format == ReportFormat::Text {
        // What leaves things out, too.
        format.render(report, Look::PLAIN).ok()?.write(&mut io::sink()).ok()?;
    }
    format.render(report, Look::PLAIN.with_all(true)).ok()?.write(&mut out).ok()?;
    String::from_utf8(out).ok()
}

/// Compares two builds, each of which is a file that has exports and others that have types, and applies a policy.
pub fn rule(builds: [&[Vec<u8>]; 2], policies: &[PolicyFile<'_>], limits: &Limits) -> Option<RuledReport> {
    ruled(builds, policies, ReportFormat::Json, limits)
}

/// The same, with all that it costs in a format.
pub(super) fn ruled(
    builds: [&[Vec<u8>]; 2],
    policies: &[PolicyFile<'_>],
    format: ReportFormat,
    limits: &Limits,
) -> Option<RuledReport> {
    let common = alone(limits);
    let [old, new] = builds.map(|files| open_together(files, &common));
    let (old, new) = (old?, new?);
    let files = Files::open(&old, &new, &common).ok()?;
    with_pool(|pool| {
        let sides = Sides::new(&old, &new, &files, pool).ok()?;
        let compared = sides.compare(pool).ok()?;
        let plain = comparison::report(&ask(), &compared).ok()?;
        let mut ruled = plain.clone();
        let mut policy = Policy::default();
        for (number, (format, rules)) in policies.iter().enumerate() {
            let format = format.and_then(format_of);
            policy.add(Path::new(&format!("policy{number}")), rules, format).ok()?;
        }
        if !policy.is_empty() {
            let known = compare::known(&[&old, &new], &sides);
            let budget = &mut Budget::new(limits);
            policy.meet(&known, budget).ok()?;
            policy.apply(&mut ruled, budget).ok()?;
        }
        ruled.put_failing_first();
        sides.ask(|budget| format.charge(&ruled, budget)).ok()?;
        Some(RuledReport { plain, ruled })
    })
}

fn open_together(files: &[Vec<u8>], common: &Common) -> Option<Build> {
    let mut builds = files.iter().map(|file| open(file.clone(), common));
    let first = builds.next()??;
    builds.try_fold(first, |build, types| Some(build.with_types(types?)))
}

fn format_of(name: &str) -> Option<PolicyFormat> {
    Source::of(format!("{name}:").as_ref()).format
}

/// What a policy says of some symbols.
pub struct Rulings {
    /// Whether an export is let pass, and the rule that decided: for each symbol in each way in which it can differ.
    pub rulings: Vec<(bool, Option<String>)>,
    /// Rules that nothing has matched.
    pub unused: Vec<String>,
}

/// Reads a file of a policy, and rules on exports, each of which differs in every way; `None` if it is refused.
pub fn policy(data: &[u8], format: Option<&'static str>, symbols: &[&str]) -> Option<Rulings> {
    let budget = &mut Budget::new(&Limits::for_input(data.len() as u64));
    let format = format.and_then(format_of);
    let mut policy = Policy::default();
    policy.add(Path::new("policy"), data, format).ok()?;
    let mut rulings = Vec::new();
    for (symbol, module) in symbols.iter().zip(symbols.iter().cycle().skip(1)) {
        let mut known = Known::default();
        known.add_symbol(symbol, module, symbol);
        known.add_types(std::iter::empty());
        policy.meet(&known, budget).ok()?;
        let facts = |version: &str| report::Facts {
            version: Some(version.to_owned()),
            is_computed: false,
            module: Some((*module).to_owned()),
            module_bytes: None,
            kind: None,
            namespace: Some((*symbol).to_owned()),
            namespace_bytes: None,
        };
        let refused = Ruling { level: Level::Fail, rule: None };
        let change = |class: Class| Change {
            class: class.id(),
            verdict: Verdict::Unclear,
            subject: None,
            subject_bytes: None,
            text: String::new(),
            remedy: class.remedy(),
        };
        let cause = CauseEntry {
            id: format!("s#{symbol}@2"),
            name_bytes: None,
            title: String::new(),
            verdict: Verdict::Unclear,
            changes: vec![change(Class::MemberRenamed), change(Class::MemberAppended)],
            diff: Vec::new(),
            layout: None,
            exports: report::NameList::default(),
            path: Vec::new(),
            files: Vec::new(),
            file_count: 0,
            declared: Default::default(),
            kept_by: None,
            ruling: refused.clone(),
        };
        for difference in Difference::ALL {
            let export = report::ExportEntry {
                symbol_bytes: None,
                symbol: (*symbol).to_owned(),
                demangled: None,
                difference,
                old: (difference != Difference::Added).then(|| facts("0x00000001")),
                new: (difference != Difference::Removed).then(|| facts("0x00000002")),
                counterpart: None,
                causes: [cause.id.clone()].into_iter().collect(),
                ruling: refused.clone(),
            };
            let on_export = policy.rule_on_export(&export, &[&cause]);
            let on_cause = policy.rule_on_cause(&cause, &[&export]);
            rulings.extend([on_export, on_cause].map(|ruling| (ruling.is_allowed(), ruling.rule)));
        }
    }
    Some(Rulings { rulings, unused: policy.unused() })
}
