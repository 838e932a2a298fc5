//! The server that fails by script, and a connection to it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use genesys::{
    BreakerLimits, ClientCredentials, Clock, Connection, FlowId, Limits, PlainHttp, Settings,
};

pub(crate) const SECRET: &str = "client-secret-canary";
pub(crate) const ID: &str = "0b9f6d1e-4b7c-4d57-9f39-2a4f0f3f6a11";

pub(crate) const CONTACT: &str = "EXT-1";

/// What happens to one request.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Answer(u16, Vec<(&'static str, String)>, String),
    /// The connection closes without an answer.
    Reset,
    /// The head and a part of the body arrive, then the connection closes.
    Truncated,
    Never,
    /// A byte now and then, for ever.
    Trickle,
    /// Success, with more than is read.
    Huge,
}

impl Step {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer(status, Vec::new(), String::new())
    }

    pub(crate) fn body(status: u16, body: impl Into<String>) -> Self {
        Self::Answer(status, Vec::new(), body.into())
    }

    pub(crate) fn retry_after(status: u16, value: impl Into<String>) -> Self {
        Self::Answer(status, vec![("retry-after", value.into())], String::new())
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) at: Instant,
    pub(crate) body: Bytes,
}

/// Answers by script; when the script is at its end, as Genesys Cloud would.
#[derive(Clone)]
pub(crate) struct FaultServer {
    pub(crate) base: String,
    inner: Arc<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    script: Mutex<VecDeque<Step>>,
    /// What happens to every request, when there is no script.
    always: Mutex<Option<Step>>,
    sign_in: Mutex<Option<Step>>,
    token_life_seconds: Mutex<u64>,
    tokens: Mutex<Tokens>,
    calls: Mutex<Vec<Seen>>,
}

#[derive(Default)]
struct Tokens {
    issued: usize,
    asked: usize,
    valid: Option<String>,
}

impl FaultServer {
    pub(crate) async fn start(clock: Arc<dyn Clock>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let inner = Arc::new(Inner {
            clock,
            script: Mutex::default(),
            always: Mutex::default(),
            sign_in: Mutex::default(),
            token_life_seconds: Mutex::new(86_400),
            tokens: Mutex::default(),
            calls: Mutex::default(),
        });
        let server = Self { base, inner };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    pub(crate) fn script(&self, steps: impl IntoIterator<Item = Step>) {
        self.inner.script.lock().expect("unpoisoned").extend(steps);
    }

    pub(crate) fn always(&self, step: Option<Step>) {
        *self.inner.always.lock().expect("unpoisoned") = step;
    }

    pub(crate) fn sign_in(&self, step: Option<Step>) {
        *self.inner.sign_in.lock().expect("unpoisoned") = step;
    }

    pub(crate) fn token_life(&self, seconds: u64) {
        *self.inner.token_life_seconds.lock().expect("unpoisoned") = seconds;
    }

    pub(crate) fn revoke_token(&self) {
        self.inner.tokens.lock().expect("unpoisoned").valid = None;
    }

    pub(crate) fn calls(&self) -> Vec<Seen> {
        self.inner.calls.lock().expect("unpoisoned").clone()
    }

    /// How often a token was asked for.
    pub(crate) fn sign_ins(&self) -> usize {
        self.inner.tokens.lock().expect("unpoisoned").asked
    }

    /// A connection to this server on its clock.
    pub(crate) fn connection(&self, limits: Limits) -> Connection {
        self.connection_to(&self.base, limits)
    }

    /// A connection that signs in here and calls an API elsewhere.
    pub(crate) fn connection_to(&self, api: &str, limits: Limits) -> Connection {
        let client = ClientCredentials {
            id: "client".to_owned(),
            secret: SECRET.to_owned().into(),
            scope: None,
        };
        let (oauth, plain_http) = (Some(self.base.as_str()), PlainHttp::OnLoopback);
        let settings = Settings::new(api, oauth, client, plain_http).expect("settings");
        Connection::with(&settings, limits, Arc::clone(&self.inner.clock)).expect("a connection")
    }

    fn token_answer(&self) -> Option<Response> {
        let mut tokens = self.inner.tokens.lock().expect("unpoisoned");
        tokens.asked += 1;
        if self.inner.sign_in.lock().expect("unpoisoned").is_some() {
            return None;
        }
        tokens.issued += 1;
        let token = format!("token-canary-{}", tokens.issued);
        tokens.valid = Some(token.clone());
        let life = *self.inner.token_life_seconds.lock().expect("unpoisoned");
        let body =
            format!(r#"{{"access_token":"{token}","token_type":"bearer","expires_in":{life}}}"#);
        Some(body.into_response())
    }

    fn is_valid(&self, headers: &HeaderMap) -> bool {
        let tokens = self.inner.tokens.lock().expect("unpoisoned");
        let expected = tokens.valid.as_ref().map(|token| format!("Bearer {token}"));
        let sent = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        expected.is_some() && expected.as_deref() == sent
    }
}

async fn answer(State(server): State<FaultServer>, request: Request) -> Response {
    if request.uri().path() == "/oauth/token" {
        if let Some(answer) = server.token_answer() {
            return answer;
        }
        let step = server.inner.sign_in.lock().expect("unpoisoned").clone();
        return perform(step.expect("a step for signing in")).await;
    }
    let at = server.inner.clock.now();
    let valid = server.is_valid(request.headers());
    let publishes = request.uri().path().ends_with("/publish");
    let body = axum::body::to_bytes(request.into_body(), usize::MAX)
        .await
        .expect("a body");
    server
        .inner
        .calls
        .lock()
        .expect("unpoisoned")
        .push(Seen { at, body });
    let scripted = server.inner.script.lock().expect("unpoisoned").pop_front();
    let always = server.inner.always.lock().expect("unpoisoned").clone();
    match scripted.or(always) {
        Some(step) => perform(step).await,
        None if !valid => perform(Step::status(401)).await,
        None if publishes => r#"{"version":1}"#.into_response(),
        None => flow().into_response(),
    }
}

/// A success that every operation understands: answers may say more than is
/// read.
pub(crate) fn flow() -> String {
    format!(
        r#"{{"id":"{ID}","name":"A","version":1,"entities":[],"pageCount":1,"externalContactId":"{CONTACT}","extra":true}}"#
    )
}

async fn perform(step: Step) -> Response {
    match step {
        Step::Answer(status, headers, body) => {
            let status = StatusCode::from_u16(status).expect("a status");
            let mut response = (status, body).into_response();
            for (name, value) in headers {
                let value = value.parse().expect("a header value");
                response.headers_mut().append(name, value);
            }
            response
        }
        Step::Reset => streamed(stream::once(async { Err(std::io::Error::other("reset")) })),
        Step::Truncated => {
            let part = stream::once(async { Ok(Bytes::from_static(b"{\"id\":")) });
            // Time for the part to leave before the connection breaks.
            let broken = stream::once(async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(std::io::Error::other("truncated"))
            });
            streamed(part.chain(broken))
        }
        Step::Never => std::future::pending().await,
        Step::Trickle => streamed(stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            Some((Ok(Bytes::from_static(b" ")), ()))
        })),
        Step::Huge => {
            let blanks = Bytes::from_static(&[b' '; 64 * 1024]);
            streamed(stream::iter(std::iter::repeat_n(blanks, 16 * 1024)).map(Ok))
        }
    }
}

fn streamed(
    body: impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static,
) -> Response {
    Response::new(Body::from_stream(body))
}

/// Limits whose deadlines are out of reach, so that a busy machine does not
/// change a test's outcome; pace and breaker are out of the way as well.
pub(crate) fn patient() -> Limits {
    let long = Duration::from_secs(100_000);
    Limits {
        headers: long,
        idle_body: long,
        attempt: long,
        whole: long,
        calls_per_minute: 1_000_000,
        burst: 10_000,
        breaker: BreakerLimits {
            failures: u32::MAX,
            ..Limits::default().breaker
        },
        ..Limits::default()
    }
}

pub(crate) fn id() -> FlowId {
    ID.parse().expect("an id")
}
