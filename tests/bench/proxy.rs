//! What the way through the server adds to a call to Genesys Cloud: the same
//! calls, at the same pace, with and without the server between.

use std::time::{Duration, Instant};

use api::Connection;
use futures_util::future::try_join_all;
use reqwest::Method;
use serde_json::Value;
use tests::{Context, Person, Result, Upstream, ensure};
use tokio::time::sleep_until;

use crate::Figure;

/// Calls that begin in a second, whether earlier ones have ended or not.
const CALLS_PER_SECOND: u32 = 200;
const SECONDS: u32 = 10;
/// What the pace allows is not what is measured.
const CALLS_PER_MINUTE: u32 = 100_000;

/// The added latency of a read, and of a read that is kept in the database.
pub(crate) async fn measure() -> Result<Vec<Figure>> {
    let upstream = Upstream::start_with(CALLS_PER_MINUTE).await?;
    let server = upstream.setup().start().await?;
    let person = Person::demonstration(&server).await?;
    let connections: Vec<Connection> = person.get("/api/connections").await?;
    let default = connections.iter().find(|connection| connection.is_default);
    let flows = format!(
        "/api/connections/{}/flows",
        default.context("no default connection")?.id
    );

    // The server has its token from here on.
    call(&person, Method::GET, &flows).await?;

    // Both kinds of flow are listed with one call each.
    let read_direct = paced(async || {
        upstream
            .read("/api/v2/flows?pageSize=100&pageNumber=1")
            .await?;
        let modules = "/api/v2/flows/flowmodules?pageSize=100&pageNumber=1";
        upstream.read(modules).await
    })
    .await?;
    let read = paced(async || call(&person, Method::GET, &flows).await).await?;
    let kept_direct = paced(async || {
        let actions = "/api/v2/tasks/dataactions?pageSize=100&pageNumber=1";
        upstream.read(actions).await
    })
    .await?;
    let kept =
        paced(async || call(&person, Method::POST, "/api/upstream/data-actions").await).await?;

    let mut figures = Vec::new();
    for (what, direct, through) in [
        ("a read", &read_direct, &read),
        ("a read that is stored", &kept_direct, &kept),
    ] {
        for share in [50, 99] {
            let (without, with) = (at(direct, share), at(through, share));
            figures.push(Figure::new(
                format!("{what}: p{share}, straight"),
                without,
                "ms",
            ));
            figures.push(Figure::new(
                format!("{what}: p{share}, added by the server"),
                with - without,
                "ms",
            ));
        }
    }
    Ok(figures)
}

async fn call(person: &Person, method: Method, path: &str) -> Result<()> {
    let reply = person.call(method, path, None::<&Value>).await?;
    ensure!(reply.status == 200, "{path}: {}", reply.body);
    Ok(())
}

/// How long each call took, in milliseconds, sorted. They begin at a steady
/// pace, so that a slow one does not hold back the next.
async fn paced(call: impl AsyncFn() -> Result<()>) -> Result<Vec<f64>> {
    // The first signs in and opens connections.
    call().await?;
    let begun = Instant::now();
    let calls = (0..CALLS_PER_SECOND * SECONDS).map(|index| {
        let at = begun + Duration::from_secs(1) * index / CALLS_PER_SECOND;
        let call = &call;
        async move {
            sleep_until(at.into()).await;
            let begun = Instant::now();
            call().await?;
            Ok::<_, tests::Error>(begun.elapsed().as_secs_f64() * 1000.0)
        }
    });
    let mut took = try_join_all(calls).await?;
    took.sort_by(f64::total_cmp);
    Ok(took)
}

/// The duration that this share of the calls, in percent, did not exceed.
fn at(sorted: &[f64], share: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * share / 100).copied().unwrap_or(f64::NAN)
}
