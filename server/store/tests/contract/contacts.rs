use api::{ContactNotice, ContactOrder, ContactStage, ImportState, InteractionState, RowState};
use flow::contact::Channel;
use store::{
    AuditFilter, ContactImportRow, ContactPlace, ContactRow, ImportedRow, InteractionRow,
    SettledContact, SettledRow, Store,
};

use super::audit;

fn contact(id: &str, at_millis: i64) -> ContactRow {
    ContactRow {
        id: id.to_owned(),
        connection_id: "c".to_owned(),
        connection_name: "Connection".to_owned(),
        stage: ContactStage::Registering,
        sealed_record: "sealed".to_owned(),
        registered_by: "Ada".to_owned(),
        registered_at_millis: at_millis,
        checked_at_millis: None,
        creation_latency_millis: None,
    }
}

pub(crate) async fn a_contact_keeps_who_registered_it_first(store: &dyn Store) {
    let put = async |row: &ContactRow| {
        let replaced = store.replace_contact(row, "sealed", audit("contact")).await;
        assert!(replaced.expect("an answer"));
    };
    for (id, at) in [("k1", 10), ("k2", 20), ("k3", 20)] {
        let added = store.add_contact(&contact(id, at), audit("contact")).await;
        assert!(added.expect("an answer"));
    }
    let registering = store.registering_contacts().await.expect("read");
    assert_eq!(registering.len(), 3);
    let changed = ContactRow {
        stage: ContactStage::Passed,
        registered_by: "Bob".to_owned(),
        creation_latency_millis: Some(7),
        ..contact("k1", 99)
    };
    put(&changed).await;
    let again = ContactRow {
        creation_latency_millis: None,
        ..changed
    };
    put(&again).await;
    let held = store.contact("k1").await.expect("read").expect("it");
    assert_eq!(held.stage, ContactStage::Passed);
    assert_eq!(
        (held.registered_by.as_str(), held.registered_at_millis),
        ("Ada", 10)
    );
    assert_eq!(held.creation_latency_millis, Some(7));

    let ids = async |after: Option<&ContactPlace>| -> Vec<String> {
        let rows = store.contacts(None, ContactOrder::Newest, after, 2);
        let rows = rows.await.expect("read");
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(ids(None).await, ["k3", "k2"]);
    let place = ContactPlace {
        at_millis: 20,
        id: "k2".to_owned(),
    };
    assert_eq!(ids(Some(&place)).await, ["k1"]);
    assert_eq!(store.contact_count(None).await.expect("read"), 3);
}

pub(crate) async fn a_contact_that_is_there_is_not_added_again(store: &dyn Store) {
    let add = async |row: &ContactRow| store.add_contact(row, audit("contact")).await;
    let first = ContactRow {
        stage: ContactStage::NotRegistered,
        ..contact("a1", 1)
    };
    assert!(add(&first).await.expect("an answer"));
    let again = ContactRow {
        stage: ContactStage::Passed,
        sealed_record: "again".to_owned(),
        ..first
    };
    assert!(add(&again).await.expect("an answer"), "it never arrived");
    let third = ContactRow {
        sealed_record: "third".to_owned(),
        ..again.clone()
    };
    assert!(!add(&third).await.expect("an answer"));
    let held = store.contact("a1").await.expect("read").expect("it");
    assert_eq!(held.sealed_record, "again");

    let among = ["a1".to_owned(), "none".to_owned()];
    let found = store.contacts_among(&among).await.expect("read");
    assert_eq!(found.len(), 1);
}

pub(crate) async fn a_contact_is_replaced_only_as_it_was_read(store: &dyn Store) {
    let row = |sealed: &str| ContactRow {
        sealed_record: sealed.to_owned(),
        stage: ContactStage::Passed,
        ..contact("r1", 1)
    };
    let replace = async |row: &ContactRow, before: &str| {
        let replaced = store.replace_contact(row, before, audit("contact"));
        replaced.await.expect("an answer")
    };
    assert!(!replace(&row("one"), "sealed").await, "there is none");
    let added = store.add_contact(&row("one"), audit("contact")).await;
    assert!(added.expect("an answer"));
    let entries = async || store.audit(&AuditFilter::default(), None, 500).await;
    let before = entries().await.expect("read").len();
    assert!(!replace(&row("two"), "another").await);
    assert_eq!(
        entries().await.expect("read").len(),
        before,
        "nothing was done"
    );
    assert!(replace(&row("two"), "one").await);
    assert!(!replace(&row("three"), "one").await, "it is another by now");
    let held = store.contact("r1").await.expect("read").expect("it");
    assert_eq!(held.sealed_record, "two");
}

pub(crate) async fn contacts_wait_for_their_validation_by_connection(store: &dyn Store) {
    let put = async |id: &str, connection: &str, stage: ContactStage| {
        let row = ContactRow {
            connection_id: connection.to_owned(),
            stage,
            checked_at_millis: (id == "v2").then_some(7),
            ..contact(id, 50)
        };
        let added = store.add_contact(&row, audit("contact")).await;
        assert!(added.expect("an answer"));
    };
    use ContactStage::{New, NotRegistered, Passed, Validating};
    for (id, connection, stage) in [
        ("v1", "c1", New),
        ("v2", "c1", Passed),
        ("v3", "c2", New),
        ("v4", "c2", NotRegistered),
        ("v5", "c2", New),
    ] {
        put(id, connection, stage).await;
    }
    let ids: Vec<_> = ["v1", "v2", "v3", "v4", "nobody"].map(str::to_owned).into();
    let queued = store.queue_checks(&ids, audit("checks")).await;
    let queued = queued.expect("an answer");
    assert_eq!(queued, [("c1".to_owned(), 2), ("c2".to_owned(), 1)]);
    let again = store.queue_checks(&ids, audit("checks")).await;
    assert!(again.expect("an answer").is_empty(), "they wait already");
    let mut connections = store.connections_validating().await.expect("read");
    connections.sort();
    assert_eq!(connections, ["c1", "c2"]);
    let waiting = async |connection: &str| -> Vec<String> {
        let rows = store
            .validating_contacts(connection, 9)
            .await
            .expect("read");
        rows.into_iter().map(|row| row.id).collect()
    };
    assert_eq!(waiting("c1").await, ["v1", "v2"]);
    store
        .stop_checks("c1", audit("stop"))
        .await
        .expect("stored");
    assert!(waiting("c1").await.is_empty());
    assert_eq!(waiting("c2").await, ["v3"]);

    let of = async |stage, order| -> Vec<String> {
        let rows = store.contacts(stage, order, None, 100).await.expect("read");
        let ids = rows.into_iter().map(|row| row.id);
        ids.filter(|id| id.starts_with('v')).collect()
    };
    assert_eq!(
        of(Some(New), ContactOrder::Oldest).await,
        ["v1", "v2", "v5"]
    );
    assert_eq!(of(Some(Validating), ContactOrder::Newest).await, ["v3"]);
    let checked = of(None, ContactOrder::LastChecked).await;
    assert_eq!(checked.first().map(String::as_str), Some("v2"));
    let checked = of(None, ContactOrder::LongestUnchecked).await;
    assert_eq!(checked.last().map(String::as_str), Some("v2"));
    assert_eq!(
        store.contact_count(Some(Validating)).await.expect("read"),
        1
    );
}

pub(crate) async fn a_click_starts_one_interaction(store: &dyn Store) {
    let started = |id: &str| InteractionRow {
        id: id.to_owned(),
        contact_id: "k1".to_owned(),
        channel: Channel::Voice,
        state: InteractionState::Starting,
        conversation_id: None,
        latency_millis: None,
        notice: None,
        sealed_words: None,
        started_by: "Ada".to_owned(),
        started_at_millis: 5,
    };
    let begin = async |id: &str, click: &str| {
        let interaction = started(id);
        let begun = store.begin_interaction(&interaction, click, audit("start"));
        begun.await.expect("an answer").map(|row| row.id)
    };
    assert_eq!(begin("i1", "click").await, None);
    assert_eq!(begin("i2", "click").await.as_deref(), Some("i1"));
    assert_eq!(begin("i3", "another").await, None);
    let ended = InteractionRow {
        state: InteractionState::Failed,
        latency_millis: Some(3),
        notice: Some(ContactNotice {
            sentence: "No.".to_owned(),
            next_step: "Wait.".to_owned(),
            correlation_id: None,
        }),
        sealed_words: Some("sealed".to_owned()),
        ..started("i1")
    };
    let finished = store.finish_interaction(&ended, None, audit("start"));
    finished.await.expect("stored");
    let all = store.interactions_of("k1", 10).await.expect("read");
    assert_eq!(all, [started("i3"), ended]);
    let starting = store.starting_interactions().await.expect("read");
    assert_eq!(starting, [started("i3")]);
}

pub(crate) async fn every_row_of_an_import_has_one_outcome(store: &dyn Store) {
    let import = ContactImportRow {
        id: "m1".to_owned(),
        connection_id: "c".to_owned(),
        connection_name: "Connection".to_owned(),
        file_name: "people.csv".to_owned(),
        author: "Ada".to_owned(),
        author_id: Some("a-ada".to_owned()),
        begun_at_millis: 1,
        ended_at_millis: None,
        state: ImportState::Running,
        note: String::new(),
        sealed_head: "sealed".to_owned(),
    };
    let rows: Vec<_> = (2..8)
        .map(|number| ImportedRow {
            number,
            sealed_cells: "sealed".to_owned(),
            state: RowState::Waiting,
            message: String::new(),
            sealed_words: None,
            contact_id: None,
        })
        .collect();
    let begin = async || {
        let begun = store.begin_import(&import, "click", &rows, audit("import"));
        begun.await.expect("an answer")
    };
    assert_eq!(begin().await, None);
    assert_eq!(begin().await.as_deref(), Some("m1"), "the same click");

    let claim = async |numbers: &[u64]| {
        let claimed = store.claim_import_rows("m1", numbers, vec![audit("send")]);
        claimed.await.expect("an answer")
    };
    assert!(claim(&[2, 3, 4]).await);
    let settled = |number, state, contact: Option<ContactRow>| SettledRow {
        number,
        state,
        message: "said".to_owned(),
        sealed_words: Some(format!("sealed {number}")),
        contact: contact.map(|row| SettledContact {
            row,
            sealed_before: None,
        }),
    };
    let outcomes = [
        settled(2, RowState::New, Some(contact("k9", 30))),
        settled(3, RowState::Waiting, None),
    ];
    let settle = async |outcomes: &[SettledRow]| {
        let left = store.settle_import_rows("m1", outcomes, vec![audit("sent")]);
        left.await.expect("stored")
    };
    assert!(settle(&outcomes).await.is_empty());
    assert!(store.contact("k9").await.expect("read").is_some());
    let numbers = async |state| -> Vec<u64> {
        let rows = store.import_rows_in("m1", state, 10).await.expect("read");
        rows.into_iter().map(|row| row.number).collect()
    };
    assert_eq!(numbers(RowState::Sending).await, [4]);
    assert_eq!(numbers(RowState::Waiting).await, [3, 5, 6, 7]);
    // A contact that somebody else made or changed meanwhile stays as it is, and
    // its row is looked at once more.
    let moved = ContactRow {
        stage: ContactStage::Passed,
        sealed_record: "another".to_owned(),
        ..contact("k9", 30)
    };
    for sealed_before in [None, Some("older".to_owned())] {
        let mut outcome = settled(4, RowState::New, Some(moved.clone()));
        outcome.contact = Some(SettledContact {
            row: moved.clone(),
            sealed_before,
        });
        assert_eq!(settle(&[outcome]).await, [4]);
        assert_eq!(numbers(RowState::Sending).await, [4]);
        let held = store.contact("k9").await.expect("read").expect("it");
        assert_eq!(held.sealed_record, "sealed");
    }

    let to = async |from: &[ImportState], to| {
        let moved = store.move_import("m1", from, to, "why", 9, audit("import"));
        moved.await.expect("an answer")
    };
    assert!(to(&[ImportState::Running], ImportState::Paused).await);
    assert!(!to(&[ImportState::Running], ImportState::Paused).await);
    assert!(!claim(&[3]).await, "a paused import sends nothing");
    let running = store.running_imports().await.expect("read");
    assert_eq!(running.len(), 1, "a row of it is still under way");
    let open = async || store.open_imports().await.expect("read").len();
    assert_eq!(open().await, 1, "one that was paused has not ended");
    assert!(
        to(
            &[ImportState::Running, ImportState::Paused],
            ImportState::Cancelled
        )
        .await
    );
    assert_eq!(open().await, 0, "one that was cancelled has");
    let outcomes = [settled(4, RowState::Waiting, None)];
    assert!(settle(&outcomes).await.is_empty());
    assert!(store.running_imports().await.expect("read").is_empty());
    let counts = store.import_counts("m1").await.expect("read");
    assert_eq!(
        (counts.rows, counts.new, counts.cancelled, counts.waiting),
        (6, 1, 5, 0)
    );
    let held = store.contact_import("m1").await.expect("read").expect("it");
    assert_eq!((held.ended_at_millis, held.note.as_str()), (Some(9), "why"));
    let words = store.import_rows_in("m1", RowState::New, 1).await;
    let words = words.expect("read").remove(0).sealed_words;
    assert_eq!(words.as_deref(), Some("sealed 2"));
    let after = store.import_rows("m1", 6, 10).await.expect("read");
    assert_eq!(after.len(), 1);
}
