//! How long the hardest scripts take to check, in thread CPU time, and how much
//! memory: `cargo bench -p python`. Fails beyond 80 ms or 256 MiB.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/given/mod.rs"]
mod given;

use std::{fs, process::ExitCode, thread, time::Duration};

use given::{interface, worst::worst};
use python::findings_in;
use rustix::time::{ClockId, clock_gettime};

/// What one check may take.
const LIMIT: Duration = Duration::from_millis(80);
/// Kibibytes by which the process may grow.
const LIMIT_KIB: usize = 256 * 1024;
/// Runs of each script; the quickest counts, as all else is the machine's.
const RUNS: usize = 3;
/// What a runtime's threads have.
const STACK_BYTES: usize = 2 * 1024 * 1024;
/// How many are shown.
const SHOWN: usize = 12;

fn thread_cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        now.tv_sec.cast_unsigned(),
        u32::try_from(now.tv_nsec).expect("below a second"),
    )
}

/// A line of the process's status, in kibibytes.
fn status(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("the status of the process");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kib.expect("a line of that name")
}

fn measured() -> Vec<(Duration, usize, String)> {
    let interface = interface(
        "user_id:integer, region:string",
        "user_name:string, success:boolean, k1:integer",
    );
    let mut all = Vec::new();
    for (name, script) in worst() {
        // The highest that the process was is forgotten.
        fs::write("/proc/self/clear_refs", "5").expect("the process's own");
        let before = status("VmRSS:");
        let mut best = Duration::MAX;
        for _ in 0..RUNS {
            let start = thread_cpu();
            let findings = findings_in(&script, Some(&interface));
            best = best.min(thread_cpu().saturating_sub(start));
            drop(findings);
        }
        let grown = status("VmHWM:").saturating_sub(before);
        all.push((best, grown, name));
    }
    all
}

fn main() -> ExitCode {
    let thread = thread::Builder::new().stack_size(STACK_BYTES);
    let all = thread.spawn(measured).expect("a thread").join();
    let mut all = all.expect("no panic");
    all.sort_by(|a, b| b.cmp(a));
    for (took, kib, name) in all.iter().take(SHOWN) {
        println!(
            "{:>8.2} ms {:>6} KiB  {name}",
            took.as_secs_f64() * 1e3,
            kib
        );
    }
    let most = all.iter().map(|(_, kib, _)| *kib).max().unwrap_or_default();
    let longest = all.first().map_or(Duration::ZERO, |(took, ..)| *took);
    println!(
        "{} scripts, the longest {:.2} ms of 80, at most {most} KiB of {LIMIT_KIB}",
        all.len(),
        longest.as_secs_f64() * 1e3
    );
    if longest > LIMIT || most > LIMIT_KIB {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
