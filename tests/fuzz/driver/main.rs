//! `make fuzz`: runs the engine on each target and judges what it found.
//!
//! `fuzz run ENGINE FOLDER [TARGET…]` fuzzes; `RUNS` says how often each
//! target is run, `SEED` from where the search begins.
//! `fuzz try TARGET FILE…` measures single inputs.

mod campaign;
mod engine;
mod judge;
mod summary;

use std::{
    env, fs,
    io::{Write, stdout},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use fuzz::{Run, TARGETS, Target, keep_panics};

use crate::campaign::Campaign;

/// What all targets are run together, where nothing else is asked for.
const RUNS_IN_ALL: u64 = 1_000_000;

fn main() -> Result<ExitCode> {
    let mut arguments = env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match (command.as_str(), rest.as_slice()) {
        ("run", [engine, folder, names @ ..]) => run(engine.into(), folder.into(), names),
        ("try", [name, files @ ..]) => attempt(named(name)?, files),
        _ => bail!("write “fuzz run ENGINE FOLDER [TARGET…]” or “fuzz try TARGET FILE…”"),
    }
}

fn named(name: &str) -> Result<&'static Target> {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    Target::named(name)
        .with_context(|| format!("there is no target “{name}”, only {}", names.join(", ")))
}

/// A number that the environment gives; none where it is absent or empty.
fn number<N: std::str::FromStr>(name: &str) -> Result<Option<N>> {
    match env::var(name) {
        Ok(text) if !text.is_empty() => match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => bail!("{name} must be a whole number, and is “{text}”"),
        },
        _ => Ok(None),
    }
}

fn run(engine: PathBuf, folder: PathBuf, names: &[String]) -> Result<ExitCode> {
    let targets = if names.is_empty() {
        TARGETS.iter().collect()
    } else {
        names
            .iter()
            .map(|name| named(name))
            .collect::<Result<Vec<_>>>()?
    };
    let each = RUNS_IN_ALL.div_ceil(TARGETS.len() as u64);
    let campaign = Campaign {
        engine,
        folder,
        runs: number("RUNS")?.unwrap_or(each),
        seed: number("SEED")?.unwrap_or_else(|| fastrand::u32(1..)),
    };
    let (mut runs, mut breaches) = (0, 0);
    for target in targets {
        let result = campaign.fuzz(target)?;
        summary::print(target, &result)?;
        runs += result.report.runs;
        breaches += result.breaches.len();
    }
    let seed = campaign.seed;
    writeln!(
        stdout(),
        "{runs} runs in all from seed {seed}, {breaches} breaches"
    )?;
    Ok(ExitCode::from(u8::from(breaches > 0)))
}

/// Measures inputs, each with the least of three runs.
fn attempt(target: &'static Target, files: &[String]) -> Result<ExitCode> {
    keep_panics();
    for file in files {
        let input = fs::read(file).with_context(|| format!("{file} cannot be read"))?;
        let run: Run = target.measure_again(&input, target.measure(&input));
        serde_json::to_writer_pretty(stdout().lock(), &run)?;
        writeln!(stdout())?;
    }
    Ok(ExitCode::SUCCESS)
}
