//! How soon the server answers, and what it holds in memory then.

use std::time::Instant;

use tests::{Context, Result, Server, bail};

use crate::Figure;

const RUNS: usize = 5;

/// Start to listening, on an empty data directory and on one in use (medians),
/// and the resident memory afterwards.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let mut first_starts = Vec::new();
    let mut restarts = Vec::new();
    let mut resident = 0.0;
    for _ in 0..RUNS {
        let begun = Instant::now();
        let mut server = Server::start().await?;
        first_starts.push(millis_since(begun));
        server.stop().await?;

        let begun = Instant::now();
        server.restart().await?;
        restarts.push(millis_since(begun));
        resident = resident_mebibytes(server.process_id().context("the server ended")?)?;
        server.stop().await?;
    }
    Ok(vec![
        Figure::new(
            "server start, empty data directory",
            median(first_starts),
            "ms",
        ),
        Figure::new(
            "server start, data directory in use",
            median(restarts),
            "ms",
        ),
        Figure::new("server memory after start (resident)", resident, "MiB"),
    ])
}

fn millis_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn resident_mebibytes(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    for line in status.lines() {
        if let Some(rest) = line.strip_prefix("VmRSS:") {
            let kibibytes: f64 = rest.trim().trim_end_matches(" kB").parse()?;
            return Ok(kibibytes / 1024.0);
        }
    }
    bail!("the kernel does not tell the memory of process {process}")
}
