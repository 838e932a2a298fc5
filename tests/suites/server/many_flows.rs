//! Many flows, many clicks, and kill -9 in each phase of their publishes: every
//! flow is published exactly once, and none is said to be live that is not.

use api::{Publish, PublishState};
use futures_util::{StreamExt, TryStreamExt, future::try_join_all, stream};
use sandbox::{Fault, FaultKind, Route, Times};
use tests::{Context, Person, Result, Server, Upstream, bail, ensure, eventually};
use tokio::sync::Mutex;

use crate::designer::rounds;
use crate::publishing::live_version;
use crate::side_by_side::run_all;

/// Flows of a round, few enough that all are held before the first call times
/// out. `PATCHBAY_PUBLISH_FLOWS` flows are published in each phase, or so many.
const FLOWS: usize = 10;
const CLICKS: usize = 20;
/// Flows that are made or clicked on at the same time.
const FLOWS_AT_ONCE: usize = 4;
/// Enough for every flow at once: the pace is not what is tried here.
const CALLS_PER_MINUTE: u32 = 100_000;

/// A phase of a publish: what holds all publishes in it, and the request that
/// each has sent when it has come to it.
struct Phase {
    name: &'static str,
    faults: Vec<Fault>,
    at: (&'static str, &'static str),
    /// How many of that request there are when one flow is held.
    requests_per_flow: usize,
    /// Whether publishes go through after the restart, without a new click;
    /// those excepted whose call timed out before the kill.
    goes_through: bool,
}

fn phases() -> [Phase; 4] {
    let always = |route, kind| Fault {
        route,
        times: Times::Always,
        kind,
    };
    [
        Phase {
            name: "before the call",
            faults: vec![always(Route::Oauth, FaultKind::NeverAnswer)],
            at: ("POST", "/oauth/token"),
            // One token for all of them.
            requests_per_flow: 0,
            goes_through: false,
        },
        Phase {
            name: "after it was sent",
            faults: vec![always(Route::Create, FaultKind::HoldAfter)],
            at: ("POST", "/api/v2/flows"),
            requests_per_flow: 1,
            goes_through: true,
        },
        Phase {
            name: "while it is confirmed",
            faults: vec![always(Route::Get, FaultKind::NeverAnswer)],
            at: ("GET", "/api/v2/flows/*"),
            requests_per_flow: 1,
            goes_through: true,
        },
        Phase {
            name: "before the outcome is stored",
            faults: vec![always(Route::Publish, FaultKind::HoldAfter)],
            at: ("POST", "/api/v2/flows/*/publish"),
            requests_per_flow: 1,
            goes_through: true,
        },
    ]
}

#[tokio::test]
async fn clicked_twenty_times_and_killed_in_any_phase_every_flow_is_published_once() -> Result<()> {
    let flows = rounds("PATCHBAY_PUBLISH_FLOWS", FLOWS);
    let figures = Mutex::new(Vec::new());
    let outcomes = phases().map(|phase| {
        let figures = &figures;
        (phase.name, async move {
            let figure = publish_all(phase, flows).await?;
            figures.lock().await.push(figure);
            Ok(())
        })
    });
    let outcome = run_all(outcomes).await;
    eprintln!("{}", figures.lock().await.join("\n"));
    outcome
}

/// Returns what was done, in figures.
async fn publish_all(phase: Phase, flows: usize) -> Result<String> {
    let upstream = Upstream::start_with(CALLS_PER_MINUTE).await?;
    let mut server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let mut repeated = 0;
    for round in 0..flows.div_ceil(FLOWS) {
        let names = (0..FLOWS).map(|index| format!("Flow {round}.{index}"));
        repeated += publish_some(&phase, &upstream, &mut server, &ada, names)
            .await
            .with_context(|| format!("round {round}"))?;
        // A server that has its token cannot be held before it asks for one.
        server.stop().await?;
        server.restart().await?;
    }
    let live = upstream.sandbox().flows().len();
    Ok(format!(
        "{}: {live} flows, {CLICKS} clicks on each, {repeated} clicked on again, each published once",
        phase.name
    ))
}

/// Publishes new flows of these names with a kill in the phase; returns how
/// many had to be clicked on again.
async fn publish_some(
    phase: &Phase,
    upstream: &Upstream,
    server: &mut Server,
    ada: &Person,
    names: impl Iterator<Item = String>,
) -> Result<usize> {
    let mut flows = Vec::new();
    for name in names {
        flows.push(ada.make_flow("phone-lookup", Some(&name)).await?.id);
    }
    let count = flows.len();
    let live_before = live(upstream);
    upstream.sandbox().clear_arrivals();
    for fault in &phase.faults {
        upstream.sandbox().inject(fault.clone());
    }
    let begun = click_all(ada, &flows, "click").await?;
    let (method, path) = phase.at;
    let wanted = (phase.requests_per_flow * count).max(1);
    eventually(&format!("{wanted} of {method} {path}"), async || {
        Ok((upstream.arrived(method, path).len() >= wanted).then_some(()))
    })
    .await?;
    server.kill_nine().await?;
    upstream.sandbox().clear_faults();
    server.restart().await?;

    let ended = all_ended(ada, &begun).await?;
    let unpublished = ended.iter().filter(|publish| !is_published(publish));
    let unpublished: Vec<String> = unpublished.map(|publish| publish.flow.clone()).collect();
    let said = count - unpublished.len();
    let are = live(upstream) - live_before;
    ensure!(are == said, "{are} live, {said} said to be");
    ensure!(phase.goes_through == (said > 0), "{ended:?}");
    // Slow enough that the last click is heard before the publish ends: one
    // that comes later is another.
    for route in [Route::Create, Route::Update] {
        upstream.sandbox().inject(Fault {
            route,
            times: Times::Always,
            kind: FaultKind::Delay { millis: 2_000 },
        });
    }
    let again = click_all(ada, &unpublished, "again").await?;
    for publish in all_ended(ada, &again).await? {
        live_version(&publish)?;
    }
    upstream.sandbox().clear_faults();
    let are = live(upstream) - live_before;
    ensure!(are == count, "{are} of {count} are live in the end");
    for path in ["/api/v2/flows", "/api/v2/flows/*/publish"] {
        let sent = upstream.arrived("POST", path).len();
        ensure!(sent == count, "{sent} of POST {path} for {count} flows");
    }
    Ok(unpublished.len())
}

/// Clicks Publish on every flow, many times at once; returns the one publish
/// that all clicks on a flow lead to.
async fn click_all(person: &Person, flows: &[String], name: &str) -> Result<Vec<Publish>> {
    stream::iter(flows)
        .map(|flow| click(person, flow, name))
        .buffered(FLOWS_AT_ONCE)
        .try_collect()
        .await
}

async fn click(person: &Person, flow: &str, name: &str) -> Result<Publish> {
    let keys: Vec<String> = (0..CLICKS).map(|click| format!("{name} {click}")).collect();
    let mut begun = try_join_all(keys.iter().map(|key| person.publish(flow, key))).await?;
    let first = begun.pop().context("a click")?;
    if let Some(second) = begun.iter().find(|publish| publish.id != first.id) {
        bail!("two began: {first:?} and {second:?}");
    }
    Ok(first)
}

async fn all_ended(person: &Person, begun: &[Publish]) -> Result<Vec<Publish>> {
    try_join_all(begun.iter().map(|publish| person.ended(&publish.id))).await
}

/// How many flows are live upstream.
fn live(upstream: &Upstream) -> usize {
    let flows = upstream.sandbox().flows();
    flows.iter().filter(|flow| flow.published.is_some()).count()
}

fn is_published(publish: &Publish) -> bool {
    matches!(publish.state, PublishState::Published { .. })
}
