//! One call of a receiver: signed, guarded, within its limits.

use std::{error::Error as StdError, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, ClientBuilder, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect,
};
use url::Url;

use crate::{
    Destination, Forbidden, InvalidSecret, Lookup, PORTS, Secret, is_public, preview,
    resolver::{Guard, NotCalled},
    signature,
};

/// How long a name is looked up before its address is taken as it is.
const LOOK: Duration = Duration::from_secs(3);

/// What a call may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the beginning to the head of the answer.
    pub answer: Duration,
    /// From there to the end of what is read of its body. The status counts
    /// whatever becomes of the body.
    pub body: Duration,
    /// How much of its body is read, in bytes.
    pub body_bytes: usize,
}

impl Default for Limits {
    /// 15 s to the answer, 2 s and 64 KiB of its body.
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(15),
            body: Duration::from_secs(2),
            body_bytes: 64 * 1024,
        }
    }
}

/// Somebody on loopback who answers for a host that there is not: the sandbox.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// The host: `hooks.sandbox.invalid`.
    pub host: String,
    /// Where it is answered, by plain HTTP.
    pub address: SocketAddr,
    /// What stands before the path there: `/hooks`.
    pub path: String,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// By which the receiver knows it again.
    pub id: &'a str,
    /// When it is sent, in seconds since 1970 in UTC.
    pub timestamp_seconds: i64,
    /// Byte for byte.
    pub body: &'a str,
}

/// What a receiver answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The value of `Retry-After`, if there is one.
    pub retry_after: Option<String>,
    /// The beginning of the body, escaped.
    pub preview: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address is none that may be called. Nothing was sent.
    #[error("{0}")]
    Forbidden(#[from] Forbidden),
    /// A secret does not sign. Nothing was sent.
    #[error("The signing secret cannot be used. Rotate it.")]
    Secret(#[from] InvalidSecret),
    /// The name is not known. Nothing was sent.
    #[error("The name of the host is not known.")]
    UnknownName,
    /// The name leads inside. Nothing was sent.
    #[error("The name of the host leads to an address that is not public.")]
    NotPublic,
    /// No connection stood. Nothing was sent.
    #[error("The receiver cannot be reached: no connection.")]
    NotReached,
    /// The connection is not safe. Nothing was sent.
    #[error("No secure connection: {0}.")]
    NotSecure(String),
    /// There was no answer in time.
    #[error("The receiver did not answer within {0} s.")]
    TimedOut(u64),
    /// The connection broke before there was an answer.
    #[error("The connection broke before the receiver had answered.")]
    Broken,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for webhooks could be made: {0}")]
pub struct Unusable(#[from] reqwest::Error);

/// Calls receivers. Copies share connections.
#[derive(Clone)]
pub struct Caller {
    /// Connects to public addresses alone.
    guarded: Client,
    /// Connects to the stand-in's address alone.
    inside: Client,
    ports: Arc<[u16]>,
    limits: Limits,
    lookup: Arc<dyn Lookup>,
    stand_in: Option<StandIn>,
}

/// What both clients have.
fn client() -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("patchbay-webhooks/", env!("CARGO_PKG_VERSION")))
        // A redirect or a proxy would lead past the guard.
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        // When a message is sent again is decided elsewhere.
        .retry(reqwest::retry::never())
}

impl Caller {
    /// A caller that looks names up here.
    ///
    /// # Errors
    /// When there can be no HTTP client.
    pub fn new(lookup: Arc<dyn Lookup>, stand_in: Option<StandIn>) -> Result<Self, Unusable> {
        Ok(Self {
            guarded: client()
                .https_only(true)
                .dns_resolver(Arc::new(Guard(Arc::clone(&lookup))))
                .build()?,
            inside: client().build()?,
            ports: PORTS.into(),
            limits: Limits::default(),
            lookup,
            stand_in,
        })
    }

    /// The same with other limits.
    #[must_use]
    pub fn limited(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same for receivers at other ports: tests listen where they may.
    #[must_use]
    pub fn at_ports(mut self, ports: &[u16]) -> Self {
        self.ports = ports.into();
        self
    }

    /// Whether an address may be called, as far as it says by itself.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, address: &str) -> Result<Destination, Forbidden> {
        match self.stand_in_for(address) {
            Some((destination, _)) => Ok(destination),
            None => Destination::parse(address, &self.ports),
        }
    }

    /// Whether an address may be called, as far as can be seen now: a name that
    /// leads inside is found, one that leads nowhere yet is let pass.
    ///
    /// # Errors
    /// Why not.
    pub async fn examine(&self, address: &str) -> Result<(), CallError> {
        let destination = self.check(address)?;
        if self.stand_in_for(address).is_some() {
            return Ok(());
        }
        let Some(url::Host::Domain(name)) = destination.url().host() else {
            return Ok(());
        };
        let looking = tokio::time::timeout(LOOK, self.lookup.lookup(name));
        match looking.await {
            Ok(Ok(addresses)) if addresses.iter().any(|found| !is_public(found.ip())) => {
                Err(CallError::NotPublic)
            }
            _ => Ok(()),
        }
    }

    /// The path at the stand-in of an address that it answers for.
    #[must_use]
    pub fn path_at_stand_in(&self, address: &str) -> Option<String> {
        let (_, inside) = self.stand_in_for(address)?;
        Some(inside.path().to_owned())
    }

    fn stand_in_for(&self, address: &str) -> Option<(Destination, Url)> {
        let stand_in = self.stand_in.as_ref()?;
        let destination = Destination::at(address, &stand_in.host)?;
        let url = destination.url();
        let query = url
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        let inside = format!(
            "http://{}{}{}{query}",
            stand_in.address,
            stand_in.path,
            url.path()
        );
        Some((destination, Url::parse(&inside).ok()?))
    }

    /// Sends a message once. The address is checked anew: it was stored, and
    /// the rules may have changed since.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn call(
        &self,
        address: &str,
        secrets: &[Secret],
        message: &Message<'_>,
    ) -> Result<Reply, CallError> {
        let (client, url) = match self.stand_in_for(address) {
            Some((_, inside)) => (&self.inside, inside),
            None => {
                let destination = Destination::parse(address, &self.ports)?;
                (&self.guarded, destination.url().clone())
            }
        };
        let timestamp = message.timestamp_seconds;
        let signed = signature(secrets, message.id, timestamp, message.body.as_bytes())?;
        let sending = client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", message.id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", signed)
            .body(message.body.to_owned())
            .send();
        match tokio::time::timeout(self.limits.answer, sending).await {
            Err(_) => Err(CallError::TimedOut(self.limits.answer.as_secs())),
            Ok(Err(error)) => Err(not_answered(&error)),
            Ok(Ok(response)) => Ok(self.read(response).await),
        }
    }

    async fn read(&self, response: Response) -> Reply {
        let retry_after = response.headers().get(RETRY_AFTER);
        Reply {
            status: response.status().as_u16(),
            retry_after: retry_after
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            preview: preview(&self.read_body(response).await),
        }
    }

    /// The body as far as it comes within its limits.
    async fn read_body(&self, mut response: Response) -> Vec<u8> {
        let mut body = Vec::new();
        if response.status() == StatusCode::NO_CONTENT {
            return body;
        }
        let reading = async {
            while body.len() < self.limits.body_bytes {
                match response.chunk().await {
                    Ok(Some(chunk)) => {
                        let room = self.limits.body_bytes - body.len();
                        body.extend(chunk.iter().take(room));
                    }
                    Ok(None) | Err(_) => break,
                }
            }
        };
        // What has come by then is kept; the connection is closed with the rest.
        let _ = tokio::time::timeout(self.limits.body, reading).await;
        body
    }
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caller").finish_non_exhaustive()
    }
}

/// Says why there is no answer, by what the libraries say at the bottom.
fn not_answered(error: &reqwest::Error) -> CallError {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = next {
        if let Some(not_called) = cause.downcast_ref::<NotCalled>() {
            return match not_called {
                NotCalled::Unknown => CallError::UnknownName,
                NotCalled::NotPublic => CallError::NotPublic,
            };
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return CallError::NotSecure(tls.to_string());
        }
        // `io::Error` hides what it wraps from `source`.
        let wrapped = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    if error.is_connect() || error.is_builder() {
        CallError::NotReached
    } else {
        CallError::Broken
    }
}
