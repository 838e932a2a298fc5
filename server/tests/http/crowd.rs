//! One address does not take the connections of all.

use std::time::Duration;

use api::ProblemDetails;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{house::House, socket::PATIENCE};

const LIMIT: u16 = 8;

async fn connect(house: &House) -> TcpStream {
    let stream = TcpStream::connect(house.running.address()).await;
    stream.expect("a connection")
}

/// Asks for the health and leaves the connection open; the answer so far.
async fn ask(stream: &mut TcpStream, more: &str) -> String {
    let head = format!("GET /healthz HTTP/1.1\r\nHost: x\r\n{more}\r\n");
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = vec![0; 4096];
    let read = timeout(PATIENCE, stream.read(&mut answer)).await;
    let read = read.expect("in time").expect("an answer");
    answer.truncate(read);
    String::from_utf8(answer).expect("text")
}

/// The answer, when the connection is closed after it.
async fn last_answer(mut stream: TcpStream, more: &str) -> String {
    let mut answer = ask(&mut stream, more).await;
    let closed = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    closed.expect("it is closed").expect("cleanly");
    answer
}

#[tokio::test]
async fn an_address_has_so_many_connections_and_is_told_when_it_wants_more() {
    let house = House::open().await;
    let house = house
        .restart_with(|args| args.connections_per_address = LIMIT)
        .await;
    let said = house.said("Limits: ");
    assert!(said.contains("768 connections, 8 of one address"), "{said}");
    let mut open = Vec::new();
    for _ in 0..LIMIT {
        let mut stream = connect(&house).await;
        assert!(ask(&mut stream, "").await.starts_with("HTTP/1.1 200"));
        open.push(stream);
    }
    let refused = last_answer(connect(&house).await, "").await;
    let (head, body) = refused.split_once("\r\n\r\n").expect("a head and a body");
    assert!(head.starts_with("HTTP/1.1 429"), "{head}");
    for header in [
        "retry-after: 10",
        "connection: close",
        "content-type: application/problem+json",
        "x-content-type-options: nosniff",
    ] {
        let has_it = head.lines().any(|line| line.eq_ignore_ascii_case(header));
        assert!(has_it, "{header}: {head}");
    }
    let problem: ProblemDetails = serde_json::from_str(body).expect("a problem");
    assert_eq!(problem.kind, "/problems/too-many-connections");
    assert!(problem.next_step.is_some());
    // Those that are open go on.
    for stream in &mut open {
        assert!(ask(stream, "").await.starts_with("HTTP/1.1 200"));
    }
    // A place that was left is free again.
    drop(open.pop());
    let mut taken = false;
    for _ in 0..100 {
        let mut stream = connect(&house).await;
        taken = ask(&mut stream, "").await.starts_with("HTTP/1.1 200");
        if taken {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(taken);
}

#[tokio::test]
async fn who_is_refused_and_says_nothing_is_hung_up_on() {
    let house = House::open().await;
    let house = house
        .restart_with(|args| args.connections_per_address = LIMIT)
        .await;
    let mut open = Vec::new();
    for _ in 0..LIMIT {
        let mut stream = connect(&house).await;
        ask(&mut stream, "").await;
        open.push(stream);
    }
    let mut silent = connect(&house).await;
    let mut nothing = Vec::new();
    let closed = timeout(PATIENCE, silent.read_to_end(&mut nothing)).await;
    assert!(closed.is_ok(), "it is closed");
    assert!(nothing.is_empty());
}

/// A request that stays under way: it waits for the rest of its body.
async fn begin(house: &House, forwarded: &str) -> TcpStream {
    let mut stream = connect(house).await;
    let head = format!(
        "POST /api/session HTTP/1.1\r\nHost: x\r\nX-Console: 1\r\nSec-Fetch-Site: same-origin\r\n\
         X-Forwarded-For: 9.9.9.9, {forwarded}\r\nContent-Type: application/json\r\n\
         Content-Length: 50\r\nExpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.expect("sent");
    let mut begun = [0; 12];
    let heard = timeout(PATIENCE, stream.read_exact(&mut begun)).await;
    heard.expect("in time").expect("an answer");
    assert_eq!(&begun, b"HTTP/1.1 100", "the server waits for the body");
    stream
}

#[tokio::test]
async fn behind_a_proxy_the_address_counts_that_it_forwards() {
    let house = House::open().await;
    let house = house
        .restart_with(|args| {
            args.connections_per_address = LIMIT;
            args.trust_forwarded_for = true;
        })
        .await;
    let mut under_way = Vec::new();
    for _ in 0..LIMIT {
        under_way.push(begin(&house, "203.0.113.7").await);
    }
    let from = |address: &str| format!("X-Forwarded-For: 1.1.1.1, {address}\r\n");
    let refused = last_answer(connect(&house).await, &from("203.0.113.7")).await;
    assert!(refused.starts_with("HTTP/1.1 429"), "{refused}");
    for other in ["203.0.113.8", "2001:db8::1"] {
        let mut stream = connect(&house).await;
        let answer = ask(&mut stream, &from(other)).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{other}: {answer}");
    }
    // A client's own words about itself come first, and count for nothing.
    let mut stream = connect(&house).await;
    let lying = "X-Forwarded-For: 203.0.113.7, 203.0.113.9\r\n";
    assert!(ask(&mut stream, lying).await.starts_with("HTTP/1.1 200"));
    drop(under_way);
}

#[tokio::test]
async fn behind_a_proxy_that_does_not_say_who_clients_are_none_counts_for_all() {
    let house = House::open().await;
    let house = house
        .restart_with(|args| {
            args.connections_per_address = LIMIT;
            args.origin = Some("http://localhost:9".to_owned());
        })
        .await;
    let mut open = Vec::new();
    for _ in 0..LIMIT * 2 {
        let mut stream = connect(&house).await;
        assert!(ask(&mut stream, "").await.starts_with("HTTP/1.1 200"));
        open.push(stream);
    }
}
