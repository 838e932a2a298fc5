//! An editing socket, as a browser holds it.

use std::time::Duration;

use api::socket::{FromBrowser, FromServer};
use flow::{FlowSetting, Kind, Node, NodeId, Op, Point, Transaction};
use futures_util::{SinkExt, StreamExt};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{
        Error, Message,
        client::IntoClientRequest,
        http::{HeaderValue, Request},
    },
};

use crate::house::Person;

/// Nothing that is waited for takes so long; a test that fails ends by it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Person {
    /// Opens a socket as a page of ours does.
    pub(crate) async fn socket(&self, flow: &str, since: Option<u64>) -> Socket {
        let origin = self.base.clone();
        self.socket_from(flow, since, Some(&origin))
            .await
            .expect("a socket")
    }

    /// Opens a socket from a page of this origin; else the status.
    pub(crate) async fn socket_from(
        &self,
        flow: &str,
        since: Option<u64>,
        origin: Option<&str>,
    ) -> Result<Socket, u16> {
        let request = self.upgrade(flow, since, origin);
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    fn upgrade(&self, flow: &str, since: Option<u64>, origin: Option<&str>) -> Request<()> {
        let base = self.base.replacen("http", "ws", 1);
        let since = since.map(|seq| format!("?since={seq}")).unwrap_or_default();
        let mut request = format!("{base}/api/socket/{flow}{since}")
            .into_client_request()
            .expect("a request");
        let headers = request.headers_mut();
        headers.insert("cookie", HeaderValue::from_str(&self.cookie).expect("text"));
        if let Some(origin) = origin {
            let origin = HeaderValue::from_bytes(origin.as_bytes()).expect("a header");
            headers.insert("origin", origin);
        }
        request
    }
}

impl Socket {
    pub(crate) async fn say(&mut self, message: &FromBrowser) {
        let text = serde_json::to_string(message).expect("JSON");
        self.say_text(text).await;
    }

    pub(crate) async fn say_text(&mut self, text: String) {
        self.0.send(Message::text(text)).await.expect("sent");
    }

    /// Says it more often than anybody may at once.
    pub(crate) async fn flood(&mut self, message: &FromBrowser) {
        let text = serde_json::to_string(message).expect("JSON");
        for _ in 0..400 {
            self.0
                .feed(Message::text(text.clone()))
                .await
                .expect("queued");
        }
        self.0.flush().await.expect("sent");
    }

    pub(crate) async fn submit(&mut self, id: &str, transaction: Transaction) {
        let id = id.to_owned();
        self.say(&FromBrowser::Submit { id, transaction }).await;
    }

    /// What had been said when the server answers a ping.
    pub(crate) async fn said_before_pong(&mut self) -> Vec<FromServer> {
        self.0
            .send(Message::Ping(Vec::new().into()))
            .await
            .expect("sent");
        let mut said = Vec::new();
        loop {
            let frame = timeout(PATIENCE, self.0.next())
                .await
                .expect("a frame in time");
            match frame.expect("an open socket").expect("a frame") {
                Message::Text(text) => said.push(serde_json::from_str(&text).expect("a message")),
                Message::Pong(_) => return said,
                _ => {}
            }
        }
    }

    /// The next message; the close code once the server closes.
    pub(crate) async fn next(&mut self) -> Result<FromServer, u16> {
        // Pings are no answer, and go on for ever.
        timeout(PATIENCE, self.next_message())
            .await
            .expect("a message in time")
    }

    async fn next_message(&mut self) -> Result<FromServer, u16> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(serde_json::from_str(&text).expect("a message"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Err(frame.map_or(1005, |frame| frame.code.into()));
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// The next message that is about the flow, not about who is there.
    pub(crate) async fn heard(&mut self) -> FromServer {
        loop {
            match self.next().await.expect("an open socket") {
                FromServer::People { .. } => {}
                message => return message,
            }
        }
    }

    /// Waits for the server to close; the code.
    pub(crate) async fn closed(&mut self) -> u16 {
        loop {
            if let Err(code) = self.next().await {
                return code;
            }
        }
    }
}

/// Renames the flow.
pub(crate) fn rename(name: &str) -> Transaction {
    let op = Op::SetFlow(FlowSetting::Name(name.to_owned()));
    Transaction::new("Rename the flow", vec![op])
}

/// Adds an End.
pub(crate) fn add_end(id: &str) -> Transaction {
    let op = Op::AddNode {
        id: NodeId::new(id),
        node: Node::of(&Kind::END).into(),
        position: Point::new(0.0, 0.0),
        index: None,
    };
    Transaction::new("Add End", vec![op])
}

/// Waits for the acknowledgement of an edit; its number.
pub(crate) async fn acknowledged(socket: &mut Socket, expected: &str) -> u64 {
    match socket.heard().await {
        FromServer::Acknowledged { id, seq, .. } => {
            assert_eq!(id, expected);
            seq
        }
        other => panic!("{other:?}"),
    }
}

/// Waits for the flow; the number of the last edit that it contains.
pub(crate) async fn welcomed(socket: &mut Socket) -> (u64, flow::Flow) {
    match socket.heard().await {
        FromServer::Welcome { seq, flow, .. } => (seq, *flow),
        other => panic!("{other:?}"),
    }
}
