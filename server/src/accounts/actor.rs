//! The person behind a request, as an argument of its handler.

use api::Right;
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{StatusCode, request::Parts},
};
use store::AccountRow;

use super::SessionHash;
use crate::{clock, http::Problem};

/// A password that was given proves who one is for so long.
const PROOF_MILLIS: i64 = 15 * 60 * 1_000;
/// Clocks are set right by less.
const CLOCK_STEP_MILLIS: i64 = 60 * 1_000;

/// A signed-in person. The route's guard has checked their session and rights
/// before the handler runs.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) account: AccountRow,
    pub(crate) session: SessionHash,
    /// When they last gave their password in this session.
    pub(super) proved_at_millis: i64,
}

impl Actor {
    /// Whether they gave their password so lately that something may be done
    /// for which an open session is not enough. A clock that was set back does
    /// not make a proof younger than it is.
    pub(crate) fn is_proved_lately(&self) -> bool {
        let age_millis = clock::now_millis() - self.proved_at_millis;
        (-CLOCK_STEP_MILLIS..=PROOF_MILLIS).contains(&age_millis)
    }

    /// Editors delete what they made themselves, publishers all.
    ///
    /// # Errors
    ///
    /// It may not be deleted by this person; `what` are things such as this
    /// one: `flows`.
    pub(crate) fn check_may_delete(&self, what: &str, made_by: &str) -> Result<(), Problem> {
        if made_by == self.account.id || self.account.role.may(Right::Publish) {
            return Ok(());
        }
        let refused = Problem::new(
            StatusCode::FORBIDDEN,
            "not-allowed",
            format!("Editors may delete {what} that they made themselves."),
        );
        Err(refused.next("Ask a publisher to delete this one."))
    }
}

impl<S: Sync> FromRequestParts<S> for Actor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(Problem::sign_in_needed)
    }
}

impl<S: Sync> OptionalFromRequestParts<S> for Actor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}
