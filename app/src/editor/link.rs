//! The way of an edit to the server and of other people's edits back.
//!
//! One WebSocket per open flow. Whatever the server has not acknowledged stays
//! in the editor; after a lost connection all of it is sent again, and an edit
//! that the server had already taken is only acknowledged once more.

mod backoff;
mod save_state;
mod socket;

use std::{collections::VecDeque, time::Duration};

use api::{
    Submitted,
    socket::{FromBrowser, FromServer, MAX_FRAME_BYTES},
};
use dom::prelude::*;
use editor::Pending;
use flow::NodeId;

pub(crate) use save_state::{Connection, SaveState};
use socket::{Heard, Socket};

use super::desk::Desk;

/// The close code that says that nobody is signed in any more.
const SESSION_ENDED: u16 = 4001;
/// The close code that says that the flow is larger than can be sent.
const TOO_LARGE: u16 = 4009;
/// When the server has owed an answer for so long, that is said.
const SILENCE: Duration = Duration::from_secs(4);
/// When it owes one for so long after that, the connection counts as dead: a
/// large edit takes its time on a slow one.
const PATIENCE: Duration = Duration::from_secs(16);

/// The link of one open flow.
#[derive(Clone, Copy)]
pub(crate) struct Link {
    wire: StoredValue<Wire>,
    connection: RwSignal<Connection>,
}

#[derive(Default)]
struct Wire {
    socket: Option<Socket>,
    /// Tells a socket's last words from those of the one that follows it.
    generation: u64,
    failures: u32,
    /// How often in a row the server could not store what it was sent.
    not_stored: u32,
    retry: Option<TimeoutHandle>,
    watch: Option<TimeoutHandle>,
    /// Edits that wait for a large one before them, which goes over HTTP.
    queue: VecDeque<Pending>,
    posting: bool,
}

impl Link {
    /// A link that is not connected yet.
    pub(crate) fn new() -> Self {
        Self {
            wire: StoredValue::new_local(Wire::default()),
            connection: RwSignal::new(Connection::Opening),
        }
    }

    /// How the connection stands.
    pub(crate) fn connection(self) -> Signal<Connection> {
        self.connection.into()
    }

    /// Connects, and stays connected until the page goes away.
    pub(crate) fn open(self, desk: Desk) {
        self.connect(desk);
        // What hangs in an attempt from before would be waited for.
        let online = window_event_listener(dom::ev::online, move |_| {
            let connection = self.connection.try_get_untracked();
            if matches!(connection, Some(Connection::Lost { .. })) {
                self.start_over(desk);
            }
        });
        // A socket does not notice that the network is gone.
        let offline = window_event_listener(dom::ev::offline, move |_| {
            if self.connection.try_get_untracked() != Some(Connection::Ended) {
                self.give_up(desk);
            }
        });
        on_cleanup(move || {
            online.remove();
            offline.remove();
            self.end();
        });
    }

    /// Tries at once instead of waiting.
    pub(crate) fn connect_now(self, desk: Desk) {
        let idle = self.connection.try_get_untracked() != Some(Connection::Ended)
            && self.wire.try_with_value(|wire| wire.socket.is_none()) == Some(true);
        if idle {
            self.connect(desk);
        }
    }

    /// Connects again from what the editor has: messages were missed.
    pub(crate) fn start_over(self, desk: Desk) {
        self.wire.try_update_value(|wire| wire.socket = None);
        self.connect(desk);
    }

    /// Ends the connection for good.
    pub(crate) fn end(self) {
        self.connection.try_set(Connection::Ended);
        self.wire.try_update_value(|wire| {
            wire.generation += 1;
            wire.socket = None;
            for timer in [wire.retry.take(), wire.watch.take()].into_iter().flatten() {
                timer.clear();
            }
        });
    }

    /// Sends edits, in order.
    pub(crate) fn send(self, desk: Desk, edits: Vec<Pending>) {
        if edits.is_empty() {
            return;
        }
        let open = self.wire.try_update_value(|wire| {
            let open = wire.socket.as_ref().is_some_and(Socket::is_open);
            // Without a connection they stay with the editor alone: connecting
            // sends everything that is unacknowledged.
            if open {
                wire.queue.extend(edits);
            }
            open
        });
        if open == Some(true) {
            self.flush(desk);
        }
    }

    /// Tells others what is selected here.
    pub(crate) fn show_selection(self, nodes: Vec<NodeId>) {
        if let Ok(text) = serde_json::to_string(&FromBrowser::Select { nodes }) {
            self.wire.try_with_value(|wire| match &wire.socket {
                Some(socket) if socket.is_open() => socket.send(&text),
                _ => false,
            });
        }
    }

    fn connect(self, desk: Desk) {
        let since = desk.opened().then(|| desk.seq());
        let generation = self.wire.try_update_value(|wire| {
            wire.generation += 1;
            wire.queue.clear();
            wire.posting = false;
            if let Some(timer) = wire.retry.take() {
                timer.clear();
            }
            wire.generation
        });
        let Some(generation) = generation else { return };
        let heard = move |heard| {
            let current = self.wire.try_with_value(|wire| wire.generation);
            if current == Some(generation) {
                self.heard(desk, heard);
            }
        };
        match Socket::open(&address(&desk.flow_id(), since), heard) {
            Ok(socket) => {
                self.wire
                    .try_update_value(|wire| wire.socket = Some(socket));
            }
            Err(_) => self.lost(desk, false),
        }
    }

    fn heard(self, desk: Desk, heard: Heard) {
        match heard {
            // What is unacknowledged is sent after the first message, which
            // says what the server has.
            Heard::Opened => {}
            Heard::Text(text) => match flow::read::<FromServer>(&text) {
                Ok(message) => self.message(desk, message),
                // A message that this page does not know comes from a newer
                // server: the page as loaded cannot go on by itself.
                Err(_) => desk.outdated(),
            },
            Heard::Closed { code, .. } if code == SESSION_ENDED => {
                desk.session_ended();
                self.lost(desk, true);
            }
            Heard::Closed { code, .. } if code == TOO_LARGE => desk.too_large(),
            Heard::Closed { was_open, .. } => self.lost(desk, was_open),
        }
    }

    fn message(self, desk: Desk, message: FromServer) {
        let first = matches!(
            message,
            FromServer::Welcome { .. } | FromServer::Resumed { .. }
        );
        if matches!(message, FromServer::Acknowledged { .. }) {
            self.wire.try_update_value(|wire| wire.not_stored = 0);
        }
        if matches!(message, FromServer::Deleted) {
            self.end();
        }
        if self.connection.try_get_untracked() == Some(Connection::Silent) {
            self.connection.try_set(Connection::Open);
        }
        desk.hear(message);
        if first {
            self.wire.try_update_value(|wire| wire.failures = 0);
            self.connection.try_set(Connection::Open);
            self.send(desk, desk.unacknowledged());
        }
        self.watch(desk);
    }

    /// Restarts the clock by which the next acknowledgement must come.
    fn watch(self, desk: Desk) {
        let waiting = !desk.unacknowledged().is_empty();
        let silent = move || {
            if self.connection.try_get_untracked() == Some(Connection::Open) {
                self.connection.try_set(Connection::Silent);
            }
            let dead = set_timeout_with_handle(move || self.give_up(desk), PATIENCE);
            self.set_watch(dead.ok());
        };
        let timer = waiting.then(|| set_timeout_with_handle(silent, SILENCE).ok());
        self.set_watch(timer.flatten());
    }

    /// The same, unless an answer is waited for already: whoever goes on working
    /// does not put off that its absence is noticed.
    fn keep_watching(self, desk: Desk) {
        if self.wire.try_with_value(|wire| wire.watch.is_none()) == Some(true) {
            self.watch(desk);
        }
    }

    fn set_watch(self, timer: Option<TimeoutHandle>) {
        self.wire.try_update_value(|wire| {
            if let Some(before) = std::mem::replace(&mut wire.watch, timer) {
                before.clear();
            }
        });
    }

    /// Counts the connection as dead; whatever it says after this is not heard.
    fn give_up(self, desk: Desk) {
        self.wire.try_update_value(|wire| {
            wire.generation += 1;
            wire.socket = None;
        });
        self.lost(desk, true);
    }

    fn lost(self, desk: Desk, was_open: bool) {
        let failures = self.wire.try_update_value(|wire| {
            wire.socket = None;
            if let Some(timer) = wire.watch.take() {
                timer.clear();
            }
            wire.failures += 1;
            wire.failures
        });
        let Some(failures) = failures else { return };
        if self.connection.try_get_untracked() == Some(Connection::Ended) {
            return;
        }
        let offline = failures > 2 || !window().navigator().on_line();
        self.connection.try_set(Connection::Lost { offline });
        if !was_open {
            // A socket does not tell why it was refused; a request does.
            spawn_local(async move { desk.find_out_why().await });
        }
        self.connect_later(desk, failures);
    }

    /// The server could not store an edit: everything stays here, and is sent
    /// again in its order over a new connection after a while.
    pub(crate) fn hold(self, desk: Desk) {
        let times = self.wire.try_update_value(|wire| {
            wire.generation += 1;
            wire.socket = None;
            if let Some(timer) = wire.watch.take() {
                timer.clear();
            }
            wire.not_stored += 1;
            wire.not_stored
        });
        let Some(times) = times else { return };
        self.connection.try_set(Connection::NotStoring);
        self.connect_later(desk, times);
    }

    fn connect_later(self, desk: Desk, failures: u32) {
        let wait =
            Duration::from_millis(backoff::wait_millis(failures - 1, js_sys::Math::random()));
        let retry = set_timeout_with_handle(move || self.connect_now(desk), wait).ok();
        self.wire.try_update_value(|wire| {
            if let Some(before) = std::mem::replace(&mut wire.retry, retry) {
                before.clear();
            }
        });
    }

    /// Sends what is queued until a large edit has to go over HTTP first.
    fn flush(self, desk: Desk) {
        let large = self.wire.try_update_value(|wire| {
            while !wire.posting {
                let edit = wire.queue.pop_front()?;
                let message = FromBrowser::Submit {
                    id: edit.id.clone(),
                    transaction: edit.transaction.clone(),
                };
                let text = serde_json::to_string(&message).ok()?;
                if text.len() > MAX_FRAME_BYTES {
                    wire.posting = true;
                    return Some((wire.generation, edit));
                }
                let sent = wire
                    .socket
                    .as_ref()
                    .is_some_and(|socket| socket.send(&text));
                if !sent {
                    wire.queue.clear();
                }
            }
            None
        });
        self.keep_watching(desk);
        if let Some(Some((generation, edit))) = large {
            let submitted = Submitted {
                id: edit.id,
                transaction: edit.transaction,
            };
            spawn_local(async move {
                let posted = desk.client.submit(&desk.flow_id(), &submitted).await;
                let current = self.wire.try_update_value(|wire| {
                    wire.posting = false;
                    wire.generation
                });
                if current != Some(generation) {
                    return;
                }
                match posted {
                    Ok(message) => {
                        self.message(desk, message);
                        self.flush(desk);
                    }
                    // Connecting again sends it again.
                    Err(_) => {
                        self.wire.try_update_value(|wire| {
                            wire.generation += 1;
                            wire.socket = None;
                        });
                        self.lost(desk, false);
                    }
                }
            });
        }
    }
}

fn address(flow: &str, since: Option<u64>) -> String {
    let location = window().location();
    let scheme = match location.protocol().as_deref() {
        Ok("https:") => "wss",
        _ => "ws",
    };
    let host = location.host().unwrap_or_default();
    let since = since.map(|seq| format!("?since={seq}")).unwrap_or_default();
    format!("{scheme}://{host}/api/socket/{flow}{since}")
}
