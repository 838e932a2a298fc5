//! The access token: one at a time, renewed in good time by one caller for
//! all, and dropped only by the call that it failed.

mod endpoint;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;

use crate::clock::Clock;
use crate::failure::Failure;
use crate::observer::Observer;
use endpoint::Issued;
pub(crate) use endpoint::TokenEndpoint;

/// A token and its place in the sequence of tokens.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub(crate) value: SecretString,
    pub(crate) generation: u64,
}

#[derive(Debug)]
pub(crate) struct Tokens {
    endpoint: TokenEndpoint,
    state: Mutex<State>,
    /// Held while a renewal is under way.
    flight: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Debug, Default)]
struct State {
    held: Option<Held>,
    generation: u64,
    /// The last failed renewal, and until when it is not tried again.
    failed: Option<(Instant, Failure)>,
}

#[derive(Debug)]
struct Held {
    token: Token,
    renew_at: Instant,
    expires_at: Instant,
}

/// How the held token stands.
enum Standing {
    Fresh(Token),
    /// It still works, and it is time to renew it.
    Due(Token),
    Absent,
}

impl Tokens {
    pub(crate) fn new(endpoint: TokenEndpoint) -> Self {
        Self {
            endpoint,
            state: Mutex::default(),
            flight: Arc::default(),
        }
    }

    /// A token to call with. While the old one works, nobody waits for its
    /// renewal; else all wait for the one renewal under way.
    pub(crate) async fn get(
        self: &Arc<Self>,
        observer: &Arc<dyn Observer>,
    ) -> Result<Token, Failure> {
        match self.standing() {
            Standing::Fresh(token) => Ok(token),
            Standing::Due(token) => {
                self.renew_in_background(observer);
                Ok(token)
            }
            Standing::Absent => {
                let _flight = self.flight.lock().await;
                self.renewed(&**observer).await
            }
        }
    }

    /// Forgets the token if it is still the one of this generation; a newer
    /// one, which others have fetched since, stays.
    pub(crate) fn drop_generation(&self, generation: u64) {
        let mut state = self.state();
        if let Some(held) = &state.held
            && held.token.generation == generation
        {
            state.held = None;
        }
    }

    fn renew_in_background(self: &Arc<Self>, observer: &Arc<dyn Observer>) {
        if self.recent_failure().is_some() {
            return;
        }
        let Ok(flight) = Arc::clone(&self.flight).try_lock_owned() else {
            return;
        };
        let tokens = Arc::clone(self);
        let observer = Arc::clone(observer);
        tokio::spawn(async move {
            let _flight = flight;
            if let Err(failure) = tokens.renewed(&*observer).await {
                tracing::warn!(
                    code = failure.code(),
                    "token renewal failed; the old one still works"
                );
            }
        });
    }

    /// To be called by the holder of the flight only.
    async fn renewed(&self, observer: &dyn Observer) -> Result<Token, Failure> {
        if let Standing::Fresh(token) = self.standing() {
            return Ok(token);
        }
        if let Some(failure) = self.recent_failure() {
            return Err(failure);
        }
        let asked_at = self.clock().now();
        match self.endpoint.ask(observer).await {
            Ok(issued) => {
                let mut state = self.state();
                state.failed = None;
                state.generation += 1;
                let held = Held::from_issue(issued, state.generation, asked_at);
                let token = held.token.clone();
                state.held = Some(held);
                Ok(token)
            }
            Err(refusal) => {
                let until = self.clock().now() + refusal.pause;
                self.state().failed = Some((until, refusal.failure.clone()));
                Err(refusal.failure)
            }
        }
    }

    fn standing(&self) -> Standing {
        let now = self.clock().now();
        match &self.state().held {
            Some(held) if now < held.renew_at => Standing::Fresh(held.token.clone()),
            Some(held) if now < held.expires_at => Standing::Due(held.token.clone()),
            _ => Standing::Absent,
        }
    }

    fn recent_failure(&self) -> Option<Failure> {
        let now = self.clock().now();
        let state = self.state();
        let (until, failure) = state.failed.as_ref()?;
        (now < *until).then(|| failure.clone())
    }

    fn clock(&self) -> &dyn Clock {
        self.endpoint.clock()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Life is counted from when the token was asked for, so that it never
    /// seems longer than it is.
    fn from_issue(issued: Issued, generation: u64, asked_at: Instant) -> Self {
        Self {
            renew_at: asked_at + renewal_age(issued.life),
            expires_at: asked_at + issued.life,
            token: Token {
                value: issued.value,
                generation,
            },
        }
    }
}

/// 60 s before the end, or at 80 % of a life too short for that margin (spec,
/// the direct profile's token).
fn renewal_age(life: Duration) -> Duration {
    life - Duration::from_secs(60).min(life / 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_a_minute_early_or_at_four_fifths_of_a_short_life() {
        for (life, age) in [
            (86_400, 86_340),
            (3600, 3540),
            (300, 240),
            (100, 80),
            (10, 8),
            (0, 0),
        ] {
            assert_eq!(
                renewal_age(Duration::from_secs(life)),
                Duration::from_secs(age),
                "a life of {life} s"
            );
        }
    }
}
