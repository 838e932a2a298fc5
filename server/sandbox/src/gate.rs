//! What every simulated request passes: it is written down, met by a fault if
//! one is armed, and answered with a reference.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use uuid::Uuid;

use crate::arrival::Incoming;
use crate::error_body::ApiError;
use crate::fault::{FaultKind, Route};
use crate::oauth::is_form;
use crate::state::{Sandbox, now_millis};

const CORRELATION_ID: HeaderName = HeaderName::from_static("inin-correlation-id");
/// The largest body that is taken, in bytes.
const LARGEST_BODY: usize = 10 * 1024 * 1024;
/// How long a request waits for an answer that never comes.
const NEVER: Duration = Duration::from_secs(600);
const CHUNK: usize = 64 * 1024;
const PART_LEAVES: Duration = Duration::from_millis(20);

/// Runs a request through record and faults.
pub(crate) async fn pass(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let correlation_id = Uuid::new_v4().to_string();
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let error = ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request.entity.too.large",
            "The body is larger than is taken.",
        );
        return finished(error.into_response(), &correlation_id);
    };
    let route = Route::of(&head.method, head.uri.path());
    let fault = sandbox.armed().meet(route);
    let incoming = Incoming {
        method: &head.method,
        path: head.uri.path(),
        query: head.uri.query(),
        is_form: is_form(&head.headers),
        body: &body,
    };
    let masks = sandbox.masks();
    let number = sandbox
        .record()
        .arrive(&incoming, fault.clone(), &masks, now_millis());
    sandbox.announce_arrival();

    if let Some(instead) = before(&sandbox, fault.as_ref()).await {
        return match instead {
            Instead::Answer(response) => {
                let response = finished(response, &correlation_id);
                written_down(&sandbox, number, response).await
            }
            Instead::Nothing => closed(),
        };
    }
    let request = Request::from_parts(head, Body::from(body));
    let response = finished(next.run(request).await, &correlation_id);
    let response = written_down(&sandbox, number, response).await;
    after(&sandbox, fault.as_ref(), response).await
}

/// What happens in place of the work.
enum Instead {
    Answer(Response),
    Nothing,
}

/// The part of a fault that comes before the work.
async fn before(sandbox: &Sandbox, fault: Option<&FaultKind>) -> Option<Instead> {
    match fault? {
        FaultKind::Status {
            status,
            headers,
            body,
        } => Some(Instead::Answer(scripted(*status, headers, body.as_deref()))),
        FaultKind::Delay { millis } => {
            tokio::time::sleep(Duration::from_millis(*millis)).await;
            None
        }
        FaultKind::NeverAnswer => {
            held(sandbox).await;
            Some(Instead::Nothing)
        }
        FaultKind::CloseBefore => Some(Instead::Nothing),
        FaultKind::ExpireTokens => {
            sandbox.expire_tokens();
            None
        }
        FaultKind::CloseAfter
        | FaultKind::HoldAfter
        | FaultKind::Garbage
        | FaultKind::Huge { .. }
        | FaultKind::Instead { .. }
        | FaultKind::Truncated
        | FaultKind::Trickle { .. } => None,
    }
}

/// Waits until faults are cleared, so that nothing hangs on for good.
async fn held(sandbox: &Sandbox) {
    let _ = tokio::time::timeout(NEVER, sandbox.faults_cleared()).await;
}

/// The part of a fault that comes after the work.
async fn after(sandbox: &Sandbox, fault: Option<&FaultKind>, response: Response) -> Response {
    match fault {
        Some(FaultKind::CloseAfter) => closed(),
        Some(FaultKind::HoldAfter) => {
            held(sandbox).await;
            closed()
        }
        Some(FaultKind::Garbage) => response.map(|_| Body::from("{\"id\": [ 0x")),
        Some(FaultKind::Huge { bytes }) => huge(response, *bytes),
        Some(FaultKind::Instead { headers, body }) => instead(response, headers, body),
        Some(FaultKind::Truncated) => truncated(response),
        Some(FaultKind::Trickle { millis }) => trickling(sandbox, response, *millis),
        _ => response,
    }
}

/// The answer with another body, and the length that this has.
fn instead(
    response: Response,
    headers: &std::collections::BTreeMap<String, String>,
    body: &str,
) -> Response {
    let mut response = response.map(|_| Body::from(body.to_owned()));
    response.headers_mut().remove(header::CONTENT_LENGTH);
    add_headers(&mut response, headers);
    response
}

/// The beginning of the answer, and then the connection breaks.
fn truncated(response: Response) -> Response {
    let part = stream::once(async { Ok(Bytes::from_static(b"{\"id\":")) });
    // Time for the part to leave before the connection breaks.
    let broken = stream::once(async {
        tokio::time::sleep(PART_LEAVES).await;
        Err(std::io::Error::other("broken off by a fault on demand"))
    });
    streamed(response, part.chain(broken))
}

/// A blank now and then, which JSON allows, and never what it announces.
fn trickling(sandbox: &Sandbox, response: Response, millis: u64) -> Response {
    let wait = Duration::from_millis(millis.max(1));
    let blanks = stream::unfold((), move |()| async move {
        tokio::time::sleep(wait).await;
        Some((Ok(Bytes::from_static(b" ")), ()))
    });
    let sandbox = sandbox.clone();
    let end = async move { held(&sandbox).await };
    streamed(response, blanks.take_until(Box::pin(end)))
}

/// The head of an answer with a body that is made while it is sent.
fn streamed(
    response: Response,
    body: impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static,
) -> Response {
    let mut response = response.map(|_| Body::from_stream(body));
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response
}

fn scripted(
    status: u16,
    headers: &std::collections::BTreeMap<String, String>,
    body: Option<&str>,
) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match body {
        Some(body) => {
            let kind = if body.trim_start().starts_with('<') {
                "text/html; charset=utf-8"
            } else {
                "application/json"
            };
            (status, [(header::CONTENT_TYPE, kind)], body.to_owned()).into_response()
        }
        None => ApiError::new(
            status,
            "sandbox.fault",
            "A fault was armed for this request.",
        )
        .into_response(),
    };
    add_headers(&mut response, headers);
    response
}

fn add_headers(response: &mut Response, headers: &std::collections::BTreeMap<String, String>) {
    for (name, value) in headers {
        // A header that cannot be sent is left out; arming it was refused.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
}

/// An answer whose body fails before its first byte: the server then closes
/// the connection without having sent anything.
fn closed() -> Response {
    let broken = stream::once(async {
        Err::<Bytes, _>(std::io::Error::other("closed by a fault on demand"))
    });
    Response::new(Body::from_stream(broken))
}

/// The answer padded with blanks, which JSON allows, made while it is sent.
fn huge(response: Response, bytes: u64) -> Response {
    let (mut head, body) = response.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let blanks = Bytes::from_static(&[b' '; CHUNK]);
    let chunks = usize::try_from(bytes / CHUNK as u64).unwrap_or(usize::MAX);
    let padding = stream::iter(std::iter::repeat_n(blanks, chunks)).map(Ok::<_, axum::Error>);
    let body = padding.chain(body.into_data_stream());
    Response::from_parts(head, Body::from_stream(body))
}

/// Puts in the reference, and writes out an API error with it.
fn finished(response: Response, correlation_id: &str) -> Response {
    let mut response = match response.extensions().get::<ApiError>() {
        None => response,
        Some(error) => {
            let mut answer = error.answer(correlation_id);
            for (name, value) in response.headers() {
                let keep = name != header::CONTENT_LENGTH && name != header::CONTENT_TYPE;
                if keep {
                    answer.headers_mut().insert(name.clone(), value.clone());
                }
            }
            answer
        }
    };
    if let Ok(value) = HeaderValue::try_from(correlation_id) {
        response.headers_mut().insert(CORRELATION_ID, value);
    }
    response
}

/// Records the answer on its way out.
async fn written_down(sandbox: &Sandbox, number: u64, response: Response) -> Response {
    let (head, body) = response.into_parts();
    // Handlers answer from memory, so reading fails only if one is broken.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let masks = sandbox.masks();
    sandbox
        .record()
        .answered(number, head.status.as_u16(), &body, &masks);
    Response::from_parts(head, Body::from(body))
}
