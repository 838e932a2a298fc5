use api::{BatchChange, BatchItemState, Role};
use store::{AccountRow, BatchItemRow, BatchRow, Store, StoredBatch};

use super::audit;

fn item(flow: &str) -> BatchItemRow {
    BatchItemRow {
        flow_id: flow.to_owned(),
        flow_name: format!("Flow {flow}"),
        attempt: 0,
        changed_seq: None,
        state: BatchItemState::Waiting,
    }
}

fn batch(id: &str) -> StoredBatch {
    StoredBatch {
        row: BatchRow {
            id: id.to_owned(),
            title: "Link “M”".to_owned(),
            change: BatchChange::Link {
                module: "m".to_owned(),
                label: "Execute".to_owned(),
            },
            publishes: true,
            connection_id: None,
            author_id: "a".to_owned(),
            author: "Ada".to_owned(),
            started_at_millis: 1,
            is_cancelled: false,
            is_running: true,
        },
        items: vec![item("f1"), item("f2")],
    }
}

pub(crate) async fn a_batch_is_begun_once_and_goes_on_where_it_was(store: &dyn Store) {
    let begin = async |id: &str, key: &str| {
        let batch = batch(id);
        let begun = store.begin_batch(&batch, key, audit("batch.begin"));
        begun.await.expect("begun")
    };
    assert_eq!(begin("b1", "click").await, "b1");
    assert_eq!(begin("b2", "click").await, "b1", "the same click");
    assert_eq!(store.batch("b2").await.expect("read"), None);
    assert_eq!(store.running_batches().await.expect("read"), ["b1"]);

    let changed = BatchItemRow {
        changed_seq: Some(7),
        state: BatchItemState::Published { version: 2 },
        ..item("f1")
    };
    let put = store.put_batch_item("b1", 0, &changed);
    put.await.expect("stored");
    let cancel = async || store.cancel_batch("b1", audit("batch.cancel")).await;
    assert!(cancel().await.expect("cancelled"));
    let stored = store.batch("b1").await.expect("read").expect("it");
    assert!(stored.row.is_cancelled && stored.row.is_running);
    assert_eq!(stored.items, [changed.clone(), item("f2")]);

    let end = store.end_batch("b1", audit("batch.end"));
    end.await.expect("ended");
    assert!(!cancel().await.expect("an answer"), "it does not run");
    assert!(store.running_batches().await.expect("read").is_empty());

    let again = BatchItemRow {
        attempt: 1,
        ..item("f2")
    };
    let items = [(1, again.clone())];
    let bob = AccountRow {
        id: "b".to_owned(),
        email: "bob@example.org".to_owned(),
        name: "Bob".to_owned(),
        role: Role::Publisher,
        password_hash: String::new(),
        created_at_millis: 0,
    };
    let run = async || {
        store
            .run_batch_again("b1", &bob, &items, audit("batch.retry"))
            .await
    };
    assert!(run().await.expect("an answer"));
    assert!(!run().await.expect("an answer"), "it runs");
    let stored = store.batches(10).await.expect("read").remove(0);
    assert!(stored.row.is_running && !stored.row.is_cancelled);
    assert_eq!(stored.row.author, "Bob", "whoever tries it again does it");
    assert_eq!(stored.items, [changed, again]);
}
