//! Others changed the flow upstream, hold it, or deleted it: nothing is
//! overwritten, and each has a way out.

use api::{ComparedPart, Comparison, FlowSummary, Publish, PublishState, Side, UnpublishedChanges};
use flow::{FieldKey, FieldValue, Flow, NodeId, Op, Transaction};
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::{Value, json};

use crate::{
    house::{House, Person},
    kinds::{calls, failure_code},
    publishes::version,
    socket::rename,
};

/// A phone lookup that is published, and its id upstream.
async fn published() -> (House, Person, String, String) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    version(&ada.ended(&ada.publish(&flow, "first").await).await);
    let upstream = house.sandbox().flows().pop().expect("a flow").id;
    house.sandbox().clear_arrivals();
    (house, ada, flow, upstream)
}

impl Person {
    async fn edit(&self, flow: &str, transaction: Transaction) {
        let id = format!("edit-{}", transaction.label);
        let body = json!({ "id": id, "transaction": transaction });
        let answer = self
            .post(&format!("/api/flows/{flow}/transactions"), body)
            .await;
        let answer: Value = answer.json().await.expect("JSON");
        assert!(answer.to_string().contains("acknowledged"), "{answer}");
    }

    pub(crate) async fn publish_with(&self, flow: &str, body: Value) -> Publish {
        let answer = self
            .post(&format!("/api/flows/{flow}/publishes"), body)
            .await;
        assert!(answer.status().is_success(), "{}", answer.status());
        let publish = answer.json().await.expect("a publish");
        self.ended(&publish).await
    }

    pub(crate) async fn flow_file(&self, flow: &str) -> Flow {
        let file: flow::FlowFile = self.read(&format!("/api/flows/{flow}/file")).await;
        file.flow
    }
}

fn set_url(url: &str) -> Transaction {
    let op = Op::SetField {
        id: NodeId::new("lookup"),
        field: FieldKey::new("url"),
        value: Some(FieldValue::Text(url.to_owned())),
    };
    Transaction::new(format!("Set URL to {url}"), vec![op])
}

const URL: &str = "/nodes/nodes/1/configuration/action/url";

fn urls(parts: &[ComparedPart]) -> Vec<(Option<&str>, Option<&str>)> {
    let sides = parts.iter();
    sides
        .map(|part| (part.ours.as_deref(), part.theirs.as_deref()))
        .collect()
}

#[tokio::test]
async fn what_only_they_changed_comes_in_as_an_edit_and_is_published() {
    let (house, ada, flow, upstream) = published().await;
    ada.edit(&flow, rename("Renamed here")).await;
    house.sandbox().change_upstream(&upstream, |held| {
        *held.pointer_mut(URL).expect("a URL") = json!("https://theirs.example.org");
    });
    let ended = ada.ended(&ada.publish(&flow, "second").await).await;
    assert_eq!(version(&ended), 2);
    let held = house.sandbox().flows().pop().expect("a flow");
    assert_eq!(held.name, "Renamed here");
    assert_eq!(
        held.draft.pointer(URL),
        Some(&json!("https://theirs.example.org"))
    );
    let here = ada.flow_file(&flow).await;
    let text = serde_json::to_string(&here).expect("JSON");
    assert!(
        text.contains("https://theirs.example.org"),
        "it is an edit here"
    );
    assert_eq!(
        calls(&house),
        [
            "GET /api/v2/flows/{id}",
            "GET /api/v2/flows/{id}",
            "PUT /api/v2/flows/{id}",
            "GET /api/v2/flows/{id}",
            "POST /api/v2/flows/{id}/publish"
        ]
    );
    let summary: FlowSummary = ada.read(&format!("/api/flows/{flow}")).await;
    assert!(!summary.upstream.expect("it is there").changed_since);
}

#[tokio::test]
async fn what_both_changed_is_compared_and_decided() {
    for (side, kept) in [
        ("ours", "https://ours.example.org"),
        ("theirs", "https://theirs.example.org"),
    ] {
        let (house, ada, flow, upstream) = published().await;
        ada.edit(&flow, set_url("https://ours.example.org")).await;
        house.sandbox().change_upstream(&upstream, |held| {
            *held.pointer_mut(URL).expect("a URL") = json!("https://theirs.example.org");
            held["description"] = json!("Theirs");
        });
        let failed = ada.ended(&ada.publish(&flow, "second").await).await;
        assert_eq!(failure_code(&failed), "conflicts");
        let path = format!("/api/publishes/{}/conflicts", failed.id);
        let comparison: Comparison = ada.read(&path).await;
        assert_eq!(comparison.version, 2);
        assert_eq!(
            urls(&comparison.conflicts),
            [(
                Some("https://ours.example.org"),
                Some("https://theirs.example.org")
            )]
        );
        let place = &comparison.conflicts[0].place;
        assert_eq!(place.node, Some(NodeId::new("lookup")));
        let told = comparison.merged.iter();
        let told: Vec<_> = told
            .map(|part| (part.side, part.sentence.as_str()))
            .collect();
        assert_eq!(
            told,
            [(
                Side::Theirs,
                "The flow's description changed from “External contact lookup by phone” to “Theirs”."
            )]
        );
        let sent = calls(&house);
        assert!(sent.iter().all(|call| call.starts_with("GET")), "{sent:?}");

        let undecided = json!({ "key": "third", "remedy": { "choose": { "publish": failed.id, "sides": [] } } });
        let answer = ada
            .post(&format!("/api/flows/{flow}/publishes"), undecided)
            .await;
        assert_eq!(answer.status().as_u16(), 422);
        let decided = json!({ "key": "third", "remedy": { "choose": { "publish": failed.id, "sides": [side] } } });
        let ended = ada.publish_with(&flow, decided).await;
        assert_eq!(version(&ended), 2);
        let held = house.sandbox().flows().pop().expect("a flow");
        assert_eq!(held.draft.pointer(URL), Some(&json!(kept)));
        assert_eq!(
            held.draft["description"], "Theirs",
            "the rest came in by itself"
        );
    }
}

#[tokio::test]
async fn a_choice_does_not_count_for_what_was_not_seen() {
    let (house, ada, flow, upstream) = published().await;
    ada.edit(&flow, set_url("https://ours.example.org")).await;
    let theirs = |url: &'static str| {
        move |held: &mut Value| *held.pointer_mut(URL).expect("a URL") = json!(url)
    };
    let sandbox = house.sandbox();
    sandbox.change_upstream(&upstream, theirs("https://one.example.org"));
    let failed = ada.ended(&ada.publish(&flow, "second").await).await;
    sandbox.change_upstream(&upstream, theirs("https://two.example.org"));
    let decided = json!({ "key": "third", "remedy": { "choose": { "publish": failed.id, "sides": ["ours"] } } });
    let ended = ada.publish_with(&flow, decided).await;
    assert_eq!(failure_code(&ended), "conflicts");
    let path = format!("/api/publishes/{}/conflicts", ended.id);
    let comparison: Comparison = ada.read(&path).await;
    let theirs = comparison.conflicts[0].theirs.as_deref();
    assert_eq!(theirs, Some("https://two.example.org"));
}

#[tokio::test]
async fn a_lock_says_whose_it_is_and_a_later_try_goes_through() {
    let (house, ada, flow, upstream) = published().await;
    ada.edit(&flow, rename("Renamed")).await;
    house.sandbox().lock(&upstream, Some("Maria Jones"));
    let failed = ada.ended(&ada.publish(&flow, "second").await).await;
    let PublishState::Failed { failure } = &failed.state else {
        panic!("{failed:?}");
    };
    assert_eq!(failure.code, "locked");
    assert_eq!(failure.sentence, "Maria Jones has it locked in Genesys.");
    house.sandbox().lock(&upstream, None);
    let ended = ada.ended(&ada.publish(&flow, "third").await).await;
    assert_eq!(version(&ended), 2);
}

#[tokio::test]
async fn what_is_gone_is_created_anew_or_linked_by_its_id() {
    let nowhere = "0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11";
    let document = |house: &House| {
        let mut held = house.sandbox().flows().pop().expect("a flow").draft;
        held["id"] = json!(nowhere);
        held
    };
    let (house, ada, _, upstream) = published().await;
    let mut gone = document(&house);
    gone["name"] = json!("Gone");
    let flow = ada.import(&gone).await.id;
    let failed = ada.ended(&ada.publish(&flow, "one").await).await;
    assert_eq!(failure_code(&failed), "not-found");
    let failed = ada.ended(&ada.publish(&flow, "two").await).await;
    assert_eq!(
        failure_code(&failed),
        "not-found",
        "nothing is created unasked"
    );

    let taken = json!({ "upstreamId": upstream });
    let link = format!("/api/flows/{flow}/upstream");
    assert_eq!(ada.put(&link, taken).await.status().as_u16(), 409);
    for id in [nowhere, "no id"] {
        let answer = ada.put(&link, json!({ "upstreamId": id })).await;
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }

    let anew = json!({ "key": "three", "remedy": { "createAnew": {} } });
    let ended = ada.publish_with(&flow, anew).await;
    assert_eq!(version(&ended), 1);
    assert_eq!(house.sandbox().flows().len(), 2);

    let mut other = document(&house);
    other["name"] = json!("Other");
    let made = house.sandbox().seed_flow(None, Some(other.clone()));
    let there = made.expect("made").id;
    other["description"] = json!("Ours");
    other["name"] = json!("Ours");
    let flow = ada.import(&other).await.id;
    let link = format!("/api/flows/{flow}/upstream");
    let answer = ada.put(&link, json!({ "upstreamId": there })).await;
    assert_eq!(answer.status().as_u16(), 200);
    let compared = ada.ended(&ada.publish(&flow, "four").await).await;
    assert_eq!(
        failure_code(&compared),
        "conflicts",
        "nothing is overwritten unseen"
    );
}

#[tokio::test]
async fn a_publish_is_called_off_only_while_nothing_was_changed() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let fault = |route, kind| Fault {
        route,
        times: Times::Count(1),
        kind,
    };
    let wait = FaultKind::Status {
        status: 429,
        headers: [("Retry-After".to_owned(), "20".to_owned())].into(),
        body: None,
    };
    let flow = ada.flow("phone-lookup").await.id;
    house.sandbox().inject(fault(Route::Create, wait));
    let publish = ada.publish(&flow, "one").await;
    house.sandbox().wait_for_arrivals(2).await;
    let cancel = format!("/api/publishes/{}", publish.id);
    assert_eq!(ada.delete(&cancel).await.status().as_u16(), 202);
    let ended = ada.ended(&publish).await;
    assert_eq!(failure_code(&ended), "cancelled");
    assert!(house.sandbox().flows().is_empty());
    assert_eq!(
        ada.delete(&cancel).await.status().as_u16(),
        409,
        "it is over"
    );

    // Sent and not answered yet: how it ends shows what became of it.
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    house
        .sandbox()
        .inject(fault(Route::Create, FaultKind::Delay { millis: 400 }));
    let publish = ada.publish(&flow, "one").await;
    house.sandbox().wait_for_arrivals(2).await;
    let cancel = format!("/api/publishes/{}", publish.id);
    assert_eq!(ada.delete(&cancel).await.status().as_u16(), 202);
    assert_eq!(version(&ada.ended(&publish).await), 1);
}

#[tokio::test]
async fn a_publish_tells_beforehand_whose_changes_go_live() {
    let (_house, ada, flow, upstream) = published().await;
    let path = format!("/api/flows/{flow}/unpublished");
    let none: UnpublishedChanges = ada.read(&path).await;
    assert_eq!((none.upstream_id, none.changes.len()), (Some(upstream), 0));
    ada.edit(&flow, rename("Renamed")).await;
    let moved = Op::MoveNode {
        id: NodeId::new("lookup"),
        to: flow::Point::new(1.0, 2.0),
    };
    ada.edit(&flow, Transaction::new("Move", vec![moved])).await;
    // A burst of typing is one difference, and what was taken back is none.
    for url in ["https://a.example.org", "https://ab.example.org"] {
        let typed = Op::SetField {
            id: NodeId::new("lookup"),
            field: FieldKey::new("url"),
            value: Some(FieldValue::text(url)),
        };
        ada.edit(&flow, Transaction::new(url, vec![typed])).await;
    }
    for label in ["Other", "End"] {
        let labelled = Op::SetLabel {
            id: NodeId::new("end"),
            label: label.to_owned(),
        };
        ada.edit(&flow, Transaction::new(label, vec![labelled]))
            .await;
    }
    let some: UnpublishedChanges = ada.read(&path).await;
    assert!(some.is_live_known);
    let told: Vec<_> = some
        .changes
        .iter()
        .map(|change| {
            let details = change.details.iter();
            let details = details.map(|detail| (detail.what.as_str(), detail.after.as_deref()));
            (change.title.as_str(), details.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "Name and description",
                vec![("The flow's name", Some("“Renamed”"))]
            ),
            (
                "“Lookup Customer”",
                vec![("URL", Some("“https://ab.example.org”"))]
            ),
        ]
    );
    for change in &some.changes {
        assert_eq!((change.authors.len(), change.at.is_some()), (1, true));
    }
    version(&ada.ended(&ada.publish(&flow, "again").await).await);
    let none: UnpublishedChanges = ada.read(&path).await;
    assert_eq!(none.changes, []);
}
