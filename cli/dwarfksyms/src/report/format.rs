//! The formats, and where each report goes: `--format html:report.html`.

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::builder::{OsStringValueParser, TypedValueParser};
use dwarfksyms_core::budget::Budget;
use dwarfksyms_host::message::Escaped;
use dwarfksyms_host::new_file::{NewFile, Written};
use dwarfksyms_host::output;
use dwarfksyms_host::places::{Inputs, Output, Stream};

use super::text::Look;
use super::{Report, annotations, html, json, listing, markdown, text};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReportFormat {
    /// For people, on a terminal.
    Text,
    /// For programs.
    Json,
    /// For a merge request.
    Markdown,
    /// A page.
    Html,
    /// The names of what differs.
    Symbols,
    /// The names of what differs and both builds have.
    ModSymbols,
    /// Workflow commands.
    Github,
    /// A code quality report.
    Gitlab,
}

impl ReportFormat {
    pub(crate) const ALL: [ReportFormat; 8] = [
        ReportFormat::Text,
        ReportFormat::Json,
        ReportFormat::Markdown,
        ReportFormat::Html,
        ReportFormat::Symbols,
        ReportFormat::ModSymbols,
        ReportFormat::Github,
        ReportFormat::Gitlab,
    ];

    const fn name(self) -> &'static str {
        match self {
            ReportFormat::Text => "text",
            ReportFormat::Json => "json",
            ReportFormat::Markdown => "markdown",
            ReportFormat::Html => "html",
            ReportFormat::Symbols => "symbols",
            ReportFormat::ModSymbols => "mod-symbols",
            ReportFormat::Github => "github",
            ReportFormat::Gitlab => "gitlab",
        }
    }

    /// Pays for what is longer in a report than all that it is made of: in JSON, the names of causes and exports.
    pub(crate) fn charge(self, report: &Report, budget: &mut Budget) -> dwarfksyms_core::Result<()> {
        match self {
            ReportFormat::Json => budget.charge_work(json::names_of(report) / 16),
            _ => Ok(()),
        }
    }

    /// Makes a report, as far as that can fail.
    pub(crate) fn render(self, report: &Report, look: Look) -> Result<Rendered<'_>> {
        Ok(match self {
            ReportFormat::Text => Rendered::Text(text::render(report, look)),
            ReportFormat::Json => Rendered::Json(report),
            ReportFormat::Markdown => Rendered::Text(markdown::render(report)),
            ReportFormat::Html => Rendered::Text(html::render(report)?),
            ReportFormat::Symbols => Rendered::Text(listing::symbols(report)),
            ReportFormat::ModSymbols => Rendered::Text(listing::modified(report)),
            ReportFormat::Github => Rendered::Text(annotations::github(report)),
            ReportFormat::Gitlab => Rendered::Text(annotations::gitlab(report)?),
        })
    }
}

/// A report in a format.
pub(crate) enum Rendered<'r> {
    Text(String),
    /// This names every cause for every export, and may be much longer than the report takes in memory: it is made while it is
    /// written.
    Json(&'r Report),
}

impl Rendered<'_> {
    /// Writes it; nothing but that can fail.
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Rendered::Text(text) => out.write_all(text.as_bytes()),
            Rendered::Json(report) => json::write(report, out),
        }
    }
}

/// A format, and the file that it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutputSpec {
    format: ReportFormat,
    /// None for standard output.
    path: Option<PathBuf>,
}

impl OutputSpec {
    /// Text on standard output, if nothing else is asked for.
    pub(crate) const DEFAULT: OutputSpec = OutputSpec { format: ReportFormat::Text, path: None };

    /// For the help of the option.
    pub(crate) const HELP: &str = "Write the report as text, json, markdown, html, symbols, mod-symbols, github or gitlab, to FILE or standard output \
         (docs/REPORTS.md); may be repeated";

    /// Reads `FORMAT[:FILE]`.
    pub(crate) fn value_parser() -> impl TypedValueParser<Value = OutputSpec> {
        OsStringValueParser::new().try_map(|text| OutputSpec::parse(&text))
    }

    fn parse(text: &OsStr) -> Result<OutputSpec, Unreadable> {
        let bytes = text.as_bytes();
        let colon = bytes.iter().position(|&byte| byte == b':');
        let (name, path) = bytes.split_at(colon.unwrap_or(bytes.len()));
        let format = ReportFormat::ALL.into_iter().find(|format| format.name().as_bytes() == name);
        let format = format.ok_or_else(|| Unreadable::Format(Escaped(name).to_string()))?;
        let path = path.get(1..).map(|path| PathBuf::from(OsStr::from_bytes(path)));
        if path.as_ref().is_some_and(|path| path.as_os_str().is_empty()) {
            return Err(Unreadable::NoFile);
        }
        Ok(OutputSpec { format, path })
    }
}

/// Why a wanted format cannot be read.
#[derive(Debug)]
enum Unreadable {
    Format(String),
    NoFile,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ReportFormat::ALL.map(ReportFormat::name).join(", ");
        match self {
            Unreadable::Format(name) => write!(f, "there is no format '{name}'; there are {names}"),
            Unreadable::NoFile => write!(f, "expected a file behind the colon"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The reports that are wanted, with their files begun.
pub(crate) struct Outputs {
    files: Vec<(ReportFormat, NewFile)>,
    standard_output: Option<ReportFormat>,
}

impl Outputs {
    /// Makes sure that all files can be written, and begins them; none of the inputs may be replaced.
    pub(crate) fn create(wanted: &[OutputSpec], inputs: &Inputs<'_>) -> Result<Outputs> {
        let wanted = if wanted.is_empty() { &[OutputSpec::DEFAULT] } else { wanted };
        let mut standard_output = None;
        let (mut formats, mut outputs) = (Vec::new(), Vec::new());
        for OutputSpec { format, path } in wanted {
            if let Some(path) = path {
                formats.push(*format);
                outputs.push(Output { path, what: "report" });
            } else if standard_output.replace(*format).is_some() {
                bail!("two reports would go to standard output: name a file for one, as in html:FILE");
            }
        }
        let stream = if standard_output.is_some() { Stream::Alone } else { Stream::Shared };
        let files = formats.into_iter().zip(inputs.begin(&outputs, stream)?).collect();
        Ok(Outputs { files, standard_output })
    }

    /// What is still to be done to files.
    pub(crate) fn written(&self) -> impl Iterator<Item = Written<'_>> {
        self.files.iter().map(|(_, file)| file.written())
    }

    /// Pays for what is longer in the reports than all that they are made of.
    pub(crate) fn charge(&self, report: &Report, budget: &mut Budget) -> dwarfksyms_core::Result<()> {
        let mut formats = self.files.iter().map(|(format, _)| *format).chain(self.standard_output);
        formats.try_for_each(|format| format.charge(report, budget))
    }

    /// Writes all reports: files appear when all of them are complete. With `has_all`, tables in text have all rows.
    pub(crate) fn write(mut self, report: &Report, has_all: bool) -> Result<()> {
        for (format, file) in &mut self.files {
            let rendered = format.render(report, Look::PLAIN.with_all(has_all))?;
            file.write_all(|out| rendered.write(out))?;
        }
        if let Some(format) = self.standard_output {
            let rendered = format.render(report, Look::of_standard_output().with_all(has_all))?;
            output::harmless_output(|out| rendered.write(out))?;
        }
        self.files.into_iter().try_for_each(|(_, file)| file.finish())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::sample;
    use super::*;

    fn parse(text: &str) -> Result<OutputSpec, String> {
        OutputSpec::parse(text.as_ref()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_format_can_have_a_file() {
        assert_eq!(parse("text"), Ok(OutputSpec::DEFAULT));
        let path = Some(PathBuf::from("C:/a b:c"));
        assert_eq!(parse("html:C:/a b:c"), Ok(OutputSpec { format: ReportFormat::Html, path }));
        assert_eq!(parse("json:"), Err("expected a file behind the colon".to_owned()));
        let error = "there is no format 'x\\u{1b}ml'; there are text, json, markdown, html, symbols, mod-symbols, github, gitlab";
        assert_eq!(parse("x\u{1b}ml:file"), Err(error.to_owned()));
    }

    #[test]
    fn one_report_goes_to_standard_output_and_one_to_a_file() {
        let create = |wanted: &[&str]| {
            let wanted: Vec<_> = wanted.iter().map(|text| parse(text).unwrap()).collect();
            Outputs::create(&wanted, &Inputs::of_files([])).map(|_| ()).map_err(|error| error.to_string())
        };
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| format!("{name}:{}/report", folder.path().display());
        assert_eq!(create(&[]), Ok(()));
        assert_eq!(create(&["json", &file("html")]), Ok(()));
        assert!(
            create(&["json", "text"]).unwrap_err().starts_with("two reports would go to standard output")
        );
        assert!(create(&[&file("json"), &file("html")]).unwrap_err().ends_with("two reports would go there"));
    }

    #[test]
    fn files_are_there_when_all_are_complete() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["json", "markdown", "html", "text"].map(|name| (name, folder.path().join(name)));
        let wanted = paths.clone().map(|(name, path)| parse(&format!("{name}:{}", path.display())).unwrap());
        let outputs = Outputs::create(&wanted, &Inputs::of_files([])).unwrap();
        assert_eq!(outputs.written().count(), 4);
        assert!(paths.iter().all(|(_, path)| !path.exists()));
        let report = sample::report();
        outputs.write(&report, false).unwrap();
        for (name, path) in &paths {
            let format = ReportFormat::ALL.into_iter().find(|format| format.name() == *name).unwrap();
            let (text, mut expected) = (fs::read(path).unwrap(), Vec::new());
            format.render(&report, Look::PLAIN).unwrap().write(&mut expected).unwrap();
            assert!(!text.is_empty() && text == expected, "{name}");
        }
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, 4, "nothing else is left");
    }

    #[test]
    fn no_input_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("Module.symvers");
        fs::write(&input, "x").unwrap();
        let wanted = parse(&format!("json:{}", input.display())).unwrap();
        let error = Outputs::create(&[wanted], &Inputs::of_files([&input])).err().unwrap().to_string();
        assert!(error.ends_with("the report would replace an input"), "{error}");
        assert_eq!(fs::read(&input).unwrap(), b"x");
    }
}
