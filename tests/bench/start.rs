//! How soon the server answers.

use std::time::Instant;

use tests::{Result, Server};

use crate::{Figure, median};

const RUNS: usize = 5;

/// Start to listening, on an empty data directory and on one in use (medians).
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let mut first_starts = Vec::new();
    let mut restarts = Vec::new();
    for _ in 0..RUNS {
        let begun = Instant::now();
        let mut server = Server::start().await?;
        first_starts.push(millis_since(begun));
        server.stop().await?;

        let begun = Instant::now();
        server.restart().await?;
        restarts.push(millis_since(begun));
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
    ])
}

fn millis_since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}
