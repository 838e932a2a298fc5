use api::{
    PublishState, Role,
    socket::{FromBrowser, FromServer, Refusal},
};
use flow::NodeId;
use sandbox::{Fault, FaultKind, Route, Times};

use crate::{
    house::House,
    socket::{acknowledged, add_end, rename, welcomed},
};

#[tokio::test]
async fn two_browsers_see_each_others_edits_in_one_order() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let grace = house.person(&ada, Role::Editor, "Grace").await;
    let flow = ada.flow("empty").await.id;
    let mut one = ada.socket(&flow, None).await;
    welcomed(&mut one).await;
    let mut two = grace.socket(&flow, None).await;
    welcomed(&mut two).await;

    one.submit("a-1", add_end("n1")).await;
    assert_eq!(acknowledged(&mut one, "a-1").await, 1);
    let FromServer::Applied {
        id,
        seq,
        author,
        transaction,
        ..
    } = two.heard().await
    else {
        panic!("an edit of the other");
    };
    assert_eq!((id.as_str(), seq, author.as_str()), ("a-1", 1, "Demo"));
    assert_eq!(transaction, add_end("n1"));

    two.submit("b-1", rename("Renamed")).await;
    assert_eq!(acknowledged(&mut two, "b-1").await, 2);
    assert!(matches!(
        one.heard().await,
        FromServer::Applied { seq: 2, .. }
    ));
    let mut three = ada.socket(&flow, None).await;
    let (seq, content) = welcomed(&mut three).await;
    assert_eq!(
        (seq, content.name.as_str(), content.nodes.len()),
        (2, "Renamed", 1)
    );
    let summary: api::FlowSummary = ada.read(&format!("/api/flows/{flow}")).await;
    assert_eq!((summary.name.as_str(), summary.nodes), ("Renamed", 1));
    assert_eq!(summary.changed_by, "Grace");
}

#[tokio::test]
async fn an_edit_sent_twice_is_applied_once() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    // Twice at once, and once more after it was acknowledged.
    socket.submit("a-1", add_end("n1")).await;
    socket.submit("a-1", add_end("n1")).await;
    for _ in 0..2 {
        assert_eq!(acknowledged(&mut socket, "a-1").await, 1);
    }
    drop(socket);
    let house = house.restart().await;
    let ada = house.administrator().await;
    let mut socket = ada.socket(&flow, None).await;
    let (seq, content) = welcomed(&mut socket).await;
    assert_eq!((seq, content.nodes.len()), (1, 1));
    socket.submit("a-1", add_end("n1")).await;
    assert_eq!(acknowledged(&mut socket, "a-1").await, 1);
}

#[tokio::test]
async fn coming_back_brings_what_was_missed_and_nothing_twice() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    for number in 1..=5 {
        let id = format!("a-{number}");
        socket.submit(&id, add_end(&id)).await;
        acknowledged(&mut socket, &id).await;
    }
    let mut back = ada.socket(&flow, Some(2)).await;
    assert!(matches!(
        back.heard().await,
        FromServer::Resumed { seq: 5, .. }
    ));
    for expected in 3..=5 {
        let FromServer::Applied { id, seq, .. } = back.heard().await else {
            panic!("a missed edit");
        };
        assert_eq!((id, seq), (format!("a-{expected}"), expected));
    }
    let mut current = ada.socket(&flow, Some(5)).await;
    assert!(matches!(
        current.heard().await,
        FromServer::Resumed { seq: 5, .. }
    ));
    let mut ahead = ada.socket(&flow, Some(99)).await;
    assert_eq!(welcomed(&mut ahead).await.0, 5, "a number from elsewhere");
}

#[tokio::test]
async fn an_edit_that_does_not_apply_is_refused_and_changes_nothing() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    socket.submit("a-1", add_end("n1")).await;
    socket.submit("a-2", add_end("n1")).await;
    socket.submit("a-3", add_end("n2")).await;
    assert_eq!(acknowledged(&mut socket, "a-1").await, 1);
    let FromServer::Refused { id, reason } = socket.heard().await else {
        panic!("a refusal");
    };
    assert_eq!(id, "a-2");
    assert!(matches!(reason, Refusal::DoesNotApply { .. }), "{reason:?}");
    assert_eq!(acknowledged(&mut socket, "a-3").await, 2);
}

#[tokio::test]
async fn viewers_watch_and_do_not_edit() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let viewer = house.person(&ada, Role::Viewer, "Vera").await;
    let flow = ada.flow("empty").await.id;
    let mut socket = viewer.socket(&flow, None).await;
    welcomed(&mut socket).await;
    socket.submit("v-1", add_end("n1")).await;
    let FromServer::Refused { reason, .. } = socket.heard().await else {
        panic!("a refusal");
    };
    assert_eq!(reason, Refusal::NotAllowed);
}

#[tokio::test]
async fn people_see_who_is_there_and_what_they_select() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let grace = house.person(&ada, Role::Viewer, "Grace").await;
    let flow = ada.flow("empty").await.id;
    let mut one = ada.socket(&flow, None).await;
    welcomed(&mut one).await;
    one.submit("a-1", add_end("n1")).await;
    // By then it is there for all: the two sockets keep no order between them.
    acknowledged(&mut one, "a-1").await;
    let mut two = grace.socket(&flow, None).await;
    let nodes = vec![NodeId::new("n1")];
    // What is not there cannot be selected, whatever is sent.
    let claimed = ["missing", "n1"].map(NodeId::new).to_vec();
    two.say(&FromBrowser::Select { nodes: claimed }).await;
    loop {
        if let FromServer::People { people } = one.next().await.expect("a message")
            && people
                .iter()
                .any(|person| person.name == "Grace" && person.selected == nodes)
        {
            assert_eq!(people.len(), 2);
            break;
        }
    }
    drop(two);
    loop {
        if let FromServer::People { people } = one.next().await.expect("a message")
            && people.len() == 1
        {
            break;
        }
    }
}

#[tokio::test]
async fn only_pages_of_ours_open_a_socket() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let base = house.base();
    let port = house.running.address().port();
    let foreign = [
        "null".to_owned(),
        String::new(),
        "http://evil.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("ws://127.0.0.1:{port}"),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1:{}", port.wrapping_add(1)),
        format!("{base}/"),
        format!("{base}.evil.example"),
        format!("{base} http://evil.example"),
        format!("http://evil.example/{base}"),
        format!("http://user@127.0.0.1:{port}"),
        format!("http://127.0.0.1.:{port}"),
        format!("http://127.1:{port}"),
        format!("http://0x7f000001:{port}"),
        format!("HTTP://127.0.0.1:{port}"),
        format!("http://Localhost:{port}"),
        format!("http://127.0.0.1:0{port}"),
        format!("file://{base}"),
    ];
    for origin in &foreign {
        let refused = ada.socket_from(&flow, None, Some(origin)).await.err();
        assert_eq!(refused, Some(403), "{origin}");
    }
    assert_eq!(
        ada.socket_from(&flow, None, None).await.err(),
        Some(403),
        "no origin"
    );
    let visitor = house.visitor();
    assert_eq!(
        visitor.socket_from(&flow, None, Some(&base)).await.err(),
        Some(401)
    );
    assert_eq!(
        ada.socket_from("missing", None, Some(&base)).await.err(),
        Some(404)
    );
    assert!(ada.socket_from(&flow, None, Some(&base)).await.is_ok());
}

#[tokio::test]
async fn what_breaks_the_rules_closes_the_socket_and_harms_nobody() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut bystander = ada.socket(&flow, None).await;
    welcomed(&mut bystander).await;
    let too_many: Vec<_> = (0..201).map(|n| NodeId::new(format!("n{n}"))).collect();
    let select = serde_json::to_string(&FromBrowser::Select { nodes: too_many }).expect("JSON");
    for text in [
        "not JSON".to_owned(),
        "{}".to_owned(),
        r#"{"submit":{"id":"x"}}"#.to_owned(),
        r#"{"select":{"nodes":[],"more":1}}"#.to_owned(),
        r#"{"submit":{"id":"","transaction":{"label":"","ops":[]}}}"#.to_owned(),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        select,
    ] {
        let mut socket = ada.socket(&flow, None).await;
        welcomed(&mut socket).await;
        let shown: String = text.chars().take(60).collect();
        socket.say_text(text).await;
        assert_eq!(socket.closed().await, 1008, "{shown}");
    }
    let mut flood = ada.socket(&flow, None).await;
    flood
        .flood(&FromBrowser::Select { nodes: Vec::new() })
        .await;
    assert_eq!(flood.closed().await, 1008);
    bystander.submit("a-1", add_end("n1")).await;
    assert_eq!(acknowledged(&mut bystander, "a-1").await, 1);
}

#[tokio::test]
async fn a_person_has_ten_sockets_at_most() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut sockets = Vec::new();
    for _ in 0..10 {
        sockets.push(ada.socket(&flow, None).await);
    }
    let base = house.base();
    assert_eq!(
        ada.socket_from(&flow, None, Some(&base)).await.err(),
        Some(429)
    );
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_the_session() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    ada.delete("/api/session").await;
    assert_eq!(socket.closed().await, 4001);

    let ada = house.administrator().await;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    ada.delete("/api/session").await;
    socket.submit("late", add_end("n1")).await;
    assert_eq!(socket.closed().await, 4001, "an edit does not slip through");
    let again = house.administrator().await;
    let summary: api::FlowSummary = again.read(&format!("/api/flows/{flow}")).await;
    assert_eq!(summary.nodes, 0);
}

#[tokio::test]
async fn a_deleted_flow_says_goodbye() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    ada.delete(&format!("/api/flows/{flow}")).await;
    assert_eq!(socket.heard().await, FromServer::Deleted);
    assert_eq!(socket.closed().await, 1000);
}

#[tokio::test]
async fn a_stop_keeps_what_was_acknowledged_and_tells_browsers_to_come_back() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("empty").await.id;
    let mut socket = ada.socket(&flow, None).await;
    welcomed(&mut socket).await;
    for number in 1..=150 {
        let id = format!("a-{number}");
        socket.submit(&id, add_end(&id)).await;
        acknowledged(&mut socket, &id).await;
    }
    let stopping = tokio::spawn(house.restart());
    assert_eq!(socket.closed().await, 1012);
    let house = stopping.await.expect("started again");
    let ada = house.administrator().await;
    let mut back = ada.socket(&flow, Some(149)).await;
    assert!(matches!(
        back.heard().await,
        FromServer::Resumed { seq: 150, .. }
    ));
    let mut fresh = ada.socket(&flow, None).await;
    assert_eq!(welcomed(&mut fresh).await.1.nodes.len(), 150);
}

#[tokio::test]
async fn who_comes_while_a_publish_runs_and_who_missed_its_end_is_told() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let flow = ada.flow("phone-lookup").await.id;
    house.sandbox().inject(Fault {
        route: Route::Create,
        times: Times::Count(1),
        kind: FaultKind::Delay { millis: 1_500 },
    });
    let publish = ada.publish(&flow, "one").await;
    house.sandbox().wait_for_arrivals(2).await;
    let mut here = ada.socket(&flow, None).await;
    let (seq, _) = welcomed(&mut here).await;
    let told = async |socket: &mut crate::socket::Socket| loop {
        if let FromServer::Publish { publish, stamp } = socket.heard().await {
            return (*publish, stamp);
        }
    };
    let (running, _) = told(&mut here).await;
    assert_eq!(running.id, publish.id);
    assert_eq!(running.state, PublishState::Running);
    let ended = ada.ended(&publish).await;

    let mut back = ada.socket(&flow, Some(seq)).await;
    let (last, stamp) = told(&mut back).await;
    assert_eq!((last.id, last.state), (publish.id, ended.state));
    assert!(stamp.upstream_id.is_some());
}
