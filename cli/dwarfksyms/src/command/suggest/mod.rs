//! `dwarfksyms suggest`: kABI rules and macros that would give exports their old versions.

mod answer;
mod dialect;
mod html;
mod markdown;
mod text;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use dwarfksyms_host::{Outcome, message, output};
use dwarfksyms_symtypes::suggest::{Advice, Macros};

use self::answer::{Row, answer, names_of};
use self::dialect::{Dialect, Words};
use super::{CountingOptions, Opened, Shared, shown};
use crate::builds::Detail;
use crate::comparison::{Compared, Files, Sides};
use crate::report::{Kept, json};

const AFTER_HELP: &str = "\
For each type that changed, the output lists the rules and macros of a stable kABI that restore its old version, if \
modules built with the old type still fit the new one; otherwise, it says why there are none. To check all suggestions \
together, the versions are computed again. The new kernel must then be built with KBUILD_GENDWARFKSYMS_STABLE=1 \
(--stable). A kernel whose versions are those of genksyms has neither: suggestions then hide changes behind \
__GENKSYMS__. --macros writes them with the macros of a source tree; without it, reserved space in the types shows which \
ones there are.

Examples:
  dwarfksyms suggest old/ new/
  dwarfksyms suggest --macros rhel --format markdown old/ new/
  dwarfksyms suggest --format json before.symtypes after.symtypes
  dwarfksyms suggest --format html old/ new/ >suggestions.html

Exit status: 0 if all versions are the same or can be restored, 1 if one cannot, 2 if anything went wrong.";

/// Suggest source changes that keep the versions of exports whose ABI is still the same
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The old build
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new build
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// The output format
    #[arg(short, long, value_enum, default_value_t = SuggestFormat::Text)]
    format: SuggestFormat,

    /// The macros that suggestions are written with: those of the source tree
    #[arg(long, value_name = "DIALECT", value_enum, default_value_t = Dialect::Auto)]
    macros: Dialect,

    #[command(flatten)]
    counting: CountingOptions,

    #[command(flatten)]
    pub(super) shared: Shared,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    /// For people
    Text,
    /// For a merge request
    Markdown,
    /// A page
    Html,
    /// An object with all causes
    Json,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = [args.old.clone(), args.new.clone()];
    // Rules and macros do nothing without it; genksyms sees the names that it leaves out.
    let stable = !args.macros.is_for_genksyms();
    let shared = Shared { stable, ..args.shared.clone() };
    let Opened { builds, counting, .. } = shared.open(&paths, &args.counting, Detail::Types, false)?;
    let [old, new] = builds.as_slice() else { bail!("two builds are compared") };
    for (path, build) in paths.iter().zip(&builds) {
        counting.check(build, path)?;
        if build.types.is_empty() {
            bail!(
                "{}: there are no types of exports in it: pass a folder that was built with KBUILD_SYMTYPES=1, an \
                 object, or a kernel with DWARF",
                shown(path)
            );
        }
    }
    if let Some((path, _)) = paths.iter().zip(&builds).find(|(_, build)| build.is_of_btf()) {
        bail!(
            "{}: its types are from BTF, which does not determine versions, so that nothing can be suggested that \
             restores them: pass builds with DWARF",
            shown(path)
        );
    }
    let pool = shared.pool()?;
    let files = Files::open(old, new, &shared.common)?;
    let sides = Sides::new(old, new, &files, &pool)?;
    let compared = sides.compare(&pool)?;
    pool.end();
    let words = args.macros.words(&sides)?;
    let mut advice = compared.outcome.advice(sides.catalog(), words.macros, sides.limits())?;
    match words.macros {
        // Whoever asks for no macros may mean to change the tool.
        Macros::Raw if words.are_foreign => message::note(
            "the versions are those of genksyms, which knows neither __kabi_ members nor rules: this is for gendwarfksyms alone \
             (--macros genksyms is for the other)",
        ),
        _ if words.are_foreign => {
            let foreign = advice.into_iter().map(|advice| sides.ask(|budget| advice.for_genksyms(budget)));
            advice = foreign.collect::<std::result::Result<_, _>>()?;
        }
        _ => {}
    }
    let answer = answer(&compared, &advice, words);
    match args.format {
        SuggestFormat::Text => output::standard_output(text::told(&answer).as_bytes())?,
        SuggestFormat::Markdown => output::standard_output(markdown::render(&answer).as_bytes())?,
        SuggestFormat::Html => {
            output::standard_output(html::render(&answer, &args.old, &args.new)?.as_bytes())?;
        }
        SuggestFormat::Json => {
            sides
                .ask(|budget| budget.charge_work(names_of(&answer) / 16))
                .context("the suggestions as JSON")?;
            json::to_standard_output(&answer)?;
        }
    }
    Ok(if answer.restored < answer.exports { Outcome::Different } else { Outcome::Done })
}

/// What would keep the versions of each cause; in a line, the first suggestion, and how many more there are.
pub(super) fn kept_by(compared: &Compared<'_, '_>) -> Result<Vec<Option<Kept>>> {
    let sides = compared.sides;
    if sides.old.is_of_btf() || sides.new.is_of_btf() {
        bail!("--suggest: types from BTF do not determine versions, so that nothing can be suggested");
    }
    let words = Dialect::Auto.words(sides)?;
    let advice = compared.outcome.advice(sides.catalog(), words.macros, sides.limits())?;
    let answer = answer(compared, &advice, words);
    let kept = |row: &Row<'_>| {
        let first = row.suggestions.first()?;
        let more = match row.suggestions.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let (what, target) = (first.what(&answer), first.target.harmless());
        let line = format!("{what} {target}{more}; dwarfksyms suggest has the source");
        Some(Kept { line, steps: row.steps(&answer) })
    };
    Ok(answer.causes.iter().map(kept).collect())
}

/// What is suggested, for people.
pub(crate) fn suggested(compared: &Compared<'_, '_>, advice: &[Advice], macros: Macros) -> String {
    text::told(&answer(compared, advice, Words { macros, guessed_from: None, are_foreign: false }))
}
