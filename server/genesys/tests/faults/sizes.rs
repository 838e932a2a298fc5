//! Answers without end: reading stops, whatever is announced or packed into
//! them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use genesys::{FailureKind, LostAnswer, ScaledClock};

use crate::server::{FaultServer, id, patient};

const CHUNK: usize = 64 * 1024;
const LIMIT: usize = 10 * 1024 * 1024;
/// What lies in sockets and buffers when the other side stops reading.
const UNDER_WAY: usize = 16 * 1024 * 1024;

/// Answers every call with 1 GiB of these bytes.
struct Endless {
    base: String,
    /// Bytes that were taken out of an answer's body so far.
    sent: Arc<AtomicUsize>,
    /// The `Accept-Encoding` of the last call.
    asked: Arc<std::sync::Mutex<Option<String>>>,
}

impl Endless {
    async fn start(encoding: Option<&'static str>, head: &'static [u8]) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.expect("a port");
        let endless = Self {
            base: format!("http://{}", listener.local_addr().expect("an address")),
            sent: Arc::default(),
            asked: Arc::default(),
        };
        let (sent, asked) = (endless.sent.clone(), endless.asked.clone());
        let answer = move |headers: HeaderMap| {
            let value = headers.get(header::ACCEPT_ENCODING);
            let value = value.map(|value| value.to_str().expect("text").to_owned());
            *asked.lock().expect("unpoisoned") = value;
            std::future::ready(endless_answer(encoding, head, sent.clone()))
        };
        let router = Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        endless
    }
}

fn endless_answer(
    encoding: Option<&'static str>,
    head: &'static [u8],
    sent: Arc<AtomicUsize>,
) -> Response {
    let blanks = Bytes::from_static(&[b' '; CHUNK]);
    let rest = std::iter::repeat_n(blanks, 1024 * 1024 * 1024 / CHUNK);
    let chunks = std::iter::once(Bytes::from_static(head)).chain(rest);
    let body = stream::iter(chunks).map(move |chunk| {
        sent.fetch_add(chunk.len(), Ordering::Relaxed);
        Ok::<_, std::io::Error>(chunk)
    });
    let mut response = (StatusCode::OK, Body::from_stream(body)).into_response();
    if let Some(encoding) = encoding {
        let value = encoding.parse().expect("a header value");
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, value);
    }
    response
}

/// What begins as gzip does, so that a reader which unpacks would go on.
const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

#[tokio::test]
async fn an_answer_without_end_is_left_at_the_limit() {
    let sign_in = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
    let endless = Endless::start(None, b"{}").await;
    let connection = sign_in.connection_to(&endless.base, patient());
    let failure = connection.flows().get(&id()).await.expect_err("too large");
    let limit_bytes = LIMIT;
    assert_eq!(failure.kind, FailureKind::AnswerTooLarge { limit_bytes });
    let sent = endless.sent.load(Ordering::Relaxed);
    assert!(sent <= LIMIT + UNDER_WAY, "{sent} bytes were taken");
}

/// The client unpacks nothing: it says so, and reads nothing of an answer that
/// is packed all the same.
#[tokio::test]
async fn a_compressed_answer_is_not_read_however_large_it_would_become() {
    for encoding in ["gzip", "br", "deflate", "zstd", "identity, gzip"] {
        let sign_in = FaultServer::start(Arc::new(ScaledClock::new(1000))).await;
        let endless = Endless::start(Some(encoding), GZIP).await;
        let connection = sign_in.connection_to(&endless.base, patient());
        let read = connection.flows().get(&id()).await.expect_err("compressed");
        let reason = "it is compressed, which was not asked for".to_owned();
        let unexpected = FailureKind::UnexpectedAnswer {
            status: 200,
            reason: reason.clone(),
        };
        assert_eq!(read.kind, unexpected, "{encoding}");
        let made = connection.flows().create("{}").await;
        let lost = LostAnswer::Unreadable { reason };
        let unknown = FailureKind::UnknownOutcome { lost };
        assert_eq!(made.expect_err("compressed").kind, unknown, "{encoding}");
        let sent = endless.sent.load(Ordering::Relaxed);
        assert!(sent <= 2 * UNDER_WAY, "{encoding}: {sent} bytes were taken");
        let asked = endless.asked.lock().expect("unpoisoned").clone();
        assert_eq!(asked.as_deref(), Some("identity"));
    }
}
