//! Asks the token endpoint once.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::{Url, form_urlencoded};

use crate::answer::{Answer, Outcome, RetryAfter};
use crate::clock::Clock;
use crate::failure::{Failure, FailureKind};
use crate::http::Http;
use crate::limits::Limits;
use crate::observer::{Attempt, Finished, Observer};
use crate::settings::{ClientCredentials, Settings};

const PATH: &str = "/oauth/token";
/// A year; no token lives longer, and sums with it stay finite.
const LONGEST_LIFE: Duration = Duration::from_secs(365 * 24 * 60 * 60);

pub(crate) struct TokenEndpoint {
    http: Http,
    clock: Arc<dyn Clock>,
    limits: Arc<Limits>,
    url: Url,
    client: ClientCredentials,
}

/// A token as it was issued.
#[derive(Debug)]
pub(super) struct Issued {
    pub(super) value: SecretString,
    pub(super) life: Duration,
}

/// No token, and for how long not to ask again.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) failure: Failure,
    pub(super) pause: Duration,
}

#[derive(Deserialize)]
struct WireToken {
    access_token: String,
    #[serde(default)]
    token_type: Option<String>,
    expires_in: u64,
}

#[derive(Deserialize)]
struct WireError {
    error: String,
}

impl TokenEndpoint {
    pub(crate) fn new(
        http: Http,
        clock: Arc<dyn Clock>,
        limits: Arc<Limits>,
        settings: &Settings,
    ) -> Self {
        let mut url = settings.oauth.clone();
        url.set_path(PATH);
        Self {
            http,
            clock,
            limits,
            url,
            client: settings.client.clone(),
        }
    }

    pub(super) fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    pub(super) async fn ask(&self, observer: &dyn Observer) -> Result<Issued, Refusal> {
        let (at, started) = (self.clock.wall(), self.clock.now());
        let outcome = self.http.send(self.request(), self.limits.attempt).await;
        let (on_wire, correlation_id) = outcome.on_wire();
        observer.attempted(&Attempt {
            operation: "oauth.token",
            method: "POST",
            path_template: PATH,
            number: 1,
            at,
            waited: Duration::ZERO,
            duration: self.clock.now().saturating_duration_since(started),
            outcome: on_wire,
            headroom: None,
            correlation_id: correlation_id.clone(),
        });
        let judged = self.judge(outcome).map_err(|(kind, wait)| Refusal {
            failure: Failure::new(kind, correlation_id.clone()),
            pause: wait.unwrap_or_default().max(self.limits.sign_in_pause),
        });
        let failure = judged.as_ref().err().map(|refusal| refusal.failure.code());
        observer.finished(&Finished {
            operation: "oauth.token",
            method: "POST",
            path_template: PATH,
            attempts: 1,
            at: self.clock.wall(),
            failure,
            correlation_id: correlation_id.filter(|_| failure.is_some()),
        });
        judged
    }

    fn request(&self) -> Request {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.client.id)
            .append_pair("client_secret", self.client.secret.expose_secret());
        if let Some(scope) = &self.client.scope {
            form.append_pair("scope", scope);
        }
        let mut request = Request::new(Method::POST, self.url.clone());
        let headers = request.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(form.finish().into());
        request
    }

    fn judge(&self, outcome: Outcome) -> Result<Issued, (FailureKind, Option<Duration>)> {
        match outcome {
            Outcome::Answered(answer) if answer.status == 200 => {
                issued(&answer).ok_or((FailureKind::SignInUnavailable, None))
            }
            Outcome::Answered(answer) => {
                let wait = match answer.retry_after {
                    RetryAfter::Wait(wait) => Some(wait),
                    RetryAfter::Absent | RetryAfter::Unreadable => None,
                };
                Err((self.refusal(&answer), wait))
            }
            Outcome::NotSecure { reason } => {
                Err((FailureKind::SecureConnectionFailed { reason }, None))
            }
            Outcome::NotSent | Outcome::Broken | Outcome::TimedOut => {
                Err((FailureKind::SignInUnavailable, None))
            }
        }
    }

    /// Only the standard's error code is looked at: descriptions may echo what
    /// was sent.
    fn refusal(&self, answer: &Answer) -> FailureKind {
        let error = answer
            .body
            .as_ref()
            .ok()
            .and_then(|body| serde_json::from_slice::<WireError>(body).ok())
            .map(|wire| wire.error)
            .unwrap_or_default();
        match (answer.status, error.as_str()) {
            (400 | 403, "invalid_scope") => FailureKind::PermissionMissing {
                missing: self
                    .client
                    .scope
                    .iter()
                    .flat_map(|scope| scope.split(' '))
                    .map(str::to_owned)
                    .collect(),
                message: String::new(),
            },
            (401, _)
            | (
                400 | 403,
                "invalid_client" | "unauthorized_client" | "invalid_grant" | "access_denied",
            ) => FailureKind::CredentialsRefused,
            _ => FailureKind::SignInUnavailable,
        }
    }
}

impl std::fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenEndpoint")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

/// The token, if the answer is one that can be used in a header.
fn issued(answer: &Answer) -> Option<Issued> {
    let wire: WireToken = serde_json::from_slice(answer.body.as_ref().ok()?).ok()?;
    let bearer = wire
        .token_type
        .is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let value = SecretString::from(wire.access_token);
    let text = value.expose_secret();
    let sendable = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    (bearer && sendable && wire.expires_in > 0).then_some(Issued {
        life: Duration::from_secs(wire.expires_in).min(LONGEST_LIFE),
        value,
    })
}
