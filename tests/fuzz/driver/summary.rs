//! What is printed of a target's runs.

use std::io::{Result, Write, stdout};

use fuzz::{Stage, Target};

use crate::campaign::{Measured, Outcome};

const BYTES_PER_MEBIBYTE: f64 = 1024.0 * 1024.0;

/// Prints what came out of a target's runs.
pub(crate) fn print(target: &Target, outcome: &Outcome) -> Result<()> {
    let mut out = stdout().lock();
    let report = &outcome.report;
    writeln!(
        out,
        "{}: {} runs, {} of them read, {} panics",
        target.name, report.runs, report.read, report.panics
    )?;
    if let Some(Measured { file, run }) = &outcome.slowest
        && let Some(stage) = run.slowest()
    {
        writeln!(
            out,
            "  slowest {:.2} ms of thread CPU ({}; {:.2} ms under instrumentation): {}",
            millis(stage),
            stage.name,
            report.cpu().as_secs_f64() * 1_000.0,
            file.display()
        )?;
    }
    if let Some(Measured { file, run }) = &outcome.greatest
        && let Some(stage) = run.greatest()
    {
        writeln!(
            out,
            "  greatest growth {:.2} MiB ({}): {}",
            mebibytes(stage),
            stage.name,
            file.display()
        )?;
    }
    for breach in &outcome.breaches {
        writeln!(out, "  BREACH: {}", breach.found)?;
        writeln!(out, "    kept as {}", breach.kept.display())?;
    }
    out.flush()
}

fn millis(stage: &Stage) -> f64 {
    stage.cpu.as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn mebibytes(stage: &Stage) -> f64 {
    stage.growth_bytes as f64 / BYTES_PER_MEBIBYTE
}
