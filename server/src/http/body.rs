//! JSON bodies: read within the route's limit, and refused with the place at
//! which they do not fit.

use std::time::Duration;

use axum::{
    extract::{FromRequest, Request},
    http::StatusCode,
};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::problem::Problem;

/// The largest body, in bytes, that has to be there as a whole in time. Larger
/// ones need an account, and may take longer while something comes.
const PROMPT_BYTES: usize = 64 * 1024;
const PROMPT: Duration = Duration::from_secs(10);

/// How long a body may take as a whole: whoever sends it byte by byte holds one
/// of the server's connections.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline(Duration);

impl Deadline {
    /// The deadline of a route that takes bodies up to this many bytes.
    pub(super) fn of_bodies_up_to(bytes: usize) -> Option<Self> {
        (bytes <= PROMPT_BYTES).then_some(Self(PROMPT))
    }
}

/// A request's body of this shape.
pub(crate) struct Body<T>(pub(crate) T);

impl<T, S> FromRequest<S> for Body<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let deadline = request.extensions().get().copied();
        let reading = Bytes::from_request(request, state);
        let read = match deadline {
            None => reading.await,
            Some(Deadline(within)) => match tokio::time::timeout(within, reading).await {
                Ok(read) => read,
                Err(_) => {
                    return Err(Problem::new(
                        StatusCode::REQUEST_TIMEOUT,
                        "slow-body",
                        "The body did not come within 10 seconds.",
                    )
                    .next("Send it again, over a better connection."));
                }
            },
        };
        let bytes = read.map_err(|refused| {
            let status = refused.status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(
                    status,
                    "too-large",
                    "What was sent is larger than is taken here.",
                )
            } else {
                Problem::new(
                    status,
                    "bad-request",
                    "The body could not be read to its end.",
                )
            }
        })?;
        parse(&bytes).map(Self)
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        if inner.is_data() {
            Problem::field(&pointer, &inner.to_string())
        } else {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "not-json",
                format!("The body is not JSON: {inner}."),
            )
        }
    })?;
    reader.end().map_err(|error| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            "not-json",
            format!("The body is not JSON: {error}."),
        )
    })?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            // Our enums stand under their variant's name, as in a map.
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Unknown => {}
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_does_not_fit_is_refused_with_its_place() {
        let refused = parse::<api::SignIn>(br#"{"email":"a","password":7}"#).err();
        let refused = format!("{refused:?}");
        assert!(refused.contains("/password"), "{refused}");
    }

    #[test]
    fn what_follows_a_body_and_endless_nesting_are_refused() {
        assert!(parse::<serde_json::Value>(b"{} {}").is_err());
        let deep = [vec![b'['; 10_000], vec![b']'; 10_000]].concat();
        assert!(parse::<serde_json::Value>(&deep).is_err());
    }
}
