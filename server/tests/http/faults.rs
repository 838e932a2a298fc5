use std::collections::BTreeMap;

use api::{Failure, Publish, PublishState};
use sandbox::{Fault, FaultKind, Route, Times};
use serde_json::json;

use crate::{
    house::{House, Person},
    publishes::version,
};

fn once(route: Route, kind: FaultKind) -> Fault {
    Fault {
        route,
        times: Times::Count(1),
        kind,
    }
}

fn always(route: Route, kind: FaultKind) -> Fault {
    Fault {
        times: Times::Always,
        ..once(route, kind)
    }
}

fn status(status: u16, headers: &[(&str, &str)], body: Option<&str>) -> FaultKind {
    let headers: BTreeMap<_, _> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    FaultKind::Status {
        status,
        headers,
        body: body.map(str::to_owned),
    }
}

/// Publishes the template while this goes wrong.
async fn published_with(fault: Fault) -> (House, Person, Publish) {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    house.sandbox().inject(fault);
    let publish = ada.publish(&flow, "click").await;
    let ended = ada.ended(&publish).await;
    (house, ada, ended)
}

fn failure(publish: &Publish) -> &Failure {
    match &publish.state {
        PublishState::Failed { failure } => failure,
        other => panic!("{other:?}"),
    }
}

fn creates(house: &House) -> usize {
    let arrivals = house.sandbox().arrivals();
    let creates = |call: &&sandbox::Arrival| call.method == "POST" && call.path == "/api/v2/flows";
    arrivals.iter().filter(creates).count()
}

#[tokio::test]
async fn wrong_credentials_are_named_with_what_to_do() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let address = house.said("Sandbox is listening on ");
    let draft = json!({
        "name": "Wrong", "apiUrl": address, "clientId": "client",
        "clientSecret": "secret-canary", "isDefault": true,
    });
    ada.post("/api/connections", draft).await;
    let publish = ada.publish(&flow, "click").await;
    let ended = ada.ended(&publish).await;
    let failure = failure(&ended);
    assert_eq!(failure.code, "credentials-refused");
    assert_eq!(failure.sentence, "Genesys refused our credentials.");
    assert_eq!(
        failure.next_step,
        "An administrator must renew the client id and secret in Settings → Connections."
    );
    assert_eq!(creates(&house), 0);
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let body = r#"{"status":403,"code":"missing.any.permissions","message":"Unable to perform the requested action. You must have at least one of the following permissions assigned: [flow:all, flow:write]","messageParams":{"permissions":"[flow:all, flow:write]"}}"#;
    let fault = always(Route::Create, status(403, &[], Some(body)));
    let (_house, _, ended) = published_with(fault).await;
    let failure = failure(&ended);
    assert_eq!(failure.code, "permission-missing");
    assert!(failure.sentence.contains("flow:write"), "{failure:?}");
}

#[tokio::test]
async fn a_token_that_expires_in_between_is_renewed_and_nobody_notices() {
    let (_house, _, ended) = published_with(once(Route::Create, FaultKind::ExpireTokens)).await;
    assert_eq!(version(&ended), 1);
}

#[tokio::test]
async fn being_asked_to_wait_is_obeyed() {
    let fault = once(Route::Publish, status(429, &[("Retry-After", "1")], None));
    let (house, _, ended) = published_with(fault).await;
    assert_eq!(version(&ended), 1);
    let sent: Vec<_> = house
        .sandbox()
        .arrivals()
        .into_iter()
        .filter(|call| call.path.ends_with("/publish"))
        .map(|call| call.at_millis)
        .collect();
    let [first, second] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert!(
        second - first >= 1_000,
        "called again after {} ms",
        second - first
    );
}

#[tokio::test]
async fn a_server_error_is_looked_into_and_not_repeated() {
    let (house, ada, ended) = published_with(once(Route::Create, status(500, &[], None))).await;
    assert_eq!(failure(&ended).code, "not-carried-out");
    assert_eq!(creates(&house), 1);
    let again = ada.publish(&ended.flow, "again").await;
    assert_eq!(
        version(&ada.ended(&again).await),
        1,
        "the next click goes through"
    );
}

#[tokio::test]
async fn a_lost_answer_is_found_by_reading() {
    for route in [Route::Create, Route::Publish] {
        let (house, _, ended) = published_with(once(route, FaultKind::CloseAfter)).await;
        assert_eq!(version(&ended), 1, "{route:?}");
        assert_eq!(creates(&house), 1, "{route:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_in_words() {
    let fault = always(Route::Any, FaultKind::NeverAnswer);
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    house.sandbox().inject(fault);
    let publish = ada.publish(&flow, "click").await;
    let mut last = publish;
    // Several attempts, each with its deadline.
    for _ in 0..3 {
        let now = tokio::time::timeout(crate::socket::PATIENCE, ada.ended(&last)).await;
        match now {
            Ok(ended) => {
                last = ended;
                break;
            }
            Err(_) => continue,
        }
    }
    assert_eq!(failure(&last).code, "sign-in-unavailable");
    assert!(!failure(&last).next_step.is_empty());
    let file = ada.get(&format!("/api/flows/{flow}/file")).await;
    assert!(file.status().is_success(), "nothing is lost");
}

#[tokio::test]
async fn what_genesys_refuses_is_shown_in_the_drawing() {
    let body = r#"{"status":400,"code":"bad.request","message":"The flow is not valid.","details":[{"errorCode":"invalid.url","fieldName":"/nodes/nodes/1/configuration/action/url"}]}"#;
    let fault = once(Route::Create, status(400, &[], Some(body)));
    let (_house, _, ended) = published_with(fault).await;
    let failure = failure(&ended);
    assert_eq!(failure.code, "rejected");
    let places: Vec<_> = failure
        .problems
        .iter()
        .map(|problem| {
            let node = problem.place.node.as_ref().map(ToString::to_string);
            let field = problem.place.field.as_ref().map(ToString::to_string);
            (node.unwrap_or_default(), field.unwrap_or_default())
        })
        .collect();
    assert_eq!(places, [("lookup".to_owned(), "url".to_owned())]);
}

#[tokio::test]
async fn a_taken_name_and_a_change_elsewhere_overwrite_nothing() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let first = ada.flow("phone-lookup").await.id;
    ada.ended(&ada.publish(&first, "one").await).await;
    // Another flow of the same name, with other content.
    let second = ada.flow("phone-lookup").await.id;
    let label = json!({ "id": "a-1", "transaction": { "label": "Rename", "ops": [
        { "setLabel": { "id": "end", "label": "Goodbye" } }
    ] } });
    ada.post(&format!("/api/flows/{second}/transactions"), label)
        .await;
    let ended = ada.ended(&ada.publish(&second, "two").await).await;
    assert_eq!(failure(&ended).code, "already-exists");
    assert_eq!(house.sandbox().flows().len(), 1);
}

#[tokio::test]
async fn a_publish_that_a_stop_interrupts_ends_in_a_definite_state() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let hold = once(Route::Publish, FaultKind::NeverAnswer);
    house.sandbox().inject(hold);
    let publish = ada.publish(&flow, "click").await;
    // Token, create, get, publish: the last one hangs.
    house.sandbox().wait_for_arrivals(4).await;
    let house = house.restart().await;
    let ada = house.administrator().await;
    let ended = ada.ended(&publish).await;
    assert_ne!(ended.state, PublishState::Running);
    assert!(house.sandbox().flows().len() <= 1);
}

#[tokio::test]
async fn a_stop_lets_a_publish_to_the_sandbox_finish() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    let slow = once(Route::Oauth, FaultKind::Delay { millis: 1_000 });
    house.sandbox().inject(slow);
    let publish = ada.publish(&flow, "click").await;
    // The token is asked for, everything else is still to come.
    house.sandbox().wait_for_arrivals(1).await;
    let house = house.restart().await;
    let ada = house.administrator().await;
    let ended: Publish = ada.read(&format!("/api/publishes/{}", publish.id)).await;
    assert!(
        matches!(ended.state, PublishState::Published { .. }),
        "{ended:?}"
    );
}
