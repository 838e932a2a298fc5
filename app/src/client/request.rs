//! One call: what every request carries and how answers are read.

use api::ProblemDetails;
use gloo_net::http::{Method, Request, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};

use super::{Client, Failure};

/// Sent with every request. The server takes changes only with it, because a
/// foreign page cannot add it.
const CONSOLE_HEADER: (&str, &str) = ("X-Console", "1");

/// Makes a request, which is gone once it was sent.
type Making<'a> = dyn Fn() -> Result<Request, gloo_net::Error> + 'a;

impl Client {
    pub(super) async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, Failure> {
        read(self.body_of(&|| start(Method::GET, path).build()).await?)
    }

    pub(super) async fn get_text(self, path: &str) -> Result<(String, Response), Failure> {
        let response = self.send(&|| start(Method::GET, path).build()).await?;
        Ok((text(&response).await?, response))
    }

    pub(super) async fn post<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        read(
            self.body_of(&|| start(Method::POST, path).json(body))
                .await?,
        )
    }

    pub(super) async fn put<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        read(
            self.body_of(&|| start(Method::PUT, path).json(body))
                .await?,
        )
    }

    pub(super) async fn delete(self, path: &str) -> Result<(), Failure> {
        self.send(&|| start(Method::DELETE, path).build())
            .await
            .map(drop)
    }

    async fn body_of(self, request: &Making<'_>) -> Result<Body, Failure> {
        Body::of(self.send(request).await?).await
    }

    /// Sends a request and takes a success only. A missing session is told to
    /// the whole page, which asks to sign in again over what is there. Where a
    /// password is wanted, it is asked for and the request sent again.
    async fn send(self, request: &Making<'_>) -> Result<Response, Failure> {
        let mut answer = send_in_any_session(request()).await;
        let wants_proof = answer
            .as_ref()
            .is_err_and(|failure| failure.is_kind("reauthentication-needed"));
        if wants_proof && self.confirming.ask().await {
            answer = send_in_any_session(request()).await;
        }
        let no_session = answer.as_ref().is_err_and(|failure| failure.is_status(401));
        if no_session {
            if !self.session_ended.get_untracked() {
                self.session_ended.set(true);
            }
            return Err(Failure::SessionEnded);
        }
        answer
    }

    /// The same for signing in and setting up, where being refused says
    /// nothing of the session that the page runs in.
    pub(super) async fn post_without_session<T: DeserializeOwned>(
        self,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let response = send_in_any_session(start(Method::POST, path).json(body)).await?;
        read(Body::of(response).await?)
    }
}

fn start(method: Method, path: &str) -> RequestBuilder {
    let (name, value) = CONSOLE_HEADER;
    RequestBuilder::new(path)
        .method(method)
        .header(name, value)
        .header("Accept", "application/json, application/problem+json")
}

async fn send_in_any_session(
    request: Result<Request, gloo_net::Error>,
) -> Result<Response, Failure> {
    // A request that cannot be built or sent looks the same from here.
    let request = request.map_err(|_| Failure::Unreachable)?;
    let response = request.send().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(response);
    }
    let status = response.status();
    let retry_after_seconds = response
        .headers()
        .get("Retry-After")
        .and_then(|seconds| seconds.parse().ok());
    // What stands between the page and the server, such as a proxy whose
    // server is away, answers without a problem.
    match Body::of(response).await.and_then(read::<ProblemDetails>) {
        Ok(problem) => Err(Failure::Refused {
            problem: Box::new(ProblemDetails { status, ..problem }),
            retry_after_seconds,
        }),
        Err(_) if (502..=504).contains(&status) => Err(Failure::Unreachable),
        Err(_) => Err(Failure::NotUnderstood { status }),
    }
}

/// The answer to a request that succeeded. What waits knows no type, so that
/// it is there once and not once for every type that is read.
struct Body {
    status: u16,
    text: String,
}

impl Body {
    async fn of(response: Response) -> Result<Self, Failure> {
        let status = response.status();
        let text = text(&response).await?;
        Ok(Self { status, text })
    }
}

async fn text(response: &Response) -> Result<String, Failure> {
    response.text().await.map_err(|_| Failure::Unreachable)
}

fn read<T: DeserializeOwned>(body: Body) -> Result<T, Failure> {
    let Body { status, text } = body;
    // An answer without a body, 204, reads as `()`.
    let text = if text.is_empty() { "null" } else { &text };
    flow::read(text).map_err(|_| Failure::NotUnderstood { status })
}
