use api::PublishState;
use store::{Begun, Finished, JobKind, JobRow, LinkRow, Store, UpstreamRow};

use super::{audit, flows};

fn publish(id: &str, started_at_millis: i64) -> JobRow {
    JobRow {
        kind: JobKind::Publish,
        id: id.to_owned(),
        subject_id: "f9".to_owned(),
        revision: 0,
        connection_id: "c".to_owned(),
        connection_name: "Connection".to_owned(),
        author: "Ada".to_owned(),
        started_at_millis,
        steps: Vec::new(),
        state: PublishState::Running,
        journal: serde_json::json!({}),
    }
}

fn link(upstream: UpstreamRow) -> LinkRow {
    LinkRow {
        connection_id: "c".to_owned(),
        upstream,
        base: Some("{}".to_owned()),
    }
}

pub(crate) async fn one_publish_runs_per_flow_and_a_click_publishes_once(store: &dyn Store) {
    flows::make(store, "f9").await;
    let begin = async |id: &str, click: &str, at: i64| {
        store
            .begin_job(&publish(id, at), click, audit("flow.publish"))
            .await
            .expect("an answer")
    };
    assert_eq!(begin("p1", "click-1", 1).await, Begun::New);
    let joined = |begun: Begun| match begun {
        Begun::Joined(row) => row.id,
        Begun::New => "new".to_owned(),
    };
    assert_eq!(
        joined(begin("p2", "click-1", 2).await),
        "p1",
        "the same click"
    );
    assert_eq!(
        joined(begin("p2", "click-2", 2).await),
        "p1",
        "one is running"
    );

    let upstream = UpstreamRow {
        id: Some("up".to_owned()),
        version: 3,
        ..UpstreamRow::default()
    };
    let journal = serde_json::json!({ "phase": "sent" });
    store
        .advance_publish("p1", &[], &journal, Some(&link(upstream.clone())))
        .await
        .expect("advanced");
    let running = store.running_jobs(JobKind::Publish).await.expect("read");
    assert_eq!(running.len(), 1);
    assert_eq!(running.first().map(|row| &row.journal), Some(&journal));

    let upstream = UpstreamRow {
        published_version: Some(3),
        published_seq: Some(0),
        published_at_millis: Some(5),
        ..upstream
    };
    let state = PublishState::Published {
        upstream_id: "up".to_owned(),
        version: 3,
        at: "2026-01-01T00:00:00Z".to_owned(),
    };
    let finished = Finished {
        steps: Vec::new(),
        state: state.clone(),
        link: Some(link(upstream.clone())),
        conflict: Some(serde_json::json!({ "version": 4 })),
    };
    store
        .finish_publish("p1", &finished, audit("flow.publish"))
        .await
        .expect("finished");
    assert!(
        store
            .running_jobs(JobKind::Publish)
            .await
            .expect("read")
            .is_empty()
    );
    let conflict = store.publish_conflict("p1").await.expect("read");
    assert_eq!(conflict, Some(serde_json::json!({ "version": 4 })));
    let kept = store.link("f9", "c").await.expect("read");
    assert_eq!(kept, Some(link(upstream.clone())));
    assert_eq!(
        store.flow("f9").await.expect("read").expect("it").upstream,
        upstream
    );
    assert_eq!(
        joined(begin("p3", "click-1", 3).await),
        "p1",
        "it stays that click's"
    );
    assert_eq!(
        joined(begin("p3", "click-2b", 999).await),
        "p1",
        "it was asked for before the same was published"
    );
    assert_eq!(joined(begin("p3", "click-3", 1_000).await), "new");
    let latest = store.latest_jobs(JobKind::Publish).await.expect("read");
    assert!(latest.iter().any(|row| row.id == "p3"));
    let all = store
        .jobs_of(JobKind::Publish, "f9", 10)
        .await
        .expect("read");
    assert_eq!(all.last().map(|row| &row.state), Some(&state));
}
