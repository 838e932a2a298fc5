use flow::{Flow, FlowKind, FlowSetting, Op, Transaction};
use store::{Append, NewChange, NewFlowRow, Store, StoreError, UpstreamRow};

use super::audit;

pub(crate) async fn make(store: &dyn Store, id: &str) {
    let flow = Flow::new(FlowKind::Module, "First");
    let new = NewFlowRow {
        id,
        flow: &flow,
        created_by: "a1",
        author: "Ada",
        at_millis: 10,
        last_modified_millis: 10,
        upstream: UpstreamRow::default(),
        link: None,
    };
    store
        .create_flow(new, audit("flow.create"))
        .await
        .expect("a flow");
}

fn rename(tx_id: &str, name: &str) -> NewChange {
    let op = Op::SetFlow(FlowSetting::Name(name.to_owned()));
    NewChange {
        tx_id: tx_id.to_owned(),
        author: "Grace".to_owned(),
        at_millis: 20,
        transaction: Transaction::new("Rename", vec![op]),
    }
}

async fn append(
    store: &dyn Store,
    flow_id: &str,
    expected_head: u64,
    changes: &[NewChange],
) -> Result<(), StoreError> {
    store
        .append_changes(Append {
            flow_id,
            expected_head,
            changes,
            name: "Third",
            nodes: 0,
            last_modified_millis: 20,
            logic_seq: expected_head + changes.len() as u64,
        })
        .await
}

pub(crate) async fn a_flow_is_its_snapshot_and_the_changes_after_it(store: &dyn Store) {
    make(store, "f1").await;
    let changes = [rename("t1", "Second"), rename("t2", "Third")];
    append(store, "f1", 0, &changes).await.expect("stored");
    the_flow_is_as_it_was_left(store).await;
}

/// Reads only, so that it also holds after opening the store again.
pub(crate) async fn the_flow_is_as_it_was_left(store: &dyn Store) {
    let loaded = store
        .load_flow("f1")
        .await
        .expect("read")
        .expect("the flow");
    assert_eq!((loaded.snapshot_seq, loaded.row.head_seq), (0, 2));
    let seqs: Vec<_> = loaded.changes.iter().map(|change| change.seq).collect();
    assert_eq!(seqs, [1, 2]);
    assert_eq!(
        (loaded.row.name.as_str(), loaded.row.changed_by.as_str()),
        ("Third", "Grace")
    );
    assert_eq!(loaded.row.kind, FlowKind::Module);
    assert_eq!(
        store.seq_of_change("f1", "t2").await.expect("read"),
        Some(2)
    );
    assert_eq!(
        store.changes_since("f1", 1, 9).await.expect("read").len(),
        1
    );
}

pub(crate) async fn a_snapshot_takes_the_place_of_the_changes_before_it(store: &dyn Store) {
    let loaded = store
        .load_flow("f1")
        .await
        .expect("read")
        .expect("the flow");
    let mut flow = loaded.snapshot;
    for change in &loaded.changes {
        flow::apply(&mut flow, &change.transaction).expect("it applies");
    }
    store.save_snapshot("f1", 2, &flow).await.expect("saved");
    let again = store
        .load_flow("f1")
        .await
        .expect("read")
        .expect("the flow");
    assert_eq!((again.snapshot_seq, again.snapshot), (2, flow));
    assert!(again.changes.is_empty());
}

pub(crate) async fn a_change_that_does_not_follow_the_head_changes_nothing(store: &dyn Store) {
    make(store, "f2").await;
    append(store, "f2", 0, &[rename("t1", "a")])
        .await
        .expect("stored");
    for (head, changes) in [(0, [rename("t2", "b")]), (2, [rename("t2", "b")])] {
        let refused = append(store, "f2", head, &changes).await;
        assert!(matches!(refused, Err(StoreError::HeadMoved)), "head {head}");
    }
    let twice = append(store, "f2", 1, &[rename("t3", "c"), rename("t1", "a")]).await;
    assert!(matches!(twice, Err(StoreError::Taken("change"))));
    let row = store.flow("f2").await.expect("read").expect("the flow");
    assert_eq!(row.head_seq, 1, "all or nothing");
    assert_eq!(store.seq_of_change("f2", "t3").await.expect("read"), None);
}

pub(crate) async fn a_flow_in_the_bin_is_not_there(store: &dyn Store) {
    make(store, "f3").await;
    assert!(
        store
            .delete_flow("f3", 30, audit("flow.delete"))
            .await
            .expect("an answer")
    );
    assert!(
        !store
            .delete_flow("f3", 30, audit("flow.delete"))
            .await
            .expect("an answer")
    );
    assert!(store.flow("f3").await.expect("read").is_none());
    assert!(store.load_flow("f3").await.expect("read").is_none());
    assert!(
        store
            .flows()
            .await
            .expect("read")
            .iter()
            .all(|row| row.id != "f3")
    );
    let refused = append(store, "f3", 0, &[rename("t1", "a")]).await;
    assert!(matches!(refused, Err(StoreError::HeadMoved)));
}
