//! kill -9 in the middle of a change of many flows: it goes on at the next
//! start, says of each flow how it ended, and does nothing twice.

use std::time::Duration;

use api::{Batch, BatchItemState, BatchState, FlowSummary};
use fastrand::Rng;
use serde_json::json;
use tests::{Context, Person, Result, Upstream, ensure, eventually};
use tokio::time::sleep;

use crate::designer::{rounds, seed};

/// Batches that are killed at random; `PATCHBAY_BATCH_KILLS` sets it.
const RANDOM_KILLS: usize = 8;
/// How often one batch is killed at most.
const KILLS_OF_ONE: usize = 3;
/// A batch with a quick upstream is over by then.
const LONGEST_LIFE_MILLIS: u64 = 400;
const FLOWS: usize = 6;

#[tokio::test]
async fn batches_killed_at_random_go_on_and_do_nothing_twice() -> Result<()> {
    let mut rng = Rng::with_seed(seed());
    for round in 0..rounds("PATCHBAY_BATCH_KILLS", RANDOM_KILLS) {
        let seed = rng.u64(..);
        let killed = killed(Rng::with_seed(seed)).await;
        killed.with_context(|| format!("round {round}, seed {seed}"))?;
    }
    Ok(())
}

async fn killed(mut rng: Rng) -> Result<()> {
    let upstream = Upstream::start().await?;
    let mut server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let mut flows: Vec<FlowSummary> = Vec::new();
    for _ in 0..FLOWS {
        let seeded = upstream.sandbox().seed_flow(None, None).ok();
        let id = seeded.context("an empty flow is not taken")?.id;
        let body = json!({ "kind": "flow", "which": { "id": id } });
        flows.push(ada.post("/api/flows/open", &body).await?);
    }
    let module = ada.make_flow("shared-authentication", None).await?;
    let publish = ada.publish(&module.id, "module").await?;
    ada.ended(&publish.id).await?;
    let ids: Vec<&str> = flows.iter().map(|flow| flow.id.as_str()).collect();
    let new = json!({
        "key": "click",
        "change": { "link": { "module": module.id, "label": "Execute" } },
        "flows": ids,
        "publish": true,
    });
    let begun: Batch = ada.post("/api/batches", &new).await?;
    for _ in 0..rng.usize(1..=KILLS_OF_ONE) {
        sleep(Duration::from_millis(rng.u64(0..LONGEST_LIFE_MILLIS))).await;
        server.kill_nine().await?;
        server.restart().await?;
    }
    let path = format!("/api/batches/{}", begun.id);
    let mut ended = over(&ada, &path).await?;
    // What a kill left open upstream says so, and is tried again by hand.
    if ended.items.iter().any(|item| item.state.can_be_retried()) {
        let _: Batch = ada.post(&format!("{path}/retry"), &json!({})).await?;
        ended = over(&ada, &path).await?;
    }
    for item in &ended.items {
        let is_live = matches!(item.state, BatchItemState::Published { .. });
        ensure!(is_live && item.is_changed, "{item:?}");
        let flow: FlowSummary = ada.get(&format!("/api/flows/{}", item.flow)).await?;
        ensure!(flow.nodes == 2, "{} has {} nodes", flow.id, flow.nodes);
    }
    for record in upstream.sandbox().flows() {
        let nodes = record.draft["definition"]["nodes"].as_array().map(Vec::len);
        ensure!(nodes == Some(1), "{:#}", record.draft);
    }
    Ok(())
}

async fn over(ada: &Person, path: &str) -> Result<Batch> {
    eventually("the batch to end", async || {
        let batch: Batch = ada.get(path).await?;
        Ok((batch.state == BatchState::Ended).then_some(batch))
    })
    .await
}
