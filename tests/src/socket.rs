//! The editing socket, as a page opens it.

use anyhow::{Context, Result};
use api::socket::{FromBrowser, FromServer};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::heard::Heard;
use crate::person::Person;

/// An open editing socket. Dropped, it breaks off without a goodbye.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    heard: Heard,
}

impl Socket {
    /// Opens the socket of a flow; with `since`, to go on after that edit.
    ///
    /// # Errors
    /// When the server refuses or is not there.
    pub async fn open(person: &Person, flow: &str, since: Option<u64>) -> Result<Self> {
        let origin = person.address();
        let host = origin.trim_start_matches("http://");
        let since = since.map(|seq| format!("?since={seq}")).unwrap_or_default();
        let mut request = format!("ws://{host}/api/socket/{flow}{since}").into_client_request()?;
        let headers = request.headers_mut();
        headers.insert(header::ORIGIN, HeaderValue::from_str(origin)?);
        headers.insert(header::COOKIE, HeaderValue::from_str(person.cookie())?);
        let (stream, _) = connect_async(request).await?;
        Ok(Self {
            stream,
            heard: person.heard().clone(),
        })
    }

    /// The next message; none when the connection has ended. Nothing is lost
    /// when this is given up half-way.
    ///
    /// # Errors
    /// When the server says what no server of this version says.
    pub async fn next(&mut self) -> Result<Option<FromServer>> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    self.heard.add(&text);
                    let message = serde_json::from_str(&text);
                    return message
                        .map(Some)
                        .with_context(|| format!("not a message: {text}"));
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(None),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Says something. Whether it got away.
    ///
    /// # Errors
    /// Never for messages of this version.
    pub async fn say(&mut self, message: &FromBrowser) -> Result<bool> {
        let text = serde_json::to_string(message)?;
        Ok(self.stream.send(Message::text(text)).await.is_ok())
    }
}
