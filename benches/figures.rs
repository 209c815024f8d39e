//! `cargo bench --package dwarfksyms-benches`: all benchmarks, or those whose names contain a word that is given.
//! What each one means is in BENCHMARKING.md.
//!
//! This process must stay small ([`dwarfksyms_benches::process`]).

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use dwarfksyms_benches::comparison;
use dwarfksyms_benches::input::{Input, Set};
use dwarfksyms_benches::phases::{self, Phases};
use dwarfksyms_benches::process::{Program, Usage};
use dwarfksyms_benches::report::{Table, ratio, size, time, time_ratio};
use dwarfksyms_tests::path_from_environment;

/// How often everything is measured; the least counts.
const ROUNDS: usize = 5;

/// The units of generated objects.
const UNITS: [usize; 5] = [1, 4, 16, 64, 256];

/// What is measured.
struct Bench {
    tool: Program,
    inside: Program,
    /// The kernel's own tool.
    reference: Option<Program>,
    /// A second build of this one.
    other: Option<Program>,
}

fn main() -> io::Result<()> {
    // `cargo bench` adds an argument of its own.
    let filter: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let bench = Bench {
        tool: Program::new(build()?),
        inside: Program::new(env!("CARGO_BIN_EXE_inside")),
        reference: path_from_environment("REFERENCE_GENDWARFKSYMS").map(Program::new),
        other: path_from_environment("OTHER_GENDWARFKSYMS").map(Program::new),
    };
    let processors = std::thread::available_parallelism()?;
    println!("least of {ROUNDS} rounds, {processors} processors; x is a ratio\n");
    let is_wanted = |name: &str| filter.is_empty() || filter.iter().any(|word| name.contains(word));
    if is_wanted("growth") {
        bench.growth()?;
    }
    if is_wanted("corpus") {
        bench.corpus()?;
    }
    if is_wanted("kernel") {
        bench.kernel()?;
    }
    if is_wanted("vmlinux") {
        bench.vmlinux()?;
    }
    if is_wanted("builds") {
        bench.builds()?;
    }
    if is_wanted("pair") {
        bench.pair()?;
    }
    Ok(())
}

/// Builds the tool as it is released, and says where it is: beside the folder with this program.
fn build() -> io::Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The folder that this runs in is that of the benchmarks, not of all packages.
    let args = ["build", "--quiet", "--release", "--package", "gendwarfksyms", "--package", "dwarfksyms"];
    let status = Command::new(cargo).args(args).status()?;
    let this = std::env::current_exe()?;
    match this.ancestors().nth(2) {
        Some(folder) if status.success() => Ok(folder.join("gendwarfksyms")),
        _ => Err(io::Error::other("the tool cannot be built")),
    }
}

impl Bench {
    /// Generated objects of growing size: does a DIE cost the same in a large object as in a small one?
    fn growth(&self) -> io::Result<()> {
        let set = Set::generated(&self.inside, &UNITS)?;
        println!("growth: generated objects, units with the same types, one thread");
        let mut measured = Vec::new();
        for input in &set.inputs {
            measured.push((input.name.clone(), self.phases(usize::MAX, &[input])?));
        }
        print_growth(&measured);
        println!("growth: the same as processes, by default with as many threads as processors");
        self.compare(&set)
    }

    /// The cases of the corpus: small objects, where starting a process costs more than describing one.
    fn corpus(&self) -> io::Result<()> {
        let set = Set::corpus();
        println!("corpus: {} runs on small objects", set.inputs.len());
        self.compare(&set)?;
        self.print_phases(&set)
    }

    /// Objects of a kernel.
    fn kernel(&self) -> io::Result<()> {
        let Some(archive) = path_from_environment("DWARFKSYMS_KERNEL") else {
            return skipped("kernel", "DWARFKSYMS_KERNEL");
        };
        let set = Set::kernel(&self.inside, &archive)?;
        println!("kernel: {} objects", set.inputs.len());
        self.compare(&set)?;
        self.print_phases(&set)
    }

    /// A whole kernel, or another large object. The reference is never run on it: that would take most of an hour.
    fn vmlinux(&self) -> io::Result<()> {
        let (Some(object), Some(list)) =
            (path_from_environment("DWARFKSYMS_VMLINUX"), path_from_environment("DWARFKSYMS_VMLINUX_SYMS"))
        else {
            return skipped("vmlinux", "DWARFKSYMS_VMLINUX and DWARFKSYMS_VMLINUX_SYMS");
        };
        let input = Input::of_object(&object, &list);
        let bytes = object.metadata()?.len();
        println!("vmlinux: {}", size(bytes));
        let all = self.phases(usize::MAX, &[&input])?;
        let tools: Vec<Program> = [Some(self.tool.clone()), Some(self.tool.clone().with("--jobs=1"))]
            .into_iter()
            .chain([self.other.clone()])
            .flatten()
            .collect();
        let mut table =
            Table::new(&["", "wall / raw walk", "peak / input", "peak - input", "wall", "CPU", "peak"]);
        let names = ["all processors", "one thread", "the other build"];
        for (name, usage) in names.iter().zip(interleaved(&tools, &input)?) {
            let Some(usage) = usage else { continue };
            table.row(&[
                (*name).to_owned(),
                time_ratio(usage.wall, all.walk),
                ratio(usage.peak as f64, bytes as f64),
                size(usage.peak.saturating_sub(bytes)),
                time(usage.wall),
                time(usage.cpu),
                size(usage.peak),
            ]);
        }
        table.row(&[
            "raw walk".to_owned(),
            "1.00 x".to_owned(),
            String::new(),
            String::new(),
            time(all.walk),
        ]);
        table.print();
        println!("vmlinux: the first of its units, in one process with one thread");
        let units = usize::try_from(all.units).unwrap_or(usize::MAX);
        let mut measured = Vec::new();
        for part in [256, 64, 16, 4].map(|part| units / part).into_iter().filter(|&units| units > 0) {
            measured.push((format!("{part} units"), self.phases(part, &[&input])?));
        }
        measured.push((format!("{units} units"), all));
        print_growth(&measured);
        Ok(())
    }

    /// Two builds of a kernel, or generated ones: `dwarfksyms compare`, and the phases of the core.
    fn builds(&self) -> io::Result<()> {
        let given = path_from_environment("DWARFKSYMS_SYMTYPES_OLD")
            .zip(path_from_environment("DWARFKSYMS_SYMTYPES_NEW"));
        let generated = tempfile::tempdir()?;
        let (old, new) = match given {
            Some(paths) => paths,
            None => {
                let folder = generated.path();
                self.inside.output(&["builds".to_owned(), folder.to_string_lossy().into_owned()])?;
                (folder.join("old"), folder.join("new"))
            }
        };
        let phases = comparison::measure(&self.inside, ROUNDS, &old, &new)?;
        let comparison::Phases { files, bytes, exports, causes, .. } = phases;
        println!("builds: {files} files, {}, {exports} exports, {causes} causes", size(bytes));
        let program = Program::new(self.tool.path.with_file_name("dwarfksyms")).with("compare");
        let sides = [old, new].map(|path| path.to_string_lossy().into_owned());
        let mut table = Table::new(&["", "CPU / phases", "peak / input", "wall", "CPU", "peak"]);
        let written = ["json", "markdown", "html"]
            .map(|format| format!("--format={format}:{}", generated.path().join(format).display()));
        let all = [&["--format=text".to_owned()], &written[..]].concat();
        let kinds = [
            ("all processors", vec![]),
            ("one thread", vec!["--jobs=1".to_owned()]),
            ("all four formats", all),
        ];
        for (name, args) in kinds {
            let program = args.iter().fold(program.clone(), Program::with);
            let mut usages = Vec::new();
            for _ in 0..ROUNDS {
                let (status, usage) = program.measure_any(Path::new("."), &sides, Path::new("/dev/null"))?;
                if !matches!(status, Some(0 | 1)) {
                    return Err(io::Error::other(format!("dwarfksyms compare ends with {status:?}")));
                }
                usages.push(usage);
            }
            let Some(usage) = Usage::least(&usages) else { continue };
            table.row(&[
                name.to_owned(),
                time_ratio(usage.cpu, phases.total()),
                ratio(usage.peak as f64, bytes as f64),
                time(usage.wall),
                time(usage.cpu),
                size(usage.peak),
            ]);
        }
        table.print();
        println!("builds: in one process with one thread");
        let mut table = Table::new(&["phase", "share", "time"]);
        let rows = comparison::NAMES.into_iter().zip(phases.times).chain([("total", phases.total())]);
        for (name, spent) in rows {
            let share = 100.0 * spent.as_secs_f64() / phases.total().as_secs_f64().max(f64::MIN_POSITIVE);
            table.row(&[name.to_owned(), format!("{share:.1} %"), time(spent)]);
        }
        table.print();
        Ok(())
    }

    /// Two kernels with DWARF: `dwarfksyms compare`, beside computing the versions of each of them.
    fn pair(&self) -> io::Result<()> {
        let (Some(old), Some(new)) = (
            path_from_environment("DWARFKSYMS_VMLINUX_OLD"),
            path_from_environment("DWARFKSYMS_VMLINUX_NEW"),
        ) else {
            return skipped("pair", "DWARFKSYMS_VMLINUX_OLD and DWARFKSYMS_VMLINUX_NEW");
        };
        let largest = old.metadata()?.len().max(new.metadata()?.len());
        let [old, new] = [old, new].map(|path| path.to_string_lossy().into_owned());
        let program = Program::new(self.tool.path.with_file_name("dwarfksyms"));
        let versions =
            |path: &str| ["versions", "--quiet", "--compute", "--per-unit", path].map(str::to_owned).to_vec();
        let compare = |jobs: &str| ["compare", "--quiet", jobs, &old, &new].map(str::to_owned).to_vec();
        let runs = [versions(&old), versions(&new), compare("--jobs=1"), compare("--jobs=2")];
        let mut usages = runs.each_ref().map(|_| Vec::new());
        for _ in 0..ROUNDS {
            for (args, usages) in runs.iter().zip(&mut usages) {
                let (status, usage) = program.measure_any(Path::new("."), args, Path::new("/dev/null"))?;
                if !matches!(status, Some(0 | 1)) {
                    return Err(io::Error::other(format!("dwarfksyms {} ends with {status:?}", args[0])));
                }
                usages.push(usage);
            }
        }
        let [Some(one), Some(other), single, double] = usages.each_ref().map(|usages| Usage::least(usages))
        else {
            return Ok(());
        };
        println!("pair: the larger one has {}", size(largest));
        let mut table = Table::new(&["", "CPU / versions of both", "peak - input", "wall", "CPU", "peak"]);
        for (name, usage) in [("one thread", single), ("two threads", double)] {
            let Some(usage) = usage else { continue };
            table.row(&[
                name.to_owned(),
                time_ratio(usage.cpu, one.cpu + other.cpu),
                size(usage.peak.saturating_sub(largest)),
                time(usage.wall),
                time(usage.cpu),
                size(usage.peak),
            ]);
        }
        table.print();
        Ok(())
    }

    /// Measures the phases of the first units of some objects.
    fn phases(&self, units: usize, inputs: &[&Input]) -> io::Result<Phases> {
        let files: Vec<_> = inputs.iter().filter_map(|input| input.files()).collect();
        phases::measure(&self.inside, ROUNDS, units, &files)
    }

    /// Prints the phases of a set of objects.
    fn print_phases(&self, set: &Set) -> io::Result<()> {
        let phases = self.phases(usize::MAX, &set.inputs.iter().collect::<Vec<_>>())?;
        println!("  {} of them in one process with one thread:", phases.objects);
        let mut table = Table::new(&["phase", "share", "/ raw walk", "time"]);
        let rows = phases::NAMES.into_iter().zip(phases.times).chain([("total", phases.total())]);
        for (name, spent) in rows {
            let share = 100.0 * spent.as_secs_f64() / phases.total().as_secs_f64().max(f64::MIN_POSITIVE);
            let share = format!("{share:.1} %");
            table.row(&[name.to_owned(), share, time_ratio(spent, phases.walk), time(spent)]);
        }
        table.print();
        Ok(())
    }

    /// Runs the tool on all objects of a set, in turn with those that it is compared with.
    fn compare(&self, set: &Set) -> io::Result<()> {
        let others = [("the reference", self.reference.as_ref()), ("the other build", self.other.as_ref())];
        let others: Vec<_> =
            others.into_iter().filter_map(|(name, tool)| Some((name, tool?.clone()))).collect();
        let tools: Vec<_> =
            [self.tool.clone()].into_iter().chain(others.iter().map(|(_, tool)| tool.clone())).collect();
        let mut measured = Vec::new();
        for input in &set.inputs {
            measured.push((input, interleaved(&tools, input)?));
        }
        for (at, (name, _)) in others.iter().enumerate() {
            let pairs = measured.iter().filter_map(|(input, usages)| {
                Some((input.name.as_str(), (*usages.first()?)?, (*usages.get(at + 1)?)?))
            });
            print_comparison(name, &pairs.collect::<Vec<_>>(), set.inputs.len());
        }
        let ours: Vec<_> =
            measured.iter().filter_map(|(input, usages)| Some((&input.name, (*usages.first()?)?))).collect();
        print_processes(&ours, &self.start(set)?);
        Ok(())
    }

    /// What a process takes that has nothing to do: it is asked for no symbols.
    fn start(&self, set: &Set) -> io::Result<Option<Usage>> {
        let Some(input) = set.inputs.first() else { return Ok(None) };
        let nothing = Input { list: PathBuf::from("/dev/null"), ..input.clone() };
        Ok(interleaved(std::slice::from_ref(&self.tool), &nothing)?.into_iter().next().flatten())
    }
}

fn skipped(name: &str, variables: &str) -> io::Result<()> {
    println!("{name}: skipped, needs {variables}\n");
    Ok(())
}

/// Runs each tool in turn, round by round; the least of each, `None` for one that fails.
fn interleaved(tools: &[Program], input: &Input) -> io::Result<Vec<Option<Usage>>> {
    let mut usages: Vec<Option<Vec<Usage>>> = vec![Some(Vec::new()); tools.len()];
    for _ in 0..ROUNDS {
        for (tool, usages) in tools.iter().zip(&mut usages) {
            let Some(all) = usages else { continue };
            match tool.measure(&input.folder, &input.args, Path::new(&input.list))? {
                Some(usage) => all.push(usage),
                None => *usages = None,
            }
        }
    }
    Ok(usages.into_iter().map(|usages| Usage::least(&usages?)).collect())
}

/// What another tool takes, compared with ours.
fn print_comparison(name: &str, pairs: &[(&str, Usage, Usage)], of: usize) {
    /// Below this, starting a process is most of what is measured.
    const LONG: Duration = Duration::from_millis(10);
    const WANTED: f64 = 10.0;
    let quotient = |one: Duration, other: Duration| other.as_secs_f64() / one.as_secs_f64();
    let sum = |each: fn(&(&str, Usage, Usage)) -> Duration| pairs.iter().map(each).sum::<Duration>();
    let (ours, others) = (sum(|pair| pair.1.cpu), sum(|pair| pair.2.cpu));
    let mut ratios: Vec<_> = pairs.iter().map(|pair| quotient(pair.1.cpu, pair.2.cpu)).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |at: usize| ratios.get(at).map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2} x"));
    let mut table = Table::new(&["CPU time / ours", "sum", "least", "median", "most", "runs"]);
    table.row(&[
        name.to_owned(),
        time_ratio(others, ours),
        at(0),
        at(ratios.len() / 2),
        at(ratios.len().saturating_sub(1)),
        format!("{} of {of}", pairs.len()),
    ]);
    table.print();
    let is_slower = |pair: &&(&str, Usage, Usage)| pair.1.cpu > pair.2.cpu;
    let is_close = |pair: &&(&str, Usage, Usage)| {
        pair.2.cpu > LONG && !is_slower(pair) && quotient(pair.1.cpu, pair.2.cpu) < WANTED
    };
    let slower: Vec<_> = pairs.iter().filter(is_slower).collect();
    let close: Vec<_> = pairs.iter().filter(is_close).collect();
    let lists = [
        (format!("slower than {name}"), slower),
        (format!("less than {WANTED} x, of more than 10 ms"), close),
    ];
    for (what, mut list) in lists {
        list.sort_by(|a, b| quotient(a.1.cpu, a.2.cpu).total_cmp(&quotient(b.1.cpu, b.2.cpu)));
        println!("  {what}: {}", list.len());
        for (input, ours, other) in list {
            let ratio = time_ratio(other.cpu, ours.cpu);
            println!("    {ratio} {input} ({} to {})", time(other.cpu), time(ours.cpu));
        }
    }
    println!();
}

/// What our processes take, compared with one that has nothing to do.
fn print_processes(usages: &[(&String, Usage)], start: &Option<Usage>) {
    let Some(start) = start else { return };
    let mut table = Table::new(&["process", "CPU / start", "CPU", "wall", "peak"]);
    let row = |name: &str, cpu: Duration, wall: Duration, peak: u64, count: u32| {
        [name.to_owned(), time_ratio(cpu, start.cpu * count), time(cpu), time(wall), size(peak)]
    };
    if usages.len() <= UNITS.len() {
        for (name, usage) in usages {
            table.row(&row(name, usage.cpu, usage.wall, usage.peak, 1));
        }
    } else {
        let sum = |each: fn(&Usage) -> Duration| usages.iter().map(|(_, usage)| each(usage)).sum();
        let peak = usages.iter().map(|(_, usage)| usage.peak).max().unwrap_or(0);
        let count = u32::try_from(usages.len()).unwrap_or(u32::MAX);
        table.row(&row("all, largest peak", sum(|usage| usage.cpu), sum(|usage| usage.wall), peak, count));
    }
    table.row(&row("start", start.cpu, start.wall, start.peak, 1));
    table.print();
}

/// The time of a DIE as there are more of them, relative to the smallest.
fn print_growth(measured: &[(String, Phases)]) {
    let Some((_, first)) = measured.first() else { return };
    let mut table = Table::new(
        &[&["", "time/DIE", "/ raw walk"][..], &phases::NAMES, &["total", "raw walk", "DIEs"]].concat(),
    );
    for (name, phases) in measured {
        let mut row = vec![
            name.clone(),
            ratio(phases.per_die(), first.per_die()),
            time_ratio(phases.total(), phases.walk),
        ];
        row.extend(phases.times.map(time));
        row.extend([time(phases.total()), time(phases.walk), phases.dies.to_string()]);
        table.row(&row);
    }
    table.print();
}
