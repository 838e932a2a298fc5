use store::{LinkRow, Store, StoreError, UpstreamRow};

use super::{audit, flows};

fn link(connection_id: &str, upstream_id: &str) -> LinkRow {
    LinkRow {
        connection_id: connection_id.to_owned(),
        upstream: UpstreamRow {
            id: Some(upstream_id.to_owned()),
            version: 4,
            ..UpstreamRow::default()
        },
        base: Some("{\"name\":\"A\"}".to_owned()),
    }
}

pub(crate) async fn what_is_upstream_belongs_to_one_flow_in_each_connection(store: &dyn Store) {
    for id in ["l1", "l2"] {
        flows::make(store, id).await;
        assert_eq!(store.link(id, "live").await.expect("read"), None);
    }
    let put = async |flow: &str, link: &LinkRow| store.put_link(flow, link, audit("link")).await;
    put("l1", &link("live", "u1")).await.expect("linked");
    put("l1", &link("test", "u1")).await.expect("linked");
    let read = store.link("l1", "live").await.expect("read");
    assert_eq!(read, Some(link("live", "u1")));
    let all = store.links_of("l1").await.expect("read");
    assert_eq!(all, [link("live", "u1"), link("test", "u1")]);
    assert_eq!(store.links_of("l2").await.expect("read"), []);
    let row = store.flow("l1").await.expect("read").expect("a flow");
    assert_eq!(
        row.upstream,
        link("test", "u1").upstream,
        "the last one used"
    );

    put("l1", &link("third", "u3")).await.expect("linked");
    let ids = async || {
        let ids = store.flow_ids().await.expect("read").into_iter();
        let mut ids: Vec<_> = ids.filter(|(_, flow)| flow == "l1").collect();
        ids.sort();
        ids.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(ids().await, ["u1", "u1", "u3"], "in each connection");
    put("l1", &LinkRow::none("third")).await.expect("unlinked");

    let taken = put("l2", &link("live", "u1")).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");
    let of_taken = store.flow("l2").await.expect("read").expect("a flow");
    assert_eq!(of_taken.upstream.id, None, "all or nothing");
    let holder = store.linked_flow("live", "u1").await.expect("read");
    assert_eq!(holder.as_deref(), Some("l1"));
    assert_eq!(store.linked_flow("live", "u2").await.expect("read"), None);

    put("l1", &LinkRow::none("test")).await.expect("unlinked");
    assert_eq!(store.link("l1", "test").await.expect("read"), None);
    let binned = store.delete_flow("l1", 9, audit("flow.delete")).await;
    assert!(binned.expect("deleted"));
    assert_eq!(ids().await, Vec::<String>::new(), "not from the bin");
    assert_eq!(store.linked_flow("live", "u1").await.expect("read"), None);
    put("l2", &link("live", "u1"))
        .await
        .expect("the bin gives way");
    let holder = store.linked_flow("live", "u1").await.expect("read");
    assert_eq!(holder.as_deref(), Some("l2"));
}
