use std::slice;

use api::PublishState;
use flow::{
    DataType, Parameter,
    data_action::{DataAction, Script},
};
use store::{
    ActionLink, ActionUpstream, Begun, DataActionSave, FinishedUpload, JobKind, JobRow,
    NewDataActionRow, Rebased, Saved, Store, StoreError, UpstreamAction,
};

use super::audit;

fn action(name: &str, code: &str) -> DataAction {
    let mut action = DataAction {
        name: name.to_owned(),
        ..DataAction::default()
    };
    action.definition.code = Script::Text(code.to_owned());
    let input = Parameter::new("user_id", DataType::Integer);
    action.definition.interface.inputs.push(input);
    action
}

async fn make(store: &dyn Store, id: &str) {
    let new = NewDataActionRow {
        id,
        action: &action("Made", "a = 1\n"),
        created_by: "ada",
        author: "Ada",
        at_millis: 1,
        upstream: ActionUpstream::default(),
        read: None,
    };
    store
        .create_data_action(new, audit("data-action.make"))
        .await
        .expect("made");
}

pub(crate) async fn a_save_follows_the_revision_that_it_names(store: &dyn Store) {
    make(store, "d1").await;
    let save = async |base_revision: u64, name: &str, rebased: Option<&DataAction>| {
        let save = DataActionSave {
            id: "d1",
            base_revision,
            action: &action(name, "b = 2\n"),
            author: "Bob",
            at_millis: 2,
            rebased: rebased.map(|base| Rebased {
                connection_id: "c",
                upstream: ActionUpstream {
                    id: Some("rebased".to_owned()),
                    version: 7,
                    ..ActionUpstream::default()
                },
                base,
            }),
        };
        let saved = store.save_data_action(save, audit("data-action.save"));
        saved.await.expect("an answer")
    };
    assert_eq!(save(1, "First", None).await, Saved::Stored(2));
    assert_eq!(save(1, "Second", None).await, Saved::Moved);
    let read = async || store.data_action("d1").await.expect("read");
    let loaded = read().await.expect("it");
    assert_eq!(loaded.action, action("First", "b = 2\n"));
    assert_eq!((loaded.row.revision, loaded.row.upstream.version), (2, 1));
    assert_eq!(loaded.row.changed_by, "Bob");
    let link = async || store.action_link("d1", "c").await.expect("read");
    assert_eq!(link().await, ActionLink::default());
    let links = async || store.action_links_of("d1").await.expect("read");
    assert_eq!(links().await, []);

    let base = action("Theirs", "c = 3\n");
    assert_eq!(save(2, "Third", Some(&base)).await, Saved::Stored(3));
    let loaded = read().await.expect("it");
    assert_eq!(loaded.row.upstream.version, 7);
    let rebased = link().await;
    assert_eq!(links().await, slice::from_ref(&rebased));
    assert_eq!(rebased.upstream, loaded.row.upstream);
    assert_eq!(rebased.base, Some(base));

    let rows = store.data_actions().await.expect("read");
    let row = rows.iter().find(|row| row.id == "d1").expect("it");
    assert_eq!(*row, loaded.row);
    assert_eq!(row.interface, *loaded.action.interface());
    let delete = async || {
        let gone = store.delete_data_action("d1", 5, audit("data-action.delete"));
        gone.await.expect("an answer")
    };
    assert!(delete().await);
    assert!(!delete().await);
    assert_eq!(read().await, None);
    assert_eq!(save(3, "Fourth", None).await, Saved::Gone);
}

fn upload(id: &str, started_at_millis: i64) -> JobRow {
    JobRow {
        kind: JobKind::Upload,
        id: id.to_owned(),
        subject_id: "d2".to_owned(),
        revision: 1,
        connection_id: "c".to_owned(),
        connection_name: "Connection".to_owned(),
        author: "Ada".to_owned(),
        started_at_millis,
        steps: Vec::new(),
        state: PublishState::Running,
        journal: serde_json::json!({}),
    }
}

pub(crate) async fn one_upload_runs_per_data_action_and_a_click_uploads_once(store: &dyn Store) {
    make(store, "d2").await;
    let begin = async |id: &str, click: &str, at: i64| {
        let upload = upload(id, at);
        let begun = store.begin_job(&upload, click, audit("data-action.upload"));
        match begun.await.expect("an answer") {
            Begun::New => "new".to_owned(),
            Begun::Joined(row) => row.id,
        }
    };
    assert_eq!(begin("u1", "click-1", 1).await, "new");
    assert_eq!(begin("u2", "click-1", 2).await, "u1", "the same click");
    assert_eq!(begin("u2", "click-2", 2).await, "u1", "one is running");

    let upstream = ActionUpstream {
        id: Some("up".to_owned()),
        version: 3,
        ..ActionUpstream::default()
    };
    let journal = serde_json::json!({ "phase": "sent" });
    store
        .advance_upload("u1", &[], &journal, &upstream)
        .await
        .expect("advanced");
    let running = store.running_jobs(JobKind::Upload).await.expect("read");
    let journals: Vec<_> = running.iter().map(|row| &row.journal).collect();
    assert_eq!(journals, [&journal]);

    let upstream = ActionUpstream {
        uploaded_revision: Some(1),
        uploaded_at_millis: Some(9),
        ..upstream
    };
    let state = PublishState::Published {
        upstream_id: "up".to_owned(),
        version: 3,
        at: "2026-01-01T00:00:00Z".to_owned(),
    };
    let base = action("Made", "a = 1\n");
    let finished = FinishedUpload {
        steps: Vec::new(),
        state: state.clone(),
        upstream: Some(upstream.clone()),
        base: Some(base.clone()),
    };
    store
        .finish_upload("u1", &finished, audit("data-action.upload"))
        .await
        .expect("finished");
    assert_eq!(store.running_jobs(JobKind::Upload).await.expect("read"), []);
    let loaded = store.data_action("d2").await.expect("read").expect("it");
    assert_eq!(loaded.row.upstream, upstream);
    let link = store.action_link("d2", "c").await.expect("read");
    assert_eq!(
        store.action_links_of("d2").await.expect("read"),
        slice::from_ref(&link)
    );
    assert_eq!((link.upstream, link.base), (upstream, Some(base)));
    assert_eq!(
        begin("u3", "click-1", 3).await,
        "u1",
        "it stays that click's"
    );
    assert_eq!(
        begin("u3", "click-2b", 999).await,
        "u1",
        "it was asked for before the same was uploaded"
    );
    assert_eq!(begin("u3", "click-3", 1_000).await, "new");
    let latest = store.latest_jobs(JobKind::Upload).await.expect("read");
    assert!(latest.iter().any(|row| row.id == "u3"));
    let all = store
        .jobs_of(JobKind::Upload, "d2", 10)
        .await
        .expect("read");
    assert_eq!(all.last().map(|row| &row.state), Some(&state));
    let one = store.job(JobKind::Upload, "u1").await.expect("read");
    assert_eq!(one.map(|row| row.state), Some(state));
}

pub(crate) async fn what_an_organisation_has_takes_the_place_of_what_it_had(store: &dyn Store) {
    let found = |id: &str, version: u64| UpstreamAction {
        id: id.to_owned(),
        name: format!("Action {id}"),
        version,
        interface: (version > 1).then(|| action("", "").definition.interface),
    };
    let keep = async |connection: &str, actions: &[UpstreamAction]| {
        let kept = store.keep_upstream_actions(connection, actions, audit("data-action.list"));
        kept.await.expect("kept");
    };
    keep("c1", &[found("x", 1), found("y", 1)]).await;
    keep("c2", &[found("z", 1)]).await;
    keep("c1", &[found("y", 2)]).await;
    let known = store.upstream_actions().await.expect("read");
    assert_eq!(known, [found("y", 2), found("z", 1)]);
}

pub(crate) async fn a_data_action_is_something_else_in_each_connection(store: &dyn Store) {
    let there = |id: &str, version: u64| ActionUpstream {
        id: Some(id.to_owned()),
        version,
        ..ActionUpstream::default()
    };
    let opened = async |id: &str, upstream: ActionUpstream, connection: Option<&str>| {
        let action = action(id, "a = 1\n");
        let new = NewDataActionRow {
            id,
            action: &action,
            created_by: "ada",
            author: "Ada",
            at_millis: 1,
            upstream,
            read: connection.map(|connection| (connection, &action)),
        };
        let made = store.create_data_action(new, audit("data-action.open"));
        made.await
    };
    let link = async |id: &str, connection: &str| {
        let link = store.action_link(id, connection).await.expect("read");
        link.upstream.id
    };
    let made = opened("l1", there("x", 4), Some("one")).await;
    made.expect("made");
    assert_eq!(link("l1", "one").await.as_deref(), Some("x"));
    assert_eq!(link("l1", "two").await, None, "it is not there");
    let made = opened("l2", there("x", 1), Some("two")).await;
    made.expect("the same id there is another one");
    let taken = opened("l3", there("x", 1), Some("one")).await;
    assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");

    // One that came with an id is that wherever it is asked for first.
    let made = opened("l4", there("y", 2), None).await;
    made.expect("made");
    assert_eq!(link("l4", "one").await.as_deref(), Some("y"));
    let upload = JobRow {
        subject_id: "l4".to_owned(),
        connection_id: "two".to_owned(),
        ..upload("l-up", 1)
    };
    let begun = store.begin_job(&upload, "l-click", audit("data-action.upload"));
    begun.await.expect("begun");
    let journal = serde_json::json!({});
    let upstream = there("y2", 1);
    let advanced = store.advance_upload("l-up", &[], &journal, &upstream);
    advanced.await.expect("advanced");
    assert_eq!(link("l4", "two").await.as_deref(), Some("y2"));
    assert_eq!(link("l4", "one").await, None, "it was for the other");
    let mut linked = store.linked_actions("two").await.expect("read");
    linked.sort();
    let expected = [("x", "l2"), ("y2", "l4")];
    let expected = expected.map(|(there, here)| (there.to_owned(), here.to_owned()));
    assert_eq!(linked, expected);

    let ids = store.action_ids().await.expect("read");
    for (there, here) in [("x", "l1"), ("x", "l2"), ("y2", "l4")] {
        let id = (there.to_owned(), here.to_owned());
        assert!(ids.contains(&id), "{ids:?}");
    }

    // What is gone there takes its link along, and what is in the bin gives way.
    let finished = FinishedUpload {
        steps: Vec::new(),
        state: PublishState::Running,
        upstream: Some(ActionUpstream::default()),
        base: None,
    };
    let finished = store.finish_upload("l-up", &finished, audit("data-action.upload"));
    finished.await.expect("finished");
    assert_eq!(link("l4", "two").await, None);
    let gone = store.delete_data_action("l1", 9, audit("data-action.delete"));
    assert!(gone.await.expect("an answer"));
    let made = opened("l5", there("x", 1), Some("one")).await;
    made.expect("made");
    let linked = store.linked_actions("one").await.expect("read");
    assert!(
        linked.contains(&("x".to_owned(), "l5".to_owned())),
        "{linked:?}"
    );
}
