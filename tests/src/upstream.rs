//! A Genesys Cloud of the test's own, which outlives the server: so that the
//! server can be killed in the middle of a call.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use sandbox::{Arrival, Client, Fault, FaultKind, Options, Route, Sandbox, Times};
use tokio::net::TcpListener;

use crate::server::Setup;

const CLIENT_ID: &str = "tests";
const READER_ID: &str = "tests-reader";
/// Spelled differently in every encoding in which it could leak.
const CLIENT_SECRET: &str = "canary+S3cret/7f3a \"quoted\" & bäck\\slash=";
/// Not the client's secret, and a secret all the same: a mistyped one.
const MISTYPED_SECRET: &str = "canary+S3cret/7f3a \"quoted\" & bäck\\slush=";

/// A simulated Genesys Cloud in the test's process. Ends with the test.
#[derive(Debug)]
pub struct Upstream {
    sandbox: Sandbox,
    address: String,
    calls_per_minute: u32,
    tokens: Arc<Mutex<Vec<String>>>,
    /// As [`crate::Person`] calls, so that the two can be compared.
    http: reqwest::Client,
}

impl Upstream {
    /// Starts one, without flows.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start() -> Result<Self> {
        Self::start_with(Options::default().calls_per_minute).await
    }

    /// Starts one that takes so many calls a minute.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start_with(calls_per_minute: u32) -> Result<Self> {
        Self::start_as(Options {
            calls_per_minute,
            ..Options::default()
        })
        .await
    }

    /// Starts one that behaves so; who may sign in is its own.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start_as(options: Options) -> Result<Self> {
        let calls_per_minute = options.calls_per_minute;
        let client = |id: &str, scopes: &[&str]| Client {
            id: id.to_owned(),
            secret: CLIENT_SECRET.into(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        };
        let sandbox = Sandbox::open(Options {
            clients: vec![
                client(
                    CLIENT_ID,
                    &[
                        "flow:all",
                        "flow:flowmodule:read",
                        "flow:flowmodule:write",
                        "task:read",
                        "task:write",
                        "externalcontacts:contact:read",
                        "externalcontacts:contact:write",
                        "conversation:write",
                        "routing:outboundcontact:write",
                    ],
                ),
                client(READER_ID, &["flow:view"]),
            ],
            ..options
        })?;
        let tokens = Arc::default();
        let router = sandbox::router(sandbox.clone())
            .layer(from_fn_with_state(Arc::clone(&tokens), note_token));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            sandbox,
            address,
            calls_per_minute,
            tokens,
            http: reqwest::Client::builder()
                .no_proxy()
                .pool_max_idle_per_host(0)
                .build()?,
        })
    }

    /// Reads straight from it, with the token that a server was given.
    ///
    /// # Errors
    /// When no server has called yet, or it answers with a failure.
    pub async fn read(&self, path: &str) -> Result<()> {
        let token = {
            let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
            tokens.last().cloned().context("no server has called yet")?
        };
        let url = format!("{}{path}", self.address);
        let answer = self.http.get(url).bearer_auth(token).send().await?;
        answer.error_for_status()?.bytes().await?;
        Ok(())
    }

    /// A server whose default connection leads here.
    #[must_use]
    pub fn setup(&self) -> Setup {
        Setup::default()
            .environment("GENESYS_ENV_URL", &self.address)
            .environment("GENESYS_CLIENT_ID", CLIENT_ID)
            .environment("GENESYS_CLIENT_SECRET", CLIENT_SECRET)
            .environment(
                "PATCHBAY_CALLS_PER_MINUTE",
                self.calls_per_minute.to_string(),
            )
    }

    /// The same with a secret that is refused.
    #[must_use]
    pub fn setup_with_mistyped_secret(&self) -> Setup {
        self.setup()
            .environment("GENESYS_CLIENT_SECRET", MISTYPED_SECRET)
    }

    /// The same with a client that may read flows and nothing else.
    #[must_use]
    pub fn setup_without_permission(&self) -> Setup {
        self.setup().environment("GENESYS_CLIENT_ID", READER_ID)
    }

    /// The same with an address at which nobody answers.
    #[must_use]
    pub fn setup_with_wrong_address(&self) -> Setup {
        // The port of the discard service, which no machine runs any more.
        self.setup()
            .environment("GENESYS_ENV_URL", "http://127.0.0.1:9")
    }

    /// What nobody may learn: the client's secret, a mistyped one, and the
    /// tokens that were shown here; each with its name.
    #[must_use]
    pub fn secrets(&self) -> Vec<(&'static str, String)> {
        let tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        let mut secrets = vec![
            ("the client secret", CLIENT_SECRET.to_owned()),
            ("a mistyped client secret", MISTYPED_SECRET.to_owned()),
        ];
        secrets.extend(
            tokens
                .iter()
                .map(|token| ("an access token", token.clone())),
        );
        secrets
    }

    /// The simulation: what it holds, what arrived.
    #[must_use]
    pub fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Lets the next request of a kind go wrong; called twice, the one after it
    /// too.
    pub fn fail_once(&self, route: Route, kind: FaultKind) {
        self.sandbox.inject(Fault {
            route,
            times: Times::Count(1),
            kind,
        });
    }

    /// The requests that arrived of this method and path; `*` in the path
    /// stands for an id.
    #[must_use]
    pub fn arrived(&self, method: &str, path: &str) -> Vec<Arrival> {
        let is_same = |wanted: &str, given: &str| {
            let (wanted, given): (Vec<_>, Vec<_>) =
                (wanted.split('/').collect(), given.split('/').collect());
            wanted.len() == given.len()
                && wanted
                    .iter()
                    .zip(given)
                    .all(|(wanted, given)| *wanted == "*" || *wanted == given)
        };
        let mut arrivals = self.sandbox.arrivals();
        arrivals.retain(|arrival| arrival.method == method && is_same(path, &arrival.path));
        arrivals
    }
}

async fn note_token(
    State(tokens): State<Arc<Mutex<Vec<String>>>>,
    request: Request,
    next: Next,
) -> Response {
    let shown = request.headers().get(header::AUTHORIZATION);
    let token = shown.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if let Some(token) = token {
        let mut tokens = tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if !tokens.iter().any(|known| known == token) {
            tokens.push(token.to_owned());
        }
    }
    next.run(request).await
}
