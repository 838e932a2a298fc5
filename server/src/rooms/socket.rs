//! The editing socket of one browser.

use std::time::Duration;

use api::socket::{FromBrowser, FromServer, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES};
use axum::{
    extract::{
        Path, Query, State, WebSocketUpgrade,
        ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket, close_code},
    },
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use tokio::{
    sync::mpsc,
    time::{Instant, interval, timeout},
};

use super::{
    Answer, Submission,
    mailbox::Message,
    members::text,
    outbox::{Closing, Next, Outbox},
};
use crate::{
    accounts::{self, Actor},
    app::App,
    http::{Problem, Result},
    places::Place,
    publish,
};

/// tungstenite takes 128 KiB per connection by default: too dear for idle ones.
const READ_BUFFER: usize = 4 * 1024;
const WRITE_BUFFER: usize = 16 * 1024;
/// A flow is sent as one message; more than this is never queued.
const MOST_WRITTEN: usize = 64 * 1024 * 1024;
/// A browser that cannot take a message for so long is gone.
const SEND_TIMEOUT: Duration = Duration::from_secs(20);
const GOODBYE: Duration = Duration::from_secs(2);
const PING_EVERY: Duration = Duration::from_secs(20);
/// Without a sign of life for this long the connection is dead.
const SILENCE: Duration = Duration::from_secs(60);
/// A changed role or an ended session is noticed within this.
const STANDING_EVERY: Duration = Duration::from_millis(1_500);
const MESSAGES_PER_SECOND: f64 = 60.0;
const MESSAGE_BURST: f64 = 200.0;
const MOST_SELECTED: usize = 200;
const LONGEST_ID: usize = 100;

/// The session has ended; sign in again.
const SESSION_ENDED: u16 = 4001;
/// Read faster, or come back with `?since=`.
const TOO_SLOW: u16 = 4008;
/// The flow cannot be sent; coming back does not help.
const TOO_LARGE: u16 = 4009;

/// Where to go on.
#[derive(Deserialize)]
pub(crate) struct Since {
    since: Option<u64>,
}

/// Opens the editing socket of a flow.
#[utoipa::path(get, path = "/api/socket/{flow}",
    params(("flow" = String, Path), ("since" = Option<u64>, Query)),
    responses((status = 101), (status = 403), (status = 404)))]
pub(crate) async fn open_socket(
    State(app): State<App>,
    Path(flow_id): Path<String>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
    actor: Actor,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    // Browsers do not keep other sites' pages from opening a socket with our
    // cookie; they do say which site it is.
    if !app.origins.names_us(&headers) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "foreign-origin",
            "This socket is for pages of this server alone.",
        ));
    }
    let place = app
        .rooms
        .places
        .take(actor.account.id.clone())
        .ok_or_else(|| {
            Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-sockets",
                "You have too many flows open at once.",
            )
            .next("Close some of them in your other tabs and windows.")
        })?;
    if app.store.flow(&flow_id).await?.is_none() {
        return Err(Problem::not_found("flow"));
    }
    Ok(upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_WRITTEN)
        .max_frame_size(MAX_FRAME_BYTES)
        .max_message_size(MAX_MESSAGE_BYTES)
        .on_upgrade(async move |socket| {
            let tasks = app.life.tasks.clone();
            let conversation = Conversation {
                app,
                actor,
                socket,
                outbox: Outbox::default(),
                allowance: Allowance::full(),
            };
            // A stop waits for the goodbye of every socket.
            let told = tasks.spawn(conversation.run(flow_id, since, place)).await;
            if let Err(error) = told {
                tracing::error!(%error, "a socket's task failed");
            }
        }))
}

/// How a conversation ends: the code and the words of the close frame; none
/// when the browser has gone.
type Goodbye = Option<(u16, &'static str)>;

/// How the last publish stands, for who comes while it runs and who missed its
/// end. It is read after entering: what happens later comes by the outbox.
async fn last_publish(app: &App, flow_id: &str, stamp: flow::Stamp) -> Option<Utf8Bytes> {
    let publish = publish::last_of(app, flow_id).await;
    let publish = publish.inspect_err(|error| {
        tracing::warn!(%error, flow_id, "the last publish cannot be read");
    });
    text(&FromServer::Publish {
        publish: Box::new(publish.ok()??),
        stamp,
    })
}

struct Conversation {
    app: App,
    actor: Actor,
    socket: WebSocket,
    outbox: Outbox,
    allowance: Allowance,
}

impl Conversation {
    async fn run(mut self, flow_id: String, since: Option<u64>, _place: Place<String>) {
        let name = self.actor.account.name.clone();
        let role = self.actor.account.role;
        let outbox = self.outbox.clone();
        let rooms = self.app.rooms.clone();
        let goodbye = match rooms.join(&flow_id, name, role, since, outbox).await {
            Ok((door, joined)) => {
                let mut first = joined.first;
                first.extend(last_publish(&self.app, &flow_id, joined.stamp).await);
                let goodbye = self.talk(&door, joined.member, first).await;
                let leave = Message::Leave {
                    member: joined.member,
                };
                if door.send(leave).await.is_err() {
                    tracing::debug!(flow_id, "the room ended first");
                }
                goodbye
            }
            Err(super::NoRoom::NoFlow) => Some((close_code::NORMAL, "the flow was deleted")),
            Err(reason) => {
                tracing::warn!(?reason, flow_id, "no room for a socket");
                Some((close_code::ERROR, "the flow could not be opened"))
            }
        };
        if let Some((code, reason)) = goodbye {
            let close = CloseFrame {
                code,
                reason: Utf8Bytes::from_static(reason),
            };
            self.say_goodbye(close).await;
        }
    }

    /// Sends the close frame and waits for its answer: a connection that is cut
    /// while messages are still under way may lose it, and with it the code
    /// that tells the browser what to do. It may have gone by itself.
    async fn say_goodbye(&mut self, close: CloseFrame) {
        if self.send(Frame::Close(Some(close))).await.is_some() {
            let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            drop(timeout(GOODBYE, rest).await);
        }
    }

    async fn talk(
        &mut self,
        door: &mpsc::Sender<Message>,
        member: u64,
        first: Vec<Utf8Bytes>,
    ) -> Goodbye {
        for message in first {
            if message.len() > MOST_WRITTEN {
                return Some((TOO_LARGE, "the flow is too large to be opened"));
            }
            self.send(Frame::Text(message)).await?;
        }
        let stopping = self.app.life.stopping.clone();
        let welcomed_as = self.actor.account.role;
        let mut ping = interval(PING_EVERY);
        let mut standing = interval(STANDING_EVERY);
        let mut heard_at = Instant::now();
        loop {
            tokio::select! {
                frame = self.socket.recv() => {
                    heard_at = Instant::now();
                    match frame {
                        Some(Ok(Frame::Text(text))) => {
                            if let Some(goodbye) = self.hear(door, member, &text).await {
                                return goodbye;
                            }
                        }
                        Some(Ok(Frame::Binary(_))) => {
                            return Some((close_code::UNSUPPORTED, "text messages only"));
                        }
                        Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => {}
                        Some(Ok(Frame::Close(_))) | None => return None,
                        Some(Err(error)) => {
                            tracing::info!(%error, "a socket broke the protocol or went away");
                            return Some((close_code::POLICY, "a message broke the rules"));
                        }
                    }
                }
                next = self.outbox.next() => match next {
                    Next::Message(text) => self.send(Frame::Text(text)).await?,
                    Next::Close(Closing::TooSlow) => return Some((TOO_SLOW, "too slow")),
                    Next::Close(Closing::Deleted) => {
                        return Some((close_code::NORMAL, "the flow was deleted"));
                    }
                    Next::Close(Closing::RoomEnded) if stopping.is_cancelled() => {
                        return Some((close_code::RESTART, "the server restarts"));
                    }
                    Next::Close(Closing::RoomEnded) => {
                        return Some((close_code::ERROR, "the room failed"));
                    }
                },
                _ = ping.tick() => {
                    if heard_at.elapsed() > SILENCE {
                        return None;
                    }
                    self.send(Frame::Ping(bytes::Bytes::new())).await?;
                }
                _ = standing.tick() => {
                    if !self.still_stands(false).await {
                        return Some((SESSION_ENDED, "the session has ended"));
                    }
                    if self.actor.account.role != welcomed_as {
                        // The browser connects anew and is told its role.
                        return Some((close_code::RESTART, "the role has changed"));
                    }
                }
            }
        }
    }

    /// Takes a message of the browser; an answer ends the conversation.
    async fn hear(
        &mut self,
        door: &mpsc::Sender<Message>,
        member: u64,
        text: &str,
    ) -> Option<Goodbye> {
        let broken = Some(Some((close_code::POLICY, "a message broke the rules")));
        if !self.allowance.take() {
            return Some(Some((close_code::POLICY, "too many messages")));
        }
        let message = match serde_json::from_str(text) {
            Ok(FromBrowser::Submit { id, transaction }) => {
                if id.is_empty() || id.len() > LONGEST_ID {
                    return broken;
                }
                if !self.still_stands(true).await {
                    return Some(Some((SESSION_ENDED, "the session has ended")));
                }
                Message::Submit(Submission {
                    id,
                    transaction,
                    author: self.actor.account.name.clone(),
                    role: self.actor.account.role,
                    answer: Answer::Member(member),
                })
            }
            Ok(FromBrowser::Select { nodes }) if nodes.len() <= MOST_SELECTED => {
                Message::Select { member, nodes }
            }
            Ok(FromBrowser::Select { .. }) => return broken,
            Err(error) => {
                tracing::info!(%error, "a socket message cannot be read");
                return broken;
            }
        };
        if door.send(message).await.is_err() {
            return Some(Some((close_code::ERROR, "the room failed")));
        }
        None
    }

    /// Whether the session still counts; learns the person's present role.
    async fn still_stands(&mut self, edits: bool) -> bool {
        match accounts::of_socket(&self.app, &self.actor.session, edits).await {
            Ok(Some(actor)) => {
                self.actor = actor;
                true
            }
            Ok(None) => false,
            // The store does not answer: nothing can be stored either, and the
            // edit will be answered so.
            Err(problem) => {
                tracing::warn!(?problem, "a session cannot be looked up");
                true
            }
        }
    }

    /// Sends a frame; none when the browser does not take it.
    async fn send(&mut self, frame: Frame) -> Option<()> {
        timeout(SEND_TIMEOUT, self.socket.send(frame))
            .await
            .ok()?
            .ok()
    }
}

/// How many messages a browser may still send: a bucket that refills.
struct Allowance {
    left: f64,
    at: Instant,
}

impl Allowance {
    fn full() -> Self {
        Self {
            left: MESSAGE_BURST,
            at: Instant::now(),
        }
    }

    fn take(&mut self) -> bool {
        let refill = self.at.elapsed().as_secs_f64() * MESSAGES_PER_SECOND;
        self.at = Instant::now();
        self.left = (self.left + refill).min(MESSAGE_BURST);
        let enough = self.left >= 1.0;
        if enough {
            self.left -= 1.0;
        }
        enough
    }
}
