//! Suggestions as a page: one file, with the style sheet, the script and the policy of the report's page.

use std::path::Path;

use anyhow::Result;
use askama::Template;

use super::answer::{Answer, Row};
use super::text::{Outlooks, reasons};
use crate::command::shown;
use crate::report::Step;
use crate::report::html::{SCRIPT, STYLE, source};
use crate::report::words::{count, number};

/// The suggestions for two builds as a page.
pub(super) fn render(answer: &Answer<'_>, old: &Path, new: &Path) -> Result<String> {
    let mut outlooks = Outlooks::default();
    let causes = answer.causes.iter().zip(1..);
    let causes: Vec<_> =
        causes.map(|(row, number)| CauseView::of(answer, row, number, &mut outlooks)).collect();
    let with = |found| causes.iter().filter(|cause| cause.found == found).count();
    let founds = Found::ALL.map(|found| (found, with(found)));
    let page = Page {
        headline: answer.headline(),
        sides: [("old", shown(old)), ("new", shown(new))],
        advice: if answer.has_suggestions() { answer.advice() } else { Vec::new() },
        founds: founds.into_iter().filter(|(_, count)| *count > 0).collect(),
        causes,
        sources: [STYLE, SCRIPT].map(source),
    };
    Ok(page.render()? + "\n")
}

#[derive(Template)]
#[template(path = "suggest.html")]
struct Page {
    headline: String,
    sides: [(&'static str, String); 2],
    /// What is said of all suggestions together.
    advice: Vec<String>,
    /// How many causes there are of each kind.
    founds: Vec<(Found, usize)>,
    causes: Vec<CauseView>,
    /// The policy's names of the style sheet and of the script.
    sources: [String; 2],
}

/// How many of a cause's exports get their old version.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    None,
    Some,
    All,
}

impl Found {
    /// All of them, the worst first.
    const ALL: [Found; 3] = [Found::None, Found::Some, Found::All];

    fn of(row: &Row<'_>) -> Found {
        match row.restored.exports.len() {
            0 => Found::None,
            restored if restored < row.exports => Found::Some,
            _ => Found::All,
        }
    }

    /// The class in the style sheet: the colours are those of verdicts.
    const fn id(self) -> &'static str {
        match self {
            Found::None => "breaks",
            Found::Some => "unclear",
            Found::All => "harmless",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Found::None => "for no export",
            Found::Some => "for some exports",
            Found::All => "for all exports",
        }
    }

    const fn order(self) -> u8 {
        match self {
            Found::None => 2,
            Found::Some => 1,
            Found::All => 0,
        }
    }
}

struct CauseView {
    title: String,
    /// From 1; its place in the page is `c1`.
    number: usize,
    found: Found,
    /// What is suggested, or what stands in the way, each once.
    kinds: Vec<&'static str>,
    steps: Vec<Step>,
    /// Sentences, and their kinds.
    remarks: Vec<(String, &'static str)>,
    exports: usize,
    /// How many get their old version, of how many.
    restored: String,
}

impl CauseView {
    fn of(answer: &Answer<'_>, row: &Row<'_>, place: usize, outlooks: &mut Outlooks) -> CauseView {
        let mut kinds: Vec<&'static str> = match row.suggestions.is_empty() {
            true => row.obstacles.iter().map(|obstacle| obstacle.kind).collect(),
            false => row.suggestions.iter().map(|suggestion| suggestion.what(answer)).collect(),
        };
        kinds.sort_unstable();
        kinds.dedup();
        let remarks = reasons(&row.obstacles).into_iter().chain(reasons(&row.caveats));
        let outlooks = outlooks.of(&row.remaining).map(|line| (line, ""));
        let (restored, of) = (row.restored.exports.len(), count(row.exports, "export"));
        CauseView {
            title: row.title.clone(),
            number: place,
            found: Found::of(row),
            kinds,
            steps: row.steps(answer),
            remarks: remarks.chain(outlooks).collect(),
            exports: row.exports,
            restored: if restored == row.exports {
                of
            } else {
                format!("{} of {of}", number(restored as u64))
            },
        }
    }
}
