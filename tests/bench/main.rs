//! The measurements of `make bench`, one line each.

mod page;
mod start;

use std::io::{Write, stdout};

use tests::Result;

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

fn print(figures: &[Figure]) -> Result<()> {
    let mut out = stdout().lock();
    for Figure { what, value, unit } in figures {
        writeln!(out, "{what:<48} {value:>10.1} {unit}")?;
    }
    Ok(())
}

#[tokio::main]
async fn main() -> Result<()> {
    print(&start::measure().await?)?;
    print(&page::measure().await?)
}
