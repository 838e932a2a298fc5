//! A flow that somebody has open: a browser without a screen. The document is
//! the product's own editor; sending, resending and reconnecting are done as
//! the page does them.

use std::collections::{HashMap, HashSet};

use anyhow::{Result, bail, ensure};
use api::Right;
use api::socket::{FromBrowser, FromServer, Refusal};
use editor::{Command, Editor, Effect, IdSource, Opening, Pending, Rights, Update};
use flow::{Flow, Transaction};

use crate::person::Person;
use crate::socket::Socket;

/// Enough time between two commands that none is merged into the one before.
const BETWEEN_COMMANDS_MILLIS: f64 = 10_000.0;

/// What hearing led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hearing {
    /// A message was taken.
    Heard,
    /// An own edit was acknowledged.
    Acknowledged,
    /// The connection is gone.
    Lost,
}

/// An open flow.
#[derive(Debug)]
pub struct OpenFlow {
    person: Person,
    flow_id: String,
    editor: Editor,
    socket: Option<Socket>,
    now_millis: f64,
    made: HashMap<String, Transaction>,
    acknowledged: HashMap<String, u64>,
    refused: HashSet<String>,
    sent_again: usize,
    came_back: usize,
}

impl OpenFlow {
    /// Opens a flow. What is made here is named after `prefix`.
    ///
    /// # Errors
    /// When the server does not let this person in.
    pub async fn open(person: &Person, flow_id: &str, prefix: &str) -> Result<Self> {
        let mut socket = Socket::open(person, flow_id, None).await?;
        let Some(FromServer::Welcome {
            seq, flow, role, ..
        }) = socket.next().await?
        else {
            bail!("the server does not begin with a welcome");
        };
        let rights = if role.may(Right::EditFlows) {
            Rights::Edit
        } else {
            Rights::Read
        };
        Ok(Self {
            person: person.clone(),
            flow_id: flow_id.to_owned(),
            editor: Editor::new(Opening {
                flow: *flow,
                seq,
                rights,
                ids: IdSource::new(prefix),
            }),
            socket: Some(socket),
            now_millis: 0.0,
            made: HashMap::new(),
            acknowledged: HashMap::new(),
            refused: HashSet::new(),
            sent_again: 0,
            came_back: 0,
        })
    }

    /// The editor, to look at.
    #[must_use]
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// The flow as it is shown here.
    #[must_use]
    pub fn flow(&self) -> &Flow {
        self.editor.flow()
    }

    /// How many edits wait for the server.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.editor.unacknowledged().count()
    }

    /// Whether the connection stands, as far as is known.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// Every edit that was made here, by its id.
    #[must_use]
    pub fn made(&self) -> &HashMap<String, Transaction> {
        &self.made
    }

    /// The edits that the server acknowledged, with their numbers.
    #[must_use]
    pub fn acknowledged(&self) -> &HashMap<String, u64> {
        &self.acknowledged
    }

    /// The edits that the server did not take.
    #[must_use]
    pub fn refused(&self) -> &HashSet<String> {
        &self.refused
    }

    /// How many edits were sent again after a lost connection.
    #[must_use]
    pub fn sent_again(&self) -> usize {
        self.sent_again
    }

    /// How many edits came back after a lost connection as stored, before they
    /// had been acknowledged.
    #[must_use]
    pub fn came_back(&self) -> usize {
        self.came_back
    }

    /// Does something, and sends what came of it.
    ///
    /// # Errors
    /// Never but for a fault of the harness.
    pub async fn run(&mut self, command: Command) -> Result<()> {
        self.now_millis += BETWEEN_COMMANDS_MILLIS;
        let update = self.editor.run(command, self.now_millis);
        for edit in &update.outbox {
            self.made.insert(edit.id.clone(), edit.transaction.clone());
        }
        self.send(&update.outbox).await
    }

    /// Breaks the connection off, as a network does.
    pub fn disconnect(&mut self) {
        self.socket = None;
    }

    /// Connects again, from where this browser is, and sends again what is
    /// not acknowledged.
    ///
    /// # Errors
    /// When the server does not let this person in.
    pub async fn connect(&mut self) -> Result<()> {
        self.socket = None;
        let since = Some(self.editor.seq());
        let mut socket = Socket::open(&self.person, &self.flow_id, since).await?;
        match socket.next().await? {
            Some(FromServer::Resumed { .. }) => {}
            Some(FromServer::Welcome { seq, flow, .. }) => {
                self.receive(editor::FromServer::Welcome { seq, flow })?;
            }
            other => bail!("the server does not begin with a welcome: {other:?}"),
        }
        self.socket = Some(socket);
        let again: Vec<Pending> = self.editor.unacknowledged().cloned().collect();
        self.sent_again += again.len();
        self.send(&again).await
    }

    /// Takes the next message. Nothing is lost when this is given up half-way.
    ///
    /// # Errors
    /// When the server breaks the contract.
    pub async fn hear(&mut self) -> Result<Hearing> {
        let Some(socket) = &mut self.socket else {
            return Ok(Hearing::Lost);
        };
        let Some(message) = socket.next().await? else {
            self.socket = None;
            return Ok(Hearing::Lost);
        };
        self.take(message)
    }

    /// Hears until nothing waits here and the edit with this number is known.
    ///
    /// # Errors
    /// When the connection is lost first.
    pub async fn settle(&mut self, seq: u64) -> Result<()> {
        while self.waiting() > 0 || self.editor.seq() < seq {
            ensure!(
                self.hear().await? != Hearing::Lost,
                "the connection was lost with {} edits waiting",
                self.waiting()
            );
        }
        Ok(())
    }

    fn take(&mut self, message: FromServer) -> Result<Hearing> {
        match message {
            FromServer::Acknowledged { id, seq, .. } => self.acknowledge(id, seq),
            // After a lost connection an own edit that was stored comes back
            // among those that were missed.
            FromServer::Applied { id, seq, .. } if self.is_waiting(&id) => {
                self.came_back += 1;
                self.acknowledge(id, seq)
            }
            FromServer::Applied {
                seq,
                transaction,
                author,
                ..
            } => {
                self.receive(editor::FromServer::Applied {
                    seq,
                    transaction,
                    author,
                })?;
                Ok(Hearing::Heard)
            }
            FromServer::Refused {
                reason: Refusal::NotStored { .. },
                ..
            } => {
                // It stays with the editor, and goes again after connecting.
                self.socket = None;
                Ok(Hearing::Lost)
            }
            FromServer::Refused { id, reason } => {
                let reason = match reason {
                    Refusal::DoesNotApply { refused } => refused.to_string(),
                    other => format!("{other:?}"),
                };
                self.refused.insert(id.clone());
                self.receive(editor::FromServer::Refused { id, reason })?;
                Ok(Hearing::Heard)
            }
            FromServer::People { .. } | FromServer::Publish { .. } => Ok(Hearing::Heard),
            other => bail!("this does not come in the middle: {other:?}"),
        }
    }

    fn acknowledge(&mut self, id: String, seq: u64) -> Result<Hearing> {
        if let Some(before) = self.acknowledged.insert(id.clone(), seq) {
            ensure!(
                before == seq,
                "{id} was acknowledged as {before} and as {seq}"
            );
        }
        if self.is_waiting(&id) {
            self.receive(editor::FromServer::Acknowledged { id, seq })?;
        }
        Ok(Hearing::Acknowledged)
    }

    fn is_waiting(&self, id: &str) -> bool {
        self.editor.unacknowledged().any(|edit| edit.id == id)
    }

    fn receive(&mut self, message: editor::FromServer) -> Result<()> {
        let Update { effects, .. } = self.editor.receive(message);
        // The server sends everything in order, so nothing is ever missing.
        ensure!(!effects.contains(&Effect::Resync), "messages are missing");
        Ok(())
    }

    async fn send(&mut self, edits: &[Pending]) -> Result<()> {
        for edit in edits {
            let Some(socket) = &mut self.socket else {
                return Ok(());
            };
            let submit = FromBrowser::Submit {
                id: edit.id.clone(),
                transaction: edit.transaction.clone(),
            };
            if !socket.say(&submit).await? {
                self.socket = None;
            }
        }
        Ok(())
    }
}
