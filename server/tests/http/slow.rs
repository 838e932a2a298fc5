//! Who takes long to ask.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{house::House, socket::PATIENCE};

#[tokio::test]
async fn who_does_not_finish_asking_is_hung_up_on() {
    let house = House::open().await;
    let asked = [
        "",
        "GET /healthz HT",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n",
    ];
    let waits = asked.map(async |asked| {
        let mut stream = TcpStream::connect(house.running.address())
            .await
            .expect("a connection");
        stream.write_all(asked.as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        let ended = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "still open after {asked:?}");
    });
    futures_util::future::join_all(waits).await;
}

#[tokio::test]
async fn half_a_body_keeps_nobody_from_stopping_the_server() {
    let house = House::open().await;
    let mut stream = TcpStream::connect(house.running.address())
        .await
        .expect("a connection");
    let head = "POST /api/session HTTP/1.1\r\nHost: x\r\nX-Console: 1\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/json\r\nContent-Length: 50\r\nExpect: 100-continue\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.expect("sent");
    // The server has begun to read it.
    let mut begun = [0; 12];
    let heard = timeout(PATIENCE, stream.read_exact(&mut begun)).await;
    heard.expect("in time").expect("an answer");
    assert_eq!(&begun, b"HTTP/1.1 100");
    let stopped = timeout(PATIENCE, house.running.until(async {})).await;
    stopped.expect("in time").expect("a clean stop");
    let mut rest = Vec::new();
    let closed = timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
    assert!(closed.is_ok(), "the connection was closed");
}

#[tokio::test]
async fn who_sends_a_small_body_drop_by_drop_is_hung_up_on() {
    let house = House::open().await;
    let mut stream = TcpStream::connect(house.running.address())
        .await
        .expect("a connection");
    let head = "POST /api/session HTTP/1.1\r\nHost: x\r\nX-Console: 1\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.expect("sent");
    let (mut receiving, mut sending) = stream.split();
    let mut answer = [0; 12];
    let dripping = async {
        loop {
            tokio::time::sleep(Duration::from_millis(500)).await;
            sending.write_all(b" ").await.expect("sent");
        }
    };
    let answered = timeout(PATIENCE, async {
        tokio::select! {
            read = receiving.read_exact(&mut answer) => read.expect("an answer"),
            () = dripping => 0,
        }
    });
    answered.await.expect("in time");
    assert_eq!(&answer, b"HTTP/1.1 408");
}
