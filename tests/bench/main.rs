//! The measurements of `make bench`: all of them, or those that are named.

mod audit;
mod canvas;
mod drawing;
mod flow_sizes;
mod hooks;
mod memory;
mod page;
mod proxy;
mod start;
mod tidying;

use std::io::{Write, stdout};

use tests::{Result, bail};

/// One measurement.
struct Figure {
    what: String,
    value: f64,
    unit: &'static str,
}

impl Figure {
    fn new(what: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            what: what.into(),
            value,
            unit,
        }
    }
}

/// The groups of measurements, in the order in which they are made.
const GROUPS: [&str; 9] = [
    "flow", "tidy", "start", "memory", "proxy", "audit", "webhooks", "page", "canvas",
];

async fn measure(group: &str) -> Result<Vec<Figure>> {
    match group {
        "flow" => flow_sizes::measure(),
        "tidy" => tidying::measure().await,
        "start" => start::measure().await,
        "memory" => memory::measure().await,
        "proxy" => proxy::measure().await,
        "audit" => audit::measure().await,
        "webhooks" => hooks::measure().await,
        "page" => page::measure().await,
        "canvas" => canvas::measure().await,
        other => bail!(
            "there is no measurement “{other}”, only {}",
            GROUPS.join(", ")
        ),
    }
}

fn print(figures: &[Figure]) -> Result<()> {
    let mut out = stdout().lock();
    for Figure { what, value, unit } in figures {
        // Small figures would lose their meaning with one decimal.
        let decimals = if value.abs() < 10.0 { 2 } else { 1 };
        writeln!(out, "{what:<48} {value:>10.decimals$} {unit}")?;
    }
    out.flush()?;
    Ok(())
}

/// The one in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut named: Vec<String> = std::env::args().skip(1).collect();
    if named.is_empty() {
        named = GROUPS.map(str::to_owned).to_vec();
    }
    for group in &named {
        print(&measure(group).await?)?;
    }
    Ok(())
}
