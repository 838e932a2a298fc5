//! Tokens: who holds which, what it allows, and how often it was used.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use uuid::Uuid;

use crate::error_body::ApiError;

const WINDOW: Duration = Duration::from_secs(60);

/// Scopes of which any one allows reading flows (spec, decision 13).
const READ_FLOWS: &[&str] = &["flow:all", "flow:view", "flow:flow:read", "flow:write"];
/// Scopes of which any one allows changing flows (spec, decision 13).
const WRITE_FLOWS: &[&str] = &["flow:all", "flow:write", "flow:flow:write"];
/// The scope for reading flow modules, which have scopes of their own.
const READ_MODULES: &[&str] = &["flow:flowmodule:read"];
/// The scope for changing flow modules.
const WRITE_MODULES: &[&str] = &["flow:flowmodule:write"];

/// The scope that allows reading data actions (spec, decision 13).
const READ_ACTIONS: &[&str] = &["task:read"];
/// The scope that allows changing data actions (spec, decision 13).
const WRITE_ACTIONS: &[&str] = &["task:write"];

/// What a request needs to be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    ReadFlows,
    WriteFlows,
    ReadModules,
    WriteModules,
    ReadActions,
    WriteActions,
    ReadContacts,
    WriteContacts,
    StartConversations,
}

impl Need {
    /// What a request to the API needs, by where it goes.
    pub(crate) fn of(method: &Method, path: &str) -> Self {
        let reads = method == Method::GET;
        if path.starts_with("/api/v2/flows/flowmodules") {
            return if reads {
                Self::ReadModules
            } else {
                Self::WriteModules
            };
        }
        if path.starts_with("/api/v2/tasks/") {
            return if reads {
                Self::ReadActions
            } else {
                Self::WriteActions
            };
        }
        if path.starts_with("/api/v2/externalcontacts/") {
            return if reads {
                Self::ReadContacts
            } else {
                Self::WriteContacts
            };
        }
        if path.starts_with("/api/v2/conversations") {
            return Self::StartConversations;
        }
        if reads {
            Self::ReadFlows
        } else {
            Self::WriteFlows
        }
    }

    /// Scopes by groups: one of each group is needed.
    fn groups(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::ReadFlows => &[READ_FLOWS],
            Self::WriteFlows => &[WRITE_FLOWS],
            Self::ReadModules => &[READ_MODULES],
            Self::WriteModules => &[WRITE_MODULES],
            Self::ReadActions => &[READ_ACTIONS],
            Self::WriteActions => &[WRITE_ACTIONS],
            Self::ReadContacts => &[&["externalcontacts:contact:read"]],
            Self::WriteContacts => &[&["externalcontacts:contact:write"]],
            Self::StartConversations => {
                &[&["conversation:write"], &["routing:outboundcontact:write"]]
            }
        }
    }
}

/// All tokens that were issued and have not expired.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    tokens: HashMap<String, Grant>,
}

#[derive(Debug)]
struct Grant {
    scopes: Vec<String>,
    expires_at: Instant,
    window_started: Instant,
    calls_in_window: u32,
}

/// How a token's calls stand against the rate limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rate {
    pub(crate) count: u32,
    pub(crate) allowed: u32,
    pub(crate) reset_seconds: u64,
}

impl Authority {
    /// A new token; expired ones are forgotten on the way.
    pub(crate) fn issue(&mut self, scopes: Vec<String>, life: Duration, now: Instant) -> String {
        self.tokens.retain(|_, grant| now < grant.expires_at);
        let token = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        self.tokens.insert(
            token.clone(),
            Grant {
                scopes,
                expires_at: now + life,
                window_started: now,
                calls_in_window: 0,
            },
        );
        token
    }

    pub(crate) fn expire_all(&mut self) {
        self.tokens.clear();
    }

    /// All tokens, to be masked.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.keys().map(String::as_str)
    }

    /// Counts a call with `bearer` and says whether it may go on.
    pub(crate) fn count(
        &mut self,
        bearer: Option<&str>,
        allowed: u32,
        now: Instant,
    ) -> Result<Rate, ApiError> {
        let Some(bearer) = bearer else {
            return Err(ApiError::new(
                StatusCode::UNAUTHORIZED,
                "authentication.required",
                "No bearer token was sent in the authorization header.",
            ));
        };
        let grant = self
            .tokens
            .get_mut(bearer)
            .filter(|grant| now < grant.expires_at)
            .ok_or_else(|| {
                ApiError::new(
                    StatusCode::UNAUTHORIZED,
                    "bad.credentials",
                    "The bearer token is not valid, or has expired.",
                )
            })?;
        if now.duration_since(grant.window_started) >= WINDOW {
            grant.window_started = now;
            grant.calls_in_window = 0;
        }
        grant.calls_in_window = grant.calls_in_window.saturating_add(1);
        let left = WINDOW.saturating_sub(now.duration_since(grant.window_started));
        let rate = Rate {
            count: grant.calls_in_window,
            allowed,
            // Whole seconds, rounded up: whoever waits them is never early.
            reset_seconds: left.as_secs() + u64::from(left.subsec_nanos() > 0),
        };
        Ok(rate)
    }

    /// Whether the token's scopes allow what is needed.
    pub(crate) fn allows(&self, bearer: &str, need: Need) -> Result<(), ApiError> {
        let held = self.tokens.get(bearer).map(|grant| &grant.scopes);
        let holds = |scope: &&str| held.is_some_and(|held| held.iter().any(|one| one == scope));
        let missing = need
            .groups()
            .iter()
            .find(|any_of| !any_of.iter().any(holds));
        missing.map_or(Ok(()), |any_of| Err(ApiError::missing_any(any_of)))
    }
}

impl Rate {
    /// The refusal of a call beyond the limit.
    pub(crate) fn check(self) -> Result<(), ApiError> {
        if self.count <= self.allowed {
            return Ok(());
        }
        let message = format!(
            "Rate limit exceeded the maximum [{}] requests within [60] seconds",
            self.allowed
        );
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too.many.requests", message);
        Err(error.retry_after(self.reset_seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_decide_who_reads_and_who_writes() {
        let mut authority = Authority::default();
        for (scopes, reads, writes) in [
            (vec!["flow:all"], true, true),
            (vec!["flow:view"], true, false),
            (vec!["flow:flow:read"], true, false),
            (vec!["flow:write"], true, true),
            (vec!["flow:flow:write"], false, true),
            (vec!["task:read", "flow:view"], true, false),
            (vec![], false, false),
        ] {
            let owned = scopes.iter().map(|scope| (*scope).to_owned()).collect();
            let token = authority.issue(owned, WINDOW, Instant::now());
            let may = |need| authority.allows(&token, need).is_ok();
            assert_eq!(
                (may(Need::ReadFlows), may(Need::WriteFlows)),
                (reads, writes),
                "{scopes:?}"
            );
        }
    }

    #[test]
    fn contacts_and_conversations_need_scopes_of_their_own() {
        let contacts = "/api/v2/externalcontacts/contacts/EXT-1";
        let conversations = "/api/v2/conversations";
        for (scopes, method, path, allowed) in [
            (vec!["flow:all"], Method::GET, contacts, false),
            (
                vec!["externalcontacts:contact:read"],
                Method::GET,
                contacts,
                true,
            ),
            (
                vec!["externalcontacts:contact:read"],
                Method::PUT,
                contacts,
                false,
            ),
            (
                vec!["externalcontacts:contact:write"],
                Method::PUT,
                contacts,
                true,
            ),
            (
                vec!["conversation:write"],
                Method::POST,
                conversations,
                false,
            ),
            (
                vec!["conversation:write", "routing:outboundcontact:write"],
                Method::POST,
                conversations,
                true,
            ),
        ] {
            let mut authority = Authority::default();
            let owned = scopes.iter().map(|scope| (*scope).to_owned()).collect();
            let token = authority.issue(owned, WINDOW, Instant::now());
            let need = Need::of(&method, path);
            let is_allowed = authority.allows(&token, need).is_ok();
            assert_eq!(is_allowed, allowed, "{scopes:?} {method} {path}");
        }
    }

    #[test]
    fn a_token_works_until_its_life_is_over() {
        let mut authority = Authority::default();
        let now = Instant::now();
        let token = authority.issue(Vec::new(), Duration::from_secs(10), now);
        let status = |authority: &mut Authority, seconds| {
            let at = now + Duration::from_secs(seconds);
            authority
                .count(Some(&token), 300, at)
                .map_err(|error| error.status)
        };
        assert!(status(&mut authority, 9).is_ok());
        assert_eq!(status(&mut authority, 10), Err(StatusCode::UNAUTHORIZED));
    }

    #[test]
    fn the_rate_counts_by_the_minute_and_says_when_it_starts_again() {
        let mut authority = Authority::default();
        let now = Instant::now();
        let token = authority.issue(Vec::new(), Duration::from_secs(600), now);
        let mut rate = |seconds| {
            let at = now + Duration::from_secs(seconds);
            authority.count(Some(&token), 2, at).expect("a valid token")
        };
        assert!(rate(0).check().is_ok());
        assert!(rate(10).check().is_ok());
        let third = rate(20);
        assert_eq!((third.count, third.reset_seconds), (3, 40));
        assert_eq!(
            third.check().map_err(|error| error.status),
            Err(StatusCode::TOO_MANY_REQUESTS)
        );
        assert_eq!(rate(60).count, 1);
    }
}
