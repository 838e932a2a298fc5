//! Asking for a batch.

use api::{Batch, BatchItemState, NewBatch, Outcome, UpstreamKind};
use axum::{Json, extract::State, http::StatusCode};
use store::{BatchItemRow, BatchRow, StoredBatch};

use super::{change::Change, check_flows, check_right, run, shown};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
    upstream::open::open,
};

const LONGEST_KEY: usize = 100;

/// Begins a batch. Its intent is on the disk before the first flow is changed.
#[utoipa::path(post, path = "/api/batches", request_body = NewBatch,
    responses((status = 202, body = Batch), (status = 403), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn begin_batch(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewBatch>,
) -> Result<(StatusCode, Json<Batch>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    check_right(&actor, body.publish)?;
    check_flows(&body.flows, &body.upstream, &body.leave_out)?;
    let change = Change::of(&app, &body.change).await?;
    let is_left_out = |id: &String| body.leave_out.contains(id);
    // Whatever becomes the default meanwhile, all go through the same one.
    let mut flows = body.flows;
    let (left_there, opened): (Vec<_>, Vec<_>) = body.upstream.into_iter().partition(is_left_out);
    let mut connection_id = None;
    if body.publish || !opened.is_empty() {
        let connection = body.connection.as_deref();
        let reachable = app.connections.reach(&app, connection).await?;
        if body.publish {
            let published = change.check_published(&app, &body.change, &reachable);
            published.await?;
        }
        // What exists only upstream is here from now on. Where one cannot be
        // opened nothing begins, and those that were stay as they are there.
        for id in &opened {
            let (_, flow) = open(&app, &actor, &reachable, UpstreamKind::Flow, id).await?;
            if !flows.contains(&flow) {
                flows.push(flow);
            }
        }
        connection_id = body.publish.then_some(reachable.id);
    }
    let mut items = Vec::with_capacity(flows.len() + left_there.len());
    for id in flows {
        let row = app.store.flow(&id).await?;
        let row = row.ok_or_else(|| Problem::not_found("flow"))?;
        let state = if is_left_out(&row.id) {
            BatchItemState::LeftOut { is_here: true }
        } else {
            BatchItemState::Waiting
        };
        items.push(item(row.id, row.name, state));
    }
    let changed = items.iter().filter(|item| !item.state.is_over()).count();
    let left_there = left_there.into_iter().map(|id| {
        let name = id.clone();
        item(id, name, BatchItemState::LeftOut { is_here: false })
    });
    items.extend(left_there);
    let row = BatchRow {
        id: random::id(),
        title: change.title(changed),
        change: body.change,
        publishes: body.publish,
        connection_id,
        author_id: actor.account.id,
        author: actor.account.name,
        started_at_millis: clock::now_millis(),
        is_cancelled: false,
        is_running: true,
    };
    let entry = audit::entry("batch.begin", &row.author, Outcome::Intended)
        .about(Some(row.id.clone()))
        .saying(format!("{}.", row.title));
    let batch = StoredBatch { row, items };
    let id = app
        .store
        .begin_batch(&batch, &body.key, entry.into())
        .await?;
    let is_new = id == batch.row.id;
    if is_new {
        run::start(&app, id.clone());
    }
    let begun = app.store.batch(&id).await?;
    let begun = begun.ok_or_else(|| Problem::not_found("batch"))?;
    if !is_new && !is_same_click(&begun, &batch) {
        return Err(Problem::key_taken());
    }
    let batch = begun;
    Ok((StatusCode::ACCEPTED, Json(shown(batch))))
}

fn item(flow_id: String, flow_name: String, state: BatchItemState) -> BatchItemRow {
    BatchItemRow {
        flow_id,
        flow_name,
        attempt: 0,
        changed_seq: None,
        state,
    }
}

/// Whether what was begun is what is asked for, by the same person.
fn is_same_click(begun: &StoredBatch, asked: &StoredBatch) -> bool {
    let what = |batch: &StoredBatch| {
        let BatchRow {
            author_id,
            change,
            publishes,
            ..
        } = batch.row.clone();
        (author_id, change, publishes)
    };
    let flows = |batch: &StoredBatch| -> Vec<(String, bool)> {
        let items = batch.items.iter();
        let is_left_out = |state: &_| matches!(state, BatchItemState::LeftOut { .. });
        items
            .map(|item| (item.flow_id.clone(), is_left_out(&item.state)))
            .collect()
    };
    what(begun) == what(asked) && flows(begun) == flows(asked)
}
