//! The person behind a request, as an argument of its handler.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use store::AccountRow;

use super::SessionHash;
use crate::http::Problem;

/// A signed-in person. The route's guard has checked their session and rights
/// before the handler runs.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) account: AccountRow,
    pub(crate) session: SessionHash,
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
