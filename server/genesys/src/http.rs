//! One HTTP exchange within its deadlines: from a request to an [`Outcome`].

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Request, Response, redirect};

use crate::answer::{Answer, BodyFault, Outcome, RetryAfter};
use crate::clock::{Clock, within};
use crate::limits::Limits;
use crate::observer::Headroom;
use crate::retry_after::retry_after;
use crate::settings::{InvalidSettings, PlainHttp, Settings};

/// Genesys Cloud's reference for a request.
const CORRELATION_ID: &str = "inin-correlation-id";
/// Answers are asked for as they are: a small one that grows without end while
/// it is unpacked is then none that is read.
const IDENTITY: HeaderValue = HeaderValue::from_static("identity");
const LONGEST_CORRELATION_ID: usize = 128;

/// Sends requests and reads answers, within limits; retries nothing.
#[derive(Clone)]
pub(crate) struct Http {
    client: Client,
    clock: Arc<dyn Clock>,
    limits: Arc<Limits>,
}

impl Http {
    pub(crate) fn new(
        settings: &Settings,
        clock: Arc<dyn Clock>,
        limits: Arc<Limits>,
    ) -> Result<Self, InvalidSettings> {
        let client = Client::builder()
            .user_agent(concat!("patchbay/", env!("CARGO_PKG_VERSION")))
            .default_headers(HeaderMap::from_iter([(ACCEPT_ENCODING, IDENTITY)]))
            .connect_timeout(limits.connect)
            .https_only(settings.plain_http == PlainHttp::Refused)
            // A redirect could carry a token to another host, and a proxy from
            // the environment would see where calls go.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            // Whether a call may be sent again is decided in one place, ours.
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| InvalidSettings::NoHttpClient {
                reason: error.to_string(),
            })?;
        Ok(Self {
            client,
            clock,
            limits,
        })
    }

    /// Sends once. `limit` is what is left for this attempt.
    pub(crate) async fn send(&self, request: Request, limit: Duration) -> Outcome {
        let limit = limit.min(self.limits.attempt);
        let exchange = async {
            let sending = self.client.execute(request);
            match within(&*self.clock, self.limits.headers, sending).await {
                None => Outcome::TimedOut,
                Some(Err(error)) => not_answered(&error),
                Some(Ok(response)) => Outcome::Answered(self.read(response).await),
            }
        };
        within(&*self.clock, limit, exchange)
            .await
            .unwrap_or(Outcome::TimedOut)
    }

    async fn read(&self, response: Response) -> Answer {
        let status = response.status().as_u16();
        let correlation_id = correlation_id(response.headers());
        let retry_after = self.retry_after(response.headers());
        let headroom = headroom(response.headers());
        Answer {
            status,
            correlation_id,
            retry_after,
            headroom,
            body: self.read_body(response).await,
        }
    }

    /// What is compressed is not read, so the bytes counted are the bytes kept.
    async fn read_body(&self, mut response: Response) -> Result<Bytes, BodyFault> {
        let encodings = response.headers().get_all(CONTENT_ENCODING);
        if encodings.iter().any(|encoding| *encoding != IDENTITY) {
            return Err(BodyFault::Encoded);
        }
        let mut body = BytesMut::new();
        loop {
            let chunk = within(&*self.clock, self.limits.idle_body, response.chunk())
                .await
                .ok_or(BodyFault::TimedOut)?;
            match chunk {
                Err(_) => return Err(BodyFault::Broken),
                Ok(None) => return Ok(body.freeze()),
                Ok(Some(chunk)) if body.len() + chunk.len() > self.limits.body_bytes => {
                    return Err(BodyFault::TooLarge);
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            }
        }
    }

    /// Of several headers the longest wait counts.
    fn retry_after(&self, headers: &HeaderMap) -> RetryAfter {
        let now = self.clock.wall();
        let mut waits = headers
            .get_all(RETRY_AFTER)
            .iter()
            .map(|value| retry_after(value.to_str().ok()?, now))
            .peekable();
        if waits.peek().is_none() {
            return RetryAfter::Absent;
        }
        waits
            .flatten()
            .max()
            .map_or(RetryAfter::Unreadable, RetryAfter::Wait)
    }
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").finish_non_exhaustive()
    }
}

fn correlation_id(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(CORRELATION_ID)?.to_str().ok()?;
    let harmless = !text.is_empty() && text.len() <= LONGEST_CORRELATION_ID;
    harmless.then(|| text.to_owned())
}

/// What an answer says of the rate limit; nothing unless all three are numbers.
fn headroom(headers: &HeaderMap) -> Option<Headroom> {
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u32>().ok();
    Some(Headroom {
        used: number("inin-ratelimit-count")?,
        allowed: number("inin-ratelimit-allowed")?,
        reset: Duration::from_secs(number("inin-ratelimit-reset")?.into()),
    })
}

/// Tells a connection that never stood from one that broke.
fn not_answered(error: &reqwest::Error) -> Outcome {
    if let Some(reason) = tls_reason(error) {
        return Outcome::NotSecure { reason };
    }
    if error.is_connect() || error.is_builder() {
        return Outcome::NotSent;
    }
    Outcome::Broken
}

/// What the TLS library says, if it is the cause.
fn tls_reason(error: &reqwest::Error) -> Option<String> {
    let mut next: Option<&(dyn StdError + 'static)> = error.source();
    while let Some(cause) = next {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Some(tls.to_string());
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
    None
}
