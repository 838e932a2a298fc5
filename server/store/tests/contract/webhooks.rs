use api::{DeliveryState, DisabledReason};
use store::{
    AfterAttempt, Disabled, EndpointKeys, EndpointRow, NewAttempt, NewEvent, NextDelivery,
    PreviousKey, Store, StoreError,
};

use super::audit;

fn endpoint(id: &str, events: &[&str]) -> EndpointRow {
    EndpointRow {
        id: id.to_owned(),
        name: format!("Receiver {id}"),
        url: "https://receiver.example.org/hook".to_owned(),
        events: events.iter().map(|&event| event.to_owned()).collect(),
        disabled: None,
        keys: EndpointKeys {
            sealed: "sealed".to_owned(),
            set_at_millis: 1,
            previous: None,
        },
        failing_since_millis: None,
        paused_until_millis: None,
        created_by: "Ada".to_owned(),
        created_at_millis: 1,
    }
}

fn event(id: &str, name: &str, object: &str, at_millis: i64) -> NewEvent {
    NewEvent {
        id: id.to_owned(),
        event: name.to_owned(),
        object: object.to_owned(),
        body: format!("{{\"event\":\"{name}\",\"n\":\"{id}\"}}"),
        at_millis,
    }
}

fn attempt(at_millis: i64, status: u16) -> NewAttempt {
    NewAttempt {
        at_millis,
        duration_millis: 7,
        status: Some(status),
        reason: (status != 200).then(|| "It said no.".to_owned()),
        body_preview: "ok".to_owned(),
    }
}

/// What is next for a receiver.
async fn next(store: &dyn Store, id: &str) -> Option<NextDelivery> {
    let next = store.next_deliveries().await.expect("read");
    next.into_iter().find(|next| next.endpoint.id == id)
}

async fn finish(
    store: &dyn Store,
    id: &str,
    message: &str,
    attempt: NewAttempt,
    after: AfterAttempt,
) {
    let entries = vec![audit("webhook.deliver")];
    let there = store
        .finish_attempt(id, message, &attempt, &after, entries)
        .await
        .expect("stored");
    assert!(there, "{id} has {message}");
}

pub(crate) async fn an_event_is_queued_for_enabled_receivers_that_want_it(store: &dyn Store) {
    let nobody = store
        .queue_event(&event("m0", "made", "o", 10), "Ada")
        .await;
    assert_eq!(nobody.expect("an answer"), 0, "there is no receiver");

    let everything = endpoint("w1", &[]);
    let published = endpoint("w2", &["published"]);
    let mut disabled = endpoint("w3", &[]);
    disabled.disabled = Some(Disabled {
        reason: DisabledReason::ByHand,
        at_millis: 2,
    });
    for row in [&everything, &published, &disabled] {
        store.add_endpoint(row, audit("add")).await.expect("added");
        let kept = store.endpoint(&row.id).await.expect("read").expect("it");
        assert_eq!(&kept.endpoint, row);
    }
    let mut same_name = endpoint("w4", &[]);
    same_name.name = "Receiver w1".to_owned();
    let refused = store.add_endpoint(&same_name, audit("add")).await;
    assert!(matches!(refused, Err(StoreError::Taken("webhook"))));

    let made = event("m1", "made", "o", 20);
    assert_eq!(store.queue_event(&made, "Ada").await.expect("queued"), 1);
    let both = event("m2", "published", "p", 30);
    assert_eq!(store.queue_event(&both, "Ada").await.expect("queued"), 2);
    let first = next(store, "w1").await.expect("something is next");
    assert_eq!(
        (first.message_id.as_str(), first.body.as_str(), first.tries),
        ("m1", made.body.as_str(), 0)
    );
    assert_eq!(
        next(store, "w2").await.map(|next| next.message_id),
        Some("m2".to_owned())
    );
    assert_eq!(next(store, "w3").await, None);

    let test = event("m3", "test", "w2", 40);
    for (id, queued) in [("w2", true), ("w3", false), ("none", false)] {
        let answer = store.queue_event_for(id, &test, "Ada").await;
        assert_eq!(answer.expect("an answer"), queued, "{id}");
    }

    let renamed = store
        .change_endpoint("w2", "Renamed", "https://b.example", &[], audit("change"))
        .await;
    assert!(renamed.expect("an answer"));
    let keys = EndpointKeys {
        sealed: "newer".to_owned(),
        set_at_millis: 50,
        previous: Some(PreviousKey {
            sealed: "sealed".to_owned(),
            until_millis: 60,
        }),
    };
    let rotated = store.set_endpoint_keys("w2", &keys, audit("rotate")).await;
    assert!(rotated.expect("an answer"));
    let kept = store.endpoint("w2").await.expect("read").expect("it");
    assert_eq!((kept.endpoint.keys, kept.waiting), (keys, 2));
    assert_eq!(kept.endpoint.name, "Renamed");
}

pub(crate) async fn events_on_one_object_are_delivered_in_their_order(store: &dyn Store) {
    for (id, object) in [("a1", "a"), ("a2", "a"), ("b1", "b")] {
        let queued = event(id, "made", object, 100);
        assert_eq!(store.queue_event(&queued, "Ada").await.expect("queued"), 2);
    }
    for earlier in ["m1", "m2"] {
        finish(
            store,
            "w1",
            earlier,
            attempt(110, 200),
            AfterAttempt::Delivered,
        )
        .await;
    }
    let again = |at_millis, pause_until_millis| AfterAttempt::Again {
        at_millis,
        pause_until_millis,
    };
    finish(store, "w1", "a1", attempt(120, 500), again(5_000, None)).await;
    let other = next(store, "w1").await.expect("something is next");
    assert_eq!(other.message_id, "b1", "a2 comes after a1, b1 does not");
    assert_eq!(other.endpoint.failing_since_millis, Some(120));
    finish(
        store,
        "w1",
        "b1",
        attempt(130, 503),
        again(4_000, Some(9_000)),
    )
    .await;
    let paused = next(store, "w1").await.expect("something is next");
    assert_eq!(
        (
            paused.message_id.as_str(),
            paused.due_at_millis,
            paused.tries
        ),
        ("b1", 9_000, 1),
        "the receiver asked for a pause"
    );
    let shown = store.delivery("w1", "b1").await.expect("read");
    let shown = shown.map(|(delivery, _)| delivery.next_attempt_at_millis);
    assert_eq!(shown, Some(9_000), "the pause shows");
    let by_hand = event("t1", "test", "t1", 140);
    let queued = store.queue_event_for("w1", &by_hand, "Ada").await;
    assert!(queued.expect("queued"));
    let tested = next(store, "w1").await.expect("something is next");
    assert_eq!(
        (tested.message_id.as_str(), tested.due_at_millis),
        ("t1", 140),
        "a test does not wait for the end of a pause"
    );
    finish(
        store,
        "w1",
        "t1",
        attempt(141, 200),
        AfterAttempt::Delivered,
    )
    .await;
    finish(
        store,
        "w1",
        "b1",
        attempt(9_000, 200),
        AfterAttempt::Delivered,
    )
    .await;
    finish(
        store,
        "w1",
        "a1",
        attempt(9_001, 200),
        AfterAttempt::Delivered,
    )
    .await;
    let last = next(store, "w1").await.expect("something is next");
    assert_eq!(last.message_id, "a2");
    assert_eq!(last.endpoint.failing_since_millis, None);

    let (delivery, attempts) = store
        .delivery("w1", "a1")
        .await
        .expect("read")
        .expect("it is there");
    let numbers: Vec<_> = attempts.iter().map(|row| row.number).collect();
    assert_eq!(
        (delivery.state, numbers),
        (DeliveryState::Delivered, vec![2, 1])
    );
    assert_eq!(delivery.latest.as_ref(), attempts.first());
}

pub(crate) async fn a_disabled_receiver_has_nothing_waiting_until_it_is_replayed(
    store: &dyn Store,
) {
    let gone = AfterAttempt::Disabled(DisabledReason::Gone);
    finish(store, "w1", "a2", attempt(10_000, 410), gone).await;
    let kept = store.endpoint("w1").await.expect("read").expect("it");
    assert_eq!((kept.waiting, kept.failed), (0, 1));
    assert_eq!(
        kept.endpoint.disabled.map(|disabled| disabled.reason),
        Some(DisabledReason::Gone)
    );
    assert_eq!(next(store, "w1").await, None);

    let enabled = store.switch_endpoint("w1", None, audit("enable")).await;
    assert!(enabled.expect("an answer"));
    assert_eq!(next(store, "w1").await, None, "what was given up stays so");
    let replay = async |message: Option<&str>| {
        store
            .replay_deliveries("w1", message, 11_000, audit("replay"))
            .await
            .expect("an answer")
    };
    assert_eq!(replay(Some("m1")).await, 1, "what was delivered, too");
    assert_eq!(replay(None).await, 1);
    assert_eq!(replay(None).await, 0, "nothing else was given up");
    let waiting = store
        .deliveries("w1", Some(DeliveryState::Waiting), None, 10)
        .await
        .expect("read");
    let ids: Vec<_> = waiting.iter().map(|row| row.message_id.as_str()).collect();
    assert_eq!(ids, ["a2", "m1"], "the latest first");

    // Disabled while a call is under way: the call's outcome stands.
    let by_hand = Disabled {
        reason: DisabledReason::ByHand,
        at_millis: 12_000,
    };
    let switched = store.switch_endpoint("w1", Some(by_hand), audit("disable"));
    assert!(switched.await.expect("an answer"));
    let again = AfterAttempt::Again {
        at_millis: 99_000,
        pause_until_millis: None,
    };
    finish(store, "w1", "a2", attempt(12_001, 500), again).await;
    finish(
        store,
        "w1",
        "m1",
        attempt(12_001, 200),
        AfterAttempt::Delivered,
    )
    .await;
    let all = store.deliveries("w1", None, None, 2).await.expect("read");
    assert_eq!(all.len(), 2, "a page has as many as were asked for");
    let kept = store.endpoint("w1").await.expect("read").expect("it");
    assert_eq!((kept.waiting, kept.failed), (0, 1));
}

pub(crate) async fn what_ended_long_ago_is_forgotten(store: &dyn Store) {
    assert_eq!(store.forget_deliveries(100).await.expect("an answer"), 0);
    let before = store.deliveries("w1", None, None, 10).await.expect("read");
    // m2 and b1 and a1 and t1 ended by then.
    assert_eq!(store.forget_deliveries(9_500).await.expect("an answer"), 4);
    let after = store.deliveries("w1", None, None, 10).await.expect("read");
    assert_eq!(after.len() + 4, before.len());
    let other = store.deliveries("w2", None, None, 10).await.expect("read");
    assert_eq!(other.len(), 5, "what waits is never forgotten");
}

pub(crate) async fn a_removed_receiver_leaves_nothing(store: &dyn Store) {
    for (id, gone) in [("w1", true), ("w2", true), ("w3", true), ("w1", false)] {
        let answer = store.delete_endpoint(id, audit("delete")).await;
        assert_eq!(answer.expect("an answer"), gone, "{id}");
    }
    let attempt = store
        .finish_attempt(
            "w2",
            "m2",
            &attempt(1, 200),
            &AfterAttempt::Delivered,
            vec![],
        )
        .await;
    assert!(!attempt.expect("an answer"), "nobody is told of it");
    assert!(store.delivery("w2", "m2").await.expect("read").is_none());
    assert!(store.endpoints().await.expect("read").is_empty());
}
