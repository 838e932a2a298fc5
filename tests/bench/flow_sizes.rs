//! What an editor does after each edit and a publish before it sends: checking
//! a flow and writing its document, by size.

use std::hint::black_box;
use std::time::{Duration, Instant};

use tests::{Context, Result};

use crate::{Figure, drawing, median};

const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Each size is measured for so long, and at least so often.
const FOR: Duration = Duration::from_millis(500);
const RUNS: usize = 7;

/// Medians, as a whole and by node: a straight line means equal ratios.
pub(crate) fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for size in SIZES {
        let (flow, stamp) = (drawing::realistic(size), drawing::stamp());
        let generated = flow::direct::generate(&flow, &stamp);
        generated.ok().context("the flow has problems")?;
        let mut runs = Vec::new();
        let begun = Instant::now();
        while runs.len() < RUNS || begun.elapsed() < FOR {
            let run = Instant::now();
            black_box(flow::check(&flow));
            black_box(flow::direct::generate(&flow, &stamp).is_ok());
            runs.push(run.elapsed().as_secs_f64() * 1_000.0);
        }
        let millis = median(runs);
        let nodes = flow.nodes.len();
        let ratio = millis * 1_000.0 / nodes as f64;
        figures.push(Figure::new(
            format!("check + generate, {nodes} nodes"),
            millis,
            "ms",
        ));
        figures.push(Figure::new(
            format!("check + generate, {nodes} nodes, each"),
            ratio,
            "µs",
        ));
    }
    Ok(figures)
}
