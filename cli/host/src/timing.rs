//! The table of `--timing`: how long each phase has taken, and how much there was of what.
//!
//! ```text
//! phase                  time    share
//! start              0.868 ms   70.1 %
//! read               0.208 ms   16.8 %
//! ...
//! total              1.237 ms  100.0 %
//!
//! what                 amount
//! objects                   1
//! input               3.3 KiB
//! ...
//! ```

use std::fmt::{self, Write};
use std::fs::File;
use std::io::Read;
use std::time::Duration;

use crate::phase::{Counts, Phase, Times};

/// Where the system states how much memory the process has needed. It is opened before the process is confined, and can be
/// read for as long as it is open.
pub struct Memory(Option<File>);

impl Memory {
    /// Opens it, while files can be opened.
    pub fn open() -> Memory {
        Memory(File::open("/proc/self/status").ok())
    }

    /// The most bytes that were resident at one time, if the system states it.
    fn peak(self) -> Option<u64> {
        let mut status = String::new();
        self.0?.read_to_string(&mut status).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        kibibytes.checked_mul(1 << 10)
    }
}

/// The table.
pub fn table(times: &Times, counts: &Counts, memory: Memory) -> String {
    let mut table = String::new();
    // Writing to a string does not fail.
    let _ = phases(&mut table, times).and_then(|()| amounts(&mut table, counts, memory));
    table
}

fn phases(out: &mut String, times: &Times) -> fmt::Result {
    let total: Duration = times.iter().sum();
    let rows = Phase::ALL.iter().map(|phase| phase.name()).zip(times);
    writeln!(out, "{:<12} {:>14} {:>8}", "phase", "time", "share")?;
    for (name, time) in rows.chain([("total", &total)]) {
        let milliseconds = time.as_secs_f64() * 1e3;
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
        writeln!(out, "{name:<12} {milliseconds:>11.3} ms {share:>6.1} %")?;
    }
    writeln!(out)
}

fn amounts(out: &mut String, counts: &Counts, memory: Memory) -> fmt::Result {
    let peak = memory.peak().map_or_else(|| "unknown".to_owned(), size);
    let rows = [
        ("objects", counts.objects.to_string()),
        ("input", size(counts.read)),
        ("unpacked", size(counts.unpacked)),
        ("debug info", size(counts.unit_bytes)),
        ("units", counts.units.to_string()),
        ("DIEs read", counts.dies.to_string()),
        ("symbols", counts.symbols.to_string()),
        ("types", counts.types.to_string()),
        ("threads", counts.threads.to_string()),
        ("peak memory", peak),
    ];
    writeln!(out, "{:<12} {:>14}", "what", "amount")?;
    rows.iter().try_for_each(|(name, amount)| writeln!(out, "{name:<12} {amount:>14}"))
}

/// A number of bytes, for people.
fn size(bytes: u64) -> String {
    let (unit, shift) = if bytes < 1 << 20 { ("KiB", 10) } else { ("MiB", 20) };
    format!("{:.1} {unit}", bytes as f64 / f64::from(1 << shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut times = [Duration::ZERO; Phase::ALL.len()];
        (times[0], times[8]) = (Duration::from_micros(1500), Duration::from_secs(7200));
        let counts = Counts { read: 3 << 19, dies: 123_456_789_012, ..Counts::default() };
        let table = table(&times, &counts, Memory(None));
        let (phases, amounts) = table.split_once("\n\n").unwrap();
        for part in [phases, amounts] {
            let widths: Vec<_> = part.lines().map(str::len).collect();
            assert!(widths.iter().all(|width| width == &widths[0]), "{part}");
        }
        for row in [
            "start              1.500 ms    0.0 %",
            "output       7200000.000 ms  100.0 %",
            "total        7200001.500 ms  100.0 %",
            "input               1.5 MiB",
            "unpacked            0.0 KiB",
            "DIEs read      123456789012",
            "peak memory         unknown",
        ] {
            assert!(table.lines().any(|line| line == row), "{row}\n{table}");
        }
    }
}
