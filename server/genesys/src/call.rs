//! The engine: sends a call as often as the rules allow.

use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request};
use secrecy::ExposeSecret;
use url::Url;

use crate::answer::Outcome;
use crate::breaker::Permit;
use crate::bucket;
use crate::clock::within;
use crate::connection::Connection;
use crate::failure::{Conflict, Failure, FailureKind, LostAnswer};
use crate::observer::{Attempt, Finished};
use crate::probe;
use crate::token::Token;
use crate::verdict::{Circumstances, Resend, Success, Verdict, Wait};

/// A call as an operation describes it.
#[derive(Debug)]
pub(crate) struct Call {
    /// For example `flows.create`.
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The path with placeholders, as observers see it.
    pub(crate) template: &'static str,
    pub(crate) url: Url,
    pub(crate) body: Option<Bytes>,
    pub(crate) resend: Resend,
}

/// One call on its way through its attempts.
struct Journey<'a> {
    connection: &'a Connection,
    call: &'a Call,
    deadline: Instant,
    attempt: u32,
    /// How long it has waited for its turn since the last attempt.
    waited: Duration,
    token_renewed: bool,
    /// How an earlier attempt's answer got lost, if one did.
    lost_before: Option<LostAnswer>,
}

/// What a failed step leads to.
enum Next {
    SendAgain,
    GiveUp(Failure),
}

impl Connection {
    /// An address below the API's base; each segment is encoded as one.
    pub(crate) fn url(&self, segments: &[&str]) -> Url {
        let mut url = self.shared.api.clone();
        // Settings hold only addresses with a host, which can have a path.
        if let Ok(mut path) = url.path_segments_mut() {
            path.clear().extend(segments);
        }
        url
    }

    /// Sends `call` until it succeeds, fails, or the limits are reached.
    pub(crate) async fn send(&self, call: &Call) -> Result<Success, Failure> {
        let now = self.shared.clock.now();
        self.shared.budget.call_started(now);
        let mut journey = Journey {
            waited: Duration::ZERO,
            connection: self,
            call,
            deadline: now + self.shared.limits.whole,
            attempt: 0,
            token_renewed: false,
            lost_before: None,
        };
        loop {
            journey.attempt += 1;
            let failure = match journey.step().await {
                Ok(success) => {
                    self.observer.finished(&journey.ended(None));
                    return Ok(success);
                }
                Err(Next::SendAgain) => continue,
                Err(Next::GiveUp(failure)) => journey.in_view_of_earlier_losses(failure),
            };
            self.observer.finished(&journey.ended(Some(&failure)));
            tracing::info!(
                operation = call.operation,
                attempts = journey.attempt,
                code = failure.code(),
                correlation_id = failure.correlation_id,
                "a Genesys Cloud call failed"
            );
            return Err(failure);
        }
    }
}

impl Journey<'_> {
    /// One attempt, with what comes before (token, turn) and after it
    /// (judgement, wait).
    async fn step(&mut self) -> Result<Success, Next> {
        let token = match self.token().await {
            Ok(token) => token,
            Err(failure) => return Err(self.without_token(failure).await),
        };
        self.turn().await.map_err(Next::GiveUp)?;
        let permit = Self::permit(self.connection).map_err(Next::GiveUp)?;
        let outcome = self.attempt(&token, permit).await;
        match self.judge(&token, outcome) {
            Verdict::Done(success) => Ok(success),
            Verdict::Over(failure) => Err(Next::GiveUp(failure)),
            Verdict::Renew(failure) => {
                self.shared().tokens.drop_generation(token.generation);
                if self.token_renewed {
                    return Err(Next::GiveUp(failure));
                }
                self.token_renewed = true;
                Err(Next::SendAgain)
            }
            Verdict::Again(wait, failure) => Err(self.again(wait, failure).await),
        }
    }

    fn shared(&self) -> &crate::connection::Shared {
        &self.connection.shared
    }

    fn time_left(&self) -> Duration {
        self.deadline
            .saturating_duration_since(self.shared().clock.now())
    }

    async fn token(&self) -> Result<Token, Failure> {
        let getting = self.shared().tokens.get(&self.connection.observer);
        within(&*self.shared().clock, self.time_left(), getting)
            .await
            .unwrap_or_else(|| Err(Failure::new(FailureKind::SignInUnavailable, None)))
    }

    /// Without a token nothing was sent, so waiting and asking again is safe,
    /// unless the credentials are what is wrong.
    async fn without_token(&mut self, failure: Failure) -> Next {
        match failure.kind {
            FailureKind::SignInUnavailable => self.again(Wait::BackOff, failure).await,
            _ => Next::GiveUp(failure),
        }
    }

    /// Waits until the bucket lets the call through.
    async fn turn(&mut self) -> Result<(), Failure> {
        let shared = &self.connection.shared;
        let came = shared.clock.now();
        let _place = shared.queue.enter();
        loop {
            let wait = match shared.bucket.pause_left() {
                Some(left) => {
                    if left > shared.limits.longest_wait {
                        return Err(self.throttled(left));
                    }
                    self.connection.observer.waiting(shared.clock.wall() + left);
                    left
                }
                None => match shared.bucket.take_place() {
                    Ok(()) => {
                        self.waited += shared.clock.now().saturating_duration_since(came);
                        return Ok(());
                    }
                    Err(bucket::Wait(wait)) => wait,
                },
            };
            if wait >= self.time_left() {
                return Err(self.throttled(wait));
            }
            shared.clock.sleep(wait).await;
        }
    }

    fn throttled(&self, wait: Duration) -> Failure {
        let shared = self.shared();
        Failure::new(
            FailureKind::Throttled {
                until: shared.clock.wall() + wait,
                queueable: wait <= shared.limits.longest_queue,
            },
            None,
        )
    }

    fn permit(connection: &Connection) -> Result<Permit<'_>, Failure> {
        let shared = &connection.shared;
        shared
            .breaker
            .permit(shared.clock.now())
            .map_err(|_| Failure::new(FailureKind::Unavailable { status: None }, None))
    }

    async fn attempt(&mut self, token: &Token, permit: Permit<'_>) -> Outcome {
        let waited = std::mem::take(&mut self.waited);
        let shared = self.shared();
        let (at, started) = (shared.clock.wall(), shared.clock.now());
        let request = self.request(token);
        let outcome = shared.http.send(request, self.time_left()).await;
        let now = shared.clock.now();
        if outcome.is_unhealthy() {
            permit.failed(now, shared.clock.jitter());
        } else {
            permit.succeeded();
        }
        let (on_wire, correlation_id) = outcome.on_wire();
        self.connection.observer.attempted(&Attempt {
            operation: self.call.operation,
            method: self.method_name(),
            path_template: self.call.template,
            number: self.attempt,
            at,
            waited,
            duration: now.saturating_duration_since(started),
            outcome: on_wire,
            headroom: outcome.headroom(),
            correlation_id,
        });
        outcome
    }

    /// What is told of the whole call.
    fn ended(&self, failure: Option<&Failure>) -> Finished {
        let failure = failure.filter(|failure| !probe::is_answer(self.call, failure));
        Finished {
            operation: self.call.operation,
            method: self.method_name(),
            path_template: self.call.template,
            attempts: self.attempt,
            at: self.shared().clock.wall(),
            failure: failure.map(Failure::code),
            correlation_id: failure.and_then(|failure| failure.correlation_id.clone()),
        }
    }

    fn method_name(&self) -> &'static str {
        match self.call.method {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "OTHER",
        }
    }

    fn request(&self, token: &Token) -> Request {
        let mut request = Request::new(self.call.method.clone(), self.call.url.clone());
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let bearer = format!("Bearer {}", token.value.expose_secret());
        // Tokens are checked to be visible ASCII when they are issued.
        if let Ok(mut value) = HeaderValue::try_from(bearer) {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        match &self.call.body {
            Some(body) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *request.body_mut() = Some(body.clone().into());
            }
            None if self.call.method == Method::POST => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        request
    }

    fn judge(&self, token: &Token, outcome: Outcome) -> Verdict {
        let shared = self.shared();
        let secrets = [
            token.value.expose_secret(),
            shared.client_secret.expose_secret(),
        ];
        let circumstances = Circumstances {
            resend: self.call.resend,
            limits: &shared.limits,
            now: shared.clock.wall(),
            secrets: &secrets,
        };
        circumstances.judge(outcome)
    }

    /// Waits for the next attempt, if there may be one.
    async fn again(&mut self, wait: Wait, failure: Failure) -> Next {
        let shared = self.shared();
        // The replay with a renewed token is no retry.
        let allowed = shared.limits.attempts + u32::from(self.token_renewed);
        let exhausted = self.attempt >= allowed;
        match wait {
            Wait::Pause(pause) => {
                // The pause holds for every call of the connection, whatever
                // becomes of this one; the next turn waits it out. It adds no
                // load, so the retry budget is not asked.
                shared.bucket.pause(pause);
                let too_long = pause > shared.limits.longest_wait || pause >= self.time_left();
                if exhausted || too_long {
                    return Next::GiveUp(failure);
                }
            }
            Wait::BackOff => {
                let next = self.attempt + 1 - u32::from(self.token_renewed);
                let wait = shared.limits.back_off_before(next, shared.clock.jitter());
                if exhausted
                    || wait >= self.time_left()
                    || !shared.budget.take_retry(shared.clock.now())
                {
                    return Next::GiveUp(failure);
                }
                shared.clock.sleep(wait).await;
            }
        }
        if let FailureKind::UnknownOutcome { lost } = failure.kind {
            self.lost_before = Some(lost);
        }
        Next::SendAgain
    }

    /// Once an answer was lost, no later failure proves that nothing happened.
    fn in_view_of_earlier_losses(&mut self, failure: Failure) -> Failure {
        let Some(lost) = self.lost_before.take() else {
            return failure;
        };
        let lost = match failure.kind {
            FailureKind::UnknownOutcome { .. } => return failure,
            FailureKind::Conflict(Conflict::Version) => LostAnswer::PerhapsDoneBefore,
            _ => lost,
        };
        Failure::new(FailureKind::UnknownOutcome { lost }, failure.correlation_id)
    }
}
