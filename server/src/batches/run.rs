//! Running a batch: flow after flow, in their order.

use api::{BatchItemState, Outcome};
use store::{BatchItemRow, StoreError, StoredBatch};

use super::{
    change::Change,
    item::{Item, Stopped, failed},
};
use crate::{app::App, audit};

/// Goes on with the batches that were running when the server stopped.
pub(crate) async fn resume_all(app: App) {
    match app.store.running_batches().await {
        Ok(ids) => ids.into_iter().for_each(|id| start(&app, id)),
        Err(error) => tracing::error!(%error, "interrupted batches cannot be read"),
    }
}

/// Runs a batch. It goes on when the browser goes away.
pub(super) fn start(app: &App, id: String) {
    let app = app.clone();
    let tasks = app.life.tasks.clone();
    tasks.spawn(async move {
        let running = app.life.tasks.spawn(run(app.clone(), id.clone()));
        let ended = match running.await {
            Ok(Ok(())) => return,
            Ok(Err(Stopped::Server)) => {
                tracing::info!(batch = id, "a batch goes on at the next start");
                return;
            }
            Ok(Err(Stopped::Store(error))) => error.to_string(),
            Err(error) => error.to_string(),
        };
        tracing::error!(error = ended, batch = id, "a batch stopped");
        if let Err(error) = give_up(&app, &id).await {
            // It stays a running batch and goes on at the next start.
            tracing::error!(%error, batch = id, "what was not done is not stored");
        }
    });
}

async fn run(app: App, id: String) -> Result<(), Stopped> {
    let mut place = 0;
    loop {
        // Read each time: it may have been cancelled meanwhile.
        let Some(StoredBatch { row, items }) = app.store.batch(&id).await? else {
            return Ok(());
        };
        let Some(item) = items.get(place) else {
            return Ok(end(&app, &StoredBatch { row, items }).await?);
        };
        if app.life.stopping.is_cancelled() {
            return Err(Stopped::Server);
        }
        if item.state == BatchItemState::Waiting && row.is_cancelled {
            let left = BatchItemRow {
                state: BatchItemState::Cancelled,
                ..item.clone()
            };
            app.store.put_batch_item(&id, place, &left).await?;
        } else if !item.state.is_over() {
            let change = Change::of(&app, &row.change).await;
            let item = Item::new(app.clone(), row, place, item.clone());
            item.run(change).await?;
        }
        place += 1;
    }
}

/// Stores that a batch has ended, with how many flows did how.
async fn end(app: &App, batch: &StoredBatch) -> Result<(), StoreError> {
    let count = |is: fn(&BatchItemState) -> bool| {
        let items = batch.items.iter();
        items.filter(|item| is(&item.state)).count()
    };
    let not_done = count(BatchItemState::can_be_retried);
    let outcome = if not_done == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    };
    let entry = audit::entry("batch.end", &batch.row.author, outcome)
        .about(Some(batch.row.id.clone()))
        .saying(format!(
            "“{}” has ended: {} done, {} with nothing to change, {} left out, {not_done} not done.",
            batch.row.title,
            count(|state| matches!(
                state,
                BatchItemState::Published { .. } | BatchItemState::Changed
            )),
            count(|state| matches!(state, BatchItemState::Nothing { .. })),
            count(|state| matches!(state, BatchItemState::LeftOut { .. })),
        ));
    app.store.end_batch(&batch.row.id, entry.into()).await
}

/// After a fault of ours: what was not done says so, and can be tried again.
async fn give_up(app: &App, id: &str) -> Result<(), StoreError> {
    let Some(mut batch) = app.store.batch(id).await? else {
        return Ok(());
    };
    for (place, item) in batch.items.iter_mut().enumerate() {
        if !item.state.is_over() {
            item.state = failed(
                "Something failed on the server before this was done.",
                "Look at the flow, then try again.",
            );
            app.store.put_batch_item(id, place, item).await?;
        }
    }
    end(app, &batch).await
}
